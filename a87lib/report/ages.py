"""Age groups as a reader says them."""

from __future__ import annotations

import re

from a87lib.language import say

_SPAN = re.compile(r"(\d+)-(\d+)( months)?")


def age_group(code: str, language: str) -> str:
    """The words of an age group: `5-17` (ends included), `6-59 months`, `<18`, `18+` or `15`."""
    span = _SPAN.fullmatch(code)
    if span is not None:
        key = "age.months" if span[3] else "age.span"
        return say(key, language, first=span[1], last=span[2])
    if code.startswith("<"):
        return say("age.under", language, age=code[1:])
    if code.endswith("+"):
        return say("age.from", language, age=code[:-1])
    return say("age.one", language, age=code)
