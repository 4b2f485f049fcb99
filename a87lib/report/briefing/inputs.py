"""What a briefing depends on beside its notebook and parameters."""

from __future__ import annotations

import hashlib

from a87lib.report.briefing.context import TABLE
from a87lib.report.briefing.opening import Briefing


def inputs(this: Briefing) -> str:
    """A digest of everything read. The members' edition has none: it would change with entries
    that members may not see, and so tell of them."""
    if not this.internal:
        return ""
    parts = (this.sources, this.notice, this.framework.digest, TABLE.read_text(encoding="utf-8"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
