"""Public statistics from bytes to figures, or to all problems; opens no register.

One module per family of publishers reads its formats; `meaning` knows what their codes say;
`corrections` holds records of known errors.
"""

from a87lib.intake.statistics.corrections import Correction, read_corrections
from a87lib.intake.statistics.figures import COLUMNS, Figure, Placed, Reading, Remark
from a87lib.intake.statistics.files import Received, receive
from a87lib.intake.statistics.reading import FAMILIES, Said, read_statistics

__all__ = [
    "COLUMNS",
    "FAMILIES",
    "Correction",
    "Figure",
    "Placed",
    "Reading",
    "Received",
    "Remark",
    "Said",
    "read_corrections",
    "read_statistics",
    "receive",
]
