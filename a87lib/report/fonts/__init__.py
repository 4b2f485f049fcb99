"""The fonts that documents carry: open licences, the same on every machine.

Noto Sans for Latin, Greek and Cyrillic; a Noto Sans for each further script; Droid Sans Fallback
for Chinese, Japanese and Korean; and, last, a font of our own that draws any other character as a
crossed box, so that no character can stop a PDF or vanish from it.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
MAIN = "Noto Sans"
SCRIPTS = (
    "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi",
    "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "NKo", "Sinhala", "Tamil",
    "Telugu", "Thaana", "Thai", "Tifinagh",
)  # fmt: skip
SYMBOLS = ("Noto Sans Symbols2", "Noto Sans Symbols", "Noto Sans Math")
LAST_RESORT = "A87 Last Resort"
FAMILIES = (
    MAIN,
    *(f"{MAIN} {script}" for script in SCRIPTS),
    *SYMBOLS,
    "Droid Sans Fallback",
    LAST_RESORT,
)
