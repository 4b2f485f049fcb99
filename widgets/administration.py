"""Administration: who reviews what, by when; people and roles; entries put right; what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import traitlets as t

from a87lib import framework, register
from a87lib.desk import administering
from a87lib.desk.acting import Acting
from a87lib.desk.people import Person
from a87lib.desk.permissions import allowed, reader, require
from a87lib.desk.reviewing import assigning, desks
from a87lib.desk.reviewing.assigning import Wish
from a87lib.desk.reviewing.desks import Action, File, Mine
from a87lib.facts import Entry
from a87lib.language import alphabetical
from a87lib.problems import Problems
from a87lib.register import Conflict, Reader
from a87lib.rules.differences import Difference
from a87lib.rules.what_if import Change, changes_of, what_if
from a87lib.serving.view import View, parse
from widgets.opening import Opened, acting, opened

TABS = ("files", "assign", "rounds", "conflicts", "people", "entries", "log", "seen", "what_if")


class Administration(t.HasTraits):
    """What the secretariat runs. may: whether whoever is here is of the secretariat.

    problems: why the last thing was not done. warnings: what speaks against what was asked about.
    recorded: the key of what was done. beside: whether the form that was used tells so itself.
    read_at: grows with every reading.
    """

    tab = t.Enum(TABS, TABS[0])
    cycle = t.Int()
    problems = t.Tuple()
    warnings = t.Tuple()
    recorded = t.Unicode()
    beside = t.Bool()
    read_at = t.Int()

    def __init__(self, on: Opened, view: View) -> None:
        super().__init__()
        self.on, self.asked, self.language = on, view, view.spoken()
        self.acting = acting()
        self.people: list[Person] = []
        self.files: list[File] = []
        self.load: dict[str, int] = {}
        with register.open(on.where) as held:
            self.may = allowed(held, self.acting, "assign")
        self.set_trait("cycle", view.cycle or on.cycle)
        if view.tab in TABS:
            self.set_trait("tab", view.tab)
        self.look()

    @t.observe("cycle")
    def _another(self, _: object) -> None:
        self.look()

    @t.observe("tab")
    def _turned(self, _: object) -> None:
        self.problems, self.warnings, self.recorded = (), (), ""
        self.beside = False

    @property
    def cycles(self) -> list[int]:
        """The cycles of which something is on file, and the present one."""
        found = {entry.cycle for entry in self.on.entries if entry.cycle}
        return sorted(found | {self.on.cycle, self.cycle}, reverse=True)

    def names(self) -> dict[str, str]:
        """The countries on file that are not closed to whoever is here."""
        return self.on.names(self.language)

    def view(self) -> View:
        """What a link to this view says."""
        return View(cycle=self.cycle, tab=self.tab, language=self.language)

    def look(self) -> None:
        """Reads again what stands where."""
        if self.may:
            with register.open(self.on.where) as on:
                self.people = administering.everybody(on, self.acting)
                self.files = desks.files(on, self.acting, self.cycle)
                names = self.names()
                self.files.sort(key=lambda file: alphabetical(names[file.country]))
                self.load = dict(assigning.workload(on, self.acting, self.cycle))
        self.read_at += 1

    def check(self, wishes: Sequence[Wish]) -> None:
        """Says what speaks against assignments; writes nothing."""
        self.problems, self.warnings, self.recorded = (), (), ""
        with register.open(self.on.where) as on:
            found = assigning.objections(on, self.acting, self.cycle, wishes)
        self.warnings, self.recorded = tuple(found), "" if found else "unobjected"

    def assign(self, wishes: Sequence[Wish], override: str) -> None:
        """Assigns files, all or none."""
        why = override.strip() or None
        warned = self.do("assigned", assigning.assign, self.cycle, wishes, override=why)
        self.warnings = tuple(warned or ())

    def log(self) -> list[Action]:
        """What was done in reviews, latest first."""
        with register.open(self.on.where) as on:
            return desks.log(on, self.acting)[::-1]

    def entry(self, no: int) -> Entry:
        """An entry of the register that is not closed to whoever is here."""
        with register.open(self.on.where) as on:
            return administering.entry(on, self.acting, "correct", no)

    def seen_by(self, person: str) -> tuple[Reader, list[Mine], dict[str, int]]:
        """As whom a person reads, their files, and how many entries they see of each country.

        Only countries that are open to whoever asks.
        """
        with register.open(self.on.where) as on:
            require(on, self.acting, "give_roles")
            theirs = reader(on, Acting(person))
            counts = dict.fromkeys(self.names(), 0)
            for entry in on.facts(visible_to=theirs):
                if entry.country in counts:
                    counts[entry.country] += 1
            mine = [each for each in desks.mine(on, Acting(person)) if each.country in counts]
        return theirs, mine, counts

    def differing(self, name: str, value: str) -> list[tuple[str, list[Difference]]] | None:
        """What would be found otherwise if a value of the texts were another; stored nowhere."""
        self.problems, self.recorded = (), ""
        fw = framework.load()
        try:
            changes: tuple[Change, ...] = changes_of([f"{name}={value}"], fw, self.on.asof)
        except Problems as refused:
            self.problems = refused.problems
            return None
        archive = self.on.archive()
        files = (archive.file(code, self.on.asof) for code in self.names())
        return [(code, found) for code, found in what_if(files, fw, changes) if found]

    def do(
        self, key: str, verb: Callable[..., Any], *given: object,
        acting: Acting | None = None, **named: Any,
    ) -> Any:  # fmt: skip
        """Calls a verb of the desk; then shows the new state, or all problems at once.

        acting: who acts, where that is for somebody else.
        """
        self.problems, self.warnings, self.recorded = (), (), ""
        try:
            with register.open(self.on.where) as on:
                done = verb(on, acting or self.acting, *given, **named)
        except Problems as refused:
            if isinstance(refused, Conflict):
                self.look()  # what somebody else recorded first is what the next wish replaces
            self.problems = refused.problems
            return None
        self.on = opened(self.asked)
        self.look()
        self.recorded = key
        return done


def show() -> Any:
    """The screen of this kernel's secretariat."""
    from widgets.administration_panel import panel

    view = parse()
    return panel(Administration(opened(view), view))
