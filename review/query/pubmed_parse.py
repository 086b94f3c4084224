"""PubMed syntax, one line at a time, to a tree."""

from __future__ import annotations

import re

from review.model.patterns import lazy
from review.query.build import QUOTES, STARS, Frame, Operand, Report, add_operator, deepest, op
from review.query.line_parser import OPENING, QUOTED, REFERENCE, LineParser
from review.query.pubmed_terms import Piece, group_tag, term
from review.query.tree import Boolean, Node, Op, Tagged
from review.query.typography import meant

_TOKEN = lazy(
    rf"""{OPENING}
    |(?P<tag>\[[^\[\]]*\])
    |{QUOTED}
    |(?P<doi>10\.\d{{4,9}}/(?:[^\s()\[\]{QUOTES}]|\([^\s()\[\]{QUOTES}]*\))+)
    |{REFERENCE}
    |(?P<word>(?:[^\s()\[\]{QUOTES}])+)
    |(?P<odd>.)""",
    re.VERBOSE | re.IGNORECASE,
)
_TO_TAG = lazy(r"\s+([^\[\]()]{2,70})\[([^\[\]]{1,40})\]")


def parse_line(text: str, start: int, end: int, labels: frozenset[str], report: Report, comments: list[str]) -> Node:
    """The tree of text[start:end]. Raises LineError where it can't be read."""
    return _Parser(text, labels, report).parsed(start, end).node


class _Parser(LineParser):
    TOKEN = _TOKEN
    JOINS = ("AND", "PubMed joins them with AND")
    SQUARE = "A field tag is written [tiab]; square brackets that are part of a name belong between quotation marks."

    def __init__(self, text: str, labels: frozenset[str], report: Report) -> None:
        super().__init__(text, labels, report)
        self.pieces: list[Piece] = []  # of the term that is being read

    def tag(self, match: re.Match[str]) -> None:
        """A tag ends the term before it; after a bracket it is a tag on a group."""
        if self.pieces:
            self.pieces.append(Piece("tag", match.group()[1:-1], *match.span()))
            return
        frame = self.frames[-1]
        if frame.operands and frame.operands[-1].group and len(frame.operators) == len(frame.operands) - 1 and not frame.lone_nots:
            last = frame.operands[-1]
            tags, noexp = group_tag(match.group()[1:-1], match.start(), match.end(), self.report)
            depth = deepest(self.report, [last], last.start, match.end())
            node = Tagged(last.node, tags, noexp, self.report.span(last.start, match.end()))
            frame.operands[-1] = Operand(node, depth, last.start, match.end())
            return
        raise self.report.fail(
            "S07", f"the tag {match.group()} has no term before it", *match.span(), "Write the term before the tag, or put square brackets that are part of a name between quotation marks."
        )  # fmt: skip

    def phrase(self, inner: str, match: re.Match[str]) -> None:
        broken = re.search(r"\][^\[]*\b(?:AND|OR|NOT)\b", inner)
        if broken:
            raise self.report.fail("S04", "a quotation mark is missing: this one runs across a tag and an operator", match.start(), match.start() + 1, "Close the quotation before its field tag.")  # fmt: skip
        self.pieces.append(Piece("quoted", meant(inner), *match.span()))

    def word(self, match: re.Match[str]) -> None:
        word = meant(match.group())
        if not word:
            return
        operator = op(word)
        if operator:
            # `prevention and control[sh]`, `sensitivity and specificity[mh]`: a name that holds a small `and` keeps it.
            if word.islower() and self.pieces and self._in_name(match):
                self.pieces.append(Piece("word", word, *match.span()))
                return
            self.end_term()
            if word != word.upper():
                self.report.note("P07", f"the operator '{word}' is not in capitals", *match.span(), f"Write {word.upper()}.")
            add_operator(self.frames[-1], self.report, operator.value, *match.span())
            return
        for star in STARS:
            if star in word:
                self.report.note(
                    "P04",
                    f"'{star}' looks like an asterisk and is none: PubMed does not truncate '{word}'",
                    *match.span(),
                    "Type a plain * instead.",
                )
                word = word.replace(star, "*")
        self.pieces.append(Piece("word", word, *match.span()))

    doi = word

    def _in_name(self, match: re.Match[str]) -> bool:
        from review.query.and_names import HEADINGS
        from review.query.fields import is_subheading, pubmed_code, subheading

        after = _TO_TAG.match(self.text, match.end())
        if not after:
            return False
        code = pubmed_code(after.group(2).split(":")[0])
        name = " ".join(f"{' '.join(p.text for p in self.pieces)} and {after.group(1)}".lower().split())
        if code == "SUBH":
            return is_subheading(subheading(name))
        heading, slash, below = name.partition("/")
        return code in ("MESH", "MAJR") and (
            name in HEADINGS or (bool(slash) and heading.strip() in HEADINGS and is_subheading(subheading(below)))
        )

    def end_term(self) -> None:
        if not self.pieces:
            return
        pieces, self.pieces = self.pieces, []
        if len(pieces) == 1 and pieces[0].kind == "word" and self.is_label(pieces[0].text):
            self.refer(pieces[0].text, pieces[0].start, pieces[0].end)
            return
        for node, start, end in term(pieces, self.report):
            self.push(Operand(node, 2, start, end))

    def reduced(self, frame: Frame, end: int) -> Operand:
        if len(frame.operands) == 1:
            return frame.operands[0]
        depth = deepest(self.report, frame.operands, frame.start, end)
        first, last = frame.operands[0].start, frame.operands[-1].end
        node = Boolean(
            tuple(o.node for o in frame.operands), tuple(Op(word) for word, _, _ in frame.operators), self.report.span(first, last)
        )
        return Operand(node, depth, first, last)
