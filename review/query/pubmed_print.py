"""A tree as a PubMed query. Recursion is safe: no tree nests deeper than `tree.MAX_DEPTH`."""

from __future__ import annotations

import re

from review.model.patterns import lazy
from review.query.fields import pubmed_tag
from review.query.refs import QueryError
from review.query.tree import Boolean, DateRange, LineRange, LineRef, LoneNot, Mesh, Node, Proximity, Tag, Tagged, Text

_NEEDS_QUOTES = lazy(r"[()\[\]]|(?:^|\s)(?:and|or|not)(?:\s|$)|^#?\d{1,4}[a-z]?$|^#\d+[a-z]?(?![\w*])", re.IGNORECASE)


def pubmed_text(node: Node) -> str:
    """The query. Raises QueryError for what PubMed cannot say: wildcards but `*`, Ovid's proximity, fields and limits."""
    if isinstance(node, LineRef):
        return f"#{node.label}"
    if isinstance(node, LineRange):
        return f"{node.operator.lower()}/{','.join(a if a == b else f'{a}-{b}' for a, b in node.parts)}"
    if isinstance(node, Boolean):
        parts = [_operand(node.operands[0])]
        for operator, operand in zip(node.operators, node.operands[1:], strict=True):
            parts += [operator.value, _operand(operand)]
        return " ".join(parts)
    if isinstance(node, LoneNot):
        return f"NOT {_operand(node.operand)}"
    if isinstance(node, Tagged):
        return f"({pubmed_text(node.operand)}){_bracket(node.tags, ':noexp' if node.noexp else '')}"
    if isinstance(node, DateRange):
        days = node.start if node.start == node.end and node.tag.code != "UID" else f"{node.start}:{node.end}"
        return f"{days}{_bracket((node.tag,))}"
    if isinstance(node, Mesh):
        return _heading(node)
    if isinstance(node, Proximity):
        if node.window is None:
            raise _cannot("Ovid's adj")
        words = " ".join(str(o) for o in node.operands)
        return f'"{words}"{_bracket(node.tags, f":~{node.window}")}'
    if isinstance(node, Text):
        return _text(node)
    raise _cannot("a limit")


def _operand(node: Node) -> str:
    text = pubmed_text(node)
    return f"({text})" if isinstance(node, Boolean | LoneNot) else text


def _text(node: Text) -> str:
    _check_wildcards(node)
    text = str(node)
    quoted = node.quoted or (
        bool(_NEEDS_QUOTES.search(text)) and not (node.tags and node.tags[0].code == "SUBH") and not (node.tags and text.isdigit())
    )
    written = f'"{text}"' if quoted else text
    return written + (_bracket(node.tags, ":noexp" if node.noexp else "") if node.tags else "")


def _check_wildcards(node: Text) -> None:
    for word in node.words:
        for part in word.parts:
            if not isinstance(part, str) and part.most is not None:
                raise _cannot(f"the wildcard in '{word}'")


def _heading(node: Mesh) -> str:
    tag = ("majr" if node.major else "mh") + ("" if node.explode else ":noexp")
    quote = '"' if node.quoted or not node.truncated else ""
    names = [f"{quote}{node.name}{f'/{s}' if s else ''}{quote}[{tag}]" for s in node.subheadings or ("",)]
    return names[0] if len(names) == 1 else f"({' OR '.join(names)})"


def _bracket(tags: tuple[Tag, ...], suffix: str = "") -> str:
    if len(tags) != 1:
        raise _cannot("a term in several fields")
    code, colon, near = tags[0].code.partition(":~")
    tag = pubmed_tag(code)
    if not tag and code != "?":  # `[]` is an unknown tag like others
        raise _cannot(f"Ovid's field .{code.removeprefix('ovid.')}.")
    return f"[{tag}{colon}{near}{suffix}]"


def _cannot(what: str) -> QueryError:
    return QueryError(
        f"PubMed has no way to say {what}", "Translate the strategy first: review query translate FILE --from ovid --to pubmed"
    )
