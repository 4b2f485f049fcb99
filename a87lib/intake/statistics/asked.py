"""Which series the indicators ask for, who publishes them and how they are cited."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from a87lib import framework
from a87lib.framework import Framework
from a87lib.intake.yaml_text import parse_yaml, plain

_LATER = re.compile(r"[,;\s]+")


@dataclass(frozen=True, slots=True)
class Series:
    """A series that an indicator asks for.

    name: as the framework names it (UNSD:SL_TLF_CHLDEA). indicator: its code; several where a
    series serves more than one. unit: that of the indicator. breakdown, age: what holds for all
    figures of the series.
    """

    name: str
    indicators: tuple[str, ...]
    unit: str
    publisher: str
    licence: str
    title: str
    cite: str
    breakdown: str = ""
    age: str = ""
    stated_unit: str = ""

    @property
    def code(self) -> str:
        """The publisher's own code."""
        return self.name.partition(":")[2]

    @property
    def said(self) -> str:
        """The series as an entry names it."""
        return f"{self.title} ({self.code})" if self.title else self.code

    def cited(self, edition: str, survey: str = "") -> str:
        """The source of a figure; an edition is no more than a part between two commas.

        survey: where the publisher keeps figures of several surveys side by side.
        """
        text = self.cite.format(edition=_LATER.sub(" ", edition).strip(), code=self.code)
        if not survey:
            return text
        publisher, _, rest = text.partition(",")
        return f"{publisher} ({_LATER.sub(' ', survey).strip()}),{rest}"


@dataclass(frozen=True)
class Asked:
    """The series that a framework asks for, by name."""

    by_name: dict[str, Series] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Framework) -> Asked:
        """What the framework's indicators name in `series`."""
        named: dict[str, list[str]] = {}
        units: dict[str, str] = {}
        for indicator in texts.indicators.items:
            for name in indicator.series:
                named.setdefault(name, []).append(indicator.code)
                units.setdefault(name, indicator.unit)
        return cls({n: _series(n, tuple(codes), units[n]) for n, codes in named.items()})

    def find(self, publisher: str, code: str) -> Series | None:
        """The series of a publisher with this code, in any case; None where nobody asks for it."""
        return self.by_name.get(f"{publisher}:{code}") or self.by_name.get(
            f"{publisher}:{code.upper()}"
        )


@lru_cache
def publishers() -> dict[str, Any]:
    """The content of publishers.yaml."""
    text = files("a87lib.intake.statistics").joinpath("publishers.yaml").read_text("utf-8")
    found: dict[str, Any] = plain(parse_yaml(text, "publishers.yaml"))
    return found


@lru_cache
def asked() -> Asked:
    """What the framework in use asks for."""
    return Asked.of(framework.load())


def _series(name: str, indicators: tuple[str, ...], unit: str) -> Series:
    source, _, code = name.partition(":")
    about = publishers().get(source, {})
    own = about.get("series", {}).get(code, {})
    return Series(
        name=name,
        indicators=indicators,
        unit=unit,
        publisher=own.get("publisher", about.get("publisher", source)),
        licence=about.get("licence", ""),
        title=own.get("title", ""),
        cite=about.get("cite", f"{source}, {{edition}}, {{code}}"),
        breakdown=own.get("breakdown", ""),
        age=str(own.get("age", "")),
        stated_unit=own.get("unit", ""),
    )
