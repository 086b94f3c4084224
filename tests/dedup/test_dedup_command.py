"""`review dedup FILES` as scripts call it, and as a person may."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.cli.dedup_files import plainly


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.csv", "b.ris"):
        Path(name).touch()


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
