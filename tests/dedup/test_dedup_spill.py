"""Many records, laid aside in files: the outcome is the same, and nothing stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from test_dedup_clusters import TITLES
from tools import at, frame_of, group

from review.model.record import Record

RECORDS = [
    Record(
        key=f"{'abc'[n % 3]}:{n // 2:03}{n % 7}", source="abc"[n % 3], title=f"{TITLES[n % 4]} {'wxyz'[n % 4] * 4} {n // 9}", year=1990 + n % 5,
        authors=(f"Maker{n % 11}, A.",), journal="Soil", volume=str(n % 6), pages=f"{n % 40}-{n % 40 + 5}", doi=f"10.1/{n // 3}" if n % 4 else "",
        abstract=f"{TITLES[n % 4]} and more of it {n // 9}" * 3,
    )
    for n in range(400)
]  # fmt: skip


def found(records: Any, **more: Any) -> tuple[str, str]:
    tables = at("review.dedup.table")
    outcome = group(records, certain=0.95, unsure=0.3, **more)
    return tables.write_clusters(outcome), tables.write_unsure(outcome)


@pytest.mark.parametrize(
    ("size", "batch"), [(400, 9999), (150, 9999), *(pytest.param(*it, marks=pytest.mark.slow) for it in ((400, 300), (150, 90), (37, 90)))]
)
def test_in_parts_or_whole(size: int, batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few pairs are one batch, whatever parts they lie in; of many, two parts are read at a time."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(at("review.dedup.shelf"), "BATCH", batch)
    parts = at("review.dedup.parts")
    monkeypatch.setattr(at("review.dedup.blocks"), "MOST_KEYS", 4 * size)
    frame = frame_of(RECORDS)
    with parts.Spill() as spill:
        aside = parts.Parts(spill.keep)
        for start in range(0, len(RECORDS), size):
            aside.append(frame[start : start + size])
        assert any(tmp_path.rglob("*.arrow")) == (size < 400)
        assert found(aside, spill=spill) == found(frame)
    assert list(tmp_path.iterdir()) == []


def test_a_table_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "aside"))
    (tmp_path / "aside").mkdir()
    reading, parts = at("review.dedup.reading"), at("review.dedup.parts")
    rows = "".join(f"k{n},Title {n} of many,{1990 + n % 9}\r\n" for n in range(90))
    names = [tmp_path / name for name in ("plain.csv", "torn.csv")]
    names[0].write_text(f"record_id,title,year\r\n{rows}", newline="")
    names[1].write_text(f"record_id,title,year\r\n{rows}k3,Again,2000\r\n,Without,2001\r\n", newline="")  # a key twice, a key missing
    whole, _ = reading.read_files(names, lambda *_: None)
    monkeypatch.setattr(at("review.dedup.plain_table"), "PART", 25)
    monkeypatch.setattr(parts, "PART", 25)
    with parts.Spill() as spill:
        records, aside = reading.read_parts(names, lambda *_: None, spill)
        assert len(records) > 3
        assert records.whole().equals(whole)
    assert list((tmp_path / "aside").iterdir()) == []
    assert aside.rejects == []
    assert whole["key"].n_unique() == whole.height == 90 + 92


KILLED = """
import sys, time, polars as pl
from review.dedup.parts import Spill
with Spill() as spill:
    spill.keep(pl.DataFrame({"a": [1]}))
    print("ready", flush=True)
    time.sleep(60)
"""


def test_what_a_killed_process_left_is_swept_and_what_a_living_one_has_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    living, killed = (
        subprocess.Popen([sys.executable, "-c", KILLED], env={**os.environ, "TMPDIR": str(tmp_path)}, stdout=subprocess.PIPE)
        for _ in range(2)
    )
    try:
        for process in (living, killed):
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        before = set(tmp_path.iterdir())
        assert len(before) == 2
        fresh, old = (tmp_path / f"review-dedup-{name}" for name in ("fresh", "old"))  # killed, or not yet so far, before they had a lock
        for folder in (fresh, old):
            folder.mkdir()
        os.utime(old, (0, 0))
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        frame = frame_of(RECORDS[:1])
        with at("review.dedup.parts").Spill() as spill:
            spill.keep(frame)
            assert len(before & set(tmp_path.iterdir())) == 1
            assert (fresh.exists(), old.exists()) == (True, False)
        assert len(set(tmp_path.iterdir()) - {fresh}) == 1
    finally:
        living.kill()
        living.wait()
        killed.kill()
    assert living.poll() is not None


FULL = """
import resource, sys
from review.dedup import parts, plain_table
parts.PART = plain_table.PART = 2000
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
from review.__main__ import main
sys.argv = ["review", "dedup", "many.csv", "-o", "out.csv", "--unsure", "unsure.csv"]
main()
"""


@pytest.mark.slow
def test_no_room(tmp_path: Path) -> None:
    """The disk is full while records are laid aside: one clear message, nothing half-written, nothing left behind."""
    (tmp_path / "aside").mkdir()
    rows = "".join(f"k{n},Title {n} of many about towns and gardens,{1990 + n % 9}\r\n" for n in range(9000))
    (tmp_path / "many.csv").write_text(f"record_id,title,year\r\n{rows}", newline="")
    (tmp_path / "out.csv").write_text("before")
    done = subprocess.run(
        [sys.executable, "-c", FULL], cwd=tmp_path, env={**os.environ, "TMPDIR": str(tmp_path / "aside")}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "can't be laid aside there" in done.stderr
    assert "TMPDIR" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out.csv").read_text() == "before"
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["aside", "many.csv", "out.csv"]


NO_ROOM = """
import resource, signal, sys
from review.__main__ import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
sys.argv = ["review", *sys.argv[1:]]
main()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [("convert", "many.csv", "-o", "out.xlsx"), ("dedup", "many.csv", "-o", "out.ris", "--removed", "out.xlsx")]
)
def test_no_room_for_a_workbook(tmp_path: Path, words: tuple[str, ...]) -> None:
    rows = "".join(f"k{n},Title {n % 1000} of many about towns and gardens,{1990 + n % 9}\r\n" for n in range(3000))
    (tmp_path / "many.csv").write_text(f"record_id,title,year\r\n{rows}", newline="")
    (tmp_path / "out.xlsx").write_text("before")
    done = subprocess.run(
        [sys.executable, "-c", NO_ROOM, *words], cwd=tmp_path, env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "can't be" in done.stderr
    assert (tmp_path / "out.xlsx").read_text() == "before"
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["many.csv", "out.xlsx"]
