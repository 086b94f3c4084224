"""Fixtures for all tests: small reviews at three points of their life."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from support import PROJECT, PROTOCOL, SHARED, TITLES, Small, ris

__all__ = ["PROJECT", "PROTOCOL", "SHARED", "TITLES", "Small", "ris"]

settings.register_profile("project", deadline=None)  # no test depends on how fast the machine is
settings.load_profile("project")


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A small review with nothing in it yet."""
    (tmp_path / "protocols").mkdir()
    (tmp_path / "protocols" / "small.yaml").write_text(PROTOCOL, encoding="utf-8")
    return Small(tmp_path)


@pytest.fixture
def filled(small: Small) -> Small:
    """A locked small review with its records in."""
    small("protocol", "lock")
    small.bring_in()
    return small


@pytest.fixture
def finished(filled: Small) -> Small:
    """A small review, done."""
    filled.finish()
    return filled


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """A path below the shared data; the test is skipped where it is not."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"the shared data are not here ({name})")
        return path

    return find
