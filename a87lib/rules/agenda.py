"""Agendas of the GCM: numbering, timing, and the dates of earlier meetings (AG-1, AG-2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from a87lib.facts import Entry
from a87lib.framework import Framework
from a87lib.meetingfile import CouncilFile, agenda, meeting_of
from a87lib.meetingfile.meetings import MEETING_KINDS
from a87lib.rules.erased import content_not_on_file
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.meeting_states import day_of, not_held
from a87lib.rules.numerals import Number, numbers
from a87lib.rules.rule import rule
from a87lib.rules.slots import Slot, out_of_season, slots

READS = ("agenda_set", *MEETING_KINDS)
READINGS = ("INT-12", "INT-18")


def _agenda(file: CouncilFile) -> Entry | Outcome:
    """The meeting's agenda, or what to answer where there is none."""
    found = agenda(file, file.meeting)
    if found is not None and found.erased:
        return Outcome(Answer.ASK, content_not_on_file([found]))
    if found is not None:
        return found
    args = {"meeting": file.meeting or ""}
    if file.covered("agenda_set"):
        missing = Outcome(Answer.NOT_APPLICABLE, (Reason("agenda_missing", None, (), args),))
        return not_held(file) or missing
    return Outcome(Answer.ASK, (Reason("agenda_not_on_file", None, (), args),))


def _without_items(entry: Entry) -> Outcome:
    return Outcome(Answer.NOT_APPLICABLE, (Reason("agenda_without_items", None, (entry.no,)),))


@rule(
    "agenda.numbering",
    paragraph="AG-2",
    reads=READS,
    interpretations=READINGS,
    of="meeting",
    also=("AG-1",),
)
def numbering(file: CouncilFile, asof: date, framework: Framework) -> Outcome:
    """Does each item of the agenda have a number of its own, in order?"""
    entry = _agenda(file)
    if isinstance(entry, Outcome):
        return entry
    printed = [str(item.no) for item in entry.body.items]
    if not printed:
        return _without_items(entry)
    read = numbers(printed)
    faults = _twice(entry, printed, read) + _disorder(entry, printed, read)
    unread = tuple(no for no, number in zip(printed, read, strict=True) if number is None)
    remarks = _skipped(entry, printed, read)
    if unread:
        remarks.append(Reason("agenda_number_not_read", None, (entry.no,), {"items": unread}))
    if not faults and not unread:
        there = Reason("agenda_numbered", None, (entry.no,), {"count": len(printed)})
        return Outcome(Answer.YES, (there, *remarks), value=len(printed))
    answer = Answer.NO if faults else Answer.ASK
    return Outcome(answer, (*faults, *remarks), value=len(printed))


def _key(no: str, number: Number | None) -> object:
    return number if number is not None else no.strip().casefold()


def _twice(entry: Entry, printed: Sequence[str], read: Sequence[Number | None]) -> list[Reason]:
    """Numbers that more than one item has."""
    keys = [_key(no, number) for no, number in zip(printed, read, strict=True)]
    return [
        Reason("agenda_number_twice", None, (entry.no,), {"item": no, "count": keys.count(key)})
        for place, (no, key) in enumerate(zip(printed, keys, strict=True))
        if keys.index(key) == place and keys.count(key) > 1
    ]


def _disorder(entry: Entry, printed: Sequence[str], read: Sequence[Number | None]) -> list[Reason]:
    """Items whose number is lower than that of the item before."""
    numbered = [
        (no, number) for no, number in zip(printed, read, strict=True) if number is not None
    ]
    return [
        Reason("agenda_number_out_of_order", None, (entry.no,), {"item": no, "before": before})
        for (before, earlier), (no, number) in pairwise(numbered)
        if number < earlier
    ]


def _skipped(entry: Entry, printed: Sequence[str], read: Sequence[Number | None]) -> list[Reason]:
    """Items whose number leaves one out: a remark, not a fault."""
    numbered = [
        (no, number) for no, number in zip(printed, read, strict=True) if number is not None
    ]
    return [
        Reason("agenda_number_skipped", None, (entry.no,), {"item": no, "before": before})
        for (before, earlier), (no, number) in pairwise(numbered)
        if number[0] > earlier[0] + 1
    ]


@rule(
    "agenda.timing",
    paragraph="AG-2",
    reads=READS,
    interpretations=READINGS,
    of="meeting",
    also=("AG-1",),
)
def timing(file: CouncilFile, asof: date, framework: Framework) -> Outcome:
    """Do the slots follow on one another and hold what is planned in them?"""
    entry = _agenda(file)
    if isinstance(entry, Outcome):
        return entry
    if not entry.body.items:
        return _without_items(entry)
    found = slots(entry.body.items)
    if all(slot.minutes is None and slot.starts is None for slot in found):
        if file.covered("agenda_set"):
            reason = Reason("agenda_without_times", None, (entry.no,))
            return Outcome(Answer.NOT_APPLICABLE, (reason,))
        return Outcome(Answer.ASK, (Reason("agenda_times_not_on_file", None, (entry.no,)),))
    faults = _between(entry, found) + [r for slot in found for r in _within(entry, slot)]
    total = sum(slot.minutes for slot in found if slot.minutes is not None and slot.minutes > 0)
    whole = int(total) if total == int(total) else total
    reasons = [Reason("agenda_minutes", None, (entry.no,), {"count": whole}), *faults]
    reasons += [remark for slot in found for remark in _left_over(entry, slot)]
    reasons += _season(file, entry)
    return Outcome(Answer.NO if faults else Answer.YES, tuple(reasons), value=whole)


def _between(entry: Entry, found: Sequence[Slot]) -> list[Reason]:
    """Gaps and overlaps between one slot and the next."""
    faults = []
    timed = [slot for slot in found if slot.starts is not None]
    for before, slot in pairwise(timed):
        if before.ends is None or slot.starts is None or before.ends == slot.starts:
            continue
        key = "agenda_gap" if slot.starts > before.ends else "agenda_overlap"
        count = abs(slot.starts - before.ends)
        args = {"before": before.no, "item": slot.no, "count": count}
        faults.append(Reason(key, None, (entry.no,), args))
    return faults


def _within(entry: Entry, slot: Slot) -> list[Reason]:
    """A slot that ends before it starts, or is too short for its speakers or its stated minutes."""
    here = (entry.no,)
    if slot.minutes is None:
        return []
    if slot.minutes < 0:
        return [Reason("agenda_slot_reversed", None, here, {"item": slot.no})]
    faults = []
    for key, needed in (
        ("agenda_speakers_exceed", slot.speakers),
        ("agenda_minutes_exceed", slot.stated),
    ):
        if needed is not None and needed > slot.minutes:
            args = {"item": slot.no, "needed": needed, "count": slot.minutes}
            faults.append(Reason(key, None, here, args))
    return faults


def _left_over(entry: Entry, slot: Slot) -> list[Reason]:
    """What a slot leaves over: a remark, not a fault."""
    remarks = []
    for key, used in (
        ("agenda_time_left_over", slot.speakers),
        ("agenda_minutes_short", slot.stated),
    ):
        if used is not None and slot.minutes is not None and used < slot.minutes:
            args = {"item": slot.no, "count": slot.minutes - used, "slot": slot.minutes}
            remarks.append(Reason(key, None, (entry.no,), args))
    return remarks


def _season(file: CouncilFile, entry: Entry) -> list[Reason]:
    """That the times are given in the other season's time (CET on a day in July)."""
    day = day_of(file) or entry.when.last
    in_force = out_of_season(entry.body.timezone, day)
    if in_force is None:
        return []
    args = {"printed": entry.body.timezone, "in_force": in_force, "on": day}
    return [Reason("agenda_timezone_out_of_season", None, (entry.no,), args)]


@rule(
    "agenda.dates",
    paragraph="AG-2",
    reads=READS,
    interpretations=READINGS,
    of="meeting",
)
def dates(file: CouncilFile, asof: date, framework: Framework) -> Outcome:
    """Do all earlier meetings that the agenda refers to bear a date before the meeting itself?"""
    entry = _agenda(file)
    if isinstance(entry, Outcome):
        return entry
    earlier = [r for r in entry.body.refers_to if file.meeting is None or r.meeting < file.meeting]
    if not earlier:
        return Outcome(Answer.NOT_APPLICABLE, (Reason("agenda_refers_to_none", None, (entry.no,)),))
    day = day_of(file) or entry.when.last
    reasons, answer = [], Answer.YES
    for each in earlier:
        args = {"meeting": each.meeting, "on": each.on, "day": day}
        if each.on >= day:
            answer = Answer.NO
            reasons.append(Reason("agenda_date_not_before", None, (entry.no,), args))
        else:
            reasons.append(Reason("agenda_date_before", None, (entry.no,), args))
        reasons += _otherwise_on_file(file, entry, each.meeting, each.on)
    return Outcome(answer, tuple(reasons), value=len(earlier))


def _otherwise_on_file(
    file: CouncilFile, entry: Entry, meeting: int, printed: date
) -> list[Reason]:
    """That the register has another day for the meeting than the one printed."""
    held = meeting_of(file, meeting)
    if held is None or not held.held or held.on == printed:
        return []
    args = {"meeting": meeting, "printed": printed, "on": held.entry.when}
    return [Reason("agenda_date_differs", None, (entry.no, held.entry.no), args)]
