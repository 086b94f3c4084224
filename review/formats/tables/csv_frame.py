"""Columns as CSV, byte for byte as Python's own writer has it: in a long table a row need never be a Python value."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence

import polars as pl

END = "\r\n"
_ODD = r'[,"\r\n]'


def csv_of(header: Sequence[str], columns: pl.DataFrame, ready: Collection[str] = ()) -> bytes:
    """RFC 4180 text, UTF-8, of columns of text, none of them null. header: what the cells are called, where they stand; ready: the columns that hold
    cells of `row_of` already, of one or several."""
    head = io.StringIO()
    csv.writer(head, lineterminator=END).writerow(header)
    text = io.BytesIO(head.getvalue().encode())
    text.seek(0, io.SEEK_END)
    if ready:
        row_of(columns, ready).to_frame().write_csv(text, include_header=False, line_terminator=END, quote_style="never")
    else:
        # An empty text would stand between quotation marks, which Python's writer leaves out.
        told = columns.select(pl.when(pl.col(name) != "").then(name) for name in columns.columns)
        told.write_csv(text, include_header=False, line_terminator=END, quote_style="necessary")
    return text.getvalue()


def row_of(columns: pl.DataFrame, ready: Collection[str] = ()) -> pl.Series:
    """Each row as it stands in a file."""
    odd = columns.select(pl.col(name).str.contains(_ODD) for name in columns.columns if name not in ready)
    quoted = (_quoted(columns[name], odd[name]) for name in odd.columns if odd[name].any())  # most columns hold nothing that must be quoted
    return columns.with_columns(quoted).select(pl.concat_str(columns.columns, separator=",")).to_series()


def _quoted(column: pl.Series, odd: pl.Series) -> pl.Series:
    """Each cell as it stands in a file. odd: whether it must be quoted."""
    at = odd.arg_true()
    cells = column.gather(at).str.replace_all('"', '""', literal=True)
    return column.clone().scatter(at, '"' + cells + '"')
