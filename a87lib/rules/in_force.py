"""The value of a dated parameter on the day of an event, however early."""

from __future__ import annotations

from datetime import date
from typing import Any

from a87lib.framework import Framework


def in_force(framework: Framework, name: str, day: date) -> Any:
    """The value on the day of an event; the first value for an event from before it.

    Facts may be older than the earliest text. Nothing is asked *as of* a day that old: the commands
    refuse it (`Framework.starts_on`).
    """
    return framework.value(name, max(day, framework.parameters[name].values[0].since))
