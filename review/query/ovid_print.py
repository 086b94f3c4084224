"""A tree as an Ovid MEDLINE search. Recursion is safe: no tree nests deeper than `tree.MAX_DEPTH`."""

from __future__ import annotations

import re

from review.model.patterns import lazy
from review.query.fields import ovid_suffix, subheading_short
from review.query.ovid_terms import RESERVED
from review.query.refs import QueryError
from review.query.tree import Boolean, Joint, Limit, LineRange, LineRef, LoneNot, Mesh, Node, Op, Proximity, Tag, Tagged, Text, Wild, Word

_LIKE_SUFFIX = lazy(r"\.[a-z]{2}(?:,[a-z]{2})*(?:\.|$)", re.IGNORECASE)
_INNER = lazy(r"(?<!\s)\[[^\[\]\s]*\](?=\w)")  # `benzo[a]pyrene`
_LIKE_SUBHEADINGS = lazy(r"(?:^|\s)/|/(?!\w)|/(?!(?:or|and)\b)[a-z]{2}(?:[ ]*,[ ]*[a-z]{2})*(?=\s|$)", re.IGNORECASE)


def ovid_text(node: Node) -> str:
    """The search. Raises QueryError for what Ovid cannot say: PubMed's fields, windows and date ranges."""
    if isinstance(node, LineRef):
        return node.label
    if isinstance(node, LineRange):
        return f"{node.operator.lower()}/{','.join(a if a == b else f'{a}-{b}' for a, b in node.parts)}"
    if isinstance(node, Boolean):
        return _boolean(node)
    if isinstance(node, LoneNot):
        return f"not {_operand(node.operand)}"
    if isinstance(node, Tagged):
        return f"({ovid_text(node.operand)}){_suffix(node.tags)}"
    if isinstance(node, Limit):
        return _limit(node)
    if isinstance(node, Mesh):
        short = [subheading_short(s) or s for s in node.subheadings]
        name = f'"{node.name}"' if node.quoted or _reserved(node.name) else node.name
        return f"{'exp ' if node.explode else ''}{'*' if node.major else ''}{name}/{', '.join(short)}"
    if isinstance(node, Proximity):
        return _proximity(node)
    if isinstance(node, Text):
        return _text(node)
    if node.tag.code == "PDAT" and len(node.start) == 4 and len(node.end) == 4:
        return f"{node.start}:{node.end}.(sa_year)."
    raise _cannot("a range of dates but of years")


def _boolean(node: Boolean) -> str:
    kinds = set(node.operators)
    if Op.OR in kinds and len(kinds) > 1:
        # From left to right, as the tree means it: brackets hold off Ovid's precedence.
        text = _operand(node.operands[0])
        for i, (operator, operand) in enumerate(zip(node.operators, node.operands[1:], strict=True)):
            text = f"{f'({text})' if i else text} {operator.lower()} {_operand(operand)}"
        return text
    parts = [_operand(node.operands[0])]
    for operator, operand in zip(node.operators, node.operands[1:], strict=True):
        parts += [operator.lower(), _operand(operand)]
    return " ".join(parts)


def _operand(node: Node) -> str:
    text = ovid_text(node)
    return f"({text})" if isinstance(node, Boolean | LoneNot) or (isinstance(node, Proximity) and not node.tags) else text


def _near_operand(node: Node, last: bool) -> str:
    text = ovid_text(node)
    bracket = isinstance(node, Boolean | LoneNot | Proximity) or (last and isinstance(node, Text) and bool(node.tags))
    return f"({text})" if bracket else text


def _proximity(node: Proximity) -> str:
    if node.window is not None:
        raise _cannot("PubMed's proximity of several words")
    parts = [_near_operand(node.operands[0], last=False)]
    for i, (joint, operand) in enumerate(zip(node.joints, node.operands[1:], strict=True)):
        parts += [_adj(joint), _near_operand(operand, last=i == len(node.joints) - 1)]
    text = " ".join(parts)
    return f"({text}){_suffix(node.tags)}" if node.tags else text


def _adj(joint: Joint) -> str:
    return "adj" if joint.ordered else f"adj{joint.between + 1}"


def _text(node: Text) -> str:
    text = " ".join(_word(w) for w in node.words)
    codes = [t.code for t in node.tags]
    if codes == ["SUBH"]:
        text = subheading_short(text) or text
    quoted = node.quoted or _reserved(text)
    suffix = ".fx." if codes == ["SUBH"] and not node.noexp else _suffix(node.tags) if node.tags else ""
    return (f'"{text}"' if quoted else text) + suffix


def _word(word: Word) -> str:
    return "".join(p if isinstance(p, str) else _wild(p) for p in word.parts)


def _wild(wild: Wild) -> str:
    if wild.most is None:
        return "*"
    if wild.most == 1 and wild.least == 1:
        return "#"
    return "?" if wild.most == 1 else f"*{wild.most}"


def _reserved(text: str) -> bool:
    return (
        any(RESERVED.fullmatch(w) for w in text.split())
        or any(c in _INNER.sub("", text) for c in "()[]")
        or bool(_LIKE_SUBHEADINGS.search(text))
        or bool(_LIKE_SUFFIX.search(text))
    )


def _limit(node: Limit) -> str:
    operand = ovid_text(node.operand)
    first = node.conditions[0]
    if first.startswith("freq="):
        return f"{_operand(node.operand)} /{first}"
    if first == "remove duplicates":
        return f"remove duplicates from {operand}"
    if first.startswith("keep "):
        return f"from {operand} {first}"
    if first.startswith("use "):
        return f"{_operand(node.operand)} {first}"
    conditions = [f"({c})" if " or " in c and len(node.conditions) > 1 else c for c in node.conditions]
    joined = " and ".join(conditions)
    return f"limit {_operand(node.operand)} to " + (f"({joined})" if len(conditions) > 1 else joined)


def _suffix(tags: tuple[Tag, ...]) -> str:
    codes = [ovid_suffix(t.code) for t in tags]
    if not all(codes):
        missing = next(t for t in tags if not ovid_suffix(t.code))
        raise _cannot(f"the field {missing.code}")
    return f".{','.join(codes)}."


def _cannot(what: str) -> QueryError:
    return QueryError(f"Ovid has no way to say {what}", "Translate the strategy first: review query translate FILE --from pubmed --to ovid")
