"""What both parsers share: a cursor of tokens, frames for brackets instead of recursion, problems with their place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from review.model.patterns import lazy
from review.query.lines import Places
from review.query.tree import ANY, MAX_DEPTH, LoneNot, Node, Op, Problem, Span, Wild, Word

QUOTES = '"“”„‟″＂«»'  # all are read as quotation marks
STARS = "∗＊⁎✱﹡"  # look like an asterisk and are none
LINE_NUMBER = lazy(r"\d{1,4}[a-z]?", re.IGNORECASE)  # such as 12 or 3a


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


def add_operator(frame: Frame, report: Report, word: str, start: int, end: int) -> None:
    """An operator into a frame. A NOT where a term is due waits for that term."""
    waiting = len(frame.operators) == len(frame.operands)
    if word == "NOT" and waiting:
        if frame.operators and frame.operators[-1][0] == "AND" and not frame.lone_nots:
            frame.operators[-1] = ("NOT", frame.operators[-1][1], end)
            report.note("P13", "AND NOT is read as NOT", start, end, "Write NOT alone.")
        else:
            frame.lone_nots.append((start, end))
        return
    if waiting or frame.lone_nots:
        before = f"after '{frame.operators[-1][0]}'" if frame.operators else "at the start"
        raise report.fail("S05", f"{word} has no term before it ({before})", start, end, _NO_TERM)
    frame.operators.append((word, start, end))


_NO_TERM = "Write the missing term, or take the operator away."


def add_operand(frame: Frame, report: Report, operand: Operand, joiner: str, joined: str) -> None:
    """An operand into a frame; two in a row are joined by `joiner`, and that is noted: `joined` says it in words."""
    for start, end in reversed(frame.lone_nots):
        report.note(
            "P05", "NOT has nothing before it inside its brackets: PubMed drops it without telling", start, end,
            "Write what the terms are to be taken from: x NOT y, instead of x AND (NOT y).",
        )  # fmt: skip
        depth = deepest(report, [operand], start, operand.end)
        operand = Operand(LoneNot(operand.node, report.span(start, operand.end)), depth, start, operand.end)
    frame.lone_nots.clear()
    if len(frame.operands) > len(frame.operators):
        last = frame.operands[-1]
        message = f"there is no operator between these two: {joined}"
        report.note("P12", message, last.end, max(operand.start, last.end + 1), "Write the operator that you mean.")
        frame.operators.append((joiner, last.end, operand.start))
    frame.operands.append(operand)


def check_closed(frame: Frame, report: Report, end: int, outermost: bool) -> None:
    """A frame that ends in an operator, or holds nothing, can't be closed."""
    if frame.lone_nots or (frame.operators and len(frame.operators) == len(frame.operands)):
        word, start, stop = ("NOT", *frame.lone_nots[-1]) if frame.lone_nots else frame.operators[-1]
        raise report.fail("S05", f"{word} has no term after it", start, stop, _NO_TERM)
    if not frame.operands:
        what = "the line is empty" if outermost else "there is nothing between these brackets"
        raise report.fail("S06", what, frame.start, end, "Write a term, or take the brackets away.")


def op(word: str) -> Op | None:
    return _OPS.get(word.upper())


_OPS = {"AND": Op.AND, "OR": Op.OR, "NOT": Op.NOT}

_PUBMED_WILD = lazy(r"\*+")
_OVID_WILD = lazy(r"[$*:](\d*)|\?|#")


def pubmed_word(text: str) -> Word:
    """`*` is the only wildcard."""
    return _word(text, _PUBMED_WILD, lambda _: ANY) if "*" in text else Word((text,))


def ovid_word(text: str) -> Word:
    """`$` `*` `:` are unlimited, with a number limited; `?` stands for none or one character, `#` for one."""
    return _word(text, _OVID_WILD, _ovid_wild)


def _ovid_wild(found: re.Match[str]) -> Wild:
    if found[0] in ("?", "#"):
        return Wild(0 if found[0] == "?" else 1, 1)
    return Wild(0, int(found[1]) if found[1] else None)


def _word(text: str, signs: re.Pattern[str], wild: Callable[[re.Match[str]], Wild]) -> Word:
    parts: list[str | Wild] = []
    at = 0
    for found in signs.finditer(text):
        parts += [text[at : found.start()], wild(found)]
        at = found.end()
    parts.append(text[at:])
    return Word(tuple([part for part in parts if part != ""]))
