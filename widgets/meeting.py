"""Meeting: a meeting of the GCM as it runs, from the agenda to the draft of its minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

import ipywidgets as w
import traitlets as t

from a87lib import register
from a87lib.desk import council, deciding
from a87lib.desk.council import Sitting
from a87lib.desk.deciding import Decided, Proposal
from a87lib.desk.permissions import allowed
from a87lib.facts import Entry
from a87lib.meetingfile import meeting_of, meetings
from a87lib.problems import Problem, Problems
from a87lib.report.briefing.agenda import draft, items
from a87lib.report.briefing.opening import Briefing, file_of
from a87lib.report.briefing.papers import Item
from a87lib.report.briefing.parameters import Parameters
from a87lib.rules import council_file
from a87lib.serving.view import View, parse
from widgets import controls
from widgets import meeting_forms as forms
from widgets import meeting_parts as parts
from widgets.controls import said
from widgets.opening import Opened, acting, opened

TABS = ("agenda", "attendance", "decisions", "summaries", "actions", "minutes")


class Meeting(t.HasTraits):
    """A meeting: which, which tab is open, what is on file of it, and what was said last.

    this: the GCM's file opened at the meeting, on its day; None where there is no meeting.
    problems: why the last thing was not recorded. recorded: what was (a key of the catalogue with
    its values). blockers: why nothing can be shown or recorded (`none`: no meeting is on file).
    """

    number = t.Int()
    tab = t.Enum(TABS, TABS[0])
    this = t.Instance(Briefing, allow_none=True)
    problems = t.Tuple()
    recorded = t.Tuple()
    blockers = t.Tuple()

    def __init__(self, on: Opened, view: View) -> None:
        self.on = on
        self.language = view.spoken()
        self.names = on.names(self.language)
        self.who = acting()
        with register.open(on.where) as held:
            self.may_record = allowed(held, self.who, "run_meeting")
            self.today = held.today()
        file = council_file(on.archive(), date.max)
        self.numbers = {m.no: m.on for m in reversed(meetings(file))}
        super().__init__(number=view.meeting or self._latest())
        self.read()

    def _latest(self) -> int:
        """The next meeting that was called; else the last one."""
        coming = [no for no, on in self.numbers.items() if on >= self.on.asof]
        return coming[-1] if coming else next(iter(self.numbers), 0)

    @t.observe("number")
    def _changed(self, _: object) -> None:
        self.problems, self.recorded = (), ()
        self.read()

    def read(self) -> None:
        """Reads the register anew."""
        asked = Parameters.model_construct(
            meeting=self.number, asof=date.max, known_at=None, cutoff=None, edition="members",
            points={}, reviews=(), language=self.language, register_=self.on.where,
        )  # fmt: skip
        try:
            found = file_of(asked, self.on.reader)
        except Problems:
            self.this, self.blockers = None, ("none",)
            return
        meeting = meeting_of(council_file(found.archive, date.max), self.number)
        if meeting is None:
            self.this, self.blockers = None, ("none",)
            return
        self.blockers = ()
        self.this = replace(found, asked=asked.model_copy(update={"asof": meeting.on}))

    @property
    def found(self) -> Briefing:
        """The file opened at the meeting, where blockers name no reason why there is none."""
        if self.this is None:
            raise LookupError(f"nothing is on file of meeting {self.number}")
        return self.this

    @property
    def sitting(self) -> Sitting:
        """The meeting as it is on file."""
        this = self.found
        return Sitting(self.number, this.asof, this.council, this.archive)

    @property
    def held(self) -> bool:
        """Whether the meeting was opened."""
        return self.this is not None and self.sitting.held

    @property
    def items(self) -> list[Item]:
        """The agenda as set, else the draft that follows from the file."""
        return items(self.found) or draft(self.found)

    def view(self) -> View:
        """What a link to this view says."""
        return View(meeting=self.number or None, language=self.language)

    def of(self, kind: str) -> list[Entry]:
        """What is on file of the meeting."""
        return self.found.council.of(kind, meeting=self.number)

    def minuted(self, item: str) -> Entry | None:
        """What was recorded on an item."""
        found = [entry for entry in self.of("item_minuted") if entry.body.item == item]
        return found[-1] if found else None

    def open(self, day: date) -> None:
        """Opens the meeting."""
        self._record("opened", council.open_meeting, day, day=day)

    def adopt(self) -> None:
        """Records the draft agenda as the agenda."""
        rows = [
            {"no": i.no, "title": i.title, "objective": i.objective, "starts": hours(i.starts),
             "ends": hours(i.ends), "minutes": i.minutes}
            for i in self.items
        ]  # fmt: skip
        kept = [{name: value for name, value in row.items() if value} for row in rows]
        self._record("agenda_set", council.set_agenda, kept, language=self.language)

    def mark(self, seats: list[str], what: str, at: time | None) -> None:
        """Records that seats are present, absent, gone or back."""
        if not seats:
            self.problems, self.recorded = (Problem("no_seat_chosen"),), ()
            return
        moment = at.strftime("%H:%M") if at is not None and what in ("left", "back") else None
        self._record("marked", council.mark, seats, what, at=moment, count=len(seats))

    def decide(self, proposal: Proposal) -> None:
        """Puts a proposal to those in the room."""
        decided = self._record("decided", deciding.decide, proposal)
        if isinstance(decided, Decided) and decided.effect is not None:
            self.recorded = ("effect", {"effect": decided.effect})

    def summarise(self, item: str, summary: str, conclusion: str, seen: int | None) -> None:
        """Records what was said on an item. seen: the entry that the writer began from."""
        told = {"summary": summary, "conclusion": conclusion, "language": self.language}
        self._record("noted", council.note_summary, item, corrects=seen, item=item, **told)

    def agree(self, text: str, owner: str, due: date | None) -> None:
        """Records an action."""
        told = {"owner": owner, "due": due, "language": self.language}
        self._record("agreed", council.add_action, text, **told)

    def send(self, day: date) -> None:
        """Records that the minutes were sent."""
        self._record("sent", council.send_minutes, day, day=day)

    def _record(self, key: str, verb: Callable[..., Any], *given: object, **named: Any) -> object:
        """Calls a verb of the desk; then shows the new state, or all problems at once."""
        told = {name: named.pop(name) for name in ("day", "count", "item") if name in named}
        try:
            with register.open(self.on.where) as on:
                done = verb(on, self.number, *given, by=self.who, **named)
        except Problems as refused:
            self.recorded, self.problems = (), refused.problems
            return None
        self.problems = ()
        self.read()
        self.recorded = (key, told)
        return done


def hours(minutes: int | None) -> str | None:
    """A clock time as an agenda has it."""
    return None if minutes is None else f"{minutes // 60:02d}:{minutes % 60:02d}"


def panel(model: Meeting) -> w.Box:
    """The meeting as a reader sees it."""
    language = model.language
    numbers = {str(no): said("meeting.option", language, no=no, day=on)
               for no, on in model.numbers.items()}  # fmt: skip
    numbers.setdefault(str(model.number), str(model.number))
    number = controls.choice("meeting.choose", language, numbers, str(model.number))
    number.observe(lambda change: model.set_trait("number", int(change["new"])), "value")
    names = {tab: said(f"meeting.tab.{tab}", language) for tab in TABS}
    tabs = controls.tabs(said("meeting.tabs", language), names)
    controls.bind(tabs, model, "tab")
    title, bar, told, body, same = (w.HTML() for _ in range(5))
    writing = w.VBox()
    made: forms.Cache = {}

    def draw(_: object = None) -> None:
        title.value = parts.title(model)
        controls.show(bar, parts.quorum_bar(model), language, "quorum")
        body.value = parts.shown(model)
        writing.children = forms.offered(model, made)
        same.value = controls.same_view("meeting", model.view(), language)

    def tell(_: object = None) -> None:
        told.value = parts.told_last(model)

    model.observe(draw, ["this", "blockers", "tab"])
    model.observe(tell, ["problems", "recorded"])
    draw()
    return w.VBox([title, controls.row(number), bar, tabs, told, writing, body, same]).add_class(
        "a87-screen"
    )


def show() -> w.Box:
    """The screen of this kernel's reader."""
    view = parse()
    return panel(Meeting(opened(view), view))
