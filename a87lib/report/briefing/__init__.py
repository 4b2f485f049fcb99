"""The briefing of a GCM meeting: one numbered document, one module per paper.

    from a87lib.report import briefing
    this = briefing.opened(22, "2025-12-15", language="en")
    briefing.head(this)
    briefing.paper(this, "agenda")

Each module has functions that give its rows as plain data, one that shows them as a document does,
and where it has a table one that gives its sheet of the annex.
"""

from a87lib.report.briefing.head import head
from a87lib.report.briefing.opening import PAPERS, Briefing, opened
from a87lib.report.briefing.paper import paper

__all__ = ["PAPERS", "Briefing", "head", "opened", "paper"]
