"""What the second of two people is told: their text, the stored text, and the difference."""

from __future__ import annotations

import difflib
import json

from a87lib.problems import Problem, Problems
from a87lib.register.rows import NewEntry, StoredEntry


class Conflict(Problems):
    """Somebody was first: the entry to be corrected is corrected already, or the slot is taken.

    yours: what was to be recorded, as text. stored: what is on file; empty where the writer may
    not see it. number: the entry on file (0 where the writer may not see it).
    """

    def __init__(
        self, code: str, new: NewEntry, first: StoredEntry | None, subject: object
    ) -> None:
        self.yours = _new_text(new)
        self.stored = "" if first is None else stored_text(first)
        self.number = 0 if first is None else first.no
        args: dict[str, object] = {"subject": subject, "first": self.number}
        hidden = f"{code}_hidden" if first is None else code
        super().__init__([Problem(hidden, new.where, self.difference, args)])

    @property
    def difference(self) -> str:
        """The stored text against the new one as a unified diff; empty where it may not be seen."""
        if not self.stored:
            return ""
        old, new = self.stored.splitlines(), self.yours.splitlines()
        return "\n".join(difflib.unified_diff(old, new, "on file", "yours", n=2, lineterm=""))


def stored_text(entry: StoredEntry) -> str:
    """An entry on file as lines that people can compare."""
    when = entry.happened_on.isoformat()
    return _text(entry.kind, when, entry.precision, entry.withdrawn, entry.source, entry.body_json)


def _new_text(new: NewEntry) -> str:
    when = new.happened_on.isoformat()
    return _text(new.kind, when, new.precision, new.withdrawn, new.source, new.body_json)


def _text(
    kind: str, when: str, precision: str, withdrawn: bool, source: str, body: str | None
) -> str:
    lines = [f"kind: {kind}", f"happened_on: {when} ({precision})"]
    lines += [f"source: {source}"] if source else []
    lines += ["withdrawn: true"] if withdrawn else []
    content = "(erased)" if body is None else _indented(body)
    return "\n".join([*lines, content])


def _indented(body: str) -> str:
    return json.dumps(json.loads(body), ensure_ascii=False, indent=2, sort_keys=True)
