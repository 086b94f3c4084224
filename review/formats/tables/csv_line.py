"""Rows of a CSV file as they are written, with no cell that a spreadsheet would run. Apart from what reads them, which takes its time to load."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from review.model.patterns import lazy

# What a spreadsheet takes for a formula at the beginning of a cell, and runs (OWASP, CSV Injection).
FORMULA = "^'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
_FORMULA = lazy(FORMULA)
_GUARDED = lazy("'+[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def guarded(text: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe before what would be a formula, or would look guarded already."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def line(row: Iterable[str], delimiter: str = ",") -> bytes:
    """One row as CSV."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerow(row)
    return buffer.getvalue().encode()
