"""What stands between two operators of an Ovid search, and how operands are joined by Ovid's precedence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from review.model.patterns import lazy
from review.query.build import LINE_NUMBER, Frame, Operand, Report, deepest, ovid_word
from review.query.fields import subheading
from review.query.refs import in_fields
from review.query.tree import Boolean, DateRange, Joint, Mesh, Node, Op, Proximity, Span, Tag, Tagged, Text, Word

RESERVED = lazy(r"and|or|not|adj\d*|exp|use|#\d+[a-z]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a quotation (without its marks), and where it stands."""

    text: str
    quoted: bool
    start: int
    end: int


def text_of(pieces: list[Piece], tags: tuple[Tag, ...], span: Span) -> Node:
    """Words side by side are a phrase. Reserved words in it stay quoted, and what would be a line of the strategy (`#1`)."""
    years = re.fullmatch(r"(\d{4})\s*[:-]\s*(\d{4})", " ".join(p.text for p in pieces))
    if years and len(tags) == 1 and tags[0].code == "PDAT":
        return DateRange(years.group(1), years.group(2), tags[0], span)
    words: list[Word] = []
    reserved = False
    for piece in pieces:
        for word in piece.text.split():
            words.append(ovid_word(word))
            reserved = reserved or (piece.quoted and bool(RESERVED.fullmatch(word)))
    number = not tags and len(words) == 1 and bool(LINE_NUMBER.fullmatch(str(words[0])))  # alone, quoted or not is the same
    text = Text(tuple(words), (), reserved or number or all(p.quoted for p in pieces), False, span)
    return in_fields(text, tags) if tags else text


_HEADING = lazy(
    r"(?:(?P<exp>exp(?:lode)?)(?:\s+|(?=\*)|$))?(?P<star>\*)?\s*(?:(?P<exp2>exp)(?:\s+|$))?(?P<name>.*)", re.IGNORECASE | re.DOTALL
)


def heading(pieces: list[Piece], subheadings: list[str], span: Span) -> Mesh:
    """`exp *"sensitivity and specificity"/` → the heading. What stands between quotation marks is the name alone."""
    first = next((i for i, p in enumerate(pieces) if p.quoted), len(pieces))
    match = _HEADING.fullmatch(" ".join(p.text for p in pieces[:first]))
    assert match is not None
    explode = bool(match.group("exp") or match.group("exp2"))
    name = " ".join([match.group("name"), *(p.text for p in pieces[first:])])
    quoted = first < len(pieces)
    return Mesh(" ".join(name.split()), explode, bool(match.group("star")), tuple(subheading(s) for s in subheadings), quoted, span)


def grouped(node: Node, tags: tuple[Tag, ...], span: Span) -> Node:
    """A field suffix on a group: on the term itself where there is only one."""
    if isinstance(node, Text) and not node.tags:
        return in_fields(replace(node, span=span), tags)
    if isinstance(node, Proximity) and not node.tags:
        return replace(node, tags=tags, span=span)
    return Tagged(node, tags, False, span)


def reduced(frame: Frame, report: Report) -> Operand:
    """The operands of a bracket as one: adj before AND and NOT, those before OR."""
    words = {word for word, _, _ in frame.operators}
    if "OR" in words and words & {"AND", "NOT"}:
        _, start, end = next(o for o in frame.operators if o[0] != "OR")
        report.note(
            "R03", "AND or NOT and OR stand side by side without brackets: Ovid does AND and NOT first", start, end, "Put brackets around what belongs together."
        )  # fmt: skip
    operands, operators = _near(frame, report)
    operands, operators = _level(operands, operators, ("AND", "NOT"), report)
    operands, operators = _level(operands, operators, ("OR",), report)
    return operands[0]


def _near(frame: Frame, report: Report) -> tuple[list[Operand], list[str]]:
    """Chains of adj become one Proximity each. A field after the last operand is the field of the whole chain."""
    operands: list[Operand] = []
    operators: list[str] = []
    i = 0
    words = [word for word, _, _ in frame.operators]
    while i < len(frame.operands):
        j = i
        while j < len(words) and words[j].startswith("ADJ"):
            j += 1
        if j > i:
            chain = frame.operands[i : j + 1]
            nodes = [o.node for o in chain]
            tags: tuple[Tag, ...] = ()
            last = nodes[-1]
            if isinstance(last, Text) and last.tags and not chain[-1].group and all(not _tagged(n) for n in nodes[:-1]):
                tags = last.tags
                nodes[-1] = replace(last, tags=(), noexp=False)
            elif isinstance(last, Tagged) and all(not _tagged(n) for n in nodes[:-1]):
                tags = last.tags
                nodes[-1] = last.operand
            joints = tuple(_joint(w[3:]) for w in words[i:j])
            depth = deepest(report, chain, chain[0].start, chain[-1].end)
            span = report.span(chain[0].start, chain[-1].end)
            operands.append(Operand(Proximity(tuple(nodes), joints, None, tags, span), depth, chain[0].start, chain[-1].end))
        else:
            operands.append(frame.operands[i])
        if j < len(words):
            operators.append(words[j])
        i = j + 1
    return operands, operators


def _tagged(node: Node) -> bool:
    return bool(getattr(node, "tags", ())) or isinstance(node, Mesh)


def _joint(number: str) -> Joint:
    """Ovid's adj1 is adjacent in any order; adjN leaves N-1 words between."""
    return Joint(max(int(number) - 1, 0), ordered=False) if number else Joint(0, ordered=True)


def _level(operands: list[Operand], operators: list[str], words: tuple[str, ...], report: Report) -> tuple[list[Operand], list[str]]:
    """Joins neighbours whose operator is one of `words`, from left to right."""
    out: list[Operand] = []
    left: list[str] = []
    i = 0
    while i < len(operands):
        j = i
        while j < len(operators) and operators[j] in words:
            j += 1
        if j > i:
            chain = operands[i : j + 1]
            depth = deepest(report, chain, chain[0].start, chain[-1].end)
            span = report.span(chain[0].start, chain[-1].end)
            node = Boolean(tuple(o.node for o in chain), tuple(Op(w) for w in operators[i:j]), span)
            out.append(Operand(node, depth, chain[0].start, chain[-1].end))
        else:
            out.append(operands[i])
        if j < len(operators):
            left.append(operators[j])
        i = j + 1
    return out, left
