"""The kinds of block that a report on paper is laid out from: in Word and PDF. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from review.tables.model import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    anchor: str = ""
    wide: bool = False  # on the sideways page of the table that follows


@dataclass(frozen=True, slots=True)
class Para:
    """lead: words in bold before it; asked: a person must write or complete it; code: set as it stands, line by line."""

    text: str
    lead: str = ""
    asked: bool = False
    code: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its caption. wide: on a page turned sideways. A cell that links to a section can tell its page."""

    table: Table
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its caption. name: of the drawing; said: what it shows, for those who don't see it."""

    name: str
    caption: str
    said: str
    wide: bool = False


Block = Heading | Para | Points | Grid | Picture
Columns = Sequence[tuple[str, float]]  # title, width relative to the others


def sideways(block: Block) -> bool:
    """Whether it stands on a page turned sideways."""
    return isinstance(block, (Heading, Para, Grid, Picture)) and block.wide


def table(name: str, title: str, columns: Columns, rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> Table:
    """A table of plain text; `numbers` are the columns set flush right."""
    made = tuple(Column(id=f"c{n}", title=t, width=w, kind="number" if n in numbers else "text") for n, (t, w) in enumerate(columns))
    return Table(
        name=name, title=title, columns=made, rows=tuple(Row(key=str(n), cells=tuple(Cell(text=c, why="" if c else "–") for c in row)) for n, row in enumerate(rows))
    )  # fmt: skip
