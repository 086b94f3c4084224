"""What a sitting shows next, where the protocol wants the likeliest first: the model learns beside the reader.

While the reader looks at one record, the model learns from the decision before it; so each record shown was chosen without
the very last decision, and no key ever waits for the model. That makes the order a matter of the decisions alone, not of the machine's
speed: the same ledger and seed lead to the same record, also after a break.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from review.model.screening import Vote
from review.screening.ranking import Label, Ranker, trained_on


def relevant(verdict: str) -> bool:
    """A maybe teaches what an include does: the reviewer wants to see more of the kind."""
    return verdict != "exclude"


def labels_of(votes: Mapping[str, tuple[Vote, ...]], place: Mapping[str, int], settled: Mapping[str, bool] | None = None) -> list[Label]:
    """One reviewer's votes as labels, in the order in which they were given.

    place: report -> its place in the ranker. settled: what came out of reports that have all their votes and a resolution, which goes
    before the reviewer's own vote. A report with two verdicts of one person teaches nothing.
    """
    settled = settled or {}
    mine = sorted((v[0].id, key, relevant(v[0].verdict)) for key, v in votes.items() if len(v) == 1 and key in place)
    return [(place[key], settled.get(key, own)) for _, key, own in mine]


class Guide:
    """Chooses a reviewer's next report. `close` ends the thread that learns."""

    def __init__(self, ranker: Ranker, keys: Sequence[str], settled: Mapping[str, bool] | None = None) -> None:
        """keys: the reports, as they lie in the ranker's space."""
        self._ranker = ranker
        self._keys = list(keys)
        self._place = {k: n for n, k in enumerate(self._keys)}
        self._settled = settled
        self._worker = ThreadPoolExecutor(1, "ranking")
        self._coming: Future[Any] | None = None  # the order that follows from `_wanted`
        self._wanted: list[Label] = []

    def following(self, votes: Mapping[str, tuple[Vote, ...]], fits: Callable[[str], bool]) -> str | None:
        """The report to show after these votes: the likeliest that `fits`; None where none does."""
        labels = labels_of(votes, self._place, self._settled)
        order = self._order(labels[:-1])
        found = next((key for n in order if fits(key := self._keys[n])), None)
        self._learn(labels)  # what the next call will want, worked out meanwhile
        return found

    def order(self, votes: Mapping[str, tuple[Vote, ...]]) -> list[str]:
        """All reports without a vote, as `following` would choose among them."""
        return [self._keys[n] for n in self._order(labels_of(votes, self._place, self._settled)[:-1])]

    def close(self) -> None:
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _order(self, labels: list[Label]) -> Any:
        if self._coming is None or self._wanted != labels[: trained_on(len(labels))]:
            self._learn(labels)
        assert self._coming is not None
        return self._coming.result()

    def _learn(self, labels: list[Label]) -> None:
        wanted = labels[: trained_on(len(labels))]
        if self._coming is None or wanted != self._wanted:
            self._wanted = wanted
            self._coming = self._worker.submit(self._all, wanted)

    def _all(self, labels: list[Label]) -> list[int]:
        """All records not among the labels, the likeliest first."""
        import numpy as np

        unread = np.ones(len(self._keys), dtype=bool)
        unread[[n for n, _ in labels]] = False
        places = np.flatnonzero(unread)
        order: list[int] = self._ranker.order(labels, places).tolist() if len(places) else []
        return order
