"""Cells that hold what a program had there: objects and lists, as Python or JSON writes them out, in the tables that scripts make of the answers of
OpenAlex, Crossref or Semantic Scholar."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from typing import Any

from review.formats.characters.literal import literal_list
from review.formats.columns.csv_columns import field_of
from review.model.patterns import lazy

_OBJECT = lazy(r"(?:\[\s*)?\{\s*['\"]")
_LONGEST = 1 << 18  # characters: an abstract by the places of its words is the longest
# Of a work, where such a cell tells what no column of text does.
_TELLING = {
    name.casefold(): name
    for name in (
        *("authorships", "author", "authors", "primary_location", "biblio", "ids", "externalIds", "journal", "issued", "published"),
        "published-print",
    )
}
_NUMBERS = frozenset({"volume", "issue", "year", "pages", "pmid"})


def work_of(header: Sequence[str], cells: Sequence[str]) -> dict[str, Any] | None:
    """The row as the object that a program had, where a cell that tells of the work holds one; else None."""
    row = list(zip(header, cells, strict=False))
    told = {name: found for name, cell in row if name.casefold() in _TELLING and (found := _object(cell)) is not None}
    if not told:
        return None
    others = {name: _value(name, cell) for name, cell in row if cell not in _NOTHING and name not in told}
    return others | {_TELLING[name.casefold()]: found for name, found in told.items()}


_NOTHING = frozenset({"", "nan", "NaN", "None", "null", "[]", "{}"})


def is_object(cell: str) -> bool:
    """Whether the cell holds an object, or a list of objects."""
    return _object(cell) is not None


def _object(cell: str) -> dict[str, Any] | list[Any] | None:
    """The object, or list of objects, that a cell holds."""
    if cell[-1:] not in ("}", "]") or len(cell) > _LONGEST or not _OBJECT.match(cell):
        return None
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        try:
            found = ast.literal_eval(cell)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None
    return found if isinstance(found, dict | list) else None


def _value(name: str, cell: str) -> Any:
    if (found := _object(cell)) is not None:
        return found
    if cell[:1] == "[" and (items := literal_list(cell)):
        return items
    known = field_of(name)
    return cell[:-2] if cell.endswith(".0") and known is not None and known[0] in _NUMBERS else cell
