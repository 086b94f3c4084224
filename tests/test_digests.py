"""Digests that are remembered: only of what can't have changed since."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from review.digests import BIG, SETTLED, Digests
from review.workspace import file_digest

LATER = 10 * SETTLED


class Reads:
    """Counts how often a file was really read."""

    def __init__(self) -> None:
        self.n = 0

    def __call__(self, path: Path) -> str:
        self.n += 1
        return file_digest(path)


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / "big"
    path.write_bytes(b"x" * BIG)
    return path


def asked(kept: Path, path: Path, reads: Reads, after: int = LATER) -> str:
    return Digests(kept, lambda: os.stat(path).st_ctime_ns + after).of(path, reads)


def test_a_file_that_did_not_change_is_read_once(tmp_path: Path, big: Path) -> None:
    reads = Reads()
    assert {asked(tmp_path / "kept", big, reads) for _ in range(3)} == {file_digest(big)}
    assert reads.n == 1


def test_what_changed_in_any_way_is_read_again(tmp_path: Path, big: Path) -> None:
    reads = Reads()
    asked(tmp_path / "kept", big, reads)
    time = os.stat(big).st_mtime_ns
    big.write_bytes(b"y" * BIG)
    os.utime(big, ns=(time, time))  # as if nothing had been: the time of the change itself can't be set
    assert asked(tmp_path / "kept", big, reads) == file_digest(big)
    os.replace(big, big.with_name("old"))
    big.write_bytes(b"z" * BIG)
    assert asked(tmp_path / "kept", big, reads) == file_digest(big)
    assert reads.n == 3


def test_what_was_just_written_is_not_trusted(tmp_path: Path, big: Path) -> None:
    reads = Reads()
    asked(tmp_path / "kept", big, reads, after=SETTLED // 2)
    asked(tmp_path / "kept", big, reads, after=SETTLED // 2)
    assert reads.n == 2


@pytest.mark.parametrize("rubbish", [b"", b"[]", b"{", b'{"x": 3}', b"\xff"])
def test_a_damaged_memory_is_passed_over(tmp_path: Path, big: Path, rubbish: bytes) -> None:
    (tmp_path / "kept").write_bytes(rubbish)
    assert asked(tmp_path / "kept", big, Reads()) == file_digest(big)


def test_small_files_and_missing_folders_need_none(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"x")
    assert asked(tmp_path / "no" / "kept", tmp_path / "small", Reads()) == file_digest(tmp_path / "small")
    assert not (tmp_path / "no").exists()
