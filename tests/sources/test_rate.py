"""The pace that all processes keep together."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sources.helpers import Clock
from support import PATIENCE

from review.sources.rate import Pace, default_folder

# A process with a time of its own, that passes only where it sleeps: the slots come out exact, however busy the machine is.
WORKER = """
import sys, time
from pathlib import Path
from review.sources.rate import Pace
now = 1000.0
def sleep(seconds):
    global now
    now += seconds
    time.sleep(0.001)
pace = Pace("ncbi", float(sys.argv[2]), Path(sys.argv[1]), clock=lambda: now, sleep=sleep)
for _ in range(int(sys.argv[3])):
    pace.wait()
    print(now, flush=True)
"""


def test_processes_share_one_pace(tmp_path: Path) -> None:
    interval, each = 0.25, 20
    workers = [
        subprocess.Popen([sys.executable, "-c", WORKER, str(tmp_path), str(interval), str(each)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    slots = sorted(float(t) for w in workers for t in w.communicate(timeout=PATIENCE)[0].split())
    assert slots == [1000 + n * interval for n in range(3 * each)]


def test_slots_lie_apart_whoever_takes_them(tmp_path: Path) -> None:
    clock = Clock()
    two = [Pace("x", 0.35, tmp_path, clock=clock, sleep=clock.sleep) for _ in range(2)]
    begun = clock.now
    for n in range(30):
        two[n % 2].wait()
    assert clock.now - begun == pytest.approx(29 * 0.35)


def test_no_limit_no_file(tmp_path: Path) -> None:
    Pace("x", 0, tmp_path).wait()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "junk", "[]", "1e99", "nan"])
def test_a_broken_file_or_a_clock_set_back_blocks_nobody(content: str, tmp_path: Path) -> None:
    clock = Clock()
    (tmp_path / "x.json").write_text(content)
    Pace("x", 0.35, tmp_path, clock=clock, sleep=clock.sleep).wait()
    assert clock.slept == []


def test_where_nothing_can_be_written_the_process_keeps_it_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    clock = Clock()
    pace = Pace("x", 0.5, tmp_path / "file" / "below", clock=clock, sleep=clock.sleep)
    pace.wait()
    pace.wait()
    assert clock.slept == [0.5]


def test_where_the_pace_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert default_folder() == Path("/somewhere/review/rate")
