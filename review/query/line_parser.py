"""What the two languages read alike in a line: brackets, quotation marks, operators side by side, references to other lines.

An explicit stack stands for open brackets: nothing recurses.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import ClassVar

from review.query.build import LINE_NUMBER, QUOTES, Frame, Operand, Report, add_operand, check_closed
from review.query.tree import LineRange, LineRef, Op, label_key

# Parts of a TOKEN: what comes first in it, and what is the same further on.
OPENING = r"""\s+
    |(?P<range>\b(?:and|or)/[ \t]*\#?\d+[a-z]?(?:[ \t]*[-–,][ \t]*\#?\d+[a-z]?)*(?![\w*]))
    |(?P<open>\()|(?P<close>\))"""
QUOTED = rf"(?P<quoted>[{QUOTES}][^{QUOTES}]*[{QUOTES}])"
REFERENCE = r"(?P<ref>\#\d+[a-z]?(?![\w*]))"


class LineParser(ABC):
    """Reads one line of a strategy, token by token: each group of TOKEN is the name of the method that takes it."""

    TOKEN: ClassVar[re.Pattern[str]]  # matches anywhere in a line
    JOINS: ClassVar[tuple[str, str]]  # the operator where two terms stand side by side, and how a notice says so
    SQUARE: ClassVar[str]  # what square brackets are for, and what to do with others

    def __init__(self, text: str, labels: frozenset[str], report: Report) -> None:
        self.text = text
        self.labels = labels
        self.report = report
        self.frames: list[Frame] = []

    @abstractmethod
    def end_term(self) -> None:
        """What has been read since the last operator or bracket becomes operands."""

    @abstractmethod
    def reduced(self, frame: Frame, end: int) -> Operand:
        """A frame that is closed, as one operand."""

    @abstractmethod
    def phrase(self, inner: str, match: re.Match[str]) -> None:
        """Take what stands between quotation marks; it is not blank."""

    def parsed(self, start: int, end: int) -> Operand:
        """text[start:end] as one operand. Raises LineError where it can't be read."""
        self.frames = [Frame(start)]
        at = start
        while at < end:
            match = self.TOKEN.match(self.text, at, end)
            assert match is not None
            if match.lastgroup:  # else white space
                getattr(self, match.lastgroup)(match)
            at = match.end()
        self.end_term()
        if len(self.frames) > 1:
            place = self.frames[-1].start
            raise self.report.fail(
                "S02", "this bracket is never closed", place, place + 1, "Add the missing ) where the group ends, or take the ( away."
            )
        return self._closed(end)

    def is_label(self, text: str) -> bool:
        """A bare number is a line of a strategy of several lines, if it has such a line."""
        return bool(LINE_NUMBER.fullmatch(text)) and label_key(text) in self.labels

    def push(self, operand: Operand) -> None:
        add_operand(self.frames[-1], self.report, operand, *self.JOINS)

    def open(self, match: re.Match[str]) -> None:
        self.end_term()
        self.frames.append(Frame(match.start()))

    def close(self, match: re.Match[str]) -> None:
        self.end_term()
        if len(self.frames) == 1:
            raise self.report.fail(
                "S03", "this bracket was never opened", *match.span(), "Take the ) away, or add the missing ( where the group begins."
            )
        start = self.frames[-1].start
        self.push(replace(self._closed(match.end()), start=start, end=match.end(), group=True))

    def quoted(self, match: re.Match[str]) -> None:
        inner = match.group()[1:-1]
        if not inner.strip():
            raise self.report.fail(
                "S06", "there is nothing between the quotation marks", *match.span(), "Write the phrase, or take the quotation marks away."
            )
        self.phrase(inner, match)

    def ref(self, match: re.Match[str]) -> None:
        self.end_term()
        self.refer(match.group().lstrip("#"), *match.span())

    def refer(self, label: str, start: int, end: int) -> None:
        self.push(Operand(LineRef(label.lower(), self.report.span(start, end)), 1, start, end))

    def range(self, match: re.Match[str]) -> None:
        self.end_term()
        operator, _, rest = match.group().partition("/")
        self.push(Operand(LineRange(Op(operator.upper()), _parts(rest), self.report.span(*match.span())), 1, *match.span()))

    def odd(self, match: re.Match[str]) -> None:
        sign = match.group()
        if sign in QUOTES:
            raise self.report.fail(
                "S04", "this quotation mark is never closed", *match.span(),
                "Add the closing quotation mark after the phrase, or take this one away.",
            )  # fmt: skip
        name = {"[": "this square bracket is never closed", "]": "this square bracket was never opened"}.get(
            sign, f"'{sign}' can't stand here"
        )
        raise self.report.fail("S07", name, *match.span(), self.SQUARE)

    def _closed(self, end: int) -> Operand:
        """The innermost frame as one operand."""
        frame = self.frames.pop()
        check_closed(frame, self.report, end, outermost=not self.frames)
        return self.reduced(frame, end)


def _parts(text: str) -> tuple[tuple[str, str], ...]:
    """`1-4, 7` → (("1", "4"), ("7", "7"))."""
    parts: list[tuple[str, str]] = []
    for part in re.sub(r"[#\s]", "", text.lower()).replace("–", "-").split(","):
        first, _, last = part.partition("-")
        parts.append((first, last or first))
    return tuple(parts)
