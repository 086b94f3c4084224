"""What a person is asked: pairs of records that may be one report, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from review.dedup.said import Pair, Said, Ties, pair_of, ties
from review.model.record import Link, Record


@dataclass(frozen=True, slots=True)
class Question:
    """Two records, a < b, and what the rules, or a person before, said of them. merged: they stand in one report now."""

    link: Link
    a: Record
    b: Record
    merged: bool

    @property
    def pair(self) -> Pair:
        return pair_of(self.a.key, self.b.key)


class Made(Sequence[Question]):
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

    def pairs(self) -> list[Pair]:
        """Of which pair each is, without making it."""
        return [pair_of(x.a, x.b) for x in self._links]


def asked_of(links: Iterable[Link], records: Mapping[str, Record]) -> list[Question]:
    """The unsure pairs of a run, as they are asked. records: those of these pairs."""
    links = list(links)
    joined = ties(pair_of(x.a, x.b) for x in links if x.verdict == "duplicate")
    asked = [Question(x, records[x.a], records[x.b], merged=False) for x in links if x.verdict == "unsure"]
    return ordered(asked, families(asked, joined))


def holding(links: Iterable[Link], always: Collection[Pair]) -> Iterator[Link]:
    """Of links that make two records one report, the surest that hold each report together, and those on the pairs of `always`."""
    group: dict[str, str] = {}

    def root(key: str) -> str:
        while (above := group.get(key, key)) != key:
            group[key] = key = group.get(above, above)
        return key

    for x in sorted(links, key=lambda x: (-x.probability, x.a, x.b)):
        a, b = root(x.a), root(x.b)
        group[b] = a
        if a != b or pair_of(x.a, x.b) in always:
            yield x


def families(questions: Sequence[Question], joined: Ties) -> dict[str, int]:
    """Of each record of the questions, and of what the rules joined with these, the number of what hangs together with it."""
    near = ties(q.pair for q in questions)
    said = Said((), {key: [*near.get(key, ()), *joined.get(key, ())] for key in near.keys() | joined.keys()})
    family: dict[str, int] = {}
    for n, question in enumerate(questions):
        if question.a.key not in family:
            family.update(dict.fromkeys(said.together(question.a.key), n))
    return family


def ordered(questions: Iterable[Question], family: Mapping[str, int]) -> list[Question]:
    """Likeliest first, of the equally likely one kind of doubt after the other; what hangs together (`families`) stands together, where the
    likeliest of it stands."""

    def place(q: Question) -> tuple[float, str, Pair]:
        return -q.link.probability, q.link.rule, q.pair

    likeliest = sorted(questions, key=place)
    best: dict[int, tuple[float, str, Pair]] = {}
    for q in likeliest:
        best.setdefault(family[q.a.key], place(q))
    return sorted(likeliest, key=lambda q: (best[family[q.a.key]], place(q)))
