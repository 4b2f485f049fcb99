"""Whether a candidate is ready for the GCM's decision, and who moves next (AF-PLAN-9, INT-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from a87lib.countryfile import CountryFile
from a87lib.framework import Framework
from a87lib.rules.candidacy_steps import READINGS
from a87lib.rules.cycle_reasons import decided_by, only_active
from a87lib.rules.finding import Answer, Finding, Outcome, Reason
from a87lib.rules.history import STATUS_KINDS, history, status
from a87lib.rules.rule import RULES, Rule, rule

CANDIDACY = "candidacy."
READY = "candidacy.ready"


def steps() -> list[Rule]:
    """The steps of candidacy in the order of the texts."""
    return [step for step in RULES.values() if step.id.startswith(CANDIDACY) and step.id != READY]


@rule(
    READY,
    paragraph="AF-PLAN-9",
    reads=(
        "stakeholders_identified",
        "situation_mapped",
        "workshop_held",
        "roadmap_submitted",
        *STATUS_KINDS,
    ),
    interpretations=(*READINGS, "INT-15", "INT-17"),
    also=("TR-GCM-4",),
)
def ready(file: CountryFile, asof: date, framework: Framework) -> Outcome:
    """Are all musts of candidacy met, so that the GCM can decide?"""
    now = status(file, framework)
    if now in ("active", "inactive"):
        return Outcome(
            Answer.NOT_APPLICABLE, (Reason(f"status_is_{now}", None, decided_by(file, framework)),)
        )
    found = [step.finding(file, framework) for step in steps()]
    musts = [f for f in found if RULES[f.rule].strength == "must"]
    open_musts = [f for f in musts if f.answer not in (Answer.YES, Answer.NOT_APPLICABLE)]
    open_shoulds = [
        f
        for f in found
        if RULES[f.rule].strength == "should" and f.answer in (Answer.NO, Answer.ASK)
    ]
    reasons = [_open("must_open", finding) for finding in open_musts]
    reasons += [_open("should_open", finding) for finding in open_shoulds]
    if not open_musts and not history(file, framework).changes:
        reasons.insert(0, Reason("all_musts_met"))
        return Outcome(Answer.YES, tuple(reasons))
    if now == "not_on_file":
        elsewhere = only_active(file, framework)
        reasons = [*(elsewhere.because if elsewhere else ()), *reasons]
    lacking = any(finding.answer is Answer.NO for finding in open_musts)
    return Outcome(Answer.NO if lacking else Answer.ASK, tuple(reasons))


def _open(key: str, finding: Finding) -> Reason:
    numbers = tuple(no for reason in finding.because for no in reason.entries)
    return Reason(key, None, numbers, {"step": StepName(finding.rule)})


@dataclass(frozen=True, slots=True)
class StepName:
    """The name of a step, said in the reader's language."""

    rule: str

    def say(self, language: str) -> str:
        """The name in the language."""
        from a87lib.language import say

        return say(f"rule.{self.rule}", language)

    def __str__(self) -> str:
        return self.rule


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """A step of a candidate's checklist.

    finding: done or not, when, by which entries, what is missing. strength: must or should.
    moves: who moves next (candidate, secretariat, gcm), empty where the step is done.
    """

    finding: Finding
    strength: str
    moves: str


def checklist(file: CountryFile, framework: Framework) -> list[ChecklistRow]:
    """A candidate's steps, what is done and missing, and who moves next."""
    rows = []
    for step in (*steps(), RULES[READY]):
        finding = step.finding(file, framework)
        closed = finding.answer in (Answer.YES, Answer.NOT_APPLICABLE)
        moves = "" if closed else "candidate"
        if step.id == READY and finding.answer is Answer.YES:
            moves = "gcm"
        if finding.answer is Answer.ASK:
            moves = "secretariat"
        rows.append(ChecklistRow(finding, step.strength, moves))
    return rows
