"""The framework's data: paragraphs, dated parameters, readings, terms, indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from a87lib.framework.erased import Erased
from a87lib.framework.indicators import IndicatorFramework, ReportCriterion

Words = Mapping[str, str]  # language (en, fr, es) -> text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A rule-sized paragraph of the texts.

    id: as AF-MON-3; text_code: AF, TR, WS, BR or AG; kind: what it gives, joined by "+", of
    rule, record, task, context, decision, document; kinds: the same as a tuple;
    strength: must, should, must+should or "" (obliges nobody); summary: in our own words;
    see: other paragraphs that this one only points to.
    """

    id: str
    text_code: str
    kind: str
    summary: Words
    strength: str = ""
    see: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds one by one."""
        return tuple(self.kind.split("+"))


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value from a day on, until the next one's day.

    since_basis: `text` where the text gives the day, else `assumed`; basis of the value itself:
    `text`, `reading` (an interpretation), `method` (a statistical method) or `assumed`.
    """

    since: date
    since_basis: str
    value: Any
    basis: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or date of the norms with its history, oldest first."""

    name: str
    label: Words
    unit: str
    paragraphs: tuple[str, ...]
    values: tuple[DatedValue, ...]

    def at(self, on: date) -> DatedValue:
        """The value in force on a day; LookupError before the first one."""
        for dated in reversed(self.values):
            if dated.since <= on:
                return dated
        first = self.values[0].since
        raise LookupError(
            f"parameter {self.name} has no value on {on}: the first one starts on {first};"
            f" ask for a later day or add an earlier value to parameters.yaml"
        )


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How an open place of the texts is read.

    readings: named values with their text, the default first; empty where there is no switch.
    text: the reading in words, where there is no switch. chosen: the named value in use.
    """

    id: str
    title: Words
    paragraphs: tuple[str, ...]
    readings: Mapping[str, Words]
    text: Words | None
    chosen: str

    @property
    def in_words(self) -> Words:
        """The reading in use, as a sentence per language."""
        return self.readings[self.chosen] if self.text is None else self.text


@dataclass(frozen=True, slots=True)
class Term:
    """An institutional term: its accepted form per language, a short form, and what it means."""

    key: str
    term: Words
    short: Words | None
    meaning: Words


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of the Global Coordinating Group.

    group: one of the five of the vocabulary `seat_group`; sub_group: of `seat_sub_group`;
    term: whether the text gives it three years; named_by: office or body that names the holder.
    """

    id: str
    group: str
    sub_group: str
    term: bool
    named_by: str
    label: Words


@dataclass(frozen=True, eq=False)
class Framework:
    """The texts as data, as of one edition of the files; unchangeable.

    version: text printed in every report; digest: SHA-256 over all files and what-if changes.
    """

    version: str
    digest: str
    parameters: Mapping[str, Parameter]
    interpretations: Mapping[str, Interpretation]
    paragraphs: Mapping[str, Paragraph]
    vocabularies: Mapping[str, Mapping[str, Words]]
    seats: Mapping[str, Seat]
    glossary: Mapping[str, Term]
    indicators: IndicatorFramework
    report_criteria: tuple[ReportCriterion, ...]

    def value(self, name: str, on: date) -> Any:
        """The parameter's value in force on a day (type as in parameters.yaml).

        KeyError for an unknown parameter, LookupError before its first value.
        """
        return self._parameter(name).at(on).value

    @property
    def starts_on(self) -> date:
        """The first day on which every parameter has a value; nothing is asked as of one before."""
        return max(parameter.values[0].since for parameter in self.parameters.values())

    def reading(self, interpretation: str) -> str:
        """The named value chosen for an interpretation that has a switch."""
        found = self._interpretation(interpretation)
        if not found.chosen:
            raise KeyError(f"{interpretation} is text without a switch; use .interpretations")
        return found.chosen

    def vocabulary(self, name: str) -> Mapping[str, Words]:
        """The codes of a closed list with their labels, in the order of the file."""
        if name not in self.vocabularies:
            raise KeyError(f"no vocabulary {name!r}; known: {', '.join(sorted(self.vocabularies))}")
        return self.vocabularies[name]

    def label(self, vocabulary: str, code: str, language: str) -> str:
        """A code's label in a language."""
        if isinstance(code, Erased):
            return code.say(language)
        codes = self.vocabulary(vocabulary)
        if code not in codes:
            raise KeyError(f"{vocabulary} has no code {code!r}; known: {', '.join(codes)}")
        return codes[code][language]

    def with_values(self, changes: Mapping[str, Any]) -> Framework:
        """What if parameters had other values, on every day: a new framework that says so."""
        changed = dict(self.parameters)
        for name, value in changes.items():
            old = self._parameter(name)
            if type(value) is not type(old.values[0].value):
                raise TypeError(f"{name} is {old.values[0].value!r}; {value!r} has another type")
            dated = tuple(replace(each, value=value, basis="assumed") for each in old.values)
            changed[name] = replace(old, values=dated)
        return replace(self._renamed(changes), parameters=changed)

    def with_readings(self, changes: Mapping[str, str]) -> Framework:
        """What if interpretations were read otherwise: a new framework that says so."""
        changed = dict(self.interpretations)
        for name, reading in changes.items():
            old = self._interpretation(name)
            if reading not in old.readings:
                known = ", ".join(old.readings) or "none (text without a switch)"
                raise ValueError(f"{name} has no reading {reading!r}; known: {known}")
            changed[name] = replace(old, chosen=reading)
        return replace(self._renamed(changes), interpretations=changed)

    def _renamed(self, changes: Mapping[str, Any]) -> Framework:
        if not changes:
            return self
        said = ", ".join(f"{name}={changes[name]}" for name in sorted(changes))
        return replace(self, version=f"{self.version} · {said}", digest=f"{self.digest} · {said}")

    def _parameter(self, name: str) -> Parameter:
        if name not in self.parameters:
            raise KeyError(f"no parameter {name!r}; known: {', '.join(sorted(self.parameters))}")
        return self.parameters[name]

    def _interpretation(self, name: str) -> Interpretation:
        if name not in self.interpretations:
            raise KeyError(f"no interpretation {name!r}; known: INT-01 to INT-24")
        return self.interpretations[name]
