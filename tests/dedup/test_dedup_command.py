"""`review dedup FILES` as scripts call it, and as a person may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from review.cli.app import Loaded
from review.cli.dedup_files import deduplicate, plainly
from review.errors import UsageError


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.csv", "b.ris"):
        Path(name).touch()


def _read_by_the_command(words: list[str]) -> dict[str, Any]:
    command = Loaded()["dedup"]
    given: dict[str, Any] = command.make_context("dedup", list(words)).params
    return {name: value for name, value in given.items() if value}


@pytest.mark.parametrize(
    "words",
    [
        ["a.csv"],
        ["a.csv", "b.ris", "-o", "out.csv"],
        ["--unsure", "u.csv", "a.csv", "--output", "out.csv"],
        ["-o", "out.csv", "a.csv", "--unsure", "u.csv", "b.ris"],
    ],
)
def test_what_is_asked_plainly_is_what_the_command_reads(words: list[str]) -> None:
    asked = plainly(words)
    assert asked
    named = dict(zip(("files", "output", "unsure"), asked, strict=True))
    assert {name: value for name, value in named.items() if value} == _read_by_the_command(words)


def test_what_is_asked_plainly() -> None:
    assert plainly(["a.csv", "-o", "out.csv", "b.ris"]) == ([Path("a.csv"), Path("b.ris")], Path("out.csv"), None)
    assert plainly(["--unsure", "u.csv", "--output", "out.csv", "a.csv"]) == ([Path("a.csv")], Path("out.csv"), Path("u.csv"))


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["-o", "out.csv"],
        ["explain", "A", "B", "a.csv"],
        ["a.csv", "-o"],
        ["a.csv", "-o", "--unsure"],
        ["a.csv", "-o", "x", "--output", "y"],
        ["a.csv", "--output=out.csv"],
        ["a.csv", "--help"],
        ["--review", "name"],
        ["missing.csv"],
        [""],
    ],
)
def test_what_the_command_has_to_read(words: list[str]) -> None:
    assert plainly(words) is None


@pytest.mark.parametrize(("output", "unsure"), [("clean.ris", None), (None, "pairs.XLSX")])
def test_a_table_of_ids_is_not_put_into_a_file_of_references(output: str | None, unsure: str | None) -> None:
    with pytest.raises(UsageError, match="no references"):
        deduplicate([Path("a.csv")], Path(output) if output else None, Path(unsure) if unsure else None)
    assert not list(Path().glob("clean*"))
