"""PubMed syntax, one line at a time, to a tree. An explicit stack stands for open brackets: nothing recurses."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from review.query.build import QUOTES, STARS, Frame, Operand, Report, add_operand, add_operator, check_closed, deepest, op
from review.query.pubmed_terms import Piece, group_tag, term
from review.query.tree import Boolean, LineRange, LineRef, Node, Op, Tagged
from review.query.tree import label_key as key
from review.query.typography import meant

_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<range>\b(?:and|or)/[ \t]*\#?\d+[a-z]?(?:[ \t]*[-–,][ \t]*\#?\d+[a-z]?)*(?![\w*]))
    |(?P<open>\()|(?P<close>\))
    |(?P<tag>\[[^\[\]]*\])
    |(?P<quoted>[{QUOTES}][^{QUOTES}]*[{QUOTES}])
    |(?P<doi>10\.\d{{4,9}}/(?:[^\s()\[\]{QUOTES}]|\([^\s()\[\]{QUOTES}]*\))+)
    |(?P<ref>\#\d+[a-z]?(?![\w*]))
    |(?P<word>(?:[^\s()\[\]{QUOTES}])+)
    |(?P<odd>.)""",
    re.VERBOSE | re.IGNORECASE,
)
_TO_TAG = re.compile(r"\s+([^\[\]()]{2,70})\[([^\[\]]{1,40})\]")
_COUNT = re.compile(r"\d{1,4}[a-z]?", re.IGNORECASE)


@dataclass
class _State:
    """What has been read of the line: frames of open brackets, and the pieces of the term that is being read."""

    text: str
    labels: frozenset[str]
    report: Report
    frames: list[Frame]
    pieces: list[Piece]


def parse_line(text: str, start: int, end: int, labels: frozenset[str], report: Report, comments: list[str]) -> Node:
    """The tree of text[start:end]. Raises LineError where it can't be read."""
    state = _State(text, labels, report, [Frame(start)], [])
    at = start
    while at < end:
        match = _TOKEN.match(text, at, end)
        assert match is not None  # the last alternative takes any character but a newline, which is white space
        kind = match.lastgroup or ""
        _STEPS[kind](state, match)
        at = match.end()
    _end_term(state)
    if len(state.frames) > 1:
        place = state.frames[-1].start
        raise report.fail(
            "S02", "this bracket is never closed", place, place + 1, "Add the missing ) where the group ends, or take the ( away."
        )
    return _close(state, end).node


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
    operand = _close(state, match.end())
    _push(state, replace(operand, start=start, end=match.end(), group=True))


def _tag(state: _State, match: re.Match[str]) -> None:
    """A tag ends the term before it; after a bracket it is a tag on a group."""
    if state.pieces:
        state.pieces.append(Piece("tag", match.group()[1:-1], *match.span()))
        return
    frame = state.frames[-1]
    if frame.operands and frame.operands[-1].group and len(frame.operators) == len(frame.operands) - 1 and not frame.lone_nots:
        last = frame.operands[-1]
        tags, noexp = group_tag(match.group()[1:-1], match.start(), match.end(), state.report)
        depth = deepest(state.report, [last], last.start, match.end())
        node = Tagged(last.node, tags, noexp, state.report.span(last.start, match.end()))
        frame.operands[-1] = Operand(node, depth, last.start, match.end())
        return
    raise state.report.fail(
        "S07", f"the tag {match.group()} has no term before it", *match.span(), "Write the term before the tag, or put square brackets that are part of a name between quotation marks."
    )  # fmt: skip


def _quoted(state: _State, match: re.Match[str]) -> None:
    inner = match.group()[1:-1]
    broken = re.search(r"\][^\[]*\b(?:AND|OR|NOT)\b", inner)
    if broken:
        raise state.report.fail("S04", "a quotation mark is missing: this one runs across a tag and an operator", match.start(), match.start() + 1, "Close the quotation before its field tag.")  # fmt: skip
    if not inner.strip():
        raise state.report.fail(
            "S06", "there is nothing between the quotation marks", *match.span(), "Write the phrase, or take the quotation marks away."
        )
    state.pieces.append(Piece("quoted", meant(inner), *match.span()))


def _word(state: _State, match: re.Match[str]) -> None:
    word = meant(match.group())
    if not word:
        return
    operator = op(word)
    if operator:
        # `prevention and control[sh]`, `sensitivity and specificity[mh]`: a name that holds a small `and` keeps it.
        if word.islower() and state.pieces and _in_name(state, match):
            state.pieces.append(Piece("word", word, *match.span()))
            return
        _end_term(state)
        _operator(state, operator, word, *match.span())
        return
    for star in STARS:
        if star in word:
            state.report.note(
                "P04",
                f"'{star}' looks like an asterisk and is none: PubMed does not truncate '{word}'",
                *match.span(),
                "Type a plain * instead.",
            )
            word = word.replace(star, "*")
    state.pieces.append(Piece("word", word, *match.span()))


def _in_name(state: _State, match: re.Match[str]) -> bool:
    from review.query.and_names import HEADINGS
    from review.query.fields import is_subheading, pubmed_code, subheading

    after = _TO_TAG.match(state.text, match.end())
    if not after:
        return False
    code = pubmed_code(after.group(2).split(":")[0])
    name = " ".join(f"{' '.join(p.text for p in state.pieces)} and {after.group(1)}".lower().split())
    if code == "SUBH":
        return is_subheading(subheading(name))
    heading, slash, below = name.partition("/")
    return code in ("MESH", "MAJR") and (
        name in HEADINGS or (bool(slash) and heading.strip() in HEADINGS and is_subheading(subheading(below)))
    )


def _reference(state: _State, match: re.Match[str]) -> None:
    _end_term(state)
    _push(state, Operand(LineRef(match.group().lstrip("#").lower(), state.report.span(*match.span())), 1, *match.span()))


def _range(state: _State, match: re.Match[str]) -> None:
    _end_term(state)
    operator, _, rest = match.group().partition("/")
    node = LineRange(Op(operator.upper()), range_parts(rest), state.report.span(*match.span()))
    _push(state, Operand(node, 1, *match.span()))


def range_parts(text: str) -> tuple[tuple[str, str], ...]:
    """`1-4, 7` → (("1", "4"), ("7", "7"))."""
    parts: list[tuple[str, str]] = []
    for part in re.sub(r"[#\s]", "", text.lower()).replace("–", "-").split(","):
        first, _, last = part.partition("-")
        parts.append((first, last or first))
    return tuple(parts)


def _odd(state: _State, match: re.Match[str]) -> None:
    sign = match.group()
    if sign in QUOTES:
        raise state.report.fail(
            "S04",
            "this quotation mark is never closed",
            *match.span(),
            "Add the closing quotation mark after the phrase, or take this one away.",
        )
    name = {"[": "this square bracket is never closed", "]": "this square bracket was never opened"}.get(sign, f"'{sign}' can't stand here")
    raise state.report.fail(
        "S07", name, *match.span(), "A field tag is written [tiab]; square brackets that are part of a name belong between quotation marks."
    )


_STEPS = {
    "space": _space, "open": _open, "close": _close_bracket, "tag": _tag, "quoted": _quoted, "ref": _reference, "range": _range,
    "word": _word, "doi": _word, "odd": _odd,
}  # fmt: skip


def _operator(state: _State, operator: Op, word: str, start: int, end: int) -> None:
    if word != word.upper():
        state.report.note("P07", f"the operator '{word}' is not in capitals", start, end, f"Write {word.upper()}.")
    add_operator(state.frames[-1], state.report, operator.value, start, end)


def _push(state: _State, operand: Operand) -> None:
    add_operand(state.frames[-1], state.report, operand, "AND", "PubMed joins them with AND")


def _end_term(state: _State) -> None:
    """What has been read since the last operator or bracket becomes one or more operands."""
    if not state.pieces:
        return
    pieces, state.pieces = state.pieces, []
    if len(pieces) == 1 and pieces[0].kind == "word" and _is_reference(state, pieces[0]):
        piece = pieces[0]
        _push(state, Operand(LineRef(piece.text.lower(), state.report.span(piece.start, piece.end)), 1, piece.start, piece.end))
        return
    for node, start, end in term(pieces, state.report):
        _push(state, Operand(node, 2, start, end))


def _is_reference(state: _State, piece: Piece) -> bool:
    """A bare number is a line of a strategy of several lines, if it has such a line."""
    return bool(_COUNT.fullmatch(piece.text)) and key(piece.text) in state.labels


def _close(state: _State, end: int) -> Operand:
    """The innermost frame as one operand."""
    frame = state.frames.pop()
    check_closed(frame, state.report, end, outermost=not state.frames)
    if len(frame.operands) == 1:
        return frame.operands[0]
    depth = deepest(state.report, frame.operands, frame.start, end)
    first, last = frame.operands[0].start, frame.operands[-1].end
    node = Boolean(tuple(o.node for o in frame.operands), tuple(Op(word) for word, _, _ in frame.operators), state.report.span(first, last))
    return Operand(node, depth, first, last)
