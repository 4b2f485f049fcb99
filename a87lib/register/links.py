"""The order of a chain, judged by its links: what was removed, inserted, moved or cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from a87lib.register.rows import Head

Judged = tuple[str, int, str]


class Link(NamedTuple):
    """An entry's place (number), the hash it says came before, and its own hash."""

    no: int
    previous: str
    own: str


class _Path(NamedTuple):
    links: list[Link]
    breaks: list[tuple[Link | None, Link]]
    whole: bool


def judge(
    links: Sequence[Link], genesis: str, held: Head, given: Head | None = None
) -> Iterator[Judged]:
    """What is wrong with the order: (code, number, detail).

    links: all entries in the order of their numbers. held: what the head row says. given: a head
    noted earlier or elsewhere.
    """
    by_hash = {link.own: link for link in links}
    last = links[-1] if links else None
    end = Head(0, genesis) if last is None else Head(last.no, last.own)
    if held.hash not in by_hash and held.hash != genesis:
        lost = held.no > end.no
        yield ("tail_missing" if lost else "head_changed", held.no, str(end.no))
    elif held.hash in by_hash and by_hash[held.hash].no != held.no:
        yield "head_changed", held.no, str(by_hash[held.hash].no)
    start = by_hash.get(held.hash, last if held.hash != genesis else None)
    path = _back_from(start, links, by_hash, genesis)
    yield from _breaks(path, short=len(links) < held.no)
    yield from _places(path, links)
    if given is not None and given.no > 0:
        there = by_hash.get(given.hash)
        if there is None and given.no > end.no:
            yield "tail_missing", given.no, str(end.no)
        elif there is None or there.no != given.no:
            yield "head_unknown", given.no, ""


def _back_from(
    start: Link | None, links: Sequence[Link], by_hash: dict[str, Link], genesis: str
) -> _Path:
    """Follows the links back to the beginning, stepping over a break to the entry before it."""
    path: list[Link] = []
    breaks: list[tuple[Link | None, Link]] = []
    unseen = {link.no: link for link in links}
    link = start
    while link is not None:
        path.append(link)
        unseen.pop(link.no, None)
        if link.previous == genesis:
            break
        before = by_hash.get(link.previous)
        if before is None or before.no not in unseen:
            here = link.no
            before = next((unseen[no] for no in range(here - 1, 0, -1) if no in unseen), None)
            breaks.append((before, link))
        link = before
    path.reverse()
    return _Path(path, breaks, not breaks)


def _breaks(path: _Path, *, short: bool) -> Iterator[Judged]:
    """A link to nothing: entries between are gone, or the one before was changed and rehashed."""
    for before, after in path.breaks:
        first = 1 if before is None else before.no + 1
        if first < after.no:
            for no in range(first, after.no):
                yield "removed", no, ""
        elif short or before is None:
            yield "removed", after.no, "renumbered"
        else:
            yield "changed", before.no, "rehashed"


def _places(path: _Path, links: Sequence[Link]) -> Iterator[Judged]:
    on_path = {link.no for link in path.links}
    for link in links:
        if link.no not in on_path:
            yield "inserted", link.no, ""
    in_order = sorted(on_path)
    for place, link in zip(in_order, path.links, strict=True):
        if place != link.no:
            yield "reordered", link.no, str(place)
