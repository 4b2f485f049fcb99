"""Forms of the Administration screen: assignments, rounds, conflicts of interest, people."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from a87lib.desk import administering
from a87lib.desk.reviewing import assigning, declaring
from a87lib.desk.reviewing.assigning import Wish
from a87lib.desk.reviewing.reopening import reopen
from a87lib.desk.reviewing.review import ROUNDS
from a87lib.language import told
from a87lib.problems import Problem
from widgets import controls
from widgets.administration import Administration
from widgets.controls import Form, said
from widgets.judging import done, label, refused

CONFLICTS = ("own_country", "own_organisation", "declared")
ROLES = ("lead", "reviewer")
ALL = ""


def words(key: str, model: Administration) -> w.Text:
    """A field for a line."""
    return controls.text(f"administration.field.{key}", model.language).add_class("a87-wide")


def pick(key: str, model: Administration, options: dict[str, str], value: str | None) -> w.Dropdown:
    """A choice among codes."""
    return controls.choice(f"administration.field.{key}", model.language, options, value)


def person(model: Administration, *roles: str) -> w.Dropdown:
    """A choice among the people, or those who have one of the roles."""
    return pick("person", model, people(model, roles), None)


def offer(field: w.Dropdown, options: dict[str, str]) -> None:
    """Offers other codes; what was chosen stays where it is among them."""
    before = field.value
    pairs = [(text, code) for code, text in options.items()]
    if tuple(field.options) != tuple(pairs):
        field.options = pairs
        field.value = before if before in options else None


def people(model: Administration, roles: tuple[str, ...]) -> dict[str, str]:
    """The people who have one of the roles (none given: all), by what they are called."""
    wanted = [each for each in model.people if not roles or each.has(*roles)]
    return {each.id: f"{each.name} ({each.id})" if each.name else each.id for each in wanted}


def press(key: str, model: Administration, does: Callable[[], object]) -> w.Button:
    """A button that does the main thing of a form; what came of it is told above all forms."""

    def pressed() -> None:
        model.beside = False
        does()

    made = controls.button(f"administration.press.{key}", model.language, pressed)
    return made.add_class("a87-primary")


def outcome(model: Administration) -> str:
    """What came of the last thing that was done: problems, or what is recorded; warnings."""
    language = model.language
    parts = []
    if model.problems:
        parts.append(refused(told(each, language) for each in model.problems))
    if model.recorded:
        parts.append(done(said(f"administration.done.{model.recorded}", language)))
    if model.warnings:
        lines = "".join(f"<li>{escape(told(each, language))}</li>" for each in model.warnings)
        head = escape(said("administration.warnings", language))
        parts.append(f'<div class="a87-note" role="status"><p>{head}</p><ul>{lines}</ul></div>')
    return "".join(parts)


def heading(key: str, model: Administration) -> w.HTML:
    """The title of a form."""
    return w.HTML(f'<h2 class="a87-h2">{said(f"administration.head.{key}", model.language)}</h2>')


def lacking(model: Administration, *fields: Any) -> bool:
    """Whether a field is still empty; then says which."""
    empty = [field.description for field in fields if _is_empty(field.value)]
    if empty:
        model.warnings, model.recorded = (), ""
        model.problems = (Problem("administration_nothing_chosen", found=", ".join(empty)),)
    return bool(empty)


def _is_empty(value: object) -> bool:
    return value in (None, False, ()) or (isinstance(value, str) and not value.strip())


def assigning_form(model: Administration) -> Form:
    """Many files for a reviewer at once, with what speaks against it; and one taken away."""
    language = model.language
    named = [(name, code) for code, name in model.names().items()]
    countries = w.SelectMultiple(options=named, rows=min(8, max(4, len(named))))
    controls.labelled(countries, "administration.field.countries", language)
    who, role = person(model, "reviewer"), pick("role", model, labels("review_role", ROLES, model),
                                                "reviewer")  # fmt: skip
    why = words("override", model)

    def wishes() -> list[Wish]:
        return [Wish(code, str(who.value), str(role.value)) for code in countries.value]

    def given(does: Callable[[list[Wish]], None]) -> None:
        if not lacking(model, countries, who):
            does(wishes())

    check = controls.button("administration.press.check", language, lambda: given(model.check))
    give = press("assign", model, lambda: given(lambda wanted: model.assign(wanted, why.value)))
    from_, whom, reason = country(model), person(model, "reviewer"), words("reason", model)

    def take() -> None:
        if not lacking(model, from_, whom):
            given = (from_.value, model.cycle, whom.value)
            model.do("unassigned", assigning.unassign, *given, reason=reason.value)

    def refresh() -> None:
        for field in (who, whom):
            offer(field, people(model, ("reviewer",)))

    taking = press("unassign", model, take)
    boxes = [heading("assign", model), controls.row(countries, who, role, why, check, give),
             heading("unassign", model), controls.row(from_, whom, reason, taking)]  # fmt: skip
    return Form(w.VBox(boxes), refresh)


def rounds_form(model: Administration) -> Form:
    """By when a round is to be done; and a round opened again."""
    codes = labels("review_round", ROUNDS, model)
    round_, due = pick("round", model, codes, ROUNDS[0]), _day("due", model)
    grace = controls.labelled(w.BoundedIntText(value=0, min=0, max=365),
                              "administration.field.grace", model.language)  # fmt: skip
    whose = country(model, everyone=True)

    def set_() -> None:
        if not lacking(model, due):
            model.do("deadline_set", assigning.set_deadline, model.cycle, round_.value, due.value,
                     grace_days=grace.value, country=whose.value or None)  # fmt: skip

    again, until = pick("round", model, codes, ROUNDS[0]), _day("until", model)
    of, who, why = country(model), person(model), words("reason", model)

    def reopened() -> None:
        if not lacking(model, of, until):
            model.do("reopened", reopen, of.value, model.cycle, again.value, until=until.value,
                     reason=why.value, person=who.value)  # fmt: skip

    opening = press("reopen", model, reopened)
    setting = press("deadline", model, set_)
    first = controls.row(round_, due, grace, whose, setting)
    second = controls.row(of, again, until, who, why, opening)
    boxes = [heading("deadline", model), first, heading("reopen", model), second]
    return Form(w.VBox(boxes), lambda: offer(who, people(model, ())))


def conflicts_form(model: Administration) -> Form:
    """A conflict of interest pinned or lifted."""
    of, who, why = country(model), person(model), words("reason", model)
    kind = pick("conflict", model, labels("conflict", CONFLICTS, model), "declared")

    def pin() -> None:
        if not lacking(model, of, who):
            given = (of.value, who.value, kind.value)
            model.do("pinned", declaring.pin, *given, reason=why.value)

    def lift() -> None:
        if not lacking(model, of, who):
            model.do("lifted", declaring.lift, of.value, who.value, reason=why.value)

    lifting = controls.button("administration.press.lift", model.language, lift)
    fields = controls.row(of, who, kind, why, press("pin", model, pin), lifting)
    boxes = [heading("conflict", model), fields]
    return Form(w.VBox(boxes), lambda: offer(who, people(model, ())))


def people_form(model: Administration) -> Form:
    """A person's name and roles."""
    id_, name, organisation, given = (
        words(key, model) for key in ("id", "name", "organisation", "roles")
    )
    known = {each.id: each for each in model.people}

    def filled(change: Any) -> None:
        found = known.get(change["new"].strip())
        if found is not None:
            name.value, organisation.value = found.name, found.organisation
            given.value = found.words

    id_.observe(filled, "value")
    id_.continuous_update = False

    def give() -> None:
        if not lacking(model, id_):
            model.do("roles_given", administering.give_roles, id_.value.strip(), given.value,
                     name=name.value.strip(), organisation=organisation.value.strip())  # fmt: skip

    def refresh() -> None:
        known.clear()
        known.update({each.id: each for each in model.people})

    note = w.HTML(f'<p class="note">{said("administration.roles_note", model.language)}</p>')
    giving = press("people", model, give)
    boxes = [heading("people", model), note, controls.row(id_, name, organisation, given, giving)]
    return Form(w.VBox(boxes), refresh)


def labels(vocabulary: str, codes: tuple[str, ...], model: Administration) -> dict[str, str]:
    """Codes by their words."""
    return {code: label(vocabulary, code, model.language) for code in codes}


def country(model: Administration, *, everyone: bool = False) -> w.Dropdown:
    """A choice among the countries. everyone: or all of them."""
    names = dict(model.names())
    if everyone:
        names = {ALL: said("administration.all_countries", model.language)} | names
    return pick("country", model, names, ALL if everyone else None)


def _day(key: str, model: Administration) -> w.DatePicker:
    return controls.day(f"administration.field.{key}", model.language)
