"""More of the Administration screen: entries put right, what somebody sees, other texts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from io import StringIO

import ipywidgets as w
from ruamel.yaml import YAML

from a87lib import framework
from a87lib.desk import administering
from a87lib.desk.people import Person
from a87lib.facts import Entry
from a87lib.language import alphabetical, in_a_row, say
from a87lib.problems import Problems, problem
from a87lib.report import documents as doc
from a87lib.report.inline import Piece
from a87lib.rules import Finding, reason_sentence, sentence
from a87lib.rules.differences import Difference
from a87lib.rules.what_if import as_typed
from widgets import controls
from widgets.administration import Administration
from widgets.administration_forms import heading, lacking, offer, person, press, words
from widgets.controls import Form, said
from widgets.judging import label, writing

LARGEST = 2**31 - 1


def roles(who: Person, language: str) -> str:
    """The roles of a person in words."""
    found = [
        said(f"administration.role.{role}", language)
        for role in sorted(who.roles - {"focal_point"})
    ]
    named = [framework.country_name(code, language) for code in who.focal]
    found += [
        said("administration.role.focal_point", language, country=name)
        for name in sorted(named, key=alphabetical)
    ]
    if who.country is not None:
        home = framework.country_name(who.country, language)
        found.append(said("administration.from_country", language, country=home))
    return in_a_row(found, language) or "–"


def entries_form(model: Administration) -> Form:
    """An entry corrected, or blanked where it must be forgotten."""
    language = model.language
    no = w.BoundedIntText(value=0, min=0, max=LARGEST)
    controls.labelled(no, "administration.field.entry", language)
    text = writing("administration.field.text", language, rows=12)

    def read() -> None:
        model.recorded, model.problems = "", ()
        try:
            text.value = as_yaml(model.entry(no.value))
        except Problems as refused:
            text.value, model.problems = "", refused.problems

    def correcting() -> None:
        if not lacking(model, text):
            model.do("corrected", administering.correct, no.value, text.value)

    numbers, why = words("numbers", model), words("reason", model)
    sure = w.Checkbox(value=False, indent=False)
    sure.description = said("administration.field.sure", language)

    def erase() -> None:
        if lacking(model, numbers, why, sure):
            return
        given = numbers.value.replace(",", " ").split()
        try:
            wanted = [int(each) for each in given or [numbers.value]]
        except ValueError:
            model.problems = problem("administration_no_entry", found=numbers.value).problems
            return
        model.do("erased", administering.erase, wanted, reason=why.value)
        sure.value = False

    show = controls.button("administration.press.read", language, read)
    note = w.HTML(f'<p class="note">{escape(said("administration.erase_note", language))}</p>')
    first = controls.row(no, show, text, press("correct", model, correcting))
    second = controls.row(numbers, why, sure, press("erase", model, erase))
    boxes = [heading("correct", model), first, heading("erase", model), note, second]
    return Form(w.VBox(boxes))


def as_yaml(entry: Entry) -> str:
    """What an entry says, as it is written in a file of facts; a correction replaces all of it."""
    figures = [row.model_dump(mode="json", exclude_defaults=True) for row in entry.observations]
    said_ = {
        "happened_on": str(entry.when),
        **entry.body.model_dump(mode="json", exclude_none=True),
        "source": entry.source,
        "observations": figures,
    }
    out = StringIO()
    writer = YAML()
    writer.default_flow_style = False
    writer.dump({name: value for name, value in said_.items() if value not in ("", [], ())}, out)
    return out.getvalue()


def seen_form(model: Administration) -> Form:
    """What somebody sees: nothing more is shown than the country, the circle, how many entries."""
    who, place = person(model), w.HTML()

    def look(_: object = None) -> None:
        if who.value is None:
            place.value = ""
            return
        controls.show(place, _seen(model, str(who.value)), model.language, "seen")

    def refresh() -> None:
        offer(who, {each.id: each.name or each.id for each in model.people})
        look()

    who.observe(look, "value")
    return Form(w.VBox([heading("seen", model), controls.row(who), place]), refresh)


def _seen(model: Administration, who: str) -> doc.Element:
    language = model.language
    theirs, mine, counts = model.seen_by(who)
    assigned = {each.country: each for each in mine}
    names = ("country", "circle", "entries", "part")
    columns = [said(f"administration.column.{name}", language) for name in names]
    rows: list[tuple[Piece, ...]] = []
    for code, name in model.names().items():
        if code in theirs.closed:
            circle: Piece = doc.badge("bad", said("administration.closed", language))
        else:
            circle = label("visibility", theirs.circle_for(code), language)
        part = assigned.get(code)
        words_ = "–" if part is None else label("review_role", part.role, language)
        rows.append((name, circle, doc.number(counts[code]), words_))
    return doc.table(said("administration.seen", language, person=who), columns, rows)


def what_if_form(model: Administration) -> Form:
    """Another value of the texts, and which findings would differ."""
    language, fw = model.language, framework.load()
    named = {name: each.label[language] for name, each in fw.parameters.items()}
    named |= {name: each.title[language] for name, each in fw.interpretations.items()
              if each.readings}  # fmt: skip
    what = controls.choice("administration.field.norm", language, named, next(iter(named)))
    value, now, place = words("value", model), w.HTML(), w.HTML()

    def present(_: object = None) -> None:
        place.value = ""
        name = str(what.value)
        if name in fw.parameters:
            told = said(
                "administration.now", language, value=as_typed(fw.value(name, model.on.asof))
            )
        else:
            readings = ", ".join(fw.interpretations[name].readings)
            told = said("administration.now", language, value=fw.reading(name))
            told += " " + said("administration.readings", language, readings=readings)
        now.value = f'<p class="note">{escape(told)}</p>'

    def look() -> None:
        if lacking(model, value):
            return
        found = model.differing(str(what.value), value.value.strip())
        shown = doc.stack() if found is None else _differing(model, found)
        controls.show(place, shown, language, "what-if")

    what.observe(present, "value")
    present()
    fields = controls.row(what, value, press("what_if", model, look))
    return Form(w.VBox([heading("what_if", model), fields, now, place]))


def _differing(model: Administration, found: Iterable[tuple[str, list[Difference]]]) -> doc.Element:
    language, names = model.language, model.names()
    rows = [
        (names.get(code, code), say(f"rule.{each.rule}", language), _says(each.before, language),
         _says(each.after, language, why=True))
        for code, differing in found
        for each in differing
    ]  # fmt: skip
    if not rows:
        return doc.paragraph(said("administration.no_difference", language))
    columns = [
        said(f"administration.column.{n}", language)
        for n in ("country", "finding", "before", "after")
    ]
    return doc.table(said("administration.differences", language), columns, rows)


def _says(finding: Finding | None, language: str, why: bool = False) -> Piece:
    if finding is None:
        return "–"
    pieces: list[Piece] = [sentence(finding, language)]
    for reason in finding.because if why else ():
        pieces += [doc.line_break(), doc.small(reason_sentence(reason, language))]
    return doc.joined(tuple(pieces))
