"""What the processes of a batch have in common: read once, before they are forked (see `crew`).

Importing this reads catalogues and fonts. Nothing else imports it.
"""

from a87lib.language import LANGUAGES, keys
from a87lib.report import making, pdf
from a87lib.report.briefing import packing

__all__ = ["making", "packing"]

for _language in LANGUAGES:
    keys(_language)
pdf.fonts()
