"""From bytes to facts, or to a full list of what is wrong. Opens no register."""

from a87lib.intake.countries import known_country, suggestions
from a87lib.intake.facts_file import (
    FIRST_CYCLE,
    LAST_CYCLE,
    LAST_MEETING,
    FactsReader,
    facts_from_yaml,
)
from a87lib.intake.pack import Pack, Shelf, read_pack, read_shelf
from a87lib.intake.yaml_text import as_written, excerpt, line_of, plain, read_yaml

__all__ = [
    "FIRST_CYCLE",
    "LAST_CYCLE",
    "LAST_MEETING",
    "FactsReader",
    "Pack",
    "Shelf",
    "as_written",
    "excerpt",
    "facts_from_yaml",
    "known_country",
    "line_of",
    "plain",
    "read_pack",
    "read_shelf",
    "read_yaml",
    "suggestions",
]
