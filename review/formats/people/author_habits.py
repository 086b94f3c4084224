"""How a column of a table holds people: what its cells together tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from review.formats.people.name_pieces import COMMA, SUFFIX, initialled, is_body
from review.model.patterns import lazy


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


def habits_of(cells: Iterable[str]) -> Habits:
    """What the cells of a column of people have in common."""
    found = list(cells)
    return Habits(_lists_names(found), any(map(_POINTED.search, found)), _lists_families(found), any(map(_lists_turned, found)))


def _lists_families(cells: Iterable[str]) -> bool:
    """Whether commas part families in a column, as in `Rey, Lee, van den Park`: where they parted family and given name, their number would be even."""
    lists = 0
    for cell in cells:
        pieces = [p.strip() for p in cell.split(",")]
        if any(sign in cell for sign in ";|[.&"):
            continue
        lists += (
            len(pieces) > 2
            and len(pieces) % 2
            and all(map(FAMILY.fullmatch, pieces))
            and not any(initialled(p) or SUFFIX.fullmatch(p) for p in pieces)
        )
    return lists > 1


def _lists_turned(cell: str) -> bool:
    """Whether a cell is a list such as `Rey, Ana; Lee, Jon`."""
    parts = [part.strip() for part in cell.split(";")]
    return len(parts) > 1 and all(TURNED_ROUND.fullmatch(part) and not initialled(part.partition(",")[0]) for part in parts)


FAMILY = lazy(r"(?:[a-z]{1,4} ){0,3}[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)?")


def _lists_names(cells: Iterable[str]) -> bool:
    """Whether a column lists names in their natural order, with commas between them: `Ana Rey, Jon Lee, Kim Park`, and next to never `Rey, Ana`."""
    lists = others = 0
    for cell in cells:
        pieces = [p for piece in COMMA.split(cell) if (p := piece.strip(" ."))]
        if any(sign in cell for sign in ";|["):
            return False
        others += len(pieces) > 1 and " " not in pieces[0]
        lists += len(pieces) > 2 and all(" " in piece for piece in pieces) and not any(map(is_body, pieces))
    return lists > 10 * others


_POINTED = lazy(r"[^\W\d_a-z]\.(?:[;,]| ?[|&]| and )")
TURNED_ROUND = lazy(r"[^\W\d_][^\d,;:()]{1,40}, [^\W\d_][^\d,;:()]{0,40}\.?")  # `Roe, Jane A.`
