"""From text to lines: labels, comments, hit counts and continued lines; which syntax it is.

Comments and labels are blanked in place, so that every offset stays an offset into the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from review.model.patterns import lazy
from review.query.fields import ovid_code, pubmed_code
from review.query.numbering import JOINED, inline, trailing_counts
from review.query.numbering import labels as found_labels
from review.query.tree import Span


class Places:
    """Offsets to lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def span(self, start: int, end: int) -> Span:
        line = bisect_right(self._starts, start)
        return Span(line, start - self._starts[line - 1] + 1, start, end)


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line before it is parsed: [start, end) in the masked text."""

    label: str
    start: int
    end: int
    numbered: bool = False
    comment: str = ""
    hits: int | None = None


COMMENT = lazy(r"[ \t]*(//|#(?![\d ]*\d)|;;|%%)")
_ASIDE = lazy(r"[ \t]+//(?:[ \t]+(.*))?$")  # a comment behind a line
# What an export of a search history puts around the lines.
_FRAME = lazy(
    r"\s*(?:[-=*_]{3,}|databases?\s*:.*|(?:ovid )?medline.{0,80}<.*>|search (?:strategy|history)\b.{0,20}|(?:pubmed|medline)(?: ?/ ?(?:pubmed|medline))?(?: ?\([^()\[\]]*\))? ?:?|searches\s+results.*)\s*",
    re.IGNORECASE,
)
_TIME = r"(?:[ \t]+\d{1,2}:\d\d(?::\d\d)?)?"  # PubMed's old history ended each line with it
_HITS = lazy(rf"(?:[ \t]+\((\d[\d,. ]*)\)|\t[ \t]*\(?(\d[\d,.]*)\)?)(?:[ \t]*\t[ \t]*[A-Za-z ]*)?{_TIME}[ \t]*$")
_REFERENCE = lazy(r"#\d|\b(?:or|and)/\d|^\s*\(*\d{1,3}\)* +(?:and|or|not) +\(*\d{1,3}\b", re.IGNORECASE | re.MULTILINE)
_JOINS = lazy(r"\s*(?:and|or|not)\b", re.IGNORECASE)

# A footer of a published strategy, and all that follows it: `key: mp = title, abstract …`
_FOOTER = lazy(r"\s*(?:key|abbreviations?|notes?)\s*:\s+(?!.*\.(?:mp|tw|ti|ab)\b)", re.IGNORECASE)
_ACTS = lazy(r"\s*(?:limit\s+#?\d{1,4}[a-z]?\s+to\b|remove\s+duplicates\s+from\s+#?\d)", re.IGNORECASE)
_COMBINES = lazy(r"[\s()]*#?\d{1,4}[a-z]?(?:[\s()]+(?:and|or|not)[\s()]+#?\d{1,4}[a-z]?)+[\s()]*", re.IGNORECASE)

_OVID_SIGNS = lazy(r"(?:[\w)\"*$?#]\.\s?)([a-z]{2}(?:,\s?[a-z]{2})*)(?:\.|\s*$)|\badj\d*\b|\bexp \S|\S/(?:\s|$|\))|\b(?:or|and)/\d|\w\$|^\s*\d*[.)]?\s*limit \S", re.IGNORECASE | re.MULTILINE)  # fmt: skip
_PUBMED_SIGNS = lazy(r"\[([^\[\]\n]{1,40})\]")


def detect(text: str) -> str:
    """`ovid` or `pubmed`, by which of the two has more of its own signs. PubMed where there are none."""
    pubmed, ovid = signs(text)
    return "ovid" if ovid > pubmed else "pubmed"


def signs(text: str) -> tuple[int, int]:
    """How many signs of PubMed's syntax there are, and how many of Ovid's."""
    pubmed = ovid = 0
    text = "\n".join(line for line in text.splitlines() if not COMMENT.match(line))
    for match in _PUBMED_SIGNS.finditer(text):
        tag = match.group(1).split(":")[0]
        pubmed += not pubmed_code(tag).startswith("?") or bool(re.fullmatch(r"[a-z]{2,5}", tag, re.IGNORECASE))
    for match in _OVID_SIGNS.finditer(text):
        ovid += not match.group(1) or not ovid_code(match.group(1)[:2]).startswith("?")
    return pubmed, ovid


def split(text: str, syntax: str) -> tuple[str, tuple[RawLine, ...]]:
    """The text with comments and labels blanked, and its lines."""
    masked = list(_table(text))
    physical: list[tuple[int, int]] = []
    comments: dict[int, str] = {}  # index of the physical line that a comment stands before
    start = 0
    footer = False
    for piece in "".join(masked).splitlines(keepends=True):
        end = start + len(piece)
        body = piece.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        footer = footer or (len(physical) > 2 and _FOOTER.match(body) is not None)
        if footer or COMMENT.match(body) or _FRAME.fullmatch(body):
            note = COMMENT.sub("", body, 1).strip(" \t-=*_")
            comments[len(physical)] = "\n".join(filter(None, (comments.get(len(physical), ""), note)))
            _blank(masked, start, start + len(body))
        elif body.strip("\ufeff \t\u00a0"):
            if aside := _ASIDE.search(body):
                comments[len(physical)] = "\n".join(filter(None, (comments.get(len(physical), ""), (aside.group(1) or "").strip())))
                _blank(masked, start + aside.start(), start + len(body))
                body = body[: aside.start()]
            physical.append((start, start + len(body)))
        start = end
    if text.startswith("\ufeff"):
        masked[0] = " "
    plain = "".join(masked)
    physical = inline(plain, physical)
    labels = found_labels(plain, physical)
    if labels:
        found = _numbered(masked, plain, physical, comments, labels)
    elif syntax == "ovid" or (len(physical) > 1 and _REFERENCE.search(plain)):
        found = _counted(plain, physical, comments)
    elif physical:
        found = [RawLine("1", physical[0][0], physical[-1][1], False, "\n".join(filter(None, comments.values())))]
    else:
        found = []
    lines: list[RawLine] = []
    counts = trailing_counts(plain, [(line.start, line.end) for line in found if line.numbered])
    for line in found:
        match = counts.get(line.start) if counts else _HITS.search(plain, line.start, line.end) if line.numbered else None
        if match:
            hits = int(re.sub(r"\D", "", next(filter(None, match.groups()))))
            _blank(masked, match.start(), match.end())
            line = RawLine(line.label, line.start, match.start(), line.numbered, line.comment, hits)
        lines.append(line)
    return "".join(masked), tuple(lines)


_ROW = lazy(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)


def _table(text: str) -> str:
    """The text with the bars of a Markdown table as tabs, and its backticks as spaces; as long as before."""
    rows = list(_ROW.finditer(text))
    if len(rows) < 3:
        return text
    parts, at = [], 0
    for row in rows:
        bars = row.group().translate({ord("|"): "\t", ord("`"): " "})
        parts += [text[at : row.start()], bars.replace("\t", " ", 1) if re.search(r"[^\s|:-]", row.group()) else " " * len(bars)]
        at = row.end()
    return "".join([*parts, text[at:]])


def _blank(masked: list[str], start: int, end: int) -> None:
    for i in range(start, end):
        if masked[i] not in "\r\n":
            masked[i] = " "


_SEARCH = lazy(
    r"(?:Add(?: to builder)?[ \t]+)?(?-i:Search):?[ \t]+(?!(?:and|or|not)\b)(?=\S)", re.IGNORECASE
)  # how PubMed's own history began each line


def _numbered(
    masked: list[str], text: str, physical: list[tuple[int, int]], comments: dict[int, str], labels: dict[int, tuple[str, int]]
) -> list[RawLine]:
    found: list[RawLine] = []
    heading: list[str] = []  # what stands before the first number tells of the search; it is none
    for i, (start, end) in enumerate(physical):
        if i < min(labels):
            heading += [comments.get(i, ""), " ".join(text[start:end].split())]
            _blank(masked, start, end)
        elif i in labels:
            label, body = labels[i]
            note = "\n".join(filter(None, (*heading, comments.get(i, ""))))
            heading = []
            if search := _SEARCH.match(text, body, end):
                body = search.end()
            _blank(masked, start, body)
            found.append(RawLine(label.lower(), body, end, True, note))
        elif (_COMBINES.fullmatch(text, start, end) or _ACTS.match(text, start, end)) and not JOINED.search(
            text[found[-1].start : found[-1].end]
        ):
            # `1 AND 2 NOT 3` below numbered lines: the combination that its author did not number.
            number = 1 + max(int(re.sub(r"\D", "", line.label)) for line in found)
            found.append(RawLine(str(number), start, end, False, comments.get(i, "")))
        else:
            previous = found[-1]
            note = "\n".join(filter(None, (previous.comment, comments.get(i, ""))))
            found[-1] = RawLine(previous.label, previous.start, end, True, note)
    return found


def _counted(text: str, physical: list[tuple[int, int]], comments: dict[int, str]) -> list[RawLine]:
    """Lines without numbers, as a search history shows them: counted from 1. One that ends or begins with an operator goes on."""
    found: list[RawLine] = []
    for i, (start, end) in enumerate(physical):
        if found and (JOINED.search(text[found[-1].start : found[-1].end]) or _JOINS.match(text, start, end)) and not re.match(r"\s*(?:or|and)/", text[start:end], re.IGNORECASE):  # fmt: skip
            previous = found[-1]
            found[-1] = RawLine(previous.label, previous.start, end, False, previous.comment)
        else:
            found.append(RawLine(str(len(found) + 1), start, end, False, comments.get(i, "")))
    return found
