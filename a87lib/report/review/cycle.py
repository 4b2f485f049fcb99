"""Obligations and dates of a cycle, and the same of every cycle so far (AF-MON, AF-REV-2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from a87lib.facts import Entry
from a87lib.report import documents as doc
from a87lib.report.inline import BadgeKind, Piece
from a87lib.report.review.opening import Review
from a87lib.report.review.pieces import alike, answered, day, nothing, reasons, with_references
from a87lib.rules import RULES, Answer, Finding, cycles_of
from a87lib.rules.duties import due_on, next_due, on_time, owes

DUTIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cycle.report_due", ()),
    ("cycle.report_received", ()),
    ("cycle.report_on_time", ()),
    ("cycle.framework_updated", ()),
    ("cycle.consulted", ()),
    ("cycle.comments_sent", ()),
    ("cycle.report_finalised", ()),
    ("cycle.reviewed", ("evidence",)),
    ("cycle.reviewed", ("participation",)),
)
CRITERIA = ("evidence", "participation", "collaboration")
JUDGED: dict[str, BadgeKind] = {"shown": "good", "partly_shown": "attention", "not_shown": "bad"}
CAME: dict[bool | None, tuple[BadgeKind, str]] = {
    True: ("good", "on_time"), False: ("attention", "late"), None: ("good", "answer.yes"),
}  # fmt: skip
"""Badges of what came: on time, late, or on a day too vague to tell, which accuses nobody."""
NOTICES = ("report_published", "signs_reported", "review_reported", "status_notice_sent")


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation of a cycle. criterion: what was to be reviewed, where it is a review."""

    rule: str
    criterion: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One cycle at a glance. owed: whether its report is owed; None entries: nothing on file.

    conclusions: the subgroup's last conclusion on each criterion that it concluded on.
    """

    cycle: int
    due: date
    owed: bool
    report: Entry | None
    framework: Entry | None
    comments: Entry | None
    final: Entry | None
    conclusions: dict[str, Entry]


def duties(this: Review) -> list[Duty]:
    """The obligations of the cycle under review with what is found about each."""
    found = ((rule, about, this.finding(rule, this.cycle, *about)) for rule, about in DUTIES)
    return [Duty(rule, "".join(about), f) for rule, about, f in found if f is not None]


def cycles(this: Review) -> list[CycleRow]:
    """Every cycle so far, latest first."""
    file = this.file
    return [
        CycleRow(
            cycle=cycle,
            due=due_on(cycle, this.framework),
            owed=owes(file, this.framework, cycle),
            report=file.first("report_received", cycle),
            framework=file.first("indicator_framework_received", cycle),
            comments=file.first("comments_sent", cycle),
            final=file.first("report_finalised", cycle),
            conclusions=conclusions(this, cycle),
        )
        for cycle in reversed(cycles_of(file, this.framework))
    ]


def conclusions(this: Review, cycle: int) -> dict[str, Entry]:
    """The subgroup's last conclusion on each criterion of a cycle."""
    return {entry.body.criterion: entry for entry in this.file.of("subgroup_concluded", cycle)}


def obligations(this: Review) -> doc.Element:
    """The obligations of the cycle, each with its answer, reasons and paragraph."""
    rows = duties(this)
    due = due_on(this.cycle, this.framework)
    status = this.finding("standing.status")
    active = status is not None and status.value == "active"
    lead = "cycle.lead" if active else "cycle.lead_pathfinders"
    parts = [doc.paragraph(this.say(lead, cycle=this.cycle, due=due), kind="lead")]
    coming, on = next_due(this.asked.asof, this.framework)
    if active:
        parts.append(doc.paragraph(this.say("cycle.next", cycle=coming, due=on)))
    if not rows:
        parts.append(nothing(this, "cycle"))
    elif alike([duty.finding for duty in rows]):
        parts.append(_alike(this, rows[0].finding))
    else:
        parts.append(_table(this, rows))
    return doc.stack(*parts, _acts(this), overview(this))


def _alike(this: Review, finding: Finding) -> doc.Element:
    """One sentence instead of a table that would say the same in every row."""
    told = [why for why in finding.because if why.key != "status_stated"]
    return doc.callout("note", this.say("cycle.alike", cycle=this.cycle), reasons(this, told))


def _table(this: Review, rows: list[Duty]) -> doc.Element:
    return doc.table(
        this.say("cycle.table", cycle=this.cycle),
        [
            doc.Column(this.say("column.obligation"), width=2.2),
            doc.Column(this.say("column.answer"), width=1.3),
            doc.Column(this.say("column.why"), width=3.8),
            doc.Column(this.say("column.paragraph"), width=1.1),
        ],
        [
            (
                _named(this, duty),
                _due_badge(this, duty.finding)
                if duty.rule == "cycle.report_due"
                else _answered(this, this.cycle, duty.finding),
                reasons(this, duty.finding.because),
                doc.code(duty.finding.paragraph),
            )
            for duty in rows
        ],
    )


def _due_badge(this: Review, finding: Finding) -> doc.Inline:
    """Whether the due date has passed: a fact of the calendar, neither good nor bad."""
    if finding.answer in (Answer.YES, Answer.TOO_EARLY):
        key = "passed" if finding.answer is Answer.YES else "to_come"
        return doc.badge("info", this.say(f"cycle.{key}"))
    return answered(this, finding)


def _answered(this: Review, cycle: int, finding: Finding | None) -> doc.Inline:
    """The answer; what is too early only because an overdue report never came says so."""
    awaited = finding is not None and any(why.key == "report_awaited" for why in finding.because)
    if awaited and due_on(cycle, this.framework) < this.asked.asof:
        return doc.badge("neutral", this.say("cycle.awaited"))
    return answered(this, finding)


def _named(this: Review, duty: Duty) -> str:
    name = this.rule_name(duty.rule)
    if not duty.criterion:
        return name
    return this.say(
        "cycle.on_criterion", name=name, criterion=this.label("criterion", duty.criterion)
    )


def _acts(this: Review) -> doc.Element:
    """What the secretariat and the GCM did in the cycle beside the country's obligations."""
    rows = [
        (
            with_references(this, this.label("entry_kind", entry.kind), entry.no),
            day(this, entry.when),
        )
        for kind in NOTICES
        for entry in this.file.of(kind, this.cycle)
    ]
    if not rows:
        return doc.stack()
    columns = [this.say("column.act"), this.say("column.date")]
    return doc.table(this.say("cycle.acts", cycle=this.cycle), columns, rows)


def overview(this: Review) -> doc.Element:
    """All cycles at a glance."""
    rows = cycles(this)
    if not any(row.owed or row.report or row.framework or row.conclusions for row in rows):
        return doc.stack()
    names = ("cycle", "report", "framework", "comments", "final", *CRITERIA)
    widths = (0.8, 1.2, 1.2, 1.2, 1.2, 1.3, 1.3, 1.3)
    columns = [
        doc.Column(this.say(f"column.{name}"), width=width)
        for name, width in zip(names, widths, strict=True)
    ]
    table = doc.table(
        this.say("cycle.overview"),
        columns,
        [_line(this, row) for row in rows],
        note=this.say("cycle.overview_note"),
    )
    return doc.stack(doc.section(3, this.say("cycle.all")), table)


def _line(this: Review, row: CycleRow) -> tuple[Piece, ...]:
    return (
        str(row.cycle),
        _arrived(this, row, row.report, "cycle.report_received"),
        _arrived(this, row, row.framework, "cycle.framework_updated"),
        _followed(this, row, row.comments, "cycle.comments_sent"),
        _followed(this, row, row.final, "cycle.report_finalised"),
        *(_concluded(this, row.conclusions.get(criterion)) for criterion in CRITERIA),
    )


def _arrived(this: Review, row: CycleRow, entry: Entry | None, rule: str) -> Piece:
    if entry is None:
        return _nothing(this, row, rule)
    kind, key = CAME[on_time(entry.when, row.due)]
    badge = doc.badge(kind, this.say(key))
    return doc.joined((badge, doc.line_break(), doc.small(day(this, entry.when))))


def _nothing(this: Review, row: CycleRow, rule: str) -> Piece:
    """What to say where nothing came: also of cycles owed before the country became inactive."""
    finding = this.finding(rule, row.cycle)
    before = finding is not None and finding.answer is Answer.NOT_APPLICABLE and row.owed
    if not before or row.due >= this.asked.asof:
        return _answered(this, row.cycle, finding)
    covered = this.file.covered(RULES[rule].reads[0], row.cycle)
    kind: BadgeKind = "bad" if covered else "missing"
    return doc.badge(kind, this.say("answer.no" if covered else "not_on_file"))


def _followed(this: Review, row: CycleRow, entry: Entry | None, rule: str) -> Piece:
    if entry is None:
        return _nothing(this, row, rule)
    badge = doc.badge("good", this.say("answer.yes"))
    return doc.joined((badge, doc.line_break(), doc.small(day(this, entry.when))))


def _concluded(this: Review, entry: Entry | None) -> Piece:
    if entry is None:
        return doc.badge("missing", this.say("no_conclusion"))
    judgement = entry.body.judgement
    return doc.badge(JUDGED[judgement], this.label("judgement", judgement))
