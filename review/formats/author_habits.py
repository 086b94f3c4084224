"""How a column of a table holds people: what its cells together tell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Habits:
    """What the other cells of a column tell of how it holds people."""

    listed: bool = False  # commas part the names, which are in their natural order
    pointed: bool = False  # initials have points, so that the last one is none of the list's
    families: bool = False  # commas part the families, of which alone it tells
    turned: bool = False  # semicolons part the names, each a family's and a given one with a comma between
    single: bool = False  # each has a place of its own: what `and` joins in one may be the name of a body


UNKNOWN = Habits()
NATURAL = Habits(listed=True)
POINTED = Habits(pointed=True)
ONE_EACH = Habits(pointed=True, single=True)  # each has a line: no point is a list's
