"""The golden notebooks run on a fresh register of the exercise."""

from registers import pytest_runtest_protocol

__all__ = ["pytest_runtest_protocol"]
