"""What every answer carries, and the pages that say why something is not shown."""

from __future__ import annotations

import json
from functools import lru_cache
from logging import Logger
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from tornado.httputil import HTTPServerRequest
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler

from a87lib.language import LANGUAGES, format_number, say, told
from a87lib.problems import Problem, Problems
from a87lib.serving.incidents import number
from a87lib.serving.view import language_of

TEMPLATES = Path(__file__).parent / "templates"
REASONS = {400: "view", 403: "denied", 404: "missing", 405: "method", 503: "place_total"}
WAIT = "60"  # seconds after which to try again where there is no place


@lru_cache
def templates() -> Environment:
    """The page templates; everything put into them is escaped."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        enable_async=False,
    )


def policy(nonce: str = "") -> str:
    """The content security policy: scripts of this server, never one in an attribute.

    nonce: of the page's own inline scripts; browsers that know nonces then run no other inline
    script, whatever the second source says.
    """
    inline = f"'unsafe-inline' 'nonce-{nonce}'" if nonce else "'unsafe-inline'"
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {inline}",
            "script-src-attr 'none'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Told(HTTPError):
    """An answer that is not what was asked for. reason: which sentences; problems: of the input."""

    def __init__(
        self, status: int, reason: str, problems: tuple[Problem, ...] = (), most: int = 0
    ) -> None:
        super().__init__(status, reason)
        self.about = reason
        self.problems = problems
        self.most = most


class Guarded(RequestHandler):
    """Safe headers on every answer; a page with a sentence for every error."""

    @property
    def log(self) -> Logger:
        """The server's log."""
        log: Logger = self.settings["log"]
        return log

    def set_default_headers(self) -> None:
        """The headers of every answer."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def check_xsrf_cookie(self) -> None:
        """Nothing: the gate lets in no change that another site's page asks for."""

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Logs what is not answered by `write_error`: an error after the page has begun.

        That its reader went away meanwhile is none.
        """
        if self._headers_written and not isinstance(value, HTTPError | StreamClosedError):
            self.log.error("[%s] %s", number(), self.request.path, exc_info=(typ, value, tb))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Writes the page, or for programs the JSON, that says why."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        told = error if isinstance(error, Told) else Told(status_code, REASONS.get(status_code, ""))
        incident = ""
        if not told.about:
            incident = number()
            self.log.error("[%s] %s", incident, self.request.path, exc_info=kwargs.get("exc_info"))
        for name, value in HEADERS.items():
            self.set_header(name, value)
        if status_code == 503:
            self.set_header("Retry-After", WAIT)
        self.finish(self._page(status_code, told, incident))

    def _page(self, status: int, told: Told, incident: str) -> str | bytes:
        language = reader_language(self.request)
        if self.request.path.startswith(("/api/", "/voila/api/")):
            self.set_header("Content-Type", "application/json")
            return json.dumps({"message": text_of(told, incident, language)["text"]})
        self.set_header("Content-Type", "text/html; charset=utf-8")
        return error_page(status, told, incident, language)


def reader_language(request: HTTPServerRequest) -> str:
    """The language of the reader: the link's, else the browser's."""
    return language_of(request.query, request.headers.get("Accept-Language", ""))


def text_of(told: Told, incident: str, language: str) -> dict[str, Any]:
    """The title, sentence and problems of an error in a language."""
    key = f"serving.{told.about or 'failed'}"
    args = {"incident": incident, "most": format_number(told.most, language)}
    return {
        "language": language,
        "title": say(f"{key}.title", language),
        "text": say(f"{key}.text", language, **args),
        "problems": [told_problem(problem, language) for problem in told.problems],
        "again": say("serving.start", language),
    }


def told_problem(problem: Problem, language: str) -> str:
    """A problem of the link, as the reader is told it."""
    return told(problem, language)


def error_page(status: int, told_: Told, incident: str, language: str) -> str:
    """The page in the reader's language, with the other two below for whoever reads those."""
    others = [text_of(told_, incident, other) for other in LANGUAGES if other != language]
    return (
        templates()
        .get_template("error.html")
        .render(
            page=text_of(told_, incident, language),
            others=others,
            status=status,
            product=say("serving.product", language),
        )
    )


class Refused(Guarded):
    """Answers what the gate did not let in."""

    def prepare(self) -> None:
        """The refusal that the gate noted."""
        status, reason = self.settings["refusal_of"](self.request)
        raise Told(status, reason)


class Missing(Guarded):
    """Answers addresses at which there is nothing."""

    def prepare(self) -> None:
        """Says that there is nothing."""
        raise Told(404, "missing")


def from_problems(problems: Problems) -> Told:
    """The answer to a link that asks for what cannot be."""
    return Told(400, "view", problems.problems)
