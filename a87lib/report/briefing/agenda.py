"""The agenda with minutes per item, as set or as a draft, and the papers (AG-1, AG-2, TR-SEC-1)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from a87lib.facts import Entry
from a87lib.language import in_a_row
from a87lib.meetingfile import agenda as set_agenda
from a87lib.report import documents as doc
from a87lib.report.briefing.matters import matters
from a87lib.report.briefing.opening import Briefing
from a87lib.report.briefing.papers import Item, papers
from a87lib.report.briefing.pieces import answered, columns, lines, nothing, told
from a87lib.report.briefing.sheets import Sheet
from a87lib.report.inline import Piece
from a87lib.rules import sentence
from a87lib.rules.slots import HOUR, clock, slots

CHECKS = ("agenda.numbering", "agenda.timing", "agenda.dates")


@lru_cache
def plan() -> tuple[dict[str, Any], ...]:
    """The order of a draft agenda."""
    path = Path(__file__).with_name("plan.yaml")
    return tuple(YAML(typ="safe").load(path.read_text(encoding="utf-8")))


def items(this: Briefing) -> list[Item]:
    """The items as set; where no agenda is on file, a draft."""
    entry = set_agenda(this.council, this.asked.meeting)
    if entry is not None:
        return _as_set(this, entry)
    return [] if this.meeting is None or this.meeting.held else draft(this)


def _as_set(this: Briefing, entry: Entry) -> list[Item]:
    named = zip(entry.body.items, slots(entry.body.items), strict=True)
    return [
        Item(
            no=item.no,
            title=item.title,
            objective=item.objective or "",
            starts=slot.starts,
            ends=slot.ends,
            minutes=slot.minutes,
            speakers=tuple((speaker.name, speaker.minutes) for speaker in item.speakers),
            papers=tuple(p for p, no in this.asked.points.items() if no == item.no),
            entry=entry,
        )
        for item, slot in named
    ]


def draft(this: Briefing) -> list[Item]:
    """An agenda that follows from what is on file; its minutes are the plan's."""
    wanted: list[tuple[dict[str, Any], str]] = []
    ripe = [matter for matter in matters(this) if matter.ripe]
    for step in plan():
        if step.get("each"):
            wanted += [(step, m.country.name) for m in ripe if m.subject == step["item"]]
        else:
            wanted.append((step, ""))
    start = _start(this)
    made: list[Item] = []
    for place, (step, country) in enumerate(wanted, 1):
        ends = None if start is None else start + step["minutes"]
        made.append(
            Item(
                no=str(place),
                title=this.say(f"item.{step['item']}", country=country, cycle=this.cycle),
                objective=this.say(f"objective.{step['item']}"),
                starts=start,
                ends=ends,
                minutes=step["minutes"],
                papers=tuple(p for p in step["papers"] if p in this.papers),
            )
        )
        start = ends
    return made


def _start(this: Briefing) -> int | None:
    called = [e for e in this.council.of("meeting_called") if e.meeting == this.asked.meeting]
    return clock(called[-1].body.starts_at) if called else None


def hour(minutes: int | None) -> str:
    """A clock time, 16:08; empty where there is none."""
    return "" if minutes is None else f"{minutes // HOUR:02d}:{minutes % HOUR:02d}"


def total(found: list[Item]) -> float | None:
    """The minutes of all items together; None where one has none."""
    lengths = [item.minutes for item in found]
    return None if not lengths or None in lengths else sum(m for m in lengths if m is not None)


def agenda(this: Briefing) -> doc.Element:
    """The agenda, its check, and the papers with item, minutes and page."""
    found = items(this)
    set_on_file = bool(found) and found[0].entry is not None
    parts: list[doc.Element] = [facts(this)]
    if not found:
        parts.append(nothing(this, "agenda"))
    else:
        if not set_on_file:
            parts.append(
                doc.callout("note", this.say("agenda.draft"), this.say("agenda.draft_text"))
            )
        parts += [table(this, found), _check(this) if set_on_file else _adds_up(this, found)]
    drafted = bool(found) and not set_on_file  # of a set one the check fills the page
    heading = doc.section(3, this.say("papers"), new_page=drafted)
    return doc.stack(*parts, heading, papers(this, found))


def facts(this: Briefing) -> doc.Element:
    """Day, time, place and form of the meeting."""
    called = [e for e in this.council.of("meeting_called") if e.meeting == this.asked.meeting]
    held = [e for e in this.council.of("meeting_held") if e.meeting == this.asked.meeting]
    last = (held or called)[-1:]
    rows: list[tuple[Piece, Piece]] = [
        (this.say("fact.day"), this.day(this.meeting.on if this.meeting else None))
    ]
    start = _start(this)
    if start is not None:
        rows.append((this.say("fact.time"), hour(start)))
    for entry in last:
        place = entry.body.place or next((c.body.place for c in called if c.body.place), None)
        if entry.body.mode is not None:
            rows.append((this.say("fact.mode"), this.label("meeting_mode", entry.body.mode)))
        if place:
            rows.append((this.say("fact.place"), this.quoted(entry, place)))
        if entry.body.regular is not None:
            kind = "regular" if entry.body.regular else "extraordinary"
            rows.append((this.say("fact.kind"), this.say(f"fact.{kind}")))
    return doc.definition_list(rows)


def table(this: Briefing, found: list[Item]) -> doc.Element:
    """The items with time, minutes and speakers, and the whole meeting."""
    rows = [
        (
            item.no,
            _titled(this, item),
            "–".join(filter(None, (hour(item.starts), hour(item.ends)))) or this.say("no_time"),
            doc.number(item.minutes) if item.minutes is not None else this.say("not_stated"),
            _speakers(this, item),
        )
        for item in found
    ]
    whole = total(found)
    if whole is not None:
        span = "–".join(filter(None, (hour(found[0].starts), hour(found[-1].ends))))
        rows.append(
            (
                this.say("agenda.total_no"), doc.strong(this.say("agenda.total")),
                span or this.say("no_time"), doc.strong(doc.number(whole)), "–",
            )
        )  # fmt: skip
    names = ("item", "title", "time", "minutes", "speakers")
    return doc.table(
        this.say("agenda.table"), columns(this, names, (0.8, 3.3, 1.2, 0.9, 2.1)), rows,
        align="lllrl",
    )  # fmt: skip


def _titled(this: Briefing, item: Item) -> Piece:
    own = item.entry
    title = this.quoted(own, item.title) if own is not None else item.title
    pieces: list[Piece] = [doc.strong(title)]
    if item.objective:
        objective = this.quoted(own, item.objective) if own is not None else item.objective
        pieces.append(doc.small(objective))
    return lines(pieces)


def _speakers(this: Briefing, item: Item) -> Piece:
    said: list[Piece] = []
    for name, minutes in item.speakers:
        who = this.quoted(item.entry, name) if item.entry is not None else name
        said.append(doc.joined((who, f" ({minutes:g})" if minutes is not None else "")))
    return lines(said) if said else "–"


def _adds_up(this: Briefing, found: list[Item]) -> doc.Element:
    """That the items follow on one another and fill the meeting."""
    whole = total(found)
    if whole is None:
        return doc.stack()
    return doc.paragraph(this.say("agenda.adds_up", count=int(whole)), kind="note")


def _check(this: Briefing) -> doc.Element:
    """What is found about numbering, timing and the dates of earlier meetings."""
    rows = []
    for rule in CHECKS:
        found = this.findings[rule, ""]
        shown = lines([sentence(found, this.language), doc.small(told(this, found.because))])
        rows.append((rule_name(this, rule), answered(this, found), shown))
    return doc.table(
        this.say("agenda.check"), columns(this, ("check", "answer", "finding"), (1.6, 0.9, 4.5)),
        rows, note=this.say("agenda.check_note"),
    )  # fmt: skip


def rule_name(this: Briefing, rule: str) -> str:
    """The name of a rule in the reader's language."""
    from a87lib.language import say

    return say(f"rule.{rule}", this.language)


def sheet(this: Briefing) -> Sheet:
    """The agenda as a table of plain values."""
    return Sheet.of(
        "agenda",
        ("item", "title", "objective", "starts", "ends", "minutes", "speakers"),
        [
            (
                item.no, item.title, item.objective or None, hour(item.starts) or None,
                hour(item.ends) or None, item.minutes,
                in_a_row(
                    [f"{name} ({m:g})" if m is not None else name for name, m in item.speakers],
                    this.language,
                )
                or None,
            )
            for item in items(this)
        ],
    )  # fmt: skip
