from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tools import BASE, explained

from review.model.record import Record

if TYPE_CHECKING:
    from review.dedup.explain import Explanation


@pytest.fixture
def made() -> Callable[..., Record]:
    """A record like BASE with the given changes."""

    def make(key: str = "a:1", **changes: object) -> Record:
        return Record(key=key, **{**BASE, **changes})  # type: ignore[arg-type]  # the fields vary by test

    return make


@pytest.fixture
def judged(made: Callable[..., Record]) -> Callable[..., Explanation]:
    """The decision on two variants of BASE."""

    def judge(first: dict[str, object], second: dict[str, object]) -> Explanation:
        return explained(made("a:1", **first), made("b:2", **second))

    return judge
