"""Whether a document says what is quoted from it, and where.

Looked for as it stands; then without what setting a text adds (hyphens at line ends, ligatures, kinds of quotation mark and
dash, white space); then by alignment, which forgives a slip of the keyboard or of character recognition, but no other number
and no other negation.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from rapidfuzz import fuzz

from review.fulltext.document import Document

State = Literal["verified", "elsewhere", "not found", "no text"]
# What each state is called; absent: nobody could look, since the file is elsewhere.
WORDS: dict[str, str] = {
    "absent": "the full text is not on this machine",
    "verified": "verified", "elsewhere": "found on another page", "not found": "not found in the document", "no text": "the document has no text to look in",
}  # fmt: skip

ALIKE = 95.0  # per cent of an alignment (rapidfuzz's ratio: 100 × (1 − insertions and deletions / both lengths))
SHORT = 20  # characters: what is shorter is alike by chance, and must be there as it stands

_JOINERS = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\u0002"  # soft hyphens, and what PDFium puts for a hyphen at a line's end
_SAME = str.maketrans({
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"), **dict.fromkeys("‘’‚‛`´′ʼ", "'"), **dict.fromkeys("“”„‟«»″", '"'), "…": "...", "\u00a0": " ",
    **dict.fromkeys(_JOINERS, None),
})  # fmt: skip
_ELISION = re.compile(r"\s*(?:\[\s*(?:\.\s*\.\s*\.|…)\s*\]|\(\s*(?:\.\s*\.\s*\.|…)\s*\)|\.\s?\.\s?\.|…)\s*")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = re.compile(r"\b(?:not|no|never|nor|neither|without|cannot|un|non)\b|n't\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """state; page: its number in the document, from 0, -1 if nowhere; start, end: in that page's text; score: 100 but for an alignment.

    why: what is different, where something like it was found that does not count.
    """

    state: State
    page: int = -1
    start: int = 0
    end: int = 0
    score: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without what setting it adds. at[i]: where its i-th character stood."""

    text: str
    at: list[int]


def plain(text: str) -> Plain:
    """Ligatures undone (NFKC), marks of one kind, hyphens between letters and white space gone, but for a space between digits."""
    out: list[str] = []
    at: list[int] = []
    gap = False  # white space came since the last character
    for n, char in enumerate(text):
        if char.isspace():
            gap = True
            continue
        for c in char if char.isalnum() and char.isascii() else unicodedata.normalize("NFKC", char).translate(_SAME):
            if c.isspace():
                gap = True
                continue
            if gap and out and c.isdigit() and (out[-1].isdigit() or out[-1] in ".,"):
                out.append(" ")
                at.append(n)
            gap = False
            out.append(c)
            at.append(n)
    # A hyphen between letters may be the typesetter's: it goes, in quote and page alike.
    kept = [
        n for n, c in enumerate(out) if not (c == "-" and 0 < n < len(out) - 1 and out[n - 1].isalpha() and out[n + 1].isalpha())
    ]  # fmt: skip
    return Plain("".join(out[n] for n in kept), [at[n] for n in kept])


class Searchable:
    """A document made ready for many quotes."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def _pages(self) -> list[Plain]:
        return [plain(page.text) for page in self.document.pages]

    @cached_property
    def _whole(self) -> tuple[str, list[int]]:
        """All pages as one text, and where each begins."""
        starts = [0]
        for page in self._pages:
            starts.append(starts[-1] + len(page.text))
        return "".join(page.text for page in self._pages), starts

    def find(self, quote: str, locator: str = "") -> Found:
        """Where the quote stands. A locator that names no page is no reason against a page."""
        quote = _bare(quote)
        if not self.document.readable:
            return Found("no text")
        parts = [p for p in _ELISION.split(quote) if p.strip()]
        if not parts:
            return Found("not found", why="the quote is empty")
        named = self.document.named(locator)
        longest = max(range(len(parts)), key=lambda n: len(parts[n]))
        found = self._part(parts[longest], named)
        if found.page < 0:
            return found
        # What stands before or after an elision is on the same page, or on the one before or after.
        for n, part in enumerate(parts):
            other = found
            for near in (found.page, found.page + (1 if n > longest else -1)) if n != longest else ():
                if (other := self._part(part, {near}, only=True)).page >= 0:
                    break
            if other.page < 0:
                return Found("not found", why=other.why or f"‘{part[:40]}’ does not stand near ‘{parts[longest][:40]}’")
            if other.page == found.page:
                found = Found(
                    "verified", found.page, min(found.start, other.start), max(found.end, other.end), min(found.score, other.score)
                )
        there = not named or found.page in named
        return Found("verified" if there else "elsewhere", found.page, found.start, found.end, found.score)

    def _part(self, quote: str, named: set[int], only: bool = False) -> Found:
        """Where a piece without elisions stands; first on the pages named, and, but for `only`, on the others."""
        pages = range(len(self.document.pages))
        first, others = [n for n in pages if n in named], [] if only else [n for n in pages if n not in named]
        bare = plain(quote)
        if not bare.text:
            return Found("not found", why="the quote holds no letters")
        for order in (first, others):
            for n in order:
                start = self.document.pages[n].text.find(quote)
                if start >= 0 and self._whole_numbers(self.document.pages[n].text, quote, start):
                    return Found("verified", n, start, start + len(quote), 100.0)
            for n in order:
                start = self._within(self._pages[n].text, bare.text)
                if start >= 0:
                    return self._at(n, start, start + len(bare.text), 100.0)
        return self._over(bare.text) or self._like(quote, bare.text, [*first, *others])

    def _within(self, page: str, quote: str) -> int:
        """The place of a quote that does not begin or end within a number: '5 %' is not in '25 %'."""
        start = page.find(quote)
        while start >= 0 and not self._whole_numbers(page, quote, start):
            start = page.find(quote, start + 1)
        return start

    @staticmethod
    def _whole_numbers(page: str, quote: str, start: int) -> bool:
        end = start + len(quote)
        if quote[0].isdigit() and start:
            before = page[start - 1]
            if before.isdigit() or (before in ".," and start > 1 and page[start - 2].isdigit()):
                return False
        if quote[-1].isdigit() and end < len(page):
            after = page[end]
            if after.isdigit() or (after in ".," and page[end + 1 : end + 2].isdigit()):
                return False
        return True

    def _at(self, n: int, start: int, end: int, score: float) -> Found:
        at = self._pages[n].at
        return Found("verified", n, at[start], at[min(end, len(at)) - 1] + 1, score)

    def _over(self, quote: str) -> Found | None:
        """A quote that runs over the end of a page, with what is printed at its foot and at the head of the next between."""
        whole, starts = self._whole
        start = whole.find(quote)
        n = bisect_right(starts, start) - 1
        if start >= 0 and start + len(quote) > starts[n + 1] and self._whole_numbers(whole, quote, start):
            return self._at(n, start - starts[n], starts[n + 1] - starts[n], 100.0)
        if len(quote) < 2 * SHORT:
            return None
        for n, (one, two) in enumerate(pairwise(self._pages)):
            tail, head = one.text[-1500:], two.text[:1500]
            if 0 <= head.find(quote[11:]) <= 311:  # but a word or two of it stands on the next page
                for k in range(11, 3, -1):
                    place = tail.rfind(quote[:k])
                    if max(0, len(tail) - 300) <= place and 0 <= head.find(quote[k:]) <= 300:
                        begin = len(one.text) - len(tail) + place
                        return self._at(n, begin, begin + k, 100.0)
            if (begin := tail.find(quote[:12])) < 0:
                continue
            length = next((k for k in range(len(quote) - 4, 11, -1) if tail.find(quote[:k], begin) >= 0), 0)
            for k in range(length, max(11, length - 30), -1):
                place, rest = tail.find(quote[:k]), head.find(quote[k:])
                # Only the foot of the one page and the head of the other may lie between.
                if place >= 0 and 0 <= rest <= 300 and len(tail) - place - k <= 600:
                    begin = len(one.text) - len(tail) + place
                    return self._at(n, begin, begin + k, 100.0)
        return None

    def _like(self, quote: str, bare: str, order: list[int]) -> Found:
        if len(bare) < SHORT:
            return Found("not found")
        # Where d letters at most differ, one of d + 1 pieces is whole: pages without any piece are passed over.
        differ = int(2 * len(bare) * (1 - ALIKE / 100))
        size = max(4, len(bare) // (differ + 1))
        pieces = [bare[k : k + size] for k in range(0, len(bare) - size + 1, size)]
        best = Found("not found")
        for n in order:
            page = self._pages[n].text
            if not any(piece in page for piece in pieces):
                continue
            alignment = fuzz.partial_ratio_alignment(bare, page, score_cutoff=max(ALIKE, best.score))
            if alignment is None or alignment.score < ALIKE or alignment.score <= best.score or alignment.dest_end <= alignment.dest_start:
                continue
            best = self._at(n, alignment.dest_start, alignment.dest_end, alignment.score)
        if best.page < 0:
            return best
        text = self.document.pages[best.page].text
        why = ""
        # The alignment may end a letter too early or too late, and lose a number by it.
        for more in range(5):
            for end in {best.end + more, best.end - more}:
                why = _changed(quote, text[best.start : end])
                if not why:
                    return Found("verified", best.page, best.start, end, best.score)
        return Found("not found", score=best.score, why=_changed(quote, text[best.start : best.end]))


def _changed(quote: str, here: str) -> str:
    """What an alignment must not forgive: another number, another negation."""
    quote, here = (unicodedata.normalize("NFKC", t).translate(_SAME) for t in (quote, here))
    numbers = [sorted(_DIGITS.findall(t)) for t in (quote, here)]
    if numbers[0] != numbers[1]:
        return f"the document has {', '.join(numbers[1]) or 'no number'} where the quote has {', '.join(numbers[0]) or 'none'}"
    said = [len(_NEGATION.findall(re.sub(r"-\s*\n\s*", "", t))) for t in (quote, here)]
    if said[0] != said[1]:
        return "a negation differs"
    return ""


def _bare(quote: str) -> str:
    """The quote without quotation marks around the whole of it."""
    quote = quote.strip()
    if len(quote) > 1 and quote[0] in "\"'“‘«" and quote[-1] in "\"'”’»":
        quote = quote[1:-1].strip()
    return quote
