"""Conflicts of interest: declared by the reviewer, pinned and lifted by the secretariat."""

from __future__ import annotations

from a87lib.desk.acting import Acting
from a87lib.desk.reviewing.steps import Doing, do, reason_given
from a87lib.facts import Fact
from a87lib.register import Register


def declare(
    on: Register,
    acting: Acting,
    country: str,
    cycle: int,
    conflict: str,
    text: str | None = None,
) -> None:
    """Declares a conflict (`own_country`, `own_organisation`, `declared`) or its absence (`none`).

    With `none` the file opens for this cycle; with a conflict it is not there any more, and only
    the secretariat can lift that.
    """

    def decide(doing: Doing) -> list[Fact]:
        body = {"person": acting.principal, "conflict": conflict, "text": text}
        fact = doing.after(doing.fact("conflict_stated", body))
        return [fact, doing.step("declared", about=conflict)]

    do(on, acting, "declare", country, cycle, decide)


def pin(
    on: Register, acting: Acting, country: str, person: str, conflict: str, *, reason: str
) -> None:
    """Pins a conflict of a person about a country in every cycle, until it is lifted."""
    _pinned(on, acting, country, person, conflict, reason)


def lift(on: Register, acting: Acting, country: str, person: str, *, reason: str) -> None:
    """Lifts a pinned conflict; and one that the person declared, so that they can declare anew."""
    _pinned(on, acting, country, person, "none", reason)


def _pinned(
    on: Register, acting: Acting, country: str, person: str, conflict: str, reason: str
) -> None:
    lifting = conflict == "none"

    def decide(doing: Doing) -> list[Fact]:
        why = reason_given(reason)
        facts = []
        for entry in doing.on.facts(country, kinds=("conflict_stated",)):
            declared = entry.cycle is not None and entry.body.person == person
            if lifting and declared and entry.slot:
                end = doing.end_of("conflict_stated", entry.slot)
                body = {"person": person, "conflict": "none"}
                gone = doing.fact("conflict_stated", body, corrects=end, withdrawn=True)
                facts.append(gone)
        body = {"person": person, "conflict": conflict, "text": why}
        facts.append(doing.after(doing.fact("conflict_stated", body, cycle=None)))
        step = doing.step("lifted" if lifting else "pinned", about=person, reason=why)
        return [*facts, step]

    do(on, acting, "pin_conflict", country, None, decide)
