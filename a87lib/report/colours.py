"""The colours of all three editions. Text on its tint has a contrast of 7 to 1 (WCAG AAA)."""

from __future__ import annotations

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


def style_sheet() -> str:
    """The colours as CSS variables: --ink, --good, --good-tint …"""
    variables = dict(BASE)
    for kind, (ink, tint) in TONES.items():
        variables |= {kind: ink, f"{kind}-tint": tint}
    return (
        ":root { " + " ".join(f"--{name}: {value};" for name, value in variables.items()) + " }\n"
    )
