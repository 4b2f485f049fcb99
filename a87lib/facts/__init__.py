"""What can be recorded: one typed model per kind of entry, and the entries themselves."""

from __future__ import annotations

import re
from inspect import getmembers, isclass

from a87lib.facts import candidacy, council, reporting, review, sources, standing
from a87lib.facts.body import VISIBILITIES, Body, Part, Visibility, said
from a87lib.facts.entry import Entry, Fact, body_dict, canonical, sees
from a87lib.facts.held import Held, in_order
from a87lib.facts.observation import Observation
from a87lib.facts.when import PartialDate, instant
from a87lib.framework import is_fictional as fictional


def _kinds() -> dict[str, type[Body]]:
    found = {}
    for module in (candidacy, reporting, standing, sources, council, review):
        for name, model in getmembers(module, isclass):
            if issubclass(model, Body) and model.__module__ == module.__name__ and name[0] != "_":
                found[re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()] = model
    return found


KINDS: dict[str, type[Body]] = _kinds()
"""Every kind of entry and the model of its body."""
DESK_KINDS = frozenset(kind for kind, model in KINDS.items() if model.desk_only)
"""The kinds that are steps of the review itself."""

__all__ = [
    "DESK_KINDS",
    "KINDS",
    "VISIBILITIES",
    "Body",
    "Entry",
    "Fact",
    "Held",
    "Observation",
    "Part",
    "PartialDate",
    "Visibility",
    "body_dict",
    "canonical",
    "fictional",
    "in_order",
    "instant",
    "said",
    "sees",
]
