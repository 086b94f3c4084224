"""A table as CSV (RFC 4180, UTF-8): tidy, one row a row, quotes and places in columns of their own."""

from __future__ import annotations

from review.formats.tables.csv_line import guarded, line
from review.model.patterns import lazy
from review.tables.model import Cell, Column, Table


def header(table: Table) -> list[str]:
    names = ["key", *(["group"] if table.grouped else [])]
    for column in table.columns:
        names += [column.title, *(f"{column.title}: {part}" for part in ("quote", "where", "state") if column.quoted)]
    return names + (["notes"] if _noted(table) else [])


def rows(table: Table) -> list[list[str]]:
    """The cells as text; an empty one says why in its state, or in its place where the column has none."""
    found = []
    noted = _noted(table)
    for row in table.rows:
        cells = [row.key, *([row.group] if table.grouped else [])]
        for column, cell in zip(table.columns, row.cells, strict=True):
            cells += _cells(column, cell)
        if noted:
            plain = [n for c, cell in zip(table.columns, row.cells, strict=True) if not c.quoted for n in cell.notes]
            cells.append("; ".join(dict.fromkeys([*plain, *table.notes])))
        found.append(cells)
    return found


def _noted(table: Table) -> bool:
    plain = (cell for row in table.rows for c, cell in zip(table.columns, row.cells, strict=True) if not c.quoted)
    return bool(table.notes) or any(cell.notes for cell in plain)


def _cells(column: Column, cell: Cell) -> list[str]:
    if not column.quoted:
        return [cell.shown]
    return [cell.text, cell.quote, cell.locator, "; ".join([*([cell.why] if not cell.text and cell.why else []), *cell.notes])]


_PLAIN_NUMBER = lazy(r"[-+]?\d+(\.\d+)?")


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs as a formula (an apostrophe before it); a plain number stays one, also below zero."""
    return text if _PLAIN_NUMBER.fullmatch(text) else guarded(text)


def write(table: Table) -> bytes:
    return b"".join(line([harmless(c) for c in row]) for row in [header(table), *rows(table)])
