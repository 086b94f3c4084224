"""Reviews to do harm to: each built once, then copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from forked import Forked
from harm import Copy, copied
from support import PROTOCOL, TITLES


@pytest.fixture(scope="session")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """begun: records of two sources in, AB decided on two; done: finished."""
    root = tmp_path_factory.mktemp("bases") / "begun"
    (root / "protocols").mkdir(parents=True)
    (root / "protocols" / "small.yaml").write_text(PROTOCOL, encoding="utf-8")
    review = Forked(root)
    review("protocol", "lock")
    review.bring_in()
    review("run")
    done = Forked(root.with_name("done"))
    shutil.copytree(root, done.root)
    done.finish()
    shutil.rmtree(root / "queries" / "small" / "beta")
    shutil.rmtree(root / ".review")  # or the next run would miss what an earlier one saw
    review("run")
    review.decide("AB", dict.fromkeys(TITLES[:2], "include"))
    review.table("votes.csv", [{"title": t, "verdict": "exclude" if n % 2 else "include"} for n, t in enumerate(TITLES)])
    review("run")
    return {"begun": root, "done": done.root}


@pytest.fixture
def begun(bases: dict[str, Path]) -> Copy:
    """Makes copies of the review that is begun, each in a folder of its own."""
    return lambda to: copied(bases["begun"], to)


@pytest.fixture
def done(bases: dict[str, Path], tmp_path: Path) -> Forked:
    """A copy of the finished review."""
    return copied(bases["done"], tmp_path / "done")
