"""Where a sitting stands among its records: which are shown, which are open, what comes next, and how one gets elsewhere."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence

from review.model.record import Report
from review.screening.guide import WORDS, Guide
from review.screening.shelf import Shelf

MOST_SEEN = 1000  # steps back
# What a place in the view is to `_next_open`.
CLOSED, OPEN, SKIPPED = b"\0", b"\1", b"\2"


class Course(ABC):
    """A way through `offered`. What is open, and what to do where the guide chooses in another way, the subclass knows."""

    def __init__(self, shelf: Shelf, offered: Sequence[str] | None, guide: Guide | None) -> None:
        """shelf: where reports come from; offered: keys of those to go through, in the order to show (all); guide: chooses what comes next."""
        self.shelf = shelf
        self.offered: list[str] = list(shelf.keys if offered is None else offered)
        self.view: list[str] = []
        self.position = 0
        self.filtered = ""  # what the view is, where it is not all
        self._guide = guide
        self._seen: list[str] = []  # with a guide: what this sitting went on from, in order
        self._state = bytearray()
        self._place: dict[str, int] | None = None  # where each report of the view stands, once somebody asks

    @abstractmethod
    def open_of(self, keys: Sequence[str]) -> bytearray:
        """For each of these reports 1 where something is still to be said of it, else 0."""

    @abstractmethod
    def choosing(self, way: str) -> None:
        """Called before a record shows that was chosen in this way."""

    def show(self, keys: Collection[str] | None = None, called: str = "") -> None:
        """Show these of the reviewer's reports only (None: all), in their order, from the first that is open."""
        here = self.current.key if self.view and self.current else None
        self.view = self.offered if keys is None else [k for k in self.offered if k in keys]
        self.filtered = called if keys is not None else ""
        self._state = self.open_of(self.view)
        self._place = None
        start = -1
        if here is not None and keys is None:
            start = self._where(here) - 1
        self.position = self._onwards(start) if start < 0 else self._next_open(start)

    @property
    def current(self) -> Report | None:
        return self.shelf.report(self.view[self.position]) if 0 <= self.position < len(self.view) else None

    @property
    def by_words(self) -> bool:
        """Whether records come by the words of the question, since the model is not there yet."""
        return self._guide is not None and self._guide.way == WORDS

    @property
    def left_in_view(self) -> int:
        return len(self._state) - self._state.count(CLOSED)

    def skip(self) -> None:
        """Leave the current report for later."""
        if self.current and self._state[self.position] == OPEN[0]:
            self._state[self.position] = SKIPPED[0]
        self.forward()

    def forward(self) -> None:
        if self._guide is not None and self.position < len(self.view):
            here = self.view[self.position]
            self._seen = [k for k in self._seen[-MOST_SEEN:] if k != here] + [here]
        self.position = self._onwards(self.position)

    def step(self, by: int) -> None:
        """Move by whole records, decided or not. Where a guide chooses what comes next, back is to what was seen before."""
        if self._guide is not None and self._seen:
            here = self.view[self.position] if self.position < len(self.view) else ""
            at = self._seen.index(here) if here in self._seen else len(self._seen)
            if 0 <= at + by < len(self._seen) and (place := self._where(self._seen[at + by])) >= 0:
                self.position = place
            elif by > 0:
                self.position = self._onwards(self.position)
        elif self.view:
            start = self.position if self.position < len(self.view) else len(self.view)
            self.position = max(0, min(len(self.view) - 1, start + by))

    def go_to(self, key: str) -> None:
        """Show a report of this reviewer, leaving the filter where it is not in it. Raises KeyError where it is none of theirs."""
        if self._where(key) < 0 and self.filtered:
            self.show()
        if self._where(key) < 0:
            raise KeyError(key)
        self.position = self._where(key)

    def find(self, text: str) -> str | None:
        """Go to the first of this reviewer's reports from here on with this key, DOI, PMID or words in its title; None: there is none."""
        key = self.shelf.report_of.get(text)
        found = [key] if key else self.shelf.named(text)
        mine = sorted(p for k in found if (p := self._where(k)) >= 0)
        if mine:
            self.position = next((p for p in mine if p > self.position), mine[0])
            return self.view[self.position]
        for key in found:
            try:
                self.go_to(key)
            except KeyError:
                continue
            return key
        return None

    # -- inside --------------------------------------------------------------------------------------------

    def _where(self, key: str) -> int:
        """The place of a report in the view, or -1."""
        if 0 <= self.position < len(self.view) and self.view[self.position] == key:
            return self.position
        if self._place is None:
            self._place = {k: n for n, k in enumerate(self.view)}
        return self._place.get(key, -1)

    def _onwards(self, after: int) -> int:
        """The place of the report that the guide chooses; without a guide, or where it has none, the next open one."""
        if self._guide is not None:
            chosen = self._guide.following(lambda key: (n := self._where(key)) >= 0 and self._state[n] == OPEN[0])
            self.choosing(self._guide.way)
            if chosen is not None:
                return self._where(chosen)
        return self._next_open(after)

    def _next_open(self, after: int) -> int:
        """The next undecided report after a position, wrapping; skipped ones come last. len(view) if none is left."""
        for _ in range(2):
            found = self._state.find(OPEN, after + 1)
            if found < 0:
                found = self._state.find(OPEN)
            if found >= 0:
                return found
            if SKIPPED not in self._state:
                break
            self._state = self._state.replace(SKIPPED, OPEN)
        return len(self.view)
