"""A letter opened: the file that it rests on, as far as its reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from a87lib.language import say
from a87lib.register import Reader
from a87lib.report import documents as doc
from a87lib.report.briefing.country import Country
from a87lib.report.briefing.opening import Briefing, file_of
from a87lib.report.briefing.parameters import Parameters as BriefingParameters
from a87lib.report.inline import Piece
from a87lib.report.letters.parameters import Parameters, declared, refused
from a87lib.rules import Finding

A_MONTH = timedelta(days=31)


@dataclass(frozen=True)
class Letter:
    """A letter. file: what is on file, as far as its reader may see it."""

    asked: Parameters
    file: Briefing

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.asked.language

    @property
    def country(self) -> Country:
        """The country that the letter is to or about."""
        for country in self.file.countries:
            if country.code == self.asked.country:
                return country
        raise self.refused()

    @property
    def cycle(self) -> int:
        """The cycle that the letter is about."""
        return self.asked.cycle or self.file.cycle

    @property
    def since(self) -> date:
        """The day after which a bulletin begins."""
        return self.asked.since or self.asked.asof - A_MONTH

    @property
    def subject(self) -> str:
        """What the letter is about, for messages: a country, a meeting or a cycle."""
        asked = self.asked
        return asked.country or str(asked.meeting or asked.cycle or "")

    def refused(self) -> Exception:
        """The problem that nothing on file gives ground for the letter."""
        return refused(self.asked.kind, self.subject, self.asked.asof)

    def say(self, key: str, **args: object) -> str:
        """The sentence `letters.<key>` in the reader's language."""
        return say(f"letters.{key}", self.language, **args)

    def rule_name(self, rule: str) -> str:
        """The name of a rule in the reader's language."""
        return say(f"rule.{rule}", self.language)

    def finding(self, rule: str, *about: object) -> Finding | None:
        """The finding about the country."""
        return self.country.whole.finding(rule, *about)

    def paragraph(self, key: str, *more: Piece, **args: object) -> doc.Element:
        """A paragraph of the letter."""
        return doc.paragraph(self.say(key, **args), *more)

    def columns(self, *names: str, widths: tuple[float, ...]) -> list[doc.Column]:
        """Titled columns with relative widths."""
        pairs = zip(names, widths, strict=True)
        return [doc.Column(self.say(f"column.{name}"), width=width) for name, width in pairs]


def opened(
    kind: str,
    asof: object,
    country: str = "",
    meeting: int = 0,
    cycle: int = 0,
    since: object = "",
    known_at: object = "",
    language: str = "en",
    register: str = "",
) -> Letter:
    """Opens the file for a letter (see Parameters). Raises Problems where a parameter is wrong."""
    asked = declared(
        kind=kind,
        asof=asof,
        country=country,
        meeting=meeting,
        cycle=cycle,
        since=since,
        known_at=known_at,
        language=language,
        register=register,
    )
    return read(asked)


def read(asked: Parameters) -> Letter:
    """The letter that the parameters name."""
    circle = asked.about.circle
    reader = Reader.of(circle, asked.country) if circle == "country" else Reader.of(circle)
    plain = BriefingParameters.model_construct(
        meeting=asked.meeting or 0,
        asof=asked.asof,
        known_at=asked.known_at,
        cutoff=None,
        edition=circle,
        points={},
        reviews=(),
        language=asked.language,
        register_=asked.register_,
    )
    return Letter(asked, file_of(plain, reader))
