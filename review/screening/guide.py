"""What a sitting shows next, where the protocol wants the likeliest first: the model learns beside the reader.

While the reader looks at one record, the model learns from the decision before it; so each record shown was chosen without
the very last decision, and no key ever waits for the model. Until the model is there at all, records come by the words of the question. When
that changes is a line of the reviewer's ledger. So the order is a matter of the ledger and the seed, not of the machine's speed: the same
ledger and seed lead to the same record, also after a break.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

from review.model.events import Event, Ordering
from review.screening.ranking import Label, Ranker, trained_on

WORDS, LEARNED = "words", "learned"  # ways to choose
KEPT = 500  # open records of an order that are kept for the next sitting


class Cast(Protocol):
    """What a label takes of a vote."""

    @property
    def id(self) -> str: ...

    @property
    def verdict(self) -> str: ...


def relevant(verdict: str) -> bool:
    """A maybe teaches what an include does: the reviewer wants to see more of the kind."""
    return verdict != "exclude"


def way_of(events: Iterable[Event], phase: str) -> str:
    """How the next record of a ledger is chosen. events: in order."""
    said = [e.way for e in events if isinstance(e, Ordering) and e.phase == phase]
    return LEARNED if said and said[-1] == LEARNED else WORDS


def _digest(labels: Sequence[Label]) -> str:
    return hashlib.sha256(repr([(int(place), bool(is_relevant)) for place, is_relevant in labels]).encode()).hexdigest()


class Labels:
    """One reviewer's votes as labels, in the order in which they were given.

    place: report -> its place in the ranker. settled: what came out of reports that have all their votes and were settled, which goes
    before the reviewer's own vote. A report with two verdicts of one person teaches nothing.
    """

    def __init__(self, votes: Mapping[str, Sequence[Cast]], place: Mapping[str, int], settled: Mapping[str, bool] | None = None) -> None:
        self._place, self._settled = place, settled or {}
        mine = sorted((v[0].id, key, v[0].verdict) for key, v in votes.items() if len(v) == 1 and key in place)
        self._ids = [id_ for id_, _, _ in mine]
        self._of = {key: id_ for id_, key, _ in mine}
        self.all: list[Label] = [self._label(key, verdict) for _, key, verdict in mine]

    def _label(self, key: str, verdict: str) -> Label:
        return self._place[key], self._settled.get(key, relevant(verdict))

    def __contains__(self, key: str) -> bool:
        return key in self._of

    def told(self, key: str, votes: Sequence[Cast]) -> None:
        """These are now the votes on a report."""
        if (old := self._of.pop(key, None)) is not None:
            at = bisect_left(self._ids, old)
            del self._ids[at], self.all[at]
        if len(votes) == 1 and key in self._place:
            new = votes[0].id
            at = bisect_left(self._ids, new)
            self._ids.insert(at, new)
            self.all.insert(at, self._label(key, votes[0].verdict))
            self._of[key] = new


class Learner(Protocol):
    """What ranks in a place of its own."""

    def order(self, labels: list[Label]) -> Sequence[int] | None:
        """The places of all records not among the labels, the likeliest to be relevant first; None where there is no model."""


class Guide:
    """Chooses a reviewer's next report. `close` ends the thread that learns."""

    def __init__(
        self,
        ranker: Ranker | Callable[[], Ranker | Learner | None],
        keys: Sequence[str],
        votes: Mapping[str, Sequence[Cast]] | None = None,
        *,
        settled: Mapping[str, bool] | None = None,
        first: Sequence[str] = (),
        way: str = LEARNED,
        last: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """ranker: or what gives it, which may take its time; None: there will be none. keys: the reports, as they lie in its space.

        votes: this reviewer's. first: reports in the order to show them as long as the way is WORDS; then the rest, as in `keys`.
        last: what `used` gave when the reviewer left, so that the first records need not wait for the model.
        """
        self._keys = list(keys)
        self._labels = Labels(votes or {}, {k: n for n, k in enumerate(self._keys)}, settled)
        self._first = first
        self.way = way
        self._give = ranker
        self._ranker: Ranker | Learner | None = None
        self._worker = ThreadPoolExecutor(1, "ranking")
        self._coming: Future[Any] | None = None  # the order that follows from `_wanted`
        self._wanted: list[Label] = []
        self._last = {digest: list(keys) for digest, keys in (last or {}).items()}
        self._as_left: tuple[list[Label], list[str]] | None = None  # that of them which is in use, and what it was learned from
        self._used: tuple[list[Label], Any] | None = None
        if not last:
            self._learn(self._before())

    def told(self, key: str, votes: Sequence[Cast]) -> None:
        """The reviewer's votes on a report have changed to these."""
        self._labels.told(key, votes)

    def following(self, fits: Callable[[str], bool]) -> str | None:
        """The report to show next: the likeliest that `fits`; None where none does. Turns `way` to LEARNED as soon as the model is there."""
        before = self._before()
        if self.way == WORDS and self._ready(before):
            self.way = LEARNED
        if self.way == WORDS:
            found = self._by_words(fits)
        else:
            found = self._from_before(before, fits) or next((key for key in self._order(before) if fits(key)), None)
        self._learn(self._labels.all)  # what the next call will want, worked out meanwhile
        return found

    def order(self, among: Collection[str]) -> list[str]:
        """These reports, as `following` would choose; waits for the model."""
        order = [k for k in self._order(self._before()) if k in among]
        if self.way == WORDS and (top := self._by_words(among.__contains__)):
            order = [top, *(k for k in order if k != top)]  # the next one; by those after it the model will have learned
        return order

    def used(self) -> dict[str, list[str]]:
        """What a sitting that comes after can begin with: a digest of what was learned from, and the first of the order that followed.

        Of the order in force, and of the one that was to come; with few decisions each of them has its own.
        """
        done = [self._used] if self._used is not None else []
        if self._coming is not None and self._coming.done() and not self._coming.cancelled() and self._coming.result() is not None:
            done.append((self._wanted, self._coming.result()))
        before = {_digest(self._as_left[0]): self._as_left[1]} if self._as_left is not None else {}
        return {**self._last, **before, **{_digest(labels): self._begin(order) for labels, order in done}}

    def _begin(self, order: Iterable[int]) -> list[str]:
        """An order up to its last open record that is kept. What was decided since it was made stays in: an undo may open it."""
        found: list[str] = []
        left = KEPT
        for n in order:
            found.append(self._keys[n])
            left -= self._keys[n] not in self._labels
            if not left:
                break
        return found

    def _from_before(self, labels: list[Label], fits: Callable[[str], bool]) -> str | None:
        """The next record from an order in which the sitting before this one ended, if that learned from the same."""
        wanted = labels[: trained_on(len(labels))]
        if self._last and (self._as_left is None or self._as_left[0] != wanted):
            keys = self._last.pop(_digest(wanted), None)
            if keys is None:
                self._last = {}
            else:
                self._as_left = wanted, keys
        if self._as_left is None or self._as_left[0] != wanted:
            return None
        return next((key for key in self._as_left[1] if fits(key)), None)

    def close(self) -> None:
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _before(self) -> list[Label]:
        """All labels but the last, which nothing has been learned from yet."""
        return self._labels.all[:-1]

    def _by_words(self, fits: Callable[[str], bool]) -> str | None:
        return next((k for k in self._first if fits(k)), None) or next((k for k in self._keys if fits(k)), None)

    def _ready(self, labels: list[Label]) -> bool:
        if self._coming is None or self._wanted != labels[: trained_on(len(labels))]:
            self._learn(labels)
        return self._coming is not None and self._coming.done() and self._coming.result() is not None

    def _order(self, labels: list[Label]) -> Iterable[str]:
        if self._coming is None or self._wanted != labels[: trained_on(len(labels))]:
            self._learn(labels)
        assert self._coming is not None
        order = self._coming.result()
        if order is not None:
            self._used = self._wanted, order
        return (self._keys[n] for n in order) if order is not None else [*self._first, *self._keys]

    def _learn(self, labels: list[Label]) -> None:
        wanted = labels[: trained_on(len(labels))]
        if self._coming is None or wanted != self._wanted:
            if self._coming is not None:
                self._coming.cancel()  # nobody wants it any more
            self._wanted = wanted
            self._coming = self._worker.submit(self._all, wanted)

    def _all(self, labels: list[Label]) -> Any:
        """All records not among the labels, the likeliest first; None where there is no model."""
        if self._ranker is None:
            self._ranker = self._give if isinstance(self._give, Ranker) else self._give()
        if self._ranker is None:
            return None
        if not isinstance(self._ranker, Ranker):
            return self._ranker.order(labels)
        import numpy as np  # not before it is wanted: it would hold up the first record

        unread = np.ones(len(self._keys), dtype=bool)
        unread[[n for n, _ in labels]] = False
        places = np.flatnonzero(unread)
        # An array: of the many only the first few are looked at, and a list of them would hold up the keys.
        return self._ranker.order(labels, places) if len(places) else places
