"""Tables on their side, as people extract data: a work in each column, the names of the fields below each other in the first. And several
tables beside each other under the same names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import TypeVar

from review.formats.columns.csv_columns import BLANK, field_of, squash
from review.formats.tables.csv_line import line
from review.formats.tables.table_rows import Row

T = TypeVar("T")

_LOOKED_AT = 40  # rows
_LEAST = 3  # fields
_CORNER = frozenset({"", "no", "id", "study", "studies", "studyid", "studyname"})  # what may head the names, where that is no field itself
_WORK = frozenset({"title", "authors", "year", "journal", "doi", "pmid", "abstract"})


def is_on_its_side(rows: Iterable[Sequence[str]]) -> bool:
    """Whether the first column of a table names three fields of a work or more, a title among them, two columns or more have one, and the first
    row is no header."""
    found = [cells for row in islice(rows, _LOOKED_AT) if any(cells := [c.strip(BLANK) for c in row])]
    if not found or len(found[0]) < 3 or any(len(c) < _LOOKED_AT and field_of(c) for c in found[0][1:]):
        return False
    named = [known[0] if (known := field_of(row[0])) else "" for row in found]
    titles = found[named.index("title")] if "title" in named else []
    return sum(map(bool, titles)) > 2 and len(_WORK.intersection(named)) >= _LEAST and bool(named[0] or squash(found[0][0]) in _CORNER)


def turned(rows: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """The columns as rows; all of the table is in memory."""
    return map(list, zip_longest(*(row for row in rows if any(c.strip(BLANK) for c in row)), fillvalue=""))


def width_of_one(names: Sequence[str]) -> int:
    """How many columns each of several tables has that stand beside each other, all with the same names, a title and two more fields among them; all
    of them where there is one table."""
    titles = [n for n, name in enumerate(names) if (known := field_of(name)) and known[0] == "title"]
    width = titles[1] - titles[0] if len(titles) > 1 else 0
    if width < 3:
        return len(names)
    first, *others = ([squash(name) for name in names[at : at + width]] for at in range(0, len(names), width))
    alike = all([*other, *[""] * (width - len(other))] == first for other in others)
    fields = {known[0] for name in names[:width] if (known := field_of(name))}
    return width if alike and len(fields) >= _LEAST else len(names)


def one_by_one(rows: Iterable[Row | T], width: int, whole: int) -> Iterator[Row | T]:
    """The rows of tables beside each other, each of so many columns, as rows of one; the rows of one table, which has `whole` of them, as they are."""
    for row in rows:
        if not isinstance(row, Row) or width == whole or any(row.cells[whole:]):
            yield row
            continue
        for at in range(0, max(len(row.cells), 1), width):
            cells = row.cells[at : at + width]
            if not at or any(c.strip(BLANK) for c in cells):
                yield Row(row.line, cells, line(cells).decode().rstrip("\r\n"))


def upright(rows: Callable[[str], Iterator[list[str]]]) -> Callable[[str], Iterator[list[str]]]:
    """The rows of each sheet by its name, of one on its side the columns."""
    aside: dict[str, bool] = {}

    def of(name: str) -> Iterator[list[str]]:
        if name not in aside:
            aside[name] = is_on_its_side(rows(name))
        return turned(rows(name)) if aside[name] else rows(name)

    return of
