"""How the lines of a strategy are numbered: which of them, from where on, also in one running text; and their hit counts."""

from __future__ import annotations

import re
from itertools import pairwise

from review.model.patterns import lazy

# `#3 text`, `#3. text`, `3. text`, `3) text`, `3: text`, `3<tab>text`, `3  text`, `S3 text`
_HASH_LABEL = lazy(
    r"[ \t]*(?:#|[Ss](?=\d))[ \t]*(\d{1,4}[a-z]?)(?:[ \t]*[.):\t]+[ \t]*|[ \t]+(?!(?:and|or|not)\b(?!/)))(?=\S)", re.IGNORECASE
)
_DOT_LABEL = lazy(r"[ \t]*(\d{1,4}[a-z]?)(?:[ \t]*[.)\t][ \t]*|:[ \t]+)(?=\S)", re.IGNORECASE)
_BARE_LABEL = lazy(r"[ \t]*(\d{1,4}[a-z]?)[ \t]+(?!(?:and|or|not|adj\d*)\b(?!/))(?=\S)", re.IGNORECASE)
_LONE_LABEL = lazy(r"[ \t]*#?(\d{1,4}[a-z]?)[ \t]*[.):]?[ \t]*$", re.IGNORECASE)
JOINED = lazy(r"(?:^|[\s)])(?:and|or|not)\s*$", re.IGNORECASE)  # goes on in the next line

_GAP = 60  # lines that a published strategy may leave out
_HEADING = 15  # lines that may stand before it
_IN_TEXT = lazy(r"(?<!\S)#?(\d{1,3})[.)][ \t\n]+(?=\S)")
_COUNT = lazy(r"[ \t]+\(?(\d{1,3}(?:[,.\u00a0 ]\d{3})+|\d+)\)?(?:[ \t]+\d{1,2}:\d\d(?::\d\d)?)?[ \t]*$")
_SEARCHED = lazy(r"\[[A-Za-z/: ~0-9]{2,30}\]|\w\.[a-z]{2}(?:,[a-z]{2})*\.")
_COMPLETE = lazy(r"[./)\]\"”*$?]$")


def _ended(text: str, start: int, end: int) -> bool:
    """A line could end here: its brackets are closed, its quotation marks too, and no operator waits for more."""
    line = text[start:end]
    return bool(line.strip()) and line.count("(") <= line.count(")") and line.count('"') % 2 == 0 and not JOINED.search(line) and line.rstrip()[-1] not in ",-"  # fmt: skip


def labels(text: str, physical: list[tuple[int, int]]) -> dict[int, tuple[str, int]]:
    """Where the lines of the file are numbered: physical line → (label, end of label)."""
    hashed: dict[int, tuple[str, int]] = {}
    dotted: dict[int, tuple[str, int]] = {}
    every: dict[int, tuple[str, int]] = {}
    seen: set[str] = set()
    for i, (start, end) in enumerate(physical):
        match = _HASH_LABEL.match(text, start, end)
        if match:
            hashed[i] = (match.group(1), match.end())
        match = _DOT_LABEL.match(text, start, end) or _LONE_LABEL.match(text, start, end)
        bare = None if match else _BARE_LABEL.match(text, start, end)
        match = match or bare
        if match:
            every[i] = (match.group(1), match.end())
        if match and not (bare and match.group(1).lower() in seen):
            seen.add(match.group(1).lower())
            dotted[i] = (match.group(1), match.end())
    if hashed and 0 in hashed:
        return hashed
    # Numbers without a sign must count upwards from 1, else they are part of the search (`65 and over`).
    counted = _counting(text, physical, dotted, 0)
    counted |= _anew(text, physical, every, counted)
    if 0 in counted and not (len(physical) > 1 and len(counted) < 2):
        return counted
    # Before the first line stand, in a published strategy, its database, its date, the heads of its columns.
    for found in (hashed, counted):
        first = min(found, default=_HEADING + 1)
        downwards = found is hashed and not any(_SEARCHED.search(text, a, b) for a, b in physical[:first])
        if len(found) > 2 and first <= _HEADING and (downwards or key_number(found[first][0]) == 1):
            return found
    # A part of a strategy may begin anywhere, but then it must look like one.
    last = key_number(dotted[0][0]) - 1 if 0 in dotted else 0
    counted = _counting(text, physical, dotted, last) if last > 0 else {}
    return counted if len(counted) > 2 else {}


def _counting(text: str, physical: list[tuple[int, int]], dotted: dict[int, tuple[str, int]], last: int) -> dict[int, tuple[str, int]]:
    """Of the lines that begin with a number those whose numbers go on from `last`: by one, or by a few where a line could end before it."""
    counted: dict[int, tuple[str, int]] = {}
    for i, (label, end) in dotted.items():
        number = key_number(label)
        before = max(counted, default=-1)
        if number and (last <= number <= last + 1 or (counted and last < number < last + _GAP and _ended(text, counted[before][1], physical[i - 1][1]))):  # fmt: skip
            counted[i] = (label, end)
            last = number
    return counted


def _anew(
    text: str, physical: list[tuple[int, int]], every: dict[int, tuple[str, int]], counted: dict[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """The lines of a second strategy in the same file, where 1, 2, 3 come once more: so that it is told, not read into the first."""
    after = [(i, found) for i, found in every.items() if i > max(counted, default=len(physical))]
    for n, (_, (label, _)) in enumerate(after):
        if [key_number(found[0]) for _, found in after[n : n + 3]] == [1, 2, 3] and label == "1":
            return _counting(text, physical, dict(after[n:]), 0)
    return {}


def key_number(label: str) -> int:
    """The number in a label: 12 for `12a`."""
    return int(re.sub(r"\D", "", label))


def inline(text: str, physical: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines, cut where numbers count on within them: `1. asthma/ 2. wheez$.tw. 3. 1 or 2`, as PDF files give it."""
    if not physical or len(labels(text, physical)) > 2:
        return physical
    places: list[int] = []
    for match in _IN_TEXT.finditer(text, physical[0][0], physical[-1][1]):
        if int(match.group(1)) == len(places) + 1:
            places.append(match.start())
    if len(places) < 3 or places[0] > physical[0][1]:
        return physical
    cut: list[tuple[int, int]] = []
    for start, end in physical:
        edges = [start, *(p for p in places if start < p < end), end]
        cut += [(a, b) for a, b in pairwise(edges) if text[a:b].strip()]
    return cut


def trailing_counts(text: str, lines: list[tuple[int, int]]) -> dict[int, re.Match[str]]:
    """Hit counts that stand bare at the end of every line, by the start of the line; empty where not all lines have one.

    In the last of them `2 not 3` would be one too, but not in all: a line that is left as `2 not` was none of them.
    """
    found: dict[int, re.Match[str]] = {}
    whole = 0
    for start, end in lines:
        match = _COUNT.search(text, start, end)
        rest = text[start : match.start()].strip() if match else ""
        if not match or not rest or JOINED.search(rest):
            return {}
        whole += bool(_COMPLETE.search(rest))
        found[start] = match
    return found if len(found) > 2 and whole else {}
