"""Intake: a country's workbook is dropped, checked cell by cell, and taken in with a receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ipywidgets as w
import traitlets as t

from a87lib import register
from a87lib.desk.evidence import Attachment
from a87lib.desk.permissions import countries_of
from a87lib.desk.receipts import Receipt
from a87lib.desk.sending import VERB, plain_name, send
from a87lib.desk.submissions import Incoming
from a87lib.intake.workbooks import Refused
from a87lib.intake.workbooks.annotating import annotated
from a87lib.problems import Problems
from a87lib.serving.view import View, parse
from widgets import controls, intake_fields, intake_parts
from widgets.controls import said
from widgets.intake_fields import ANY, EVIDENCE, GIVEN, HELD
from widgets.opening import Opened, acting, opened

Answer = Receipt | Refused | Problems


class Intake(t.HasTraits):
    """What was given, what the register answers to it, and why it cannot be taken in yet.

    country: whose workbook it should be (`any`: as it says). answer: of the last check, or of the
    taking in. note: why files were not accepted (`too_much`), or nothing. blockers: `role`,
    `workbook` (none is here), `refused`, `done`.
    """

    workbook = t.Instance(Attachment, allow_none=True)
    report = t.Instance(Attachment, allow_none=True)
    evidence = t.Tuple()
    country = t.Unicode(ANY)
    received_on = t.Instance(date)
    answer = t.Any(allow_none=True)
    note = t.Unicode()
    blockers = t.Tuple()

    def __init__(self, on: Opened, view: View) -> None:
        self.on = on
        self.language = view.spoken()
        with register.open(on.where) as opened_:
            self.countries = countries_of(opened_, acting(), VERB)
            self.today = opened_.today()
        self.names = {
            code: name
            for code, name in on.names(self.language).items()
            if self.countries is None or code in self.countries
        }
        chosen = view.country if view.country in self.names else ANY
        super().__init__(received_on=self.today, country=chosen)
        self._blocked()

    def view(self) -> View:
        """What a link to this view says."""
        country = self.country if self.country in self.names else None
        return View(country=country, language=self.language)

    def give(self, what: str, files: Sequence[tuple[str, bytes]]) -> None:
        """Takes files that were sent: as the workbook, the report, or among the evidence."""
        given = [Attachment(plain_name(name), data) for name, data in files]
        if sum(len(each.data) for each in (*self.held(), *given)) > HELD:
            self.note = "too_much"
            return
        self.note = ""
        if what == EVIDENCE:
            named = {each.name: each for each in (*self.evidence, *given)}
            self.evidence = tuple(named.values())
        elif given:
            self.set_trait(what, given[-1])

    def remove(self, what: str) -> None:
        """Forgets what was given."""
        self.set_trait(what, () if what == EVIDENCE else None)

    def held(self, what: str | None = None) -> tuple[Attachment, ...]:
        """The files given as one thing, or all of them."""
        if what is None:
            return tuple(each for one in GIVEN for each in self.held(one))
        if what == EVIDENCE:
            return tuple(self.evidence)
        given = getattr(self, what)
        return () if given is None else (given,)

    @t.observe(*GIVEN, "country", "received_on")
    def check(self, _: object = None) -> None:
        """Finds out what the register would answer; nothing is recorded."""
        self.answer = None if self.workbook is None else self._ask(dry_run=True)

    def take_in(self) -> None:
        """Records the submission, if nothing is in the way."""
        if not self.blockers:
            self.answer = self._ask(dry_run=False)

    def copy(self) -> bytes:
        """The workbook with its cells at fault marked; Problems where none can be made."""
        refused, workbook = self.answer, self.workbook
        if not isinstance(refused, Refused) or workbook is None:
            raise TypeError("a marked copy is made of a refused workbook")
        spoken = refused.language or self.language
        return annotated(workbook.data, [*refused.faults, *refused.warnings], spoken)

    @property
    def barred(self) -> bool:
        """Whether the person at the screen may send in nobody's workbook."""
        return self.countries is not None and not self.countries

    def _ask(self, *, dry_run: bool) -> Answer:
        workbook = self.workbook
        if workbook is None:
            raise TypeError("nothing was given")
        incoming = Incoming(
            data=workbook.data,
            name=workbook.name,
            report=self.report,
            evidence=self.evidence,
            country=None if self.country == ANY else self.country,
            received_on=self.received_on,
        )
        try:
            with register.open(self.on.where) as on:
                return send(on, incoming, acting(), dry_run=dry_run)
        except Problems as refused:
            return refused

    @t.observe("answer")
    def _blocked(self, _: object = None) -> None:
        answer = self.answer
        if self.barred:
            self.blockers = ("role",)
        elif self.workbook is None:
            self.blockers = ("workbook",)
        elif isinstance(answer, Problems):
            self.blockers = ("refused",)
        else:
            recorded = isinstance(answer, Receipt) and (answer.again or not answer.dry_run)
            self.blockers = ("done",) if recorded else ()


def panel(model: Intake) -> w.Box:
    """The intake as its user sees it."""
    language = model.language
    title = controls.head(
        said("intake.title", language),
        said("intake.lead", language),
        notice=model.on.notice(language),
    )
    same = w.HTML(controls.same_view("intake", model.view(), language))
    if model.barred:
        barred = w.HTML(intake_parts.refusal([said("intake.blocked.role", language)]))
        return w.VBox([title, barred, same]).add_class("a87-screen")
    zones = w.Box([intake_fields.zone(model, what) for what in GIVEN]).add_class("a87-zones")
    result = w.HTML()

    def draw(_: object = None) -> None:
        result.value = intake_parts.answered(model)
        same.value = controls.same_view("intake", model.view(), language)

    model.observe(draw, ["answer", "country"])
    draw()
    parts = [title, zones, intake_fields.about(model), intake_fields.verbs(model)]
    parts += [result, intake_fields.copying(model), same]
    return w.VBox(parts).add_class("a87-screen")


def show() -> w.Box:
    """The screen of this kernel's user."""
    view = parse()
    return panel(Intake(opened(view), view))
