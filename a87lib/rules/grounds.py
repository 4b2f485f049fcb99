"""What a declaration of inactivity rests on, and what of it is not on file (AF-REV-12, INT-14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.facts import Entry
from a87lib.framework import Framework
from a87lib.rules.finding import Answer, Reason
from a87lib.rules.history import Change
from a87lib.rules.signals import SIGNS, SignName, present

GROUND_KINDS = (
    "dialogue_held",
    "support_offered",
    "support_given",
    "dialogue_concluded",
    "decision_made",
)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is there of dialogue, support and conclusion since a sign appeared.

    missing: of dialogue, support, conclusion, what is not on file.
    """

    sign: str
    found: tuple[Reason, ...]
    missing: tuple[str, ...]

    @property
    def missing_reasons(self) -> tuple[Reason, ...]:
        """What is not on file, as reasons."""
        return tuple(Reason(f"grounds_without_{what}") for what in self.missing)


def present_signs(file: CountryFile, framework: Framework) -> list[tuple[str, date]]:
    """The signs that are there, each with the day it appeared."""
    found = []
    for sign in SIGNS:
        outcome = present(file, framework, sign.id)
        if outcome.answer is Answer.YES and outcome.since is not None:
            found.append((sign.id, outcome.since))
    return found


def unknown_signs(file: CountryFile, framework: Framework) -> tuple[Reason, ...]:
    """Why it cannot be said of some signs whether they are there."""
    return tuple(
        reason
        for sign in SIGNS
        if (outcome := present(file, framework, sign.id)).answer is Answer.ASK
        for reason in outcome.because
    )


def grounds(file: CountryFile, framework: Framework) -> Grounds:
    """The grounds on file for the sign for which they are most complete."""
    signs = present_signs(file, framework)
    return min((_since(file, sign, since) for sign, since in signs), key=lambda g: len(g.missing))


def _since(file: CountryFile, id: str, since: date) -> Grounds:
    held = _after(file, since, "dialogue_held")
    support = _after(file, since, "support_offered", "support_given")
    support += [
        e for e in _after(file, since, "decision_made") if e.body.subject == "offer_support"
    ]
    concluded = _after(file, since, "dialogue_concluded")
    failed = concluded[-1:] if concluded and concluded[-1].body.outcome == "not_improved" else []
    found = [Reason("sign_present", None, (), {"sign": SignName(id), "on": since})]
    missing = []
    for what, entries in (("dialogue", held), ("support", support), ("conclusion", failed)):
        if entries:
            found.append(
                Reason(f"grounds_{what}", None, (entries[0].no,), {"when": entries[0].when})
            )
        else:
            missing.append(what)
    return Grounds(id, tuple(found), tuple(missing))


def _after(file: CountryFile, since: date, *kinds: str) -> list[Entry]:
    found = [e for kind in kinds for e in file.of(kind) if e.when.last >= since]
    return sorted(found, key=lambda e: (e.when.last, e.no))


def missing_grounds(file: CountryFile, framework: Framework, change: Change) -> list[Reason]:
    """What was not on file on the day of a declaration of inactivity (a warning, INT-14)."""
    before = file.as_of(change.on).without([change.entry.no])
    here = (change.entry.no,)
    if not present_signs(before, framework):
        unknown = bool(unknown_signs(before, framework))
        key = "declared_inactive_sign_not_known" if unknown else "declared_inactive_without_sign"
        reasons = [Reason(key, None, here)]
        lacking = list(_since(before, "", date.min).missing)
    else:
        reasons = []
        lacking = list(grounds(before, framework).missing)
    return reasons + [Reason(f"declared_inactive_without_{what}", None, here) for what in lacking]
