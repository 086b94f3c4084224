"""Words near each other, as PubMed can say it: its own proximity, or phrases written out (facts: PubMed Help)."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from review.query.changes import Notes, any_of
from review.query.fields import PROXIMITY_FIELDS
from review.query.tree import Boolean, Node, Op, Proximity, Tag, Text
from review.query.wild import forms

MAX_PAIRS = 120  # pairs of words that a proximity of two groups may be written out as
MAX_PAIRS_WILD = 3_000  # and by an engine whose proximity takes truncated words


def alternatives(node: Node) -> list[Text] | None:
    """The terms of one side of a proximity, or None where it is more than an OR of terms."""
    if isinstance(node, Text) and not node.tags:
        return [node]
    if isinstance(node, Boolean) and node.operator is Op.OR:
        found: list[Text] = []
        for operand in node.operands:
            inner = alternatives(operand)
            if inner is None:
                return None
            found.extend(inner)
        return found
    return None


def spelled_out(side: list[Text]) -> list[Text] | None:
    """The terms with words that PubMed can say, plain or truncated; None where that would find more."""
    found: list[Text] = []
    for text in side:
        made = [forms(w) for w in text.words]
        exact = [m.words for m in made if m is not None and m.exact]
        if len(exact) < len(made):
            return None
        found += [replace(text, words=words) for words in product(*exact)]
    return found


def near(node: Proximity, sides: list[list[Text]], fields: list[Tag], broad: bool, notes: Notes) -> Node | None:
    """As phrases (bare adj) or as PubMed proximity; None where a wildcard stands in the way."""
    ordered = all(j.ordered for j in node.joints)
    inner = [t for side in sides[:-1] for t in side]
    if ordered and all(t.plain for t in inner) and all(_prefix_at_end(t) for t in sides[-1]):
        return any_of(
            [Text(tuple(w for t in row for w in t.words), (f,), True, False, node.span) for f in fields for row in product(*sides)],
            node.span,
        )
    if not (notes.wild or all(t.plain for side in sides for t in side)) or not all(f.code in PROXIMITY_FIELDS for f in fields):
        return None
    gap = sum(j.between for j in node.joints)
    loose = len(sides) > 2 or any(j.ordered for j in node.joints) or any(len(t.words) > 1 for side in sides for t in side)
    if loose:
        if not broad:
            return None
        notes.add("broader", f"the words are searched in any order, with at most {gap} others among them", f"~{gap}", node.span)
    return any_of(
        [Proximity(tuple(Text((w,)) for t in row for w in t.words), (), gap, (f,), node.span) for f in fields for row in product(*sides)],
        node.span,
    )


def _prefix_at_end(text: Text) -> bool:
    return all(w.plain for w in text.words[:-1]) and (text.words[-1].plain or text.words[-1].prefix)
