"""What a screen holds: every text that its widgets would send to a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ipywidgets as w
import pytest

from a87lib import register
from a87lib.register import Register


def inside(box: w.Widget) -> Iterator[w.Widget]:
    """A widget and everything in it, shown or not."""
    yield box
    for child in getattr(box, "children", ()):
        yield from inside(child)


def held(box: w.Widget) -> str:
    """All texts of the widgets of a screen, without the ids that are drawn anew each time."""
    return "\n".join(text for each in inside(box) for text in _texts(each.get_state()))


def pressed(box: w.Widget, words: str) -> None:
    """Presses the button with these words."""
    found = [
        each for each in inside(box) if isinstance(each, w.Button) and each.description == words
    ]
    assert len(found) == 1, [each.description for each in inside(box) if isinstance(each, w.Button)]
    assert not found[0].disabled
    found[0].click()


def fields(box: w.Widget, words: str) -> list[Any]:
    """The fields with this label, in their order."""
    return [each for each in inside(box) if getattr(each, "description", None) == words]


def field(box: w.Widget, words: str) -> Any:
    """The only field with this label."""
    found = fields(box, words)
    assert len(found) == 1, words
    return found[0]


def sent(name: str, data: bytes) -> tuple[dict[str, object], ...]:
    """A file as a browser sends it to the place where it was dropped."""
    return ({
        "name": name, "type": "", "size": len(data), "content": memoryview(data),
        "last_modified": datetime.now(UTC),
    },)  # fmt: skip


@contextmanager
def team_copy(made: Path, folder: Path, patched: pytest.MonkeyPatch) -> Iterator[Register]:
    """A copy of a register, which screens open as on a team's server."""
    where = folder / "exercise.db"
    where.write_bytes(made.read_bytes())
    patched.setenv(register.VARIABLE, str(where))
    patched.setenv("A87_SERVING", "team")
    with register.open(where) as on:
        yield on


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from () if value.startswith("IPY_MODEL_") else (value,)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
