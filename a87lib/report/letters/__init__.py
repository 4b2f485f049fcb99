"""Letters and records: each a thin notebook over this package.

    from a87lib.report import letters
    this = letters.opened("status-notice", "2025-12-15", country="QMA", cycle=2025, language="fr")
    letters.head(this)
    letters.body(this)
    letters.foot(this)

A letter shows what its reader may see, and nothing else. Where nothing on file gives ground for it,
it is refused: nobody is told of a decision that is not on file.
"""

from a87lib.report.letters.body import body
from a87lib.report.letters.layout import foot, head
from a87lib.report.letters.opening import Letter, opened
from a87lib.report.letters.parameters import KINDS

__all__ = ["KINDS", "Letter", "body", "foot", "head", "opened"]
