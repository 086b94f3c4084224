"""What other records make of two: kept apart, since another fits the one and contradicts the other, or one report, since another is surely both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from review.dedup.clusters import RIVAL, SURE
from review.dedup.explain import contradicting, explained, explained_all
from review.dedup.rules import FIELDS
from review.model.record import Record


@dataclass(frozen=True, slots=True)
class Against:
    """a, b: keys of two records that can't stand in one report, of the side of the first and of the second; fits: the one of the two that
    were asked about that fits a third record outside their reports, '' where a and b stand in these; differ: the fields that do; rule:
    what decided; words: all that as a sentence."""

    a: str
    b: str
    fits: str
    differ: tuple[str, ...]
    rule: str
    words: str


def thirds(a: Record, b: Record, mine: Sequence[Record], theirs: Sequence[Record], beside: Sequence[Record]) -> list[Against]:
    """Every two records that keep a and b apart, as `clusters.joined` does. mine, theirs: the other records of the reports of a and of b;
    beside: records of other reports that either may be."""
    left, right = [a, *mine], [b, *theirs]
    fit_a, fit_b = _fitting(a, b, beside)
    groups = {"": (left, right), b.key: ([a], fit_b), a.key: (fit_a, [b])}
    found = []
    for fits, apart in zip(groups, contradicting(list(groups.values())), strict=True):
        for said in apart:
            x, y = said.a.key, said.b.key
            if (x, y) != (a.key, b.key):
                how = f"differ: {', '.join(said.differ)}" if said.differ else "can't be one"
                how += f" ({said.rule})" if said.rule != FIELDS.name else ""
                found.append(Against(x, y, fits, said.differ, said.rule, f"{_place(a.key, b.key, x, y, fits)} {how}"))
    return sorted(found, key=lambda x: (x.a != a.key) + (x.b != b.key))  # what concerns the two themselves comes first


def between(a: Record, b: Record, others: Sequence[Record]) -> list[str]:
    """The keys of those of the other records of their report that are surely one with each of two that by themselves are not."""
    said = explained_all([(one, c) for one in (a, b) for c in others])
    n = len(others)
    return [c.key for c, x, y in zip(others, said[:n], said[n:], strict=True) if min(x.probability, y.probability) >= SURE]


def _fitting(a: Record, b: Record, beside: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """The records that fit a, and those that fit b; none where the two are surely one, which no other record puts in doubt."""
    if not beside or explained(a, b).probability >= SURE:
        return [], []
    said = explained_all([(one, c) for one in (a, b) for c in beside])
    fits = [e.probability >= RIVAL for e in said]
    n = len(beside)
    return [c for c, yes in zip(beside, fits[:n], strict=True) if yes], [c for c, yes in zip(beside, fits[n:], strict=True) if yes]


def _place(a: str, b: str, x: str, y: str, fits: str) -> str:
    """Where two records that contradict each other stand."""
    if fits:
        return f"{fits} fits {y if fits == b else x} as well, and {x} and {y}"
    there = [f"{key} stands in the report of {of}" for key, of in ((x, a), (y, b)) if key != of]
    return f"{', '.join(there)}, and {x} and {y}"
