"""Excel's workbooks of before 2007 (.xls), as Web of Science and ProQuest export them; xlrd reads them, whole: a sheet has 65,536 rows at most."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from review.errors import FormatError
from review.formats.base import Format, Input, no_text, whole
from review.formats.tables.cell_comments import Comments, with_comments
from review.formats.tables.workbook import from_sheets, heading_of
from review.formats.tables.xlsx import cell_text, trimmed
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xlrd.book import Book

_OLE = b"\xd0\xcf\x11\xe0"


def is_old_office(head: bytes) -> bool:
    """Whether these first bytes are those of an old file of Office, which may be Excel's."""
    return head.startswith(_OLE)


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each row below the header of each sheet of works, as `workbook.from_sheets` says.

    Raises FormatError where the file is damaged, locked or no workbook at all.
    """
    book = _open(whole(data))
    rows = {sheet.name: list(with_comments(partial(iter, _rows(book, sheet)), _comments(sheet))) for sheet in book.sheets()}
    yield from from_sheets(rows, lambda name: iter(rows[name]), columns or {}, {sheet.name for sheet in book.sheets() if sheet.visibility})


def heading(data: Input) -> str:
    """The names of the columns. Raises FormatError as `read` does."""
    rows = dict(sheets(data))
    return heading_of(rows, lambda name: iter(rows[name]))


def sheets(data: Input) -> Iterator[tuple[str, list[list[str]]]]:
    """The name of each sheet, and its rows as text. Raises FormatError as `read` does."""
    book = _open(whole(data))
    for sheet in book.sheets():
        yield sheet.name, _rows(book, sheet)


def _open(data: bytes) -> Book:
    import xlrd

    try:
        return xlrd.open_workbook(file_contents=data, logfile=io.StringIO())  # where it tells of oddities, and reads on
    except Exception as error:  # whatever a damaged file makes of its parts: xlrd lets all of it through
        raise FormatError(
            f"it is an old Word or Excel file that can't be read ({type(error).__name__}: {str(error)[:200]})",
            "Open it in a spreadsheet and save it as .xlsx, without a password, or export it as RIS or CSV.",
        ) from None


def _rows(book: Book, sheet: Any) -> list[list[str]]:
    return [trimmed([_text(book, cell) for cell in sheet.row(n)]) for n in range(sheet.nrows)]


def _comments(sheet: Any) -> Comments:
    found: dict[int, dict[int, str]] = {}
    for (row, column), note in sheet.cell_note_map.items():
        found.setdefault(row + 1, {})[column] = note.text
    return found


def _text(book: Book, cell: Any) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return cell_text(datetime(*xlrd.xldate_as_tuple(cell.value, book.datemode)))  # noqa: DTZ001  a day, wherever
        except ValueError:
            return cell_text(cell.value)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return ""
    return cell_text(bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value)


FORMAT = Format("xls", "old Excel workbook (.xls) with a header row", no_text, read, binary=is_old_office, heading=heading, mapped=True)
