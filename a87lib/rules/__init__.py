"""Pure functions from a file, a day and the framework to findings."""

from a87lib.rules import (  # noqa: F401 - they add their rules, in the order of the texts
    agenda,
    candidacy,
    cycles,
    cycles_review,
    gcm_groups,
    gcm_meetings,
    gcm_quorum,
    gcm_seats,
    gcm_terms,
    progress,
    readiness,
    roadmap,
    roadmap_before_gcm,
    signals,
    signals_warning,
    standing,
    standing_grounds,
    standing_reactivation,
)
from a87lib.rules.asking import ask, cycles_of, findings_for, indicators_on_file
from a87lib.rules.asking_council import (
    council_file,
    findings_for_council,
    findings_for_meeting,
    meetings_on_file,
)
from a87lib.rules.contradictions import contradictions
from a87lib.rules.finding import Answer, Finding, Outcome, Reason
from a87lib.rules.rule import RULES, Rule, rule
from a87lib.rules.task import Task
from a87lib.rules.tasks import tasks
from a87lib.rules.upcoming import Event, upcoming
from a87lib.rules.upcoming_council import upcoming_council
from a87lib.rules.wording import as_data, reason_sentence, sentence

__all__ = [
    "RULES",
    "Answer",
    "Event",
    "Finding",
    "Outcome",
    "Reason",
    "Rule",
    "Task",
    "as_data",
    "ask",
    "contradictions",
    "council_file",
    "cycles_of",
    "findings_for",
    "findings_for_council",
    "findings_for_meeting",
    "indicators_on_file",
    "meetings_on_file",
    "reason_sentence",
    "rule",
    "sentence",
    "tasks",
    "upcoming",
    "upcoming_council",
]
