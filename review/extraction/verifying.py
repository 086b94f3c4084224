"""Each quote looked up in its document."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from review.fulltext.document import Document
from review.fulltext.reader import Reader
from review.model.extraction import Cell, Extraction, Given, QuoteCheck

VERSION = 6  # raised where quotes would be found otherwise
Known = Mapping[str, list[object]]  # what an earlier look found: the key of a look -> state, place, score, why


def quoted(extraction: Extraction) -> Iterator[tuple[Cell, Given]]:
    """The answers whose quotes count: what stands, and what still differs."""
    for cell in extraction.cells:
        for given in (cell.stands,) if cell.stands else cell.answers:
            if given.quote:
                yield cell, given


def verify(
    extraction: Extraction, documents: Mapping[str, tuple[str, Callable[[], Document | None]]], known: Known
) -> tuple[list[QuoteCheck], dict[str, list[object]]]:
    """Check the quotes that count, in the order of the cells.

    documents: study -> what its document is (a digest), and what reads it when it is needed: None where it is not on this
    machine. known: of an earlier run. Returns the checks, and what to know next time.
    """
    by_study: dict[str, list[Given]] = defaultdict(list)
    order: list[str] = []
    for cell, given in quoted(extraction):
        by_study[cell.report].append(given)
        order.append(given.id)
    found: dict[str, QuoteCheck] = {}
    told: dict[str, list[object]] = {}
    for study, answers in by_study.items():
        digest, read = documents[study]
        reader: Reader | None = None
        document: Document | None = None
        for given in answers:
            key = hashlib.sha256("\x1f".join((str(VERSION), digest, given.quote, given.locator)).encode()).hexdigest()[:32]
            if key not in known:
                if document is None and (document := read()) is None:
                    found[given.id] = QuoteCheck(answer=given.id, state="absent")
                    continue
                reader = reader or Reader(document)
                hit = reader.search.find(given.quote, given.locator)
                told[key] = [hit.state, reader.locator_of(hit.page) if hit.page >= 0 else "", round(hit.score, 1), hit.why]
            else:
                told[key] = known[key]
            state, place, score, why = told[key]
            found[given.id] = QuoteCheck(answer=given.id, state=str(state), place=str(place), score=float(str(score)), why=str(why))
    return [found[n] for n in dict.fromkeys(order)], told
