"""A sitting over pairs of records that may be one report: what is asked, what was said, undo. No terminal in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, overload

from review.dedup.said import Pair, Said, Ties, pair_of, ties
from review.model.events import Event, Sameness, Undo, standing
from review.model.record import Link, Record, Report, plain
from review.model.related import RELATIONS, role

if TYPE_CHECKING:
    from review.dedup.crowded import Shared
    from review.dedup.explain import Contradiction, Explanation


AHEAD = 8  # pairs that are looked at together
MOST_BESIDE = 20  # other records of a report that are looked at


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


class _Made(Sequence[Question]):
    """Questions that are made when they are looked at: there may be very many of them."""

    def __init__(self, links: Sequence[Link], make: Callable[[Link], Question]) -> None:
        self._links, self._make = links, make

    @overload
    def __getitem__(self, at: int) -> Question: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Question]: ...
    def __getitem__(self, at: int | slice) -> Question | Sequence[Question]:
        return self._make(self._links[at]) if isinstance(at, int) else [self._make(x) for x in self._links[at]]

    def __len__(self) -> int:
        return len(self._links)


class Pairs:
    """The unsure pairs, likeliest first with what belongs together side by side, and those that a person has spoken on; or, to be looked
    over, those that the rules merged, least likely first.

    Every word is on disk when its method returns; the reports follow when the deduplication runs again.
    """

    def __init__(
        self,
        links: Iterable[Link],
        records: Mapping[str, Record],
        ledger: Keeps,
        who: str,
        events: Sequence[Event],
        protocol: str = "",
        uncounted: Mapping[str, Shared] = MappingProxyType({}),
    ) -> None:
        """events: the ledger so far; protocol: the digest of that in force; uncounted: the records with a DOI or PMID that counts for nothing,
        since many documents share it, each with these.
        """
        self.ledger, self.who, self.protocol = ledger, who, protocol
        self._events = list(events)
        self._records, self._uncounted = records, uncounted
        # What a person said before is there to be seen again, and taken back.
        shown = [x for x in links if (x.verdict in ("unsure", "duplicate") or x.rule == "person") and x.a in records and x.b in records]
        by_rules = (x for x in shown if x.verdict == "duplicate" and x.rule != "person")
        self._by_rules = sorted(by_rules, key=lambda x: (x.probability, x.a, x.b))
        self.merged: Sequence[Question] = _Made(self._by_rules, self._question)
        self._joined = ties(pair_of(x.a, x.b) for x in self._by_rules)
        self.unsure = _families([self._question(x) for x in shown if x.verdict != "duplicate" or x.rule == "person"], self._joined)
        self.looking_over = False
        self.position = 0
        self._later: list[Pair] = []  # skipped: these come again at the end
        self._explained: dict[Pair, Explanation] = {}
        self._apart: dict[Pair, list[Contradiction]] = {}
        self._reckon()
        self._forward()

    def _question(self, link: Link) -> Question:
        return Question(link, self._records[link.a], self._records[link.b], link.verdict == "duplicate")

    def _reckon(self) -> None:
        self._said = Said((e for e in standing(self._events) if isinstance(e, Sameness)), self._joined)
        self._open = {_pair(q): self.word(q) is None and self._said.follows(*_pair(q)) is None for q in self.unsure}

    @property
    def queue(self) -> Sequence[Question]:
        return self.merged if self.looking_over else self.unsure

    @property
    def current(self) -> Question | None:
        return self.queue[self.position] if self.position < len(self.queue) else None

    @property
    def explanation(self) -> Explanation | None:
        """Everything that the rules know of the current pair."""
        if self.current is None:
            return None
        self._look_ahead()
        return self._explained[_pair(self.current)]

    def _look_ahead(self) -> None:
        """Have the rules look at the current pair, and at some of those that come next: together they take little longer than one."""
        if self.current is not None and _pair(self.current) not in self._explained:
            self._look(self.position)

    def look_further(self) -> None:
        """Have them look at what comes next, before it is asked for: while a person reads."""
        soon = range(self.position, min(self.position + AHEAD // 2, len(self.queue)))
        unseen = next((n for n in soon if _pair(self.queue[n]) not in self._explained), None)
        if unseen is not None:
            self._look(unseen)

    def _look(self, position: int) -> None:
        from review.dedup.explain import contradicting, explained_all

        ahead = [q for q in self.queue[position : position + AHEAD] if _pair(q) not in self._explained]
        pairs = [(self._counted(q.a), self._counted(q.b)) for q in ahead]
        self._explained.update(zip(map(_pair, ahead), explained_all(pairs), strict=True))
        sides = [
            tuple(
                [self._counted(r) for r in (first, *others[:MOST_BESIDE])] for first, others in zip((q.a, q.b), self._rest(q), strict=True)
            )
            for q in ahead
        ]
        # Only where there is more than the pair itself.
        groups = [([], []) if q.merged or len(one) + len(two) == 2 else (one, two) for q, (one, two) in zip(ahead, sides, strict=True)]
        for q, found in zip(ahead, contradicting(groups), strict=True):
            self._apart[_pair(q)] = [x for x in found if {x.a.key, x.b.key} != set(_pair(q))]

    def asked(self) -> list[Question]:
        """The pairs that are open."""
        return [q for q in self.unsure if self._open[_pair(q)]]

    @staticmethod
    def likely(rule: str, probability: float) -> str:
        """How likely two records are the same, and by what, in words."""
        from review.dedup.explain import likely

        return likely(rule, probability)

    def _counted(self, record: Record) -> Record:
        """A record as the rules see it."""
        from review.dedup.crowded import without

        return without(record, self._uncounted.get(record.key, {}))

    @property
    def not_counted(self) -> str:
        """What of the current pair counts for nothing, since many documents share it, in words; '' for nothing."""
        from review.dedup.crowded import worded

        keys = (self.current.a.key, self.current.b.key) if self.current else ()
        return worded({name: value for key in keys for name, value in self._uncounted.get(key, {}).items()})

    def rest(self) -> tuple[list[Record], list[Record]]:
        """What else stands in the reports of the first and of the second record of the current pair, by the rules."""
        return self._rest(self.current) if self.current else ([], [])

    def _rest(self, q: Question) -> tuple[list[Record], list[Record]]:
        one, two = ([self._records[k] for k in self.others(r.key) if k in self._records] for r in (q.a, q.b))
        return [r for r in one if r.key != q.b.key], [] if q.merged else [r for r in two if r.key != q.a.key]

    def apart(self) -> list[Contradiction]:
        """The records of the two reports, other than the pair itself, that can't stand in one report."""
        self._look_ahead()
        return self._apart[_pair(self.current)] if self.current else []

    def word(self, question: Question) -> Sameness | None:
        """The latest word on a pair that stands."""
        return self._said.latest.get(_pair(question))

    def follows(self, question: Question) -> bool | None:
        """What the words on other pairs make of one that nobody spoke on: the same, different; None: they say nothing of it."""
        return None if self.word(question) else self._said.follows(*_pair(question))

    def others(self, key: str) -> tuple[str, ...]:
        """The other records of the report in which a record stands by the rules."""
        return tuple(sorted(Said((), self._joined).together(key) - {key}))

    @property
    def said(self) -> int:
        return sum(self.word(q) is not None for q in self.unsure)

    @property
    def left(self) -> int:
        return sum(self._open.values())

    def untold(self, relation: str) -> bool:
        """Whether a person has to say which of the current two is the erratum, the version …: their records don't tell."""
        q = self.current
        if q is None or relation == "co_publication":
            return False
        return not role(relation, Report(key=q.a.key, records=(q.a,)), Report(key=q.b.key, records=(q.b,)))

    def say(self, same: bool, relation: str = "", note: str = "", first: str = "") -> tuple[Sameness, ...]:
        """Keep a word on the current pair and go on. relation: one of RELATIONS, for two that are not the same; first: the key of the one
        that is the erratum, the version …, where a person says so.

        Gives the earlier words that can't hold together with it. Raises ReviewError where it could not be kept.
        """
        question = self.current
        if question is None:
            return ()
        if relation and (same or relation not in RELATIONS):
            raise ValueError(f"no relation: {relation}")
        a, b = question.a.key, question.b.key
        event = Sameness(by=self.who, a=a, b=b, same=same, relation=relation, first=first, note=note, protocol=self.protocol)
        self._events.append(self.ledger.append(event))
        self._reckon()
        self.position += 1
        if not self.looking_over:
            self._forward()
        return self._said.against(event)

    def undo(self) -> bool:
        """Take back this person's last word, of this sitting or an earlier one, and show its pair. False: there is none."""
        last = next((e for e in reversed(standing(self._events)) if isinstance(e, Sameness) and e.by == self.who), None)
        if last is None:
            return False
        self._events.append(self.ledger.append(Undo(by=self.who, undoes=last.id, protocol=self.protocol)))
        self._reckon()
        pair = pair_of(last.a, last.b)
        for over, links in ((False, [q.link for q in self.unsure]), (True, self._by_rules)):
            found = next((n for n, x in enumerate(links) if pair_of(x.a, x.b) == pair), None)
            if found is not None:
                self.looking_over, self.position = over, found
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

    def skip(self) -> bool:
        """Leave the current pair for later: it comes again when the others are decided. False: there is no other one."""
        question = self.current
        if question is None:
            return False
        if self.looking_over:
            self.step(1)
            return True
        pair = _pair(question)
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
        wanted = plain(text)
        for over in (self.looking_over, not self.looking_over):
            queue = self.merged if over else self.unsure
            start = self.position + 1 if over == self.looking_over else 0
            order = [*range(start, len(queue)), *range(min(start, len(queue)))]
            found = next((n for n in order if any(_has(r, text, wanted) for r in (queue[n].a, queue[n].b))), None)
            if found is not None:
                self.looking_over, self.position = over, found
                return True
        return False

    def look_over(self) -> None:
        """To the merged pairs and back."""
        self.looking_over = not self.looking_over
        self.position = 0
        if not self.looking_over:
            self._forward()

    def _forward(self) -> None:
        """To the next pair that is open, the skipped ones last; to the end, where there is none."""
        open_ = {_pair(q): n for n, q in enumerate(self.unsure) if self._open[_pair(q)]}
        fresh = [n for pair, n in open_.items() if pair not in self._later]
        again = [open_[pair] for pair in self._later if pair in open_]
        self.position = next((n for n in fresh if n >= self.position), next(iter((*fresh, *again)), len(self.unsure)))


def _pair(question: Question) -> Pair:
    return pair_of(question.a.key, question.b.key)


def _has(record: Record, text: str, wanted: str) -> bool:
    exact = text.strip().casefold()
    words = f"{plain(record.title)} {plain(' '.join(record.authors))}"
    key = record.key.casefold()
    return exact in (key, key.partition(":")[2], record.doi.casefold(), record.pmid) or (bool(wanted) and wanted in words)


def _families(questions: Sequence[Question], joined: Ties) -> list[Question]:
    """Likeliest first; the pairs around one report stand together, where the likeliest of them stands."""
    near = ties(map(_pair, questions))
    said = Said((), {key: [*near.get(key, ()), *joined.get(key, ())] for key in near.keys() | joined.keys()})
    family: dict[str, int] = {}
    best: list[tuple[float, Pair]] = []
    ordered = sorted(questions, key=lambda q: (-q.link.probability, _pair(q)))
    for question in ordered:
        if question.a.key not in family:
            family.update(dict.fromkeys(said.together(question.a.key), len(best)))
            best.append((-question.link.probability, _pair(question)))
    return sorted(ordered, key=lambda q: (best[family[q.a.key]], -q.link.probability, _pair(q)))
