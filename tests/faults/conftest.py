"""Reviews to do harm to: each built once, then copied."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from forked import Forked
from support import PROTOCOL, TITLES

Copy = Callable[[Path], Forked]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def said(root: Path) -> dict[str, list[dict[str, Any]]]:
    """What each ledger says, in order, but for when: ids and times differ from one try to the next."""
    found = {}
    for path in sorted((root / "screening").rglob("*.jsonl")):
        lines = sorted((json.loads(line) for line in path.read_bytes().splitlines()), key=lambda line: str(line["id"]))
        found[path.name] = [{k: v for k, v in line.items() if k not in ("id", "at", "prev", "hash")} for line in lines]
    return found


def state(review: Forked) -> dict[str, Any]:
    """All that a command may leave behind, but for the index and the ids of events."""
    return {"queries": tree(review.root / "queries"), "said": said(review.root), "reports": tree(review.reports)}


def litter(root: Path) -> list[str]:
    return [str(p) for p in root.rglob("*") if p.name.endswith(".tmp")]


@pytest.fixture(scope="session")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """begun: records of two sources in and run; decided: AB's screening too; done: finished."""
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
    review("run")
    review.decide("AB", dict.fromkeys(TITLES[:2], "include"))
    review.table("votes.csv", [{"title": t, "verdict": "exclude" if n % 2 else "include"} for n, t in enumerate(TITLES)])
    review("run")
    return {"begun": root, "done": done.root}


@pytest.fixture
def begun(bases: dict[str, Path], tmp_path: Path) -> Copy:
    """Makes copies of the review that is begun, each in a folder of its own."""
    return lambda to: copied(bases["begun"], to)


@pytest.fixture
def done(bases: dict[str, Path], tmp_path: Path) -> Forked:
    """A copy of the finished review."""
    return copied(bases["done"], tmp_path / "done")


def copied(base: Path, to: Path) -> Forked:
    shutil.copytree(base, to)
    return Forked(to)
