"""What a review depends on beside its notebook and parameters, so that a rerun does what is new."""

from __future__ import annotations

import hashlib

from a87lib.report.review.opening import Review


def inputs(this: Review) -> str:
    """A digest of the entries read, the notice and the framework."""
    parts = (this.digest, this.notice, this.framework.digest)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
