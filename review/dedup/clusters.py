"""From decided pairs to reports: strongest links first, and nothing joined that contradicts itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
import polars as pl

Pair = tuple[int, int]
_PAIRS = pl.Schema({"a": pl.UInt32, "b": pl.UInt32})
RIVAL = 0.85  # from here on a record may as well be another's
SURE = 0.99  # a link of this probability on is not doubted for another one
MOST = 200  # members of a group whose pairs are all decided; of a larger one, those with its first members
Told = Callable[[Sequence[int]], Sequence[str]]  # what records say, as text
Decide = Callable[[pl.DataFrame], Iterable[Pair]]  # pairs in (a, b), in any order; those that contradict each other out


class Clusters:
    """Positions in disjoint sets; the smallest position names the set."""

    def __init__(self, parent: list[int]) -> None:
        """parent: of each position one of its set that is no larger: `range` where each stands alone."""
        self.parent = parent

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


def _rooted(size: int, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Of each of `size` positions the smallest that links (a, b) join it with: all sets at once."""
    root = np.arange(size)
    while True:
        x, y = root[a], root[b]
        apart = x != y
        if not apart.any():
            return root
        np.minimum.at(root, np.maximum(x, y)[apart], np.minimum(x, y)[apart])
        while ((further := root[root]) != root).any():
            root = further


def _inside(root: np.ndarray) -> pl.DataFrame:
    """The pairs within each group of three or more: of a large one those with its first MOST members."""
    order = np.argsort(root, kind="stable")
    grouped = root[order]
    starts = np.flatnonzero(np.r_[True, grouped[1:] != grouped[:-1]]) if len(root) else np.zeros(0, np.intp)
    sizes = np.diff(np.r_[starts, len(root)])
    size, place = np.repeat(sizes, sizes), np.arange(len(root)) - np.repeat(starts, sizes)
    at = np.flatnonzero((size > 2) & (place < MOST))
    a, b = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    for step in range(1, int(sizes.max(initial=0))):
        at = at[place[at] + step < size[at]]
        a.append(order[at])
        b.append(order[at + step])
    return pl.DataFrame({"a": np.concatenate(a), "b": np.concatenate(b)}, schema=_PAIRS)


def _split(group: list[int], links: list[tuple[float, float, int, int]], against: set[Pair], told: Sequence[str]) -> Iterator[Pair]:
    """Joins within one group, the surest link first, wherever no member of one side contradicts a member of the other.

    A record that fits two others that contradict each other, and this one not surely, is left to a person. links: probability and match weights,
    both with a minus, and the two. told: what each member says: of links that are equally sure it tells which comes first, whatever the records are called.
    """
    said = dict(zip(group, told, strict=True))
    members = {i: [i] for i in group}
    of = {i: i for i in group}
    fits: dict[int, set[int]] = defaultdict(set)
    for *_, a, b in links:
        fits[a].add(b)
        fits[b].add(a)

    def apart(i: int, j: int) -> bool:
        return (min(i, j), max(i, j)) in against

    for minus, _, a, b in sorted(links, key=lambda x: (*x[:2], sorted((said[x[2]], said[x[3]])), x)):
        left, right = of[a], of[b]
        if left == right or any(apart(i, j) for i in members[left] for j in members[right]):
            continue
        if -minus < SURE and (any(apart(b, other) for other in fits[a]) or any(apart(a, other) for other in fits[b])):
            continue
        yield a, b
        for i in members.pop(right):
            of[i] = left
            members[left].append(i)


def _doubted(links: Iterable[Pair], rivals: Iterable[Pair], decide: Decide) -> set[Pair]:
    """Of the links, none of which is sure, those of which one record may as well be a third, which contradicts the other: it fits both, so neither.
    A link that is doubted for that is a rival of the others all the same."""
    left, found = set(links), set[Pair]()
    while fresh := _torn_between(left, rivals, decide):
        found |= fresh
        left -= fresh
        rivals = fresh
    return found


def _torn_between(links: Iterable[Pair], rivals: Iterable[Pair], decide: Decide) -> set[Pair]:
    fits: dict[int, set[int]] = defaultdict(set)
    for a, b in rivals:
        fits[a].add(b)
        fits[b].add(a)
    asked: dict[Pair, set[Pair]] = defaultdict(set)
    for a, b in links:
        for one, other in ((a, b), (b, a)):
            for third in fits[one] - {other} if one in fits else ():
                asked[min(other, third), max(other, third)].add((a, b))
    against = decide(pl.DataFrame(sorted(asked), schema=_PAIRS, orient="row")) if asked else ()
    return {link for pair in against for link in asked[pair]}


def joined(
    size: int, duplicates: pl.DataFrame, decide: Decide, said: Mapping[Pair, bool], rivals: Iterable[Pair] = (), told: Told | None = None
) -> list[int]:
    """The report of each of `size` records: the position of its first record.

    duplicates: a, b, probability and, where they are known, match weights (`twice`) of the pairs that are one report by the rules; rivals: pairs that may be one; decide: asked for the pairs inside a group of three
    or more; said: a person's words, the latest last. They stand above the rules, and of them the latest above the others. told: asked for what the
    records of a group say that contradicts itself.
    """
    unsure = duplicates.filter(pl.col("probability") < SURE).select("a", "b").iter_rows()
    if doubted := _doubted(unsure, rivals, decide):
        duplicates = duplicates.join(pl.DataFrame(sorted(doubted), schema=_PAIRS, orient="row"), on=["a", "b"], how="anti")
    a, b = (duplicates[name].to_numpy() for name in ("a", "b"))
    root = _rooted(size, a, b)
    words_apart = _told_apart(size, said)
    against = {*decide(_inside(root)), *words_apart}
    torn = sorted({int(root[a]) for a, b in against if root[a] == root[b]})
    inside = np.isin(root, torn)
    members: dict[int, list[int]] = defaultdict(list)
    for i in np.flatnonzero(inside).tolist():
        members[int(root[i])].append(i)
    by_group: dict[int, list[tuple[float, float, int, int]]] = defaultdict(list)
    weights = pl.col("twice").fill_null(0) if "twice" in duplicates.columns else pl.lit(0.0)
    for i, j, *sure in duplicates.filter(pl.Series(inside[a])).select("a", "b", -pl.col("probability"), -weights).iter_rows():
        by_group[int(root[i])].append((sure[0], sure[1], i, j))
    everyone = [i for group in members.values() for i in group]
    texts = dict(zip(everyone, told(everyone) if told and everyone else [""] * len(everyone), strict=True))
    clusters = Clusters(np.where(inside, np.arange(size), root).tolist())
    for group, links in sorted(by_group.items()):
        for i, j in _split(members[group], links, against, [texts[i] for i in members[group]]):
            clusters.join(i, j)
    _spoken(clusters, said, words_apart)
    return [clusters.find(i) for i in range(size)] if torn or said else clusters.parent


def _told_apart(size: int, said: Mapping[Pair, bool]) -> set[Pair]:
    """The pairs that people told apart, with what follows: whoever says that a is b, and b is not c, says that a is not c."""
    apart = {pair for pair, same in said.items() if not same}
    if len(apart) == len(said):
        return apart
    people = Clusters(list(range(size)))
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
