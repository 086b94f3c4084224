"""Comments that people put on cells of a sheet: each in a column of its own behind the others, which is called by the column that it is on.

Of tables beside each other they are left out: a column more, and these would be one table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from review.formats.columns.csv_columns import BLANK
from review.formats.columns.table_header import find_header
from review.formats.tables.table_sides import is_on_its_side, width_of_one

Comments = Mapping[int, Mapping[int, str]]  # by the number of the row (from 1) and of the column (from 0)


def with_comments(rows: Callable[[], Iterator[list[str]]], comments: Comments) -> Iterator[list[str]]:
    """The rows of a sheet; those on which there are comments with these. rows: gives them from the first on.

    What is said of the header, or above it, is said with the first row below; what is said behind the last row is a row by itself.
    """
    if not comments:
        yield from rows()
        return
    width = max(map(len, rows()), default=0)
    if is_on_its_side(rows()):
        yield from _below(rows(), comments, width)
        return
    header = find_header(rows())
    if header and width_of_one(header.names) < len(header.names):
        yield from rows()
        return
    first = header.row if header else 0
    columns = sorted({column for row in comments.values() for column in row})
    waiting: list[Mapping[int, str]] = []
    last = 0
    for number, row in enumerate(rows()):
        last = number + 1
        waiting += [comments[last]] if last in comments else []
        texts: list[str] = []
        if header and number == first - header.over:
            names = header.names
            texts = [f"comment on {names[column] if column < len(names) else ''}".rstrip() for column in columns]
        elif number > first and waiting:
            texts, waiting = _joined(waiting, columns), []
        yield [*row, *[""] * (width - len(row)), *texts] if texts else row
    if waiting := [*waiting, *(told for number, told in sorted(comments.items()) if number > last)]:
        yield [*[""] * width, *_joined(waiting, columns)]


def _below(rows: Iterator[list[str]], comments: Comments, width: int) -> Iterator[list[str]]:
    """The rows of a sheet on its side, what is said of each in one below it; what is said of the name of a row with its first work."""
    for number, row in enumerate(rows, 1):
        yield row
        if said := comments.get(number):
            texts = [said.get(column, "") for column in range(width)]
            yield [f"comment on {row[0] if row else ''}", "\n".join(filter(None, texts[:2])), *texts[2:]]


def _joined(told: list[Mapping[int, str]], columns: list[int]) -> list[str]:
    return ["\n".join(row[column] for row in told if column in row).strip(BLANK) for column in columns]
