"""`a87 findings --set`: which findings would differ if the GCM changed a value of its texts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import click

from a87lib import framework
from a87lib.countryfile import Archive
from a87lib.language import say
from a87lib.rules import Finding, as_data, findings_for_meeting, reason_sentence, sentence
from a87lib.rules.differences import Difference, differences
from a87lib.rules.what_if import Change, as_typed, changed, changes_of, what_if

Found = list[tuple[str, list[Difference]]]


def told(
    archive: Archive,
    country: str | None,
    meeting: int | None,
    day: date,
    settings: tuple[str, ...],
    rules: tuple[str, ...],
    language: str,
    as_json: bool,
) -> None:
    """Prints the findings that would differ; nothing is stored."""
    changes = changes_of(settings, framework.load(), day, "--set")
    asked, found = _found(archive, country, meeting, day, changes)
    wanted = [(subject, [d for d in each if _wanted(d.rule, rules)]) for subject, each in found]
    if as_json:
        document = _document(wanted, asked, day, changes, language)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(wanted, asked, day, changes, language)))


def _found(
    archive: Archive,
    country: str | None,
    meeting: int | None,
    day: date,
    changes: tuple[Change, ...],
) -> tuple[int, Found]:
    """How many subjects were asked about, and what would differ."""
    fw = framework.load()
    if country is None:
        files = [findings_for_meeting(archive, meeting or 0, day, each)
                 for each in (fw, changed(fw, changes))]  # fmt: skip
        return 1, [(f"meeting {meeting}", differences(*files))]
    codes = archive.countries if country == "all" else [country]
    return len(codes), list(what_if((archive.file(code, day) for code in codes), fw, changes))


def _wanted(rule: str, rules: tuple[str, ...]) -> bool:
    return not rules or any(rule.startswith(each) for each in rules)


def _document(
    found: Found, asked: int, day: date, changes: tuple[Change, ...], language: str
) -> dict[str, Any]:
    return {
        "asof": day.isoformat(),
        "language": language,
        "framework": framework.load().version,
        "what_if": {each.name: {"now": each.now, "then": each.then} for each in changes},
        "asked": asked,
        "differences": [
            {
                "subject": subject,
                "rule": each.rule,
                "now": _data(each.before, language),
                "then": _data(each.after, language),
            }
            for subject, differing in found
            for each in differing
        ],
    }


def _data(finding: Finding | None, language: str) -> dict[str, Any] | None:
    return None if finding is None else as_data(finding, language)


def _lines(
    found: Found, asked: int, day: date, changes: tuple[Change, ...], language: str
) -> Iterable[str]:
    for change in changes:
        yield say("cli.what_if_change", language, name=change.name, now=as_typed(change.now),
                  then=as_typed(change.then))  # fmt: skip
    for subject, differing in found:
        if differing:
            yield f"\n{subject}"
        for each in differing:
            yield from _difference(each, language)
    count = sum(len(differing) for _, differing in found)
    touched = sum(bool(differing) for _, differing in found)
    yield ""
    yield say("cli.what_if_closing", language, count=count, touched=touched, asked=asked, asof=day)


def _difference(each: Difference, language: str) -> Iterable[str]:
    finding = each.after or each.before
    about = " ".join(str(value) for value in finding.about.values()) if finding else ""
    answers = " → ".join(_answer(one) for one in (each.before, each.after))
    yield f"{each.rule} {about}".strip() + f": {answers}"
    if each.after is not None:
        yield f"    {sentence(each.after, language)}"
        for reason in each.after.because:
            yield f"    {reason_sentence(reason, language)}"


def _answer(finding: Finding | None) -> str:
    """The answer, else the value; a dash where there is neither."""
    found = None if finding is None else finding.answer or finding.value
    return "–" if found is None else as_typed(found)
