"""Fixtures for all tests: small reviews at three points of their life."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from forked import Forked
from hypothesis import settings
from support import PROJECT, PROTOCOL, SHARED, THREADED, TITLES, Small, ris, threaded

__all__ = ["PROJECT", "PROTOCOL", "SHARED", "TITLES", "Small", "ris"]

settings.register_profile("project", deadline=None)  # no test depends on how fast the machine is
settings.register_profile("quick", settings.get_profile("project"), max_examples=30)


def pytest_configure(config: pytest.Config) -> None:
    """Where the slow tests are left out, fewer examples are tried too, where a test names no number of its own."""
    settings.load_profile("quick" if "not slow" in config.option.markexpr else "project")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many a test waits for a process of its own."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What works with polars comes last: a process that has its threads can't be forked (see `support.threaded`)."""
    items.sort(key=lambda item: item.path.parent.name in ("dedup", "report") or item.path.stem == "test_store")


def pytest_collection_finish() -> None:
    THREADED[:] = [threaded()]
    gc.collect()
    gc.freeze()  # what is loaded by now stays: no child and no later collection goes through it again


@pytest.fixture(scope="session", autouse=True)
def _nobodys_data(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the person at this machine has installed (MeSH) or set (a proxy, a key of NCBI) changes no test."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy") or name.startswith("NCBI_")]:
        del os.environ[name]
    os.environ["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A small review with nothing in it yet."""
    return begin(tmp_path)


@pytest.fixture
def filled(tmp_path: Path, filled_once: Path) -> Small:
    """A locked small review with its records in."""
    return copy(filled_once, tmp_path)


@pytest.fixture
def finished(tmp_path: Path, finished_once: Path) -> Small:
    """A small review, done."""
    return copy(finished_once, tmp_path)


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    review = begin(tmp_path_factory.mktemp("filled"))
    review("protocol", "lock")
    review.bring_in()
    return review.root


@pytest.fixture(scope="session")
def finished_once(tmp_path_factory: pytest.TempPathFactory, filled_once: Path) -> Path:
    review = copy(filled_once, tmp_path_factory.mktemp("finished"))
    review.finish()
    return review.root


def begin(root: Path) -> Small:
    (root / "protocols").mkdir()
    (root / "protocols" / "small.yaml").write_text(PROTOCOL, encoding="utf-8")
    return Forked(root)


def copy(made: Path, to: Path) -> Small:
    shutil.copytree(made, to, dirs_exist_ok=True)
    return Forked(to)


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """A path below the shared data; the test is skipped where it is not."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"the shared data are not here ({name})")
        return path

    return find
