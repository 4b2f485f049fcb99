"""Seats, vacancies, terms and the quorum (TR-SEAT-1 to -4, TR-DEC-2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from a87lib.language import in_a_row, say
from a87lib.meetingfile import Tenure, attendance, seating
from a87lib.report import documents as doc
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.pieces import columns, lines, nothing
from a87lib.report.briefing.sheets import Sheet
from a87lib.report.inline import Piece
from a87lib.rules import Answer, Finding
from a87lib.rules.gcm_quorum import meeting_quorum
from a87lib.rules.gcm_terms import early_leavers, term_ends_on
from a87lib.rules.in_force import in_force

WATCHED = ("gcm.term_ending", "gcm.absence_limit", "gcm.nominated")


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat. remarks: findings about it that a reader should know."""

    seat: str
    tenure: Tenure | None
    ends_on: date | None
    remarks: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A stakeholder group: its seats, how many are held, and were present at the last meeting."""

    group: str
    seats: int
    held: int
    present: int | None


def seats(this: Briefing) -> list[SeatRow]:
    """All seats in their order."""
    found = seating(this.council)
    rows = []
    for seat in this.framework.seats:
        tenure = found.holding(seat, this.asof)
        ends_on = None if tenure is None else term_ends_on(tenure, this.framework)
        rows.append(SeatRow(seat, tenure, ends_on, tuple(_remarks(this, seat))))
    return rows


def _remarks(this: Briefing, seat: str) -> Iterator[Finding]:
    for rule in WATCHED:
        found = this.findings[rule, seat]
        wrong = Answer.NO if rule == "gcm.nominated" else Answer.YES
        if found.answer is wrong:
            yield found


def vacancies(this: Briefing) -> list[str]:
    """The seats that are vacant; none where the register does not claim to know all seats."""
    if not this.council.covered("seat_taken"):
        return []
    return [row.seat for row in seats(this) if row.tenure is None]


def noted(this: Briefing, rule: str) -> list[SeatRow]:
    """The seats about which a rule has something to remark."""
    return [row for row in seats(this) if any(f.rule == rule for f in row.remarks)]


def left_early(this: Briefing) -> list[Tenure]:
    """Tenures that ended before their term: since the last meeting, or whose seat is empty."""
    since = date.max if this.previous is None else this.previous.on
    last = [tenures[-1] for tenures in seating(this.council).tenures.values() if tenures]
    return [
        tenure
        for tenure in early_leavers(this.council, this.framework)
        if tenure in last or (tenure.until is not None and tenure.until >= since)
    ]


def groups(this: Briefing) -> list[GroupRow]:
    """The five stakeholder groups."""
    found = seating(this.council)
    held = set(found.held(this.asof))
    present = _present(this)
    rows = []
    for group in this.framework.vocabulary("seat_group"):
        own = [seat.id for seat in this.framework.seats.values() if seat.group == group]
        there = None if present is None else sum(seat in present for seat in own)
        rows.append(GroupRow(group, len(own), sum(seat in held for seat in own), there))
    return rows


def _present(this: Briefing) -> set[str] | None:
    """The seats present at the last meeting held, this one included."""
    meeting = this.meeting if this.meeting is not None and this.meeting.held else this.previous
    if meeting is None or not attendance(this.council, meeting.no):
        return None
    found = meeting_quorum(this.council.about(meeting.no), this.framework)
    return None if found is None else set(found[1].seats)


def membership(this: Briefing) -> doc.Element:
    """The quorum table, what to watch, and all seats."""
    if not seating(this.council).known:
        return doc.stack(quorum(this), nothing(this, "seats"))
    return doc.stack(quorum(this), watch(this), _table(this))


def quorum(this: Briefing) -> doc.Element:
    """What a quorum needs, group by group."""
    needed = int(in_force(this.framework, "gcm.quorum", this.asof))
    rows: list[tuple[Piece, ...]] = []
    known = seating(this.council).known
    found = groups(this)
    for row in found:
        rows.append((
            this.label("seat_group", row.group), row.seats,
            row.held if known else this.say("not_on_file"), 1,
            this.say("not_on_file") if row.present is None else row.present,
        ))  # fmt: skip
    there = [row.present for row in found if row.present is not None]
    rows.append((
        this.say("quorum.all"), sum(row.seats for row in found),
        sum(row.held for row in found) if known else this.say("not_on_file"), needed,
        sum(there) if there else this.say("not_on_file"),
    ))  # fmt: skip
    last = this.meeting if this.meeting is not None and this.meeting.held else this.previous
    note = this.say("quorum.note", needed=needed, groups=len(found))
    if last is not None and there:
        note += " " + this.say("quorum.last", meeting=last.no, day=this.day(last.on))
    names = ("group", "seats", "held", "needed", "present")
    return doc.table(
        this.say("quorum.table"), columns(this, names, (2.6, 0.9, 1.1, 1.5, 2)), rows, note=note,
        align="lrrrr",
    )  # fmt: skip


def watch(this: Briefing) -> doc.Element:
    """Vacancies, terms that end before the next meeting, absences, namings."""
    told = list(notes(this))
    if not told:
        return doc.paragraph(this.say("membership.nothing"))
    return doc.callout("attention", this.say("membership.watch"), doc.items(told))


def notes(this: Briefing) -> Iterator[str]:
    """What to know about seats, a sentence each."""
    lacking = [this.label("seat", seat) for seat in vacancies(this)]
    if lacking:
        yield this.say("membership.vacant", count=len(lacking), seats=lacking)
    for tenure in left_early(this):
        yield this.say("membership.left", seat=this.label("seat", tenure.seat),
                       holder=tenure.holder, day=tenure.until,
                       ends=term_ends_on(tenure, this.framework))  # fmt: skip
    for row in noted(this, "gcm.term_ending"):
        if row.tenure is not None and row.ends_on is not None:
            yield this.say("membership.ending", seat=this.label("seat", row.seat),
                           holder=row.tenure.holder, day=row.ends_on)  # fmt: skip
    for row in noted(this, "gcm.absence_limit"):
        if row.tenure is not None:
            yield this.say("membership.absent", seat=this.label("seat", row.seat),
                           holder=row.tenure.holder,
                           count=this.findings["gcm.absence_limit", row.seat].value)  # fmt: skip
    for row in noted(this, "gcm.nominated"):
        if row.tenure is not None:
            yield this.say("membership.named", seat=this.label("seat", row.seat),
                           holder=row.tenure.holder)  # fmt: skip


def _table(this: Briefing) -> doc.Element:
    rows: list[tuple[Piece, ...]] = []
    for row in seats(this):
        tenure = row.tenure
        if tenure is None:
            vacant = this.council.covered("seat_taken")
            badge = doc.badge("attention" if vacant else "missing", _vacant(this))
            rows.append((this.label("seat", row.seat), badge, "–", "–", "–"))
            continue
        holder: Piece = this.holder(tenure)
        office = tenure.taken.body.office
        named = lines([holder, doc.small(this.quoted(tenure.taken, office))]) if office else holder
        rows.append((
            this.label("seat", row.seat), named, this.day(tenure.since),
            this.day(row.ends_on) if row.ends_on else this.say("no_term"),
            lines([say(f"briefing.remark.{f.rule}", this.language) for f in row.remarks])
            if row.remarks else "–",
        ))  # fmt: skip
    names = ("seat", "holder", "since", "term_ends", "remarks")
    return doc.table(
        this.say("membership.table"), columns(this, names, (2, 2.6, 1.5, 1.5, 1.9)), rows
    )


def _vacant(this: Briefing) -> str:
    return this.say("vacant" if this.council.covered("seat_taken") else "not_on_file")


def seat_sheet(this: Briefing) -> Sheet:
    """The seats as a table of plain values."""
    return Sheet.of(
        "seats",
        ("seat", "group", "holder", "office", "since", "term_ends", "remarks"),
        [
            (
                this.label("seat", row.seat),
                this.label("seat_group", this.framework.seats[row.seat].group),
                row.tenure.holder.say(this.language) if row.tenure else _vacant(this),
                row.tenure.taken.body.office if row.tenure else None,
                row.tenure.since if row.tenure else None,
                row.ends_on,
                in_a_row(
                    [say(f"briefing.remark.{f.rule}", this.language) for f in row.remarks],
                    this.language,
                )
                or None,
            )
            for row in seats(this)
        ],
    )


def quorum_sheet(this: Briefing) -> Sheet:
    """The quorum table as plain values."""
    known = seating(this.council).known
    return Sheet.of(
        "quorum",
        ("group", "seats", "held", "needed", "present"),
        [
            (this.label("seat_group", row.group), row.seats, row.held if known else None, 1,
             row.present)
            for row in groups(this)
        ],
    )  # fmt: skip
