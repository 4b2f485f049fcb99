"""The country review: one module per section, each with typed rows and the element that shows them.

    from a87lib.report import review
    this = review.opened("QMA", 2025, "2025-12-15", language="en")
    review.head(this)

Each section's module has functions that give its rows as plain typed data (`signs.signs`,
`actions.priorities`, `cycle.duties`, `comments.rows` …), so that screens can show them in their own
way, and one that shows them as a document does, which is what stands here.
"""

from a87lib.report.review.annex import annex
from a87lib.report.review.comments import comments
from a87lib.report.review.cycle import obligations
from a87lib.report.review.decisions import to_decide
from a87lib.report.review.evidence import evidence
from a87lib.report.review.glance import glance, head
from a87lib.report.review.indicators import indicators
from a87lib.report.review.opening import Review, opened
from a87lib.report.review.participation import participation
from a87lib.report.review.ratifications import table as ratifications
from a87lib.report.review.roadmap import roadmap
from a87lib.report.review.signs import early_warnings, five_signs
from a87lib.report.review.sources import sources
from a87lib.report.review.standing import standing, steps
from a87lib.report.review.statements import third_parties
from a87lib.report.review.timeline import figure as timeline

__all__ = [
    "Review",
    "annex",
    "comments",
    "early_warnings",
    "evidence",
    "five_signs",
    "glance",
    "head",
    "indicators",
    "obligations",
    "opened",
    "participation",
    "ratifications",
    "roadmap",
    "sources",
    "standing",
    "steps",
    "third_parties",
    "timeline",
    "to_decide",
]
