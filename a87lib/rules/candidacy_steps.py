"""What a step of candidacy answers: done, not done, not on file, or past (INT-18)."""

from __future__ import annotations

from collections.abc import Sequence

from a87lib.countryfile import CountryFile
from a87lib.facts import Entry
from a87lib.framework import Framework
from a87lib.rules.erased import content_not_on_file
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.history import NOT_KNOWN, STATUS_KINDS, history

STEP_KINDS = STATUS_KINDS
READINGS = ("INT-12", "INT-18", "INT-20", "INT-21", "INT-22")


def not_there(file: CountryFile, framework: Framework, kind: str, key: str) -> Outcome:
    """A step of which nothing is on file: no where the register is complete for it, else ask.

    Once the status was granted a step that is not on file is not asked for any more.
    """
    past = history(file, framework)
    if any(change.status != NOT_KNOWN for change in past.changes):
        return Outcome(Answer.NOT_APPLICABLE, (Reason("status_already_granted"),))
    if past.changes:  # a decision that was erased: it may have granted the status
        return Outcome(Answer.ASK, (Reason(f"{key}_not_on_file"), *past.remarks))
    if file.covered(kind):
        return Outcome(Answer.NO, (Reason(f"{key}_lacking", None, file.coverage_entry(kind)),))
    return Outcome(Answer.ASK, (Reason(f"{key}_not_on_file"),))


def done(key: str, entry: Entry, *more: Reason) -> Outcome:
    """A step that is done: when, and by which entry."""
    first = Reason(f"{key}_done", None, (entry.no,), {"when": entry.when})
    return Outcome(Answer.YES, (first, *more), value=str(entry.when))


def lacking(key: str, read: Sequence[Entry], *more: Reason) -> Outcome:
    """A step of which something is on file that does not do what the paragraph asks.

    read: the entries that were looked at. Where one was erased, it may have said what is missing.
    """
    if erased := content_not_on_file(read):
        return Outcome(Answer.ASK, erased)
    entry = read[-1]
    first = Reason(f"{key}_incomplete", None, (entry.no,), {"when": entry.when})
    return Outcome(Answer.NO, (first, *more))


def latest(file: CountryFile, kind: str) -> Entry | None:
    """The latest version of what a candidate submits."""
    return file.last(kind)


def groups_left_out(named: Sequence[str], present: Sequence[str]) -> tuple[str, ...]:
    """Stakeholder groups named in one place and not in another, in the order named."""
    return tuple(group for group in dict.fromkeys(named) if group not in present)
