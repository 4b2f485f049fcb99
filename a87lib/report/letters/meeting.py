"""Invitation with agenda, and minutes from debates, attendance, decisions and actions."""

from __future__ import annotations

from a87lib import framework
from a87lib.facts import Entry, PartialDate
from a87lib.language import in_a_row
from a87lib.meetingfile import attendance, movements, seating
from a87lib.report import documents as doc
from a87lib.report.briefing.agenda import facts, items, table
from a87lib.report.briefing.membership import quorum
from a87lib.report.briefing.papers import Item
from a87lib.report.inline import BadgeKind, Piece
from a87lib.report.letters.opening import Letter
from a87lib.report.review.pieces import lines
from a87lib.rules import reason_sentence, sentence
from a87lib.rules.effects import effect
from a87lib.rules.gcm_quorum import decided

DECISION = ("decision", "wording", "how")
PRESENCES = ("present", "apology", "absent")


def invitation(this: Letter) -> doc.Element:
    """Invitation with agenda (TR-SEC-1)."""
    file = this.file
    if not [e for e in file.council.of("meeting_called") if e.meeting == this.asked.meeting]:
        raise this.refused()
    found = items(file)
    number = this.asked.meeting or 0
    parts = [this.paragraph("invitation.lead", meeting=number), facts(file)]
    if found:
        if found[0].entry is None:
            parts.append(this.paragraph("invitation.draft"))
        parts.append(table(file, found))
    return doc.stack(
        *parts,
        this.paragraph("invitation.quorum"),
        quorum(file),
        this.paragraph("invitation.apology"),
        this.paragraph("invitation.costs"),
    )


def minutes(this: Letter) -> doc.Element:
    """Minutes of a meeting that was held (TR-MIN-1)."""
    meeting = this.file.meeting
    if meeting is None or not meeting.held:
        raise this.refused()
    return doc.stack(
        facts(this.file),
        doc.section(2, this.say("minutes.attendance"), id="attendance"),
        *_attendance(this, meeting.no),
        doc.section(2, this.say("minutes.items"), id="items"),
        *_items(this, meeting.no),
        doc.section(2, this.say("minutes.decisions"), id="decisions"),
        _decisions(this),
        doc.section(2, this.say("minutes.actions"), id="actions"),
        _actions(this, meeting.no),
    )


def _attendance(this: Letter, meeting: int) -> list[doc.Element]:
    """Who was there, by group; apologies; the quorum."""
    records = attendance(this.file.council, meeting)
    parts = [doc.paragraph(sentence(this.file.findings["gcm.quorum", ""], this.language))]
    if not records:
        return parts
    moved = movements(this.file.council, meeting)
    rows: list[tuple[Piece, ...]] = []
    for group in this.file.framework.vocabulary("seat_group"):
        cells: list[Piece] = [this.file.label("seat_group", group)]
        for presence in PRESENCES:
            names = [
                _holder(this, seat, entry, moved[seat])
                for seat, entry in records.items()
                if entry.body.presence == presence
                and this.file.framework.seats[seat].group == group
            ]
            cells.append(lines(names) if names else "–")
        rows.append(tuple(cells))
    columns = this.columns("group", *PRESENCES, widths=(1.8, 2.6, 1.8, 1.8))
    return [*parts, doc.table(this.say("minutes.attendance_table"), columns, rows)]


def _holder(this: Letter, seat: str, entry: Entry, moved: list[Entry]) -> Piece:
    """Who held a seat, and when they left the room and came back."""
    tenure = seating(this.file.council).holding(seat, entry.when.last)
    if tenure is None:
        name: Piece = this.file.label("seat", seat)
    else:
        name = this.file.holder(tenure)
    times = [
        this.say(f"minutes.{key}", at=at)
        for record in moved
        for key, at in (("left_at", record.body.left_at), ("came_at", record.body.came_at))
        if at is not None
    ]
    moves = f"({in_a_row(times, this.language)})"
    return doc.joined((name, " ", doc.small(moves))) if times else name


def _items(this: Letter, meeting: int) -> list[doc.Element]:
    """Each item: what was said, what was concluded."""
    told = {e.body.item: e for e in this.file.council.of("item_minuted", meeting=meeting)}
    parts: list[doc.Element] = []
    for item in items(this.file):
        parts.append(doc.section(3, _titled(this, item)))
        entry = told.pop(item.no, None)
        parts += _minuted(this, entry) if entry is not None else [this.paragraph("minutes.no_text")]
    for no, entry in told.items():
        parts += [doc.section(3, no), *_minuted(this, entry)]
    return parts or [this.paragraph("minutes.no_text")]


def _titled(this: Letter, item: Item) -> Piece:
    title = this.file.quoted(item.entry, item.title) if item.entry is not None else item.title
    return doc.joined((f"{item.no}. ", title))


def _minuted(this: Letter, entry: Entry) -> list[doc.Element]:
    parts = []
    if entry.body.summary:
        parts.append(doc.paragraph(this.file.quoted(entry, entry.body.summary)))
    if entry.body.conclusion:
        said = this.file.quoted(entry, entry.body.conclusion)
        parts.append(doc.paragraph(doc.strong(this.say("minutes.conclusion")), " ", said))
    return parts or [this.paragraph("minutes.no_text")]


def _decisions(this: Letter) -> doc.Element:
    rows = decision_rows(this)
    if not rows:
        return this.paragraph("minutes.no_decision")
    columns = this.columns(*DECISION, widths=(1.8, 3.6, 2.2))
    return doc.table(this.say("minutes.decisions_table"), columns, rows)


def decision_rows(this: Letter) -> list[tuple[Piece, ...]]:
    """The decisions: what they change; consensus, who was there, whether they are valid."""
    file = this.file
    rows: list[tuple[Piece, ...]] = []
    for entry, found in decided(file.council, file.framework):
        what: list[Piece] = [doc.strong(file.label("decision_subject", entry.body.subject))]
        if entry.country is not None:
            what.append(_country(this, entry.country))
        text: list[Piece] = _changes(this, entry)
        if entry.body.text:
            text.insert(0, file.quoted(entry, entry.body.text))
        how: list[Piece] = [_consensus(this, entry)]
        if found.quorum is not None:
            how.append(this.say("minutes.present", count=found.quorum.present))
        kind: BadgeKind = "good" if found.valid else "attention"
        how.append(doc.badge(kind, this.say("minutes.valid" if found.valid else "minutes.invalid")))
        how += [doc.small(reason_sentence(why, this.language)) for why in found.reasons]
        rows.append((lines(what), lines(text) if text else "–", lines(how)))
    return rows


def _changes(this: Letter, entry: Entry) -> list[Piece]:
    """What the decision did to the status of its country."""
    found = effect(this.file.whole, entry, this.file.framework)
    if found is None:
        return []
    before, after = (
        this.file.label("status", str(each.value)) for each in (found.before, found.after)
    )
    key = "minutes.status_changes" if found.changed else "minutes.status_stays"
    return [doc.strong(this.say(key, before=before, after=after, day=entry.when))]


def _country(this: Letter, code: str) -> str:
    """A name in the language."""
    return framework.country_name(code, this.language)


def _consensus(this: Letter, entry: Entry) -> str:
    if entry.body.consensus is None:
        return this.say("minutes.consensus_not_recorded")
    return this.say("minutes.consensus" if entry.body.consensus else "minutes.no_consensus")


def _actions(this: Letter, meeting: int) -> doc.Element:
    """The actions agreed: who, until when."""
    agreed = this.file.council.of("action_agreed", meeting=meeting)
    if not agreed:
        return this.paragraph("minutes.no_action")
    return doc.table(
        this.say("minutes.actions_table"),
        this.columns("action", "owner", "due", widths=(4, 1.8, 1.6)),
        [
            (
                this.file.quoted(entry, entry.body.text),
                this.file.quoted(entry, entry.body.owner) if entry.body.owner else "–",
                this.file.day(_due(entry)) if entry.body.due else this.say("no_due"),
            )
            for entry in agreed
        ],
    )


def _due(entry: Entry) -> PartialDate:
    return PartialDate.of(entry.body.due)
