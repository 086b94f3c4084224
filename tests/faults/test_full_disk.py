"""Full disks and folders that can't be written: a message, exit code 1, and every file whole."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import Any

import pytest
from forked import Forked
from harm import COMMANDS, EVERY, Copy, litter, ready, said, state, tree
from hooks import count, denied, full_from, small_files, small_index

pytestmark = pytest.mark.slow

TRUTH = ("protocols", "queries", "screening", "reports")


def files(review: Forked) -> dict[str, bytes]:
    return {
        f"{folder}/{name}": data for folder in TRUTH if (review.root / folder).exists() for name, data in tree(review.root / folder).items()
    }


class Disk:
    """Runs a command on a copy with a fault, and checks what it leaves behind."""

    def __init__(self, begun: Copy, tmp_path: Path, command: str) -> None:
        self.begun, self.tmp_path, self.command = begun, tmp_path, command
        self.words = COMMANDS[command]
        calm = ready(begun, tmp_path / "calm", command)
        self.before = files(calm)
        calm(*self.words)
        self.after = files(calm)
        calm("run")
        self.end = state(calm)

    def fails(self, fault: Any, says: str = "", must: bool = True) -> None:
        review = ready(self.begun, self.tmp_path / "full", self.command)
        end = review(*self.words, fault=fault, code=None)
        assert end.returncode in ((1,) if must else (0, 1)), end.stderr
        if end.returncode:
            assert end.stderr.startswith("review: ")
            assert says in end.stderr
        assert not litter(review.root), end.stderr
        now = files(review)
        assert self.before.keys() <= now.keys() or self.command == "run"
        for name, data in now.items():
            # Each file is as it was or as it was to be: a ledger's ids are new, so there its beginning is compared.
            whole = (self.before.get(name), self.after.get(name))
            assert data in whole or (name.endswith(".jsonl") and data.startswith(self.before.get(name, b"{"))), f"{name}: half written"
        said(review.root)  # every line of the ledgers can be read
        # When there is room again, the same command goes through.
        review(*self.words)
        review("run")
        assert state(review) == self.end
        shutil.rmtree(review.root)


@pytest.fixture(params=COMMANDS)
def disk(request: pytest.FixtureRequest, begun: Copy, tmp_path: Path) -> Disk:
    return Disk(begun, tmp_path, request.param)


def test_full_from_the_nth_write_on(disk: Disk) -> None:
    review = ready(disk.begun, disk.tmp_path / "count", disk.command)
    review(*disk.words, fault=count(disk.tmp_path / "points"))
    for n in range(1, (disk.tmp_path / "points").stat().st_size) if EVERY else (1, 3, 5, 9):
        disk.fails(full_from(n), must=n == 1)


def test_a_quota_on_the_size_of_files(disk: Disk) -> None:
    for most in (0, 300, 30_000):
        disk.fails(small_files(most), must=most == 0)


def test_an_index_that_can_not_grow(begun: Copy, tmp_path: Path) -> None:
    disk = Disk(begun, tmp_path, "run")
    for pages in (1, 14):
        disk.fails(small_index(pages), "database or disk is full", must=False)
    review = ready(begun, tmp_path / "grow", "run")
    assert "database or disk is full" in review("run", fault=small_index(8), code=1).stderr


@pytest.mark.parametrize("error", [errno.EACCES, errno.EROFS])
def test_nothing_can_be_written_anywhere(disk: Disk, error: int) -> None:
    review = ready(disk.begun, disk.tmp_path / "denied", disk.command)
    before = tree(review.root)
    end = review(*disk.words, fault=denied(review.root, error=error), code=1)
    assert end.stderr.startswith("review: ")
    assert ("Permission denied" if error == errno.EACCES else "Read-only file system") in end.stderr
    assert tree(review.root) == before


@pytest.mark.parametrize(
    ("command", "folder"),
    [
        ("import", "queries"),
        ("import", ".review"),
        ("run", "reports"),
        ("run", ".review"),
        ("decisions", "screening"),
        ("decisions", ".review"),
    ],
)
def test_one_folder_can_not_be_written(begun: Copy, tmp_path: Path, command: str, folder: str) -> None:
    review = ready(begun, tmp_path / "denied", command)
    before = files(review)
    end = review(*COMMANDS[command], fault=denied(review.root / folder), code=1)
    assert end.stderr.startswith("review: ")
    assert "Permission denied" in end.stderr
    assert files(review) == before


def test_what_only_reads_works_where_nothing_can_be_written(done: Forked) -> None:
    before = tree(done.root)
    for words in (
        ("status",),
        ("doctor",),
        ("protocol", "check"),
        ("dedup",),
        ("dedup", "--said"),
        ("table", "reports", "-o", "../out.ris"),
    ):
        done(*words, fault=denied(done.root, error=errno.EROFS))
    assert tree(done.root) == before


def test_a_file_that_can_not_be_read_is_named(done: Forked) -> None:
    """A folder in its place stands for any file that can't be read, for whoever runs this."""
    path = done.root / "screening/small/title-abstract/AB.jsonl"
    path.unlink()
    path.mkdir()
    for words in (("run",), ("status",)):
        assert "AB.jsonl: can't be read: Is a directory" in done(*words, code=1).stderr
