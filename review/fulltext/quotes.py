"""Whether a document says what is quoted from it, and where.

Looked for as it stands; then without what setting a text adds (hyphens at line ends, ligatures, kinds of quotation mark and
dash, white space); then without marks of references, and over the break of a page, a column or a note; then by alignment, which
forgives a slip of the keyboard or of character recognition, but no other word, number or sign.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal

from rapidfuzz import fuzz

from review.fulltext.alike import changed, negated, regrouped, words
from review.fulltext.breaks import Breaks
from review.fulltext.document import Document
from review.fulltext.plain import JOINERS, Plain, parts_a_word, plain, unreferenced
from review.model.patterns import lazy
from review.model.words import have

State = Literal["verified", "elsewhere", "not found", "no text", "no file"]
# What each state is called; absent: nobody could look, since the file is elsewhere; no file: title and abstract lack it, and there is no more.
WORDS: dict[str, str] = {
    "absent": "the full text is not on this machine",
    "verified": "verified", "elsewhere": "found on another page", "not found": "not found in the document", "no text": "there is no text to look in (a scan)",
    "no file": "there is no full text to look in",
}  # fmt: skip

ALIKE = 95.0  # per cent of an alignment (rapidfuzz's ratio: 100 × (1 − insertions and deletions / both lengths))
SHORT = 20  # characters: what is shorter is alike by chance, and must be there as it stands
NEAR = 40  # characters: a negation that is left out of so few is left out for its own sake

_ELISION = lazy(r"\s*(?:\[\s*(?:\.\s*\.\s*\.|…)\s*\]|\(\s*(?:\.\s*\.\s*\.|…)\s*\)|\.\s?\.\s?\.|…)\s*")
_LETTER = lazy(r"\[([^\W\d_])\](?=[^\W\d_])")  # [T]he: a capital that was a small letter, or the other way round
_PUT_IN = lazy(r"\s*\[(?P<word>[^\]\d]{2,60})\]\s*")  # they [the officers] said


@dataclass(frozen=True, slots=True)
class Found:
    """state; page: its number in the document, from 0, -1 if nowhere; start, end: in that page's text; score: 100 but for an alignment.

    last: the page that it ends on, where that is another. why: what is different, where something like it was found that does
    not count.
    """

    state: State
    page: int = -1
    start: int = 0
    end: int = 0
    score: float = 0.0
    why: str = ""
    last: int = -1

    @property
    def pages(self) -> set[int]:
        return set(range(self.page, max(self.page, self.last) + 1))


class Searchable:
    """A document made ready for many quotes."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def _pages(self) -> list[Plain]:
        return [plain(page.text) for page in self.document.pages]

    @cached_property
    def _unreferenced(self) -> list[Plain]:
        blanked = [unreferenced(page.text) for page in self.document.pages]
        return [
            own if text == page.text else plain(text) for own, text, page in zip(self._pages, blanked, self.document.pages, strict=True)
        ]

    @cached_property
    def _breaks(self) -> Breaks:
        return Breaks(self.document.pages, self._pages)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(w for page in self.document.pages for w in words(page.text))

    def find(self, quote: str, locator: str = "") -> Found:
        """Where the quote stands. A locator that names no page is no reason against a page."""
        quote = _bare(quote)
        bare = self.document.kind == "record"  # the title and the abstract, in place of a full text
        if not self.document.readable:
            return Found("no file" if bare else "no text")
        named = self.document.named(locator)
        first: Found | None = None
        for reading in _readings(quote, self._in_brackets):
            found, pages = self._in_parts([p for p in _ELISION.split(reading) if p.strip()], named)
            if found.page >= 0:
                return found if not named or pages & named else replace(found, state="elsewhere")
            first = first or found
        if bare and not named and quote and (locator.strip() or not (first and first.why)):
            return Found("no file")
        blank = self.document.blank if self.document.kind in ("pdf", "sections") else frozenset()
        if named and named <= blank:
            return Found("no text", why="the page named is a picture")
        if first and blank and not first.why:
            return replace(first, why=f"{len(blank)} of {len(self.document.pages)} pages {have(len(blank))} no text to look in")
        return first or Found("not found", why="the quote is empty")

    def _in_brackets(self, word: str) -> bool:
        """Whether the document itself has a word in square brackets."""
        bracketed = plain(f"[{word}]").text
        return any(bracketed in page.text for page in self._pages)

    def _in_parts(self, parts: Sequence[str], named: set[int]) -> tuple[Found, set[int]]:
        """The parts of a quote between its elisions, in their order, each on the page of the longest or the one before or after."""
        if not parts:
            return Found("not found", why="the quote is empty"), set()
        longest = max(range(len(parts)), key=lambda n: len(parts[n]))
        missed = Found("not found")
        for anchor in self._everywhere(parts[longest], named):
            if anchor.page < 0 or len(parts) == 1:
                return (missed if anchor.page < 0 and missed.why else anchor), anchor.pages
            found: list[Found] = [anchor]
            for n in range(longest - 1, -1, -1):
                found.insert(0, self._beside(parts[n], found[0], -1))
            for n in range(longest + 1, len(parts)):
                found.append(self._beside(parts[n], found[-1], 1))
            why = next((f.why for f in found if f.page < 0), "") or self._left_out(found)
            if not why:
                here = [f for f in found if f.page == anchor.page]
                whole = replace(anchor, start=here[0].start, end=here[-1].end, score=min(f.score for f in found))
                return whole, {p for f in found for p in f.pages}
            missed = Found("not found", why=why)
        return missed, set()

    def _left_out(self, found: Sequence[Found]) -> str:
        for one, two in pairwise(found):
            gap = self.document.pages[one.page].text[one.end : two.start] if one.page == two.page and one.last < 0 else ""
            if len(gap) <= NEAR and negated(gap):
                return "the few words that the quote leaves out hold a negation"
        return ""

    def _everywhere(self, quote: str, named: set[int]) -> Iterator[Found]:
        """Wherever a piece without elisions stands, on the pages named first; at the end, or in place of it, why it does not."""
        pages = range(len(self.document.pages))
        orders = [n for n in pages if n in named], [n for n in pages if n not in named]
        bare = _bound(plain(quote).text)
        if not bare:
            yield Found("not found", why="the quote holds no letters")
            return
        why = ""
        for order in orders:
            for texts in (None, self._pages):
                for n in order:
                    for found in self._places(n, quote, bare, texts):
                        why = why or found.why
                        if found.page >= 0:
                            yield found
        for order in orders:
            for n in order:
                if self._unreferenced[n] is not self._pages[n]:
                    yield from (f for f in self._places(n, quote, bare, self._unreferenced) if f.page >= 0)
        if over := self._over(bare):
            yield over
        like = self._like(quote, bare, [*orders[0], *orders[1]])
        yield like if like.page >= 0 or like.why or not why else Found("not found", why=why)

    def _beside(self, quote: str, other: Found, way: int) -> Found:
        """The piece before (-1) or after (1) another, the nearest one on its page, else on the page before or after."""
        bare = _bound(plain(quote).text)
        there = max(other.page, other.last) if way > 0 else other.page
        for n in (there, there + way):
            if not bare or not 0 <= n < len(self.document.pages):
                continue
            edge = (other.end if other.last < 0 else 0) if way > 0 else other.start
            for texts in (None, self._pages, self._unreferenced):
                found = [f for f in self._places(n, quote, bare, texts) if f.page >= 0]
                if n == there:
                    found = [f for f in found if (f.start >= edge if way > 0 else f.end <= edge)]
                if found:
                    return found[0] if way > 0 else found[-1]
        return Found("not found", why=f"‘{quote[:40]}’ does not stand {'after' if way > 0 else 'before'} the rest of the quote")

    def _places(self, n: int, quote: str, bare: str, texts: list[Plain] | None) -> Iterator[Found]:
        """Each place of a piece on a page: in its text as it is, or in one of its plain texts. Page -1 where it is only part of a word."""
        raw = self.document.pages[n].text
        page = raw if texts is None else texts[n].text
        wanted = quote if texts is None else bare
        start = page.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            a, b = (start, end) if texts is None else (texts[n].at[start], texts[n].at[end - 1] + 1)
            if parts_a_word(raw, a, b):
                yield Found("not found", why="it stands there only within longer words or numbers")
            elif texts is not None and (why := regrouped(quote, raw[a:b] if texts is self._pages else unreferenced(raw[a:b]))):
                yield Found("not found", why=why)
            else:
                score = fuzz.ratio(bare, plain(raw[a:b]).text) if texts is not None and texts is not self._pages else 100.0
                yield Found("verified", n, a, b, score)
            start = page.find(wanted, start + 1)

    def _over(self, quote: str) -> Found | None:
        """A quote that runs over the end of a page, or over a note or a figure, with what is printed there between its parts."""
        for n, one in enumerate(self._pages):
            if quote[:3] not in one.text:
                continue
            for end, after in self._breaks.within(n) if quote[-3:] in one.text else ():
                if place := self._joined(one, end, one, after, quote):
                    return self._at(n, place, end)
            if n + 1 < len(self._pages) and quote[-3:] in self._pages[n + 1].text:
                for end in self._breaks.ends(n):
                    if place := self._joined(one, end, self._pages[n + 1], self._breaks.starts(n + 1), quote):
                        return replace(self._at(n, place, end), last=n + 1)
        return None

    def _joined(self, one: Plain, end: int, two: Plain, starts: Sequence[int], quote: str) -> tuple[int, int] | None:
        """(where it begins in the one, where it ends in the other) of a quote that goes on in the other where the one breaks off."""
        tail = one.text[max(0, end - len(quote)) : end].rstrip("-")
        for start in starts:
            both = tail + two.text[start : start + len(quote)]
            place = both.find(quote)
            if 0 <= place < len(tail) < place + len(quote):
                return end - len(one.text[max(0, end - len(quote)) : end]) + place, start + place + len(quote) - len(tail)
        return None

    def _at(self, n: int, place: tuple[int, int], end: int) -> Found:
        at = self._pages[n].at
        return Found("verified", n, at[place[0]], at[end - 1] + 1, 100.0)

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
            at = self._pages[n].at
            best = Found("verified", n, at[alignment.dest_start], at[min(alignment.dest_end, len(at)) - 1] + 1, alignment.score)
        if best.page < 0:
            return best
        text = self.document.pages[best.page].text
        why = ""
        # The alignment may begin and end a letter or a word too early or too late.
        for start, end in _whole_words(text, best.start, best.end):
            said = changed(quote, text[start:end], self._words)
            if not said and not parts_a_word(text, start, end):
                return replace(best, start=start, end=end)
            why = why or said
        return Found("not found", score=best.score, why=why)


def _whole_words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans about there that begin and end with words, the nearest first."""
    spans = [(m.start(), m.end()) for m in re.finditer(rf"(?:[^\s{JOINERS}]|[{JOINERS}]\s*|(?<=[^\W\d_])-\s*\n\s*(?=[^\W\d_]))+", text)]
    first = next((n for n, (_, b) in enumerate(spans) if b > start), 0)
    last = next((n for n in range(len(spans) - 1, -1, -1) if spans[n][0] < end), len(spans) - 1)
    for a in (first, first + 1, first - 1):
        for b in (last, last - 1, last + 1):
            if 0 <= a <= b < len(spans):
                yield spans[a][0], spans[b][1]


def _bound(text: str) -> str:
    """A plain quote without hyphens before its first and after its last letter: a page has lost them, if letters stand on both sides."""
    return re.sub(r"^-+(?=[^\W\d_])|(?<=[^\W\d_])-+$", "", text)


def _bare(quote: str) -> str:
    """The quote without quotation marks around the whole of it."""
    quote = quote.strip()
    if len(quote) > 1 and quote[0] in "\"'“‘«" and quote[-1] in "\"'”’»":
        quote = quote[1:-1].strip()
    return quote


def _readings(quote: str, printed: Callable[[str], bool]) -> Iterator[str]:
    """The quote as it is; then without what the usage of quoting puts in square brackets: a letter, a word or two of one's own."""
    yield quote
    if quote[:1].isalpha() and quote[0] != quote[0].swapcase():
        yield quote[0].swapcase() + quote[1:]
    if _LETTER.search(quote):
        for turned in (str.upper, str.lower):
            yield _LETTER.sub(lambda m, turned=turned: turned(m[1]), quote)  # type: ignore[misc]
    own = [m["word"] for m in _PUT_IN.finditer(quote)]
    # What is left must be enough to be found by.
    if own and len(plain(_PUT_IN.sub("", quote)).text) >= SHORT and not any(negated(word) or printed(word) for word in own):
        yield _PUT_IN.sub(" […] ", quote)
