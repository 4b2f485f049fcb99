"""What stands where an erased entry said something."""

from __future__ import annotations

from a87lib.language import say


class Erased(str):
    """A text or code that was erased: what it is written as, and the word for it to a reader."""

    __slots__ = ()

    def say(self, language: str) -> str:
        """The word for it in the reader's language."""
        return say("framework.erased", language)


ERASED = Erased("–")
