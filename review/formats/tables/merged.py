"""Cells of a table that go down over several rows: what they say is said of each of those rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

Down = Mapping[int, int]  # of the cells of a row that go over more than one: their columns, from 0, and how many rows they go over


def spread(rows: Iterable[tuple[list[str], Down]]) -> Iterator[list[str]]:
    """The rows, with what a cell above that goes over them says: a database or a journal that several works share.

    A row that has less of its own than it shares is more about the work above it, such as another outcome, and stays as it is.
    """
    going: dict[int, tuple[str, int]] = {}  # column -> what is said there, and for how many rows more
    for row, down in rows:
        if going:
            said = {n: text for n, (text, _) in going.items() if text and not (n < len(row) and row[n])}
            going = {n: (text, left - 1) for n, (text, left) in going.items() if left > 1}
            if said and sum(map(bool, row)) > len(said):
                row += [""] * (max(said) + 1 - len(row))
                for n, text in said.items():
                    row[n] = text
        for n, count in down.items():
            if count > 1 and n < len(row):
                going[n] = (row[n], count - 1)
        yield row
