"""What a tree finds in a toy record, for comparing two trees: an independent, slow reading of both syntaxes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from review.query.tree import Boolean, DateRange, Limit, LoneNot, Mesh, Node, Op, Proximity, Text, Word


@dataclass(frozen=True)
class Toy:
    title: tuple[str, ...]
    abstract: tuple[str, ...]
    keywords: tuple[str, ...]
    headings: frozenset[str]
    year: int

    def field(self, code: str) -> list[tuple[str, ...]]:
        everything = [self.title, self.abstract, self.keywords, *(tuple(h.split()) for h in sorted(self.headings))]
        return {
            "TITL": [self.title],
            "TIAB": [self.title, self.abstract, self.keywords],
            "ovid.ab": [self.abstract],
            "ovid.tw": [self.title, self.abstract],
            "OTRM": [self.keywords],
        }.get(code, everything)


def _tokens(word: Word) -> list[Word]:
    return [Word(tuple(p if not isinstance(p, str) else p.lower() for p in word.parts))]


def _is(word: Word, token: str) -> bool:
    return re.fullmatch(word.regex(), token, re.IGNORECASE) is not None


def _places(words: tuple[Word, ...], tokens: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where a phrase stands: first and last position."""
    n = len(words)
    return [(i, i + n - 1) for i in range(len(tokens) - n + 1) if all(_is(w, tokens[i + k]) for k, w in enumerate(words))]


def _spots(node: Node, tokens: tuple[str, ...]) -> list[tuple[int, int]]:
    if isinstance(node, Text):
        return _places(node.words, tokens)
    if isinstance(node, Boolean):
        return [s for o in node.operands for s in _spots(o, tokens)]
    assert isinstance(node, Proximity)
    if node.window is not None:
        spots = [_spots(o, tokens) for o in node.operands]
        found = []
        for row in product(*spots):
            places = sorted(p for p, _ in row)
            if len(set(places)) == len(places) and places[-1] - places[0] + 1 - len(places) <= node.window:
                found.append((places[0], places[-1]))
        return found
    left = _spots(node.operands[0], tokens)
    for joint, operand in zip(node.joints, node.operands[1:], strict=True):
        right = _spots(operand, tokens)
        joined = []
        for (a, b), (c, d) in product(left, right):
            after, before = c - b - 1, a - d - 1
            if 0 <= after <= joint.between or (not joint.ordered and 0 <= before <= joint.between):
                joined.append((min(a, c), max(b, d)))
        left = joined
    return left


def finds(node: Node, toy: Toy) -> bool:
    if isinstance(node, Boolean):
        result = finds(node.operands[0], toy)
        for op, operand in zip(node.operators, node.operands[1:], strict=True):
            right = finds(operand, toy)
            result = (result and right) if op is Op.AND else (result or right) if op is Op.OR else (result and not right)
        return result
    if isinstance(node, Mesh):
        return node.name.lower() in toy.headings
    if isinstance(node, DateRange):
        return int(node.start[:4]) <= toy.year <= int(node.end[:4])
    if isinstance(node, Limit):
        assert node.conditions == ('yr="2005 -current"',)
        return finds(node.operand, toy) and toy.year >= 2005
    if isinstance(node, Text) and node.tags and node.tags[0].code == "FILT":
        assert str(node) == "all"
        return True
    if isinstance(node, Text) and node.tags and node.tags[0].code == "PDAT":
        return any(_is(w, str(toy.year)) for w in node.words)
    assert isinstance(node, Text | Proximity)
    assert not isinstance(node, LoneNot)
    codes = [t.code for t in node.tags] or ["ovid.mp"]
    return any(_spots(node, tokens) for code in codes for tokens in toy.field(code))
