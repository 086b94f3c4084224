"""The words that one title has and another has not: spelling and joins forgiven, opposites not."""

# ruff: noqa: SIM905  # lists of words read better as words
from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

_SMALL = frozenset("a an the of in on for and or to with by from at as is are de la le et der die das und y en".split())
# What a title has more, where it is that of a notice about the other.
NOTICES = frozenset(
    "reply replies response responses rejoinder comment comments commentary correction corrections corrigendum erratum errata addendum"
    " retraction retracted withdrawn withdrawal notice note statement expression concern letter discussion author authors editor editors"
    " publisher s re".split()
)
# Opposites that begin with the same letter: (x, y) stands for x… and y….
_OPPOSITE = (("hyper", "hypo"), ("intra", "inter"), ("pre", "post"), ("micro", "macro"), ("mono", "multi"), ("mono", "mult"), ("", "in"), ("in", "im"), ("endo", "exo"),
             ("endo", "ecto"), ("ab", "ad"), ("sub", "super"), ("homo", "hetero"), ("iso", "in"), ("anti", "ante"), ("tri", "tetra"), ("di", "de"))  # fmt: skip


def _typo(a: str, b: str) -> bool:
    """One is a misspelling of the other. What changes how a word begins changes what it means: afferent and efferent, typical and atypical."""
    if min(len(a), len(b)) < 3 or fuzz.ratio(a, b) < 78:
        return False
    if a[0] != b[0]:
        return a[1:] == b[1:] and {a[0], b[0]} == {"i", "l"}  # as a scanner reads it
    return not any({a, b} == {x + rest, y + rest} for x, y in _OPPOSITE for rest in {a[len(x) :], b[len(y) :], b[len(x) :], a[len(y) :]})


def apart(a: Sequence[str], b: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words of each that the other has not; 'pure tone' meets 'puretone', a misspelling its word."""
    in_a, in_b = frozenset(a), frozenset(b)
    only_a = [w for w in dict.fromkeys(a) if w not in in_b and w not in _SMALL]
    only_b = [w for w in dict.fromkeys(b) if w not in in_a and w not in _SMALL]
    if not only_a or not only_b:
        return only_a, only_b
    joins_a = {x + y: (x, y) for x, y in pairwise(a)}
    joins_b = {x + y: (x, y) for x, y in pairwise(b)}
    joined = {w for j, parts in joins_a.items() if j in in_b or j in joins_b for w in (j, *parts)}
    joined |= {w for j, parts in joins_b.items() if j in in_a or j in joins_a for w in (j, *parts)}
    only_a, only_b = [w for w in only_a if w not in joined], [w for w in only_b if w not in joined]
    left: list[str] = []
    for word in only_a:
        match = next((w for w in only_b if _typo(word, w)), None)
        if match is None:
            left.append(word)
        else:
            only_b.remove(match)
    return left, only_b
