"""The value of a dated parameter on a day, however early."""

from __future__ import annotations

from datetime import date
from typing import Any

from a87lib.framework import Framework


def in_force(framework: Framework, name: str, day: date) -> Any:
    """The value on a day; on a day before its first one the first value (events that old)."""
    return framework.value(name, max(day, framework.parameters[name].values[0].since))
