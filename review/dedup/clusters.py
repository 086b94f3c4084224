"""From pairs to reports: strongest links first, and nothing joined that contradicts itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from review.dedup.blocks import candidate_pairs
from review.dedup.features import Features, features_of
from review.dedup.rules import Decision, decide
from review.model.events import Sameness
from review.model.record import Link, Record, Report

Progress = Callable[[str, int, int], None]
_STEP = 5000  # pairs between two calls of `progress`
_MOST = 60  # members of a cluster that are checked against a newcomer


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """reports: by key, each record in exactly one; links: by (a, b), what joined records, what a person may ask about."""

    reports: tuple[Report, ...]
    links: tuple[Link, ...]


class _Clusters:
    """Positions in disjoint sets; the smallest position names the set."""

    def __init__(self, size: int) -> None:
        self.of = list(range(size))
        self.members = {i: [i] for i in range(size)}

    def join(self, a: int, b: int) -> None:
        a, b = sorted((self.of[a], self.of[b]))
        if a != b:
            moved = self.members.pop(b)
            for i in moved:
                self.of[i] = a
            self.members[a] += moved


class _Judge:
    """Every pair is decided once. A person's word stands above the rules."""

    def __init__(self, features: Sequence[Features], said: dict[tuple[int, int], Sameness], certain: float, unsure: float) -> None:
        self.features, self.said, self.certain, self.unsure = features, said, certain, unsure
        self.known: dict[tuple[int, int], Decision] = {}

    def __call__(self, a: int, b: int) -> Decision:
        pair = (a, b) if a < b else (b, a)
        found = self.known.get(pair)
        if found is None:
            word = self.said.get(pair)
            if word is None:
                found = decide(self.features[pair[0]], self.features[pair[1]], certain=self.certain, unsure=self.unsure)
            else:
                note = f": {word.note}" if word.note else ""
                found = Decision(
                    float(word.same), "person", f"decided by {word.by or 'a person'}{note}", "duplicate" if word.same else "different", True
                )
            self.known[pair] = found
        return found

    def apart(self, a: int, b: int) -> bool:
        """The two contradict each other."""
        return self(a, b).contradicts


def _words(sameness: Iterable[Sameness], position: dict[str, int]) -> dict[tuple[int, int], Sameness]:
    """The latest word on each pair, oldest first; words about records that are not here are passed over."""
    latest: dict[tuple[int, int], Sameness] = {}
    for word in sorted(sameness, key=lambda w: (w.id, w.at)):
        a, b = position.get(word.a), position.get(word.b)
        if a is not None and b is not None and a != b:
            pair = (min(a, b), max(a, b))
            latest.pop(pair, None)
            latest[pair] = word
    return latest


def _join(clusters: _Clusters, judge: _Judge, duplicates: list[tuple[int, int]]) -> None:
    """Joins along the links, the surest first, wherever no member of one side contradicts a member of the other."""
    kept_apart: dict[int, set[int]] = defaultdict(set)
    for (a, b), word in judge.said.items():
        if not word.same:
            kept_apart[a].add(b)
            kept_apart[b].add(a)

    def forbidden(a: int, b: int) -> bool:
        left, right = clusters.members[clusters.of[a]], set(clusters.members[clusters.of[b]])
        return any(not right.isdisjoint(kept_apart[i]) for i in left if i in kept_apart)

    for a, b in sorted(duplicates, key=lambda pair: (-judge(*pair).probability, pair)):
        if clusters.of[a] == clusters.of[b] or forbidden(a, b):
            continue
        left, right = (sorted(clusters.members[clusters.of[i]])[:_MOST] for i in (a, b))
        if not any(judge.apart(i, j) for i in left for j in right):
            clusters.join(a, b)
    # A person speaks of reports as they stand: whatever the rules say of their other records, the two become one.
    for a, b in reversed([pair for pair, word in judge.said.items() if word.same]):  # the latest word first
        if not forbidden(a, b):
            clusters.join(a, b)


def _links(clusters: _Clusters, judge: _Judge, keys: Sequence[str]) -> tuple[Link, ...]:
    """What joined the members of a report; between two reports only the pair that is likeliest the same."""
    links: dict[tuple[str, str], Link] = {}
    between: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {}
    for (a, b), found in judge.known.items():
        if clusters.of[a] == clusters.of[b]:
            if found.verdict == "duplicate":
                links[keys[a], keys[b]] = Link(
                    a=keys[a], b=keys[b], probability=found.probability, rule=found.rule, evidence=found.evidence, verdict="duplicate"
                )
        elif found.verdict != "different" or found.ask:
            reports = min(clusters.of[a], clusters.of[b]), max(clusters.of[a], clusters.of[b])
            best = (2.0 if found.rule == "person" else found.probability, (-a, -b))
            between[reports] = max(between.get(reports, best), best)
    for _, (a, b) in between.values():
        a, b = -a, -b
        found = judge(a, b)
        verdict, evidence, probability = found.verdict, found.evidence, found.probability
        if verdict == "duplicate":  # held back: joining their reports would join records that contradict each other
            verdict, evidence = "unsure", f"{evidence}; but other records of the two reports contradict each other"
        links[keys[a], keys[b]] = Link(a=keys[a], b=keys[b], probability=probability, rule=found.rule, evidence=evidence, verdict=verdict)
    return tuple(links[pair] for pair in sorted(links))


def deduplicate(
    records: Sequence[Record], *, certain: float, unsure: float, sameness: Sequence[Sameness] = (), progress: Progress | None = None
) -> Deduplicated:
    """The reports behind the records. The same records in any order give the same result."""
    tell = progress or (lambda _what, _done, _all: None)
    ordered = sorted(records, key=lambda r: r.key)
    keys = [r.key for r in ordered]
    position = {key: n for n, key in enumerate(keys)}
    if len(position) != len(keys):
        raise ValueError("two records have the same key")
    tell("reading records", 0, len(ordered))
    features = [features_of(r) for r in ordered]
    judge = _Judge(features, _words(sameness, position), certain, unsure)
    clusters = _Clusters(len(ordered))
    first: dict[object, int] = {}
    for i, f in enumerate(features):  # the same entry twice, so that a thousand copies are not compared with each other
        if f.content is not None:
            first.setdefault(f.content, i)
    copies = {i: first[f.content] for i, f in enumerate(features) if f.content is not None and first[f.content] != i}
    own = [i for i in range(len(ordered)) if i not in copies]
    tell("proposing pairs", 0, len(ordered))
    pairs = [(own[a], own[b]) for a, b in candidate_pairs([features[i] for i in own])]
    duplicates: list[tuple[int, int]] = []
    for n, (a, b) in enumerate([*sorted({(min(i, j), max(i, j)) for i, j in copies.items()}), *judge.said, *sorted(pairs)]):
        if n % _STEP == 0:
            tell("comparing pairs", n, len(pairs))
        if judge(a, b).verdict == "duplicate" and (a, b) not in judge.said:
            duplicates.append((a, b))
    _join(clusters, judge, duplicates)
    reports = [Report(key=keys[name], records=tuple(ordered[i] for i in sorted(members))) for name, members in clusters.members.items()]
    tell("done", len(ordered), len(ordered))
    return Deduplicated(tuple(sorted(reports, key=lambda r: r.key)), _links(clusters, judge, keys))
