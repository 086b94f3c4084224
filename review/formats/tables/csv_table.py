"""Tables: CSV, TSV, semicolons. Delimiter and header row are found in the text, columns by their names."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.stream import blocks
from review.formats.characters.text import normalise
from review.formats.columns.csv_columns import BLANK, TOLD
from review.formats.columns.mapped import map_columns
from review.formats.columns.table_header import (
    MAP,
    Header,
    find_header,
    given_header,
    lone_header,
    names_columns,
    numbered_header,
    with_row_names,
)
from review.formats.entries import mixed
from review.formats.tables import table_write
from review.formats.tables.author_rows import by_work
from review.formats.tables.csv_line import line
from review.formats.tables.csv_rows import BAR, DELIMITERS, MARK, barred, is_slashed, is_spaced, lines_of, marked, padding, rows, without
from review.formats.tables.table_habits import with_names
from review.formats.tables.table_rows import Row, entry
from review.formats.tables.table_sides import is_on_its_side, one_by_one, turned, width_of_one
from review.model.patterns import lazy
from review.model.record import Record, Reject

_OF_R = lazy(r'"[^"\n]+"(?: "[^"\n]+")+(?:\n|\Z)')  # what write.table puts between cells is a blank
_NONE = "\x1f"  # of a table of one column: a comma is a title's own
_HEAD = 65536  # characters in which the header must be


# A list of PMIDs or DOIs under their name, as people keep the studies that they know.
_NUMBERS = lazy(r"\"?(?i:pmid|doi)\"?[ \t]*\n\"?(?:\d{1,8}|(?:https?://[\w.]+/)?10\.\d{4,9}/[^\s,;]+)[ \t]*(?:\n|\Z)")
_TITLES = lazy(r"\"?(?i:titles?)\"?[ \t]*\n[^\n]*\w")
_REFERENCES = lazy(r"\"?[A-Za-z][A-Za-z ()]{3,40}\"?[ \t]*\n[^\n]{40}")
_EXCELS = lazy(r"sep=.?", re.IGNORECASE)  # tells Excel the delimiter
_ALL_ARE = lazy(r"\*([A-Z][A-Za-z /-]{2,40})")  # `*Journal Article`, of which EndNote's import takes all rows to be


@dataclass(frozen=True, slots=True)
class _Layout:
    delimiter: str
    header: Header


def score(head: str) -> float:
    """0.5 to 0.9 for text with a header row whose names are fields of ours, at least one of them naming a work, 1 for a table of ours; else 0."""
    head = normalise(head)
    if _NUMBERS.match(head):
        return 0.6
    if _TITLES.match(head) or (_REFERENCES.match(head) and _given_layout(head, {})):
        return 0.5
    layout = _layout(head)
    if (not layout or layout.header.known < 2) and _lying(head):
        return 0.6
    if layout and TOLD in layout.header.names:
        return 1.0
    return min(0.9, 0.4 + 0.1 * layout.header.known) if layout else 0.0


def column_names(head: str) -> list[str]:
    """The names of the columns of a table, by its beginning; [] where no header is found."""
    layout = _layout(normalise(head))
    return layout.header.names if layout else []


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each row below the header; empty rows and repeated headers are no entries.

    `columns` (field -> column) says where a field is, against what its name suggests. What stands above the header
    goes to `extra` of the first record, or to the last of the rejects where there is none. One block of the file is in
    memory at a time. Raises FormatError where there is no header or no such column.
    """
    yield from mixed.settled(_read(data, columns))


def _read(data: Input, columns: Mapping[str, str] | None) -> Iterator[Record | Reject | mixed.Outside]:
    parts = blocks(data)
    head = ""
    for part in parts:
        head += part
        if len(head) >= _HEAD:
            break
    padded = padding(head)
    layout = _layout(head.replace(f"{padded}\n", "\n") if padded else head) or _given_layout(head, columns or {})
    if (not layout or layout.header.known < 2) and (delimiter := _lying(head)):
        whole_table = csv.reader(lines_of(head + "".join(parts)), delimiter=delimiter)
        yield from _read(b"".join(map(line, turned(whole_table))), columns)
        return
    if not layout:
        raise FormatError(
            "no header row found in it",
            f"The first row must name the columns, a title or abstract among them. {MAP}",
        )
    mend = without(padded) if padded else marked if is_slashed(head[:_HEAD], layout.delimiter) else None
    mend = barred if layout.delimiter == "|" and "\\|" in head else mend
    spaced = is_spaced(head[:_HEAD], layout.delimiter, len(layout.header.names))
    read_head = csv.reader(map(mend or str, lines_of(head)[:-1]), delimiter=layout.delimiter, skipinitialspace=spaced)
    sample = list(read_head)[layout.header.row + 1 :]
    names = with_row_names(layout.header.names, sample)
    width, names = len(names), names[: width_of_one(names)]
    mapped = with_names(map_columns(names, columns), names, sample)
    entries = by_work(rows(chain([head], parts), layout.delimiter, width, mend, spaced), mapped)
    whole = (_in_cells(row, layout.delimiter, width, mend is not None) for row in entries)
    over = list(islice(whole, layout.header.row + 1))[:-1]
    full = [row for row in over[: len(over) - layout.header.over] if _is_full(row, len(names))]
    yield from (Reject(line=row.line, reason=_ABOVE, raw=row.raw) for row in full)
    told = [row for row in over if row.raw.strip() and row not in full]
    preamble = {row.raw: row for row in told}
    all_are = [_ALL_ARE.fullmatch(_alone(row)) for row in told]
    kind = next((found[1] for found in reversed(all_are) if found), "")
    above = [row.raw for row, found in zip(told, all_are, strict=True) if not found and not _EXCELS.fullmatch(row.raw.strip('"'))]
    any_below = False
    for row in one_by_one(whole, len(names), width):
        any_below = any_below or bool(row.raw.strip())
        if isinstance(row, Reject):
            yield row
        elif row.raw in preamble or (found := [c.strip(BLANK) for c in row.cells]) == names or row.empty or _is_rule(found):
            continue  # of the same table, put behind itself
        elif not columns and (mapped.told < 0 or TOLD in found) and names_columns(found, names):  # of another table, put behind this one
            names, mapped = found, map_columns(found)
        elif (
            len(found) != len(names)
            and row.raw.startswith(("[{", "{", "<", "@"))
            and mapped.told < 0
            and (other := mixed.begins(row.raw.split("\n", 1)[0], ""))
        ):
            yield Reject(line=row.line, reason=mixed.reason(other, "CSV"), raw=row.raw)
        else:
            result = entry(row, names, mapped, above)
            if isinstance(result, Record):
                above = []
                result = result if result.type or not kind else replace(result, type=kind)
            yield result
    for text in above:
        stood = preamble[text]
        # Where nothing stands below the header, what has its cells stands on the wrong side of it.
        if not any_below and isinstance(stood, Row) and len(stood.cells) >= len(names) > 1:
            yield Reject(line=stood.line, reason=_ABOVE, raw=text)
        else:
            yield mixed.Outside(text)


def _in_cells(row: Row | Reject, delimiter: str, width: int, mended: bool) -> Row | Reject:
    """The row, also where a spreadsheet put quotation marks around it as a whole, with its bars and marks."""
    if isinstance(row, Row) and len(row.cells) == 1 and len(cells := _opened(row.cells, delimiter)) == width:
        return replace(row, cells=cells)
    for sign, stands_for in ((BAR, "|"), (MARK, '"')) if mended else ():
        if isinstance(row, Row) and sign in "".join(row.cells):
            row = replace(row, cells=[cell.replace(sign, stands_for) for cell in row.cells])
    return row


def _alone(row: Row | Reject) -> str:
    """A row that has one cell."""
    return row.raw.strip("\t, ")


_ABOVE = "a row of the table stands above its header"


def _is_full(row: Row | Reject, width: int) -> bool:
    """Whether a row has as many cells as the header or more, and something in most of those: it is none of the lines that tell of the search."""
    return isinstance(row, Row) and len(row.cells) >= width > 2 and sum(1 for c in row.cells if c.strip(BLANK)) > width / 2


def _is_rule(cells: list[str]) -> bool:
    """Whether a row is the line of dashes that Markdown and databases draw below a header."""
    return cells[-1:] != [] and all(map(_DASHES.fullmatch, filter(None, cells)))


_DASHES = lazy(r":?-{2,}:?")


def _layout(text: str) -> _Layout | None:
    """The delimiter and header row by which most names are known; the earliest such row, and that of another table above it, with rows of its own."""
    best: _Layout | None = None
    above: list[_Layout] = []
    head = text[:_HEAD]
    for read_row in (_as_it_is, _opened):
        for delimiter in (" ",) if _OF_R.match(head) else DELIMITERS:
            if delimiter in head:
                found = [read_row(cells, delimiter) for cells in islice(csv.reader(lines_of(head), delimiter=delimiter), _FIRST)]
                header = find_header(found)
                if header and (best is None or header.known > best.header.known):
                    best = _Layout(delimiter, header)
                if header and header.known >= _FEW and len(header.names) == len([*found[header.row + 1 :], []][0]):
                    above.append(_Layout(delimiter, header))
        if best:
            break
    return min((best, *above), key=lambda layout: layout.header.row) if best else None


_FIRST = 64  # rows
_FEW = 3  # names that make a row the header of a table, where others that are told apart otherwise have more


def _lying(head: str) -> str:
    """What parts the cells of a table on its side; "" where it stands."""
    lines = lines_of(head[:_HEAD])
    return next((d for d in DELIMITERS if d in head and is_on_its_side(csv.reader(lines, delimiter=d))), "")


def _as_it_is(cells: list[str], _delimiter: str) -> list[str]:
    return cells


def _opened(cells: list[str], delimiter: str) -> list[str]:
    """The cells of a row that a spreadsheet took for one cell, and put into quotation marks as a whole."""
    if len(cells) != 1 or delimiter not in cells[0]:
        return cells
    return next(csv.reader(lines_of(cells[0]), delimiter=delimiter), cells)


def _given_layout(text: str, columns: Mapping[str, str]) -> _Layout | None:
    """Where nobody knows the names but a person has given some, or there is one column only: the first full row."""
    lines = lines_of(text[:_HEAD])
    for delimiter in DELIMITERS:
        if header := given_header(csv.reader(lines, delimiter=delimiter), columns):
            return _Layout(delimiter, header)
    for delimiter in sorted(DELIMITERS, key=lambda d: _uneven(csv.reader(lines[:-1], delimiter=d))) if columns else DELIMITERS:
        if header := numbered_header(csv.reader(lines[:-1], delimiter=delimiter), columns):
            return _Layout(delimiter, header)
    for delimiter in DELIMITERS:
        first = [c.strip(BLANK) for c in next(csv.reader(lines, delimiter=delimiter), [])]
        if (columns and len(first) > 1) or lone_header(first, islice(csv.reader(lines, delimiter=_NONE), 1, None)):
            return _Layout(delimiter if len(first) > 1 else _NONE, Header(0, first, 0))
    return None


def _uneven(table: Iterable[list[str]]) -> tuple[bool, int, int]:
    """How far rows are from having as many cells as each other, and more than one; then the fewer they have."""
    widths = {len(row) for row in table if row}
    return widths <= {1}, len(widths), -max(widths, default=0)


_TSV = Format("tsv", "table with tabs and a header row", score, read, table_write.write_tsv, (".tsv", ".tab"), mapped=True)
FORMAT = Format(
    "csv", "table (CSV, TSV, semicolons) with a header row", score, read, table_write.write, (".csv",), variants=(_TSV,), mapped=True
)
