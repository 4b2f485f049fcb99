"""The framework's files read into one checked, unchangeable object."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from a87lib.framework.indicators import indicator_framework
from a87lib.framework.model import (
    DatedValue,
    Framework,
    Interpretation,
    Paragraph,
    Parameter,
    Seat,
    Term,
)
from a87lib.framework.source import Built, Part, Words, read
from a87lib.problems import Problem, Problems, problem

FOLDER = Path(__file__).parent
FILES = ("parameters", "interpretations", "paragraphs", "vocabularies", "glossary")
TEXTS = ("AF", "TR", "WS", "BR", "AG")
KINDS = ("rule", "record", "task", "context", "decision", "document")
UNITS = (
    *("absences", "cycle", "cycles", "day_of_year", "days", "flag"),
    *("groups", "meetings", "seats", "share", "year", "years"),
)
LEAP_YEAR = 2000


def _month_and_day(part: Part) -> str:
    text = part.text()
    try:
        date.fromisoformat(f"{LEAP_YEAR}-{text}")
    except ValueError:
        part.refuse("framework_not_month_day", text)
    return text


def _typed(part: Part, unit: str) -> Any:
    if unit == "day_of_year":
        return _month_and_day(part)
    if unit == "flag":
        return part.flag()
    return part.number() if unit == "share" else part.whole()


def _dated(part: Part, unit: str) -> DatedValue:
    members = part.members(("since", "since_basis", "value"), ("basis",))
    return DatedValue(
        since=members["since"].day(),
        since_basis=members["since_basis"].choice(("text", "assumed")),
        value=_typed(members["value"], unit),
        basis=members["basis"].choice(("text", "reading", "method", "assumed"))
        if "basis" in members
        else "text",
    )


def _parameter(name: str, part: Part) -> Parameter:
    members = part.members(("label", "unit", "paragraphs", "values"))
    unit = members["unit"].choice(UNITS)
    values = tuple(_dated(each, unit) for each in members["values"].items())
    starts = [dated.since for dated in values]
    if not starts or starts != sorted(set(starts)):
        members["values"].refuse("framework_not_in_order", ", ".join(map(str, starts)))
    return Parameter(name, members["label"].words(), unit, members["paragraphs"].texts(), values)


def _parameters(top: Part) -> tuple[str, dict[str, Parameter]]:
    members = top.members(("version", "parameters"))
    found = members["parameters"].entries()
    return members["version"].text(), {name: _parameter(name, each) for name, each in found.items()}


def _interpretation(name: str, part: Part) -> Interpretation:
    members = part.members(("title", "paragraphs"), ("readings", "text"))
    if ("readings" in members) == ("text" in members):
        part.refuse("framework_readings_or_text", name)
    readings = members["readings"].entries() if "readings" in members else {}
    return Interpretation(
        id=name,
        title=members["title"].words(),
        paragraphs=members["paragraphs"].texts(),
        readings={key: each.words() for key, each in readings.items()},
        text=members["text"].words() if "text" in members else None,
        chosen=next(iter(readings), ""),
    )


def _interpretations(top: Part) -> dict[str, Interpretation]:
    return {name: _interpretation(name, each) for name, each in top.entries().items()}


def _paragraph(name: str, part: Part) -> Paragraph:
    members = part.members(("kind", "summary"), ("strength", "see"))
    code = name.partition("-")[0]
    if code not in TEXTS:
        part.refuse("framework_unknown_value", code, known=", ".join(TEXTS))
    kinds = tuple(each.choice(KINDS) for each in members["kind"].items())
    given = members["strength"].items() if "strength" in members else ()
    strength = "+".join(each.choice(("must", "should")) for each in given)
    see = members["see"].texts() if "see" in members else ()
    return Paragraph(name, code, "+".join(kinds), members["summary"].words(), strength, see)


def _paragraphs(top: Part) -> dict[str, Paragraph]:
    return {name: _paragraph(name, each) for name, each in top.entries().items()}


def _seat(name: str, part: Part) -> Seat:
    members = part.members(("group", "sub_group", "term", "named_by", "label"))
    return Seat(
        id=name,
        group=members["group"].text(),
        sub_group=members["sub_group"].text(),
        term=members["term"].flag(),
        named_by=members["named_by"].text(),
        label=members["label"].words(),
    )


def _vocabularies(top: Part) -> tuple[dict[str, dict[str, Words]], dict[str, Seat]]:
    members = top.members(("vocabularies", "seats"))
    lists = {
        name: {code: each.words() for code, each in part.entries().items()}
        for name, part in members["vocabularies"].entries().items()
    }
    seats: dict[str, Seat] = {}
    for name, part in members["seats"].entries().items():
        seat = _seat(name, part)
        for field, known in (("group", "seat_group"), ("sub_group", "seat_sub_group")):
            if getattr(seat, field) not in lists.get(known, {}):
                part.refuse("framework_unknown_value", getattr(seat, field), known=known)
        seats[name] = seat
    lists["seat"] = {name: dict(seat.label) for name, seat in seats.items()}
    return lists, seats


def _term(name: str, part: Part) -> Term:
    members = part.members(("term", "meaning"), ("short",))
    short = members["short"].words() if "short" in members else None
    return Term(name, members["term"].words(), short, members["meaning"].words())


def _glossary(top: Part) -> dict[str, Term]:
    return {name: _term(name, each) for name, each in top.entries().items()}


def _check_references(framework: Framework, indicators: str) -> None:
    cited = [
        *(("parameters.yaml", p.name, p.paragraphs) for p in framework.parameters.values()),
        *(("interpretations.yaml", i.id, i.paragraphs) for i in framework.interpretations.values()),
        *(("paragraphs.yaml", p.id, p.see) for p in framework.paragraphs.values()),
        *((indicators, i.code, (i.paragraph,)) for i in framework.indicators.items),
        *((indicators, c.id, (c.paragraph,)) for c in framework.report_criteria),
    ]
    unknown = [
        Problem("framework_unknown_paragraph", f"{file} {name}", cite)
        for file, name, cites in cited
        for cite in cites
        if cite not in framework.paragraphs
    ]
    if unknown:
        raise Problems(unknown)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise problem("framework_not_readable", path.name, error.strerror or "") from error


def _digest(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(name.encode() + hashlib.sha256(contents[name]).digest())
    return digest.hexdigest()


def _built(indicator_path: Path, indicator_content: bytes) -> Framework:
    paths = {name: FOLDER / f"{name}.yaml" for name in FILES}
    contents = {name: _content(path) for name, path in paths.items()}

    def built(name: str, build: Callable[[Part], Built]) -> Built:
        return read(paths[name], contents[name], build)

    version, parameters = built("parameters", _parameters)
    vocabularies, seats = built("vocabularies", _vocabularies)
    indicators, criteria = read(
        indicator_path, indicator_content, lambda top: indicator_framework(top, vocabularies)
    )
    framework = Framework(
        version=f"{version} · {indicators.version}",
        digest=_digest(contents | {"indicators": indicator_content}),
        parameters=parameters,
        interpretations=built("interpretations", _interpretations),
        paragraphs=built("paragraphs", _paragraphs),
        vocabularies=vocabularies,
        seats=seats,
        glossary=built("glossary", _glossary),
        indicators=indicators,
        report_criteria=criteria,
    )
    _check_references(framework, indicator_path.name)
    return framework


@lru_cache
def _shipped() -> Framework:
    path = FOLDER / "indicators.yaml"
    return _built(path, _content(path))


def load(indicators: Path | str | None = None) -> Framework:
    """The framework, read once; `indicators` names a file to use instead of indicators.yaml.

    Raises Problems (file, line, key, what was found and expected) where a file is not in order.
    """
    if indicators is None:
        return _shipped()
    path = Path(indicators)
    return _built(path, _content(path))
