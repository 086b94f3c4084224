"""The same inputs give the same bytes of every report, in any order, in any folder, on any machine."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from forked import Forked
from harm import copied, tree
from support import Small

pytestmark = pytest.mark.slow


def test_without_the_index(done: Forked) -> None:
    before = tree(done.reports)
    shutil.rmtree(done.root / ".review")
    shutil.rmtree(done.reports)
    done("run")
    assert tree(done.reports) == before


def test_in_another_folder(done: Forked, tmp_path: Path) -> None:
    other = copied(done.root, tmp_path / "elsewhere ü" / "deeper")
    shutil.rmtree(other.root / ".review")
    shutil.rmtree(other.reports)
    other("run")
    assert tree(other.reports) == tree(done.reports)


def test_files_renamed_and_imported_in_another_order(done: Forked, tmp_path: Path) -> None:
    other = Forked(tmp_path / "other")
    for folder in ("protocols", "screening"):
        shutil.copytree(done.root / folder, other.root / folder)
    for n, source in enumerate(("web", "beta", "alpha")):
        shutil.copy(done.root / f"{source}.ris", other.root / f"{n} {source} Export (1).TXT")
        other("import", f"{n} {source} Export (1).TXT", "--source", source, "--date", "2025-05-01")
        other("run")
    assert tree(other.reports) == tree(done.reports)


def test_several_files_of_one_search_in_any_order(done: Forked, tmp_path: Path) -> None:
    found = []
    for n, order in enumerate(((0, 1, 2), (2, 0, 1))):
        other = Forked(tmp_path / f"order-{n}")
        for folder in ("protocols", "screening"):
            shutil.copytree(done.root / folder, other.root / folder)
        for i in order:
            source = ("alpha", "beta", "web")[i]
            name = f"{'zyx'[i] if n else i}.ris"
            shutil.copy(done.root / f"{source}.ris", other.root / name)
            other("import", name, "--source", "alpha", "--date", "2025-05-01")
        other("run")
        found.append(tree(other.reports))
    assert found[0] == found[1]


def test_ledgers_with_their_lines_in_another_order(done: Forked) -> None:
    before = tree(done.reports)
    for path in (done.root / "screening").rglob("*.jsonl"):
        path.write_bytes(b"\r\n".join(reversed(path.read_bytes().splitlines())) + b"\r\n")
    done("run")
    assert tree(done.reports) == before


@pytest.mark.parametrize(
    "env",
    [
        {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {
            "TZ": "America/St_Johns",
            "LANG": "tr_TR.UTF-8",
            "LC_ALL": "tr_TR.UTF-8",
            "PYTHONHASHSEED": "2",
            "PYTHONUTF8": "0",
            "COLUMNS": "40",
        },
    ],
    ids=lambda env: env["TZ"],
)
def test_with_other_time_zone_language_and_hash_seed(done: Forked, env: dict[str, str]) -> None:
    before = tree(done.reports)
    shutil.rmtree(done.root / ".review")
    shutil.rmtree(done.reports)
    Small(done.root)("run", env=env)
    assert tree(done.reports) == before


def test_at_another_time(done: Forked) -> None:
    """Neither the clock nor the files' times are in the reports."""
    before = tree(done.reports)
    shutil.rmtree(done.root / ".review")
    for path in done.root.rglob("*"):
        os.utime(path, (1e9, 1e9))
    (done.reports / "report.html").unlink()

    def another_time() -> None:
        import time

        time.time = lambda: 4e9  # type: ignore[assignment]

    done("run", fault=another_time)
    assert tree(done.reports) == before
