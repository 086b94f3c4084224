"""Reading a document to quote from it: a page in hand, a mark on some of its text, a search. Knows no terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from review.fulltext.document import Document
from review.fulltext.quotes import Found, Searchable
from review.model.patterns import lazy

# Ends of sentences; a wrong one costs a key, since marks can be moved at both ends.
_BREAK = lazy(r"(?<=[.!?;:])[\"'”’)\]]*\s+(?=[A-Z0-9“\"'(\[•–-])|\n\s*\n|\n(?=\s*[•–-]\s)")
_WORD = lazy(r"\S+")
_BROKEN = lazy(r"(\w+)[\u0002\ufffe\u00ad]\s*(\w+)|(\w+)-[ \t]*\n\s*(\w+)")


@dataclass(frozen=True, slots=True)
class Taken:
    """A quote as it is kept, and where it stands."""

    quote: str
    locator: str


class Reader:
    """One document. start, end: the mark, in the text of the page in hand."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.search = Searchable(document)
        self.page = next((n for n, p in enumerate(document.pages) if document.kind == "record" and p.label == "abstract"), 0)
        self.start = self.end = 0
        self.wanted = ""
        self._sentences: dict[int, list[tuple[int, int]]] = {}
        self._mark_sentence(0)

    @property
    def text(self) -> str:
        return self.document.pages[self.page].text if self.document.pages else ""

    @property
    def locator(self) -> str:
        """The page or section in hand, as a quote names it."""
        return self.locator_of(self.page)

    def locator_of(self, page: int) -> str:
        if not self.document.pages:
            return ""
        label = self.document.pages[page].label
        if self.document.kind != "pdf":
            return label
        return f"p. {page + 1 + self.document.printed if self.document.printed else label}"

    # -- moving ---------------------------------------------------------------------------------------------

    def sentences(self, page: int) -> list[tuple[int, int]]:
        """(start, end) of each sentence of a page."""
        if page not in self._sentences:
            text = self.document.pages[page].text if self.document.pages else ""
            cuts = [0, *(m.end() for m in _BREAK.finditer(text)), len(text)]
            spans = []
            for a, b in pairwise(cuts):
                stripped = text[a:b].strip()
                if stripped:
                    first = a + len(text[a:b]) - len(text[a:b].lstrip())
                    spans.append((first, first + len(stripped)))
            self._sentences[page] = spans
        return self._sentences[page]

    def move(self, by: int) -> None:
        """Mark the next sentence (the one before, for -1), on the next page where this one ends."""
        spans = self.sentences(self.page)
        here = next((n for n, (a, b) in enumerate(spans) if a <= self.start < b or self.start < a), len(spans) - 1)
        if by > 0:  # from the end of a mark over several
            here = next((n for n, (a, b) in enumerate(spans) if a < self.end <= b), here)
        there = here + by
        if not 0 <= there < len(spans):
            turned = self.turn(by)
            if turned:
                self._mark_sentence(0 if by > 0 else -1)
            return
        self.start, self.end = spans[there]

    def turn(self, by: int) -> bool:
        """To another page that has text; False where there is none."""
        page = self.page + by
        while 0 <= page < len(self.document.pages):
            if self.document.pages[page].text.strip():
                self.page = page
                self._mark_sentence(0)
                return True
            page += by
        return False

    def extend(self, by: int) -> None:
        """Take one more sentence into the mark, or give the last one back."""
        spans = self.sentences(self.page)
        if by > 0:
            self.end = next((b for _, b in spans if b > self.end), self.end)
        else:
            self.end = max((b for a, b in spans if b < self.end and b > self.start), default=self.end)

    def trim(self, which: str, by: int) -> None:
        """Move the start or the end of the mark by a word."""
        words = [(m.start(), m.end()) for m in _WORD.finditer(self.text)]
        if which == "start":
            places = [a for a, _ in words]
            new = [p for p in places if (p > self.start if by > 0 else p < self.start)]
            if new:
                self.start = min(new) if by > 0 else max(new)
        else:
            places = [b for _, b in words]
            new = [p for p in places if (p > self.end if by > 0 else p < self.end)]
            if new:
                self.end = min(new) if by > 0 else max(new)
        if self.end <= self.start:
            self._mark_at(self.start)

    def _mark_sentence(self, n: int) -> None:
        spans = self.sentences(self.page) if self.document.pages else []
        self.start, self.end = spans[n] if spans else (0, 0)

    def _mark_at(self, place: int) -> None:
        spans = self.sentences(self.page)
        self.start, self.end = next(((a, b) for a, b in spans if a <= place < b), (place, place))

    # -- finding --------------------------------------------------------------------------------------------

    def hits(self, page: int) -> list[tuple[int, int]]:
        """(start, end) of what is looked for on a page: small letters find capitals too, a space any white space, also none at a hyphen."""
        if not self.wanted.strip():
            return []
        pattern = r"[\s\u0002\u00ad-]*".join(re.escape(w) for w in self.wanted.split())
        flags = 0 if any(c.isupper() for c in self.wanted) else re.IGNORECASE
        return [(m.start(), m.end()) for m in re.finditer(pattern, self.document.pages[page].text, flags) if m.end() > m.start()]

    def find(self, wanted: str) -> bool:
        """Look for words from the mark on, then from the beginning; marks the sentence that has them. False where nothing is found."""
        self.wanted = wanted
        return self.next_hit(1, here=True)

    def next_hit(self, by: int, here: bool = False) -> bool:
        count = len(self.document.pages)
        places = [(n, a) for n in range(count) for a, _ in self.hits(n)]
        if not places:
            return False
        now = (self.page, self.start if here or by < 0 else self.end)
        if by > 0:
            page, place = next((p for p in places if p >= now), places[0])
        else:
            page, place = next((p for p in reversed(places) if p < now), places[-1])
        self.page = page
        self._mark_at(place)
        return True

    def count(self) -> int:
        """How often what is looked for stands in the whole document."""
        return sum(len(self.hits(n)) for n in range(len(self.document.pages)))

    def go(self, quote: str, locator: str) -> Found:
        """Mark a quote where it stands."""
        found = self.search.find(quote, locator)
        if found.page >= 0:
            self.page, self.start, self.end = found.page, found.start, found.end
        return found

    # -- taking ---------------------------------------------------------------------------------------------

    def taken(self, text: str = "") -> Taken:
        """The mark (or a text taken by mouse) as a quote: one line, words that a line's end broke joined again."""
        return Taken(self.joined(text or self.text[self.start : self.end]), self.locator)

    def joined(self, text: str) -> str:
        def join(m: re.Match[str]) -> str:
            one, two = (m[1], m[2]) if m[1] is not None else (m[3], m[4])
            # The document itself says whether the hyphen was the word's own.
            whole = " ".join(p.text for p in self.document.pages)
            hyphened = re.search(rf"\b{re.escape(one)}-{re.escape(two)}\b", whole, re.IGNORECASE)
            closed = re.search(rf"\b{re.escape(one + two)}\b", whole, re.IGNORECASE)
            # Where it does not, two words of its own ('first', 'rate') are likelier to be joined by theirs.
            both = all(len(w) > 3 and re.search(rf"(?<![\w\u0002\ufffe\u00ad-]){w}(?![\w\u0002\ufffe\u00ad-])", whole) for w in (one, two))
            return f"{one}-{two}" if not closed and (hyphened or both) else one + two

        return " ".join(_BROKEN.sub(join, text).split())
