"""What secretariat and chair write at a meeting: a form for each tab."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from a87lib import framework
from a87lib.desk.attendance import MARKS
from a87lib.meetingfile import agenda, seating
from widgets import controls
from widgets.controls import Form, said
from widgets.files import saving
from widgets.making import Making
from widgets.meeting_deciding import decisions
from widgets.meeting_parts import holder, state_of

if TYPE_CHECKING:
    from widgets.meeting import Meeting


Cache = dict[tuple[int, str, int], Form]


def offered(model: Meeting, made: Cache) -> tuple[w.Widget, ...]:
    """The forms that can be used now: none for readers, the opening until the meeting is open."""
    if model.this is None:
        return ()
    if not model.may_record:
        note = escape(said("meeting.only_reading", model.language))
        return (w.HTML(f'<p class="a87-same">{note}</p>'),)
    set_in = agenda(model.found.council, model.number)
    parts = () if model.held else (_opening(model),)
    if model.tab == "agenda" and set_in is not None:
        return parts
    if not model.held and model.tab != "agenda":
        return parts
    key = (model.number, model.tab, set_in.no if set_in is not None else 0)
    if key not in made:
        made[key] = FORMS[model.tab](model)
    made[key].refresh()
    made[key].box.add_class("a87-form")
    return (*parts, made[key].box)


def _opening(model: Meeting) -> w.Box:
    day = controls.day("meeting.day", model.language)
    planned = model.numbers.get(model.number, model.today)
    day.value = min(planned, model.today)

    def begin() -> None:
        if day.value:
            model.open(day.value)

    go = controls.button("meeting.open", model.language, begin)
    return controls.row(day, go)


def _agenda(model: Meeting) -> Form:
    note = w.HTML(f'<p class="note">{escape(said("meeting.draft_agenda", model.language))}</p>')
    adopt = controls.button("meeting.adopt", model.language, model.adopt)
    return Form(w.VBox([note, controls.row(adopt)]))


def _attendance(model: Meeting) -> Form:
    """Tick seats, then say what they are; whoever leaves or comes back does so at a time."""
    language = model.language
    at = w.TimePicker(value=_now(), step=60)
    controls.labelled(at, "meeting.at", language)
    boxes: dict[str, w.Checkbox] = {}
    place = w.VBox().add_class("a87-seats")

    def mark(what: str) -> None:
        model.mark([seat for seat, box in boxes.items() if box.value], what, at.value)

    def draw() -> None:
        """Says of each seat what it is; the boxes stay the same as long as the seats do."""
        held = seating(model.found.council)
        groups: dict[str, list[str]] = {}
        for seat, about in model.found.framework.seats.items():
            if not held.known or held.holding(seat, model.found.asof) is not None:
                groups.setdefault(about.group, []).append(seat)
        seats = [seat for found in groups.values() for seat in found]
        if list(boxes) != seats:
            boxes.clear()
            boxes.update((seat, w.Checkbox(indent=False)) for seat in seats)
            place.children = [
                _group(model, group, [boxes[seat] for seat in found])
                for group, found in groups.items()
            ]
        for seat, box in boxes.items():
            words = _seat(model, seat)
            if box.description != words:
                box.description, box.value = words, False

    def every(ticked: bool) -> None:
        for box in boxes.values():
            box.value = ticked

    verbs = [controls.button(f"meeting.mark.{what}", language, partial(mark, what))
             for what in MARKS]  # fmt: skip
    ticks = [controls.button("meeting.all", language, lambda: every(True)),
             controls.button("meeting.nobody", language, lambda: every(False))]  # fmt: skip
    return Form(w.VBox([place, controls.row(*ticks, at, *verbs)]), draw)


def _now() -> time:
    """The time of day where the screen runs."""
    return datetime.now(UTC).astimezone().time().replace(second=0, microsecond=0)


def _seat(model: Meeting, seat: str) -> str:
    return said(
        "meeting.seat",
        model.language,
        holder=holder(model, seat),
        seat=model.found.label("seat", seat),
        state=state_of(model, seat),
    )


def _group(model: Meeting, group: str, boxes: list[w.Checkbox]) -> w.Box:
    label = framework.load().label("seat_group", group, model.language)
    head = w.HTML(f'<p class="a87-group">{escape(label)}</p>')
    return w.VBox([head, *boxes]).add_class("a87-seat-group")


def _summaries(model: Meeting) -> Form:
    """What was said on an item, and the conclusion; whoever writes second is told so."""
    language = model.language
    items: dict[str, str] = {}
    for each in model.items:  # a number that is printed twice is one place to write
        items[each.no] = " / ".join(filter(None, (items.get(each.no), f"{each.no} {each.title}")))
    item = controls.choice("meeting.item", language, items, next(iter(items), None))
    summary = controls.labelled(w.Textarea(rows=4), "meeting.summary", language)
    conclusion = controls.labelled(w.Textarea(rows=2), "meeting.conclusion", language)
    seen: dict[str, int | None] = {"no": None}

    def load(_: object = None) -> None:
        entry = model.minuted(item.value) if item.value and model.this is not None else None
        seen["no"] = entry.no if entry is not None else None
        summary.value = (entry.body.summary or "") if entry is not None else ""
        conclusion.value = (entry.body.conclusion or "") if entry is not None else ""

    def save() -> None:
        model.summarise(item.value, summary.value, conclusion.value, seen["no"])
        if not model.problems:
            load()

    item.observe(load, "value")
    load()
    for field in (summary, conclusion):
        field.add_class("a87-whole")
    fields = controls.row(item, summary, conclusion)
    return Form(w.VBox([fields, controls.row(controls.button("meeting.note", language, save))]))


def _actions(model: Meeting) -> Form:
    language = model.language
    text = controls.text("meeting.action", language).add_class("a87-whole")
    owner, due = controls.text("meeting.owner", language), controls.day("meeting.due", language)

    def save() -> None:
        model.agree(text.value, owner.value, due.value)
        if not model.problems:
            text.value, owner.value, due.value = "", "", None

    return Form(controls.row(text, owner, due, controls.button("meeting.agree", language, save)))


def _minutes(model: Meeting) -> Form:
    """The draft as a Word document, and that the minutes were sent."""
    language = model.language
    place = w.HTML()
    day: Any = controls.day("meeting.sent_on", language)
    day.value = model.today
    held: dict[str, Making] = {}

    def tell() -> None:
        making = held["it"]
        if making.running:
            return
        files = [path for name, path in making.files.items() if name.endswith(".docx")]
        place.value = "".join(saving(p.name, p.read_bytes(), language) for p in files) or (
            f'<p class="a87-refused">{escape(making.refusal or said("making.none", language))}</p>'
        )

    def make() -> None:
        if model.this is None or ("it" in held and held["it"].running):
            return
        place.value = f'<p role="status">{escape(said("making.running", language))}</p>'
        asof, number = model.found.asof.isoformat(), str(model.number)
        asked = ["letters", "minutes", "--meeting", number, "--asof", asof, "--lang", language]
        asked += ["--format", "docx", "--jobs", "1"]
        name = f"gcm-{model.number}/minutes.{language}"
        held["it"] = Making(asked, [name], language, tell, model.on.where)

    def send() -> None:
        if isinstance(day.value, date):
            model.send(day.value)

    made = controls.button("meeting.make", language, make)
    sent = controls.button("meeting.send", language, send)
    return Form(w.VBox([controls.row(made, day, sent), place]))


FORMS: dict[str, Callable[[Meeting], Form]] = {
    "agenda": _agenda,
    "attendance": _attendance,
    "decisions": decisions,
    "summaries": _summaries,
    "actions": _actions,
    "minutes": _minutes,
}
