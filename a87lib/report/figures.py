"""Figures: one look, the same bytes every time, never without a description in words.

The workbench's own charts are drawn in `charts`; what is here for matplotlib is for whoever draws
with that.
"""

from __future__ import annotations

import base64
import io
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from a87lib.report.colours import INK, LINE
from a87lib.report.elements import Element
from a87lib.report.fonts import FAMILIES, FOLDER, IN_CHARTS
from a87lib.report.inline import Piece, escaped, inline

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Okabe and Ito (2008), "Color Universal Design": told apart with every common colour blindness.
# The yellow is left out: too faint on white.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#56B4E9", "#CC79A7", "#E69F00", "#4D4D4D")
WIDTH = 6.5  # inches: the text width of an A4 page with our margins

_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([\d.]+)(pt|px|)"[^>]*?\bheight="([\d.]+)(pt|px|)"', re.S)
_SIZE_TURNED = re.compile(
    r'<svg\b[^>]*?\bheight="([\d.]+)(pt|px|)"[^>]*?\bwidth="([\d.]+)(pt|px|)"', re.S
)
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "a87",
    "font.size": 9,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.linewidth": 0.8,
    "grid.color": LINE,
    "grid.linewidth": 0.6,
    "lines.linewidth": 1.8,
    "lines.markersize": 6,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "figure.constrained_layout.use": True,
}


@lru_cache
def families() -> list[str]:
    """Make matplotlib know our fonts and its own, and none of this machine.

    Then a chart looks the same everywhere, and matplotlib, which compares every font it knows with
    each size and weight that is asked for, has few to compare.
    """
    from matplotlib import font_manager, get_data_path

    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # bold of rare scripts
    manager = font_manager.fontManager
    own = get_data_path()
    manager.ttflist = [
        font for font in manager.ttflist if font.fname.startswith(own) and font.name not in FAMILIES
    ]
    for path in sorted(FOLDER.glob("*.ttf")):
        manager.addfont(path)
    return list(IN_CHARTS)


@contextmanager
def style() -> Iterator[None]:
    """The look of our charts, for code that draws with matplotlib's own functions."""
    import matplotlib as mpl
    from cycler import cycler

    look = {**_STYLE, "font.family": families(), "axes.prop_cycle": cycler(color=PALETTE)}
    with mpl.rc_context(look):
        yield


def drawing(height: float, width: float = WIDTH) -> Figure:
    """An empty matplotlib figure in our look; sizes in inches. Draw within `with style():`."""
    from matplotlib.figure import Figure

    with style():
        return Figure(figsize=(width, height))


def svg(figure: Figure | str) -> str:
    """The figure as SVG text, the same for the same figure; its words are drawn as outlines."""
    if isinstance(figure, str):
        return figure
    buffer = io.StringIO()
    with style():
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close(figure)  # or the notebook shows it a second time
    return buffer.getvalue()


def figure(drawn: Figure | str, caption: Piece, alt: str, table: Element | None = None) -> Element:
    """A chart with its caption, its description in words and the table of its data.

    drawn: a matplotlib figure, or SVG text with width and height. alt: what the chart shows, in
    the reader's language, for those who do not see it (PDF/UA refuses a figure without). table:
    the data behind the chart, from `table(...)`: folded away in HTML, printed in PDF and DOCX.
    """
    if not alt.strip():
        raise ValueError(f"figure {inline(caption).html!r} has no alternative text")
    image = svg(drawn)
    width, height = size(image)
    source = base64.b64encode(image.encode()).decode()
    data = f'<div class="data">{table.html}</div>' if table is not None else ""
    return Element(
        f'<figure><img src="data:image/svg+xml;base64,{source}" alt="{escaped(alt)}"'
        f' width="{width:.0f}" height="{height:.0f}">'
        f"<figcaption>{inline(caption).html}</figcaption></figure>{data}"
    )


def size(image: str) -> tuple[float, float]:
    """Width and height of an SVG in CSS pixels. Raises ValueError where it does not say."""
    found = _SIZE.search(image)
    turned = None if found else _SIZE_TURNED.search(image)
    match = found or turned
    if match is None:
        raise ValueError("the SVG of a figure must state its width and height in pt or px")
    first, second = (
        float(match[place]) * (4 / 3 if match[place + 1] == "pt" else 1) for place in (1, 3)
    )
    return (first, second) if found else (second, first)
