"""How the work goes: who decided when and how fast, and whether agreement holds. Times and counts, no verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from review.model.events import Decision, Event, standing
from review.screening.agreement import Votes, agreement
from review.screening.pace import PAUSE

BATCHES = 10  # of the agreement over time


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One person in one phase. each: median seconds of a decision at the screen, breaks left out; None: too few. days: (YYYY-MM-DD, decisions)."""

    who: str
    decided: int
    left: int
    each: float | None = None
    hours: float = 0.0  # at the screen, breaks left out
    imported: int = 0
    days: tuple[tuple[str, int], ...] = ()

    @property
    def seconds_left(self) -> float | None:
        return self.each * self.left if self.each is not None and self.left else None


def activity(who: str, events: Sequence[Event], phase: str, decided: int, left: int) -> Activity:
    """What the times of a ledger say. decided, left: reports, as the phase counts them."""
    mine = [e for e in standing(events) if isinstance(e, Decision) and e.phase == phase]
    typed = [datetime.fromisoformat(e.at.replace("Z", "+00:00")).timestamp() for e in mine if e.via == "screen" and e.at]
    took = [b - a for a, b in pairwise(typed) if 0 <= b - a < PAUSE]
    days = Counter(e.at[:10] for e in mine if e.at)
    return Activity(
        who=who,
        decided=decided,
        left=left,
        each=median(took) if len(took) >= 3 else None,
        hours=sum(took) / 3600,
        imported=sum(e.via == "import" for e in mine),
        days=tuple(sorted(days.items())),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Agreement over some reports, in the order in which their last vote came. percent 0..1; kappa None where it is not defined."""

    until: str  # YYYY-MM-DD of the last vote
    n: int
    percent: float | None
    kappa: float | None


def over_time(a: Votes, b: Votes) -> list[Batch]:
    """How agreement went: the reports that both decided, in batches of the same size by time. A maybe counts as include."""
    done = {
        report: max((mine[0].at, mine[0].id), (theirs[0].at, theirs[0].id))
        for report, mine in a.items()
        if len(mine) == 1 and len(theirs := b.get(report, ())) == 1
    }
    order = sorted(done, key=lambda r: (done[r], r))
    found = []
    for keys in _cut(order, BATCHES):
        here = agreement("", "", {k: a[k] for k in keys}, {k: b[k] for k in keys})
        found.append(Batch(until=done[keys[-1]][0][:10], n=len(keys), percent=(here.both_in + here.both_out) / here.n, kappa=here.kappa))
    return found


def _cut(order: Sequence[str], parts: int) -> Iterable[Sequence[str]]:
    size = max(1, -(-len(order) // parts))
    return (order[i : i + size] for i in range(0, len(order), size))


BARS = "▁▂▃▄▅▆▇█"
BAR = 24  # characters


def spark(values: Iterable[float | None], low: float, high: float) -> str:
    """A row of bars, one a value, from low to high; a gap where there is none."""
    span = high - low or 1.0
    return "".join(" " if v is None else BARS[max(0, min(len(BARS) - 1, int((v - low) / span * len(BARS))))] for v in values)


def bar(done: int, of: int) -> str:
    """How much of a whole is done."""
    full = round(BAR * done / of) if of else 0
    return "█" * full + "░" * (BAR - full)
