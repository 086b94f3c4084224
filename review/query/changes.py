"""What the translators of both directions share: results, the list of changes, and Booleans with EVERYTHING in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from review.query.tree import Boolean, Node, Op, Span


class Whole(Enum):
    """What is no search at all."""

    EVERYTHING = "everything"
    NOTHING = "nothing"


Result = Node | Whole


@dataclass(frozen=True, slots=True)
class Change:
    """Where the translation does not ask for exactly the same.

    `effect`: `broader` (finds the same and more), or `differs` (may also find less: look at it by hand).
    """

    label: str  # of the line
    line: int
    column: int
    effect: str
    what: str
    became: str = ""


@dataclass
class Notes:
    """Collects the changes of the line in hand; one of a kind for each line. wild: the target's proximity takes truncated words."""

    label: str = ""
    wild: bool = False
    found: dict[tuple[str, str, str], Change] = field(default_factory=dict)
    muted: bool = False

    def add(self, effect: str, what: str, became: str, span: Span) -> None:
        if not self.muted:
            self.found.setdefault((self.label, effect, what), Change(self.label, span.line, span.column, effect, what, became))


@dataclass(frozen=True, slots=True)
class Again:
    """A leaf's answer that the operand is to be translated and the conditions added."""

    operand: Node
    conditions: tuple[Result, ...]


def limited(operand: Node, conditions: tuple[Result, ...]) -> Result:
    return Again(operand, conditions)  # type: ignore[return-value]


def unsayable(broad: bool) -> Whole:
    """What stands for a part that has no translation: in a search that may find more all records, else none."""
    return Whole.EVERYTHING if broad else Whole.NOTHING


def combine(left: Result, operator: Op, right: Result, span: Span) -> Result:
    """left operator right, with EVERYTHING and NOTHING worked out."""
    every, none = Whole.EVERYTHING, Whole.NOTHING
    if operator is Op.AND:
        if left is none or right is none:
            return none
        if left is every or right is every:
            return right if left is every else left
    elif operator is Op.OR:
        if left is every or right is every:
            return every
        if left is none or right is none:
            return right if left is none else left
    else:
        if left is none or right is every:
            return none
        if right is none or left is every:
            # everything without x: what is around it decides; to leave it whole is broader.
            return left
    assert not isinstance(left, Whole)
    assert not isinstance(right, Whole)
    return joined(left, operator, right, span)


def joined(left: Node, operator: Op, right: Node, span: Span) -> Boolean:
    """A flat chain where that means the same: to the left always, to the right for the same AND or OR."""
    operands: tuple[Node, ...] = (left,)
    operators: tuple[Op, ...] = ()
    if isinstance(left, Boolean) and (left.operator is operator or Op.OR not in (*left.operators, operator)):
        operands, operators = left.operands, left.operators
    if isinstance(right, Boolean) and right.operator is operator and operator is not Op.NOT:
        return Boolean((*operands, *right.operands), (*operators, operator, *right.operators), span)
    return Boolean((*operands, right), (*operators, operator), span)


def any_of(nodes: list[Node], span: Span, operator: Literal[Op.OR, Op.AND] = Op.OR) -> Node:
    """The nodes joined by one operator, each once."""
    unique = list(dict.fromkeys(nodes))
    if len(unique) == 1:
        return unique[0]
    return Boolean(tuple(unique), (operator,) * (len(unique) - 1), span)
