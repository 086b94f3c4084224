"""Which pairs are worth comparing: those that share an exact block key. Never all with all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

WINDOW = 8  # neighbours compared in a block that nothing splits further


@dataclass(frozen=True, slots=True)
class Block:
    """keys: what a record shares with others of its block, null where it has none; a list: the record stands in several.

    most: members of a block that are all compared with each other; a larger one is split.
    """

    name: str
    keys: pl.Expr
    most: int = 40


def _known(text: str, size: int = 1) -> pl.Expr:
    return pl.when(pl.col(text).str.len_chars() >= size).then(pl.col(text))


def _joined(*parts: pl.Expr | str) -> pl.Expr:
    return pl.concat_str([pl.col(p) if isinstance(p, str) else p for p in parts], separator=" ")


_LEADER = pl.when(pl.col("leader") != "").then(pl.col("leader"))
_NAME = pl.col("first")
_PAGE = pl.when(pl.col("page") > 0).then(pl.col("page"))
_TELLING_PAGE = pl.when(pl.col("page") > 1).then(pl.col("page"))
_YEAR = pl.when(pl.col("year") > 0).then(pl.col("year"))
_VOLUME = pl.when(pl.col("volume").list.len() > 0).then(pl.col("volume").list.first())


def _with_name(other: pl.Expr) -> pl.Expr:
    """Each word of the first author's name beside something else."""
    text = other.cast(pl.String)
    return pl.when(text.is_not_null()).then(
        pl.concat_list(*(pl.concat_str(_NAME.list.get(n, null_on_oob=True), text, separator=" ") for n in range(3)))
    )


_TITLE = _known("squash", 6)
# A pair is said to come from the first block of the list that both stand in.
BLOCKS: tuple[Block, ...] = (
    Block("source id", _known("same_id")),
    Block("DOI", _known("doi")),
    Block("PMID", _known("pmid")),
    Block("title", _TITLE.str.slice(0, 18)),
    Block("end of title", _TITLE.str.slice(-18)),
    Block("title in brackets", pl.when(pl.col("also") != "").then(pl.concat_list("also", "squash"))),
    Block("longest words", _known("telling")),
    Block("volume and page", _joined(_VOLUME, _PAGE), 24),
    Block("volume and page", pl.when(pl.col("page2") != pl.col("page")).then(_joined(_VOLUME, "page2")), 24),
    Block("year and page", _joined(_YEAR, _TELLING_PAGE, "last"), 24),
    Block("abstract", _known("abstract", 80).str.slice(0, 40)),
    Block("author and page", _with_name(_TELLING_PAGE), 24),
    Block("author and year", _with_name(_YEAR), 16),
    Block("author and year", _with_name(_YEAR + 1), 16),
)
_SPLITS = (
    pl.col("squash").str.slice(0, 10),
    _joined(pl.col("leader"), pl.col("year")),
    _joined(pl.col("page"), pl.col("volume").list.first().fill_null(0)),
    pl.col("squash"),
)
_ORDER = ("squash", "leader", "year")


def _pairs(keyed: pl.DataFrame, features: pl.DataFrame, most: int) -> Iterator[pl.DataFrame]:
    """Pairs (a < b) of rows that share a key. keyed: row, k."""
    for depth in range(len(_SPLITS) + 1):
        sized = keyed.with_columns(n=pl.len().over("k")).filter(pl.col("n") > 1)
        small = sized.filter(pl.col("n") <= most).select("row", "k")
        yield small.join(small, on="k", suffix="_b").filter(pl.col("row") < pl.col("row_b")).select(a="row", b="row_b")
        keyed = sized.filter(pl.col("n") > most)
        if keyed.is_empty():
            return
        if depth < len(_SPLITS):
            split = features.select(s=_SPLITS[depth].hash(depth))["s"]
            keyed = keyed.select("row", k=pl.struct("k", split.gather(keyed["row"]).alias("s")).hash(depth))
    order = features.select("squash", "leader", "year")[keyed["row"].to_numpy()]
    ordered = pl.concat([keyed, order], how="horizontal").sort("k", *_ORDER, "row")
    for step in range(1, WINDOW + 1):
        beside = ordered.select("row", "k", other=pl.col("row").shift(-step), also=pl.col("k").shift(-step)).filter(
            pl.col("k") == pl.col("also")
        )
        yield beside.select(a=pl.min_horizontal("row", "other"), b=pl.max_horizontal("row", "other"))


def _keyed(features: pl.DataFrame, block: Block) -> pl.DataFrame:
    keys = features.select(row=pl.int_range(pl.len(), dtype=pl.UInt32), k=block.keys)
    if keys.schema["k"] == pl.List:
        keys = keys.explode("k").unique()
    return keys.drop_nulls().with_columns(pl.col("k").hash(1))


def candidate_pairs(features: pl.DataFrame) -> pl.DataFrame:
    """Rows of `features` (sorted by key) to compare: a < b, and block, the position in BLOCKS of what proposed the pair."""
    found = [pl.DataFrame(schema={"a": pl.UInt32, "b": pl.UInt32, "block": pl.UInt8})]
    for n, block in enumerate(BLOCKS):
        parts = _pairs(_keyed(features, block), features, block.most)
        found += [p.with_columns(block=pl.lit(n, dtype=pl.UInt8)) for p in parts if not p.is_empty()]
    return pl.concat(found).group_by("a", "b").agg(pl.col("block").min()).sort("a", "b")


def shared_blocks(features: pl.DataFrame) -> list[str]:
    """The names of the blocks that both of two records stand in, in order."""
    names = [b.name for b in BLOCKS if not (keyed := _keyed(features, b)).is_empty() and keyed["k"].is_duplicated().any()]
    return list(dict.fromkeys(names))
