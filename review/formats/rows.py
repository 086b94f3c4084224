"""Plain rows of a CSV, TSV or semicolon table, with their lines: for tables that are not bibliographic."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from review.errors import FormatError
from review.formats.text import decode


@dataclass(frozen=True)
class Row:
    line: int  # 1-based
    cells: dict[str, str]


def read_rows(data: bytes, name: str) -> tuple[list[str], list[Row]]:
    """(header, rows). Empty rows are left out. Raises FormatError where there is no header or a row is too long."""
    text = decode(data).text.replace("\x00", "")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(1 << 30)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        header = [h.strip() for h in next(reader, [])]
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(c.strip() for c in cells):
                continue
            if len(cells) > len(header) and any(c.strip() for c in cells[len(header) :]):
                raise FormatError(
                    f"{name}:{line}: has {len(cells)} cells, the header {len(header)}.", "Put text with the delimiter in quotes."
                )
            rows.append(Row(line, {h: c.strip() for h, c in zip(header, cells, strict=False)}))
    except csv.Error as error:
        raise FormatError(f"{name}:{reader.line_num}: {error}", "Export it again as CSV (UTF-8).") from None
    if not header or not any(header):
        raise FormatError(f"{name}: has no header.", "The first line names the columns.")
    return header, rows
