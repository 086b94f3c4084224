"""A document as text by page or section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from review.model.patterns import lazy
from review.model.record import Report

FEW = 10  # letters: a page with fewer has been scanned, or holds only a picture
LINES = 5  # of a stamp
STAMPED = 3  # pages: what stands on so many, whatever its numbers, is no text of any of them


def shape(line: str) -> str:
    """A line without what differs from page to page."""
    return re.sub(r"\d+", "0", " ".join(line.split())).casefold()


@dataclass(frozen=True, slots=True)
class Page:
    """label: what people call it: a page's number as the file gives it, or the section's path; text: as it stands."""

    label: str
    text: str


@dataclass(frozen=True)
class Document:
    """kind: pdf (pages), jats or record (sections), text (one page)."""

    kind: str
    pages: tuple[Page, ...]

    @cached_property
    def blank(self) -> frozenset[int]:
        """The pages (from 0) without text. A scan has none, but for a number or the stamp of an archive on each of its pages."""
        if self.kind != "pdf":
            return frozenset(n for n, page in enumerate(self.pages) if not page.text.strip())
        lines = [[shape(line) for line in page.text.splitlines() if line.strip()] for page in self.pages]
        seen = Counter(line for page in lines for line in set(page))
        own = [page if len(page) > LINES else [line for line in page if seen[line] < STAMPED] for page in lines]
        return frozenset(n for n, page in enumerate(own) if sum(c.isalpha() for line in page for c in line) < FEW)

    @property
    def readable(self) -> bool:
        """Whether it has text at all."""
        return len(self.blank) < len(self.pages)

    @cached_property
    def printed(self) -> int:
        """What must be added to a page's place (1 …) for the number printed on it; 0 where no other count is seen.

        A journal's PDF begins on page 119: people cite what is printed. The number is looked for in the first and last lines.
        """
        if self.kind != "pdf":
            return 0
        votes: Counter[int] = Counter()
        for place, page in enumerate(self.pages, 1):
            lines = [line for line in page.text.splitlines() if line.strip()]
            found = {int(n) for line in (*lines[:2], *lines[-2:]) for n in re.findall(r"(?<![\d.,/:-])\d{1,5}(?![\d.,/:-])", line)}
            votes.update(n - place for n in found if n >= place)
        best = max(sorted(votes), key=lambda o: votes[o], default=0)
        return best if best and len(self.pages) > 1 and votes[best] >= max(2, 0.6 * len(self.pages)) and votes[best] > votes[0] else 0

    def named(self, locator: str) -> set[int]:
        """The pages (from 0) that a locator names: 'p. 3', 'pp. 120-121', '7', 'abstract', 'Results'; empty where it names none."""
        numbers = page_numbers(locator)
        if self.kind == "pdf" and numbers:
            labels = {page.label: n for n, page in enumerate(self.pages)}
            found = {labels[str(n)] for n in numbers if str(n) in labels}
            found |= {n - 1 for n in numbers if 1 <= n <= len(self.pages)}
            if self.printed:
                found |= {n - 1 - self.printed for n in numbers if 0 < n - self.printed <= len(self.pages)}
            return found
        wanted = re.sub(r"[^\w]+", " ", locator).casefold().strip()
        if not wanted:
            return set()
        names = [re.sub(r"[^\w]+", " ", page.label).casefold().strip() for page in self.pages]
        return {n for n, name in enumerate(names) if wanted == name} or {n for n, name in enumerate(names) if f" {wanted} " in f" {name} "}


_RANGE = r"\d{1,5}(?:\s*(?:-|–|—|to)\s*\d{1,5})?"
_MARKED = lazy(rf"\b(?:pp?\.?|pages?)\s*({_RANGE}(?:\s*(?:,|;|&|and)\s*{_RANGE}(?![\w.]))*)", re.IGNORECASE)
_ALONE = lazy(rf"\s*({_RANGE})\s*[.,]?\s*")


def page_numbers(locator: str) -> set[int]:
    """The page numbers of a locator; of 'Table 2' or 'section 3' none."""
    match = _MARKED.search(locator) or _ALONE.fullmatch(locator)
    found: set[int] = set()
    for part in re.findall(_RANGE, match[1]) if match else ():
        numbers = re.findall(r"\d+", part)
        first, last = int(numbers[0]), int(numbers[-1])
        if last < first:  # 123-5
            last = int(numbers[0][: -len(numbers[1])] + numbers[1])
        found |= set(range(first, min(last, first + 50) + 1))
    return found


def of_record(report: Report) -> tuple[Page, ...]:
    """Title and abstract as pages: what is quoted from them can be checked without a full text."""
    titles = dict.fromkeys(r.title for r in report.records if r.title)
    abstracts = dict.fromkeys(r.abstract for r in report.records if r.abstract)
    return (*(Page("title", t) for t in titles), *(Page("abstract", a) for a in abstracts))


def together(documents: Iterable[Document], record: tuple[Page, ...]) -> Document:
    """The documents of a study's reports as one, after its title and abstract where it has no document of its own pages."""
    found = list(documents)
    if not found:
        return Document("record", record)
    if len(found) == 1:
        return found[0]
    return Document("sections", tuple(Page(f"document {n}, {p.label}", p.text) for n, d in enumerate(found, 1) for p in d.pages))
