"""The page of a dashboard: its frame first, then what its kernel shows."""

from __future__ import annotations

import asyncio
import json
import secrets
from functools import partial
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from markupsafe import Markup
from tornado.iostream import StreamClosedError
from tornado.web import authenticated

from a87lib.language import LANGUAGES, has, preferred, say
from a87lib.problems import Problems
from a87lib.serving.identity import NOBODY
from a87lib.serving.pages import Guarded, Told, from_problems, policy, reader_language, templates
from a87lib.serving.running import Failed, failed_part, outputs
from a87lib.serving.sessions import Full, Kernels
from a87lib.serving.settings import Settings
from a87lib.serving.view import View, link, parse

FIRST = "overview"
MESSAGES = ("lost", "back", "late", "idle", "stopped", "again")


class Page(Guarded, JupyterHandler):
    """A handler whose user is known."""

    @property
    def known(self) -> Settings:
        """The settings of the server."""
        settings: Settings = self.settings["a87"]
        return settings

    @property
    def kernels(self) -> Kernels:
        """All kernels and their owners."""
        kernels: Kernels = self.settings["kernel_manager"]
        return kernels

    def get_login_url(self) -> str:
        """None: whoever is not vouched for is refused, not sent elsewhere."""
        raise Told(403, "identity")


class Front(Page):
    """The address without a path: the overview, or the first screen there is."""

    @authenticated
    async def get(self) -> None:
        """Sends the reader on, keeping the query."""
        screens = self.known.screens
        name = FIRST if FIRST in screens else next(iter(screens))
        query = f"?{self.request.query}" if self.request.query else ""
        self.redirect(f"/{name}{query}")


class Screen(Page):
    """A dashboard as a page."""

    @authenticated
    async def get(self, name: str) -> None:
        """Starts a kernel for the reader and writes the page while it runs."""
        screens = self.known.screens
        if name not in screens:
            raise Told(404, "missing")
        try:
            view = parse(self.request.query)
        except Problems as wrong:
            raise from_problems(wrong) from None
        kernels = self.kernels
        owner = str(self.current_user.username)
        try:
            kernel_id = kernels.take_place(owner)
        except Full as full:
            raise Told(503, full.reason, most=full.most) from None
        language = view.language or reader_language(self.request)
        kernels.speak(kernel_id, language)
        async with self.settings["opening"]:
            await self._write(name, view.but(language=language), kernel_id, owner)

    async def _write(self, name: str, view: View, kernel_id: str, owner: str) -> None:
        kernels = self.kernels
        language = view.spoken()
        nonce = secrets.token_urlsafe(16)
        self.set_header("Content-Security-Policy", policy(nonce))
        self.set_header("Content-Language", language)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self._send("head.html", self._frame(name, view, owner, nonce, kernel_id))
        started = partial(kernels.open, kernel_id, view.query(), Path.cwd())
        try:
            async for part in outputs(self.known.screens[name], started, self.log):
                self.write(part)
                await self.flush()
        except Failed as failed:
            self.write(failed_part(failed.incident, language))
        except StreamClosedError:
            self.log.info("the reader of kernel %s went away", kernel_id)
            return
        finally:
            if kernel_id not in kernels:
                kernels.give_back(kernel_id)
        self._send("foot.html", {"nonce": nonce, "static": self.settings["static_url"]})

    def _send(self, template: str, values: dict[str, Any]) -> None:
        self.write(templates().get_template(template).render(values))
        asyncio.ensure_future(self.flush()).add_done_callback(_heard)

    def _frame(
        self, name: str, view: View, owner: str, nonce: str, kernel_id: str
    ) -> dict[str, Any]:
        """What stands around a screen: where one is, who one is, the languages, the messages."""
        language = view.spoken()
        config = self.settings["page_config"] | {"kernelId": kernel_id, "baseUrl": "/"}
        said = {key: say(f"serving.{key}", language) for key in MESSAGES}
        return {
            "language": language,
            "say": lambda key, **args: say(f"serving.{key}", language, **args),
            "title": title_of(name, language),
            "screens": [
                {
                    "name": title_of(other, language),
                    "link": link(other, view),
                    "here": other == name,
                }
                for other in self.known.screens
            ],
            "languages": [
                {
                    "code": code,
                    "link": link(name, view.but(language=code)),
                    "here": code == language,
                }
                for code in LANGUAGES
            ],
            "user": "" if owner == NOBODY else owner,
            "nonce": nonce,
            "static": self.settings["static_url"],
            "config": as_script(config),
            "messages": as_script(said | {"kernel": kernel_id}),
        }


def title_of(screen: str, language: str) -> str:
    """What a screen is called."""
    key = f"serving.screen.{screen}"
    return say(key, language) if has(key, preferred()) else screen.replace("_", " ").capitalize()


def as_script(value: object) -> Markup:
    """A value as JSON that may stand inside a script element."""
    return Markup(json.dumps(value).replace("<", "\\u003c"))  # noqa: S704 - no "<" is left


def _heard(flushed: asyncio.Future[None]) -> None:
    """Takes note that a reader who went away cannot be written to."""
    flushed.exception()
