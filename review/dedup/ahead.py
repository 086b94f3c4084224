"""What the rules know of pairs that come next: worked out together, and apart from the sitting, so that no key waits for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from review.dedup.questions import Question
from review.dedup.said import Pair
from review.model.record import Record

if TYPE_CHECKING:
    from review.dedup.explain import Contradiction, Explanation

AHEAD = 8  # pairs that are looked at together: that takes little longer than one
MOST_BESIDE = 20  # other records of a report that are looked at


class Seen(NamedTuple):
    """Everything that the rules know of a pair. apart: the records of the two reports, other than the pair itself, that can't stand in one."""

    explanation: Explanation
    apart: list[Contradiction]


@dataclass(frozen=True, slots=True)
class Ahead:
    """Some pairs, as the rules see them, and of each the records of its two reports."""

    pairs: Sequence[tuple[Record, Record]]
    reports: Sequence[tuple[Sequence[Record], Sequence[Record]]]

    @classmethod
    def of(
        cls,
        questions: Sequence[Question],
        counted: Callable[[Record], Record],
        rest: Callable[[Question], tuple[Sequence[Record], Sequence[Record]]],
    ) -> Ahead:
        """counted: a record as the rules see it; rest: what else stands in the two reports."""
        pairs = [(counted(q.a), counted(q.b)) for q in questions]
        reports: list[tuple[Sequence[Record], Sequence[Record]]] = []
        for q in questions:
            sides = zip((q.a, q.b), rest(q), strict=True)
            one, two = ([counted(r) for r in (first, *others[:MOST_BESIDE])] for first, others in sides)
            # Only where there is more than the pair itself.
            reports.append(([], []) if q.merged or len(one) + len(two) == 2 else (one, two))
        return cls(pairs, reports)

    def seen(self) -> dict[Pair, Seen]:
        from review.dedup.explain import contradicting, explained_all

        keys = [(a.key, b.key) for a, b in self.pairs]
        told = zip(keys, explained_all(self.pairs), contradicting(self.reports), strict=True)
        return {pair: Seen(found, [x for x in apart if {x.a.key, x.b.key} != set(pair)]) for pair, found, apart in told}
