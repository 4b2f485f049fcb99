"""Charts of the review: each takes typed rows and words, and draws; nothing is decided here."""

from a87lib.report.charts.matrix import Matrix, matrix
from a87lib.report.charts.multiples import Line, Panel, Point, multiples
from a87lib.report.charts.states import StateBar, states
from a87lib.report.charts.timeline import Band, Look, Mark, timeline

__all__ = [
    "Band",
    "Line",
    "Look",
    "Mark",
    "Matrix",
    "Panel",
    "Point",
    "StateBar",
    "matrix",
    "multiples",
    "states",
    "timeline",
]
