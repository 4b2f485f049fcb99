"""Labels over several lines, so that long titles stay readable beside a chart."""

from __future__ import annotations

import textwrap


def wrapped(text: str, letters: int, lines: int) -> str:
    """The text in lines of about so many letters; what does not fit ends in an ellipsis."""
    return "\n".join(textwrap.wrap(text, letters, max_lines=lines, placeholder=" …"))
