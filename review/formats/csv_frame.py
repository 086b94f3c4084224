"""Columns as CSV, byte for byte as Python's own writer has it: in a long table a row need never be a Python value."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

END = "\r\n"


def csv_of(header: Sequence[str], columns: pl.DataFrame) -> str:
    """RFC 4180 text of columns of text, none of them null. header: what the columns are called, where they stand."""
    head = pl.DataFrame([[name] for name in header], orient="col")
    return "".join(END.join((*_lines(part), "")) for part in (head, columns) if part.height)


def _lines(columns: pl.DataFrame) -> pl.Series:
    cells = [_quoted(column) for column in columns]
    return columns.select(pl.concat_str(cells, separator=",")).to_series()


def _quoted(column: pl.Series) -> pl.Series:
    """Each cell as it stands in a file. Most columns hold nothing that must be quoted."""
    odd = column.str.contains(r'[,"\r\n]').arg_true()
    if odd.is_empty():
        return column
    cells = column.gather(odd).str.replace_all('"', '""', literal=True)
    return column.clone().scatter(odd, '"' + cells + '"')
