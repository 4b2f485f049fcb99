"""SVG as PNG, for DOCX: word processors differ in what they make of SVG. Drawn by Typst."""

from __future__ import annotations

import json

import typst

from a87lib.report.fonts import FAMILIES
from a87lib.report.pdf import fonts

DENSITY = 200.0  # pixels per inch in print
_PAGE = b"""#let it = json(bytes(sys.inputs.picture))
#set page(width: it.width * 1pt, height: it.height * 1pt, margin: 0pt)
#set text(font: it.fonts, fallback: false)
#image(bytes(it.svg), format: "svg", width: 100%, height: 100%)
"""


def png(svg: str, width: float, height: float) -> bytes:
    """The SVG drawn at 200 dots per inch; width and height in CSS pixels."""
    picture = {"svg": svg, "width": width * 0.75, "height": height * 0.75, "fonts": FAMILIES}
    drawn = typst.compile(
        _PAGE,
        format="png",
        ppi=DENSITY,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"picture": json.dumps(picture, ensure_ascii=False)},
    )
    if isinstance(drawn, list):
        raise ValueError(f"a picture of {width:.0f} x {height:.0f} pixels fills several pages")
    return drawn
