"""The features of all records on hand, in the order of their keys, wherever they lie; and pairs of them, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from review.dedup.blocks import keys_of
from review.dedup.features import features_of
from review.dedup.glance import numbers_of, volumes_of
from review.dedup.parts import Parts

BATCH = 100_000  # pairs
ROWS = 3  # parts that stay in memory while the others are read
_BEGINS = 60  # letters of an abstract that are compared at first


def prepared(records: pl.DataFrame) -> pl.DataFrame:
    """The features of records, by key; begins: equal where their abstracts begin alike; volumes: of `volumes_of`; and the keys of their
    blocks, and what a glance needs."""
    features = features_of(records)
    begins = pl.col("abstract").str.slice(0, _BEGINS)
    told = features.with_columns(volumes_of(features).alias("volumes"), begins=pl.when(begins != "").then(begins.hash(1)))
    return pl.concat([told, keys_of(features), numbers_of(told)], how="horizontal")


@dataclass(frozen=True, slots=True)
class Batch:
    """pairs: a and b, rows by key, and whatever else is known of each. left and right: frames that hold them, at these places."""

    pairs: pl.DataFrame
    left: pl.DataFrame
    right: pl.DataFrame
    at: np.ndarray
    at_b: np.ndarray

    def sides(self, names: Sequence[str] | None = None, rows: np.ndarray | None = None) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The features of both records, row against row; rows: of some of the pairs only."""
        left, right = (self.left, self.right) if names is None else (self.left.select(names), self.right.select(names))
        return (left[self.at], right[self.at_b]) if rows is None else (left[self.at[rows]], right[self.at_b[rows]])


class Shelf:
    """place: the row in `parts` of each record, in the order of the keys; None where they stand in that order."""

    def __init__(self, parts: Parts, place: np.ndarray | None = None) -> None:
        in_order = place is not None and len(place) == parts.height and bool((place == np.arange(len(place))).all())
        self.parts = parts
        self.place = None if in_order else place
        self._starts = np.cumsum([0, *parts.heights])
        self._compared = [name for name in parts.names if " " not in name]  # all but the keys of blocks, and what a glance needs

    @property
    def height(self) -> int:
        return self.parts.height if self.place is None else len(self.place)

    def columns(self, names: Sequence[str]) -> pl.DataFrame:
        """These columns of all records, by key."""
        found = self.parts.columns(names)
        return found if self.place is None else found.rechunk()[self.place]  # out of several pieces it would take three times as long

    def batches(self, pairs: pl.DataFrame) -> Iterator[Batch]:
        """The pairs, each in one batch, in no order that matters: no more than two parts are needed for a batch, and ROWS + 1 are held."""
        place = np.arange(self.height) if self.place is None else self.place
        at, at_b = place[pairs["a"].to_numpy()], place[pairs["b"].to_numpy()]
        many = len(self.parts)
        if many > 1 and 0 < len(at) <= BATCH:
            # What a batch costs beside its pairs would be paid for every two parts that they lie in.
            rows = np.union1d(at, at_b)
            some = self._gathered(rows, self._compared)
            yield Batch(pairs, some, some, np.searchsorted(rows, at), np.searchsorted(rows, at_b))
            return
        part, part_b = (np.searchsorted(self._starts, x, side="right") - 1 for x in (at, at_b))
        # Some parts stay while all others are read one after the other; both directions of two parts come one after the other.
        low, high = np.minimum(part, part_b), np.maximum(part, part_b)
        cell = ((low // ROWS * many + high) * ROWS + low % ROWS) * 2 + (part > part_b)
        order = np.argsort(cell, kind="stable") if many > 1 else np.arange(len(cell))
        held: dict[int, pl.DataFrame] = {}
        ends: list[int] = (np.flatnonzero(np.r_[np.diff(cell[order]) != 0, True]) + 1).tolist() if len(order) else []
        start = 0
        for end in ends:
            n, m = int(part[order[start]]), int(part_b[order[start]])
            held = {p: frame for p, frame in held.items() if p // ROWS == min(n, m) // ROWS or p in (n, m)}
            for p in {n, m} - held.keys():
                held[p] = self.parts.part(p, self._compared)
            for first in range(start, end, BATCH):
                rows = order[first : min(first + BATCH, end)]
                yield Batch(pairs[rows], held[n], held[m], at[rows] - self._starts[n], at_b[rows] - self._starts[m])
            start = end

    def some(self, at: np.ndarray, names: Sequence[str]) -> pl.DataFrame:
        """These columns of some records, one at least, as they stand by key. at: their places, sorted: parts that hold none are not read."""
        rows = at if self.place is None else self.place[at]
        order = np.argsort(rows)
        return self._gathered(rows[order], names)[np.argsort(order)]

    def _gathered(self, rows: np.ndarray, names: Sequence[str]) -> pl.DataFrame:
        """Columns of these rows of the parts, which are sorted."""
        ends = np.searchsorted(rows, self._starts)
        some: list[pl.DataFrame] = [
            self.parts.part(n, names)[rows[ends[n] : ends[n + 1]] - self._starts[n]]
            for n in range(len(self.parts))
            if ends[n] < ends[n + 1]
        ]
        return pl.concat(some)


def shelf_of(records: pl.DataFrame) -> Shelf:
    """Rows that are in memory, by key."""
    parts = Parts()
    parts.append(records)
    return Shelf(parts)
