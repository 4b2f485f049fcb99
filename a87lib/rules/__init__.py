"""Pure functions from a file, a day and the framework to findings."""

from a87lib.rules import (  # noqa: F401  (imported to register their rules, in the order of the texts)
    candidacy,
    cycles,
    progress,
    readiness,
    roadmap,
    signals,
    standing,
)
from a87lib.rules.asking import ask, cycles_of, findings_for, indicators_on_file
from a87lib.rules.finding import Answer, Finding, Outcome, Reason
from a87lib.rules.rule import RULES, Rule, rule
from a87lib.rules.upcoming import Event, upcoming
from a87lib.rules.wording import as_data, reason_sentence, sentence

__all__ = [
    "RULES",
    "Answer",
    "Event",
    "Finding",
    "Outcome",
    "Reason",
    "Rule",
    "as_data",
    "ask",
    "cycles_of",
    "findings_for",
    "indicators_on_file",
    "reason_sentence",
    "rule",
    "sentence",
    "upcoming",
]
