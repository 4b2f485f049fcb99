"""What a request must be like before anything of the server sees it.

Every request passes here, static files and websockets too. Identity and ownership are checked again
where a kernel is concerned (`access`).
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tornado.httputil import HTTPHeaders, HTTPMessageDelegate, HTTPServerRequest
from tornado.routing import Router
from tornado.web import Application

from a87lib.serving.identity import NOBODY, is_id
from a87lib.serving.settings import Proxy

USER_HEADER = "X-A87-User"
SECRET_HEADER = "X-A87-Proxy-Secret"  # noqa: S105 - the name of a header
METHODS = ("GET", "HEAD", "POST", "DELETE")

HOST = (403, "host")
ORIGIN = (403, "origin")
IDENTITY = (403, "identity")
METHOD = (405, "method")
Refusal = tuple[int, str]


def _alone(name: str) -> str:
    """A header's name as a careless reader of headers might take it."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


_OURS = {_alone(USER_HEADER): USER_HEADER, _alone(SECRET_HEADER): SECRET_HEADER}


def one(headers: HTTPHeaders, name: str) -> str | None:
    """The value of a header that stands there exactly once, else None."""
    values = headers.get_list(name)
    return values[0] if len(values) == 1 else None


def user_of(headers: HTTPHeaders, proxy: Proxy | None) -> str | None:
    """Who sends this: the id that the proxy vouches for; None where nobody does.

    Exactly one header names the user and one holds the secret; none looks like them (X_A87_User).
    Without a proxy everybody is NOBODY.
    """
    if proxy is None:
        return NOBODY
    if any(_OURS.get(_alone(name), name) != name for name in headers):
        return None
    secret, user = one(headers, SECRET_HEADER), one(headers, USER_HEADER)
    vouched = hmac.compare_digest((secret or "").encode(), proxy.secret)
    return user if vouched and user is not None and is_id(user) else None


@dataclass(frozen=True)
class Doors:
    """Which requests come in. hosts, origins: as browsers write them, in lower case."""

    hosts: frozenset[str]
    origins: frozenset[str]
    proxy: Proxy | None

    @classmethod
    def at(cls, port: int, proxy: Proxy | None) -> Doors:
        """The doors of a server on this port, or behind this proxy."""
        if proxy is not None:
            return cls(frozenset({proxy.host}), frozenset({proxy.origin}), proxy)
        hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))
        return cls(hosts, frozenset(f"http://{host}" for host in hosts), None)

    def refusal(self, request: HTTPServerRequest) -> Refusal | None:
        """Why a request does not come in; None if it does."""
        headers = request.headers
        if (one(headers, "Host") or "").lower() not in self.hosts:
            return HOST
        if user_of(headers, self.proxy) is None:
            return IDENTITY
        if request.method not in METHODS:
            return METHOD
        return ORIGIN if self._from_elsewhere(request) else None

    def _from_elsewhere(self, request: HTTPServerRequest) -> bool:
        """Whether another site's page sends this; a request that changes things must say it."""
        headers = request.headers
        changes = request.method not in ("GET", "HEAD") or "Upgrade" in headers
        if (changes or "Origin" in headers) and (
            (one(headers, "Origin") or "").lower() not in self.origins
        ):
            return True
        foreign = headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
        visit = headers.get("Sec-Fetch-Mode") == "navigate"
        return foreign and not (visit and headers.get("Sec-Fetch-Dest") == "document")


class Gate(Router):
    """Lets requests through to the application, or answers them with a refusal."""

    def __init__(
        self,
        doors: Doors,
        inside: Application,
        refuse: Callable[[HTTPServerRequest, Refusal], HTTPMessageDelegate],
    ) -> None:
        self.doors = doors
        self.inside = inside
        self.refuse = refuse

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> HTTPMessageDelegate:
        """Where the request goes; decided on its headers, before its body is read."""
        refusal = self.doors.refusal(request)
        if refusal is not None:
            return self.refuse(request, refusal)
        found: HTTPMessageDelegate = self.inside.find_handler(request, **kwargs)
        return found
