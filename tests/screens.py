"""What a screen holds: every text that its widgets would send to a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ipywidgets as w


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


def field(box: w.Widget, words: str) -> Any:
    """The field with this label."""
    found = [each for each in inside(box) if getattr(each, "description", None) == words]
    assert len(found) == 1, words
    return found[0]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from () if value.startswith("IPY_MODEL_") else (value,)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
