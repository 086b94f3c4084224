"""Fixtures of the report's tests."""

from __future__ import annotations

import pytest
from rich_review import rich
from support import Small


@pytest.fixture(scope="session")
def rich_once(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A review with everything that a report can show, rendered. To read, not to change."""
    return rich(tmp_path_factory.mktemp("rich"))
