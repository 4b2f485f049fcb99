"""What lies in a pack: manifest.json for machines, index.html for people."""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from html import escape
from importlib.metadata import version
from string import Template

import pypandoc

from a87lib.framework import version_in
from a87lib.language import LANGUAGES, alphabetical, format_number, say
from a87lib.report.colours import style_sheet
from a87lib.report.making import RECORD, Failed, Made
from a87lib.report.page import template

_PACKAGES = ("a87-workbench", "matplotlib", "typst", "pikepdf", "lxml", "babel", "pypandoc_binary")


@dataclass(frozen=True)
class Pack:
    """The pack as a whole. title and notice: by language. asof, known_at: what it was built for."""

    name: str
    title: dict[str, str]
    asof: date
    known_at: datetime
    framework: str
    notice: dict[str, str] = field(default_factory=dict)


@lru_cache
def versions() -> dict[str, str]:
    """Versions of everything that has a say in the bytes of a document."""
    known = {name.replace("_", "-"): version(name) for name in _PACKAGES}
    return {**known, "pandoc": pypandoc.get_pandoc_version(), "python": platform.python_version()}


def manifest(
    pack: Pack, made: tuple[Made, ...], failed: tuple[Failed, ...], known: dict[str, str]
) -> bytes:
    """manifest.json: parameters, hashes, versions, dates; no entry number, machine or clock."""
    whole = {
        "pack": pack.name,
        "title": pack.title,
        "asof": pack.asof.isoformat(),
        "known_at": pack.known_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "framework": pack.framework,
        "versions": known,
        "documents": [_document(one) for one in made],
        "failed": [
            {"name": one.name, "notebook": one.notebook, "cell": one.cell, "message": one.message}
            for one in failed
        ],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _document(one: Made) -> dict[str, object]:
    return {
        "name": one.name,
        "title": one.about.title,
        "language": one.about.language,
        "country": one.about.country,
        "cycle": one.about.cycle,
        "asof": one.about.asof.isoformat(),
        "digest": one.about.digest,
        "framework": one.about.framework,
        "parameters": one.parameters,
        "files": [
            {"path": path, "sha256": digest, "bytes": size} for path, digest, size in one.files
        ],
    }


def index(pack: Pack, made: tuple[Made, ...]) -> bytes:
    """index.html: the documents by country, in each language, without script or request."""
    parts = "".join(_part(pack, made, language) for language in LANGUAGES)
    choice = "".join(
        f'<li><a href="#{language}" lang="{language}" hreflang="{language}">'
        f"{escape(say('document.language.name', language))}</a></li>"
        for language in LANGUAGES
    )
    text = Template(template("index.html")).substitute(
        title=escape(" · ".join(dict.fromkeys(pack.title[language] for language in LANGUAGES))),
        style=style_sheet() + template("page.css"),
        label=escape(" · ".join(say("index.languages", language) for language in LANGUAGES)),
        choice=choice,
        parts=parts,
    )
    return text.encode()


def _part(pack: Pack, made: tuple[Made, ...], language: str) -> str:
    """The pack in one language: what it is, and a row for each document with its editions."""
    by_document: dict[str, list[Made]] = {}
    for one in made:
        stem = one.name.removesuffix(f".{one.about.language}")
        by_document.setdefault(stem, []).append(one)
    heads = ["index.document", *(f"index.{tongue}" for tongue in LANGUAGES)]
    row = "".join(f'<th scope="col">{escape(say(key, language))}</th>' for key in heads)
    rows = "".join(_row(held, language) for held in _in_order(by_document, language))
    dates = say("index.dates", language, asof=pack.asof, known_at=pack.known_at,
                framework=version_in(pack.framework, language))  # fmt: skip
    notice = pack.notice.get(language, "")
    label = escape(say("index.title", language))
    return (
        f'<section lang="{language}" id="{language}"><h2>{escape(pack.title[language])}</h2>'
        f"<p>{escape(dates)}</p>"
        + (f'<p class="notice">{escape(notice)}</p>' if notice else "")
        + f'<div class="table" role="region" tabindex="0" aria-label="{label}"><table>'
        f"<caption>{label}</caption><thead><tr>{row}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"</section>"
    )


def _in_order(documents: dict[str, list[Made]], language: str) -> list[list[Made]]:
    """Kind after kind, as they were made; within a kind by title in the reader's language."""
    kinds = list(dict.fromkeys(stem.rsplit("/", 1)[-1] for stem in documents))

    def place(stem: str) -> tuple[int, str]:
        title = _named(documents[stem], language).about.title
        return kinds.index(stem.rsplit("/", 1)[-1]), alphabetical(title)

    return [documents[stem] for stem in sorted(documents, key=place)]


def _named(editions: list[Made], language: str) -> Made:
    """The edition in the reader's language, else the first."""
    return next((one for one in editions if one.about.language == language), editions[0])


def _row(editions: list[Made], language: str) -> str:
    held = {one.about.language: one for one in editions}
    named = _named(editions, language).about
    title = " – ".join(part for part in (named.title, named.kind) if part)
    own = "" if named.language == language else f' lang="{named.language}"'
    cells = "".join(f"<td>{_links(held.get(tongue), language)}</td>" for tongue in LANGUAGES)
    return f'<tr><th scope="row"{own}>{escape(title)}</th>{cells}</tr>'


def _links(one: Made | None, language: str) -> str:
    if one is None:
        return escape(say("index.none", language))
    links = []
    for path, _, size in one.files:
        form = path.rsplit(".", 1)[-1]
        if form != RECORD:
            weight = format_number(max(1, round(size / 1024)), language)
            said = say("index.size", language, format=form.upper(), size=weight)
            spoken = f"{one.about.title}, {say('document.language.name', one.about.language)}, "
            links.append(
                f'<a href="{escape(path)}" aria-label="{escape(spoken + said)}">{escape(said)}</a>'
            )
    return " ".join(links)
