"""What a document says of itself: title, country, cycle, dates, digest, versions, language."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from a87lib.framework import version_in
from a87lib.language import check_language, format_day, format_instant, say
from a87lib.report.elements import Element
from a87lib.report.inline import Piece, inline

MIME = "application/vnd.a87.about+json"


@dataclass(frozen=True, slots=True)
class About:
    """The identity of a document; it goes into its header, properties, running heads and manifest.

    asof: the day the file is read for. known_at: up to when entries count (None: all recorded).
    digest: of the entries its reader may see. framework: version of the framework used.
    """

    title: str
    language: str
    asof: date
    known_at: datetime
    digest: str
    framework: str
    country: str = ""
    country_name: str = ""
    cycle: int | None = None
    kind: str = ""
    notice: str = ""
    more: tuple[tuple[str, str], ...] = field(default=())

    def facts(self) -> list[tuple[str, str]]:
        """The labelled facts printed below the title, in the document's language."""
        lang = self.language
        rows = [
            ("country", self.country_name or self.country),
            ("cycle", "" if self.cycle is None else str(self.cycle)),
            ("asof", format_day(self.asof, lang)),
            ("known_at", format_instant(self.known_at, lang)),
            ("framework", version_in(self.framework, lang)),
            ("language", say("document.language.name", lang)),
            ("digest", self.digest),
        ]
        named = [(say(f"document.{key}", lang), value) for key, value in rows if value]
        return named[:2] + list(self.more) + named[2:]

    def to_json(self) -> str:
        """Canonical JSON, dates in ISO 8601."""
        plain = asdict(self)
        plain["asof"] = self.asof.isoformat()
        plain["known_at"] = self.known_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return json.dumps(plain, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> About:
        """The About that to_json wrote."""
        plain: dict[str, Any] = json.loads(text)
        plain["asof"] = date.fromisoformat(plain["asof"])
        plain["known_at"] = datetime.fromisoformat(plain["known_at"])
        plain["more"] = tuple((label, value) for label, value in plain["more"])
        return cls(**plain)


@dataclass(frozen=True, slots=True)
class Title(Element):
    """The head of a document, with what it says of itself for the converters."""

    about: About

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        return {
            "text/html": self.html,
            "text/plain": self.about.title,
            MIME: json.loads(self.about.to_json()),
        }


def title(
    text: str,
    *,
    language: str,
    asof: date,
    known_at: datetime,
    digest: str,
    framework: str,
    country: str = "",
    country_name: str = "",
    cycle: int | None = None,
    kind: str = "",
    notice: str = "",
    more: tuple[tuple[str, str], ...] = (),
) -> Title:
    """The title and the facts that every document states. Every document has exactly one.

    text: the title proper ("Ethiopia"). kind: what sort of document, set above the title ("Country
    review"). country: ISO3; country_name: in the reader's language. notice: a sentence set as a
    box below ("These countries are invented"); it is repeated at the foot of every page.
    more: further labelled facts, set after country and cycle.
    """
    if known_at.tzinfo is None:
        raise ValueError(f"known_at {known_at.isoformat()} has no time zone: give an instant")
    said = About(
        title=text,
        language=check_language(language),
        asof=asof,
        known_at=known_at.astimezone(UTC),
        digest=digest,
        framework=framework,
        country=country,
        country_name=country_name,
        cycle=cycle,
        kind=kind,
        notice=notice,
        more=more,
    )
    return Title(_head(said), said)


def _head(about: About) -> str:
    kicker = f'<p class="kicker">{inline(about.kind).html}</p>' if about.kind else ""
    facts = "".join(
        f"<dt>{inline(label).html}</dt><dd>{inline(_breakable(value)).html}</dd>"
        for label, value in about.facts()
    )
    notice = f'<p class="notice">{inline(about.notice).html}</p>' if about.notice else ""
    return (
        f'<div class="head">{kicker}<h1>{inline(about.title).html}</h1>'
        f'<dl class="facts">{facts}</dl>{notice}</div>'
    )


def _breakable(value: str) -> Piece:
    """A long digest in groups of eight, so that it can be read out and can break over lines."""
    if len(value) >= 32 and value.isalnum():
        return " ".join(value[start : start + 8] for start in range(0, len(value), 8))
    return value
