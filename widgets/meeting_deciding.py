"""Putting a decision to those in the room of a meeting."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from a87lib import framework
from a87lib.desk import deciding
from a87lib.desk.deciding import OF_COUNTRY, OF_GROUP, Proposal
from a87lib.language import told
from a87lib.report.briefing.matters import matters
from a87lib.report.briefing.wording import draft, drafts
from a87lib.rules import sentence
from widgets import controls
from widgets.controls import Form, said

if TYPE_CHECKING:
    from widgets.meeting import Meeting

NONE = ""
GENERAL = "other"


def decisions(model: Meeting) -> Form:
    """A proposal: from the drafts or in own words; what the file says of it; the decision."""
    language = model.language
    label = framework.load().label
    known: dict[str, tuple[str, Proposal]] = {}
    start = controls.choice("meeting.draft", language, {}, None)
    subjects = {code: label("decision_subject", code, language)
                for code in framework.load().vocabulary("decision_subject")}  # fmt: skip
    subject = controls.choice("meeting.subject", language, subjects, GENERAL)
    nobody = {NONE: said("meeting.no_country", language)}
    country = controls.choice("meeting.country", language, nobody | model.names, NONE)
    group = controls.text("meeting.group_name", language)
    text = controls.labelled(w.Textarea(rows=3), "meeting.text", language).add_class("a87-whole")
    consensus = w.Checkbox(description=said("meeting.consensus", language), indent=False)
    ground = w.HTML()

    def proposal() -> Proposal:
        code = subject.value
        return Proposal(
            code, text.value, consensus.value,
            country=country.value or None if code in OF_COUNTRY else None,
            group=group.value.strip() or None if code in OF_GROUP else None, language=language,
        )  # fmt: skip

    def put() -> None:
        model.decide(proposal())
        if not model.problems:
            start.value, text.value, consensus.value = NONE, "", False

    go = controls.button("meeting.decide", language, put)

    def choose(change: Any) -> None:
        if change["new"] in known:
            wanted = known[change["new"]][1]
            subject.value, country.value = wanted.subject, wanted.country or NONE
            text.value, consensus.value = wanted.text, False

    def look(_: object = None) -> None:
        wanted = proposal()
        wrong = deciding.incomplete(wanted)
        go.disabled = bool(wrong)
        country.layout.display = None if wanted.subject in OF_COUNTRY else "none"
        group.layout.display = None if wanted.subject in OF_GROUP else "none"
        lines = [told(each, language) for each in wrong]
        if model.this is not None and (found := deciding.grounds(model.sitting, wanted)):
            lines.append(sentence(found, language))
        ground.value = "".join(f'<p class="a87-same">{escape(line)}</p>' for line in lines)

    def renew() -> None:
        known.clear()
        known.update(_proposals(model))
        own = (said("meeting.own_words", language), NONE)
        start.options = [own, *((words, no) for no, (words, _) in known.items())]
        start.value = NONE  # what was written stays as it is
        look()

    start.observe(choose, "value")
    for field in (subject, country, group, text):
        field.observe(look, "value")
    fields = controls.row(start, subject, country, group, text)
    return Form(w.VBox([fields, ground, controls.row(consensus, go)]), renew)


def _proposals(model: Meeting) -> dict[str, tuple[str, Proposal]]:
    """The drafts of the briefing as proposals, by their place."""
    if model.this is None or not model.may_record:
        return {}
    this, found = model.this, []
    for matter in matters(this):
        if matter.ripe:
            words = f"{matter.country.name}: {this.label('decision_subject', matter.subject)}"
            made = Proposal(matter.subject, draft(this, matter), False, matter.country.code)
            found.append((words, made))
    taken = {made.text for _, made in found}
    found += [(each.about, Proposal(GENERAL, each.text, False))
              for each in drafts(this) if each.text not in taken]  # fmt: skip
    return {str(place): pair for place, pair in enumerate(found, 1)}
