"""How wide the columns of a printed table are: no word is broken while there is room, long texts get the rest."""

from __future__ import annotations

from math import sqrt

from review.tables.model import Column, Table

LOOKED_AT = 300  # rows
LONGEST = 18  # letters: a longer word may break
GAP = 3.0  # characters that a cell's margins take


def needs(table: Table) -> list[float]:
    """For each column, in characters, what its longest word takes; the first is bold."""
    found = []
    for n, column in enumerate(table.columns):
        words = [w for text in (column.title, *_texts(table, n)) for w in text.split()]
        longest = min(LONGEST, max((len(w) for w in words), default=3))
        heading = min(LONGEST, max((len(w) for w in column.title.split()), default=3))
        found.append(max(longest * (1.15 if n == 0 else 1.0), heading * 1.15) + GAP)
    return found


def _texts(table: Table, n: int) -> list[str]:
    return [text for row in table.rows[:LOOKED_AT] for text in (row.cells[n].shown, row.cells[n].quote)]


def shares(table: Table, room: float) -> list[float]:
    """The share of each column, adding up to 1; room: characters in a line of the whole table."""
    least = needs(table)
    spare = room - sum(least)
    if spare <= 0:
        return [n / sum(least) for n in least]
    masses = [_mass(table, n, column) for n, column in enumerate(table.columns)]
    widths = [n + spare * m / sum(masses) for n, m in zip(least, masses, strict=True)]
    return [w / room for w in widths]


def _mass(table: Table, n: int, column: Column) -> float:
    """How much there is to read in a column, weighed by the width that was asked for."""
    lengths = [len(c.shown) + len(c.quote) + len(c.locator) for c in (row.cells[n] for row in table.rows[:LOOKED_AT])]
    return column.width * sqrt(1 + sum(lengths) / max(1, len(lengths)))
