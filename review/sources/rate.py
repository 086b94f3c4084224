"""One pace for all processes of a user: requests to a service take slots from a file, in turn.

NCBI counts requests by IP address (3 a second) or by key (10 a second), not by process: E-utilities Quick Start,
"Frequency, Timing and Registration" (NBK25497).
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

from review.folders import of_user

LONGEST = 900.0  # s; a slot further away than this is a clock that was set back, not a queue


def default_folder() -> Path:
    """Where the pace is kept: the user's cache."""
    return of_user("CACHE") / "rate"


class Pace:
    """Gives out slots that lie at least `interval` seconds apart, over all processes that use the same folder and name.

    Where the folder can't be written the pace holds for this process alone.
    """

    def __init__(
        self,
        name: str,
        interval: float,
        folder: Path | None = None,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.interval = interval
        self._clock, self._sleep = clock, sleep
        self._file = (folder or default_folder()) / f"{re.sub(r'[^A-Za-z0-9.-]', '_', name)}.json"
        self._alone = 0.0
        self._shared = True
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            self._shared = False

    def wait(self) -> None:
        """Take the next slot and sleep until it comes."""
        if self.interval <= 0:
            return
        slot = self._take(lambda now, free: (max(now, free), max(now, free) + self.interval))
        while (rest := slot - self._clock()) > 0:
            self._sleep(rest)

    def pause(self, seconds: float) -> None:
        """No slot for anybody before `seconds` from now: the service asked for it."""
        if self.interval > 0:
            self._take(lambda now, free: (now, max(free, now + min(seconds, LONGEST))))

    def _take(self, choose: Callable[[float, float], tuple[float, float]]) -> float:
        if self._shared:
            try:
                with FileLock(f"{self._file}.lock", timeout=30):
                    now = self._clock()
                    slot, free = choose(now, self._free(now))
                    self._file.write_text(json.dumps(free), encoding="utf-8")
                    return slot
            except (OSError, TimeoutError):
                self._shared = False
        slot, self._alone = choose(self._clock(), self._alone)
        return slot

    def _free(self, now: float) -> float:
        with suppress(OSError, ValueError, TypeError):
            free = float(json.loads(self._file.read_text(encoding="utf-8")))
            if free <= now + LONGEST:
                return free
        return 0.0
