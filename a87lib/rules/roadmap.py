"""Candidacy: the roadmap, or the national action plan instead, and readiness (AF-PLAN-5 to -9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from a87lib.countryfile import CountryFile
from a87lib.facts import Entry, PartialDate, said
from a87lib.facts.codes import Coded
from a87lib.framework import Framework
from a87lib.rules.candidacy_steps import READINGS, STEP_KINDS, done, lacking, latest, not_there
from a87lib.rules.erased import content_not_on_file
from a87lib.rules.finding import Answer, Outcome, Reason
from a87lib.rules.rule import rule

READ = ("roadmap_submitted", *STEP_KINDS)
NEEDED_THEMES = ("child_labour", "forced_labour")

Check = Callable[[Any, Entry, Framework], list[Reason]]


def on_roadmap(file: CountryFile, framework: Framework, key: str, check: Check) -> Outcome:
    """What a check says of the latest roadmap: done, or what is missing from it."""
    entry = latest(file, "roadmap_submitted")
    if entry is None:
        return not_there(file, framework, "roadmap_submitted", "roadmap")
    missing = check(entry.body, entry, framework)
    return lacking(key, [entry], *missing) if missing else done(key, entry)


def actions(body: Any) -> list[Any]:
    """All actions of a roadmap."""
    return [action for priority in body.priorities for action in priority.actions]


def themes(body: Any) -> set[str]:
    """The themes of 8.7 that the priorities together cover."""
    return {*body.themes, *(theme for priority in body.priorities for theme in priority.themes)}


@rule(
    "candidacy.roadmap_submitted",
    paragraph="AF-PLAN-9",
    reads=READ,
    interpretations=READINGS,
    also=("AF-PLAN-6a",),
)
def roadmap_submitted(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Was a roadmap, or a national action plan instead, submitted?"""
    entry = latest(file, "roadmap_submitted")
    if entry is None:
        return not_there(file, framework, "roadmap_submitted", "roadmap")
    if entry.erased:
        return done("roadmap", entry, *content_not_on_file([entry]))
    return done("roadmap", entry, Reason(f"roadmap_basis_{entry.body.basis}", None, (entry.no,)))


def themes_missing(body: Any, entry: Entry, framework: Framework) -> list[Reason]:
    """The themes that a roadmap must cover and does not (INT-17)."""
    covered = themes(body)
    every = tuple(framework.vocabulary("theme"))
    needed = NEEDED_THEMES if framework.reading("INT-17") == "child_and_forced_labour" else every
    missing = [Coded("theme", theme) for theme in every if theme in needed and theme not in covered]
    return [Reason("themes_missing", None, (entry.no,), {"themes": missing})] if missing else []


@rule(
    "candidacy.roadmap_themes",
    paragraph="AF-PLAN-6a",
    reads=READ,
    interpretations=(*READINGS, "INT-17"),
)
def roadmap_themes(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Do the priorities cover child labour and forced labour?"""
    outcome = on_roadmap(file, framework, "themes", themes_missing)
    entry = latest(file, "roadmap_submitted")
    if entry is None or outcome.answer is not Answer.YES:
        return outcome
    others = [
        Coded("theme", theme)
        for theme in framework.vocabulary("theme")
        if theme not in themes(entry.body)
    ]
    if not others:
        return outcome
    return done(
        "themes", entry, Reason("themes_not_covered", None, (entry.no,), {"themes": others})
    )


def actions_missing(body: Any, entry: Entry, framework: Framework) -> list[Reason]:
    """Priorities without any action, or no priority at all."""
    if not body.priorities:
        return [Reason("roadmap_without_priorities", None, (entry.no,))]
    empty = [priority.no for priority in body.priorities if not priority.actions]
    return (
        [Reason("priorities_without_actions", None, (entry.no,), {"priorities": empty})]
        if empty
        else []
    )


@rule("candidacy.roadmap_actions", paragraph="AF-PLAN-6b", reads=READ, interpretations=READINGS)
def roadmap_actions(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Does every priority have actions?"""
    return on_roadmap(file, framework, "actions", actions_missing)


def immediate_missing(body: Any, entry: Entry, framework: Framework) -> list[Reason]:
    """Whether no action is due from the day of submission to the end of that year (INT-15)."""
    submitted = entry.when.last
    year_end = date(submitted.year, 12, 31)
    dues = [PartialDate.of(action.due).last for action in actions(body) if action.due is not None]
    if framework.reading("INT-15") == "any_due_date":
        met = bool(dues)
    else:
        met = any(submitted <= due <= year_end for due in dues)
    if met:
        return []
    return [
        Reason("immediate_none_due", None, (entry.no,), {"from_on": submitted, "until": year_end})
    ]


@rule(
    "candidacy.immediate_actions",
    paragraph="AF-PLAN-6b",
    reads=READ,
    interpretations=(*READINGS, "INT-15"),
)
def immediate_actions(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Is at least one action due before the end of the year of submission?"""
    return on_roadmap(file, framework, "immediate", immediate_missing)


def indicators_missing(body: Any, entry: Entry, framework: Framework) -> list[Reason]:
    """Whether criteria, or indicators of the framework, are not set."""
    missing = []
    if not said(body.criteria):
        missing.append(Reason("roadmap_without_criteria", None, (entry.no,)))
    named = {code for action in actions(body) for code in action.indicators}
    if not named:
        missing.append(Reason("roadmap_without_indicators", None, (entry.no,)))
    return missing


@rule(
    "candidacy.plan_suffices",
    paragraph="AF-PLAN-5",
    reads=READ,
    interpretations=(*READINGS, "INT-15", "INT-17"),
)
def plan_suffices(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Does the national action plan meet the requirements of a roadmap?"""
    entry = latest(file, "roadmap_submitted")
    if entry is None:
        return not_there(file, framework, "roadmap_submitted", "roadmap")
    if not entry.erased and entry.body.basis == "roadmap":
        return Outcome(Answer.NOT_APPLICABLE, (Reason("roadmap_basis_roadmap", None, (entry.no,)),))
    checks = (themes_missing, actions_missing, immediate_missing, indicators_missing)
    missing = [reason for check in checks for reason in check(entry.body, entry, framework)]
    return lacking("plan", [entry], *missing) if missing else done("plan", entry)


def assistance_missing(body: Any, entry: Entry, framework: Framework) -> list[Reason]:
    """Whether the roadmap does not say where assistance is needed, or that none is."""
    told = body.no_assistance_needed or any(said(action.assistance) for action in actions(body))
    return [] if told else [Reason("assistance_not_said", None, (entry.no,))]


@rule(
    "candidacy.assistance_needs",
    paragraph="AF-PLAN-6c",
    reads=READ,
    interpretations=READINGS,
    strength="should",
)
def assistance_needs(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Does the roadmap say where technical assistance is needed?"""
    return on_roadmap(file, framework, "assistance", assistance_missing)


def timetable_missing(body: Any, entry: Entry, framework: Framework) -> list[Reason]:
    """Priorities of which no action has a due date."""
    undated = [p.no for p in body.priorities if not any(action.due for action in p.actions)]
    if body.priorities and not undated:
        return []
    return [Reason("timetable_missing", None, (entry.no,), {"priorities": undated})]


@rule(
    "candidacy.timetable",
    paragraph="AF-PLAN-6d",
    reads=READ,
    interpretations=READINGS,
    strength="should",
)
def timetable(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Does the roadmap propose a preliminary timetable?"""
    return on_roadmap(file, framework, "timetable", timetable_missing)


@rule(
    "candidacy.roadmap_indicators",
    paragraph="AF-PLAN-6e",
    reads=READ,
    interpretations=READINGS,
    strength="should",
)
def roadmap_indicators(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Does the roadmap set criteria and indicators linked to the indicator framework?"""
    return on_roadmap(file, framework, "indicators", indicators_missing)


def budget_missing(body: Any, entry: Entry, framework: Framework) -> list[Reason]:
    """What of budget, confirmed resources and steps to full funding is not said."""
    budget = sum(action.budget or 0 for action in actions(body))
    secured = [action.secured for action in actions(body) if action.secured is not None]
    lacks = {
        "budget": not budget,
        "secured": not secured,
        "human_resources": not said(body.human_resources),
        "funding_steps": not said(body.funding_steps) and not (budget and sum(secured) >= budget),
    }
    return [
        Reason(f"roadmap_without_{what}", None, (entry.no,)) for what, lack in lacks.items() if lack
    ]


@rule(
    "candidacy.roadmap_budget",
    paragraph="AF-PLAN-6f",
    reads=READ,
    interpretations=READINGS,
    strength="should",
)
def roadmap_budget(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Does the roadmap give a budget, confirmed resources and the steps to full funding?"""
    return on_roadmap(file, framework, "budget", budget_missing)
