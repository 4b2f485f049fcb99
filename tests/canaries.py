"""A register in whose every internal text stands a canary, so that a trace of it can be found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from a87lib import register
from a87lib.facts import KINDS, canonical
from a87lib.register import NewEntry, StoredEntry

CANARY = "Zqcanary"
"""Followed by the country and the circle that the text is meant for."""
INTERNAL = ("reviewers", "subgroup", "country")


def planted(source: str, folder: Path) -> tuple[str, int]:
    """A copy of the register with canaries, and how many texts hold one.

    Every entry meant for reviewers, the subgroup or the country is corrected by one that differs in
    its texts and its source alone.
    """
    where = folder / "exercise.db"
    shutil.copy(source, where)
    texts = 0
    with register.open(str(where)) as on:
        earlier = {entry.corrects for entry in on.entries()}
        made = []
        for entry in on.entries():
            if entry.visibility in INTERNAL and entry.no not in earlier and entry.body_json:
                mark = f"{CANARY}{entry.country or ''}{entry.visibility}"
                body, count = marked(entry, lambda text, mark=mark: f"{text} {mark}")
                texts += count + 1
                source = f"{entry.source} {mark}".strip()
                made.append(corrected(entry, body, recorded_by=mark, source=source))
        on.append(made)
    return str(where), texts


def marked(entry: StoredEntry, mark: Callable[[str], str]) -> tuple[dict[str, Any], int]:
    """The body with every text marked that may hold one (codes and days may not), and how many."""
    body: dict[str, Any] = json.loads(entry.body_json or "{}")
    count = 0
    for path in list(_texts(body)):
        trial = json.loads(json.dumps(body))
        _put(trial, path, mark)
        try:
            KINDS[entry.kind].model_validate(trial)
        except ValidationError:
            continue
        body, count = trial, count + 1
    return body, count


def _texts(value: Any, path: tuple[Any, ...] = ()) -> Any:
    if isinstance(value, str) and path[-1] not in ("no", "item", "language", "priority", "action"):
        yield path
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, (*path, place))


def _put(value: Any, path: tuple[Any, ...], mark: Callable[[str], str]) -> None:
    *before, last = path
    for step in before:
        value = value[step]
    value[last] = mark(value[last])


def corrected(entry: StoredEntry, body: dict[str, Any], **changes: Any) -> NewEntry:
    """An entry that corrects another one, and differs from it in its body and in what is named."""
    kept = ("kind", "happened_on", "precision", "country", "cycle", "meeting", "recorded_at",
            "recorded_by", "slot", "visibility", "source", "observations")  # fmt: skip
    same = {name: getattr(entry, name) for name in kept}
    return NewEntry(**(same | {"body_json": canonical(body), "corrects": entry.no} | changes))
