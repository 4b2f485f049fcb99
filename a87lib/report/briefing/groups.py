"""Groups of the Alliance and their work plans, with state and delay (TR-GCM-2, TR-GCM-3)."""

from __future__ import annotations

from a87lib.facts import Entry, PartialDate, said
from a87lib.meetingfile import Group
from a87lib.meetingfile import groups as on_file
from a87lib.report import documents as doc
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.pieces import columns, nothing, stated
from a87lib.report.briefing.sheets import Sheet
from a87lib.report.inline import BadgeKind, Piece
from a87lib.rules import Answer, sentence

STATES: dict[str, BadgeKind] = {
    "planned": "neutral", "ongoing": "info", "completed": "good", "delayed": "attention",
    "dropped": "neutral",
}  # fmt: skip
ENDED = ("completed", "dropped")


def delay(this: Briefing, item: Entry) -> int:
    """How many days an item of a work plan is overdue; 0 where it is not."""
    if item.body.state in ENDED or item.body.due is None:
        return 0
    due = PartialDate.of(item.body.due).last
    return max(0, (this.asof - due).days)


def groups(this: Briefing) -> doc.Element:
    """Each group: results, end, leaders, work plan."""
    found = on_file(this.council)
    if not found:
        return nothing(this, "groups")
    late = sum(bool(delay(this, item)) for group in found for item in group.plan)
    lead = this.say("groups.lead", count=len(found), late=late)
    return doc.stack(doc.paragraph(lead, kind="lead"), *(_group(this, group) for group in found))


def _group(this: Briefing, group: Group) -> doc.Element:
    told = group.created or group.proposed or (*group.plan, *group.decided)[0]
    parts = [
        doc.section(3, this.quoted(told, group.name)),
        doc.definition_list(_facts(this, group)),
    ]
    found = this.findings["gcm.group_time_bound", group.name]
    if found.answer is Answer.NO:
        parts.append(doc.callout("attention", sentence(found, this.language)))
    if group.plan:
        parts.append(_plan(this, group))
    return doc.stack(*parts)


def _facts(this: Briefing, group: Group) -> list[tuple[Piece, Piece]]:
    created = group.created
    if created is None:
        proposed = group.proposed
        day = this.day(proposed.when if proposed is not None else None)
        return [(this.say("groups.proposed"), day)]
    body = created.body
    rows: list[tuple[Piece, Piece]] = [
        (this.say("groups.kind"), this.label("group_kind", body.group_kind)),
        (this.say("groups.created"), _created(this, created)),
        (this.say("groups.ends"), _end(this, created)),
    ]
    if body.leaders:
        leaders: list[Piece] = [this.quoted(created, one) for one in body.leaders]
        rows.append((this.say("groups.leaders"), doc.joined(tuple(leaders), ", ")))
    if said(body.results):
        rows.append((this.say("groups.results"), stated(this, created, body.results)))
    if group.closed is not None:
        rows.append((this.say("groups.closed"), this.day(group.closed.when)))
    return rows


def _created(this: Briefing, created: Entry) -> str:
    day = this.day(created.when)
    if created.meeting is None:
        return day
    return f"{day}, {this.say('of_meeting', meeting=created.meeting)}"


def _end(this: Briefing, created: Entry) -> Piece:
    ends_on = created.body.ends_on
    if ends_on is None:
        return doc.badge("missing", this.say("not_on_file"))
    end = PartialDate.of(ends_on)
    if end.last >= this.asof:
        return this.day(end)
    return doc.joined((this.day(end), " ", doc.badge("attention", this.say("groups.over"))))


def _plan(this: Briefing, group: Group) -> doc.Element:
    rows: list[tuple[Piece, ...]] = []
    for item in group.plan:
        late = delay(this, item)
        rows.append((
            this.quoted(item, item.body.title),
            this.day(PartialDate.of(item.body.due)) if item.body.due else this.say("no_due"),
            doc.badge(STATES[item.body.state], this.label("work_plan_state", item.body.state)),
            this.say("days", count=late) if late else "–",
        ))  # fmt: skip
    return doc.table(
        this.say("groups.plan", group=group.name),
        columns(this, ("title", "due", "state", "delay"), (3.4, 1.7, 1.2, 1.2)),
        rows,
    )


def sheet(this: Briefing) -> Sheet:
    """The work plans as plain values."""
    return Sheet.of(
        "groups",
        ("group_name", "title", "due", "state", "days_overdue"),
        [
            (
                group.name, item.body.title,
                None if item.body.due is None else PartialDate.of(item.body.due).last,
                this.label("work_plan_state", item.body.state), delay(this, item) or None,
            )
            for group in on_file(this.council)
            for item in group.plan
        ],
    )  # fmt: skip
