"""A step of the log in a reader's words: who did what about whom, when, why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from a87lib import framework
from a87lib.desk.reviewing.desks import Action
from a87lib.desk.words import Named
from a87lib.language import format_instant, in_a_row, say

VOCABULARIES = {
    "declared": ("conflict",),
    "concluded": ("criterion",),
    "reopened": ("review_round",),
    "overridden": ("review_round", "criterion", "review_step"),
}
"""What the first word of a step's `about` is a code of; every other word is a person."""
UNTOLD = ("signed", "comments_sent")
"""Steps that are about a digest, which says nothing to a reader."""
_DEADLINE = re.compile(r"(\w+) (\d{4}-\d{2}-\d{2}) \+(\d+)")


def in_words(step: Action, names: Mapping[str, str], language: str) -> dict[str, str]:
    """What a step says, in the order in which it is told; empty where it says nothing.

    names: what people are called, by id.
    """
    who = called(step.person, names)
    if step.on_behalf_of:
        other = called(step.on_behalf_of, names)
        who = say("workflow.log.for_other", language, person=who, other=other)
    label = framework.load().label
    return {
        "entry": str(step.entry),
        "at": format_instant(step.at, language),
        "step": label("review_step", step.step, language),
        "person": who,
        "country": Named(step.country).say(language) if step.country else "",
        "cycle": str(step.cycle or ""),
        "about": about(step, names, language),
        "reason": step.reason or "",
        "timeliness": label("timeliness", step.timeliness, language) if step.timeliness else "",
    }


def called(person: str, names: Mapping[str, str]) -> str:
    """What a person is called, with the id."""
    name = names.get(person)
    return f"{name} ({person})" if name else person


def about(step: Action, names: Mapping[str, str], language: str) -> str:
    """Whom or what a step concerned: people by name, codes and days in words."""
    given = "" if step.step in UNTOLD else step.about or ""
    if found := _DEADLINE.fullmatch(given):
        round_, day, grace = found.groups()
        args = {"round": _word(round_, ("review_round",), names, language)}
        words = say("workflow.log.due", language, day=date.fromisoformat(day), **args)
        more = say("workflow.log.grace", language, count=int(grace)) if int(grace) else ""
        return in_a_row([words, more] if more else [words], language)
    first = VOCABULARIES.get(step.step, ())
    parts = given.split()
    told = [_word(each, () if no else first, names, language) for no, each in enumerate(parts)]
    return in_a_row(told, language)


def _word(
    given: str, vocabularies: tuple[str, ...], names: Mapping[str, str], language: str
) -> str:
    used = framework.load()
    for name in vocabularies:
        if given in used.vocabulary(name):
            return used.label(name, given, language)
    return called(given, names)
