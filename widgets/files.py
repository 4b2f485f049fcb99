"""Files that a screen hands out: the link that saves them, and their size in words."""

from __future__ import annotations

import base64
from html import escape

from a87lib.language import format_number
from widgets.controls import said

LARGEST = 20 * 2**20  # bytes that a screen hands out at once
UNTYPED = "application/octet-stream"


def kilobytes(data: bytes, language: str) -> str:
    """How large a file is, in kB, rounded up."""
    return format_number(-(-len(data) // 1024), language)


def anchor(name: str, data: bytes, words: str, media_type: str = UNTYPED) -> str:
    """The link with these words that saves bytes under a name."""
    held = base64.b64encode(data).decode()
    address = f"data:{media_type};base64,{held}"
    return f'<a download="{escape(name)}" href="{address}">{escape(words)}</a>'


def saving(name: str, data: bytes, language: str) -> str:
    """The link that saves a file that was made, or why there is none."""
    if len(data) > LARGEST:
        return f'<p class="a87-refused">{escape(said("making.too_large", language))}</p>'
    words = said("making.save", language, name=name, size=kilobytes(data, language))
    return f'<p class="a87-same">{anchor(name, data, words)}</p>'
