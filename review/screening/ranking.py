"""Which record next: a ranking that learns from decisions. It changes the order and nothing else.

The model is a ridge classifier in the space of `features` (Hoerl & Kennard 1970; as a classifier: Rifkin & Lippert, MIT-CSAIL-TR
2007-025), with the few relevant records given `FAVOUR` times the weight of all the others together, and the review's question as one more
relevant record. To its score come the likeness to the question, and how much a record looks like a report of
results, both less as relevant records are known.

A ranking depends on the seed, the records, and the decisions in their order, on nothing else; not on when it was asked for.
The model is trained anew at fixed numbers of decisions (`trained_on`), so a person who comes back finds the order they left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from review.screening.features import Space

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Sums = dict[bool, tuple[Any, Any]]
Label = tuple[int, bool]  # a record's place among the records, and whether it is relevant

RIDGE = 10.0
FAVOUR = 10.0
QUESTION, FADES = 1.0, 0.03  # weight of the likeness to the question: QUESTION / (1 + FADES * relevant ones)
REPORTING, PASSES = 0.5, 0.1  # likewise of looking like a report of results
BLOCK = 256  # labels summed at once
PACE = 50  # with n decisions there are at least n / PACE new ones between two trainings


def trained_on(decisions: int) -> int:
    """How many of so many decisions the model in force has learned from: all while they are few, then in growing steps."""
    n = 0
    while (after := n + max(1, n // PACE)) <= decisions:
        n = after
    return n


class Ranker:
    """Ranks the records of a space. Remembers only what spares it work; every answer follows from its arguments."""

    def __init__(self, space: Space, seed: int = 0) -> None:
        import numpy as np

        self.space = space
        self._lot = np.random.default_rng(seed).permutation(len(space.points))  # breaks ties, and is the order before anything is known
        self._summed: list[Label] = []
        self._sums: Sums = {}
        self._scored: tuple[list[Label], Any] | None = None
        self._near: Any = None
        if space.question is not None:
            # Half by subject, half by the question's own words.
            self._near = _standard_deviates(space.points @ space.question)
            if space.likeness is not None:
                self._near = (self._near + _standard_deviates(space.likeness)) / 2

    def order(self, decided: Sequence[Label], unread: NDArray[np.int64] | Sequence[int]) -> NDArray[np.int64]:
        """The unread records, the likeliest to be relevant first. decided: in the order of the decisions, each record once."""
        import numpy as np

        unread = np.asarray(unread, dtype=np.int64)
        return unread[np.lexsort((self._lot[unread], -self._scores(decided, unread)))]

    def next(self, decided: Sequence[Label], unread: NDArray[np.int64] | Sequence[int]) -> int:
        """The first of `order`, without sorting. Raises ValueError where nothing is unread."""
        import numpy as np

        unread = np.asarray(unread, dtype=np.int64)
        scores = self._scores(decided, unread)
        best = unread[scores == scores.max()]
        return int(best[np.argmin(self._lot[best])])

    def _scores(self, decided: Sequence[Label], unread: NDArray[np.int64]) -> Any:
        import numpy as np

        if not len(unread):
            raise ValueError("nothing is unread")
        known = trained_on(len(decided))
        scores = np.zeros(len(unread))
        if known:
            scores += _standard_deviates(self._predicted(list(decided[:known]))[unread])
        found = sum(relevant for _, relevant in decided[:known])
        if self._near is not None:
            scores += QUESTION / (1 + FADES * found) * _standard_deviates(self._near[unread])
        if self.space.reporting is not None:
            scores += REPORTING / (1 + PASSES * found) * _standard_deviates(self.space.reporting[unread])
        return scores

    def _predicted(self, labels: list[Label]) -> Any:
        """The model's score of every record."""
        if self._scored is None or self._scored[0] != labels:
            weights = self._few(labels) if len(labels) < self.space.points.shape[1] else self._many(labels)
            self._scored = labels, self.space.points @ weights[:-1].astype(self.space.points.dtype) + weights[-1]
        return self._scored[1]

    def _few(self, labels: list[Label]) -> Any:
        """The ridge solution from the similarities of the labelled records: quick while they are fewer than the dimensions."""
        import numpy as np

        points, relevant = self._labelled(labels)
        weight = np.where(relevant, *_class_weights(int(relevant.sum()), int((~relevant).sum())))
        a = points @ points.T
        a[np.diag_indices_from(a)] += RIDGE / weight
        return points.T @ np.linalg.solve(a, np.where(relevant, 1.0, -1.0))  # scipy has a quicker one, and takes far longer to load

    def _many(self, labels: list[Label]) -> Any:
        """The same solution from sums over the labelled records, which grow with each decision."""
        import numpy as np

        # Whole blocks are summed once and kept, what is left is summed each time: so the same labels in the same order give the
        # same sums to the last bit, however they came.
        if labels[: len(self._summed)] != self._summed:
            self._summed, self._sums = [], {}
        whole = len(labels) - len(labels) % BLOCK
        for start in range(len(self._summed), whole, BLOCK):
            self._sums = self._added(self._sums, labels[:whole][start : start + BLOCK], first=start == 0)
        self._summed = labels[:whole]
        sums = self._added(self._sums, labels[whole:], first=whole == 0)
        d = self.space.points.shape[1] + 1
        yes, no = (sums.get(side, (0.0, np.zeros(d))) for side in (True, False))
        more, less = _class_weights(yes[1][-1], no[1][-1])
        a = more * yes[0] + less * no[0]
        a[np.diag_indices_from(a)] += RIDGE
        return np.linalg.solve(a, more * yes[1] - less * no[1])

    def _added(self, sums: Sums, labels: list[Label], *, first: bool) -> Sums:
        """The sums with these labels added: side -> sums of products, sums."""
        points, relevant = self._labelled(labels, first=first)
        found = dict(sums)
        for side in (True, False):
            if len(mine := points[relevant == side]):
                products, total = found.get(side, (0.0, 0.0))
                found[side] = products + mine.T @ mine, total + mine.sum(axis=0)
        return found

    def _labelled(self, labels: list[Label], *, first: bool = True) -> tuple[Any, Any]:
        """The labelled records with one more coordinate for the intercept; before the first the question, as relevant."""
        import numpy as np

        points = self.space.points[[n for n, _ in labels]].astype(np.float64)
        relevant = [r for _, r in labels]
        if first and self.space.question is not None:
            points = np.vstack([self.space.question, points])
            relevant = [True, *relevant]
        return np.hstack([points, np.ones((len(points), 1))]), np.array(relevant, dtype=bool)


def _class_weights(relevant: float, irrelevant: float) -> tuple[float, float]:
    n = relevant + irrelevant
    return FAVOUR * n / (2 * max(relevant, 1)), n / (2 * max(irrelevant, 1))


def _standard_deviates(values: Any) -> Any:
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 1e-12 else values * 0.0
