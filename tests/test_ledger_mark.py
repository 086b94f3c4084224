"""What was verified before is not verified again, and an edit shows all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.errors import IntegrityError
from review.ledger import WORTH_A_MARK, FileLedger
from review.model.events import Decision, Opened, Undo
from review.model.lines import parse


def ledger(root: Path) -> FileLedger:
    return FileLedger(root / "AB.jsonl", opened=Opened(by="AB", review="r", ledger="x/AB"), mark=root / "mark")


@pytest.fixture
def big(tmp_path: Path) -> FileLedger:
    """More than is verified in no time, with an undo and a list."""
    made = ledger(tmp_path)
    done = made.append_all(
        [Decision(record=f"a:{n}", records=(f"a:{n}", f"b:{n}"), phase="x", verdict="include", note="é" * 40) for n in range(300)]
    )
    made.append(Undo(undoes=done[3].id))
    assert made.path.stat().st_size > WORTH_A_MARK
    return made


def test_the_second_reading_gives_the_same_events(big: FileLedger) -> None:
    first = big.read()
    assert (big.path.parent / "mark").exists()
    second = ledger(big.path.parent).read()
    assert second == first
    assert second.lines == parse(big.path.read_bytes(), "x", big.root).lines


def test_what_was_appended_since_is_verified(big: FileLedger) -> None:
    big.read()
    big.append(Decision(record="a:new", phase="x", verdict="exclude"))
    fresh = ledger(big.path.parent)
    assert fresh.events()[-1].record == "a:new"  # type: ignore[attr-defined]
    data = big.path.read_bytes()
    big.path.write_bytes(data.replace(b"a:new", b"a:old"))
    with pytest.raises(IntegrityError, match="was edited"):
        fresh.read()


@pytest.mark.parametrize("where", [0.1, 0.5, 0.9])
def test_an_edit_in_what_was_verified_shows(big: FileLedger, where: float) -> None:
    big.read()
    data = bytearray(big.path.read_bytes())
    at = data.index(b"include", int(len(data) * where) - 600)
    data[at : at + 7] = b"exclude"
    big.path.write_bytes(bytes(data))
    with pytest.raises(IntegrityError, match="was edited"):
        ledger(big.path.parent).read()


def test_a_forged_mark_does_not_deceive_who_reads_anew(big: FileLedger) -> None:
    import hashlib

    data = big.path.read_bytes().replace(b"include", b"exclude", 1)
    big.path.write_bytes(data)
    (big.path.parent / "mark").write_text(f"{len(data)} {hashlib.sha256(data).hexdigest()}\n")
    with pytest.raises(IntegrityError, match="was edited"):
        big.read(anew=True)  # as `review doctor` does


@pytest.mark.parametrize("rubbish", ["", "x y", "9999999999 00", "-5 00", "12"])
def test_a_damaged_mark_is_passed_over(big: FileLedger, rubbish: str) -> None:
    (big.path.parent / "mark").write_text(rubbish)
    assert len(big.events()) == 302


def test_lines_merged_in_by_git_and_a_torn_end_are_read(big: FileLedger, tmp_path: Path) -> None:
    big.read()
    other = tmp_path / "other"
    other.mkdir()
    (other / "AB.jsonl").write_bytes(big.path.read_bytes())
    theirs = ledger(other)
    theirs.append(Decision(record="a:theirs", phase="x", verdict="maybe"))
    big.append(Decision(record="a:ours", phase="x", verdict="include"))
    base = (other / "AB.jsonl").read_bytes().splitlines(keepends=True)
    big.path.write_bytes(big.path.read_bytes() + base[-1] + b'{"torn')
    state = ledger(tmp_path).read()
    assert {e.record for e in (line.event for line in state.lines[-2:])} == {"a:ours", "a:theirs"}  # type: ignore[attr-defined]
    assert state.torn == b'{"torn'
    assert len(state.heads) == 2
