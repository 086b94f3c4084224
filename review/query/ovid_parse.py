"""Ovid MEDLINE syntax, one line at a time, to a tree. An explicit stack stands for open brackets: nothing recurses.

Operators bind as Ovid's do: adj first, then AND and NOT, then OR; equals from left to right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from review.query.build import QUOTES, Frame, Operand, Report, add_operand, add_operator, check_closed, deepest, op
from review.query.fields import SUBHEADINGS, ovid_code
from review.query.ovid_commands import read_command
from review.query.ovid_terms import Piece, grouped, heading, reduced, text_of
from review.query.pubmed_parse import range_parts
from review.query.tree import Limit, LineRange, LineRef, Node, Op, Tag, walk
from review.query.tree import label_key as key
from review.query.typography import plain

_CODES = r"(?:[a-z]{2}|m_titl)(?:\s?,\s?(?:[a-z]{2}|m_titl))*"
_SUFFIX = rf"\.(?:\(sa_year\)\.?|[ ]?{_CODES}\s?\.(?!\w)|{_CODES}(?=[ ]*(?:$|[)\n\r\[]|(?:and|or|not|adj\d*)\b)))"
_SUBS = r"(?!(?:or|and)\b)[a-z]{2}(?:[ ]*,[ ]*[a-z]{2})*(?=\s|$|\)|\[)"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<range>\b(?:and|or)/[ \t]*\#?\d+[a-z]?(?:[ \t]*[-–,][ \t]*\#?\d+[a-z]?)*(?![\w*]))
    |(?P<open>\()|(?P<close>\))
    |(?P<comment>\[[^\[\]]*\](?=\s|$|\)))
    |(?P<quoted>[{QUOTES}][^{QUOTES}]*[{QUOTES}])
    |(?P<suffix>{_SUFFIX})
    |(?P<freq>/[ ]?freq[ ]?=[ ]?(?P<times>\d+))
    |(?P<slash>/(?:[ ]?(?P<subs>{_SUBS}))?)
    |(?P<ref>\#\d+[a-z]?(?![\w*]))
    |(?P<word>(?:(?!{_SUFFIX})(?:[^\s()\[\]/{QUOTES}]|/(?=\w)(?!{_SUBS})|\[(?=[^\[\]\s{QUOTES}]*\]\w)[^\[\]\s]*\]))+)
    |(?P<odd>.)""",
    re.VERBOSE | re.IGNORECASE,
)
_FOREIGN = re.compile(r"near/?\d+|next/?\d+|pre/\d+|w/\d+", re.IGNORECASE)
_ADJ = re.compile(r"adj(\d{0,3})", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,4}[a-z]?", re.IGNORECASE)


@dataclass
class _State:
    text: str
    labels: frozenset[str]
    report: Report
    comments: list[str]
    frames: list[Frame]
    pieces: list[Piece]


def parse_line(text: str, start: int, end: int, labels: frozenset[str], report: Report, comments: list[str]) -> Node:
    """The tree of text[start:end]. Raises LineError where it can't be read."""
    command = read_command(text, start, end)
    if command is None:
        return _expression(text, start, end, labels, report, comments).node
    operand = _expression(text, command.start, command.end, labels, report, comments)
    deepest(report, [operand], start, end)
    if command.comment:
        comments.append(command.comment)
    return Limit(operand.node, command.conditions, report.span(start, end))


def _expression(text: str, start: int, end: int, labels: frozenset[str], report: Report, comments: list[str]) -> Operand:
    state = _State(text, labels, report, comments, [Frame(start)], [])
    at = start
    while at < end:
        match = _TOKEN.match(text, at, end)
        assert match is not None
        kind = match.lastgroup or ""
        # Inner groups (times, subs) are named too: the step is that of the outermost.
        _STEPS[{"times": "freq", "subs": "slash"}.get(kind, kind)](state, match)
        at = match.end()
    _end_term(state)
    if len(state.frames) > 1:
        place = state.frames[-1].start
        raise report.fail(
            "S02", "this bracket is never closed", place, place + 1, "Add the missing ) where the group ends, or take the ( away."
        )
    return _close(state, end)


def _space(state: _State, match: re.Match[str]) -> None:
    pass


def _open(state: _State, match: re.Match[str]) -> None:
    _end_term(state)
    state.frames.append(Frame(match.start()))


def _close_bracket(state: _State, match: re.Match[str]) -> None:
    _end_term(state)
    if len(state.frames) == 1:
        raise state.report.fail(
            "S03", "this bracket was never opened", *match.span(), "Take the ) away, or add the missing ( where the group begins."
        )
    start = state.frames[-1].start
    _push(state, replace(_close(state, match.end()), start=start, end=match.end(), group=True))


def _comment(state: _State, match: re.Match[str]) -> None:
    _end_term(state)
    state.comments.append(match.group()[1:-1].strip())


def _quoted(state: _State, match: re.Match[str]) -> None:
    inner = match.group()[1:-1]
    if not inner.strip():
        raise state.report.fail(
            "S06", "there is nothing between the quotation marks", *match.span(), "Write the phrase, or take the quotation marks away."
        )
    state.pieces.append(Piece(plain(inner.strip()), True, *match.span()))


def _word(state: _State, match: re.Match[str]) -> None:
    word = plain(match.group())
    if not word:
        return
    near = _ADJ.fullmatch(word)
    if near or op(word):
        _end_term(state)
        add_operator(state.frames[-1], state.report, f"ADJ{near.group(1)}" if near else word.upper(), *match.span())
        return
    if _FOREIGN.fullmatch(word):
        state.report.note(
            "O04", f"'{word}' is no operator of Ovid: it is searched as a word", *match.span(), "Write adj3 for within three words."
        )
    state.pieces.append(Piece(word, False, *match.span()))


def _suffix(state: _State, match: re.Match[str]) -> None:
    written = match.group()
    codes = ["yr"] if "sa_year" in written.lower() else re.findall(r"m_titl|[a-z]{2}", written.lower())
    tags = tuple(Tag(ovid_code(c), c, state.report.span(*match.span())) for c in codes)
    unknown = [t.code[1:] for t in tags if not t.known]
    if unknown and not written.endswith("."):
        # `U.S` or `vs.me and`: no suffix, part of the word.
        state.pieces.append(Piece(written, False, *match.span()))
        return
    if unknown:
        state.report.note(
            "O01", f"Ovid MEDLINE has no field .{unknown[0]}.", *match.span(), "Use a field such as .ti,ab. .tw. .mp. .pt. or .sh."
        )
    if not written.endswith("."):
        state.report.note("O02", f"the field suffix {written} lacks its closing full stop", *match.span(), f"Write {written}.")
    frame = state.frames[-1]
    if state.pieces:
        _end_term(state, tags)
        return
    if not frame.operands or len(frame.operators) >= len(frame.operands):
        raise state.report.fail(
            "S07", f"the field suffix {written} has no term before it", *match.span(), "Write the term before the suffix."
        )
    last = frame.operands[-1]
    if any(isinstance(n, LineRef | LineRange) for n in walk(last.node)):
        raise state.report.fail(
            "S07", f"the field suffix {written} stands on a line number", *match.span(), "Write the field in the line itself."
        )
    node = grouped(last.node, tags, state.report.span(last.start, match.end()))
    frame.operands[-1] = Operand(node, deepest(state.report, [last], last.start, match.end()), last.start, match.end(), group=last.group)


def _freq(state: _State, match: re.Match[str]) -> None:
    _end_term(state)
    frame = state.frames[-1]
    if not frame.operands or len(frame.operators) >= len(frame.operands):
        raise state.report.fail("S07", "/freq= has no term before it", *match.span(), "Write it after a field: cancer.ab. /freq=3")
    last = frame.operands[-1]
    node = Limit(last.node, (f"freq={int(match.group('times'))}",), state.report.span(last.start, match.end()))
    frame.operands[-1] = Operand(node, deepest(state.report, [last], last.start, match.end()), last.start, match.end())


def _slash(state: _State, match: re.Match[str]) -> None:
    """A heading ends with a slash; subheadings may follow."""
    written = [s.strip().lower() for s in (match.group("subs") or "").split(",") if s.strip()]
    end = match.end()
    if any(s in ("or", "and") or s not in SUBHEADINGS for s in written):
        raise state.report.fail(
            "S11",
            f"'{match.group()}' is no list of subheadings",
            *match.span(),
            "Write two-letter subheadings, such as /di,th - or a space after the slash.",
        )
    if not state.pieces:
        raise state.report.fail(
            "S07",
            "this slash has no heading before it",
            match.start(),
            match.start() + 1,
            "Write the heading before the slash: exp Asthma/",
        )
    pieces, state.pieces = state.pieces, []
    node = heading(pieces, written, state.report.span(pieces[0].start, end))
    if not node.name:
        raise state.report.fail(
            "S07",
            "this slash has no heading before it",
            match.start(),
            match.start() + 1,
            "Write the heading before the slash: exp Asthma/",
        )
    _push(state, Operand(node, 1, pieces[0].start, end))


def _reference(state: _State, match: re.Match[str]) -> None:
    _end_term(state)
    _push(state, Operand(LineRef(match.group().lstrip("#").lower(), state.report.span(*match.span())), 1, *match.span()))


def _range(state: _State, match: re.Match[str]) -> None:
    _end_term(state)
    operator, _, rest = match.group().partition("/")
    _push(state, Operand(LineRange(Op(operator.upper()), range_parts(rest), state.report.span(*match.span())), 1, *match.span()))


def _odd(state: _State, match: re.Match[str]) -> None:
    sign = match.group()
    if sign in QUOTES:
        raise state.report.fail(
            "S04",
            "this quotation mark is never closed",
            *match.span(),
            "Add the closing quotation mark after the phrase, or take this one away.",
        )
    if sign == ".":
        state.report.note("O02", "a full stop stands alone", *match.span(), "Take it away, or write the field between two full stops: .tw.")
        return
    name = {"[": "this square bracket is never closed", "]": "this square bracket was never opened"}.get(sign, f"'{sign}' can't stand here")
    raise state.report.fail(
        "S07", name, *match.span(), "Square brackets hold a comment; those that are part of a name belong between quotation marks."
    )


_STEPS = {
    "space": _space, "open": _open, "close": _close_bracket, "comment": _comment, "quoted": _quoted, "suffix": _suffix, "freq": _freq,
    "slash": _slash, "ref": _reference, "range": _range, "word": _word, "odd": _odd,
}  # fmt: skip


def _push(state: _State, operand: Operand) -> None:
    add_operand(state.frames[-1], state.report, operand, "ADJ", "read as adj")


def _end_term(state: _State, tags: tuple[Tag, ...] = ()) -> None:
    if not state.pieces:
        return
    pieces, state.pieces = state.pieces, []
    start, end = pieces[0].start, pieces[-1].end
    piece = pieces[0]
    if (
        not tags
        and len(pieces) == 1
        and not piece.quoted
        and _COUNT.fullmatch(piece.text)
        and (key(piece.text) in state.labels or (state.labels and piece.text.isdigit()))
    ):
        _push(state, Operand(LineRef(piece.text.lower(), state.report.span(start, end)), 1, start, end))
        return
    if not piece.quoted and piece.text.lower() in ("exp", "explode") and len(pieces) > 1:
        state.report.note(
            "O03",
            "'exp' stands before a term that is no heading: the slash is missing",
            start,
            end,
            "Write the heading with a slash: exp Asthma/",
        )
    node = text_of(pieces, tags, state.report.span(start, tags[0].span.end if tags else end))
    _push(state, Operand(node, 1, start, tags[0].span.end if tags else end))


def _close(state: _State, end: int) -> Operand:
    frame = state.frames.pop()
    check_closed(frame, state.report, end, outermost=not state.frames)
    return reduced(frame, state.report)
