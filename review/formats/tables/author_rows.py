"""Tables with a row for each author of a work, as easyPubMed makes them: the rows of one work are one entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import TypeVar

from review.formats.columns.csv_columns import BLANK
from review.formats.columns.mapped import Mapped
from review.formats.tables.table_rows import NEXT, Row

T = TypeVar("T")


def by_work(rows: Iterable[Row | T], mapped: Mapped) -> Iterator[Row | T]:
    """The rows; those behind each other that tell of one work, each with another author, as one: the cells that differ hold what all of
    them have there. Nothing is put together where no column holds families of authors and none PMIDs or DOIs."""
    people = (*mapped.of("family"), *mapped.of("given"))
    named = (*mapped.of("pmid"), *mapped.of("doi"))
    if not mapped.of("family") or not named or mapped.of("authors"):
        yield from rows
        return
    same = sorted({n for found in mapped.fields.values() for n in found} - {*people})
    work: list[Row] = []
    told: list[str] = []
    seen: set[tuple[str, ...]] = set()  # the authors of the work
    for row in rows:
        if not isinstance(row, Row):
            if work:
                yield _whole(work, people)
            work = []
            yield row
            continue
        author = tuple(_cells(row, people))
        if work and any(_cells(row, named)) and any(author) and author not in seen and _cells(row, same) == told:
            work.append(row)
            seen.add(author)
            continue
        if work:
            yield _whole(work, people)
        work, told, seen = [row], _cells(row, same), {author}
    if work:
        yield _whole(work, people)


def _cells(row: Row, columns: Iterable[int]) -> list[str]:
    return [row.cells[n].strip(BLANK) if n < len(row.cells) else "" for n in columns]


def _whole(work: list[Row], people: tuple[int, ...]) -> Row:
    if len(work) == 1:
        return work[0]
    columns = zip_longest(*(row.cells for row in work), fillvalue="")
    cells = [NEXT.join(column) if n in people else "; ".join(dict.fromkeys(filter(None, column))) for n, column in enumerate(columns)]
    return replace(work[0], cells=cells, raw="\n".join(row.raw for row in work))
