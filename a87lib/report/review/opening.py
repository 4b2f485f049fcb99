"""A country's file opened for review: what is on file, what follows from it, in which language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from a87lib import framework, register
from a87lib.countryfile import Archive, CountryFile
from a87lib.facts import KINDS, Entry, fictional
from a87lib.framework import Framework
from a87lib.intake import Pack, read_pack
from a87lib.language import format_day, in_a_row, say
from a87lib.problems import problem, usage
from a87lib.register.typed import typed
from a87lib.report import documents as doc
from a87lib.report.review.parameters import Parameters, declared
from a87lib.rules import Finding, findings_for

PROJECT = Path(__file__).resolve().parents[3]
EDITION = "reviewer"
"""Whose edition it is: reviewers and secretariat see every entry, assessments are never printed."""
COUNCIL_KINDS = tuple(kind for kind, model in KINDS.items() if model.of != "country")


@dataclass(frozen=True)
class Review:
    """A country's file with its findings, for one cycle, day and language.

    entries: every entry read, corrected ones too, as known at `known_at`. digest: of these entries.
    fictional: whether the register holds invented countries. notice: what every page must say.
    sees_all: whether nothing may be hidden from the reader. cited: entries referred to so far, for
    the list of sources.
    """

    asked: Parameters
    framework: Framework
    file: CountryFile
    entries: tuple[Entry, ...]
    known_at: datetime
    digest: str
    fictional: bool
    notice: str
    sees_all: bool = True
    cited: set[int] = field(default_factory=set)

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.asked.language

    @property
    def cycle(self) -> int:
        """The cycle under review."""
        return self.asked.cycle

    @cached_property
    def name(self) -> str:
        """The country's name in the reader's language."""
        return framework.country_name(self.asked.country, self.language)

    def say(self, key: str, **args: object) -> str:
        """The sentence `review.<key>` in the reader's language."""
        return say(f"review.{key}", self.language, **args)

    def label(self, vocabulary: str, code: str) -> str:
        """A code's label in the reader's language."""
        return self.framework.label(vocabulary, code, self.language)

    def day(self, on: date) -> str:
        """A day in words."""
        return format_day(on, self.language)

    def listed(self, parts: Iterable[str]) -> str:
        """Parts one after the other, with the semicolon of the reader's language."""
        return in_a_row(list(parts), self.language)

    def rule_name(self, rule: str) -> str:
        """The name of a rule in the reader's language."""
        return say(f"rule.{rule}", self.language)

    def section(self, key: str) -> doc.Element:
        """The heading `review.section.<key>`, which links can name by the key."""
        return doc.section(2, self.say(f"section.{key}"), id=key)

    @cached_property
    def findings(self) -> Mapping[tuple[str, ...], Finding]:
        """All findings, by rule and what it was asked about."""
        found = findings_for(self.file, self.framework)
        return {_key(f.rule, f.about.values()): f for f in found}

    def finding(self, rule: str, *about: object) -> Finding | None:
        """The finding of a rule (about a cycle, a criterion, an indicator), if it was asked."""
        return self.findings.get(_key(rule, about))

    def found(self, rule: str, *about: object) -> Finding:
        """The finding of a rule that every file has; KeyError where it was not asked."""
        return self.findings[_key(rule, about)]

    @cached_property
    def numbers(self) -> Mapping[int, str]:
        """What this document calls each entry of the file: its place in order of days.

        Places tell nothing of other files, as the register's own numbers would.
        """
        named = {entry.no: str(place) for place, entry in enumerate(self.file.entries, 1)}
        declared_by = [d.entry for d in self.file.coverage.declarations if d.entry]
        return named | {no: f"R{place}" for place, no in enumerate(declared_by, 1)}


def _key(rule: str, about: Iterable[object]) -> tuple[str, ...]:
    return (rule, *(str(value) for value in about))


def opened(
    country: str,
    cycle: int,
    asof: object,
    known_at: object = "",
    language: str = "en",
    register: str = "",
) -> Review:
    """Opens a country's file for review (see Parameters).

    Raises Problems: of usage where a parameter is wrong, or where a real country is looked for in
    a register of invented ones; otherwise where there is no register or nothing on file.
    """
    asked = declared(
        country=country,
        cycle=cycle,
        asof=asof,
        known_at=known_at,
        language=language,
        register=register,
    )
    return read(asked)


def read(asked: Parameters, visible_to: register.Reader | str = EDITION) -> Review:
    """The file that the parameters name, as far as a reader may see it."""
    reader = register.Reader.of(visible_to, asked.country)
    with register.open(address(asked.register_, asked.country)) as on:
        if fictional(asked.country) != (on.kind == "fictional"):
            raise usage(f"country_in_{on.kind}_register", found=asked.country, register=on.name)
        stored = [
            *on.entries(country=asked.country, known_at=asked.known_at, visible_to=reader),
            *(
                entry
                for entry in on.entries(
                    kinds=COUNCIL_KINDS, known_at=asked.known_at, visible_to=reader
                )
                if entry.country is None
            ),
        ]
        if not any(entry.country == asked.country for entry in stored):
            raise problem("nothing_on_file", found=asked.country)
        stored.sort(key=lambda entry: entry.no)
        entries = tuple(map(typed, stored))
        pack = pack_named(on.name)
    used = framework.load()
    return Review(
        asked=asked,
        framework=used,
        file=Archive(entries, known_at=asked.known_at, hides=reader.hides).file(
            asked.country, asked.asof
        ),
        entries=entries,
        known_at=asked.known_at or max(entry.recorded_at for entry in entries),
        digest=register.digest(stored),
        fictional=on.kind == "fictional",
        notice=notice_of(pack, on.kind, asked.language),
        sees_all=reader.sees_all_of(asked.country),
    )


def address(given: str, country: str = "") -> str:
    """The register meant: the one named, A87_REGISTER, or the embedded one of the country."""
    return register.chosen(given or None, register.embedded(country, PROJECT))


def pack_named(name: str) -> Pack | None:
    """The pack.yaml of the folder that a register was made from, if it is one of ours."""
    return read_pack(PROJECT / "data" / name)


def notice_of(pack: Pack | None, kind: str, language: str) -> str:
    """What every page of a document from a register must say."""
    if pack is not None:
        return pack.notice[language]
    return say(f"review.notice.{kind}", language)
