"""From decided pairs to reports: strongest links first, and nothing joined that contradicts itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntFlag, auto
from typing import NamedTuple

import numpy as np
import polars as pl

from review.dedup.arrays import runs_of

Pair = tuple[int, int]
# Of two records: how likely they are one report, their match weights where they are known, whether they stand at one place or have one identifier;
# whether no report may hold both, and that is a mere doubt; in what they differ.
FOUND = ("a", "b", "probability", "twice", "placed", "contradicts", "doubted", "differs")
_PAIRS = pl.Schema({"a": pl.UInt32, "b": pl.UInt32})
RIVAL = 0.85  # from here on a record may as well be another's
SURE = 0.99  # a link of this probability on is not doubted for another one
WITNESSES = 3  # records that are surely the one of two, and at the place of the other, for each doubt whether the two are one
MOST = 200  # members of a group whose pairs are all decided; of a larger one, those with its first members
Told = Callable[[Sequence[int]], Sequence[str]]  # what records say, as text
# Pairs in (a, b), in any order; out, with the columns of FOUND, those that contradict each other, and those that may be one.
Decide = Callable[[pl.DataFrame], pl.DataFrame]


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
        root = _ends(root)


def _ends(parent: np.ndarray) -> np.ndarray:
    """Of each position the one that names its set."""
    while ((further := parent[parent]) != parent).any():
        parent = further
    return parent


def _inside(root: np.ndarray) -> pl.DataFrame:
    """The pairs within each group of three or more: of a large one those with its first MOST members."""
    order = np.argsort(root, kind="stable")
    size, place = runs_of(root[order])
    at = np.flatnonzero((size > 2) & (place < MOST))
    a, b = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    for step in range(1, int(size.max(initial=0))):
        at = at[place[at] + step < size[at]]
        a.append(order[at])
        b.append(order[at + step])
    return pl.DataFrame({"a": np.concatenate(a), "b": np.concatenate(b)}, schema=_PAIRS)


class Differs(IntFlag):
    """In what two records differ that may be one: first what a copy may have wrong by itself, or not say; then anything else of which no
    copy has a slip. NO_PLACE: they have neither a page nor an identifier in common."""

    MEETING = auto()
    AUTHORS = auto()
    VOLUME = auto()
    ISSUE = auto()
    ABSTRACT = auto()
    MORE = auto()
    NO_PLACE = auto()


class Link(NamedTuple):
    """Two records that are one report by the rules. sure: how likely, placed: whether they stand at one place or have one identifier;
    differs: in what they differ all the same."""

    a: int
    b: int
    sure: float
    weight: float
    placed: bool
    differs: int


class Doubt(NamedTuple):
    """Why no report may hold two records. mere: more records may settle it; differs: in what they differ."""

    mere: bool
    differs: int


def _split(group: list[int], links: list[Link], others: list[Link], against: Mapping[Pair, Doubt], told: Sequence[str]) -> Iterator[Pair]:
    """Joins within one group, the surest link first, wherever no member of one side contradicts a member of the other.

    A record that fits two others that contradict each other, and this one not surely, is left to a person. others: sure links that nothing
    proposed; against: pairs that contradict each other. told: what each member says: of links that are equally sure it tells which comes first,
    whatever the records are called.
    """
    said = dict(zip(group, told, strict=True))
    members = {i: [i] for i in group}
    of = {i: i for i in group}
    differs = {(i, j): link.differs for link in (*links, *others) for i, j in ((link.a, link.b), (link.b, link.a))}
    differs |= {p: d.differs for (i, j), d in against.items() for p in ((i, j), (j, i))}
    fits, sure, placed = (defaultdict[int, set[int]](set) for _ in range(3))
    for link in links:
        fits[link.a].add(link.b)
        fits[link.b].add(link.a)
    for link in (*links, *others):
        for one, other in ((link.a, link.b), (link.b, link.a)):
            if link.sure >= SURE:
                sure[one].add(other)
            if link.placed:
                placed[one].add(other)

    def apart(i: int, j: int) -> bool:
        return (min(i, j), max(i, j)) in against

    def outvoted(i: int, j: int, doubts: int) -> bool:
        """Others are surely the one, and at the place of the other."""
        return len((sure[i] & placed[j]) | (placed[i] & sure[j])) >= WITNESSES * doubts

    def torn(i: int, j: int) -> bool:
        return apart(i, j) and not (against[min(i, j), max(i, j)].mere and outvoted(i, j, 1))

    def answered(odd: int, other: int, among: set[int]) -> bool:
        """The two differ in one thing alone, in which a third, surely one with each, is with the other against the odd one, and nobody of the
        group with the odd one: the doubt was about that third as well."""
        doubt = against[min(odd, other), max(odd, other)].differs & ~Differs.NO_PLACE
        if doubt & Differs.MORE or doubt.bit_count() != 1:
            return False
        # What has no page does not say that it is of a meeting: no slip, and several copies may be as silent.
        silent = doubt == Differs.MEETING
        if not silent and any(doubt & differs.get((y, other), 0) for y in group if y != odd):
            return False
        return any(
            doubt & differs[odd, x]
            and not doubt & differs[x, other]
            and (x in placed[other] if silent else not differs[odd, x] & Differs.NO_PLACE)
            for x in sure[odd] & sure[other] & among
        )

    def kept_apart(left: list[int], right: list[int]) -> bool:
        found = [(i, j) for i in left for j in right if apart(i, j)]
        if not found:
            return False
        if not all(against[min(pair), max(pair)].mere for pair in found):
            return True
        doubts = Counter(i for pair in found for i in pair)
        if all(outvoted(i, j, max(doubts[i], doubts[j])) for i, j in found):
            return False
        among, odd = {*left, *right}, set.intersection(*map(set, found))
        return not any(all(answered(one, i + j - one, among) for i, j in found) for one in odd)

    for link in sorted(links, key=lambda x: (-x.sure, -x.weight, sorted((said[x.a], said[x.b])), x)):
        a, b = link.a, link.b
        left, right = of[a], of[b]
        if left == right or kept_apart(members[left], members[right]):
            continue
        if link.sure < SURE and (any(torn(b, other) for other in fits[a]) or any(torn(a, other) for other in fits[b])):
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
    if not asked:
        return set()
    against = decide(pl.DataFrame(sorted(asked), schema=_PAIRS, orient="row")).filter("contradicts").select("a", "b")
    return {link for pair in against.iter_rows() for link in asked[pair]}


def joined(
    size: int, duplicates: pl.DataFrame, decide: Decide, said: Mapping[Pair, bool], rivals: Iterable[Pair] = (), told: Told | None = None
) -> list[int]:
    """The report of each of `size` records: the position of its first record.

    duplicates: FOUND, of the pairs that are one report by the rules; rivals: pairs that may be one; decide: asked for the pairs inside a group of three
    or more; said: a person's words, the latest last. They stand above the rules, and of them the latest above the others. told: asked for what the
    records of a group say that contradicts itself.
    """
    unsure = duplicates.filter(pl.col("probability") < SURE).select("a", "b").iter_rows()
    if doubted := _doubted(unsure, rivals, decide):
        duplicates = duplicates.join(pl.DataFrame(sorted(doubted), schema=_PAIRS, orient="row"), on=["a", "b"], how="anti")
    a, b = (duplicates[name].to_numpy() for name in ("a", "b"))
    root = _rooted(size, a, b)
    words_apart = _told_apart(size, said)
    found = decide(_inside(root))
    against = {(a, b): Doubt(*why) for a, b, *why in found.filter("contradicts").select("a", "b", "doubted", "differs").iter_rows()}
    against |= dict.fromkeys(words_apart, Doubt(mere=False, differs=0))
    torn = sorted({int(root[a]) for a, b in against if root[a] == root[b]})
    inside = np.isin(root, torn)
    members: dict[int, list[int]] = defaultdict(list)
    for i in np.flatnonzero(inside).tolist():
        members[int(root[i])].append(i)
    links, others = (_by_group(pairs, root, inside) for pairs in (duplicates, found.filter(pl.col("probability") >= SURE)))
    everyone = [i for group in members.values() for i in group]
    texts = dict(zip(everyone, told(everyone) if told and everyone else [""] * len(everyone), strict=True))
    clusters = Clusters(np.where(inside, np.arange(size), root).tolist())
    for group, some in sorted(links.items()):
        for i, j in _split(members[group], some, others[group], against, [texts[i] for i in members[group]]):
            clusters.join(i, j)
    _spoken(clusters, said, words_apart)
    return _ends(np.array(clusters.parent, np.intp)).tolist() if torn or said else clusters.parent


def _by_group(pairs: pl.DataFrame, root: np.ndarray, inside: np.ndarray) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = defaultdict(list)
    some = pairs.filter(pl.Series(inside[pairs["a"].to_numpy()], dtype=pl.Boolean))
    for row in some.select("a", "b", "probability", pl.col("twice").fill_null(0), "placed", "differs").iter_rows():
        found[int(root[row[0]])].append(Link(*row))
    return found


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
