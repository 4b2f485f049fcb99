"""What all browser tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pages import chromium
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; one a module, for while one is open nothing else may run an event loop."""
    with chromium() as opened:
        yield opened
