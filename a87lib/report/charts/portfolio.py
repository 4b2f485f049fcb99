"""How many countries have each sign: a bar each, with its counts written in it, as SVG text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from a87lib.report.charts.wrapping import wrapped
from a87lib.report.colours import INK

WIDTH, LEFT, ROW, BAR, KEY = 920, 330, 44, 26, 24
LETTERS = 42
FONT = "Noto Sans, Segoe UI, Helvetica Neue, Arial, sans-serif"
# State: fill, ink of the count, pattern. Colour only repeats what count and pattern say.
LOOKS: dict[str, tuple[str, str, str]] = {
    "yes": ("#8f1d1d", "white", ""),
    "open": ("#E69F00", INK, "lines"),
    "too_early": ("#bcd8ee", INK, ""),
    "no": ("#0a7a4b", "white", ""),
    "ask": ("white", INK, "dashed"),
    "not_applicable": ("#d5dbe1", INK, "dots"),
}
_PATTERNS = (
    '<defs><pattern id="lines" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="#E69F00"/>'
    '<rect width="1.5" height="6" fill="#fdf0da"/></pattern>'
    '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#d5dbe1"/><circle cx="3" cy="3" r="1" fill="#6b7680"/>'
    "</pattern></defs>"
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A sign, and how many countries are in each state (see LOOKS)."""

    label: str
    counts: Mapping[str, int]


def portfolio(bars: Sequence[Bar], words: Mapping[str, str]) -> str:
    """The figure. words: of each state. Raises ValueError without bars."""
    most = max((sum(bar.counts.values()) for bar in bars), default=0)
    if not most:
        raise ValueError("a portfolio needs at least one country")
    used = [state for state in LOOKS if any(bar.counts.get(state) for bar in bars)]
    keys = -(-len(used) // 3)
    top = keys * KEY + 12
    height = top + ROW * len(bars) + 4
    parts = [_key(used, words)]
    for place, bar in enumerate(bars):
        parts.append(_bar(bar, top + ROW * place, (WIDTH - LEFT - 8) / most))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}px" height="{height}px" '
        f'viewBox="0 0 {WIDTH} {height}" font-family="{FONT}" font-size="14" fill="{INK}">'
        f"{_PATTERNS}{''.join(parts)}</svg>"
    )


def _key(used: Sequence[str], words: Mapping[str, str]) -> str:
    parts = []
    for place, state in enumerate(used):
        x, y = (place % 3) * (WIDTH // 3), (place // 3) * KEY
        parts.append(_field(state, x + 1, y + 4, 22, 15))
        parts.append(f'<text x="{x + 32}" y="{y + 16}">{escape(words[state])}</text>')
    return "".join(parts)


def _bar(bar: Bar, y: int, unit: float) -> str:
    lines = wrapped(bar.label, LETTERS, 2).split("\n")
    middle = y + BAR / 2 + 5
    first = middle - 9 * (len(lines) - 1)
    parts = [
        f'<text x="{LEFT - 14}" y="{first + 18 * place:.1f}" text-anchor="end">'
        f"{escape(line)}</text>"
        for place, line in enumerate(lines)
    ]
    x = float(LEFT)
    for state in LOOKS:
        count = bar.counts.get(state, 0)
        if count:
            parts.append(_field(state, x, y, unit * count - 2, BAR))
            parts.append(_count(state, x + (unit * count - 2) / 2, middle, count))
            x += unit * count
    return "".join(parts)


def _count(state: str, x: float, y: float, count: int) -> str:
    fill, ink, pattern = LOOKS[state]
    ground = ""
    if pattern in ("lines", "dots"):
        ground = f'<rect x="{x - 11:.1f}" y="{y - 15:.1f}" width="22" height="20" fill="{fill}"/>'
    return (
        f'{ground}<text x="{x:.1f}" y="{y:.1f}" fill="{ink}" text-anchor="middle" '
        f'font-weight="700">{count}</text>'
    )


def _field(state: str, x: float, y: float, width: float, height: float) -> str:
    fill, _, pattern = LOOKS[state]
    painted = f"url(#{pattern})" if pattern in ("lines", "dots") else fill
    dash = ' stroke-dasharray="4 3"' if pattern == "dashed" else ""
    edge = "#4D4D4D" if pattern else fill
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{painted}" stroke="{edge}"{dash}/>'
    )
