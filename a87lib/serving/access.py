"""Who somebody is and which kernels are theirs, as Jupyter Server asks it."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import RequestHandler
from traitlets import Any as AnyTrait
from traitlets import default

from a87lib.serving.gate import user_of


class Vouched(IdentityProvider):
    """The user whom the proxy vouches for; without a proxy, the one person at the machine."""

    proxy = AnyTrait(None, help="a87lib.serving.settings.Proxy, or None")

    @default("token")
    def _token_default(self) -> str:
        return ""

    @property
    def auth_enabled(self) -> bool:
        """Whether somebody has to be vouched for."""
        return self.proxy is not None

    def get_user(self, handler: RequestHandler) -> User | None:
        """The user of this request; None refuses it."""
        user = user_of(handler.request.headers, self.proxy)
        return None if user is None else User(username=user)


class OwnersOnly(Authorizer):
    """A kernel is reached by its owner alone, over HTTP and websocket; nothing else is there."""

    def is_authorized(self, handler: Any, user: User, action: str, resource: str) -> bool:
        """Whether this is about a kernel, and its owner asks."""
        kernel = handler.path_kwargs.get("kernel_id")
        if resource != "kernels" or not kernel:
            return False
        return bool(handler.kernel_manager.owner_of(kernel) == user.username)
