"""From decided pairs to reports: strongest links first, and nothing joined that contradicts itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import polars as pl

Pair = tuple[int, int]
RIVAL = 0.85  # from here on a record may as well be another's
SURE = 0.99  # a link of this probability on is not doubted for a weaker one,
PROVED = 0.996  # and of this on, which the fields together never reach, for none
MOST = 200  # members of a group whose pairs are all decided; of a larger one, those with its first members
Decide = Callable[[list[Pair]], Iterable[tuple[int, int, bool]]]  # pairs in; (a, b, contradicts) out


class Clusters:
    """Positions in disjoint sets; the smallest position names the set."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, i: int) -> int:
        parent = self.parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(self, a: int, b: int) -> None:
        a, b = self.find(a), self.find(b)
        if a != b:
            self.parent[max(a, b)] = min(a, b)

    def groups(self) -> list[list[int]]:
        """The sets of two or more, each sorted."""
        members: dict[int, list[int]] = defaultdict(list)
        for i, parent in enumerate(self.parent):
            if parent != i:
                members[self.find(i)].append(i)
        return [[root, *found] for root, found in sorted(members.items())]


def _inside(group: list[int]) -> Iterator[Pair]:
    for n, a in enumerate(group[:MOST]):
        yield from ((a, b) for b in group[n + 1 :])


def _split(group: list[int], links: list[tuple[float, int, int]], against: set[Pair]) -> Iterator[Pair]:
    """Joins within one group, the surest link first, wherever no member of one side contradicts a member of the other.

    A record that fits two others that contradict each other, and this one not surely, or no better, is left to a person.
    """
    members = {i: [i] for i in group}
    of = {i: i for i in group}
    fits: dict[int, dict[int, float]] = defaultdict(dict)
    for minus, a, b in links:
        fits[a][b] = fits[b][a] = -minus

    def apart(i: int, j: int) -> bool:
        return (min(i, j), max(i, j)) in against

    def torn(i: int, j: int, probability: float) -> bool:
        """i fits another record as well, which contradicts j."""
        return any(apart(j, other) for other, p in fits[i].items() if probability < SURE or p >= probability)

    for minus, a, b in sorted(links):
        left, right = of[a], of[b]
        if left == right or any(apart(i, j) for i in members[left] for j in members[right]):
            continue
        if -minus < PROVED and (torn(a, b, -minus) or torn(b, a, -minus)):
            continue
        yield a, b
        for i in members.pop(right):
            of[i] = left
            members[left].append(i)


def _torn_between(links: list[tuple[int, int, float]], rivals: Iterable[Pair], decide: Decide) -> set[Pair]:
    """The links that are not sure and of which one record may as well be a third, which contradicts the other: it fits both, so neither."""
    fits: dict[int, set[int]] = defaultdict(set)
    for a, b in rivals:
        fits[a].add(b)
        fits[b].add(a)
    asked: dict[Pair, set[Pair]] = defaultdict(set)
    for a, b, probability in links:
        if probability < SURE:
            for one, other in ((a, b), (b, a)):
                for third in fits[one] - {other} if one in fits else ():
                    asked[min(other, third), max(other, third)].add((a, b))
    against = [(a, b) for a, b, contradicts in decide(sorted(asked)) if contradicts] if asked else []
    return {link for pair in against for link in asked[pair]}


def joined(size: int, duplicates: pl.DataFrame, decide: Decide, said: Mapping[Pair, bool], rivals: Iterable[Pair] = ()) -> list[int]:
    """The report of each of `size` records: the position of its first record.

    duplicates: a, b, probability of the pairs that are one report by the rules; rivals: pairs that may be one; decide: asked for the pairs inside a group of three
    or more; said: a person's words, the latest last. They stand above the rules, and of them the latest above the others.
    """
    loose = Clusters(size)
    links = list(duplicates.select("a", "b", "probability").iter_rows())
    if doubted := _torn_between(links, rivals, decide):
        links = [link for link in links if link[:2] not in doubted]
    for a, b, _ in links:
        loose.join(a, b)
    words_apart = _told_apart(size, said)
    groups = [g for g in loose.groups() if len(g) > 2]
    against = {(a, b) for a, b, contradicts in decide([pair for g in groups for pair in _inside(g)]) if contradicts} | words_apart
    torn = {loose.find(a) for a, b in against if loose.find(a) == loose.find(b)}
    clusters = Clusters(size)
    by_group: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for a, b, probability in links:
        root = loose.find(a) if torn else -1
        if root in torn:
            by_group[root].append((-probability, a, b))
        else:
            clusters.join(a, b)
    if torn:
        members = {g[0]: g for g in loose.groups() if g[0] in torn}
        for root, inside in sorted(by_group.items()):
            for a, b in _split(members[root], inside, against):
                clusters.join(a, b)
    _spoken(clusters, said, words_apart)
    return [clusters.find(i) for i in range(size)]


def _told_apart(size: int, said: Mapping[Pair, bool]) -> set[Pair]:
    """The pairs that people told apart, with what follows: whoever says that a is b, and b is not c, says that a is not c."""
    apart = {pair for pair, same in said.items() if not same}
    if len(apart) == len(said):
        return apart
    people = Clusters(size)
    _spoken(people, said, apart)
    members = {g[0]: g for g in people.groups()}
    return {
        (min(i, j), max(i, j))
        for a, b in apart
        for i in members.get(people.find(a), (a,))
        for j in members.get(people.find(b), (b,))
        if i != j
    }


def _spoken(clusters: Clusters, said: Mapping[Pair, bool], apart: set[Pair]) -> None:
    """A person speaks of reports as they stand: whatever the rules say of their other records, the two become one."""
    for a, b in reversed([pair for pair, same in said.items() if same]):  # the latest word first
        left, right = clusters.find(a), clusters.find(b)
        if left != right and not any({clusters.find(i), clusters.find(j)} == {left, right} for i, j in apart):
            clusters.join(a, b)


def roots(of: Sequence[int]) -> pl.Series:
    return pl.Series("report", of, pl.UInt32)
