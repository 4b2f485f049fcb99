"""What the Meeting screen shows: title, quorum, and what is on file of the meeting by tab."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from a87lib import framework
from a87lib.facts import Entry, PartialDate
from a87lib.language import format_day, in_a_row, say, told
from a87lib.meetingfile import in_the_room, movements, seating
from a87lib.problems import Problems
from a87lib.report import documents as doc
from a87lib.report import letters
from a87lib.report.inline import BadgeKind, Piece
from a87lib.report.letters.meeting import DECISION, decision_rows
from a87lib.report.letters.opening import Letter
from a87lib.report.letters.parameters import Parameters as LetterParameters
from a87lib.rules import reason_sentence
from a87lib.rules.decisions import quorum_groups, quorum_reasons
from a87lib.rules.effects import Effect
from a87lib.rules.gcm_quorum import quorum_now
from a87lib.serving.view import View, link
from widgets import controls
from widgets.clock import clock
from widgets.controls import said
from widgets.shown import screen

if TYPE_CHECKING:
    from widgets.meeting import Meeting

PARAGRAPH = "TR-DEC-2"


def title(model: Meeting) -> str:
    """The heading of the screen."""
    language = model.language
    heading = said("meeting.title", language, no=model.number)
    lines = []
    if model.this is not None:
        key = "held" if model.held else "called"
        lines.append(said(f"meeting.{key}", language, day=model.found.asof))
    return controls.headed(heading, *lines, notice=model.on.notice(language))


def told_last(model: Meeting) -> str:
    """What became of the last thing that was to be recorded: done, or every reason why not."""
    language = model.language
    if model.problems:
        why = "".join(f"<li>{escape(told(each, language))}</li>" for each in model.problems)
        head = escape(said("meeting.refused", language))
        return f'<div role="alert" class="a87-refused"><p>{head}</p><ul>{why}</ul></div>'
    if not model.recorded:
        return ""
    key, args = model.recorded
    if key == "effect":
        words = effect_sentence(model, args["effect"])
    else:
        words = f"<p>{escape(said(f'meeting.recorded.{key}', language, **args))}</p>"
    return f'<div role="status" class="a87-recorded">{words}</div>'


def effect_sentence(model: Meeting, found: Effect) -> str:
    """What a decision changed, with the way to the country's file of that day."""
    language = model.language
    label = framework.load().label
    name = model.names.get(found.country, found.country)
    before, after = (label("status", str(f.value), language) for f in (found.before, found.after))
    words = said("meeting.effect", language, country=name, before=before, after=after,
                 day=found.after.asof)  # fmt: skip
    view = View(country=found.country, date=found.after.asof, language=language)
    address = escape(link("country", view), quote=True)
    opens = escape(said("meeting.open_file", language, country=name))
    return f'<p>{escape(words)} <a href="{address}">{opens}</a></p>'


def quorum_bar(model: Meeting) -> doc.Element:
    """Whether those in the room make a quorum, by number and by group, and what is missing."""
    language = model.language
    if model.this is None:
        return doc.callout("bad", said("meeting.none", language))
    if not model.held:
        return doc.callout("info", said("meeting.not_open", language))
    used = model.found.framework
    found, presence = quorum_now(model.found.council, used)
    groups = quorum_groups(used, model.found.asof)
    five = groups.values()
    counts = ", ".join(
        said("meeting.group", language, group=_group(model, group),
             there=sum(groups[seat] == group for seat in presence.seats))
        for group in dict.fromkeys(five)
    )  # fmt: skip
    key = "quorum" if found.reached else "no_quorum"
    head = said(f"meeting.{key}", language, there=found.present, needed=found.needed)
    lacking = [reason_sentence(why, language) for why in quorum_reasons(found)[1:]]
    parts: list[doc.Element | Piece] = [counts, *lacking]
    return doc.callout("good" if found.reached else "bad",
                       doc.joined((head, " ", doc.code(PARAGRAPH))), *parts)  # fmt: skip


def _group(model: Meeting, group: str) -> str:
    label = framework.load().label
    known = framework.load().vocabulary("seat_group")
    return label("seat_group" if group in known else "seat_sub_group", group, model.language)


def shown(model: Meeting) -> str:
    """What the open tab shows, as HTML."""
    if model.this is None:
        return ""
    if model.tab == "agenda":
        name = f"a87-clock-{model.on.name}-{model.number}"
        return clock(model.items, name, model.language)
    return screen(PARTS[model.tab](model), model.language, f"meeting-{model.number}-{model.tab}")


def _attendance(model: Meeting) -> doc.Element:
    """A row for each seat: who holds it, whether they are there, when they left and came back."""
    this, language = model.found, model.language
    told_of = movements(this.council, model.number)
    here = in_the_room(this.council, model.number)
    rows: list[tuple[Piece, ...]] = []
    for seat in this.framework.seats:
        records = told_of.get(seat, [])
        rows.append(
            (
                this.label("seat", seat), holder(model, seat),
                doc.badge(*_state(model, seat, seat in here, records)), _times(records, language),
            )
        )  # fmt: skip
    names = ("seat", "holder", "presence", "times")
    titles = [said(f"meeting.column.{name}", language) for name in names]
    return doc.table(said("meeting.attendance", language), titles, rows)


def holder(model: Meeting, seat: str) -> str:
    """Who holds a seat on the day of the meeting."""
    tenure = seating(model.found.council).holding(seat, model.found.asof)
    if tenure is None:
        return said("meeting.vacant", model.language)
    return framework.name_in(tenure.holder, model.language)


def _state(model: Meeting, seat: str, here: bool, records: list[Entry]) -> tuple[BadgeKind, str]:
    if not records:
        return "missing", said("meeting.not_marked", model.language)
    presence = str(records[-1].body.presence)
    if presence == "present" and not here:
        return "attention", said("meeting.gone", model.language)
    kind: BadgeKind = "good" if presence == "present" else "neutral"
    return kind, model.found.label("presence", presence)


def state_of(model: Meeting, seat: str) -> str:
    """Whether a seat is there, in a word or two."""
    records = movements(model.found.council, model.number).get(seat, [])
    here = seat in in_the_room(model.found.council, model.number)
    return _state(model, seat, here, records)[1]


def _times(records: list[Entry], language: str) -> str:
    moved = [
        said(f"meeting.{key}", language, at=at)
        for entry in records
        for key, at in (("left_at", entry.body.left_at), ("came_at", entry.body.came_at))
        if at is not None
    ]
    return in_a_row(moved, language) or "–"


def _decisions(model: Meeting) -> doc.Element:
    letter = minutes_of(model)
    rows = decision_rows(letter)
    if not rows:
        return doc.paragraph(say("letters.minutes.no_decision", model.language))
    titles = [say(f"letters.column.{name}", model.language) for name in DECISION]
    return doc.table(say("letters.minutes.decisions_table", model.language), titles, rows)


def _summaries(model: Meeting) -> doc.Element:
    rows: list[tuple[Piece, ...]] = []
    for item in model.items:
        entry = model.minuted(item.no)
        text = entry.body.summary if entry is not None else None
        ended = entry.body.conclusion if entry is not None else None
        rows.append((item.no, item.title, text or "–", ended or "–"))
    names = ("item", "title", "summary", "conclusion")
    titles = [said(f"meeting.column.{name}", model.language) for name in names]
    return doc.table(said("meeting.summaries", model.language), titles, rows)


def _actions(model: Meeting) -> doc.Element:
    language = model.language
    found = model.of("action_agreed")
    if not found:
        return doc.paragraph(say("letters.minutes.no_action", language))
    names = ("no", "action", "owner", "due")
    titles = [said(f"meeting.column.{name}", language) for name in names]
    rows = [
        (e.body.no or "–", e.body.text, e.body.owner or "–",
         PartialDate.of(e.body.due).say(language) if e.body.due else "–")
        for e in found
    ]  # fmt: skip
    return doc.table(said("meeting.actions", language), titles, rows)


def minutes_of(model: Meeting) -> Letter:
    """The draft of the minutes."""
    asked = LetterParameters.model_construct(
        kind="minutes", meeting=model.number, country=None, cycle=None, since=None,
        asof=model.found.asof, known_at=None, language=model.language,
        register_=model.on.where,
    )  # fmt: skip
    return Letter(asked, model.found)


def _minutes(model: Meeting) -> doc.Element:
    language = model.language
    try:
        body = letters.body(minutes_of(model))
    except Problems:
        return doc.paragraph(said("meeting.no_minutes", language))
    sent = model.of("minutes_sent")
    state = (
        said("meeting.minutes_sent", language, day=format_day(sent[-1].when.last, language))
        if sent
        else said("meeting.minutes_draft", language)
    )
    return doc.stack(doc.paragraph(state, kind="lead"), body)


PARTS: dict[str, Callable[[Meeting], doc.Element]] = {
    "attendance": _attendance,
    "decisions": _decisions,
    "summaries": _summaries,
    "actions": _actions,
    "minutes": _minutes,
}
"""What each tab shows; the agenda has a clock of its own."""
