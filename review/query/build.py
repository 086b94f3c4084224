"""What both parsers share: a cursor of tokens, frames for brackets instead of recursion, problems with their place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from review.query.lines import Places
from review.query.tree import ANY, MAX_DEPTH, Node, Op, Problem, Span, Wild, Word

QUOTES = '"“”„‟″＂«»'  # all are read as quotation marks
STARS = "∗＊⁎✱﹡"  # look like an asterisk and are none


class LineError(Exception):
    """Ends the parsing of one line; never leaves this package."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass
class Report:
    """Collects the problems of a strategy."""

    places: Places
    problems: list[Problem] = field(default_factory=list)

    def span(self, start: int, end: int) -> Span:
        return self.places.span(start, end)

    def note(self, code: str, message: str, start: int, end: int, mend: str) -> None:
        self.problems.append(Problem(code, message, self.span(start, end), mend))

    def fail(self, code: str, message: str, start: int, end: int, mend: str) -> LineError:
        return LineError(Problem(code, message, self.span(start, end), mend, fatal=True))


@dataclass
class Operand:
    """A finished operand on its way into a Boolean. `depth` counts the nodes nested in it; `group`: it stood in brackets."""

    node: Node
    depth: int
    start: int
    end: int
    group: bool = False


@dataclass
class Frame:
    """An open bracket (or the line itself) and what has been read in it so far."""

    start: int
    operands: list[Operand] = field(default_factory=list)
    operators: list[tuple[str, int, int]] = field(default_factory=list)  # AND OR NOT, or adj with its number; place
    lone_nots: list[tuple[int, int]] = field(default_factory=list)  # NOTs waiting for the operand that follows


def deepest(report: Report, operands: list[Operand], start: int, end: int) -> int:
    """The depth of a node over these operands. Fails where it passes the limit."""
    depth = 1 + max(o.depth for o in operands)
    if depth > MAX_DEPTH:
        raise report.fail(
            "S08",
            f"brackets are nested more than {MAX_DEPTH} levels deep",
            start,
            end,
            "Split the search into numbered lines and combine them.",
        )
    return depth


def op(word: str) -> Op | None:
    return _OPS.get(word.upper())


_OPS = {"AND": Op.AND, "OR": Op.OR, "NOT": Op.NOT}

_PUBMED_WILD = re.compile(r"\*+")
_OVID_WILD = re.compile(r"[$*:](\d*)|\?|#")


def pubmed_word(text: str) -> Word:
    """`*` is the only wildcard."""
    if "*" not in text:
        return Word((text,))
    parts: list[str | Wild] = []
    at = 0
    for match in _PUBMED_WILD.finditer(text):
        if match.start() > at:
            parts.append(text[at : match.start()])
        parts.append(ANY)
        at = match.end()
    if at < len(text):
        parts.append(text[at:])
    return Word(tuple(parts))


def ovid_word(text: str) -> Word:
    """`$` `*` `:` are unlimited, with a number limited; `?` stands for none or one character, `#` for one."""
    parts: list[str | Wild] = []
    at = 0
    for match in _OVID_WILD.finditer(text):
        if match.start() > at:
            parts.append(text[at : match.start()])
        sign = match.group()
        if sign == "?":
            parts.append(Wild(0, 1))
        elif sign == "#":
            parts.append(Wild(1, 1))
        else:
            parts.append(Wild(0, int(match.group(1)) if match.group(1) else None))
        at = match.end()
    if at < len(text):
        parts.append(text[at:])
    return Word(tuple(parts))
