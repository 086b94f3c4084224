"""Which pairs are worth comparing: those that share an exact block key. Never all with all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
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
_NAME = pl.when(pl.col("first") != "").then(pl.col("first").str.split(" "))
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
    Block("registration", _known("trial")),
    Block("title", _TITLE.str.slice(0, 18), 24),
    Block("end of title", _TITLE.str.slice(-18), 12),
    Block("title in brackets", pl.when(pl.col("also") != "").then(pl.concat_list("also", "squash"))),
    Block("longest words", _known("telling")),
    Block("volume and page", _joined(_VOLUME, _PAGE), 10),
    Block("volume and page", pl.when(pl.col("page2") != pl.col("page")).then(_joined(_VOLUME, "page2")), 10),
    Block("year and page", _joined(_YEAR, _TELLING_PAGE, "last"), 24),
    Block("abstract", _known("abstract", 80).str.slice(0, 40)),
    Block("author and page", _with_name(_TELLING_PAGE), 12),
    Block("author and year", _with_name(_YEAR), 10),
    Block("author and year", _with_name(_YEAR + 1), 10),
)
_SPLITS = (
    pl.col("squash").str.slice(0, 10),
    _joined(pl.col("leader"), pl.col("year")),
    _joined(pl.col("page"), pl.col("volume").list.first().fill_null(0)),
    pl.col("squash"),
)
_ORDER = ("squash", "leader", "year")


def _inside(k: np.ndarray, row: np.ndarray, most: int) -> tuple[list[np.ndarray], list[np.ndarray], np.ndarray]:
    """Pairs (a < b) of the rows that share a key, in blocks of up to `most`; and where the rows of larger blocks stand.

    k and row are sorted by k, then row. A pair is a row and the one `step` places on: no more is made than is kept.
    """
    starts = np.flatnonzero(np.r_[True, k[1:] != k[:-1]]) if len(k) else np.zeros(0, np.intp)
    sizes = np.diff(np.r_[starts, len(k)])
    size, place = np.repeat(sizes, sizes), np.arange(len(k)) - np.repeat(starts, sizes)
    at = np.flatnonzero((size > 1) & (size <= most))
    first, second = [], []
    for step in range(1, most):
        at = at[place[at] + step < size[at]]
        if not len(at):
            break
        first.append(row[at])
        second.append(row[at + step])
    return first, second, np.flatnonzero(size > most)


def _pairs(keyed: pl.DataFrame, features: pl.DataFrame, most: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs (a < b) of rows that share a key. keyed: row, k."""
    for depth in range(len(_SPLITS) + 1):
        ordered = keyed.sort("k", "row")
        first, second, large = _inside(ordered["k"].to_numpy(), ordered["row"].to_numpy(), most)
        yield from zip(first, second, strict=True)
        keyed = ordered[large]
        if keyed.is_empty():
            return
        if depth < len(_SPLITS):
            split = features.select(s=_SPLITS[depth].hash(depth))["s"]
            keyed = keyed.select("row", k=pl.struct("k", split.gather(keyed["row"]).alias("s")).hash(depth))
    order = features.select(_ORDER)[keyed["row"].to_numpy()]
    near = pl.concat([keyed, order], how="horizontal").sort("k", *_ORDER, "row")
    k, row = near["k"].to_numpy(), near["row"].to_numpy()
    for step in range(1, WINDOW + 1):
        same = np.flatnonzero(k[step:] == k[:-step])
        yield np.minimum(row[same], row[same + step]), np.maximum(row[same], row[same + step])


def _keyed(features: pl.DataFrame, block: Block) -> pl.DataFrame:
    keys = features.select(row=pl.int_range(pl.len(), dtype=pl.UInt32), k=block.keys)
    if keys.schema["k"] == pl.List:
        keys = keys.explode("k").unique()
    return keys.drop_nulls().with_columns(pl.col("k").hash(1))


def candidate_pairs(features: pl.DataFrame, tell: Callable[[int, int], None] | None = None) -> pl.DataFrame:
    """Rows of `features` (sorted by key) to compare: a < b, and block, the position in BLOCKS of what proposed the pair.

    tell: how many of BLOCKS are done, of how many.
    """
    codes = np.zeros(0, np.uint64)  # a and b in one number, sorted
    blocks = np.zeros(0, np.uint8)
    for n, block in enumerate(BLOCKS):
        if tell:
            tell(n, len(BLOCKS))
        parts = [(a.astype(np.uint64) << np.uint64(32)) | b for a, b in _pairs(_keyed(features, block), features, block.most)]
        if not parts:
            continue
        found = np.unique(np.concatenate(parts))
        at = np.searchsorted(codes, found)
        known = at < len(codes)
        known[known] = codes[at[known]] == found[known]
        fresh, at = found[~known], at[~known]
        codes, blocks = np.insert(codes, at, fresh), np.insert(blocks, at, np.uint8(n))
    return pl.DataFrame(
        {"a": (codes >> np.uint64(32)).astype(np.uint32), "b": (codes & np.uint64(0xFFFFFFFF)).astype(np.uint32), "block": blocks}
    )


def shared_blocks(features: pl.DataFrame) -> list[str]:
    """The names of the blocks that both of two records stand in, in order."""
    names = [b.name for b in BLOCKS if not (keyed := _keyed(features, b)).is_empty() and keyed["k"].is_duplicated().any()]
    return list(dict.fromkeys(names))
