"""Excel workbooks (.xlsx), a row of a sheet an entry; written so that the same records give the same bytes.

openpyxl reads and writes them; it streams rows both ways. Text is escaped as ECMA-376 part 1, 22.9.2.19 (ST_Xstring) says.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from review.errors import FormatError, ReviewError
from review.formats.base import Format, Input, no_text
from review.formats.characters.office import ESCAPE, escaped, timeless
from review.formats.tables.cell_comments import with_comments
from review.formats.tables.csv_line import guarded
from review.formats.tables.merged import Down, spread
from review.formats.tables.table_links import leading_to
from review.formats.tables.table_write import cells, laid_out
from review.formats.tables.workbook import from_sheets, heading_of
from review.formats.tables.xlsx_links import Beside, beside
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_LONGEST = 32_767  # characters in a cell
_BIGGEST = 8 << 30  # bytes unpacked: more is an attack, or no list of references
_NOT_XML = lazy("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def is_workbook(head: bytes) -> bool:
    """Whether these first bytes are those of a ZIP with a workbook in it."""
    return head.startswith(b"PK\x03\x04") and b"xl/" in head and b"word/" not in head[:65536]


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each row below the header of each sheet of works, as `workbook.from_sheets` says.

    Raises FormatError where the file is damaged or locked, or where no sheet has such a header.
    """
    book = _open(data)
    yield from from_sheets(book.sheetnames, _reader(book), columns or {}, _hidden(book))


def _hidden(book: Workbook) -> set[str]:
    return {name for name in book.sheetnames if getattr(book[name], "sheet_state", "visible") != "visible"}


def heading(data: Input) -> str:
    """The names of the columns. Raises FormatError where the file is damaged or locked."""
    book = _open(data)
    return heading_of(book.sheetnames, _reader(book), _hidden(book))


def sheets(data: Input) -> Iterator[tuple[str, list[list[str]]]]:
    """The name of each sheet, and its rows as text, as they are shown. Raises FormatError where the file is damaged or locked."""
    book = _open(data)
    for name in book.sheetnames:
        yield name, [row for row, _ in _rows(book, name, lambda _: Beside())]


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


def _reader(book: Workbook) -> Callable[[str], Iterator[list[str]]]:
    """What gives the rows of a sheet; where its cells lead to, how far they go and what is said of them is looked for once."""
    known = cache(lambda name: beside(getattr(book, "_archive"), getattr(book[name], "_worksheet_path")))  # noqa: B009

    def rows(name: str) -> Iterator[list[str]]:
        with _told_of_damage(name):
            said = known(name).comments if hasattr(book[name], "iter_rows") else {}
        return with_comments(lambda: spread(_rows(book, name, known)), said)

    return rows


def _rows(book: Workbook, name: str, beside_it: Callable[[str], Beside]) -> Iterator[tuple[list[str], Down]]:
    sheet: Any = book[name]  # Any: of the kinds of sheets, a chart has no rows
    if not hasattr(sheet, "iter_rows"):
        return
    sheet.reset_dimensions()  # what the file says of its size is often wrong
    with _told_of_damage(name):
        told = beside_it(name)
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = [cell_text(value) for value in row]
            for column, target in told.links.get(number, {}).items() if number > 1 else ():
                cells += [""] * (column + 1 - len(cells))
                cells[column] = leading_to(cells[column], target)
            yield trimmed(cells), told.down.get(number, {})


@contextmanager
def _told_of_damage(name: str) -> Iterator[None]:
    try:
        yield
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
    """A workbook of one sheet, every cell a text, so that nothing is run as a formula and no number loses its zeros; the first row is the
    head. The same rows give the same bytes. Raises ReviewError where there is no room for it in the folder for temporary files, where openpyxl makes it."""
    from lxml.etree import LxmlError
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    buffer = io.BytesIO()
    rows = iter(rows)
    first = list(islice(rows, _LOOKED_AT))
    for place in range(1, max(map(len, first), default=0) + 1):
        longest = max(len(row[place - 1]) for row in first if len(row) >= place)
        sheet.column_dimensions[get_column_letter(place)].width = min(60, max(8, longest + 2))
    head = Font(bold=True)
    number = 0
    try:
        for number, row in enumerate(chain(first, rows), 1):
            line_of_cells = []
            for text in map(_safe, row):
                cell = WriteOnlyCell(sheet, value=escaped(text) or None)
                if text:
                    cell.data_type = "s"  # else what begins with = would be a formula
                    cell.quotePrefix = guarded(text) != text  # and would become one on editing
                if number == 1:
                    cell.font = head
                line_of_cells.append(cell)
            sheet.append(line_of_cells)
        if first and first[0]:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(first[0]))}{number}"
        book.save(buffer)
    except LxmlError as error:  # of a full disk too, where it is no OSError
        raise ReviewError(
            f"{tempfile.gettempdir()}: a workbook can't be made there: {error}",
            "Nothing was written. Free some room, or name another folder in TMPDIR.",
        ) from None
    yield timeless(buffer.getvalue())


_LOOKED_AT = 200  # rows, for the widths of the columns


def _safe(text: str) -> str:
    return _NOT_XML.sub(" ", text)[: _LONGEST - 200]


def _split(row: list[str]) -> list[str]:
    """What is too long for one cell goes on in those behind the last column."""
    told = "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in row[-1]).replace("_x", "\\u005fx")
    size = _LONGEST - 200
    return [*row[:-1], *(told[n : n + size] for n in range(0, max(len(told), 1), size))]


FORMAT = Format("xlsx", "Excel workbook with a header row", no_text, read, write, (".xlsx",), is_workbook, heading=heading, mapped=True)
