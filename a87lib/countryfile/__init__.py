"""From entries to one country's file as of a date."""

from a87lib.countryfile.archive import Archive
from a87lib.countryfile.coverage import Coverage, Declaration
from a87lib.countryfile.effective import effective
from a87lib.countryfile.figures import Figure, figures
from a87lib.countryfile.file import CountryFile
from a87lib.countryfile.frameworks import Change, FrameworkLine, frameworks_compared

__all__ = [
    "Archive",
    "Change",
    "CountryFile",
    "Coverage",
    "Declaration",
    "Figure",
    "FrameworkLine",
    "effective",
    "figures",
    "frameworks_compared",
]
