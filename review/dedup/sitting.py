"""A sitting over pairs of records that may be one report: what is asked, what was said, undo. No terminal in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeVar

from review.dedup.ahead import AHEAD, Ahead, Seen
from review.dedup.asking import Hanging, Word, hanging, words_for
from review.dedup.questions import Made, Question, holding
from review.dedup.queue import Queue
from review.dedup.said import Pair, Said, last_said, pair_of, ties
from review.model.events import Event, Sameness, Undo, standing
from review.model.record import Link, Record, Report
from review.model.related import RELATIONS, role

if TYPE_CHECKING:
    import polars as pl

    from review.dedup.crowded import Shared
    from review.dedup.explain import Contradiction, Explanation
    from review.dedup.finding import Finder

E = TypeVar("E", bound=Event)


class Keeps(Protocol):
    """Where words are put on disk."""

    def append(self, event: Event) -> Event: ...

    def append_all(self, events: list[E]) -> list[E]: ...


class Pairs(Queue):
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
        told: pl.DataFrame | None = None,
    ) -> None:
        """events: the ledger so far; protocol: the digest of that in force; uncounted: the records with a DOI or PMID that counts for nothing,
        since many documents share it, each with these; told: `finding.TOLD` of the records, where they are not at hand otherwise in no time.
        """
        self.ledger, self.who, self.protocol = ledger, who, protocol
        self._events = list(events)
        self._records, self._uncounted, self._told = records, uncounted, told
        self._finder: Finder | None = None
        # What a person said before is there to be seen again, and taken back.
        shown = [x for x in links if (x.verdict in ("unsure", "duplicate") or x.rule == "person") and x.a in records and x.b in records]
        by_rules = [x for x in shown if x.verdict == "duplicate" and x.rule != "person"]
        self._joined = ties(pair_of(x.a, x.b) for x in by_rules)
        spoken = {pair_of(e.a, e.b) for e in events if isinstance(e, Sameness)}
        # Of a report of many copies, the pairs that hold it together, one for each copy: all pairs of them would show each again and again.
        self._by_rules = sorted(holding(by_rules, spoken), key=lambda x: (x.probability, x.a, x.b))
        asked = [self._question(x) for x in shown if x.verdict != "duplicate" or x.rule == "person"]
        self._shown = {key for x in shown for key in (x.a, x.b)}
        super().__init__(asked, Made(self._by_rules, self._question), self._joined)
        self._seen: dict[Pair, Seen] = {}
        self.notes: dict[Pair, str] = {}  # typed, and kept with the next word on their pair
        self._reckon()
        self._forward()

    def _question(self, link: Link) -> Question:
        return Question(link, self._records[link.a], self._records[link.b], link.verdict == "duplicate")

    def _reckon(self) -> None:
        self._said = Said((e for e in standing(self._events) if isinstance(e, Sameness)), self._joined)
        self._open = {q.pair: self.word(q) is None and self._said.follows(*q.pair) is None for q in self._every}

    def having(self, text: str) -> set[str]:
        if self._finder is None:
            from review.dedup.finding import Finder, told_of

            told = told_of(self._records[key] for key in self._shown) if self._told is None else self._told
            self._finder = Finder(told.filter(told["key"].is_in(list(self._shown))))
        return self._finder.having(text)

    @property
    def explanation(self) -> Explanation | None:
        """Everything that the rules know of the current pair."""
        return self._seen_now.explanation if self.current else None

    def apart(self) -> list[Contradiction]:
        """The records of the two reports, other than the pair itself, that can't stand in one report."""
        return self._seen_now.apart

    def against(self) -> list[list[Contradiction]]:
        """Those of `apart` that say more than the doubt for which the pair itself is asked about; those that say the very same together: of two
        reports of several copies they are many."""
        found = self.explanation
        said: dict[tuple[str, str], list[Contradiction]] = {}
        for x in self.apart():
            if found and x.rule != found.rule:
                said.setdefault((x.why, x.evidence), []).append(x)
        return list(said.values())

    @property
    def _seen_now(self) -> Seen:
        assert self.current
        if self.current.pair not in self._seen:
            self.look(self._unseen(self.position).seen())
        return self._seen[self.current.pair]

    def ahead(self) -> Ahead | None:
        """What comes next and has not been looked at, to be worked out while a person reads, also in another thread; None: all has."""
        soon = range(self.position, min(self.position + 2 * AHEAD, len(self.queue)))
        unseen = next((n for n in soon if self.queue[n].pair not in self._seen), None)
        return None if unseen is None else self._unseen(unseen)

    def _unseen(self, position: int) -> Ahead:
        some = [q for q in self.queue[position : position + AHEAD] if q.pair not in self._seen]
        return Ahead.of(some, self._counted, self._rest)

    def look(self, seen: Mapping[Pair, Seen]) -> None:
        """Take in what was worked out of `ahead`."""
        self._seen.update(seen)

    def hanging(self) -> Hanging | None:
        """The reports that hang together around the current pair, where it is an unsure one; None where there are but its two."""
        if self.current is None or self.looking_over:
            return None
        found = hanging(self.asked(), self._family, self.current, self._said.together)
        return found if len(found.keys) > 2 and found.open else None

    def say_all(self, found: Hanging, same: Collection[int]) -> tuple[list[Word], list[Sameness]]:
        """Keep words on all of these at once, as `words_for` has them; gives them, and the earlier words that can't hold together with them.

        Raises ReviewError where they could not be kept: then none is.
        """
        words = words_for(found, same)
        # One answer is known by the event that it followed.
        at_once = self._events[-1].id if self._events else "first"
        said = [
            Sameness(
                by=self.who, a=w.pair[0], b=w.pair[1], same=w.same, at_once=at_once, note=self.notes.get(w.pair, ""), protocol=self.protocol
            )
            for w in words
        ]
        kept = self.ledger.append_all(said)
        for w in words:
            self.notes.pop(w.pair, None)
        self._events += kept
        self._reckon()
        self._forward()
        return words, list(dict.fromkeys(w for e in kept for w in self._said.against(e) if w not in kept))

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
        by_rules = Said((), self._joined)
        one, two = ([self._records[k] for k in sorted(by_rules.together(r.key) - {r.key}) if k in self._records] for r in (q.a, q.b))
        return [r for r in one if r.key != q.b.key], [] if q.merged else [r for r in two if r.key != q.a.key]

    @property
    def note(self) -> str:
        """The note that waits for a word on the current pair."""
        return self.notes.get(self.current.pair, "") if self.current else ""

    def word(self, question: Question) -> Sameness | None:
        """The latest word on a pair that stands."""
        return self._said.latest.get(question.pair)

    def contradicts(self, word: Sameness) -> tuple[Sameness, ...]:
        """The words that can't all hold together with one that stands."""
        return self._said.against(word)

    def follows(self, question: Question) -> bool | None:
        """What the words on other pairs make of one that nobody spoke on: the same, different; None: they say nothing of it."""
        return self._said.follows(*question.pair)

    def others(self, key: str) -> set[str]:
        """The other records of the report in which a record stands, by the rules and by what people said of them by now."""
        return self._said.together(key) - {key}

    @property
    def said(self) -> int:
        """The pairs of either list on which there is a word."""
        return len(self._spoken)

    @property
    def said_by_others(self) -> int:
        """Those of them whose word is another person's."""
        return sum(w.by != self.who for w in self._spoken)

    @property
    def _spoken(self) -> list[Sameness]:
        return [w for pair, w in self._said.latest.items() if pair in self._open or pair[1] in self._joined.get(pair[0], ())]

    def which(self, relation: str) -> str:
        """Which of the current two is the erratum, the version …: `the second is the erratum`; '' where their records don't tell."""
        q = self.current
        return role(relation, Report(key=q.a.key, records=(q.a,)), Report(key=q.b.key, records=(q.b,))) if q else ""

    def untold(self, relation: str) -> bool:
        """Whether a person has to say which of the current two is the erratum, the version …: their records don't tell."""
        return self.current is not None and relation != "co_publication" and not self.which(relation)

    def say(self, same: bool, relation: str = "", first: str = "") -> tuple[Sameness, ...]:
        """Keep a word on the current pair, with its note, and go on. relation: one of RELATIONS, for two that are not the same; first: the key of the one
        that is the erratum, the version …, where a person says so.

        Gives the earlier words that can't hold together with it. Raises ReviewError where it could not be kept.
        """
        question = self.current
        if question is None:
            return ()
        if relation and (same or relation not in RELATIONS):
            raise ValueError(f"no relation: {relation}")
        a, b = question.a.key, question.b.key
        event = Sameness(by=self.who, a=a, b=b, same=same, relation=relation, first=first, note=self.note, protocol=self.protocol)
        self._events.append(self.ledger.append(event))
        self.notes.pop(question.pair, None)
        self._reckon()
        self.position += 1
        if not self.looking_over:
            self._forward()
        return self._said.against(event)

    def undo(self) -> list[Sameness]:
        """Take back this person's last word, of this sitting or an earlier one, with those said at once with it, and show its pair; their notes
        wait for another word. Gives them; none where there is nothing to take back."""
        words = last_said(self._events, self.who)
        if not words:
            return []
        self._events += self.ledger.append_all([Undo(by=self.who, undoes=w.id, protocol=self.protocol) for w in reversed(words)])
        self._reckon()
        self.notes |= {pair_of(w.a, w.b): w.note for w in words if w.note}
        pair = pair_of(words[0].a, words[0].b)
        merged = next((n for n, x in enumerate(self._by_rules) if pair_of(x.a, x.b) == pair), None)
        if merged is not None:
            self.looking_over, self.position = True, merged
        else:
            self.show(lambda shown: shown == pair)
        return words

    def undone(self) -> str:
        """`undo`, and what came of it in words."""
        words = self.undo()
        if not words:
            return "There is nothing to undo."
        first, shown = words[0], self.current
        if shown is None or shown.pair != pair_of(first.a, first.b):
            return f"Undone: your word on {first.a} and {first.b}, which are no pair of this list."
        return (
            "Undone: your last word, on this pair."
            if len(words) == 1
            else f"Undone: your last {len(words)} words, which were said at once."
        )
