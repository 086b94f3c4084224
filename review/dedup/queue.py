"""Two lists of pairs, those to be decided and those that are merged, and a place in one of them: moving about, and leaving for later."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from review.dedup.asking import Kind, kinds_of
from review.dedup.questions import Made, Question, families, ordered
from review.dedup.said import Pair, Said, Ties


class Queue(ABC):
    """The unsure pairs, of all kinds or of one (`kind`; '' for all), likeliest first with what belongs together side by side; and the merged
    ones."""

    def __init__(self, asked: Sequence[Question], merged: Sequence[Question], joined: Ties) -> None:
        """joined: what the rules joined."""
        self.merged = merged
        self._family = families(asked, joined)
        self._every = ordered(asked, self._family)
        self.unsure, self.kind = self._every, ""
        self._open: dict[Pair, bool] = {}  # whether a pair of all these is to be decided still
        self.looking_over = False
        self.position = 0
        self._later: list[Pair] = []  # skipped: these come again at the end
        apart = Said((), joined)
        reports: dict[int, set[str]] = {}
        for q in asked:
            reports.setdefault(self._family[q.a.key], set()).update(min(apart.together(key)) for key in q.pair)
        self._several = {n for n, inside in reports.items() if len(inside) > 2}

    @property
    def queue(self) -> Sequence[Question]:
        return self.merged if self.looking_over else self.unsure

    @property
    def current(self) -> Question | None:
        return self.queue[self.position] if self.position < len(self.queue) else None

    @property
    def left(self) -> int:
        """The open pairs, of all kinds."""
        return sum(self._open.values())

    @property
    def left_here(self) -> int:
        """The open pairs of the kind that is shown."""
        return sum(self._open[q.pair] for q in self.unsure)

    def asked(self) -> list[Question]:
        """The pairs that are open."""
        return [q for q in self._every if self._open[q.pair]]

    def kinds(self) -> list[Kind]:
        """What kinds of doubt there are among the unsure pairs."""
        return kinds_of(self._every, self._open.__getitem__, self._in_several)

    def only(self, kind: Kind | None) -> None:
        """Show the unsure pairs of one kind; None: all of them."""
        self.kind = kind.name if kind else ""
        self.unsure = [q for q in self._every if q.pair in kind.pairs] if kind else self._every
        self.looking_over, self.position = False, 0
        self._forward()

    def _in_several(self, pair: Pair) -> bool:
        """Whether more than two reports hang together around a pair."""
        return self._family[pair[0]] in self._several

    def step(self, by: int) -> None:
        self.position = max(0, min(len(self.queue), self.position + by))

    def skip(self) -> bool:
        """Leave the current pair for later: it comes again when the others are decided. False: there is no other one."""
        question = self.current
        if question is None:
            return False
        if self.looking_over:
            self.step(1)
            return True
        pair = question.pair
        if pair in self._later:
            self._later.remove(pair)
        self._later.append(pair)
        self.position += 1
        self._forward()
        return self.current is not question

    def to_open(self) -> None:
        """To the first pair that is open."""
        self.position = 0
        self._forward()

    def go(self, text: str) -> bool:
        """To a pair by its number, or to the next one with a key, DOI, PMID or words of a title or author, from here on and round.

        Looks into the other list where this one has none. False: neither has.
        """
        if (number := text.replace(",", "")).isdecimal() and 1 <= int(number) <= len(self.queue):
            self.position = int(number) - 1
            return True
        having = self.having(text)
        return self.show(lambda pair: not having.isdisjoint(pair))

    @abstractmethod
    def having(self, text: str) -> set[str]:
        """The keys of the records with this key, DOI or PMID, or words of a title or author."""

    def show(self, wanted: Callable[[Pair], bool]) -> bool:
        """To the next pair that is wanted, from here on and round: of the list that is shown, else of all kinds, else of the other list."""
        found = self._next(wanted, self.queue, self.position + 1)
        if found is None and self.kind and any(wanted(q.pair) for q in self._every):
            self.only(None)
            found = self._next(wanted, self.queue, 0)
        elif found is None:
            found = self._next(wanted, self.unsure if self.looking_over else self.merged, 0)
            self.looking_over ^= found is not None
        if found is not None:
            self.position = found
        return found is not None

    @staticmethod
    def _next(wanted: Callable[[Pair], bool], queue: Sequence[Question], start: int) -> int | None:
        pairs = queue.pairs() if isinstance(queue, Made) else [q.pair for q in queue]
        order = (*range(start, len(queue)), *range(min(start, len(queue))))
        return next((n for n in order if wanted(pairs[n])), None)

    def look_over(self) -> None:
        """To the merged pairs and back."""
        self.looking_over = not self.looking_over
        self.position = 0
        if not self.looking_over:
            self._forward()

    def _forward(self) -> None:
        """To the next pair that is open, the skipped ones last; to the end, where there is none."""
        open_ = {q.pair: n for n, q in enumerate(self.unsure) if self._open[q.pair]}
        fresh = [n for pair, n in open_.items() if pair not in self._later]
        again = [open_[pair] for pair in self._later if pair in open_]
        self.position = next((n for n in fresh if n >= self.position), next(iter((*fresh, *again)), len(self.unsure)))
