"""What the tests of this folder share: commands to disturb, copies to disturb them on, and what is compared after."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from forked import Forked

Copy = Callable[[Path], Forked]

# FAULTS=every tries each point, in some minutes; without it a few are tried, the same ones each time.
EVERY = os.environ.get("FAULTS") == "every"
COMMANDS = {
    "import": ("import", "beta.ris", "--source", "beta", "--date", "2025-05-01"),
    "run": ("run",),
    "run after more records": ("run",),
    "decisions": ("decisions", "import", "votes.csv", "--as", "AB"),
}


def copied(base: Path, to: Path) -> Forked:
    shutil.copytree(base, to)
    return Forked(to)


def ready(begun: Copy, to: Path, command: str) -> Forked:
    review = begun(to)
    if command == "run":
        shutil.rmtree(review.root / ".review")
        shutil.rmtree(review.reports)
    elif command == "run after more records":
        review(*COMMANDS["import"])
    return review


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def said(root: Path) -> dict[str, list[dict[str, Any]]]:
    """What each ledger says, in order, but for when: ids and times differ from one try to the next."""
    found = {}
    for path in sorted((root / "screening").rglob("*.jsonl")):
        lines = sorted((json.loads(line) for line in path.read_bytes().splitlines()), key=lambda line: str(line["id"]))
        found[path.relative_to(root).as_posix()] = [
            {k: v for k, v in line.items() if k not in ("id", "at", "prev", "hash")} for line in lines
        ]
    return found


def state(review: Forked) -> dict[str, Any]:
    """All that a command may leave behind, but for the index and the ids of events."""
    return {"queries": tree(review.root / "queries"), "said": said(review.root), "reports": tree(review.reports)}


def litter(root: Path) -> list[str]:
    return [str(p) for p in root.rglob("*") if p.name.endswith(".tmp")]
