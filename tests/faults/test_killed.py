"""kill -9 at any point: the same command once more gives what it would have given undisturbed."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from harm import COMMANDS, EVERY, Copy, litter, ready, state
from hooks import count, kill_at
from support import PATIENCE

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("command", COMMANDS)
def test_killed_at_a_write(begun: Copy, tmp_path: Path, command: str) -> None:
    words = COMMANDS[command]
    calm = ready(begun, tmp_path / "calm", command)
    calm(*words, fault=count(tmp_path / "points"))
    calm("run")
    wanted = state(calm)
    chances = (tmp_path / "points").stat().st_size
    assert chances > 5
    points = range(1, chances + 1)
    for point in points if EVERY else sorted({chances, *random.Random(command).sample(points, 5)}):
        review = ready(begun, tmp_path / f"at-{point}", command)
        review(*words, fault=kill_at(point), code=-signal.SIGKILL)
        review(*words)
        review("run")
        assert state(review) == wanted, f"killed at {point} of {chances}"
        assert not litter(review.root), f"killed at {point} of {chances}"
        shutil.rmtree(review.root)


@pytest.mark.parametrize("command", COMMANDS)
def test_killed_at_any_time(begun: Copy, tmp_path: Path, command: str) -> None:
    """From outside, after a random time: in the middle of SQLite too."""
    words = COMMANDS[command]
    calm = ready(begun, tmp_path / "calm", command)
    start = time.monotonic()
    calm(*words)
    took = time.monotonic() - start
    calm("run")
    dice = random.Random(7)
    for n in range(2):
        review = ready(begun, tmp_path / f"try-{n}", command)
        for _ in range(2):
            review(*words, kill_after=dice.uniform(0.2, 1.0) * took, code=None)
        review(*words)
        review("run")
        assert state(review) == state(calm)


def test_a_command_killed_from_outside_as_users_run_it(begun: Copy, tmp_path: Path) -> None:
    calm, review = ready(begun, tmp_path / "calm", "run"), ready(begun, tmp_path / "killed", "run")
    calm("run")
    with subprocess.Popen([sys.executable, "-m", "review", "run"], cwd=review.root, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()  # the first stage is done
        process.kill()
    review("run")
    assert state(review) == state(calm)


def test_two_runs_at_once_both_end_well(begun: Copy, tmp_path: Path) -> None:
    calm, review = ready(begun, tmp_path / "calm", "run"), ready(begun, tmp_path / "both", "run")
    calm("run")
    start = [sys.executable, "-m", "review", "run"]
    both = [subprocess.Popen(start, cwd=review.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate(timeout=PATIENCE) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert state(review) == state(calm)
    assert sorted("unchanged" in out for out, _ in told) == [False, True]
