"""A country as a briefing and letters look at it: its whole file, and what of it may be shown."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib.countryfile import CountryFile
from a87lib.language import alphabetical
from a87lib.report.review.opening import Review


@dataclass(frozen=True)
class Country:
    """A country in a briefing.

    whole: its file with all findings, whose answers the working group reports to the GCM (AF-REV-5,
    AF-REV-8). shown: its file as far as the readers of this edition may see it; whatever is quoted,
    dated or counted comes from there.
    """

    whole: Review
    shown: CountryFile

    @property
    def code(self) -> str:
        """ISO 3166-1 alpha-3."""
        return self.whole.asked.country

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.whole.name

    @property
    def place(self) -> tuple[str, str]:
        """Its place among others, as a dictionary sorts names: without case and accents."""
        return alphabetical(self.name), self.code

    @property
    def status(self) -> str:
        """The status as of the day."""
        return str(self.whole.found("standing.status").value)
