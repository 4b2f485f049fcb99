"""Charts of the review: each takes typed rows and words, and draws; nothing is decided here."""

from a87lib.report.charts.dots import Dot, DotRow, dots
from a87lib.report.charts.matrix import Matrix, matrix
from a87lib.report.charts.multiples import Line, Panel, Point, multiples
from a87lib.report.charts.states import StateBar, states
from a87lib.report.charts.timeline import Band, Look, Mark, timeline

__all__ = [
    "Band",
    "Dot",
    "DotRow",
    "Line",
    "Look",
    "Mark",
    "Matrix",
    "Panel",
    "Point",
    "StateBar",
    "dots",
    "matrix",
    "multiples",
    "states",
    "timeline",
]
