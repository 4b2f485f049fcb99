"""Make the bundled fonts anew: `python -m a87lib.report.fonts.make FOLDER…`.

FOLDER: where Noto Sans (Debian: fonts-noto-core), Droid Sans Fallback (fonts-droid-fallback) and
Nanum Gothic (fonts-nanum) lie. Hinting is dropped (PDF and SVG do not use it), symbols are cut to
the blocks in SYMBOL_BLOCKS, and the last-resort font is drawn. Needed only when a font is added
or renewed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from a87lib.report.fonts import FOLDER, HANGUL, LAST_RESORT, SCRIPTS

SYMBOL_BLOCKS = (
    (0x2000, 0x206F), (0x20A0, 0x20CF), (0x2100, 0x23FF), (0x2460, 0x27BF), (0x2900, 0x297F),
    (0x2B00, 0x2BFF),
)  # fmt: skip
WHOLE = (
    *(f"NotoSans-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic")),
    "NotoSansArabic-Bold.ttf",
    *(f"NotoSans{script}-Regular.ttf" for script in SCRIPTS),
    "DroidSansFallbackFull.ttf",
)
CUT = ("NotoSansSymbols-Regular.ttf", "NotoSansSymbols2-Regular.ttf", "NotoSansMath-Regular.ttf")
UNITS = 1000
HANGUL_FILE = "A87Hangul.ttf"
LAST_RESORT_FILE = "A87LastResort.ttf"
COVERAGE_FILE = "coverage.txt"


def slim(source: Path, unicodes: list[int]) -> None:
    """Write the font with the given characters (all: an empty list), without hinting."""
    options = subset.Options(
        hinting=False, layout_features=["*"], name_IDs=["*"], notdef_outline=True
    )
    options.recalc_timestamp = False
    options.drop_tables += ["DSIG", "MERG", "META"]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=unicodes or font.getBestCmap())
    cutter.subset(font)
    subset.save_font(font, str(FOLDER / source.name), options)


def hangul(source: Path) -> None:
    """Write the everyday Korean syllables under a name of our own, as the font's licence asks."""
    syllables = [ord(letter) for letter in map(chr, range(0xAC00, 0xD7A4)) if _everyday(letter)]
    slim(source, syllables)
    path = FOLDER / source.name
    font = TTFont(path, recalcTimestamp=False)
    for record in list(font["name"].names):
        if record.nameID in (1, 3, 4, 6, 16, 18):
            record.string = HANGUL.replace(" ", "") if record.nameID == 6 else HANGUL
    font.save(FOLDER / HANGUL_FILE)
    path.unlink()


def _everyday(letter: str) -> bool:
    """Whether KS X 1001 has it: 2,350 of the 11,172 syllables."""
    return bool(letter.encode("euc_kr", "ignore"))


def last_resort() -> None:
    """Draw the font whose one glyph, a crossed box, stands for every character."""
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder([".notdef", "missing"])
    builder.setupGlyf({name: _crossed_box() for name in (".notdef", "missing")})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "missing"), (700, 60)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupCharacterMap({0x20: "missing"})
    builder.setupNameTable(
        {"familyName": LAST_RESORT, "styleName": "Regular", "psName": "A87LastResort-Regular",
         "licenseDescription": "Apache-2.0, as the workbench"}
    )  # fmt: skip
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    font = builder.font
    font["head"].created = font["head"].modified = 0
    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language, table.format = 3, 10, 0, 13
    table.cmap = dict.fromkeys(range(0x20, 0x110000), "missing")
    font["cmap"].tables = [table]
    font.recalcTimestamp = False
    font.save(FOLDER / LAST_RESORT_FILE)


def _crossed_box() -> object:
    pen = TTGlyphPen(None)
    for shape in (
        ((60, -60), (60, 760), (640, 760), (640, -60)),
        ((100, 0), (600, 0), (600, 700), (100, 700)),
        ((110, 40), (560, 690), (590, 660), (140, 10)),
        ((560, 10), (110, 660), (140, 690), (590, 40)),
    ):
        pen.moveTo(shape[0])
        for point in shape[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def ranges(points: set[int]) -> Iterator[tuple[int, int]]:
    """Code points as runs (first, last)."""
    ordered = sorted(points)
    start = last = ordered[0]
    for point in ordered[1:]:
        if point != last + 1:
            yield start, last
            start = point
        last = point
    yield start, last


def covered() -> set[int]:
    """The characters that a bundled font other than the last resort can draw."""
    points: set[int] = set()
    for path in sorted(FOLDER.glob("*.ttf")):
        if path.name != LAST_RESORT_FILE:
            with TTFont(path, lazy=True) as font:
                points.update(font.getBestCmap())
    return points


def main(folders: list[str]) -> None:
    """Make all fonts and the list of the characters they cover."""
    found = {path.name: path for folder in folders for path in sorted(Path(folder).rglob("*.ttf"))}
    blocks = [point for first, last in SYMBOL_BLOCKS for point in range(first, last + 1)]
    for name in WHOLE:
        slim(found[name], [])
    for name in CUT:
        slim(found[name], blocks)
    hangul(found["NanumGothic.ttf"])
    last_resort()
    lines = (f"{first:04X}-{last:04X}" for first, last in ranges(covered()))
    (FOLDER / COVERAGE_FILE).write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(sys.argv[1:])
