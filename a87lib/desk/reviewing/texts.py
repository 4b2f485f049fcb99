"""What comes from a page, as text that can be kept: a page may send anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def kept(value: Any) -> Any:
    """The value with every text in it as UTF-8 can hold it (half of a sign becomes “?”)."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Mapping):
        return {kept(str(name)): kept(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [kept(inner) for inner in value]
    return value


def text(value: object) -> str:
    """The value if it is a text; else an empty one."""
    return kept(value) if isinstance(value, str) else ""


def items(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The items of a draft, without what is none."""
    found = content.get("items")
    for each in found if isinstance(found, list) else []:
        if isinstance(each, Mapping):
            yield each


def filled(content: Mapping[str, Any]) -> dict[str, Any]:
    """The items of a draft as an entry keeps them: without fields that say nothing."""
    return {"items": [{k: v for k, v in each.items() if v} for each in items(content)]}
