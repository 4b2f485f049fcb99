"""What would be found if the GCM changed its texts: a paper of its own beside the briefing.

    from a87lib.report.briefing import what_if
    this = what_if.opened(22, "2025-12-15", changes="signals.consecutive_cycles=3")
    what_if.head(this)
    what_if.shown(this)

For chair and secretariat: it rests on every entry, as the internal edition does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from a87lib.language import say
from a87lib.report import documents as doc
from a87lib.report.briefing import opening
from a87lib.report.briefing.country import Country
from a87lib.report.briefing.opening import Briefing
from a87lib.report.inline import Piece
from a87lib.rules import Finding, reason_sentence, sentence
from a87lib.rules.differences import Difference, differences
from a87lib.rules.what_if import Change, changed, changes_of, what_if

CHANGE_COLUMNS = (("name", 2.4), ("now", 2.0), ("then", 2.0))
FINDING_COLUMNS = (("finding", 1.6), ("now", 1.5), ("then", 3.0))


@dataclass(frozen=True)
class WhatIf:
    """The GCM's file, and the changes that are looked at."""

    briefing: Briefing
    changes: tuple[Change, ...]

    def say(self, key: str, **args: object) -> str:
        """The sentence `briefing.what_if.<key>`."""
        return self.briefing.say(f"what_if.{key}", **args)

    @cached_property
    def found(self) -> tuple[tuple[Country, list[Difference]], ...]:
        """The countries of which something would be found that is not, with what differs."""
        this = self.briefing
        files = [country.whole.file for country in this.countries]
        told = what_if(files, this.framework, self.changes)
        pairs = zip(this.countries, told, strict=True)
        return tuple((country, differing) for country, (_, differing) in pairs if differing)

    @cached_property
    def of_the_meeting(self) -> list[Difference]:
        """What would be found otherwise about the GCM and this meeting."""
        this = self.briefing
        other = changed(this.framework, self.changes)
        return differences(this.found(this.framework), this.found(other))


def opened(
    meeting: int,
    asof: object,
    known_at: object = "",
    changes: str = "",
    language: str = "en",
    register: str = "",
) -> WhatIf:
    """Opens the GCM's file for a meeting. changes: as in `cycle.due=05-31,gcm.quorum=17`.

    Raises Problems of usage for a change that cannot be one, and as a briefing does.
    """
    this = opening.opened(meeting, asof, known_at, language=language, register=register)
    asked = [each for each in changes.split(",") if each.strip()]
    return WhatIf(this, changes_of(asked, this.framework, this.asof))


def head(this: WhatIf) -> doc.Title:
    """What is changed, for which meeting."""
    briefing = this.briefing
    number = briefing.asked.meeting
    return doc.title(
        this.say("title", number=number),
        language=briefing.language,
        asof=briefing.asof,
        known_at=briefing.known_at,
        digest=briefing.digest,
        framework=briefing.framework.version,
        kind=this.say("kind"),
        notice=briefing.notice,
    )


def shown(this: WhatIf) -> doc.Element:
    """The changes, and country by country what would be found otherwise."""
    parts = [
        doc.section(2, this.say("changes"), id="changes"),
        doc.paragraph(this.say("lead"), kind="lead"),
        _changes(this),
        doc.section(2, this.say("differences"), id="differences"),
    ]
    if not this.found and not this.of_the_meeting:
        return doc.stack(*parts, doc.paragraph(this.say("none")))
    if this.of_the_meeting:
        parts += [doc.section(3, this.say("of_the_gcm"), id="gcm")]
        parts += [_table(this, this.say("of_the_gcm"), this.of_the_meeting)]
    for country, differing in this.found:
        parts += [doc.section(3, country.name, id=country.code.lower())]
        parts += [_table(this, country.name, differing)]
    return doc.stack(*parts)


def _changes(this: WhatIf) -> doc.Element:
    """Each value or reading: what it is called, what it is now, what it would be."""
    heads = [doc.Column(this.say(key), width=wide) for key, wide in CHANGE_COLUMNS]
    rows = [
        (_named(this, each), _value(this, each, each.now), _value(this, each, each.then))
        for each in this.changes
    ]
    return doc.table(this.say("changes_table"), heads, rows)


def _named(this: WhatIf, change: Change) -> Piece:
    framework, language = this.briefing.framework, this.briefing.language
    if change.name in framework.parameters:
        words = framework.parameters[change.name].label[language]
    else:
        words = framework.interpretations[change.name].title[language]
    return doc.joined((words, doc.line_break(), doc.code(change.name)))


def _value(this: WhatIf, change: Change, value: object) -> str:
    """A value as the texts write it; a reading in words."""
    readings = this.briefing.framework.interpretations
    if change.name in readings:
        return readings[change.name].readings[str(value)][this.briefing.language]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _table(this: WhatIf, name: str, differing: list[Difference]) -> doc.Element:
    heads = [doc.Column(this.say(key), width=wide) for key, wide in FINDING_COLUMNS]
    rows = [
        (_rule(this, each), _said(this, each.before), _said(this, each.after, why=True))
        for each in differing
    ]
    return doc.table(this.say("table", name=name), heads, rows)


def _rule(this: WhatIf, each: Difference) -> str:
    finding = each.after or each.before
    about = " ".join(str(value) for value in finding.about.values()) if finding else ""
    return f"{say(f'rule.{each.rule}', this.briefing.language)} {about}".strip()


def _said(this: WhatIf, finding: Finding | None, why: bool = False) -> Piece:
    """The sentence of a finding, with its reasons."""
    if finding is None:
        return this.say("not_asked")
    language = this.briefing.language
    pieces: list[Piece] = [sentence(finding, language)]
    for reason in finding.because if why else ():
        pieces += [doc.line_break(), doc.small(reason_sentence(reason, language))]
    return doc.joined(tuple(pieces))
