"""Which pairs are worth comparing: those that share an exact block key. Never all with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from review.dedup.features import Features

LARGEST = 40  # members of a block that are all compared with each other
WINDOW = 8  # neighbours compared in a block that nothing splits further


def keys_of(f: Features) -> Iterator[tuple[str, str]]:
    """(block, key) for a record; the block that is named first is the one a pair is said to come from."""
    if f.same_id:
        yield "source id", f.same_id
    if f.doi:
        yield "DOI", f.doi
    if f.pmid:
        yield "PMID", f.pmid
    title, pages = f.title, sorted(f.pages.firsts)
    if len(title.squash) >= 6:
        yield "title", title.squash[:18]
        yield "end of title", title.squash[-18:]
        longest = sorted(set(title.words), key=lambda w: (-len(w), w))[:4]
        yield "longest words", " ".join(sorted(longest))
        if title.also:
            yield "title", title.also[:18]
    names = {f.people.family, *f.people.first} - {""}
    if f.year:
        for name in sorted(names):
            yield "author and year", f"{name} {f.year}"
            yield "author and year", f"{name} {f.year + 1}"
    for page in pages:
        for volume in sorted(f.volume):
            yield "volume and page", f"{volume} {page}"
        if page > 1:
            for name in sorted(names):
                yield "author and page", f"{name} {page}"
            if f.year:
                yield "year and page", f"{f.year} {page} {f.pages.last or ''}"
    if len(f.abstract) >= 80:
        yield "abstract", f.abstract[:40]


def _split(f: Features, depth: int) -> str:
    return (f.title.squash[:10], f"{f.people.family} {f.year}", f"{sorted(f.pages.firsts)} {sorted(f.volume)}", f.title.squash, f.key)[
        depth
    ]


def _within(members: list[int], features: Sequence[Features], depth: int = 0) -> Iterator[tuple[int, int]]:
    if len(members) <= LARGEST:
        yield from ((a, b) for n, a in enumerate(members) for b in members[n + 1 :])
        return
    if depth == 4:
        ordered = sorted(members, key=lambda i: (features[i].title.squash, features[i].people.family, features[i].year, features[i].key))
        yield from ((min(a, b), max(a, b)) for n, a in enumerate(ordered) for b in ordered[n + 1 : n + 1 + WINDOW])
        return
    parts: dict[str, list[int]] = defaultdict(list)
    for i in members:
        parts[_split(features[i], depth)].append(i)
    for part in parts.values():
        yield from _within(part, features, depth + 1)


def candidate_pairs(features: Sequence[Features]) -> dict[tuple[int, int], str]:
    """Pairs of positions (a < b) and the block that proposed each. `features` are sorted by key."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, f in enumerate(features):
        for key in dict.fromkeys(keys_of(f)):
            blocks[key].append(i)
    pairs: dict[tuple[int, int], str] = {}
    order = {name: n for n, name in enumerate(("source id", "DOI", "PMID", "title", "end of title", "longest words"))}
    for (name, _), members in sorted(blocks.items(), key=lambda block: (order.get(block[0][0], 9), block[0])):
        if len(members) > 1:
            for pair in _within(members, features):
                pairs.setdefault(pair, name)
    return pairs
