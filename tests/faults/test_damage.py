"""Damage to files: what is derived is made anew, what is not is named."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from forked import Forked
from harm import tree
from support import TITLES

from review.model.lines import line_hash

pytestmark = pytest.mark.slow


def sql(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def pages_overwritten(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:8192] + b"\xa5" * (len(data) - 8192))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "garbage": lambda path: path.write_bytes(b"this is no database " * 1000),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "cut in its header": lambda path: path.write_bytes(path.read_bytes()[:50]),
    "empty": lambda path: path.write_bytes(b""),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "gone": lambda path: path.unlink(),
    "pages overwritten": pages_overwritten,
    "an older schema": lambda path: sql(path, "PRAGMA user_version = 0"),
    "a newer schema": lambda path: sql(path, "PRAGMA user_version = 99", "DROP TABLE record"),
    "a table gone": lambda path: sql(path, "DROP TABLE IF EXISTS record"),
    "the stages' table gone": lambda path: sql(path, "DROP TABLE stage"),
    "no JSON in its cells": lambda path: sql(
        path, "UPDATE record SET authors = '[\"'", "UPDATE result SET content = '{'", "UPDATE stage SET waits = '['"
    ),
    "no text in its cells": lambda path: sql(path, "UPDATE record SET title = CAST(x'ff00ff' AS TEXT)"),
    "a stale journal beside it": lambda path: path.with_name(f"{path.name}-journal").write_bytes(
        b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\xff" * 2000
    ),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_index_is_made_anew_and_nobody_hears_of_it(done: Forked, how: str) -> None:
    before = tree(done.reports)
    index = done.root / ".review" / "small.db"
    DAMAGE[how](index)
    assert done("run").stderr == "Report: reports/small/report.html\n"
    assert tree(done.reports) == before
    # What must be made anew is made from the damaged tables' files, not from the tables.
    DAMAGE[how](index)
    shutil.rmtree(done.reports)
    assert done("run").stderr == "Report: reports/small/report.html\n"
    assert tree(done.reports) == before
    assert [s["state"] for s in done.json("run")] == ["unchanged"] * 5


@pytest.mark.parametrize(
    "how", ["garbage", "cut in half", "pages overwritten", "a table gone", "no JSON in its cells", "no text in its cells"]
)
def test_after_damage_a_command_that_reads_the_index_works_or_says_what_to_do(done: Forked, how: str) -> None:
    DAMAGE[how](done.root / ".review" / "small.db")
    end = done("decisions", "import", "AB-title-abstract.csv", "--as", "AB", code=None)
    if end.returncode:
        assert end.returncode == 1
        assert "the index was damaged" in end.stderr
        assert "the next command makes it anew" in end.stderr
        end = done("decisions", "import", "AB-title-abstract.csv", "--as", "AB")
    assert "7 known already" in end.stdout


# -- the archive --------------------------------------------------------------------------------------------------


def archived(review: Forked, source: str = "alpha") -> Path:
    return review.root / "queries/small" / source / "2025-05-01" / f"{source}.ris"


def test_an_archived_file_that_was_edited_ends_the_run(done: Forked) -> None:
    path = archived(done)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"wardens", b"Wardens"))
    before = tree(done.reports)
    for words in (("run",), ("decisions", "import", "AB-title-abstract.csv", "--as", "AB")):
        assert "queries/small/alpha/2025-05-01/alpha.ris was changed" in done(*words, code=4).stderr
    assert "alpha.ris was changed" in done("doctor", code=4).stdout
    assert tree(done.reports) == before
    path.write_bytes(data)
    done("run")
    done("doctor")


def test_an_archived_file_that_was_deleted_ends_the_run_and_importing_it_again_mends_it(done: Forked) -> None:
    path = archived(done)
    data = path.read_bytes()
    path.unlink()
    end = done("run", code=4)
    assert "alpha.ris is missing" in end.stderr
    assert "import the original again" in end.stderr
    done("import", "alpha.ris", "--source", "alpha", "--date", "2025-05-01")
    assert path.read_bytes() == data
    path.write_bytes(b"edited")
    done("import", "alpha.ris", "--source", "alpha", "--date", "2025-05-01")
    assert path.read_bytes() == data
    done("run")


def test_a_search_whose_folder_is_gone_is_told_of_by_whoever_looks(done: Forked) -> None:
    shutil.rmtree(done.root / "queries/small/alpha/2025-05-01")
    told = "a search that an earlier run read is gone: alpha of 2025-05-01."
    assert told in done("run", code=4).stderr
    assert told in done("doctor", code=4).stdout


def test_an_archived_file_that_was_renamed_is_still_the_same(done: Forked) -> None:
    path = archived(done)
    path.rename(path.with_name("the results of alpha.txt"))
    assert [s["state"] for s in done.json("run")] == ["unchanged"] * 5
    done("import", "alpha.ris", "--source", "alpha", "--date", "2025-05-01")
    assert not path.exists()  # it is there, under another name
    before = tree(done.reports)
    shutil.rmtree(done.root / ".review")
    done("run")
    assert tree(done.reports) == before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', '{"version": 1, "files": 3}'])
def test_a_manifest_that_can_not_be_read_is_named(done: Forked, text: str) -> None:
    archived(done).with_name("manifest.json").write_text(text)
    assert "alpha/2025-05-01/manifest.json: can't be read as a manifest" in done("run", code=4).stderr


# -- the protocol -------------------------------------------------------------------------------------------------


def test_a_protocol_that_changed_after_its_lock_needs_an_amendment(done: Forked) -> None:
    done.protocol.write_text(done.protocol.read_text().replace("Why?", "Why not?"))
    before = tree(done.reports)
    for words in (("run",), ("status",), ("decisions", "import", "AB-title-abstract.csv", "--as", "AB")):
        end = done(*words, code=4)
        assert "changed after it was locked, without an amendment (changed: questions)" in end.stderr
        assert "review protocol amend" in end.stderr
    assert tree(done.reports) == before
    done("protocol", "amend", "--what", "a question", "--why", "it was the wrong one", "--stage", "extraction")
    done("run")
    assert "it was the wrong one" in (done.reports / "report.md").read_text()
    done.protocol.write_text(done.protocol.read_text().replace("Why not?", "Why?"))
    done("run", code=4)


# -- heads --------------------------------------------------------------------------------------------------------

LEDGER = "screening/small/title-abstract/AB.jsonl"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["studies 2.jsonl", "dedup-PC1.jsonl", "fulltexts (AB's conflicted copy).jsonl"])
def test_a_copy_that_a_shared_folder_made_is_not_passed_over(done: Forked, name: str) -> None:
    copy = done.root / "screening" / "small" / name
    copy.write_text("")
    told = done("run", code=4).stderr
    assert f"screening/small/{name}: no ledger has this name" in told
    assert "at the ledger's end" in " ".join(told.split())
    assert name in done("doctor", code=4).stdout
    copy.unlink()
    done("run")


def without_the_last(path: Path, n: int = 1) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-n]))


def forged(path: Path) -> None:
    """The last line, with another verdict and a hash of its own: no line after it can tell."""
    *lines, last = path.read_bytes().splitlines()
    content = {**json.loads(last), "verdict": "maybe"}
    content["hash"] = line_hash(content)
    path.write_bytes(b"\n".join([*lines, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()]) + b"\n")


GONE: dict[str, tuple[Callable[[Path], object], str]] = {
    "the last line": (without_the_last, "8 lines then, 7 now"),
    "three lines": (lambda path: without_the_last(path, 3), "8 lines then, 5 now"),
    "all lines": (lambda path: path.write_bytes(b""), "8 lines then, 0 now"),
    "the file": (lambda path: path.unlink(), "the file is not there"),
    "the last line forged": (forged, "8 lines then, 8 now"),
    "the last line torn": (lambda path: path.write_bytes(path.read_bytes()[:-20]), "8 lines then, 7 now"),
}


@pytest.mark.parametrize("how", GONE)
def test_a_last_line_that_an_earlier_run_saw_is_missed(done: Forked, how: str) -> None:
    path = done.root / LEDGER
    data, reports = path.read_bytes(), tree(done.reports)
    last = json.loads(data.splitlines()[-1])["id"]
    act, says = GONE[how]
    act(path)
    for _ in range(2):
        end = done("run", code=4)
        assert f"{LEDGER}: a line that an earlier run saw is gone ({last}; {says})" in end.stderr
        assert "delete .review/" in end.stderr
    assert f"{LEDGER}: a line that an earlier run saw is gone" in done("doctor", code=4).stdout
    assert tree(done.reports) == reports
    # A damaged index does not make it forget; the file restored mends it.
    (done.root / ".review" / "small.db").unlink()
    done("run", code=4)
    path.write_bytes(data)
    done("run")
    done("doctor")
    # Meant: without .review/ the ledgers are taken as they are.
    act(path)
    shutil.rmtree(done.root / ".review")
    done("run")
    done("doctor")


def test_appending_after_a_line_was_taken_away_does_not_hide_it(done: Forked) -> None:
    without_the_last(done.root / LEDGER)
    # Nobody goes on in a ledger that lost something: what they decide again would have to be brought together later.
    assert "is gone" in done("screen", "--as", "AB", "--plain", code=4).stderr
    done("decisions", "import", "AB-title-abstract.csv", "--as", "AB")  # the first phase needs no screening ledger to be run
    assert "8 lines then, 8 now" in done("run", code=4).stderr


@pytest.mark.parametrize("part", ["title-abstract", "full-text", "extraction"])
def test_every_part_is_watched(done: Forked, part: str) -> None:
    without_the_last(done.root / "screening/small" / part / "CD.jsonl")
    assert f"{part}/CD.jsonl: a line that an earlier run saw is gone" in done("run", code=4).stderr


def test_the_ledger_of_duplicates_is_watched(done: Forked) -> None:
    path = done.root / "screening/small/dedup.jsonl"
    done("dedup", "--as", "AB", "--different", "alpha:A-000000", "beta:B-000000")
    done("run")
    without_the_last(path)
    assert "dedup.jsonl: a line that an earlier run saw is gone" in done("run", code=4).stderr


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 9}', '{"version": 1, "ledgers": {"a": {}}}', "null"])
def test_what_was_remembered_is_derived_too(done: Forked, text: str) -> None:
    memory = done.root / ".review" / "small.heads.json"
    before = memory.read_bytes()
    memory.write_text(text)
    done("run")
    assert memory.read_bytes() == before


def test_lines_added_and_merged_are_no_loss(done: Forked) -> None:
    path = done.root / LEDGER
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(reversed(lines)) + lines[2])
    done("run")
    done.decide("AB", {TITLES[4]: "include"})
    done("run")
