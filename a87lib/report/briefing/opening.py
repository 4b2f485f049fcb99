"""The GCM's file opened for a meeting: what each edition may show, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from a87lib import framework, register
from a87lib.countryfile import Archive
from a87lib.facts import Entry, PartialDate
from a87lib.framework import Framework
from a87lib.language import format_day, say
from a87lib.meetingfile import CouncilFile, Meeting, Tenure, held_by, meeting_of
from a87lib.problems import problem
from a87lib.report import documents as doc
from a87lib.report.briefing.country import Country
from a87lib.report.briefing.on_file import on_file
from a87lib.report.briefing.parameters import Parameters, declared
from a87lib.report.inline import Piece
from a87lib.report.review.opening import EDITION, Review, address, notice_of, pack_named
from a87lib.report.review.parameters import Parameters as ReviewParameters
from a87lib.rules import (
    Finding,
    council_file,
    findings_for_council,
    findings_for_meeting,
)
from a87lib.rules.duties import next_due

CIRCLES = {"internal": EDITION, "members": "member"}
"""To whom the entries shown in each edition are visible."""
PAPERS = (
    "brief", "agenda", "actions", "report", "overview", "signs", "candidates", "dialogues",
    "received", "groups", "membership", "decisions", "context", "annexes",
)  # fmt: skip
INTERNAL_PAPERS = frozenset({"brief"})


@dataclass(frozen=True)
class Briefing:
    """Everything a briefing is made from.

    archive: the entries that readers of this edition may see; digest: of these. whole: all of them;
    sources: a digest of all, which no document of the members' edition shows.
    """

    asked: Parameters
    framework: Framework
    archive: Archive
    whole: Archive
    seen: frozenset[int]
    known_at: datetime
    digest: str
    sources: str
    fictional: bool
    notice: str

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.asked.language

    @property
    def asof(self) -> date:
        """As of this day."""
        return self.asked.asof

    @property
    def internal(self) -> bool:
        """Whether this is the edition for chair and secretariat."""
        return self.asked.edition == "internal"

    @cached_property
    def council(self) -> CouncilFile:
        """The GCM's file, opened at the meeting."""
        return council_file(self.archive, self.asof, self.asked.meeting)

    @cached_property
    def meeting(self) -> Meeting | None:
        """The meeting, as far as it is on file."""
        return meeting_of(self.council, self.asked.meeting)

    @cached_property
    def previous(self) -> Meeting | None:
        """The last meeting held before this one."""
        earlier = [m for m in held_by(self.council) if m.no < self.asked.meeting]
        return earlier[-1] if earlier else None

    @cached_property
    def cutoff(self) -> date | None:
        """The day up to which the papers were prepared: the one named, or of the last meeting."""
        if self.asked.cutoff is not None:
            return self.asked.cutoff
        return None if self.previous is None else self.previous.on

    @cached_property
    def cycle(self) -> int:
        """The last cycle whose due date has passed."""
        coming, _ = next_due(self.asof, self.framework)
        return coming - 1

    @cached_property
    def countries(self) -> tuple[Country, ...]:
        """The countries of which something is on file by the day, by name."""
        there = {e.country for e in self.archive.entries if e.when.last <= self.asof}
        found = [self._country(code) for code in self.archive.countries if code in there]
        return tuple(sorted(found, key=lambda country: country.place))

    def _country(self, code: str) -> Country:
        asked = ReviewParameters(
            country=code, cycle=self.cycle, asof=self.asof, known_at=self.asked.known_at,
            language=self.language,
        )  # fmt: skip
        review = Review(
            asked=asked,
            framework=self.framework,
            file=self.whole.file(code, self.asof),
            entries=(),
            known_at=self.known_at,
            digest="",
            fictional=self.fictional,
            notice=self.notice,
        )
        return Country(review, self.archive.file(code, self.asof))

    @cached_property
    def findings(self) -> Mapping[tuple[str, str], Finding]:
        """The findings about the GCM and the meeting, by rule and what it was asked about."""
        found = self.found(self.framework)
        return {(f.rule, "".join(str(value) for value in f.about.values())): f for f in found}

    def found(self, framework: Framework) -> list[Finding]:
        """What these or other norms find about the GCM and the meeting."""
        return [
            *findings_for_council(self.archive, self.asof, framework),
            *findings_for_meeting(self.archive, self.asked.meeting, self.asof, framework),
        ]

    @cached_property
    def papers(self) -> tuple[str, ...]:
        """The papers of this edition, in their order."""
        return tuple(p for p in PAPERS if self.internal or p not in INTERNAL_PAPERS)

    def number(self, paper: str) -> int:
        """The number of a paper."""
        return self.papers.index(paper) + 1

    def section(self, paper: str, new_page: bool = True) -> doc.Element:
        """The numbered heading of a paper, to which links lead by its key."""
        title = self.say("numbered", no=self.number(paper), title=self.say(f"paper.{paper}"))
        return doc.section(2, title, id=paper, new_page=new_page)

    def say(self, key: str, **args: object) -> str:
        """The sentence `briefing.<key>` in the reader's language."""
        return say(f"briefing.{key}", self.language, **args)

    def label(self, vocabulary: str, code: str) -> str:
        """A code's label in the reader's language."""
        return self.framework.label(vocabulary, code, self.language)

    def day(self, on: date | PartialDate | None) -> str:
        """A day in words, as precise as it is known."""
        if on is None:
            return self.say("not_on_file")
        return (
            on.say(self.language) if isinstance(on, PartialDate) else format_day(on, self.language)
        )

    def holder(self, tenure: Tenure) -> Piece:
        """Who holds a seat: a country by its name in the reader's language."""
        said = tenure.holder.say(self.language)
        return self.quoted(tenure.taken, said) if said == tenure.holder else said

    def quoted(self, entry: Entry, text: str) -> Piece:
        """Somebody's own words, marked with their language where it is not the document's."""
        language = getattr(entry.body, "language", None)
        return doc.foreign(language, text) if language and language != self.language else text


def opened(
    meeting: int,
    asof: object,
    known_at: object = "",
    cutoff: object = "",
    edition: str = "internal",
    points: str = "",
    reviews: object = (),
    language: str = "en",
    register: str = "",
) -> Briefing:
    """Opens the GCM's file for a meeting (see Parameters).

    Raises Problems: of usage where a parameter is wrong; otherwise where there is no register, or
    nothing on file about the meeting.
    """
    return read(declared(meeting=meeting, asof=asof, known_at=known_at, cutoff=cutoff,
                         edition=edition, points=points, reviews=reviews, language=language,
                         register=register))  # fmt: skip


def read(asked: Parameters) -> Briefing:
    """The file that the parameters name."""
    made = file_of(asked, CIRCLES[asked.edition])
    if not any(entry.meeting == asked.meeting for entry in made.archive.entries):
        raise problem("meeting_not_on_file", found=asked.meeting)
    return made


def file_of(asked: Parameters, visible_to: register.Reader | str) -> Briefing:
    """Everything on file, with what a reader may see of it."""
    where = address(asked.register_)
    with register.open(where) as on:
        pack = pack_named(on.name)
        kind, name, head = on.kind, on.name, on.head()
    whole = on_file(where, head, asked.known_at)
    shown, digest = whole.shown(visible_to)
    if not shown:
        raise problem("nothing_on_file", name, name)
    return Briefing(
        asked=asked,
        framework=framework.load(),
        archive=Archive(shown, known_at=asked.known_at, hides=register.Reader.of(visible_to).hides),
        whole=Archive(whole.entries.values(), known_at=asked.known_at),
        seen=frozenset(entry.no for entry in shown),
        known_at=asked.known_at or max(entry.recorded_at for entry in shown),
        digest=digest,
        sources=whole.digest,
        fictional=kind == "fictional",
        notice=notice_of(pack, kind, asked.language),
    )
