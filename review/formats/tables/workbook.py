"""Workbooks, whatever file they are in: which of their sheets hold works, and the rows of those as entries.

People keep a sheet for each database in one workbook: all of them are read, and each record says which it stood in. What is no list of
works of its own is left aside with a word: a sheet that explains the columns, tells less than half of what the first tells, is hidden, or
repeats rows of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from review.errors import FormatError
from review.formats.characters.text import collapse
from review.formats.columns.csv_columns import BLANK
from review.formats.columns.mapped import Mapped, map_columns
from review.formats.columns.table_header import MAP, Header, find_header, given_header, lone_header, numbered_header, with_row_names
from review.formats.entries.mixed import Outside, settled
from review.formats.tables.author_rows import by_work
from review.formats.tables.csv_line import line
from review.formats.tables.table_habits import with_names
from review.formats.tables.table_rows import Row, entry
from review.formats.tables.table_sides import one_by_one, upright, width_of_one
from review.model.record import Record, Reject
from review.model.words import counted

SHEET = "sheet"  # in `Record.extra`: the one that a record stood in, where several were read
_LOOKED_AT = 200  # rows that tell how the authors stand in theirs
_NOT_READ = "not read: "
_NAMING = frozenset({"title", "doi", "pmid", "citation"})
_TELLING = ("title", "authors", "year", "journal", "doi", "pmid", "abstract")  # of a work
_MOST_TOLD = 20  # sheets

Rows = Callable[[str], Iterator[list[str]]]  # of the sheet of that name, as text


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet with a header."""

    name: str
    header: Header
    mapped: Mapped
    width: int  # columns, of all tables that stand beside each other on the sheet

    def tells(self) -> tuple[str, ...]:
        """The fields of a work that it has a column for."""
        return tuple([name for name in _TELLING if self.mapped.of(name)])

    def below(self, rows: Rows) -> Iterator[tuple[int, list[str]]]:
        """The rows below the header that hold anything but its names again, with their numbers from 0."""
        names = self.header.names
        for number, row in enumerate(rows(self.name)):
            if number > self.header.row and any(c.strip(BLANK) for c in row) and [c.strip(BLANK) for c in row[: len(names)]] != names:
                yield number, row


def from_sheets(
    names: Iterable[str], rows: Rows, columns: Mapping[str, str], hidden: Collection[str] = frozenset()
) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each row below the header of every sheet of works; `line` is the number of the row in its sheet.

    `columns` (field -> column) as for any table. What stands above a header goes to `extra` of the first record below it, and which sheets
    were not read to that of the first; where there is none, to the last of the rejects. Raises FormatError where no sheet has such a header, or
    no column of these names.
    """
    yield from settled(_of_all(names, rows, columns, hidden))


def _of_all(names: Iterable[str], rows: Rows, columns: Mapping[str, str], hidden: Collection[str]) -> Iterator[Record | Reject | Outside]:
    names, rows = list(names), upright(rows)
    tables, left = _chosen(names, _tables(names, rows, columns), rows, hidden)
    for table in tables:
        for result in _entries(table, rows, left):
            left = [] if isinstance(result, Record) else left
            yield result if len(tables) == 1 else _of_sheet(result, table.name)
    yield from map(Outside, left)


def _of_sheet(result: Record | Reject | Outside, name: str) -> Record | Reject | Outside:
    if isinstance(result, Outside):
        return result
    if isinstance(result, Record):
        return replace(result, extra=(*result.extra, (SHEET, name)))
    return replace(result, reason=f"{result.reason} (sheet {name!r})")


def _entries(table: _Table, rows: Rows, left: Sequence[str]) -> Iterator[Record | Reject | Outside]:
    header, mapped = table.header, table.mapped
    above = [line(row).decode().strip("\r\n,") for row in islice(rows(table.name), max(header.row, 0)) if any(c.strip(BLANK) for c in row)]
    width = len(header.names)
    below = (Row(n + 1, [*row, *[""] * (table.width - len(row))], line(row).decode().rstrip("\r\n")) for n, row in table.below(rows))
    for row in one_by_one(by_work(below, mapped), width, table.width):
        if isinstance(row, Row) and row.empty:
            continue
        # A note beside the table stands in a column without a name.
        names = header.names if mapped.told >= 0 else [*header.names, *[""] * (len(row.cells) - width)]
        result = entry(row, names, mapped, [*left, *above])
        left, above = ((), []) if isinstance(result, Record) else (left, above)
        yield result
    yield from map(Outside, above)


def _tables(names: Iterable[str], rows: Rows, columns: Mapping[str, str]) -> list[_Table]:
    """The sheets with a header: as a person said of them where they have the columns named, else as they are called. Raises FormatError where
    there is none, or none with those columns."""
    tables, wrong = [], None
    for name in names:
        if header := _header(rows(name), columns):
            below = list(islice(rows(name), header.row + 1, _LOOKED_AT))
            names = with_row_names(header.names, below)
            width, header = len(names), replace(header, names=names[: width_of_one(names)])
            try:
                mapped = map_columns(header.names, columns)
            except FormatError as error:
                wrong, mapped = wrong or error, map_columns(header.names)
            tables.append(_Table(name, header, with_names(mapped, header.names, below), width))
    if wrong and not any(table.mapped.given for table in tables):
        raise wrong
    if not tables:
        raise FormatError(
            "no sheet has a header row that names a title, an abstract or a DOI",
            f"The first row must name the columns. {MAP}",
        )
    return tables


def _header(rows: Iterator[list[str]], columns: Mapping[str, str]) -> Header | None:
    head = list(islice(rows, 40))
    header = find_header(head) or given_header(head, columns) or numbered_header(head, columns)
    first = [c for c in head[0] if c] if head else []
    return header or (Header(0, first, 0) if lone_header(first, head[1:]) else None)


def _chosen(names: Sequence[str], tables: Sequence[_Table], rows: Rows, hidden: Collection[str]) -> tuple[list[_Table], list[str]]:
    """The sheets to read, and what is to be said of each of the others that hold anything."""
    shown = sorted(tables, key=lambda table: table.name in hidden)
    first = next((table for table in shown if table.mapped.given or _names_works(table.header)), shown[0])
    headed = {table.name for table in tables}
    bare = [name for name in names if name not in headed and any(c.strip(BLANK) for row in islice(rows(name), _LOOKED_AT) for c in row)]
    left = dict.fromkeys(bare, "in which no row names columns")
    for table in tables:
        both = set(table.tells()) & set(first.tells())
        if table is first:
            continue
        if table.name in hidden:
            left[table.name] = "which is hidden"
        elif not table.mapped.given and (not _names_works(table.header) or 2 * len(both) < len(first.tells())):
            left[table.name] = "which is another kind of table"
    alike = [table for table in tables if table.name not in left]
    for table, whole in _repeated(alike, rows):
        left[table.name] = f"whose rows stand in {whole.name!r} too"
    mend = "save it as a file of its own, if its works are to be read"
    notes = [f"{_NOT_READ}sheet {name!r}, {why}: {mend}" for name in names if (why := left.get(name))]
    return [table for table in alike if table.name not in left], notes


def _names_works(header: Header) -> bool:
    return not header.known or not map_columns(header.names).fields.keys().isdisjoint(_NAMING)


def _repeated(tables: Sequence[_Table], rows: Rows) -> Iterator[tuple[_Table, _Table]]:
    """The sheets in which every work stands in another sheet too, told there in the same words, and that other one.

    So it is with what was filtered out of a list and put on a sheet of its own, and never with the results of two databases.
    """
    if len(tables) < 2:
        return
    works = [_works(table, rows) for table in tables]
    for n, table in enumerate(tables):
        for m, whole in enumerate(tables):
            if n != m and _within(table, works[n], whole, works[m]) and not (n < m and _within(whole, works[m], table, works[n])):
                yield table, whole
                break


def _works(table: _Table, rows: Rows) -> set[tuple[int, ...]]:
    """What the rows of a sheet tell of works, as hashes of the cells (Python's own, used within one run only)."""
    at = [table.mapped.of(name)[0] for name in table.tells()]
    told = (tuple([collapse(row[n]) if n < len(row) else "" for n in at]) for _, row in table.below(rows))
    return {tuple(map(hash, cells)) for cells in told if any(cells)}


def _within(part: _Table, works: set[tuple[int, ...]], whole: _Table, all_works: set[tuple[int, ...]]) -> bool:
    if not works or len(works) > len(all_works) or not set(part.tells()) <= set(whole.tells()):
        return False
    at = [whole.tells().index(name) for name in part.tells()]
    return works <= {tuple([work[n] for n in at]) for work in all_works}


def heading_of(names: Iterable[str], rows: Rows, hidden: Collection[str] = frozenset()) -> str:
    """The names of the columns in the first sheet that `from_sheets` takes, with commas between them; "" where there is none."""
    shown, rows = sorted(names, key=lambda name: name in hidden), upright(rows)
    found = [header for name in shown if (header := _header(rows(name), {}))]
    return ",".join(next((header for header in found if _names_works(header)), found[0]).names) if found else ""


@dataclass(slots=True)
class Sheets:
    """Looks at the entries of a workbook for what is to be told of its sheets."""

    _read: Counter[str] = field(default_factory=Counter)
    _left: tuple[str, ...] = ()
    _begun: bool = False

    def over(self, entries: Iterable[Record | Reject]) -> Iterator[Record | Reject]:
        """The entries, as they are."""
        for found in entries:
            if isinstance(found, Record):
                if not self._begun:
                    self._left = tuple([text for name, text in found.extra if not name and text.startswith(_NOT_READ)])
                    self._begun = True
                if name := dict(found.extra).get(SHEET):
                    self._read[name] += 1
            yield found

    def told(self) -> tuple[str, ...]:
        """What a person is to be told, once the last entry was seen."""
        named = [f"{name!r} ({counted(n, 'record')})" for name, n in self._read.items()]
        more = f" and {len(named) - _MOST_TOLD} more" if len(named) > _MOST_TOLD else ""
        read = (f"sheets read: {', '.join(named[:_MOST_TOLD])}{more}",) if len(named) > 1 else ()
        return (*read, *self._left)
