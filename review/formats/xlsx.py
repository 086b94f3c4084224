"""Excel workbooks (.xlsx): the first sheet whose header names a work, a row an entry; written so that the same records give the same bytes.

openpyxl reads and writes them; it streams rows both ways. Text is escaped as ECMA-376 part 1, 22.9.2.19 (ST_Xstring) says.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from review.errors import FormatError
from review.formats.base import Format, Input, no_text
from review.formats.csv_cells import guarded
from review.formats.csv_columns import BLANK, map_columns
from review.formats.office import ESCAPE, escaped, timeless
from review.formats.table_header import MAP, Header, find_header, given_header, lone_header, numbered_header, with_row_names
from review.formats.table_links import leading_to
from review.formats.table_rows import Row, entry, with_names
from review.formats.table_write import cells, laid_out, line
from review.formats.xlsx_links import Links, links_of
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_LONGEST = 32_767  # characters in a cell
_BIGGEST = 8 << 30  # bytes unpacked: more is an attack, or no list of references
_LOOKED_AT = 200  # rows that tell how the authors stand in theirs
_NOT_READ = "not read: "
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def is_workbook(head: bytes) -> bool:
    """Whether these first bytes are those of a ZIP with a workbook in it."""
    return head.startswith(b"PK\x03\x04") and b"xl/" in head and b"word/" not in head[:65536]


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each row below the header; `line` is the number of the row.

    What stands above the header, and the names of other sheets with a header of that kind, go to `extra` of the first
    record. Raises FormatError where the file is damaged or locked, or where no sheet has such a header.
    """
    book = _open(data)
    yield from from_sheets(_shown_first(book), _reader(book), columns or {})


def from_sheets(names: Iterable[str], rows: Callable[[str], Iterator[list[str]]], columns: Mapping[str, str]) -> Iterator[Record | Reject]:
    """As `read`, of the names of a workbook's sheets and the rows of each as text."""
    tables = {name: header for name in names if (header := _header(rows(name), columns))}
    # What explains the columns of the others has a description, and names no work.
    first = next((name for name, header in tables.items() if columns or _names_works(header)), next(iter(tables), None))
    if first is None:
        raise FormatError(
            "no sheet has a header row that names a title, an abstract or a DOI",
            f"The first row must name the columns. {MAP}",
        )
    header = replace(tables[first], names=with_row_names(tables[first].names, islice(rows(first), tables[first].row + 1, _LOOKED_AT)))
    mapped = with_names(map_columns(header.names, columns), islice(rows(first), header.row + 1, _LOOKED_AT))
    above = [f"{_NOT_READ}sheet {name!r}, which names works too: save it as a file of its own" for name in tables if name != first]
    for number, row in enumerate(rows(first)):
        raw = line(row).decode().rstrip("\r\n")
        found = Row(number + 1, [*row, *[""] * (len(header.names) - len(row))], raw)
        if number < header.row:
            above += [raw.strip(",")] if not found.empty else []
        elif number > header.row and not found.empty and [c.strip(BLANK) for c in row[: len(header.names)]] != header.names:
            # A note beside the table stands in a column without a name.
            names = header.names if mapped.told >= 0 else [*header.names, *[""] * (len(row) - len(header.names))]
            result = entry(found, names, mapped, above)
            if isinstance(result, Record):
                above = []
            yield result


def _shown_first(book: Workbook) -> list[str]:
    """The names of the sheets; those that somebody hid last, which hold what the others were made of."""
    return sorted(book.sheetnames, key=lambda name: getattr(book[name], "sheet_state", "visible") != "visible")


def _names_works(header: Header) -> bool:
    return not header.known or not map_columns(header.names).fields.keys().isdisjoint(("title", "doi", "pmid", "citation"))


def left_out(record: Record) -> tuple[str, ...]:
    """What the first record of a workbook tells of the sheets that were not read."""
    return tuple([text for name, text in record.extra if not name and text.startswith(_NOT_READ)])


def heading_of(names: Iterable[str], rows: Callable[[str], Iterator[list[str]]]) -> str:
    """The names of the columns in the sheet that `from_sheets` takes, with commas between them; "" where there is none."""
    found = [header for name in names if (header := _header(rows(name), {}))]
    return ",".join(next((header for header in found if _names_works(header)), found[0]).names) if found else ""


def heading(data: Input) -> str:
    """The names of the columns. Raises FormatError where the file is damaged or locked."""
    book = _open(data)
    return heading_of(_shown_first(book), _reader(book))


def sheets(data: Input) -> Iterator[tuple[str, list[list[str]]]]:
    """The name of each sheet, and its rows as text, as they are shown. Raises FormatError where the file is damaged or locked."""
    book = _open(data)
    for name in book.sheetnames:
        yield name, list(_rows(book, name, lambda _: {}))


def _open(data: Input) -> Workbook:
    from openpyxl import load_workbook

    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    hint = "Open it in a spreadsheet and save it again as .xlsx, without a password, or as CSV."
    try:
        with zipfile.ZipFile(stream) as packed:
            if sum(part.file_size for part in packed.infolist()) > _BIGGEST:
                raise FormatError("the workbook unpacks to more than 8 GB; it was not read", hint)
        return load_workbook(stream, read_only=True, data_only=True)
    except FormatError:
        raise
    except Exception as error:  # whatever a damaged archive makes of its parts: openpyxl lets all of it through
        raise FormatError(f"the workbook can't be read ({type(error).__name__}: {error})", hint) from None


def _header(rows: Iterator[list[str]], columns: Mapping[str, str]) -> Header | None:
    head = list(islice(rows, 40))
    header = find_header(head) or given_header(head, columns) or numbered_header(head, columns)
    first = [c for c in head[0] if c] if head else []
    return header or (Header(0, first, 0) if lone_header(first) else None)


def _reader(book: Workbook) -> Callable[[str], Iterator[list[str]]]:
    """What gives the rows of a sheet; where its cells lead to is looked for once."""
    links = cache(lambda name: links_of(getattr(book, "_archive"), getattr(book[name], "_worksheet_path")))  # noqa: B009
    return lambda name: _rows(book, name, links)


def _rows(book: Workbook, name: str, links: Callable[[str], Links]) -> Iterator[list[str]]:
    sheet: Any = book[name]  # Any: of the kinds of sheets, a chart has no rows
    if not hasattr(sheet, "iter_rows"):
        return
    sheet.reset_dimensions()  # what the file says of its size is often wrong
    try:
        leading = links(name)
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = [cell_text(value) for value in row]
            for column, target in leading.get(number, {}).items() if number > 1 else ():
                cells += [""] * (column + 1 - len(cells))
                cells[column] = leading_to(cells[column], target)
            yield trimmed(cells)
    except FormatError:
        raise
    except Exception as error:
        raise FormatError(
            f"sheet {name!r} is damaged ({type(error).__name__}: {error})", "Open it in a spreadsheet and save it again, or save it as CSV."
        ) from None


def trimmed(row: Sequence[str]) -> list[str]:
    """The row without the empty cells at its end."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return list(row[:end])


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without a point, dates as YYYY-MM-DD."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return ESCAPE.sub(lambda m: chr(int(m[1], 16)), str(value))


def write(records: Iterable[Record], carried: Counter[str] | None = None, *, notes: bool = True) -> Iterator[bytes]:
    """A workbook of the records that `read` reads again."""
    layout, records = laid_out(records)
    rows = chain([layout.header], (_split(cells(record, layout, _safe, carried)) for record in records))
    yield from write_rows((row if notes else row[: len(layout.header) - 1] for row in rows), "records")


def write_rows(rows: Iterable[Sequence[str]], title: str) -> Iterator[bytes]:
    """A workbook of one sheet, every cell a text, so that nothing is run as a formula and no number loses its zeros. The same rows give
    the same bytes."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for row in rows:
        line_of_cells = []
        for text in map(_safe, row):
            cell = WriteOnlyCell(sheet, value=escaped(text) or None)
            if text:
                cell.data_type = "s"  # else what begins with = would be a formula
                cell.quotePrefix = guarded(text) != text  # and would become one on editing
            line_of_cells.append(cell)
        sheet.append(line_of_cells)
    buffer = io.BytesIO()
    book.save(buffer)
    yield timeless(buffer.getvalue())


def _safe(text: str) -> str:
    return _NOT_XML.sub(" ", text)[: _LONGEST - 200]


def _split(row: list[str]) -> list[str]:
    """What is too long for one cell goes on in those behind the last column."""
    told = "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in row[-1]).replace("_x", "\\u005fx")
    size = _LONGEST - 200
    return [*row[:-1], *(told[n : n + size] for n in range(0, max(len(told), 1), size))]


FORMAT = Format("xlsx", "Excel workbook with a header row", no_text, read, write, (".xlsx",), is_workbook, heading=heading)
