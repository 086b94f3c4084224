"""The citation in a row of a table: the source of a work as a database prints it, or a whole reference as a journal wants it."""

from __future__ import annotations

from review.formats.citations.citation import Citation, looks_like_citation, parse_citation
from review.formats.citations.reference import parse_reference
from review.formats.citations.reference_title import title_in
from review.formats.columns.csv_columns import squash
from review.formats.columns.searched import is_where_searched
from review.formats.tables.csv_cells import Cells
from review.model.patterns import lazy

_STANDING_FOR = frozenset(
    {"citation", "reference", "bibliographiccitation", "bibliography", "fullcitation", "fullreference"}
)  # a work; `Source` stands for its journal
_IN_SHORT = lazy(r"[^()]*\(\d{4}[a-z]?\)\.?")  # `Roe et al. (2019)`
_PERSON_FIRST = lazy(
    r"[^\W\d_][\w'’ -]*,? (?:[^\W\d_]\.[ -]?)+(?:[,;&(]|and |$)|(?:[^\W\d_][\w'’-]+ [A-Z]{1,3}, ){0,60}[^\W\d_][\w'’-]+ [A-Z]{1,3}\. [^.]+\. "
)  # `Roe, J. K., …`: no journal


def citation_of(cells: Cells, title: str) -> tuple[Citation, tuple[str, ...]]:
    """The citation, if the row has one, and the names in it; it stays in `extra`, for what could not be read of it."""
    for name, value in cells.named("citation"):
        if read := parse_reference(value, title):
            return read[1], read[0]
        if ": " in value[:40] and is_where_searched(value):
            continue
        if looks_like_citation(value) or value.startswith("Description:"):
            found = parse_citation(value)
            if (
                _PERSON_FIRST.match(found.journal)
                or (squash(name) in _STANDING_FOR and _IN_SHORT.fullmatch(value))
                or (
                    title and title in value and title_in(value, column=True) == title
                )  # a whole reference, of whose rest nothing could be told
            ):
                return Citation(year=found.year, doi=found.doi), ()
            return found, ()
    if not cells.values("journal") and not is_where_searched(next(iter(cells.values("citation")), "")):
        return Citation(journal=cells.take("citation")), ()
    return Citation(), ()
