"""The rows of a table as text, one after another, with the line where each begins: what csv makes of the file, and what it can't."""

from __future__ import annotations

import csv
import sys
from collections import deque
from collections.abc import Callable, Iterator

from review.formats.columns.table_header import names_columns
from review.formats.tables.rows import has_stray_mark, misquoted, remarked
from review.formats.tables.table_rows import Row
from review.model.patterns import lazy
from review.model.record import Reject

# An abstract pasted with its whole paper is longer than csv's default limit of 128 KiB for a cell.
csv.field_size_limit(sys.maxsize)

DELIMITERS = (",", "\t", ";", "|")
_LONGEST = 1 << 21  # characters: a row that goes on longer has a quotation mark that never closes


_SLASHED = lazy(r'(?<!\\)((?:\\\\)*)\\"')


BAR, MARK = "\x1e", "\x1d"  # stand for a bar and a quotation mark that part no cells, while csv reads the row


def marked(line: str) -> str:
    """A line in which a quotation mark within a cell, before which MySQL and R write a backslash, is `MARK`: not all such cells stand in marks."""
    return _SLASHED.sub(rf"\1{MARK}", line) if '\\"' in line else line


def is_slashed(head: str, delimiter: str) -> bool:
    """Whether the quotation marks of a table make sense only so."""
    if '\\"' not in head:
        return False
    lines = lines_of(head)
    wrong, right = misquoted(lines, delimiter), misquoted(map(marked, lines), delimiter)
    return bool(wrong) and (not right or "end of data" in right) and (right != wrong)


def is_spaced(head: str, delimiter: str, width: int) -> bool:
    """Whether a quotation mark opens a cell behind a blank too (`Roe, "A title, long"`): more of the rows have so many cells then."""
    if f'{delimiter} "' not in head:
        return False
    lines = lines_of(head)[:-1]
    plain, spaced = ([len(row) == width for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=skip)] for skip in (False, True))
    return sum(spaced) * len(plain) > sum(plain) * len(spaced)


def barred(line: str) -> str:
    """A line of a Markdown table in which a bar within a cell, behind a backslash, is `BAR`."""
    return line.replace("\\|", BAR)


def padding(head: str) -> str:
    """The semicolons at the end of each line of a table with commas, where a spreadsheet that parts cells by semicolons opened and saved it."""
    first = head.partition("\n")[0]
    names = first.rstrip(";")
    return first[len(names) :] if "," in names and ";" not in names else ""


def without(padded: str) -> Callable[[str], str]:
    """What takes such an end off a line."""
    end = f"{padded}\n"
    return lambda line: f"{line.removesuffix(end)}\n" if line.endswith(end) else line


def lines_of(text: str) -> list[str]:
    """The lines of a text for csv, each with its end."""
    # NUL is no character of any text; csv would end the cell at it in some versions of Python.
    return [f"{line}\n" for line in text.replace("\x00", "").split("\n")]


class _TooLong(Exception):
    """A row that goes on and on."""


class _Feed:
    """Lines for csv, which are remembered until the row is whole, and may be given back."""

    def __init__(self, parts: Iterator[str]) -> None:
        self._lines = (line for part in parts for line in lines_of(part[:-1] if part.endswith("\n") else part))
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


def rows(
    parts: Iterator[str], delimiter: str, width: int, mend: Callable[[str], str] | None = None, spaced: bool = False
) -> Iterator[Row | Reject]:
    """The rows with the line where each begins. mend: makes a line one that csv understands. spaced: as `is_spaced`.

    A quotation mark that never closes would swallow the rows after it, up to the next mark or the end. A row over
    several lines whose marks do not fit is given up with its first line, and reading goes on with the next.
    Between tabs, a mark may be meant as one: where the first line has all the cells by itself, it is the row.
    From the header of another table on, put behind this one, what parts its cells does.
    """
    feed = _Feed(parts)
    lines = map(mend, feed) if mend else feed
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=spaced)
    while True:
        try:
            cells = next(reader)
            endless = False
        except StopIteration:
            return
        except _TooLong:
            cells, endless = [], True
            reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=spaced)
        line, count = feed.number + 1, len(feed.taken)
        if len(cells) != width and (other := _other_header(header := feed.taken[0].rstrip("\n"), delimiter)):
            delimiter, cells = other
            width, reader = len(cells), csv.reader(lines, delimiter=delimiter, skipinitialspace=spaced)
            feed.whole(1)
            yield Row(line, cells, header)
            continue
        if endless or count > 1 or feed.ended or (delimiter == "\t" and '"' in feed.taken[0]):
            first, naive = feed.taken[0].rstrip("\n"), feed.taken[0].rstrip("\n").split(delimiter)
            broken = endless or _broken([*map(mend, feed.taken)] if mend else feed.taken, delimiter)
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
            and mend is None
            and (len(cells) != width or has_stray_mark(raw, delimiter))
            and misquoted([raw], delimiter)
        ):
            cells = remarked(raw, delimiter, width) or cells
        feed.whole(count)
        if cells and cells[0][:1] == " " and (shown := cells[0].strip())[:1] == '"' == shown[-1:] and len(shown) > 1:
            cells[0] = shown[1:-1]  # SciELO's first row, whose mark is behind a space
        yield Row(line, cells, raw)


def _other_header(raw: str, delimiter: str) -> tuple[str, list[str]] | None:
    """What else parts the cells of a line, and these, where they name the columns of a table."""
    for other in DELIMITERS:
        if (
            other != delimiter
            and raw.count(other) > 2
            and len(raw) < _LONG_HEADER
            and names_columns(cells := next(csv.reader([raw], delimiter=other)))
        ):
            return other, cells
    return None


_LONG_HEADER = 1 << 14  # characters


def _broken(lines: list[str], delimiter: str) -> bool:
    """True where a quotation mark never closes, or closes in the middle of a cell."""
    return bool(misquoted([*lines[:-1], lines[-1].rstrip("\n")], delimiter))
