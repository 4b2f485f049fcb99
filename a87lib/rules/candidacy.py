"""Candidacy: from the letter to the workshop (AF-WHO, AF-EOI, AF-PLAN-2 and -3, WS-EOI)."""

from __future__ import annotations

from datetime import date

from a87lib import framework as texts
from a87lib.countryfile import CountryFile
from a87lib.facts import PartialDate, fictional, said
from a87lib.facts.codes import Coded
from a87lib.framework import Framework
from a87lib.rules.candidacy_steps import (
    READINGS,
    STEP_KINDS,
    done,
    groups_left_out,
    lacking,
    not_there,
)
from a87lib.rules.erased import content_not_on_file
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.rule import rule


@rule("candidacy.eligible", paragraph="AF-WHO-1", interpretations=("INT-24",))
def eligible(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Is the country a member State of the ILO?"""
    if fictional(file.country):
        return Outcome(Answer.YES, (Reason("eligible_invented"),))
    known = texts.countries().get(file.country)
    if known is None:
        return Outcome(Answer.ASK, (Reason("eligible_not_known"),))
    member = known.ilo_member
    return Outcome(
        Answer.YES if member else Answer.NO,
        (Reason("eligible_member" if member else "eligible_no_member"),),
    )


@rule(
    "candidacy.interest_expressed",
    paragraph="AF-EOI-2",
    reads=STEP_KINDS,
    interpretations=READINGS,
    also=("AF-BOX-1",),
)
def interest_expressed(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Was the official letter sent to the ILO Director-General or to the chair?"""
    letter = file.first("interest_expressed")
    if letter is None:
        return not_there(file, framework, "interest_expressed", "letter")
    if letter.erased:
        return done("letter", letter, *content_not_on_file([letter]))
    return done(
        "letter", letter, Reason(f"letter_to_{letter.body.addressed_to}", None, (letter.no,))
    )


@rule(
    "candidacy.focal_points_named",
    paragraph="AF-EOI-2",
    reads=STEP_KINDS,
    interpretations=READINGS,
    strength="should",
)
def focal_points_named(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Does the letter name a focal point and a deputy?"""
    return _letter_says(file, framework, "focal_points", ("focal_point", "deputy_focal_point"))


@rule(
    "candidacy.letter_complete",
    paragraph="WS-EOI-1",
    reads=STEP_KINDS,
    interpretations=(*READINGS, "INT-24"),
    strength="should",
)
def letter_complete(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Does the letter give reasons, commitment, past successes and a focal point?"""
    contents = ("reasons", "commitment", "past_successes", "focal_point")
    return _letter_says(file, framework, "letter_contents", contents)


def _letter_says(
    file: CountryFile, framework: Framework, key: str, contents: tuple[str, ...]
) -> Outcome:
    letter = file.last("interest_expressed")
    if letter is None:
        return not_there(file, framework, "interest_expressed", "letter")
    missing = [name for name in contents if not said(getattr(letter.body, name))]
    if not missing:
        return done(key, letter)
    told = [name for name in missing if name in letter.body.model_fields_set]
    if not (told or letter.erased or file.covered("interest_expressed")):
        return Outcome(Answer.ASK, (Reason("letter_contents_not_on_file", None, (letter.no,)),))
    return lacking(
        key, [letter], *(Reason(f"letter_without_{name}", None, (letter.no,)) for name in missing)
    )


@rule(
    "candidacy.calendar_set",
    paragraph="AF-EOI-4",
    reads=("calendar_set", *STEP_KINDS),
    interpretations=READINGS,
    strength="should",
)
def calendar_set(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Did the candidate fix a calendar and tell the secretariat?"""
    entry = file.first("calendar_set")
    if entry is None:
        return not_there(file, framework, "calendar_set", "calendar")
    return done("calendar", entry)


@rule(
    "candidacy.stakeholders_identified",
    paragraph="AF-EOI-5",
    reads=("stakeholders_identified", *STEP_KINDS),
    interpretations=READINGS,
)
def stakeholders_identified(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Are the stakeholders identified, group by group?"""
    entries = file.of("stakeholders_identified")
    if not entries:
        return not_there(file, framework, "stakeholders_identified", "stakeholders")
    named = [group for entry in entries for group in entry.body.groups]
    if not named:
        return lacking("stakeholders", entries)
    everybody = tuple(framework.vocabulary("stakeholder_group"))
    unnamed = groups_left_out(everybody, named)
    reasons = (
        [Reason("stakeholders_not_named", None, (), {"groups": _groups(unnamed)})]
        if unnamed
        else []
    )
    if not any(said(entry.body.mechanisms) for entry in entries):
        reasons.append(Reason("mechanisms_not_named", None, (entries[-1].no,)))
    return done("stakeholders", entries[0], *reasons)


def _groups(codes: tuple[str, ...]) -> list[Coded]:
    return [Coded("stakeholder_group", code) for code in codes]


@rule(
    "candidacy.coordination_body",
    paragraph="AF-EOI-6",
    reads=("coordination_body_named", *STEP_KINDS),
    interpretations=READINGS,
    strength="should",
)
def coordination_body(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Is there at least one coordination body?"""
    entry = file.first("coordination_body_named")
    if entry is None:
        return not_there(file, framework, "coordination_body_named", "coordination")
    return done("coordination", entry)


MAPPED = ("studies", "legal", "policy", "gaps", "with_stakeholders")


@rule(
    "candidacy.situation_mapped",
    paragraph="AF-EOI-7",
    reads=("situation_mapped", *STEP_KINDS),
    interpretations=READINGS,
)
def situation_mapped(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Is the situation mapped: studies, law, policy and gaps, with the stakeholders?"""
    entries = file.of("situation_mapped")
    if not entries:
        return not_there(file, framework, "situation_mapped", "mapping")
    missing = [part for part in MAPPED if not any(getattr(e.body, part) for e in entries)]
    if missing:
        parts = (Reason(f"mapping_without_{part}", None, (entries[-1].no,)) for part in missing)
        return lacking("mapping", entries, *parts)
    return done("mapping", entries[-1])


@rule(
    "candidacy.workshop_held",
    paragraph="AF-PLAN-2",
    reads=("workshop_held", "stakeholders_identified", *STEP_KINDS),
    interpretations=READINGS,
    also=("AF-PLAN-3",),
)
def workshop_held(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Was at least one strategic planning workshop held, with a stock-taking?"""
    held = [
        entry
        for entry in file.of("workshop_held")
        if entry.body.until is None or PartialDate.of(entry.body.until).last <= asof
    ]
    if not held:
        return not_there(file, framework, "workshop_held", "workshop")
    reasons = _participation(file, [group for entry in held for group in entry.body.groups])
    taken = [entry.body.stocktaking for entry in held]
    if True not in taken:
        numbers = tuple(entry.no for entry in held)
        if None not in taken:
            return lacking(
                "workshop",
                held,
                Reason("workshop_without_stocktaking", None, numbers),
                *reasons,
            )
        reasons.append(Reason("stocktaking_not_recorded", None, numbers))
    return done("workshop", held[0], *reasons)


def _participation(file: CountryFile, present: list[str]) -> list[Reason]:
    """Who was identified and did not take part: everybody should (AF-PLAN-2)."""
    entries = file.of("stakeholders_identified")
    named = [group for entry in entries for group in entry.body.groups]
    away = groups_left_out(named, present)
    if not away or not present:
        return []
    numbers = tuple(entry.no for entry in entries)
    return [Reason("workshop_without_groups", None, numbers, {"groups": _groups(away)})]
