"""The unsure pairs by kind, and several reports that hang together answered at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from review.dedup.differing import told_in_a_line
from review.dedup.questions import Question
from review.dedup.said import CONTRADICTED, UNLIKELY_ASKED, Pair, pair_of
from review.model.record import Record

SEVERAL = "more than two reports hang together"
UNLIKELY = "unlikely, asked since the list is short"
AGAINST = "alike, but other records of the two reports contradict each other"


class Kind(NamedTuple):
    """Some of the unsure pairs. left: how many of them are open."""

    name: str
    left: int
    pairs: frozenset[Pair]


def kinds_of(questions: Iterable[Question], is_open: Callable[[Pair], bool], several: Callable[[Pair], bool]) -> list[Kind]:
    """What kinds of doubt there are, most frequent first, then of which sources. A pair may be of several. several: whether more than two
    reports hang together around a pair."""
    doubts: dict[str, set[Pair]] = {}
    sources: dict[str, set[Pair]] = {}
    for q in questions:
        for name, holds in (
            (SEVERAL, several(q.pair)),
            (AGAINST, q.link.evidence.endswith(CONTRADICTED)),
            (UNLIKELY, q.link.evidence.endswith(UNLIKELY_ASKED)),
            (q.link.rule, q.link.rule != "person"),
        ):
            if holds:
                doubts.setdefault(name, set()).add(q.pair)
        for source in {q.a.source, q.b.source} - {""}:
            sources.setdefault(f"with a record of {source}", set()).add(q.pair)
    found = [[Kind(name, sum(map(is_open, pairs)), frozenset(pairs)) for name, pairs in some.items()] for some in (doubts, sources)]
    few = [sorted(some, key=lambda kind: (-kind.left, kind.name)) for some in found]
    return [*few[0], *(few[1] if len(few[1]) > 1 else ())]


class Hanging(NamedTuple):
    """Reports that hang together by unsure pairs. keys: the records of each; shown: one of each that stands in a pair; open: the pairs
    between them that are open."""

    keys: Sequence[frozenset[str]]
    shown: Sequence[Record]
    open: Sequence[Question]

    def lines(self) -> list[str]:
        """The reports, a line each."""
        found = []
        for record, keys in zip(self.shown, self.keys, strict=True):
            who = f"{record.authors[0].partition(',')[0]}{' and others' if len(record.authors) > 1 else ''}; " if record.authors else ""
            merged = f" (+{len(keys) - 1} merged)" if len(keys) > 1 else ""
            head, mark, told = told_in_a_line(record).partition(": ")
            found.append(f"{head}{mark}{who}{told}{merged}")
        return found


def hanging(open_: Iterable[Question], family: Mapping[str, int], here: Question, together: Callable[[str], Collection[str]]) -> Hanging:
    """The reports around a pair. open_: all pairs that are open; family: of each record the number of what hangs together with it;
    together: all records of the report in which one stands, by what is known so far."""
    near = [q for q in open_ if family[q.a.key] == family[here.a.key]]
    reports: dict[frozenset[str], Record] = {}
    for q in (here, *near):
        for record in (q.a, q.b):
            reports.setdefault(frozenset(together(record.key)), record)
    return Hanging([*reports], [*reports.values()], near)


class Word(NamedTuple):
    """What is to be said of a pair."""

    pair: Pair
    same: bool


def words_for(found: Hanging, same: Collection[int]) -> list[Word]:
    """What is to be said where the reports of these places are one, and the others differ from it; where none is named, all differ.

    Between two of the others nothing is said, unless none is named: they are asked about.
    """
    place = {key: n for n, keys in enumerate(found.keys) for key in keys}
    between: dict[tuple[int, int], Pair] = {}  # of two places, a pair that is asked about
    words = []
    for q in found.open:
        a, b = place[q.a.key], place[q.b.key]
        between.setdefault((min(a, b), max(a, b)), q.pair)
        if (a in same) != (b in same) or (not same and a != b):
            words.append(Word(q.pair, same=False))
    joined = sorted(same)
    for n, one in enumerate(joined[1:], 1):
        asked = (between.get((other, one)) for other in joined[:n])
        bare = pair_of(found.shown[joined[0]].key, found.shown[one].key)
        words.append(Word(next((pair for pair in asked if pair), bare), same=True))
    return words


def at_once(ticked: int, of: int) -> str:
    """What is said of reports that hang together, of which some are ticked as one."""
    others = of - ticked
    if ticked == 0:
        return f"all {of} are different reports"
    if ticked == 1:
        return f"that one is another report than the other {others}"
    return f"all {of} are one report" if not others else f"{ticked} are one report, the other {others} {'is' if others == 1 else 'are'} not"
