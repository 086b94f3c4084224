"""Other processes that read entries while this one writes them: on two cores a build takes half the time.

Each is a Python of its own that is sent batches through a pipe and sends them back worked. It ends when the pipe is
closed, so that none outlives a build that was killed. Whatever goes wrong with one, the work is done here instead.
"""

from __future__ import annotations

import marshal
import os
import queue
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from review.library.reading import Batch, Result, worked

AHEAD = 3  # batches under way with each process; no more, so that memory stays flat
MOST = 4
_SIZE = struct.Struct("<Q")


def cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1


class _Hand:
    """One process."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from review.library.crew import serve; serve()"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        self._results: queue.SimpleQueue[Result | None] = queue.SimpleQueue()
        # Results are taken off the pipe at once: else both ends could wait for each other.
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        try:
            while (result := _receive(self._process.stdout)) is not None:
                self._results.put(result)
        except (OSError, ValueError, EOFError, TypeError):
            pass
        self._results.put(None)

    def send(self, batch: Batch) -> None:
        assert self._process.stdin is not None
        try:
            _send(self._process.stdin, batch)
        except (OSError, ValueError):
            self._results.put(None)

    def result(self) -> Result | None:
        """The next result, None from one that has died."""
        result = self._results.get()
        if result is None:
            self._results.put(None)  # and so for every batch that it still had
        return result

    def close(self) -> None:
        try:
            assert self._process.stdin is not None
            self._process.stdin.close()
        except OSError:
            pass
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


class Crew:
    """Processes that are started when there is much to do, and ended with the block."""

    def __init__(self, work: Callable[[Batch], Result], size: int | None = None) -> None:
        self._work = work
        self._size = min(MOST, cores()) if size is None else size
        self._hands: list[_Hand] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.close()

    def map(self, batches: Iterable[Batch], *, many: bool) -> Iterator[Result]:
        """The results of all batches, in their order. many: it pays to start processes for them."""
        if not many or self._size < 2:
            yield from map(self._work, batches)
            return
        if not self._hands:
            try:
                self._hands = [_Hand() for _ in range(self._size)]
            except OSError:
                yield from map(self._work, batches)
                return
        under_way: deque[tuple[_Hand, Batch]] = deque()
        for n, batch in enumerate(batches):
            hand = self._hands[n % len(self._hands)]
            hand.send(batch)
            under_way.append((hand, batch))
            if len(under_way) >= AHEAD * len(self._hands):
                yield self._next(under_way)
        while under_way:
            yield self._next(under_way)

    def _next(self, under_way: deque[tuple[_Hand, Batch]]) -> Result:
        hand, batch = under_way.popleft()
        result = hand.result()
        return self._work(batch) if result is None else result


def _send(stream: IO[bytes], value: Batch | Result) -> None:
    data = marshal.dumps(value)
    stream.write(_SIZE.pack(len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> Result | None:
    """The next message; None where the other end has closed."""
    head = stream.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    data = stream.read(size)
    if len(data) < size:
        return None
    found: Result = marshal.loads(data)  # noqa: S302  from a process that this program started
    return found


def serve() -> None:
    """What such a process does: batches from standard input, results to standard output, until the input ends."""
    with sys.stdin.buffer as source, sys.stdout.buffer as target:
        while (batch := _receive(source)) is not None:
            _send(target, worked(batch))
