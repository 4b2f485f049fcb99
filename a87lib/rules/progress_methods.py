"""Three ways to measure progress towards a target, as plain arithmetic.

Every method takes the baseline (time, value), the latest point (time, value) and the target (year,
value); a split survey year is placed at its middle (2018/19 is 2018.5). A method that cannot be
worked out returns None; zero is a value like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True, slots=True)
class Path:
    """Baseline, latest point and target of a series; values in the indicator's unit."""

    base_time: float
    base: float
    time: float
    value: float
    target_year: float
    target: float


def linear(path: Path) -> float | None:
    """Actual change over the change that a straight line to the target asks for by that time.

    1 is exactly on the line. After the target year the whole change is asked for (at once where the
    baseline is no earlier). None where the baseline is the target already, or no time has passed.
    """
    required = path.target - path.base
    passed, given = path.time - path.base_time, path.target_year - path.base_time
    if required == 0 or passed <= 0:
        return None
    share = min(1.0, passed / given) if given > 0 else 1.0
    return (path.value - path.base) / (required * share)


def un_2023(path: Path) -> float | None:
    """Share of the required change reached by the target year if the growth so far goes on.

    Source: UN Statistics Division, progress chart of 2023: v_e = v_t (1 + CAGR)^(T - t) and
    r = (v_e - v_b) / (v_T - v_b). After the target year v_e is v_t. None where the growth rate
    does not exist (a baseline of zero, a change of sign) or the baseline is the target.
    """
    if path.base <= 0 or path.value < 0 or path.target == path.base or path.time <= path.base_time:
        return None
    growth = (path.value / path.base) ** (1 / (path.time - path.base_time))
    expected = path.value * growth ** max(0.0, path.target_year - path.time)
    ratio = (expected - path.base) / (path.target - path.base)
    return ratio if isfinite(ratio) else None


def cagr_ratio(path: Path, zero_stand_in: float) -> float | None:
    """Actual over required compound annual growth rate (optional method).

    It breaks at zero: a target or a value of zero is replaced by `zero_stand_in`. None where a
    rate does not exist, or none is required.
    """
    base, value, target = (each or zero_stand_in for each in (path.base, path.value, path.target))
    if min(base, value, target) < 0 or min(path.time, path.target_year) <= path.base_time:
        return None
    actual = (value / base) ** (1 / (path.time - path.base_time)) - 1
    required = (target / base) ** (1 / (path.target_year - path.base_time)) - 1
    return actual / required if required else None
