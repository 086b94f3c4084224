"""What a table is, before it is a page, a sheet or a file: columns, rows, cells that say why they are empty, footnotes.

Everything that the program prints as a table is made as a `Table` and written by one of the writers, so that the HTML,
the Word table and the CSV of the same answers can't differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from review.model.words import letter

Kind = Literal["text", "number"]

# What a judgement means for its colour; the symbol says the same to those who do not see colours.
Tone = Literal["", "good", "some", "bad", "worst", "unknown", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell. `text` is what it says; where that is '', `why` says why it is empty and is printed in its place.

    quote, locator: the words that it rests on, and where they stand. notes: what must be known of it, as footnotes.
    link: an anchor in the same page, or a URL. tone: how a judgement is coloured, with `text` as its word.
    """

    text: str = ""
    why: str = ""
    quote: str = ""
    locator: str = ""
    notes: tuple[str, ...] = ()
    link: str = ""
    tone: Tone = ""

    @property
    def shown(self) -> str:
        """What is printed: the text, else the reason for its absence."""
        return self.text or self.why


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """id: for files and code; title: for people; width: relative to the others; quoted: its cells rest on quotes.

    A number column is set flush right, and its plain numbers are numbers in a workbook.
    """

    id: str
    title: str
    kind: Kind = "text"
    width: float = 1.0
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """key: of the study or report that it tells of; group: the heading under which it stands, '' for none."""

    key: str
    cells: tuple[Cell, ...]
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """name: a file name without suffix; empty: what is said where there is no row; notes: beneath the whole table.

    The first column heads the rows. Raises ValueError where a row has not as many cells as there are columns.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    empty: str = "None."

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"table {self.name}: row {row.key} has {len(row.cells)} cells for {len(self.columns)} columns")

    @property
    def grouped(self) -> bool:
        return any(row.group for row in self.rows)


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The footnotes of a table, lettered in reading order; the same words have one letter."""

    marks: dict[str, str]  # words -> letter

    @classmethod
    def of(cls, table: Table) -> Footnotes:
        words = dict.fromkeys(note for row in table.rows for cell in row.cells for note in cell.notes)
        return cls({note: letter(n) for n, note in enumerate(words)})

    def mark(self, cell: Cell) -> str:
        """The letters of a cell's notes: 'a,c'."""
        return ",".join(self.marks[note] for note in cell.notes)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """(letter, words) in order."""
        return ((mark, words) for words, mark in self.marks.items())


def groups(table: Table) -> Iterator[tuple[str, list[Row]]]:
    """The rows under their headings, in the order in which they stand; a heading that comes again is told again."""
    heading: str | None = None
    rows: list[Row] = []
    for row in table.rows:
        if row.group != heading and rows:
            yield heading or "", rows
            rows = []
        heading = row.group
        rows.append(row)
    if rows:
        yield heading or "", rows
