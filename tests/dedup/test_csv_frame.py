"""CSV from columns is what Python's own writer makes of the same rows."""

from __future__ import annotations

import csv
import io
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

CELL = st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from('",\r\n; \t\0'), max_size=6)


@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=5)))
def test_the_same_bytes(rows: list[list[str]]) -> None:
    pl = pytest.importorskip("polars")
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    columns = pl.DataFrame([pl.Series(str(n), list(column), pl.String) for n, column in enumerate(zip(*rows[1:], strict=True))] or None)
    assert import_module("review.formats.tables.csv_frame").csv_of(rows[0], columns) == text.getvalue().encode()
