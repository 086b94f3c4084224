"""Each quote looked up in its document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from review.fulltext.document import Document
from review.fulltext.quotes import State
from review.fulltext.reader import Reader
from review.model.extraction import Cell, Extraction, Given


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer with a quote: the state of that, where it was found ('' if nowhere), how alike (per cent), what differs."""

    cell: Cell
    given: Given
    state: State
    place: str
    score: float
    why: str


def verify(extraction: Extraction, documents: Mapping[str, Callable[[], Document]], stands_only: bool = True) -> list[Checked]:
    """Check the quotes of what stands, and of answers that still differ; or of every answer.

    documents: study -> its document, read when it is needed. In the order of the cells.
    """
    by_study: dict[str, list[tuple[int, Cell, Given]]] = defaultdict(list)
    n = 0
    for cell in extraction.cells:
        shown = (
            ([cell.stands] if cell.stands else list(cell.answers))
            if stands_only
            else [*cell.answers, *([cell.stands] if cell.stands else [])]
        )
        for given in {g.id or str(k): g for k, g in enumerate(shown)}.values():
            if given.quote:
                by_study[cell.report].append((n, cell, given))
                n += 1
    found: list[tuple[int, Checked]] = []
    for study, rows in by_study.items():
        reader = Reader(documents[study]()) if study in documents else Reader(Document("record", ()))
        for place, cell, given in rows:
            hit = reader.search.find(given.quote, given.locator)
            where = reader.locator_of(hit.page) if hit.page >= 0 else ""
            found.append((place, Checked(cell, given, hit.state, where, hit.score, hit.why)))
    return [checked for _, checked in sorted(found, key=lambda f: f[0])]
