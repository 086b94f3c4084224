"""The levels of agreement of each field of two records."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import polars as pl

T = TypeVar("T", str, bool)

# The levels of each field, from the strongest agreement to the strongest disagreement.
LEVELS: dict[str, tuple[str, ...]] = {
    # part: one within the other; notice: the other with nothing but a word such as 'erratum' or 'reply' more
    "title": ("same, long", "same", "near", "same, short", "part", "notice", "weak", "different", "missing"),
    "authors": ("same", "order", "first", "few", "different", "missing"),
    "year": ("same", "1 apart", "2 apart", "far", "missing"),
    "journal": ("same", "within", "unclear", "different", "missing"),
    "volume": ("same", "different", "missing"),
    "issue": ("same", "different", "missing"),
    # first: the last pages differ; page 1: many documents begin there; adjacent: off by one; unclear: an article number and the pages within it
    "pages": ("range", "same", "first", "page 1", "adjacent", "overlap", "unclear", "different", "missing"),
    "doi": ("same", "different", "missing"),
    "pmid": ("same", "different", "missing"),
    "abstract": ("equal", "same", "unclear", "different", "missing"),  # same: but for a few words
}
BOTH_WAYS = (("", "_b"), ("_b", ""))  # the signs of the columns of one record of a pair, and of the other
ENUMS = {name: pl.Enum(levels) for name, levels in LEVELS.items()}


def level(name: str, *cases: tuple[pl.Expr, str], otherwise: str) -> pl.Expr:
    """The level of the first case that holds."""
    found = pl.coalesce(*(pl.when(case).then(pl.lit(level)) for case, level in cases), pl.lit(otherwise))
    return found.cast(ENUMS[name]).alias(name)


def both_other(name: str) -> pl.Expr:
    """Both have one, and not the same."""
    return (pl.col(name) != "") & (pl.col(f"{name}_b") != "") & (pl.col(name) != pl.col(f"{name}_b"))


def of_two(c: pl.DataFrame, name: str, judge: Callable[[str, str], T], otherwise: T) -> pl.Series:
    """Pair by pair what `judge` says of the two, where both have one in this column, and not the same; else `otherwise`."""
    at = c.select(both_other(name)).to_series().arg_true()
    return pl.repeat(otherwise, c.height, eager=True).scatter(at, [judge(*two) for two in c.select(name, f"{name}_b")[at].iter_rows()])


def words_in_common(name: str) -> pl.Expr:
    """How many words both have in this column."""
    return pl.col(name).str.split(" ").list.set_intersection(pl.col(f"{name}_b").str.split(" ")).list.len()
