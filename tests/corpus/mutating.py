"""A good workbook damaged at random, the same way for the same number."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable

from corpus.parts import members, zipped

NASTY = (
    "", " ", "0", "-1", "1e999", "-0", "NaN", "1" * 400, "1e308", "9007199254740993", "0x10",
    "TRUE", "#REF!", "=1/0", "\u202e", "\u200b", "\ufeff", "١٢", "12,5", "1.234", "_x0000_",
    "_xD800_", "&amp;", "&#0;", "&lol;", "]]>", "<t>", "A1:XFD1048576", "XFD1048576", "$A$0",
    "AAAA1", "../../x", "xl/worksheets/sheet1.xml", "a\u0300" * 50, "\U0001f600", "%s{0}{x}",
    "2025-02-30", "03/04/2025", "60", "-5", "2958466", "QMA", "civ", "n/a", "…",
)  # fmt: skip
_TEXT = re.compile(rb">([^<]*)<")
_VALUE = re.compile(rb'="([^"]*)"')
_TAG = re.compile(rb"<[^>]+>")
_CELL = re.compile(rb"<c [^>]*?(?:/>|>.*?</c>)", re.S)


def mutated(data: bytes, number: int) -> bytes:
    """The workbook damaged in one to four ways."""
    chance = random.Random(number)
    if number % 4 == 0:
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            chance.choice(BYTES)(damaged, chance)
        return bytes(damaged)
    parts = members(data)
    for _ in range(chance.randint(1, 4)):
        chance.choice(XML)(parts, chance)
    try:
        return zipped(parts)
    except (zipfile.LargeZipFile, ValueError, UnicodeEncodeError):
        return data[: chance.randint(0, len(data))]


def _flip(damaged: bytearray, chance: random.Random) -> None:
    if damaged:
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)


def _cut(damaged: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(damaged) + 1)
    del damaged[at : at + chance.choice((1, 20, 400, 100_000))]


def _repeat(damaged: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(damaged) + 1)
    damaged[at:at] = damaged[at : at + chance.choice((4, 60, 3000))]


def _noise(damaged: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(damaged) + 1)
    damaged[at:at] = chance.randbytes(chance.choice((1, 8, 200)))


def _swap_header(damaged: bytearray, chance: random.Random) -> None:
    """A field of one of the zip's own records overwritten."""
    places = [found.start() for found in re.finditer(rb"PK(\x01\x02|\x03\x04|\x05\x06)", damaged)]
    if places:
        at = chance.choice(places) + chance.randrange(4, 22)
        damaged[at : at + 4] = chance.choice(
            (b"\0\0\0\0", b"\xff\xff\xff\xff", chance.randbytes(4))
        )


BYTES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _flip, _cut, _repeat, _noise, _swap_header,
)  # fmt: skip


def _some(parts: dict[str, bytes], chance: random.Random) -> str:
    sheets = [name for name in parts if name.startswith("xl/worksheets/")]
    return chance.choice(sheets if sheets and chance.random() < 0.7 else sorted(parts) or [""])


def _at(
    parts: dict[str, bytes], chance: random.Random, pattern: re.Pattern[bytes], new: bytes
) -> None:
    name = _some(parts, chance)
    places = list(pattern.finditer(parts.get(name, b"")))
    if places:
        found = chance.choice(places)
        group = 1 if pattern.groups else 0
        start, end = found.span(group)
        parts[name] = parts[name][:start] + new + parts[name][end:]


def _nasty(chance: random.Random) -> bytes:
    text = chance.choice(NASTY)
    plain = text.replace("<", "&lt;") if chance.random() < 0.6 else text
    return plain.encode("utf-8", "surrogatepass")


def _text(parts: dict[str, bytes], chance: random.Random) -> None:
    _at(parts, chance, _TEXT, _nasty(chance))


def _attribute(parts: dict[str, bytes], chance: random.Random) -> None:
    _at(parts, chance, _VALUE, _nasty(chance).replace(b'"', b""))


def _tag_gone(parts: dict[str, bytes], chance: random.Random) -> None:
    _at(parts, chance, _TAG, b"")


def _tag_moved(parts: dict[str, bytes], chance: random.Random) -> None:
    tags = _TAG.findall(parts.get(_some(parts, chance), b""))
    _at(parts, chance, _TAG, chance.choice(tags) if tags else b"<x/>")


def _cell_moved(parts: dict[str, bytes], chance: random.Random) -> None:
    cells = _CELL.findall(parts.get(_some(parts, chance), b""))
    _at(parts, chance, _CELL, chance.choice(cells) if cells else b"")


def _cell_type(parts: dict[str, bytes], chance: random.Random) -> None:
    kind = chance.choice(("s", "n", "b", "e", "d", "str", "inlineStr", "zz"))
    value = _nasty(chance).replace(b"<", b"").replace(b"&", b"")
    place = chance.choice(("A5", "H25", "G7", "B3", "D5", "ZZ9", ""))
    new = f'<c r="{place}" t="{kind}"><v>'.encode() + value + b"</v></c>"
    _at(parts, chance, _CELL, new)


def _part_gone(parts: dict[str, bytes], chance: random.Random) -> None:
    parts.pop(_some(parts, chance), None)


def _part_swapped(parts: dict[str, bytes], chance: random.Random) -> None:
    first, second = _some(parts, chance), _some(parts, chance)
    if first in parts and second in parts:
        parts[first], parts[second] = parts[second], parts[first]


def _part_noisy(parts: dict[str, bytes], chance: random.Random) -> None:
    name = _some(parts, chance)
    damaged = bytearray(parts.get(name, b""))
    chance.choice(BYTES[:5])(damaged, chance)
    parts[name] = bytes(damaged)


XML: tuple[Callable[[dict[str, bytes], random.Random], None], ...] = (
    _text, _text, _text, _attribute, _attribute, _tag_gone, _tag_moved, _cell_moved, _cell_type,
    _cell_type, _part_gone, _part_swapped, _part_noisy,
)  # fmt: skip
