"""Cases a lawyer can read: a few facts, a day, and what must be found."""

from a87lib.cases.model import Case, Expectation
from a87lib.cases.reading import read_cases
from a87lib.cases.running import Check, run, run_case

__all__ = ["Case", "Check", "Expectation", "read_cases", "run", "run_case"]
