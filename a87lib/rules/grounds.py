"""What a declaration of inactivity rests on, and what of it is not on file (AF-REV-12, INT-14)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.facts import Entry, in_order
from a87lib.framework import Framework
from a87lib.rules.finding import Answer, Reason
from a87lib.rules.history import Change
from a87lib.rules.signals import SIGNS, SignName, present

SHOWN_BY = {
    "dialogue": ("dialogue_held",),
    "support": ("support_offered", "support_given"),
    "conclusion": ("dialogue_concluded",),
}
GROUND_KINDS = (*(kind for kinds in SHOWN_BY.values() for kind in kinds), "decision_made")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is there of dialogue, support and conclusion since a sign appeared.

    missing: of dialogue, support, conclusion, what is not on file. improved: the conclusion, where
    it says that they did help.
    """

    found: tuple[Reason, ...]
    missing: tuple[str, ...]
    improved: Reason | None = None

    @property
    def missing_reasons(self) -> tuple[Reason, ...]:
        """What is not on file, or speaks against it, as reasons."""
        reasons = (Reason(f"grounds_without_{what}") for what in self.missing)
        if self.improved is None:
            return tuple(reasons)
        return (*(r for r in reasons if r.key != "grounds_without_conclusion"), self.improved)

    def refuted(self, file: CountryFile) -> bool:
        """Whether there are none: it did help, or dialogue or support is known to lack."""
        lacking = (
            what != "conclusion" and all(file.covered(kind) for kind in SHOWN_BY[what])
            for what in self.missing
        )
        return self.improved is not None or any(lacking)


def present_signs(file: CountryFile, framework: Framework) -> list[tuple[str, date]]:
    """The signs that are there, each with the day it appeared."""
    found = []
    for sign in SIGNS:
        since = present(file, framework, sign.id).since
        if since is not None:
            found.append((sign.id, since))
    return found


def sign_there(id: str, since: date) -> Reason:
    """That a sign is there, and since when."""
    return Reason("sign_present", None, (), {"sign": SignName(id), "on": since})


def unknown_signs(file: CountryFile, framework: Framework) -> tuple[Reason, ...]:
    """Why it cannot be said of some signs whether they are there."""
    return tuple(
        reason
        for sign in SIGNS
        if (outcome := present(file, framework, sign.id)).answer is Answer.ASK
        for reason in outcome.because
    )


def grounds(file: CountryFile, framework: Framework) -> Grounds:
    """The grounds on file for the sign for which they are most complete; without a known sign,
    what there is of them at all, with why the signs are not known."""
    signs = present_signs(file, framework)
    if not signs:
        return replace(_since(file, date.min), found=unknown_signs(file, framework))
    return min((_of_sign(file, *sign) for sign in signs), key=lambda g: len(g.missing))


def _of_sign(file: CountryFile, id: str, since: date) -> Grounds:
    there = _since(file, since)
    return replace(there, found=(sign_there(id, since), *there.found))


def _since(file: CountryFile, since: date) -> Grounds:
    shown = {what: _after(file, since, *kinds) for what, kinds in SHOWN_BY.items()}
    shown["support"] += [
        e for e in _after(file, since, "decision_made") if e.body.subject == "offer_support"
    ]
    last = shown["conclusion"][-1:]
    shown["conclusion"] = [e for e in last if e.body.outcome == "not_improved"]
    improved = [_told("improved", e) for e in last if e.body.outcome == "improved"]
    return Grounds(
        found=tuple(_told(what, entries[0]) for what, entries in shown.items() if entries),
        missing=tuple(what for what, entries in shown.items() if not entries),
        improved=next(iter(improved), None),
    )


def _told(what: str, entry: Entry) -> Reason:
    return Reason(f"grounds_{what}", None, (entry.no,), {"when": entry.when})


def _after(file: CountryFile, since: date, *kinds: str) -> list[Entry]:
    found = [e for kind in kinds for e in file.of(kind) if e.when.last >= since]
    return sorted(found, key=in_order)


def missing_grounds(file: CountryFile, framework: Framework, change: Change) -> list[Reason]:
    """What was not on file on the day of a declaration of inactivity (a warning, INT-14)."""
    before = file.as_of(change.on).without([change.entry.no])
    here = (change.entry.no,)
    if not present_signs(before, framework):
        unknown = bool(unknown_signs(before, framework))
        key = "declared_inactive_sign_not_known" if unknown else "declared_inactive_without_sign"
        reasons = [Reason(key, None, here)]
        lacking = list(_since(before, date.min).missing)
    else:
        reasons = []
        lacking = list(grounds(before, framework).missing)
    return reasons + [
        Reason(f"declared_inactive_without_{what}", None, here)
        for what in lacking
        if not before.erased(*SHOWN_BY[what], "decision_made")
    ]
