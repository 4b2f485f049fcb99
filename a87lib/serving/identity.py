"""Who uses a screen, as its kernel knows it.

The server sets the environment of the kernel it starts for somebody; nothing that a browser sends
later can change it. Whoever decides what a person may see or do asks `current()`, never a widget.
"""

from __future__ import annotations

import getpass
import os
import re
from dataclasses import dataclass

MODE = "A87_SERVING"
USER = "A87_USER"
TEAM = "team"
ALONE = "alone"
NOBODY = "-"
"""The owner of every kernel where nobody signs in; not a possible id."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}")


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who is at the screen.

    id: the person's id in the register. alone: whether this is one person's own machine, where
    nobody signs in and the id is the name of the machine's account.
    """

    id: str
    alone: bool


class NoIdentity(RuntimeError):
    """A team's kernel that does not know for whom it runs: nothing may be shown or written."""


def is_id(text: str) -> bool:
    """Whether this can be a person's id: letters, digits and . _ @ + - in one word."""
    return _ID.fullmatch(text) is not None


def current() -> Somebody:
    """Who uses this kernel. Raises NoIdentity where a team's server did not say."""
    mode = os.environ.get(MODE, ALONE)
    if mode == ALONE:
        return Somebody(getpass.getuser(), alone=True)
    user = os.environ.get(USER, "")
    if mode != TEAM or not is_id(user):
        raise NoIdentity(f"{MODE}={mode!r} and {USER}={user!r} name nobody")
    return Somebody(user, alone=False)
