"""Where running text is broken off by what is printed between: feet and heads of pages, notes at the foot of a column, figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from review.fulltext.alike import negated
from review.fulltext.document import Page, shape
from review.fulltext.plain import Plain
from review.model.patterns import lazy

# What a note, a caption or the small print of a first page begins with.
_NOTE = lazy(
    r"\s*(?:\d{1,2}[A-Z“\"(]|[*†‡§¶‖]|(?:Figure|Fig\.?|FIGURE|FIG\.?|Table|TABLE|Box|BOX)\s*\d+[a-z]?(?:\s*[.:|–—]|\s*$)|(?:Notes?|Sources?|Abbreviations)\s*[.:]"
    r"|©|Copyright\b|Correspond(?:ence|ing)\b|E-?mail|doi\s*[:.]|https?:|(?:Received|Accepted|Published)\s*:?\s*\d|Citation:|Cite this)"
)
# Or so, but so may a line of the text begin: then it must be whole sentences, and turn nothing.
_MAYBE = lazy(r"\s*(?:\d{1,2}\s+[A-Z“\"(]|\(?[a-e]\)\s|(?:Figure|Fig\.|Table|Box)\s*\d)")
_SENTENCE = lazy(r"[.!?)\]]\s*\Z")
_REST = 4  # lines at a page's head or foot that may be no running text
_LONG = 1500  # characters of a note or caption between two parts of a sentence


class Breaks:
    """The places of a document's pages (as plain text) where a sentence may be broken off, and where it may go on."""

    def __init__(self, pages: Sequence[Page], plains: Sequence[Plain]) -> None:
        self._lines = [_lines(page.text) for page in pages]
        self._plains = plains
        # What stands at the head or the foot of several pages is none of their text, whatever its numbers.
        seen = Counter(line for lines in self._lines for line in {shape(t) for _, t in (*lines[:_REST], *lines[-_REST:])})
        self._running = {line for line, n in seen.items() if n > 1}

    def ends(self, page: int) -> list[int]:
        """Where a page's running text may end: at its end, or before what is printed at its foot, also before a note."""
        lines = self._lines[page]
        found = [len(self._plains[page].text)]
        for start, text in reversed(lines[-_REST:]):
            if not self._besides(page, text):
                break
            found.append(self._at(page, start))
        foot = len(self._lines[page]) - len(found) + 1
        last = lines[-1][0] if lines else 0
        found += [self._at(page, lines[n][0]) for n in range(1, foot) if last - lines[n][0] <= _LONG and self._note(lines[n:foot])]
        return sorted(set(found), reverse=True)

    def starts(self, page: int) -> list[int]:
        """Where it may begin: at its beginning, or after what is printed at its head."""
        found = [0]
        lines = self._lines[page]
        for (_, text), (following, _) in pairwise(lines[: _REST + 1]):
            if not self._besides(page, text):
                break
            found.append(self._after(page, following))
        return found

    def within(self, page: int) -> list[tuple[int, list[int]]]:
        """(where a note or caption begins, where the text may go on after it) on one page: the beginnings of the lines that follow."""
        lines = self._lines[page]
        found = []
        for n in range(1, len(lines)):
            start = lines[n][0]
            if _NOTE.match(lines[n][1]) or _MAYBE.match(lines[n][1]):
                after = [m for m in range(n + 1, len(lines)) if lines[m][0] - start <= _LONG and self._note(lines[n:m])]
                found.append((self._at(page, start), [self._after(page, lines[m][0]) for m in after]))
        return found

    @staticmethod
    def _note(lines: Sequence[tuple[int, str]]) -> bool:
        """Whether lines are a note or a caption, not text."""
        if _NOTE.match(lines[0][1]):
            return True
        return bool(_MAYBE.match(lines[0][1]) and _SENTENCE.search(lines[-1][1])) and not negated(" ".join(text for _, text in lines))

    def _after(self, page: int, place: int) -> int:
        at = self._at(page, place)
        return at + self._plains[page].text.startswith(" ", at)  # the space before a number

    def _besides(self, page: int, text: str) -> bool:
        """Whether a line at a head or foot looks like none of the text: it recurs, has no words, or is a title far shorter than the others."""
        if shape(text) in self._running or not any(c.isalpha() for c in text):
            return True
        text = text.strip()
        if text[0].islower() or text[-1] in ".,;!?" or negated(text):  # the end of a paragraph is short too
            return False
        return len(text) < 0.8 * median(len(t.strip()) for _, t in self._lines[page])

    def _at(self, page: int, place: int) -> int:
        return bisect_left(self._plains[page].at, place)


def _lines(text: str) -> list[tuple[int, str]]:
    """(where it starts, the line) of each line with anything on it; PDFium puts one sign for a hyphen and the end of its line."""
    return [(m.start(), m[0]) for m in re.finditer(r"[^\n\u0002\ufffe]+", text) if m[0].strip()]
