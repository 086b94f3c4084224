"""Tables: CSV, TSV, semicolons. Delimiter and header row are found in the text, columns by their names."""

from __future__ import annotations

import csv
import re
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from review.errors import FormatError
from review.formats import mixed, table_write
from review.formats.author_rows import by_work
from review.formats.base import Format, Input
from review.formats.csv_columns import BLANK, TOLD, field_of, map_columns
from review.formats.rows import has_stray_mark, misquoted, remarked
from review.formats.stream import blocks
from review.formats.table_header import MAP, Header, find_header, given_header, lone_header, numbered_header, with_row_names
from review.formats.table_rows import Row, entry, with_names
from review.formats.text import normalise
from review.model.record import Record, Reject

# An abstract pasted with its whole paper is longer than csv's default limit of 128 KiB for a cell.
csv.field_size_limit(sys.maxsize)

_DELIMITERS = (",", "\t", ";", "|")
_OF_R = re.compile(r'"[^"\n]+"(?: "[^"\n]+")+(?:\n|\Z)')  # what write.table puts between cells is a blank
_NONE = "\x1f"  # of a table of one column: a comma is a title's own
_HEAD = 65536  # characters in which the header must be
_LONGEST = 1 << 21  # characters: a row that goes on longer has a quotation mark that never closes


# A list of PMIDs or DOIs under their name, as people keep the studies that they know.
_NUMBERS = re.compile(r"\"?(?i:pmid|doi)\"?[ \t]*\n\"?(?:\d{1,8}|(?:https?://[\w.]+/)?10\.\d{4,9}/[^\s,;]+)[ \t]*(?:\n|\Z)")
_TITLES = re.compile(r"\"?(?i:titles?)\"?[ \t]*\n[^\n]*\w")
_EXCELS = re.compile(r"sep=.?", re.IGNORECASE)  # tells Excel the delimiter
_ALL_ARE = re.compile(r"\*([A-Z][A-Za-z /-]{2,40})")  # `*Journal Article`, of which EndNote's import takes all rows to be


@dataclass(frozen=True, slots=True)
class _Layout:
    delimiter: str
    header: Header


def score(head: str) -> float:
    """0.5 to 0.9 for text with a header row whose names are fields of ours, at least one of them naming a work, 1 for a table of ours; else 0."""
    head = normalise(head)
    if _NUMBERS.match(head):
        return 0.6
    if _TITLES.match(head):
        return 0.5
    layout = _layout(head)
    if layout and TOLD in layout.header.names:
        return 1.0
    return min(0.9, 0.4 + 0.1 * layout.header.known) if layout else 0.0


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
    layout = _layout(head) or _given_layout(head, columns or {})
    if not layout:
        raise FormatError(
            "no header row found in it",
            f"The first row must name the columns, a title or abstract among them. {MAP}",
        )
    slashed = _is_slashed(head, layout.delimiter)
    sample = list(csv.reader(map(_doubled if slashed else str, _lines(head)[:-1]), delimiter=layout.delimiter))[layout.header.row + 1 :]
    names = with_row_names(layout.header.names, sample)
    mapped = with_names(map_columns(names, columns), names, sample)
    above: list[str] = []
    kind = ""  # of all rows
    preamble: dict[str, Row | Reject] = {}
    any_below = False
    for number, row in enumerate(by_work(_rows(chain([head], parts), layout.delimiter, len(names), slashed), mapped)):
        if isinstance(row, Row) and len(row.cells) == 1 and len(whole := _opened(row.cells, layout.delimiter)) == len(names):
            row = replace(row, cells=whole)
        any_below = any_below or (number > layout.header.row and bool(row.raw.strip()))
        if number < layout.header.row - layout.header.over and isinstance(row, Row) and _is_full(row, len(names)):
            yield Reject(line=row.line, reason=_ABOVE, raw=row.raw)
        elif number <= layout.header.row:
            if number < layout.header.row and row.raw.strip():
                preamble[row.raw] = row
                all_are = _ALL_ARE.fullmatch(row.raw.strip("\t, "))
                kind = all_are[1] if all_are else kind
                above += [] if all_are or _EXCELS.fullmatch(row.raw.strip('"')) else [row.raw]
        elif isinstance(row, Reject):
            yield row
        elif (preamble and row.raw in preamble) or (found := [c.strip(BLANK) for c in row.cells]) == names or row.empty or _is_rule(found):
            continue  # of the same table, put behind itself
        elif not columns and (mapped.told < 0 or TOLD in found) and _is_header(found):  # of another table, put behind this one
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
        row = preamble[text]
        # Where nothing stands below the header, what has its cells stands on the wrong side of it.
        if not any_below and isinstance(row, Row) and len(row.cells) >= len(names) > 1:
            yield Reject(line=row.line, reason=_ABOVE, raw=text)
        else:
            yield mixed.Outside(text)


_ABOVE = "a row of the table stands above its header"


def _is_full(row: Row, width: int) -> bool:
    """Whether a row has as many cells as the header or more, and something in most of those: it is none of the lines that tell of the search."""
    return len(row.cells) >= width > 2 and sum(1 for c in row.cells if c.strip(BLANK)) > width / 2


def _is_rule(cells: list[str]) -> bool:
    """Whether a row is the line of dashes that Markdown and databases draw below a header."""
    return cells[-1:] != [] and all(map(_DASHES.fullmatch, filter(None, cells)))


_DASHES = re.compile(r":?-{2,}:?")


def _is_header(cells: list[str]) -> bool:
    """Whether a row below the header names columns itself, with four names or more that are known."""
    if len(cells) < 4 or sum(1 for c in cells[:4] if len(c) < 40 and field_of(c)) < 2:
        return False
    header = find_header([cells])
    return header is not None and header.known >= 4


def _layout(text: str) -> _Layout | None:
    """The delimiter and header row by which most names are known; the earliest such row."""
    best: _Layout | None = None
    head = text[:_HEAD]
    for read_row in (_as_it_is, _opened):
        for delimiter in (" ",) if _OF_R.match(head) else _DELIMITERS:
            if delimiter in head:
                header = find_header(read_row(cells, delimiter) for cells in csv.reader(_lines(head), delimiter=delimiter))
                if header and (best is None or header.known > best.header.known):
                    best = _Layout(delimiter, header)
        if best:
            break
    return best


def _as_it_is(cells: list[str], _delimiter: str) -> list[str]:
    return cells


def _opened(cells: list[str], delimiter: str) -> list[str]:
    """The cells of a row that a spreadsheet took for one cell, and put into quotation marks as a whole."""
    if len(cells) != 1 or delimiter not in cells[0]:
        return cells
    return next(csv.reader(_lines(cells[0]), delimiter=delimiter), cells)


def _given_layout(text: str, columns: Mapping[str, str]) -> _Layout | None:
    """Where nobody knows the names but a person has given some, or there is one column only: the first full row."""
    lines = _lines(text[:_HEAD])
    for delimiter in _DELIMITERS:
        if header := given_header(csv.reader(lines, delimiter=delimiter), columns):
            return _Layout(delimiter, header)
    for delimiter in _DELIMITERS:
        if header := numbered_header(csv.reader(lines[:-1], delimiter=delimiter), columns):
            return _Layout(delimiter, header)
    for delimiter in _DELIMITERS:
        first = [c.strip(BLANK) for c in next(csv.reader(lines, delimiter=delimiter), [])]
        if (columns and len(first) > 1) or lone_header(first):
            return _Layout(delimiter if len(first) > 1 else _NONE, Header(0, first, 0))
    return None


_SLASHED = re.compile(r'(?<!\\)((?:\\\\)*)\\"')


def _doubled(line: str) -> str:
    """A line in which a quotation mark within a cell is doubled (RFC 4180), where MySQL and R write a backslash before it."""
    return _SLASHED.sub(r'\1""', line) if '\\"' in line else line


def _is_slashed(head: str, delimiter: str) -> bool:
    """Whether the quotation marks of a table make sense only so."""
    if '\\"' not in head:
        return False
    lines = _lines(head[:_HEAD])
    wrong, right = misquoted(lines, delimiter), misquoted(map(_doubled, lines), delimiter)
    return bool(wrong) and (not right or "end of data" in right) and (right != wrong)


def _lines(text: str) -> list[str]:
    # NUL is no character of any text; csv would end the cell at it in some versions of Python.
    return [f"{line}\n" for line in text.replace("\x00", "").split("\n")]


class _TooLong(Exception):
    """A row that goes on and on."""


class _Feed:
    """Lines for csv, which are remembered until the row is whole, and may be given back."""

    def __init__(self, parts: Iterator[str]) -> None:
        self._lines = (line for part in parts for line in _lines(part[:-1] if part.endswith("\n") else part))
        self._returned: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0  # lines that whole rows have taken
        self.ended = False
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._size > _LONGEST:
            raise _TooLong
        line = self._returned.popleft() if self._returned else next(self._lines, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self.taken.append(line)
        self._size += len(line)
        return line

    def whole(self, lines: int) -> None:
        """So many of the lines taken were a row; the others come again."""
        self._returned.extendleft(reversed(self.taken[lines:]))
        self.taken.clear()
        self.number += lines
        self.ended = False
        self._size = 0


def _rows(parts: Iterator[str], delimiter: str, width: int, slashed: bool = False) -> Iterator[Row | Reject]:
    """The rows with the line where each begins.

    A quotation mark that never closes would swallow the rows after it, up to the next mark or the end. A row over
    several lines whose marks do not fit is given up with its first line, and reading goes on with the next.
    Between tabs, a mark may be meant as one: where the first line has all the cells by itself, it is the row.
    """
    feed = _Feed(parts)
    lines = map(_doubled, feed) if slashed else feed
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
            endless = False
        except StopIteration:
            return
        except _TooLong:
            cells, endless = [], True
            reader = csv.reader(lines, delimiter=delimiter)
        line, count = feed.number + 1, len(feed.taken)
        if endless or count > 1 or feed.ended or (delimiter == "\t" and '"' in feed.taken[0]):
            first, naive = feed.taken[0].rstrip("\n"), feed.taken[0].rstrip("\n").split(delimiter)
            broken = endless or _broken([*map(_doubled, feed.taken)] if slashed else feed.taken, delimiter)
            if delimiter == "\t" and len(naive) == width and (broken or len(cells) != width):
                feed.whole(1)
                yield Row(line, naive, first)
                continue
            raw = "".join(feed.taken).rstrip("\n")
            if broken and not endless and (right := remarked(raw, delimiter, width)):
                cells = right
            elif broken:
                feed.whole(1)
                yield Reject(line=line, reason="a quotation mark opens in this row and never closes", raw=first)
                continue
        raw = "".join(feed.taken).rstrip("\n")
        if (
            count == 1
            and '"' in raw
            and not slashed
            and (len(cells) != width or has_stray_mark(raw, delimiter))
            and misquoted([raw], delimiter)
        ):
            cells = remarked(raw, delimiter, width) or cells
        feed.whole(count)
        if cells and cells[0][:1] == " " and (shown := cells[0].strip())[:1] == '"' == shown[-1:] and len(shown) > 1:
            cells[0] = shown[1:-1]  # SciELO's first row, whose mark is behind a space
        yield Row(line, cells, raw)


def _broken(lines: list[str], delimiter: str) -> bool:
    """True where a quotation mark never closes, or closes in the middle of a cell."""
    return bool(misquoted([*lines[:-1], lines[-1].rstrip("\n")], delimiter))


_TSV = Format("tsv", "table with tabs and a header row", score, read, table_write.write_tsv, (".tsv", ".tab"), mapped=True)
FORMAT = Format(
    "csv", "table (CSV, TSV, semicolons) with a header row", score, read, table_write.write, (".csv",), variants=(_TSV,), mapped=True
)
