"""All cases that must be refused or noted, in the order of TRUST's list."""

from corpus import (  # noqa: F401 - each adds its own
    bad_container,
    bad_dates,
    bad_identity,
    bad_numbers,
    bad_structure,
)
from corpus.case import CASES

__all__ = ["CASES"]
