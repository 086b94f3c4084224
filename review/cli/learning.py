"""The model that learns from a reviewer's decisions, in a process of its own: in a thread it would take the interpreter from the keys.

python -m review.cli.learning POINTS TOLD SEED

It is asked on standard input and answers on standard output, in native 64-bit integers. A question: how many of the labels told
before still hold, how many come after them, and of each of these its record's place and whether it is relevant (1 or 0). The
answer: how many records are unread, and their places, the likeliest to be relevant first; -1 where there is no model.
"""

from __future__ import annotations

import os
import subprocess
import sys
from array import array
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from review.screening.ranking import Label

WORD = array("q").itemsize


class Learner:
    """Asks the process, which is started with the first question. One thread asks; any may `stop` it."""

    def __init__(self, points: Path, told: str, seed: int) -> None:
        """points, told: where the points are kept and what they must say that they are of; seed: of the ranking."""
        self._words = [sys.executable, "-m", "review.cli.learning", str(points), told, str(seed)]
        self._process: subprocess.Popen[bytes] | None = None
        self._said: list[Label] = []
        self._stopped = False

    def order(self, labels: list[Label]) -> Sequence[int] | None:
        """The places of all records that are not among the labels, the likeliest first; None where there is no model."""
        try:
            return self._asked(labels)
        except (OSError, EOFError, ValueError):  # it was stopped, or has died: without it records come in their own order
            return None

    def stop(self) -> None:
        """End the process; who waits for its answer gets None."""
        self._stopped = True
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()

    def _asked(self, labels: list[Label]) -> Sequence[int] | None:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  # our own command
                self._words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
            )
            if self._stopped:  # meanwhile
                self.stop()
        assert self._process.stdin
        assert self._process.stdout
        holds = len(self._said) if labels[: len(self._said)] == self._said else _common(labels, self._said)
        question = array("q", [holds, len(labels) - holds])
        for place, relevant in labels[holds:]:
            question.append(place)
            question.append(relevant)
        self._process.stdin.write(question.tobytes())
        self._process.stdin.flush()
        self._said = labels
        n = _read(self._process.stdout, 1)[0]
        return _read(self._process.stdout, n) if n >= 0 else None


def _common(a: Sequence[Label], b: Sequence[Label]) -> int:
    """How many of the first are the same."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _read(stream: IO[bytes], words: int) -> array[int]:
    data = stream.read(words * WORD)
    if len(data) < words * WORD:
        raise EOFError
    found = array("q")
    found.frombytes(data)
    return found


def main(points: str, told: str, seed: str) -> None:
    """Answer until standard input ends."""
    import numpy as np

    from review.cli.points import kept_points
    from review.screening.ranking import Ranker

    with suppress(OSError, AttributeError):  # there is no such thing on Windows
        os.nice(5)
    space = kept_points(Path(points), told)
    ranker = Ranker(space, int(seed)) if space is not None else None
    labels: list[Label] = []
    answer = sys.stdout.buffer
    with suppress(EOFError, BrokenPipeError):
        while True:
            holds, more = _read(sys.stdin.buffer, 2)
            new = _read(sys.stdin.buffer, 2 * more)
            labels = labels[:holds] + [(new[n], bool(new[n + 1])) for n in range(0, 2 * more, 2)]
            order = np.full(0, -1)
            if ranker is not None:
                unread = np.ones(len(ranker.space.points), dtype=bool)
                unread[[n for n, _ in labels]] = False
                order = np.flatnonzero(unread)
                order = ranker.order(labels, order) if len(order) else order
            answer.write(array("q", [len(order) if ranker is not None else -1]).tobytes())
            answer.write(order.astype(np.int64).tobytes())
            answer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:4])
