"""From text to lines: labels, comments, hit counts and continued lines; which syntax it is.

Comments and labels are blanked in place, so that every offset stays an offset into the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from review.query.fields import ovid_code, pubmed_code
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


# `#3 text`, `#3. text`, `3. text`, `3) text`, `3: text`, `3<tab>text`, `3  text`, `S3 text`
_HASH_LABEL = re.compile(
    r"[ \t]*(?:#|[Ss](?=\d))[ \t]*(\d{1,4}[a-z]?)(?:[ \t]*[.):\t]+[ \t]*|[ \t]+(?!(?:and|or|not)\b(?!/)))(?=\S)", re.IGNORECASE
)
_DOT_LABEL = re.compile(r"[ \t]*(\d{1,4}[a-z]?)(?:[ \t]*[.)\t][ \t]*|:[ \t]+)(?=\S)", re.IGNORECASE)
_BARE_LABEL = re.compile(r"[ \t]*(\d{1,4}[a-z]?)[ \t]+(?!(?:and|or|not|adj\d*)\b(?!/))(?=\S)", re.IGNORECASE)
_LONE_LABEL = re.compile(r"[ \t]*#?(\d{1,4}[a-z]?)[ \t]*[.):]?[ \t]*$", re.IGNORECASE)
_COMMENT = re.compile(r"[ \t]*(//|#(?![\d ]*\d)|;;|%%)")
# What an export of a search history puts around the lines.
_FRAME = re.compile(
    r"\s*(?:[-=*_]{3,}|databases?\s*:.*|(?:ovid )?medline.{0,80}<.*>|search (?:strategy|history)\b.{0,20}|searches\s+results.*)\s*",
    re.IGNORECASE,
)
_HITS = re.compile(r"(?:[ \t]+\((\d[\d,. ]*)\)|\t[ \t]*\(?(\d[\d,.]*)\)?)(?:\t[ \t]*[A-Za-z ]*)?[ \t]*$")
_REFERENCE = re.compile(r"#\d|\b(?:or|and)/\d|^\s*\(*\d{1,3}\)* +(?:and|or|not) +\(*\d{1,3}\b", re.IGNORECASE | re.MULTILINE)
_JOINED = re.compile(r"(?:^|[\s)])(?:and|or|not)\s*$", re.IGNORECASE)
_JOINS = re.compile(r"\s*(?:and|or|not)\b", re.IGNORECASE)

# A footer of a published strategy, and all that follows it: `key: mp = title, abstract …`
_FOOTER = re.compile(r"\s*(?:key|abbreviations?|notes?)\s*:\s+(?!.*\.(?:mp|tw|ti|ab)\b)", re.IGNORECASE)
_ACTS = re.compile(r"\s*(?:limit\s+#?\d{1,4}[a-z]?\s+to\b|remove\s+duplicates\s+from\s+#?\d)", re.IGNORECASE)
_COMBINES = re.compile(r"[\s()]*#?\d{1,4}[a-z]?(?:[\s()]+(?:and|or|not)[\s()]+#?\d{1,4}[a-z]?)+[\s()]*", re.IGNORECASE)

_OVID_SIGNS = re.compile(r"(?:[\w)\"*$?#]\.\s?)([a-z]{2}(?:,\s?[a-z]{2})*)(?:\.|\s*$)|\badj\d*\b|\bexp \S|\S/(?:\s|$|\))|\b(?:or|and)/\d|\w\$|^\s*\d*[.)]?\s*limit \S", re.IGNORECASE | re.MULTILINE)  # fmt: skip
_PUBMED_SIGNS = re.compile(r"\[([^\[\]\n]{1,40})\]")


def detect(text: str) -> str:
    """`ovid` or `pubmed`, by which of the two has more of its own signs. PubMed where there are none."""
    pubmed = ovid = 0
    text = "\n".join(line for line in text.splitlines() if not _COMMENT.match(line))
    for match in _PUBMED_SIGNS.finditer(text):
        tag = match.group(1).split(":")[0]
        pubmed += not pubmed_code(tag).startswith("?") or bool(re.fullmatch(r"[a-z]{2,5}", tag, re.IGNORECASE))
    for match in _OVID_SIGNS.finditer(text):
        ovid += not match.group(1) or not ovid_code(match.group(1)[:2]).startswith("?")
    return "ovid" if ovid > pubmed else "pubmed"


def split(text: str, syntax: str) -> tuple[str, tuple[RawLine, ...]]:
    """The text with comments and labels blanked, and its lines."""
    masked = list(text)
    physical: list[tuple[int, int]] = []
    comments: dict[int, str] = {}  # index of the physical line that a comment stands before
    start = 0
    footer = False
    for piece in text.splitlines(keepends=True) if text else []:
        end = start + len(piece)
        body = piece.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        footer = footer or (len(physical) > 2 and _FOOTER.match(body) is not None)
        if footer or _COMMENT.match(body) or _FRAME.fullmatch(body):
            note = _COMMENT.sub("", body, 1).strip(" \t-=*_")
            comments[len(physical)] = "\n".join(filter(None, (comments.get(len(physical), ""), note)))
            _blank(masked, start, start + len(body))
        elif body.strip("\ufeff \t\u00a0"):
            physical.append((start, start + len(body)))
        start = end
    if text.startswith("\ufeff"):
        masked[0] = " "
    plain = "".join(masked)
    labels = _labels(plain, physical)
    if labels:
        found = _numbered(masked, plain, physical, comments, labels)
    elif syntax == "ovid" or (len(physical) > 1 and _REFERENCE.search(plain)):
        found = _counted(plain, physical, comments)
    elif physical:
        found = [RawLine("1", physical[0][0], physical[-1][1], False, "\n".join(comments.values()))]
    else:
        found = []
    lines: list[RawLine] = []
    for line in found:
        match = _HITS.search(plain, line.start, line.end) if line.numbered else None
        if match:
            hits = int(re.sub(r"\D", "", match.group(1) or match.group(2)))
            _blank(masked, match.start(), match.end())
            line = RawLine(line.label, line.start, match.start(), line.numbered, line.comment, hits)
        lines.append(line)
    return "".join(masked), tuple(lines)


def _blank(masked: list[str], start: int, end: int) -> None:
    for i in range(start, end):
        if masked[i] not in "\r\n":
            masked[i] = " "


_SEARCH = re.compile(r"(?-i:Search):?[ \t]+(?!(?:and|or|not)\b)(?=\S)", re.IGNORECASE)  # how PubMed's own history began each line

_GAP = 60  # lines that a published strategy may leave out


def _ended(text: str, start: int, end: int) -> bool:
    """A line could end here: its brackets are closed, its quotation marks too, and no operator waits for more."""
    line = text[start:end]
    return bool(line.strip()) and line.count("(") <= line.count(")") and line.count('"') % 2 == 0 and not _JOINED.search(line) and line.rstrip()[-1] not in ",-"  # fmt: skip


def _labels(text: str, physical: list[tuple[int, int]]) -> dict[int, tuple[str, int]]:
    """Where the lines of the file are numbered: physical line → (label, end of label)."""
    hashed: dict[int, tuple[str, int]] = {}
    dotted: dict[int, tuple[str, int]] = {}
    seen: set[str] = set()
    for i, (start, end) in enumerate(physical):
        match = _HASH_LABEL.match(text, start, end)
        if match:
            hashed[i] = (match.group(1), match.end())
        match = _DOT_LABEL.match(text, start, end) or _LONE_LABEL.match(text, start, end)
        bare = None if match else _BARE_LABEL.match(text, start, end)
        match = match or bare
        if match and not (bare and match.group(1).lower() in seen):
            seen.add(match.group(1).lower())
            dotted[i] = (match.group(1), match.end())
    if hashed and 0 in hashed:
        return hashed
    # Numbers without a sign must count upwards from 1, else they are part of the search (`65 and over`).
    counted = _counting(text, physical, dotted, 0)
    if 0 not in counted or (len(physical) > 1 and len(counted) < 2):
        # A part of a strategy may begin anywhere, but then it must look like one.
        first = int(re.sub(r"\D", "", dotted[0][0])) - 1 if 0 in dotted else 0
        counted = _counting(text, physical, dotted, first) if first > 0 else {}
        return counted if len(counted) > 2 else {}
    return counted


def _counting(text: str, physical: list[tuple[int, int]], dotted: dict[int, tuple[str, int]], last: int) -> dict[int, tuple[str, int]]:
    """Of the lines that begin with a number those whose numbers go on from `last`: by one, or by a few where a line could end before it."""
    counted: dict[int, tuple[str, int]] = {}
    for i, (label, end) in dotted.items():
        number = int(re.sub(r"\D", "", label))
        before = max(counted, default=-1)
        if number and (last <= number <= last + 1 or (counted and last < number < last + _GAP and _ended(text, counted[before][1], physical[i - 1][1]))):  # fmt: skip
            counted[i] = (label, end)
            last = number
    return counted


def _numbered(
    masked: list[str], text: str, physical: list[tuple[int, int]], comments: dict[int, str], labels: dict[int, tuple[str, int]]
) -> list[RawLine]:
    found: list[RawLine] = []
    for i, (start, end) in enumerate(physical):
        if i in labels:
            label, body = labels[i]
            if search := _SEARCH.match(text, body, end):
                body = search.end()
            _blank(masked, start, body)
            found.append(RawLine(label.lower(), body, end, True, comments.get(i, "")))
        elif (_COMBINES.fullmatch(text, start, end) or _ACTS.match(text, start, end)) and not _JOINED.search(
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
        if found and (_JOINED.search(text[found[-1].start : found[-1].end]) or _JOINS.match(text, start, end)) and not re.match(r"\s*(?:or|and)/", text[start:end], re.IGNORECASE):  # fmt: skip
            previous = found[-1]
            found[-1] = RawLine(previous.label, previous.start, end, False, previous.comment)
        else:
            found.append(RawLine(str(len(found) + 1), start, end, False, comments.get(i, "")))
    return found
