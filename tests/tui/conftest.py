"""What the tests of the screens share."""

from __future__ import annotations

import pytest
from textual import _wait


@pytest.fixture(autouse=True)
def _brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look more often whether the screen is at rest: the library's fiftieth of a second is most of a test's time."""
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 1 / 250)
    monkeypatch.setattr(_wait, "SLEEP_IDLE", 1 / 2500)
