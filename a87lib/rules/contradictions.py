"""Facts that cannot both be true: refused at entry, each with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from a87lib.countryfile import effective
from a87lib.facts import Entry, PartialDate
from a87lib.meetingfile import Seating
from a87lib.meetingfile.seating import SEAT_KINDS
from a87lib.problems import Problem

IN_ORDER = (
    ("report_received", "report_finalised", "finalised_before_received"),
    ("report_received", "comments_sent", "comments_before_report"),
    ("comments_sent", "reply_received", "reply_before_comments"),
    ("report_finalised", "report_published", "published_before_final"),
)
"""Of one country and cycle: what comes first, what cannot come before it."""
AT_A_MEETING = {
    "attendance_recorded": "attendance_at_meeting_not_held",
    "decision_made": "decision_at_meeting_not_held",
    "item_minuted": "minutes_of_meeting_not_held",
    "minutes_sent": "minutes_of_meeting_not_held",
}


@dataclass(frozen=True, slots=True)
class Clash:
    """Two facts that cannot both be true. other: what contradicts (None: something is lacking)."""

    code: str
    entry: Entry
    other: Entry | None
    found: str
    args: tuple[tuple[str, object], ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it the same clash before and after."""
        other = None if self.other is None else self.other.no
        return (self.code, self.entry.no, other, self.found)


def contradictions(
    recorded: Iterable[Entry], new: Iterable[Entry], where: Mapping[int, str] | None = None
) -> list[Problem]:
    """What contradicts what, as soon as the new entries are recorded beside the others.

    where: how a person would name an entry (file and line), by its number. Contradictions that were
    there before the new entries are not told again.
    """
    before, added = list(recorded), list(new)
    names = where or {}
    known = {clash.key for clash in _clashes(effective(before))}
    after = _clashes(effective([*before, *added]))
    fresh = [clash for clash in after if clash.key not in known]
    return [_problem(clash, names) for clash in fresh]


def _problem(clash: Clash, where: Mapping[int, str]) -> Problem:
    args: dict[str, object] = dict(clash.args)
    args["no"] = clash.entry.no
    args["when"] = clash.entry.when
    if clash.other is not None:
        args["other"] = clash.other.no
        args["other_when"] = clash.other.when
    place = where.get(clash.entry.no) or where.get(clash.other.no if clash.other else 0, "")
    return Problem(clash.code, place, clash.found, args)


def _clashes(entries: Sequence[Entry]) -> list[Clash]:
    checks: tuple[Callable[[Sequence[Entry]], Iterator[Clash]], ...] = (
        _order_in_cycle,
        _ends_before_start,
        _seats,
        _meetings_twice,
        _attendance,
        _at_meetings,
    )
    return [clash for check in checks for clash in check(entries)]


def _order_in_cycle(entries: Sequence[Entry]) -> Iterator[Clash]:
    """What comes later in a cycle is on file as earlier, whatever the days not known."""
    shelves: dict[tuple[str | None, int | None, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        shelves[entry.country, entry.cycle, entry.kind].append(entry)
    for (country, cycle, kind), told in shelves.items():
        for first, second, code in IN_ORDER:
            earliest = shelves.get((country, cycle, first)) if kind == second else None
            if not earliest:
                continue
            start = min(earliest, key=lambda e: (e.when.first, e.no))
            for entry in told:
                if entry.when.last < start.when.first:
                    args = (("country", country or ""), ("cycle", cycle or ""))
                    yield Clash(code, entry, start, str(entry.when), args)


def _ends_before_start(entries: Sequence[Entry]) -> Iterator[Clash]:
    for entry in entries:
        until = getattr(entry.body, "until", None) if entry.kind == "workshop_held" else None
        if until is not None and PartialDate.of(until).last < entry.when.first:
            yield Clash("ends_before_it_starts", entry, None, str(until))


def _seats(entries: Sequence[Entry]) -> Iterator[Clash]:
    """A seat that two hold at once, or that is left while nobody holds it."""
    told: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind in SEAT_KINDS:
            told[entry.body.seat].append(entry)
    for seat, events in told.items():
        yield from _seat(seat, sorted(events, key=_left_first))


def _left_first(entry: Entry) -> tuple[object, ...]:
    return (entry.when.last, entry.kind == "seat_taken", entry.no)


def _seat(seat: str, events: Sequence[Entry]) -> Iterator[Clash]:
    args = (("seat", seat),)
    for before, entry in pairwise(events):
        both_taken = before.kind == entry.kind == "seat_taken"
        if both_taken and before.body.holder != entry.body.holder:
            yield Clash("seat_held_twice", entry, before, entry.body.holder, args)
        if before.kind == entry.kind == "seat_left":
            yield Clash("seat_left_twice", entry, before, str(entry.when), args)


def _meetings_twice(entries: Sequence[Entry]) -> Iterator[Clash]:
    """A meeting that is on file as held on two days."""
    held: dict[int | None, Entry] = {}
    for entry in entries:
        if entry.kind != "meeting_held":
            continue
        first = held.setdefault(entry.meeting, entry)
        if entry.when.first > first.when.last or entry.when.last < first.when.first:
            args = (("meeting", entry.meeting),)
            yield Clash("meeting_held_twice", entry, first, str(entry.when), args)


def _attendance(entries: Sequence[Entry]) -> Iterator[Clash]:
    """Presence of somebody without a seat, and two records of one seat at one meeting."""
    seating = Seating.of(e for e in entries if e.kind in SEAT_KINDS)
    seen: dict[tuple[int | None, str], Entry] = {}
    for entry in entries:
        if entry.kind == "attendance_recorded":
            args = (("seat", entry.body.seat), ("meeting", entry.meeting))
            if not seating.sat(entry.body.seat, entry.when.last):
                yield Clash("seat_not_held", entry, None, entry.body.seat, args)
            first = seen.setdefault((entry.meeting, entry.body.seat), entry)
            if first.body.presence != entry.body.presence:
                yield Clash("attendance_twice", entry, first, entry.body.presence, args)
        if entry.kind == "decision_made" and seating.known:
            for seat in entry.body.present or ():
                if not seating.sat(seat, entry.when.last):
                    yield Clash("seat_not_held", entry, None, seat, (("seat", seat),))


def _at_meetings(entries: Sequence[Entry]) -> Iterator[Clash]:
    """What is said to have happened at a meeting that was not held, or not yet."""
    held = {e.meeting: e for e in entries if e.kind == "meeting_held"}
    for entry in entries:
        code = AT_A_MEETING.get(entry.kind)
        if code is None or entry.meeting is None:
            continue
        if entry.kind == "attendance_recorded" and entry.body.presence == "apology":
            continue  # an apology may come before the meeting
        meeting = held.get(entry.meeting)
        if meeting is None or entry.when.last < meeting.when.first:
            yield Clash(code, entry, meeting, str(entry.when), (("meeting", entry.meeting),))
