"""Which record next: a ranking that learns from decisions. It changes the order and nothing else.

The model is a ridge classifier in the space of `features` (Hoerl & Kennard 1970; as a classifier: Rifkin & Lippert, MIT-CSAIL-TR
2007-025), with the few relevant records given `FAVOUR` times the weight of all the others together, and the review's question as one more
relevant record. To its score comes the likeness to the question, less as relevant records are known.

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

Label = tuple[int, bool]  # a record's place among the records, and whether it is relevant

RIDGE = 10.0
FAVOUR = 10.0
QUESTION, FADES = 1.0, 0.03  # weight of the likeness to the question: QUESTION / (1 + FADES * relevant ones)
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
        n, d = space.points.shape
        rng = np.random.default_rng(seed)
        self._lot = rng.permutation(n)  # breaks ties, and is the order before anything is known
        self._sums = {True: np.zeros((d + 1, d + 1)), False: np.zeros((d + 1, d + 1))}
        self._means = {True: np.zeros(d + 1), False: np.zeros(d + 1)}
        self._learned: list[Label] = []
        self._model: tuple[int, Any] | None = None
        self._near = _standard_deviates(space.points @ space.question) if space.question is not None else None

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
        if self._near is not None:
            found = sum(relevant for _, relevant in decided[:known])
            scores += QUESTION / (1 + FADES * found) * _standard_deviates(self._near[unread])
        return scores

    def _predicted(self, labels: list[Label]) -> Any:
        """The model's score of every record."""
        if self._model is None or self._learned != labels:
            self._learn(labels)
            weights = self._weights()
            self._model = (len(labels), self.space.points @ weights[:-1].astype(self.space.points.dtype) + weights[-1])
        return self._model[1]

    def _learn(self, labels: list[Label]) -> None:
        """Bring the sums up to these labels, in their order: the same labels give the same sums to the last bit."""
        same = labels[: len(self._learned)] == self._learned
        if not same:
            for sums in (*self._sums.values(), *self._means.values()):
                sums[:] = 0
        import numpy as np

        new = labels[len(self._learned) :] if same else labels
        if not same or not self._learned:
            # The question is a relevant record that is always there.
            if self.space.question is not None:
                self._add(np.append(self.space.question, 1), relevant=True)
        for record, relevant in new:
            self._add(np.append(self.space.points[record], 1), relevant=relevant)
        self._learned = labels

    def _add(self, point: Any, *, relevant: bool) -> None:
        import numpy as np

        self._sums[relevant] += np.outer(point, point)
        self._means[relevant] += point

    def _weights(self) -> Any:
        """The ridge solution, the intercept last; it is penalised as little as one more coordinate."""
        import numpy as np
        from scipy.linalg import solve

        counts = {side: self._means[side][-1] for side in (True, False)}
        n = sum(counts.values())
        weight = {True: FAVOUR * n / (2 * max(counts[True], 1)), False: n / (2 * max(counts[False], 1))}
        a = sum(weight[side] * self._sums[side] for side in (True, False)) + RIDGE * np.eye(len(self._means[True]))
        b = weight[True] * self._means[True] - weight[False] * self._means[False]
        return solve(a, b, assume_a="pos", overwrite_a=True, check_finite=False)


def _standard_deviates(values: Any) -> Any:
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 1e-12 else values * 0.0
