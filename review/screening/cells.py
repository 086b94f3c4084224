"""What the cells of a table of somebody's decisions say: the verdict, the reason, the tags, and of which report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.errors import UsageError
from review.formats.tables.rows import Row
from review.model.matching import NAMES, Found, Matcher
from review.screening.verdicts import ALLOWED, UNSCREENED, plain, read

# The fields that a table may have, and other names of their columns.
WANTED: Mapping[str, tuple[str, ...]] = {
    **NAMES,
    "verdict": ("decision", "response", "vote", "included", "label", "label_included", "asreview_label", "final_decision"),
    "reason": ("exclusion_reason", "reason for exclusion", "reasons"),
    "note": ("asreview_note", "exported_notes_1", "notes", "comment", "comments"),
    "tags": ("labels",),
}


@dataclass(frozen=True)
class Vote:
    """A row as it was read: its cells by our names, its verdict ("" where the cell is no word for one), the reports it is about."""

    line: int
    cells: Mapping[str, str]
    verdict: str
    found: Found

    @property
    def reports(self) -> tuple[str, ...]:
        return self.found.reports


def vote_of(row: Row, columns: Mapping[str, str], words: Mapping[str, str], matcher: Matcher) -> Vote:
    """A row, read. columns: field -> the column that holds it; words: cell -> verdict."""
    cells = {name: row.cells.get(column, "") for name, column in columns.items()}
    verdict, why = read(cells["verdict"], words)
    if read(cells.get("reason", ""), {})[0] == UNSCREENED:  # NA is no reason
        cells["reason"] = why
    return Vote(row.line, cells, verdict, matcher.find(cells) if verdict and verdict != UNSCREENED else Found(()))


def meanings(given: Mapping[str, str], reasons: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """What --map says of cells: (cell -> verdict, cell -> reason), the cells as they are compared. Raises UsageError."""
    known = {plain(r): r for r in reasons}
    words = {plain(k): v.casefold() for k, v in given.items() if v.casefold() in (*ALLOWED, UNSCREENED)}
    labels = {plain(k): known[plain(v)] for k, v in given.items() if plain(v) in known}
    if wrong := [f"{k}={v}" for k, v in given.items() if plain(k) not in words and plain(k) not in labels]:
        raise UsageError(
            f"--map {wrong[0]}: is none of FIELD=COLUMN, ID=COLUMN, CELL=VERDICT and CELL=REASON.",
            f"Fields: {', '.join(WANTED)}, reviewer. Verdicts: {', '.join((*ALLOWED, UNSCREENED))}. Reasons: {'; '.join(reasons)}.",
        )
    return words, known | labels


def tags_of(cell: str) -> tuple[str, ...]:
    """The tags in a cell: where semicolons part them, as Covidence's, a comma is a tag's own."""
    parts = cell.split(";" if ";" in cell else ",")
    return tuple(dict.fromkeys(tag for part in parts if (tag := part.strip())))


def reason_of(text: str, labels: Mapping[str, str], reasons: Sequence[str]) -> tuple[str, str]:
    """The protocol's reason that a cell means, "" for none; where it names several, the first in the order of the criteria, and the others."""
    if plain(text) in labels:
        return labels[plain(text)], ""
    parts = [part for part in re.split(r"[;,|]", text) if part.strip()]
    if not parts or any(plain(part) not in labels for part in parts):
        return "", ""
    found = sorted({labels[plain(part)] for part in parts}, key=list(reasons).index)
    return found[0], "; ".join(found[1:])
