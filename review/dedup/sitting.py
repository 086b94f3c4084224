"""A sitting over pairs of records that may be one report: what is asked, what was said, undo. No terminal in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from review.model.events import Event, Sameness, Undo, standing
from review.model.record import Link, Record

if TYPE_CHECKING:
    from review.dedup.explain import Explanation


# The relations that a person may name, with the words for them.
RELATIONS = {
    "version_of": "a version of the other: preprint, update, protocol, reprint",
    "abstract_of": "the abstract of the other, given at a meeting",
    "erratum_or_retraction_of": "an erratum or a retraction of the other",
    "reply_to": "a reply to the other, or a comment on it",
    "co_publication": "published in two places",
}


class Keeps(Protocol):
    """Where words are put on disk."""

    def append(self, event: Event) -> Event: ...


@dataclass(frozen=True, slots=True)
class Question:
    """Two records, a < b, and what the rules, or a person before, said of them. merged: they stand in one report now."""

    link: Link
    a: Record
    b: Record
    merged: bool


class Pairs:
    """The unsure pairs, likeliest first, and those that a person told apart; or, to be looked over, the merged ones, least likely first.

    Every word is on disk when its method returns; the reports follow when the deduplication runs again.
    """

    def __init__(
        self, links: Iterable[Link], records: Mapping[str, Record], ledger: Keeps, who: str, events: Sequence[Event], protocol: str = ""
    ) -> None:
        """events: the ledger so far; protocol: the digest of that in force."""
        self.ledger, self.who, self.protocol = ledger, who, protocol
        self._events = list(events)
        # What a person said before is there to be seen again, and taken back.
        shown = [x for x in links if (x.verdict in ("unsure", "duplicate") or x.rule == "person") and x.a in records and x.b in records]
        asked = [Question(x, records[x.a], records[x.b], x.verdict == "duplicate") for x in shown]
        self.unsure = sorted((q for q in asked if not q.merged), key=lambda q: (-q.link.probability, q.link.a, q.link.b))
        self.merged = sorted((q for q in asked if q.merged), key=lambda q: (q.link.probability, q.link.a, q.link.b))
        self.looking_over = False
        self.position = 0
        self._explained: dict[tuple[str, str], Explanation] = {}
        self._forward()

    @property
    def queue(self) -> Sequence[Question]:
        return self.merged if self.looking_over else self.unsure

    @property
    def current(self) -> Question | None:
        return self.queue[self.position] if self.position < len(self.queue) else None

    @property
    def explanation(self) -> Explanation | None:
        """Everything that the rules know of the current pair."""
        from review.dedup.explain import explained

        if self.current is None:
            return None
        pair = self.current.a.key, self.current.b.key
        if pair not in self._explained:
            self._explained[pair] = explained(self.current.a, self.current.b)
        return self._explained[pair]

    def word(self, question: Question) -> Sameness | None:
        """The latest word on a pair that stands."""
        pair = {question.a.key, question.b.key}
        return next((e for e in reversed(standing(self._events)) if isinstance(e, Sameness) and {e.a, e.b} == pair), None)

    @property
    def said(self) -> int:
        return sum(self.word(q) is not None for q in self.unsure)

    @property
    def left(self) -> int:
        return len(self.unsure) - self.said

    def say(self, same: bool, relation: str = "", note: str = "") -> None:
        """Keep a word on the current pair and go on. relation: one of RELATIONS, for two that are not the same.

        Raises ReviewError where it could not be kept.
        """
        question = self.current
        if question is None:
            return
        if relation and (same or relation not in RELATIONS):
            raise ValueError(f"no relation: {relation}")
        event = Sameness(by=self.who, a=question.a.key, b=question.b.key, same=same, relation=relation, note=note, protocol=self.protocol)
        self._events.append(self.ledger.append(event))
        self.position += 1
        if not self.looking_over:
            self._forward()

    def undo(self) -> bool:
        """Take back this person's last word, of this sitting or an earlier one, and show its pair. False: there is none."""
        last = next((e for e in reversed(standing(self._events)) if isinstance(e, Sameness) and e.by == self.who), None)
        if last is None:
            return False
        self._events.append(self.ledger.append(Undo(by=self.who, undoes=last.id, protocol=self.protocol)))
        for over in (False, True):
            for n, question in enumerate(self.merged if over else self.unsure):
                if {question.a.key, question.b.key} == {last.a, last.b}:
                    self.looking_over, self.position = over, n
        return True

    def undone(self) -> str:
        """`undo`, and what came of it in words."""
        if not self.undo():
            return "There is nothing to undo."
        last = self._events[-1]
        word = next(e for e in self._events if isinstance(last, Undo) and e.id == last.undoes)
        shown = self.current
        if isinstance(word, Sameness) and (shown is None or {shown.a.key, shown.b.key} != {word.a, word.b}):
            return f"Undone: your word on {word.a} and {word.b}, which are no pair of this list."
        return "Undone: your last word, on this pair."

    def step(self, by: int) -> None:
        self.position = max(0, min(len(self.queue), self.position + by))

    def look_over(self) -> None:
        """To the merged pairs and back."""
        self.looking_over = not self.looking_over
        self.position = 0
        if not self.looking_over:
            self._forward()

    def _forward(self) -> None:
        """To the next pair that nobody has spoken on; to the end, where there is none."""
        while self.current is not None and self.word(self.current) is not None:
            self.position += 1
        if self.current is None:
            self.position = next((n for n, q in enumerate(self.unsure) if self.word(q) is None), len(self.unsure))
