"""How fast a reviewer works, in this sitting: for the time that is left, and for a break."""

from __future__ import annotations

from collections import deque

PAUSE = 180.0  # seconds without an act: longer is a break, not reading
RECENT = 50  # acts whose mean is the pace


class Pace:
    """Fed with the times of a reviewer's acts, in seconds of a clock that never goes back."""

    def __init__(self, began: float) -> None:
        self._last = began
        self._took: deque[float] = deque(maxlen=RECENT)
        self._since_break = began
        self._reminded = began

    def act(self, now: float) -> None:
        took = max(0.0, now - self._last)
        self._last = now
        if took < PAUSE:
            self._took.append(took)
        else:
            self._since_break = self._reminded = now

    def taken_back(self) -> None:
        """The last act was undone: its time is not that of a decision."""
        if self._took:
            self._took.pop()

    @property
    def each(self) -> float | None:
        """Seconds a decision takes at present; None before there are a few."""
        return sum(self._took) / len(self._took) if len(self._took) >= 3 else None

    def worked(self, now: float) -> float:
        """Seconds since the last break."""
        return now - self._since_break

    def break_due(self, now: float, minutes: float) -> bool:
        """Whether so many minutes went by without a break; said once each time."""
        if minutes <= 0 or now - self._reminded < minutes * 60:
            return False
        self._reminded = now
        return True


def duration(seconds: float) -> str:
    """In words: 40 min, 3 h, 2 h 20 min."""
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours >= 10 or not minutes // 10:
        return f"{hours + (minutes >= 30 and hours >= 10):,} h"
    return f"{hours} h {minutes // 10 * 10} min"
