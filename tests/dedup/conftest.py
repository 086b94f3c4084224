from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tools import BASE, explained, explained_all

from review.model.record import Record

if TYPE_CHECKING:
    from review.dedup.explain import Explanation


@pytest.fixture
def made() -> Callable[..., Record]:
    """A record like BASE with the given changes."""

    def make(key: str = "a:1", **changes: object) -> Record:
        return _variant(key, changes)

    return make


@pytest.fixture(scope="session")
def _at_once(request: pytest.FixtureRequest) -> dict[str, Explanation]:
    """The decisions on all cases that are parameters, in either order: hundreds take hardly longer than one."""
    asked: dict[str, tuple[Record, Record]] = {}
    for item in request.session.items:
        given = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        if "second" in given and "judged" in getattr(item, "fixturenames", ()):
            first, second = given.get("first", {}), given["second"]
            for one, other in ((first, second), (second, first)):
                asked.setdefault(repr((one, other)), (_variant(f"a:{len(asked)}", one), _variant(f"b:{len(asked)}", other)))
    return dict(zip(asked, explained_all(list(asked.values())), strict=True))


def _variant(key: str, changes: dict[str, object]) -> Record:
    return Record(key=key, **{**BASE, **changes})  # type: ignore[arg-type]  # the fields vary by test


@pytest.fixture
def judged(_at_once: dict[str, Explanation]) -> Callable[..., Explanation]:
    """The decision on two variants of BASE."""

    def judge(first: dict[str, object], second: dict[str, object]) -> Explanation:
        return _at_once.get(repr((first, second))) or explained(_variant("a:1", first), _variant("b:2", second))

    return judge
