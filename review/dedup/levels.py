"""The levels of agreement of each field of two records."""

from __future__ import annotations

import polars as pl

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
ENUMS = {name: pl.Enum(levels) for name, levels in LEVELS.items()}


def level(name: str, *cases: tuple[pl.Expr, str], otherwise: str) -> pl.Expr:
    """The level of the first case that holds."""
    found = pl.coalesce(*(pl.when(case).then(pl.lit(level)) for case, level in cases), pl.lit(otherwise))
    return found.cast(ENUMS[name]).alias(name)
