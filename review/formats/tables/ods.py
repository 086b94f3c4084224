"""OpenDocument sheets (.ods), as LibreOffice and Google Sheets save them: read row by row, as a workbook of Excel is.

OpenDocument 1.3, part 3: 9.1 (tables), 6.1 (white space in paragraphs). What a cell shows is rounded: a number or a day is taken from its value.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import IO, TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input, no_text
from review.formats.tables.cell_comments import Comments, with_comments
from review.formats.tables.merged import Down, spread
from review.formats.tables.table_links import leading_to
from review.formats.tables.workbook import from_sheets, heading_of
from review.formats.tables.xlsx import cell_text, trimmed
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_BIGGEST = 8 << 30  # bytes unpacked
_WIDEST = 16_384  # columns of a sheet
_CHUNK, _ANNOTATED = 1 << 20, b"annotation"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_HINT = "Open it in a spreadsheet and save it again without a password, or save it as .xlsx or CSV."


def is_sheet(head: bytes) -> bool:
    """Whether these first bytes are those of an OpenDocument sheet, whose first part names its kind."""
    return head.startswith(b"PK\x03\x04") and b"opendocument.spreadsheet" in head[:256]


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each row below the header of each sheet of works, as `workbook.from_sheets` says.

    Raises FormatError where the file is damaged or locked, or where no sheet has such a header.
    """
    with _opened(data) as packed:
        yield from from_sheets(list(_names(packed)), _reader(packed), columns or {})


def heading(data: Input) -> str:
    """The names of the columns. Raises FormatError as `read` does."""
    with _opened(data) as packed:
        return heading_of(list(_names(packed)), _reader(packed))


def _reader(packed: zipfile.ZipFile) -> Callable[[str], Iterator[list[str]]]:
    """What gives the rows of a sheet; what is said of its cells is looked for once."""
    said = cache(lambda name: _comments(packed, name))
    return lambda name: with_comments(lambda: spread(_rows(packed, name)), said(name))


def _comments(packed: zipfile.ZipFile, name: str) -> Comments:
    found: dict[int, dict[int, str]] = {}
    with packed.open("content.xml") as part:
        before = b""
        while (chunk := part.read(_CHUNK)) and _ANNOTATED not in (before := before[-len(_ANNOTATED) :] + chunk):
            pass
    if chunk:
        for _ in _rows(packed, name, said=found):
            pass
    return found


def sheets(data: Input) -> Iterator[tuple[str, list[list[str]]]]:
    """The name of each sheet, and its rows as text, as they are shown. Raises FormatError as `read` does."""
    with _opened(data) as packed:
        for name in list(_names(packed)):
            yield name, [row for row, _ in _rows(packed, name, _value)]


@contextmanager
def _opened(data: Input) -> Iterator[zipfile.ZipFile]:
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    try:
        with zipfile.ZipFile(stream) as packed:
            if packed.getinfo("content.xml").file_size > _BIGGEST:
                raise FormatError("the sheet unpacks to more than 8 GB; it was not read", _HINT)
            yield packed
    except FormatError:
        raise
    except Exception as error:  # whatever a damaged archive makes of its parts
        raise FormatError(f"the sheet can't be read ({type(error).__name__}: {str(error)[:200]})", _HINT) from None


def _elements(part: IO[bytes]) -> Iterator[tuple[str, Element]]:
    from defusedxml.ElementTree import iterparse

    return iter(iterparse(part, events=("start", "end"), forbid_dtd=True))


def _names(packed: zipfile.ZipFile) -> Iterator[str]:
    with packed.open("content.xml") as part:
        for event, element in _elements(part):
            if event == "start" and element.tag == f"{_TABLE}table":
                yield element.get(f"{_TABLE}name", "")
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                element.clear()


def _rows(
    packed: zipfile.ZipFile, name: str, below: Callable[[Element], str] | None = None, said: dict[int, dict[int, str]] | None = None
) -> Iterator[tuple[list[str], Down]]:
    """The rows of a sheet as text, and which of their cells go down over others. Empty ones, of which a sheet may declare a million at its end, only where others follow.

    below: what a cell below the header has; with the address that it leads to, where nothing is said. said: gets the comments.
    """
    sheet: Element | None = None
    within, above, empty, header = False, 0, 0, True
    with packed.open("content.xml") as part:
        for event, element in _elements(part):
            if element.tag == f"{_TABLE}table":
                if event == "end" and within:
                    return
                sheet, within = element, within or element.get(f"{_TABLE}name", "") == name
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                times = _repeated(element, "rows")
                row = trimmed(_cells(element, _value if header else below or _leading)) if within else []
                down = _down(element) if row else {}
                if said is not None and within and (told := _said(element)):
                    said[above + empty + 1] = told
                element.clear()
                if sheet is not None:
                    sheet.clear()  # of the rows read, of which there may be a million
                if not row:
                    empty += times
                    continue
                header = False
                yield from (([], {}) for _ in range(empty))
                yield from ((list(row), down) for _ in range(times))
                above, empty = above + empty + times, 0


def _cells(row: Element, value: Callable[[Element], str]) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            cells += [value(cell)] * min(_repeated(cell, "columns"), _WIDEST - len(cells))
    return cells


def _down(row: Element) -> Down:
    found: dict[int, int] = {}
    column = 0
    for cell in row:
        if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            times = cell.get(f"{_TABLE}number-rows-spanned", "1")
            if times != "1" and times.isdecimal() and len(times) < 8:
                found[column] = int(times)
            column += _repeated(cell, "columns")
    return found


def _said(row: Element) -> dict[int, str]:
    """The comments on the cells of a row, by their columns."""
    found: dict[int, str] = {}
    column = 0
    for cell in row:
        notes = ("\n".join("".join(_shown(p)) for p in note.iter(f"{_TEXT}p")) for note in cell.iter(f"{_OFFICE}annotation"))
        if told := "\n".join(filter(None, notes)):
            found[column] = told
        column += _repeated(cell, "columns")
    return found


def _leading(cell: Element) -> str:
    """What a cell shows, with the address that it leads to, or that its formula makes a link of."""
    formula = cell.get(f"{_TABLE}formula", "").removeprefix("of:")
    link = next((a.get(_HREF, "") for a in cell.iter(f"{_TEXT}a")), "")
    return leading_to(_value(cell), link or formula) if link or "HYPERLINK(" in formula else _value(cell)


def _repeated(element: Element, what: str) -> int:
    times = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return max(1, int(times)) if times.isdecimal() and len(times) < 9 else 1


def _value(cell: Element) -> str:
    kind, value = cell.get(f"{_OFFICE}value-type", ""), cell.get(f"{_OFFICE}value", "")
    if kind == "float" and value:
        return cell_text(float(value))
    if kind == "date" and (day := cell.get(f"{_OFFICE}date-value")):
        return day.removesuffix("T00:00:00")
    return "\n".join("".join(_shown(p)) for p in cell if p.tag == f"{_TEXT}p").strip("\n")


def _shown(element: Element) -> Iterator[str]:
    """The text of a paragraph; comments on the cell are none of it."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            yield " " * (min(int(count), 1000) if count.isdecimal() else 1)
        elif child.tag in (f"{_TEXT}line-break", f"{_TEXT}tab"):
            yield "\n" if child.tag.endswith("break") else "\t"
        elif child.tag != f"{_OFFICE}annotation":
            yield from _shown(child)
        yield child.tail or ""


FORMAT = Format("ods", "OpenDocument sheet (.ods) with a header row", no_text, read, binary=is_sheet, heading=heading, mapped=True)
