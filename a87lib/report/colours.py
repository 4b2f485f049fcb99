"""The colours of all three editions. Text on its tint has a contrast of 7 to 1 (WCAG AAA)."""

from __future__ import annotations

from functools import lru_cache

AA = 4.5  # the contrast that words need
INK = "#1b2733"
SOFT = "#4a5866"
LINE = "#c9d1d9"
TINT = "#f1f5f9"
BLUE = "#0b4f86"
PAPER = "#ffffff"
TONES: dict[str, tuple[str, str]] = {
    "good": ("#0a5c38", "#e3f3ea"),
    "attention": ("#6b3b00", "#fdf0da"),
    "bad": ("#8f1d1d", "#fbe9e7"),
    "info": (BLUE, "#e6f0f8"),
    "decision": (BLUE, "#e6f0f8"),
    "neutral": ("#454f59", "#eceff2"),
    "note": ("#454f59", "#eceff2"),
    "missing": ("#454f59", PAPER),
}
BASE = {"ink": INK, "soft": SOFT, "line": LINE, "tint": TINT, "blue": BLUE, "paper": PAPER}


def contrast(color: str) -> float:
    """The contrast of a colour to paper (WCAG 2, relative luminance)."""
    parts = [part / 255 for part in bytes.fromhex(color[1:])]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    red, green, blue = linear
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@lru_cache
def legible(color: str) -> str:
    """The colour, darkened as far as words in it need (a contrast of 4.5 to 1, WCAG AA)."""
    parts = bytes.fromhex(color[1:])
    shades = ("#" + bytes(part * left // 100 for part in parts).hex() for left in range(99, -1, -1))
    return color if contrast(color) >= AA else next(each for each in shades if contrast(each) >= AA)


def style_sheet() -> str:
    """The colours as CSS variables: --ink, --good, --good-tint …"""
    variables = dict(BASE)
    for kind, (ink, tint) in TONES.items():
        variables |= {kind: ink, f"{kind}-tint": tint}
    return (
        ":root { " + " ".join(f"--{name}: {value};" for name, value in variables.items()) + " }\n"
    )
