"""Drafts of assessments, conclusions, comments and replies: autosaved, never entries.

What is saved is checked for its form only; whether it is complete is asked when it is delivered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from a87lib.desk.acting import Acting
from a87lib.desk.permissions import require
from a87lib.desk.reviewing.texts import kept
from a87lib.problems import problem
from a87lib.register import Register
from a87lib.register.draft_store import drafts_of
from a87lib.register.drafts import Draft, Key

Part = Literal["assessment", "conclusion", "comments", "reply"]
VERBS: Mapping[Part, str] = {
    "assessment": "assess",
    "conclusion": "conclude",
    "comments": "comment",
    "reply": "reply",
}
"""What somebody must be allowed to do to keep a draft of it."""
OWN: tuple[Part, ...] = ("assessment",)
"""What each person drafts alone; the others are shared by those who may."""
LONGEST = 400_000


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft as it is kept: `version` 0 where there is none yet."""

    content: Mapping[str, Any]
    version: int
    saved_at: datetime | None = None
    saved_by: str = ""


def save(
    on: Register,
    acting: Acting,
    country: str,
    cycle: int,
    part: Part,
    content: Mapping[str, Any],
    version: int,
) -> int:
    """Saves a draft last seen at `version` (0: none): its new version.

    Raises Overtaken (a Problems with `yours`, `stored`, `difference`) where it was saved meanwhile.
    """
    require(on, acting, VERBS[part], country, cycle)
    text = json.dumps(kept(content), ensure_ascii=False, sort_keys=True, indent=1)
    if len(text) > LONGEST:
        raise problem("draft_too_long", found=len(text), most=LONGEST)
    key = key_of(acting, country, cycle, part)
    return drafts_of(on).save(key, text, version, acting.person)


def load(on: Register, acting: Acting, country: str, cycle: int, part: Part) -> Saved:
    """The draft as it was saved last; after a refresh of the page this is what was written."""
    require(on, acting, VERBS[part], country, cycle)
    return saved(drafts_of(on).load(key_of(acting, country, cycle, part)))


def drop(on: Register, acting: Acting, country: str, cycle: int, part: Part) -> None:
    """Throws a draft away."""
    require(on, acting, VERBS[part], country, cycle)
    drafts_of(on).drop(key_of(acting, country, cycle, part))


def key_of(acting: Acting, country: str, cycle: int, part: Part) -> Key:
    """Under which name a draft is kept: a person's own, or the one that all share."""
    return Key(acting.principal if part in OWN else "", country, cycle, part)


def saved(draft: Draft | None) -> Saved:
    """A draft with its content read."""
    if draft is None:
        return Saved({}, 0)
    return Saved(json.loads(draft.text), draft.version, draft.saved_at, draft.saved_by)
