"""What two people (or one in two windows) wrote into the same draft, brought together.

A draft's content is either `{item: {field: value}}` or `{"items": [{"no": …}, …]}`; both are looked
at item by item. What only one of the two changed is taken over; what both changed is a clash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ITEMS = "items"
NAMES = ("no", "item")
"""What the items of a list are named by."""
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Clash:
    """An item that both changed. mine, stored: what each made of it; None: it was removed."""

    item: str
    mine: Item | None
    stored: Item | None


@dataclass(frozen=True, slots=True)
class Merged:
    """Both contents in one. clashes: the items that both changed, which stand in it as stored."""

    content: dict[str, Any]
    clashes: tuple[Clash, ...]


def items_of(content: Mapping[str, Any]) -> dict[str, Item]:
    """The items of a draft by their names, in its order."""
    if ITEMS not in content:
        return dict(content)
    return {_name(item): item for item in content[ITEMS]}


def content_with(items: Mapping[str, Item], *, listed: bool) -> dict[str, Any]:
    """Items as the content of a draft. listed: whether it is a list of items."""
    return {ITEMS: list(items.values())} if listed else dict(items)


def merged(base: Mapping[str, Any], mine: Mapping[str, Any], stored: Mapping[str, Any]) -> Merged:
    """What was made of `base` on the two sides, in one."""
    before, own, theirs = items_of(base), items_of(mine), items_of(stored)
    found: dict[str, Item] = {}
    clashes: list[Clash] = []
    for name in dict.fromkeys([*theirs, *own]):
        was, here, there = before.get(name), own.get(name), theirs.get(name)
        kept = here if there == was else there
        if here not in (was, there) and there != was:
            clashes.append(Clash(name, here, there))
        if kept is not None:
            found[name] = kept
    listed = any(ITEMS in each for each in (base, mine, stored))
    return Merged(content_with(found, listed=listed), tuple(clashes))


def settled(content: Mapping[str, Any], item: str, chosen: Item | None) -> dict[str, Any]:
    """The content with one item as chosen (None: without it)."""
    items = items_of(content)
    if chosen is None:
        items.pop(item, None)
    else:
        items[item] = chosen
    return content_with(items, listed=ITEMS in content or (chosen is not None and _in_list(chosen)))


def both(clash: Clash) -> Item | None:
    """A clash in which nothing of either text is lost: the stored text, then one's own."""
    if clash.mine is None or clash.stored is None:
        return clash.mine or clash.stored
    given = {name: value for name, value in clash.mine.items() if value}
    texts = [str(each.get("text") or "").strip() for each in (clash.stored, clash.mine)]
    return {**clash.stored, **given, "text": "\n\n".join(dict.fromkeys(filter(None, texts)))}


def _name(item: Item) -> str:
    return str(next((item[name] for name in NAMES if name in item), ""))


def _in_list(item: Item) -> bool:
    return any(name in item for name in NAMES)
