"""From bytes to facts, or to a full list of what is wrong. Opens no register."""

from a87lib.intake.facts_file import FactsReader, facts_from_yaml, known_country, suggestions
from a87lib.intake.pack import Pack, Shelf, read_pack, read_shelf
from a87lib.intake.yaml_text import line_of, plain, read_yaml

__all__ = [
    "FactsReader",
    "Pack",
    "Shelf",
    "facts_from_yaml",
    "known_country",
    "line_of",
    "plain",
    "read_pack",
    "read_shelf",
    "read_yaml",
    "suggestions",
]
