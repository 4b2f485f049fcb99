"""What problems of the workflow name, said in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from a87lib import framework
from a87lib.language import say
from a87lib.problems import Problems


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the catalogue as a part of another."""

    key: str

    def say(self, language: str) -> str:
        """The words."""
        return say(self.key, language)


@dataclass(frozen=True, slots=True)
class Named:
    """A country by its name; by its code where it is none that we know."""

    code: str

    def say(self, language: str) -> str:
        """The name."""
        try:
            return framework.country_name(self.code, language)
        except Problems:
            return self.code


def verb(name: str) -> Phrase:
    """What a verb does, as `to …`."""
    return Phrase(f"workflow.verb.{name}")
