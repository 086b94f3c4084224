"""Columns as CSV, byte for byte as Python's own writer has it: in a long table a row need never be a Python value."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence

import polars as pl

END = "\r\n"


def csv_of(header: Sequence[str], columns: pl.DataFrame, ready: Collection[str] = ()) -> bytes:
    """RFC 4180 text, UTF-8, of columns of text, none of them null. header: what the cells are called, where they stand; ready: the columns that hold
    cells of `row_of` already, of one or several."""
    head = row_of(pl.DataFrame([[name] for name in header], orient="col"))
    text = io.BytesIO()
    for lines in (head, *([row_of(columns, ready)] if columns.height else [])):
        lines.to_frame().write_csv(text, include_header=False, line_terminator=END, quote_style="never")
    return text.getvalue()


def row_of(columns: pl.DataFrame, ready: Collection[str] = ()) -> pl.Series:
    """Each row as it stands in a file."""
    cells = [column if column.name in ready else _quoted(column) for column in columns]
    return columns.select(pl.concat_str(cells, separator=",")).to_series()


def _quoted(column: pl.Series) -> pl.Series:
    """Each cell as it stands in a file. Most columns hold nothing that must be quoted."""
    odd = column.str.contains(r'[,"\r\n]').arg_true()
    if odd.is_empty():
        return column
    cells = column.gather(odd).str.replace_all('"', '""', literal=True)
    return column.clone().scatter(odd, '"' + cells + '"')
