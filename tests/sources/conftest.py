"""Fixtures for the live sources: a service on loopback, a review that searches it, and a clock that nobody waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sources.helpers import EMAIL, KEY, STRATEGY, Clock
from sources.services import SERVICES, Service
from support import PROTOCOL

from review.search.live import LiveSearch
from review.search.searchable import planned
from review.sources.base import Policy, Secret, Settings
from review.sources.registry import by_name
from review.workspace import Workspace, find


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def serve() -> Iterator[Callable[..., Any]]:
    """Start a service; it stops with the test."""
    with ExitStack() as stack:
        yield lambda service: stack.enter_context(service.running())


@pytest.fixture
def settings(tmp_path: Path, clock: Clock) -> Callable[..., Settings]:
    def make(service: Service, **more: Any) -> Settings:
        told: dict[str, Any] = {
            "email": EMAIL, "api_key": Secret(KEY), "base_url": service.base_url, "rate": 0.0, "folder": tmp_path / "rate",
            "clock": clock, "sleep": clock.sleep, "policy": Policy(connect=2, silence=1),
        }  # fmt: skip
        return Settings(**(told | more))

    return make


@pytest.fixture
def space(tmp_path: Path) -> Callable[..., Workspace]:
    """A review whose one source is a live one, with a strategy."""

    def make(kind: str, strategy: str = STRATEGY) -> Workspace:
        root = tmp_path / "work"
        (root / "protocols").mkdir(parents=True, exist_ok=True)
        text = PROTOCOL.replace(
            "- {id: alpha, name: Alpha, kind: database}",
            f"- {{id: alpha, name: {by_name(kind).label}, kind: database, strategy: alpha.txt}}",
        )
        (root / "protocols" / "small.yaml").write_text(text, encoding="utf-8")
        (root / "alpha.txt").write_text(strategy, encoding="utf-8")
        return find("", None, root)

    return make


@pytest.fixture
def search(space: Callable[..., Workspace], settings: Callable[..., Settings]) -> Callable[..., LiveSearch]:
    """A search of the review, as the command makes it; each call is a new process, so to say."""

    def make(service: Service, strategy: str = STRATEGY, **more: Any) -> LiveSearch:
        kind = next(name for name, made in SERVICES.items() if isinstance(service, made))  # type: ignore[arg-type]
        place = space(kind, strategy)
        plan, found = planned(place, "alpha")[0]
        return LiveSearch(place, plan, found.make(settings(service, **more)))

    return make
