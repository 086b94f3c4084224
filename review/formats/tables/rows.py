"""Plain rows of a CSV, TSV or semicolon table, with their lines: for tables that are not bibliographic."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from review.errors import FormatError
from review.formats.characters.text import decode
from review.model.patterns import lazy


@dataclass(frozen=True)
class Row:
    line: int  # 1-based
    cells: dict[str, str]


@dataclass(frozen=True)
class Refused:
    """A row and what is to be said of it."""

    line: int
    why: str
    column: str = ""  # the column of the cell that is at fault


class Refusal(Exception):
    """Why a row can't be taken; column: of the cell that is at fault."""

    def __init__(self, why: str, column: str = "") -> None:
        super().__init__(why)
        self.why, self.column = why, column

    def of(self, line: int) -> Refused:
        return Refused(line, self.why, self.column)


def read_rows(data: bytes, name: str) -> tuple[list[str], list[Row]]:
    """(header, rows). What stands above the header (a title) and empty rows are left out; in Markdown the first table is read.

    Raises FormatError where there is no header or a row is too long.
    """
    text = decode(data).text.replace("\x00", "")
    if table := _piped(text):
        return table
    delimiter = _delimiter(text)
    csv.field_size_limit(1 << 30)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(c.strip() for c in cells) or not found:
                found.append((line, [c.strip() for c in cells]))
    except csv.Error as error:
        raise FormatError(f"{name}:{reader.line_num}: {error}", "Export it again as CSV (UTF-8).") from None
    if found and _open_quote(text, found[-1][0], delimiter):
        raise FormatError(
            f"{name}:{found[-1][0]}: a quotation mark that is opened here is never closed, and takes in all that follows.",
            "Close it, or take it away.",
        )
    first = _header(found)
    header = apart(found[first][1]) if found else []
    if not any(header):
        raise FormatError(f"{name}: has no header.", "The first line names the columns.")
    rows = []
    for line, cells in found[first + 1 :]:
        if len(cells) > len(header) and any(cells[len(header) :]):
            raise FormatError(f"{name}:{line}: has {len(cells)} cells, the header {len(header)}.", "Put text with the delimiter in quotes.")
        rows.append(Row(line, dict(zip(header, cells, strict=False))))
    return header, rows


ABOVE = 20  # lines among which the header is looked for
_RULE = lazy(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)+\|?\s*")
_BAR = lazy(r"(?<!\\)\|")


def apart(header: list[str]) -> list[str]:
    """Columns of one name get numbers: `Notes`, `Notes (2)`. Else the cells of all but the last would be lost."""
    seen: Counter[str] = Counter()
    apart = []
    for name in header:
        seen[name] += bool(name)
        apart.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return apart


def _open_quote(text: str, line: int, delimiter: str) -> bool:
    """Whether the last row, which begins at this line, ends inside quotation marks."""
    rest = text.split("\n", line - 1)[-1]
    return "end of data" in misquoted(io.StringIO(rest, newline=""), delimiter)


def misquoted(lines: Iterable[str], delimiter: str) -> str:
    """What is wrong with the quotation marks of these lines, in the words of Python's csv; "" where nothing is."""
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return str(error)
    return ""


def has_stray_mark(text: str, delimiter: str) -> bool:
    """Whether a quotation mark has a letter on both sides, where one that opens or closes a cell has the delimiter on one."""
    return _stray(delimiter).search(text) is not None


def remarked(text: str, delimiter: str, width: int) -> list[str] | None:
    """The cells of a row whose quotation marks don't fit, where so many cells come out: if the marks within a cell are doubled, which somebody
    forgot, else if all marks are letters, but those around a cell. None where neither makes sense."""
    doubled = _stray(delimiter).sub('""', text)
    if not misquoted([doubled], delimiter):
        rows = list(csv.reader([doubled], delimiter=delimiter))
        if len(rows) == 1 and len(rows[0]) == width:
            return rows[0]
    cells = text.split(delimiter) if "\n" not in text else []
    return [cell.strip().removeprefix('"').removesuffix('"') for cell in cells] if len(cells) == width else None


@cache
def _stray(delimiter: str) -> re.Pattern[str]:
    other = rf'[^{re.escape(delimiter)}"\n]'
    return re.compile(rf'"(?<={other}")(?={other})')


def _delimiter(text: str) -> str:
    """What parts the cells: of the header, the first line that holds any delimiter."""
    for line in text.split("\n", ABOVE)[:ABOVE]:
        best = max(",;\t", key=line.count)
        if line.count(best):
            return best
    return ","


def _header(rows: Sequence[tuple[int, list[str]]]) -> int:
    """The number of the header among the rows: the first, or where that is a title of one cell the next that names several columns."""
    if rows and sum(map(bool, rows[0][1])) == 1:
        return next((n for n, (_, cells) in enumerate(rows[:ABOVE]) if sum(map(bool, cells)) > 1), 0)
    return 0


def _piped(text: str) -> tuple[list[str], list[Row]] | None:
    """The first table of a Markdown text, or None: a header, a rule of dashes, a row a line (GitHub Flavored Markdown, 4.10)."""
    lines = text.splitlines()
    rule = next((n for n, line in enumerate(lines[1:], 1) if _RULE.fullmatch(line) and "|" in lines[n - 1]), None)
    if rule is None:
        return None
    header = apart(_bars(lines[rule - 1]))
    rows = []
    for n, line in enumerate(lines[rule + 1 :], rule + 2):
        if "|" not in line:
            break
        cells = _bars(line)
        if any(cells):
            rows.append(Row(n, dict(zip(header, cells, strict=False))))
    return header, rows


def _bars(line: str) -> list[str]:
    line = line.strip()
    inner = line[line.startswith("|") : len(line) - (line.endswith("|") and not line.endswith("\\|"))]
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(inner)]
