"""A text that is saved as it is written: after a moment's rest, and before the page is left."""

from __future__ import annotations

import atexit
import weakref
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from threading import RLock, Timer
from time import monotonic
from typing import Any

import traitlets as t
from IPython import get_ipython

from a87lib import register
from a87lib.desk import merging
from a87lib.desk.acting import Acting
from a87lib.desk.merging import Clash
from a87lib.desk.reviewing import drafts
from a87lib.desk.reviewing.drafts import Part
from a87lib.problems import Problem, Problems
from a87lib.register.drafts import Overtaken

REST, LONGEST_WAIT = 0.6, 2.5  # seconds without a key, and with keys, until what is written is kept
TRIES = 4  # others may save between two tries of ours


class Drafting(t.HasTraits):
    """A draft open on a screen.

    content: as it stands on the screen. state: `empty`, `writing` (not all of it is saved),
    `saved`, `clash` (another one changed the same item; nothing of ours is lost or overwritten
    until somebody chooses), `failed` (problems say why).
    """

    content = t.Dict()
    state = t.Enum(("empty", "writing", "saved", "clash", "failed"), "empty")
    saved_at = t.Instance(datetime, allow_none=True)
    saved_by = t.Unicode()
    clashes = t.Tuple()
    problems = t.Tuple()

    def __init__(self, where: str, acting: Acting, country: str, cycle: int, part: Part) -> None:
        super().__init__()
        self._where, self._acting = where, acting
        self._about = (country, cycle, part)
        self._base: Mapping[str, Any] = {}
        self._version = 0
        self._timer: Timer | None = None
        self._since = 0.0
        self._lock = RLock()
        _LEFT.add(self)
        _at_the_end(get_ipython())

    def read(self, instead: Mapping[str, Any] | None = None) -> None:
        """Takes what is kept, unless something here is not saved yet.

        instead: what to start from where no draft is kept.
        """
        with self._lock:
            if self.state in ("writing", "clash", "failed"):
                return
            with register.open(self._where) as on:
                self._take(drafts.load(on, self._acting, *self._about))
            if not self._version and instead:
                self.content = dict(instead)

    def put(self, item: str, fields: Mapping[str, Any] | None) -> None:
        """Changes fields of an item (None: removes it); it is saved a moment later."""
        with self._lock:
            held = merging.items_of(self.content).get(item, {})
            changed = None if fields is None else {**held, **fields}
            if changed == held:
                return
            self.content = merging.settled(self.content, item, changed)
            self._later()

    def _later(self) -> None:
        if self.state != "clash":
            if self.state != "writing":
                self._since = monotonic()
            self.state = "writing"
        if self._timer is not None:
            self._timer.cancel()
        left = self._since + LONGEST_WAIT - monotonic()
        self._timer = Timer(max(0.05, min(REST, left)), self.save)
        self._timer.daemon = True
        self._timer.start()

    def save(self) -> bool:
        """Saves now what is not saved yet: whether everything here is."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            if self.state in ("empty", "saved"):
                return True
            if self.clashes:
                return False
            try:
                for _ in range(TRIES):
                    if self._saved() or self.clashes:
                        break
            except Problems as refused:
                self._failed(refused.problems)
            return self.state == "saved"

    def kept(self) -> bool:
        """Saves all that stands here, also what was only taken over: whether it is kept."""
        with self._lock:
            if self.state == "empty" and self.content:
                self.state = "writing"
            return self.save()

    def _saved(self) -> bool:
        with register.open(self._where) as on:
            content = dict(self.content)
            try:
                self._version = drafts.save(on, self._acting, *self._about, content, self._version)
            except Overtaken:
                self._merge(drafts.load(on, self._acting, *self._about), content)
                return False
            self._base = content
            self.saved_at, self.saved_by = datetime.now(UTC), self._acting.person
            self.problems, self.state = (), "saved"
            return True

    def _merge(self, stored: drafts.Saved, mine: Mapping[str, Any]) -> None:
        """Takes over what others changed; where they changed the same as we did, asks."""
        if stored.version:
            found = merging.merged(self._base, mine, stored.content)
            self._base = stored.content
            self.saved_at, self.saved_by = stored.saved_at, stored.saved_by
            self.content, self.clashes = found.content, found.clashes
            self.state = "clash" if found.clashes else "writing"
        else:  # delivered or thrown away meanwhile: what is here is kept as a new draft
            self._base = {}
        self._version = stored.version

    def settle(self, chosen: Mapping[str, str]) -> None:
        """Ends clashes: for each item `mine`, `stored` or `both`; then saves."""
        with self._lock:
            for clash in self.clashes:
                what = chosen.get(clash.item, "both")
                taken = {"mine": clash.mine, "stored": clash.stored, "both": merging.both(clash)}
                self.content = merging.settled(self.content, clash.item, taken[what])
            self.clashes, self.state = (), "writing"
            self.save()

    def forget(self) -> None:
        """The draft was delivered: nothing is left to save."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self.state, self.clashes, self.problems = "empty", (), ()
            self.read()

    def _take(self, stored: drafts.Saved) -> None:
        self._base, self._version = stored.content, stored.version
        self.content = dict(stored.content)
        self.saved_at, self.saved_by = stored.saved_at, stored.saved_by
        self.state = "saved" if stored.version else "empty"

    def _failed(self, problems: tuple[Problem, ...]) -> None:
        self.problems, self.state = problems, "failed"


_LEFT: weakref.WeakSet[Drafting] = weakref.WeakSet()


@cache
def _at_the_end(shell: object) -> None:
    """Has everything saved before this kernel ends: a pre-forked one leaves no later moment."""
    if isinstance(shell, t.HasTraits) and shell.has_trait("exit_now"):
        shell.observe(lambda _: leave(), "exit_now")


@atexit.register
def leave() -> None:
    """Saves what was written in the last moment before the page was left."""
    for drafting in list(_LEFT):
        drafting.save()


__all__ = ["Clash", "Drafting", "leave"]
