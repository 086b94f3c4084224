"""ASReview's labels: the columns that it takes for one, their values, and its notes in RIS.

Source: ASReview's documentation (Data, "Labeled data") and its readers; the order of the columns is the order in which it looks.
It holds one label for a record: of several people, each gets a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from review.model.patterns import lazy

COLUMN = "asreview_label"  # to write
COLUMNS = (
    "asreview_label", "included", "label", "final_included", "label_included", "included_label", "included_final", "included_flag", "include",
)  # fmt: skip
_VALUES = {"1": "include", "1.0": "include", "true": "include", "0": "exclude", "0.0": "exclude", "false": "exclude"}
_NOTES = {"include": "ASReview_relevant", "exclude": "ASReview_irrelevant", "": "ASReview_not_seen"}
_NOTE = lazy(r"(?:<p>)?\s*\bASReview_(relevant|irrelevant|not_seen|prior)\b\.?\s*(?:</p>)?", re.IGNORECASE)
_DATA = lazy(r"^asreview_\w+\s*:\s*.*$", re.MULTILINE)


def label_column(header: Iterable[str]) -> int | None:
    """The number of the column that holds the labels, or None."""
    names = [name.strip().casefold() for name in header]
    return next((names.index(name) for name in COLUMNS if name in names), None)


def verdict_of(value: str) -> str:
    """include or exclude for 1 or 0, "" for what is unseen (empty, or ASReview 0.x's -1). Raises ValueError for anything else."""
    value = value.strip().casefold()
    if value in ("", "-1", "-1.0", "nan", "none", "na"):
        return ""
    if value not in _VALUES:
        raise ValueError(f"'{value}' is no label: 1, 0 or nothing")
    return _VALUES[value]


def label_of(verdict: str) -> str:
    """The cell for a verdict: 1, 0, or nothing for maybe and for what is not screened."""
    return {"include": "1", "exclude": "0"}.get(verdict, "")


def note_of(verdict: str) -> str:
    """The note for a verdict that ASReview reads from RIS (tag N1)."""
    return _NOTES.get(verdict, _NOTES[""])


def verdict_in(notes: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The verdict that the notes of a RIS record tell ("" for none or not seen), and the notes without what ASReview wrote."""
    verdict, rest = "", []
    for note in notes:
        for found in _NOTE.finditer(note):
            verdict = verdict or {"relevant": "include", "irrelevant": "exclude"}.get(found[1].casefold(), "")
        left = _DATA.sub("", _NOTE.sub("", note)).strip()
        if left:
            rest.append(left)
    return verdict, tuple(rest)
