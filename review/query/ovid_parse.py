"""Ovid MEDLINE syntax, one line at a time, to a tree.

Operators bind as Ovid's do: adj first, then AND and NOT, then OR; equals from left to right.
"""

from __future__ import annotations

import re

from review.model.patterns import lazy
from review.query.build import QUOTES, Frame, Operand, Report, add_operator, deepest, op
from review.query.fields import SUBHEADINGS, ovid_code
from review.query.line_parser import OPENING, QUOTED, REFERENCE, LineParser
from review.query.ovid_commands import read_command
from review.query.ovid_terms import Piece, grouped, heading, reduced, text_of
from review.query.tree import Limit, LineRange, LineRef, Node, Tag, walk
from review.query.typography import plain

_CODES = r"(?:[a-z]{2}|m_titl)(?:\s?,\s?(?:[a-z]{2}|m_titl))*"
_SUFFIX = rf"\.(?:\(sa_year\)\.?|[ ]?{_CODES}\s?\.(?!\w)|{_CODES}(?=[ ]*(?:$|[)\n\r\[]|(?:and|or|not|adj\d*)\b)))"
_SUBS = r"(?!(?:or|and)\b)[a-z]{2}(?:[ ]*,[ ]*[a-z]{2})*(?=\s|$|\)|\[)"
_TOKEN = lazy(
    rf"""{OPENING}
    |(?P<comment>\[[^\[\]]*\](?=\s|$|\)))
    |{QUOTED}
    |(?P<suffix>{_SUFFIX})
    |(?P<freq>/[ ]?freq[ ]?=[ ]?(?P<times>\d+))
    |(?P<slash>/(?:[ ]?(?P<subs>{_SUBS}))?)
    |{REFERENCE}
    |(?P<word>(?:(?!{_SUFFIX})(?:[^\s()\[\]/{QUOTES}]|/(?=\w)(?!{_SUBS})|\[(?=[^\[\]\s{QUOTES}]*\]\w)[^\[\]\s]*\]))+)
    |(?P<odd>.)""",
    re.VERBOSE | re.IGNORECASE,
)
_FOREIGN = lazy(r"near/?\d+|next/?\d+|pre/\d+|w/\d+", re.IGNORECASE)
_ADJ = lazy(r"adj(\d{0,3})", re.IGNORECASE)


def parse_line(text: str, start: int, end: int, labels: frozenset[str], report: Report, comments: list[str]) -> Node:
    """The tree of text[start:end]. Raises LineError where it can't be read."""
    parser = _Parser(text, labels, report, comments)
    command = read_command(text, start, end)
    if command is None:
        return parser.parsed(start, end).node
    operand = parser.parsed(command.start, command.end)
    deepest(report, [operand], start, end)
    if command.comment:
        comments.append(command.comment)
    return Limit(operand.node, command.conditions, report.span(start, end))


class _Parser(LineParser):
    TOKEN = _TOKEN
    JOINS = ("ADJ", "read as adj")
    SQUARE = "Square brackets hold a comment; those that are part of a name belong between quotation marks."

    def __init__(self, text: str, labels: frozenset[str], report: Report, comments: list[str]) -> None:
        super().__init__(text, labels, report)
        self.comments = comments
        self.pieces: list[Piece] = []  # of the term that is being read

    def comment(self, match: re.Match[str]) -> None:
        self.end_term()
        self.comments.append(match.group()[1:-1].strip())

    def phrase(self, inner: str, match: re.Match[str]) -> None:
        self.pieces.append(Piece(plain(inner.strip()), True, *match.span()))

    def word(self, match: re.Match[str]) -> None:
        word = plain(match.group())
        if not word:
            return
        near = _ADJ.fullmatch(word)
        if near or op(word):
            self.end_term()
            add_operator(self.frames[-1], self.report, f"ADJ{near.group(1)}" if near else word.upper(), *match.span())
            return
        if _FOREIGN.fullmatch(word):
            self.report.note(
                "O04", f"'{word}' is no operator of Ovid: it is searched as a word", *match.span(), "Write adj3 for within three words."
            )
        self.pieces.append(Piece(word, False, *match.span()))

    def suffix(self, match: re.Match[str]) -> None:
        written = match.group()
        codes = ["yr"] if "sa_year" in written.lower() else re.findall(r"m_titl|[a-z]{2}", written.lower())
        tags = tuple(Tag(ovid_code(c), c, self.report.span(*match.span())) for c in codes)
        unknown = [t.code[1:] for t in tags if not t.known]
        if unknown and not written.endswith("."):
            # `U.S` or `vs.me and`: no suffix, part of the word.
            self.pieces.append(Piece(written, False, *match.span()))
            return
        if unknown:
            self.report.note(
                "O01", f"Ovid MEDLINE has no field .{unknown[0]}.", *match.span(), "Use a field such as .ti,ab. .tw. .mp. .pt. or .sh."
            )
        if not written.endswith("."):
            self.report.note("O02", f"the field suffix {written} lacks its closing full stop", *match.span(), f"Write {written}.")
        frame = self.frames[-1]
        if self.pieces:
            self.end_term(tags)
            return
        if not frame.operands or len(frame.operators) >= len(frame.operands):
            raise self.report.fail(
                "S07", f"the field suffix {written} has no term before it", *match.span(), "Write the term before the suffix."
            )
        last = frame.operands[-1]
        if any(isinstance(n, LineRef | LineRange) for n in walk(last.node)):
            raise self.report.fail(
                "S07", f"the field suffix {written} stands on a line number", *match.span(), "Write the field in the line itself."
            )
        node = grouped(last.node, tags, self.report.span(last.start, match.end()))
        frame.operands[-1] = Operand(node, deepest(self.report, [last], last.start, match.end()), last.start, match.end(), group=last.group)

    def freq(self, match: re.Match[str]) -> None:
        self.end_term()
        frame = self.frames[-1]
        if not frame.operands or len(frame.operators) >= len(frame.operands):
            raise self.report.fail("S07", "/freq= has no term before it", *match.span(), "Write it after a field: cancer.ab. /freq=3")
        last = frame.operands[-1]
        node = Limit(last.node, (f"freq={int(match.group('times'))}",), self.report.span(last.start, match.end()))
        frame.operands[-1] = Operand(node, deepest(self.report, [last], last.start, match.end()), last.start, match.end())

    def slash(self, match: re.Match[str]) -> None:
        """A heading ends with a slash; subheadings may follow."""
        written = [s.strip().lower() for s in (match.group("subs") or "").split(",") if s.strip()]
        end = match.end()
        if any(s in ("or", "and") or s not in SUBHEADINGS for s in written):
            raise self.report.fail(
                "S11",
                f"'{match.group()}' is no list of subheadings",
                *match.span(),
                "Write two-letter subheadings, such as /di,th - or a space after the slash.",
            )
        pieces, self.pieces = self.pieces, []
        node = heading(pieces, written, self.report.span(pieces[0].start, end)) if pieces else None
        if not node or not node.name:
            raise self.report.fail(
                "S07",
                "this slash has no heading before it",
                match.start(),
                match.start() + 1,
                "Write the heading before the slash: exp Asthma/",
            )
        self.push(Operand(node, 1, pieces[0].start, end))

    def odd(self, match: re.Match[str]) -> None:
        if match.group() == ".":
            self.report.note(
                "O02", "a full stop stands alone", *match.span(), "Take it away, or write the field between two full stops: .tw."
            )
            return
        super().odd(match)

    def end_term(self, tags: tuple[Tag, ...] = ()) -> None:
        if not self.pieces:
            return
        pieces, self.pieces = self.pieces, []
        start, end = pieces[0].start, pieces[-1].end
        piece = pieces[0]
        if not tags and len(pieces) == 1 and not piece.quoted and self.is_label(piece.text):
            self.refer(piece.text, start, end)
            return
        if not piece.quoted and piece.text.lower() in ("exp", "explode") and len(pieces) > 1:
            self.report.note(
                "O03",
                "'exp' stands before a term that is no heading: the slash is missing",
                start,
                end,
                "Write the heading with a slash: exp Asthma/",
            )
        node = text_of(pieces, tags, self.report.span(start, tags[0].span.end if tags else end))
        self.push(Operand(node, 1, start, tags[0].span.end if tags else end))

    def is_label(self, text: str) -> bool:
        # Where lines are numbered, any number is one: the check of references says so where the line is not there.
        return super().is_label(text) or bool(self.labels and text.isdigit() and len(text) <= 4)

    def reduced(self, frame: Frame, end: int) -> Operand:
        return reduced(frame, self.report)
