"""Which pairs are worth comparing: those that share an exact block key. Never all with all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from review.dedup.arrays import packed, runs_of, sought, starts_of, unpacked

WINDOW = 8  # neighbours compared in a block that nothing splits further
MOST_KEYS = 4_000_000  # sorted at a time; of more, those with another remainder come later
Columns = Callable[[Sequence[str]], pl.DataFrame]  # names in; these columns of all rows out, in order


@dataclass(frozen=True, slots=True)
class Block:
    """keys: what a record shares with others of its block, null where it has none; of several, it stands in a block for each.

    most: members of a block that are all compared with each other; a larger one is split.
    """

    name: str
    keys: tuple[pl.Expr, ...]
    most: int = 40


def _known(text: str, size: int = 1) -> pl.Expr:
    return pl.when(pl.col(text).str.len_chars() >= size).then(pl.col(text))


def _joined(*parts: pl.Expr | str) -> pl.Expr:
    return pl.concat_str([pl.col(p) if isinstance(p, str) else p for p in parts], separator=" ")


_NAMES = tuple(f"name {n}" for n in range(3))  # words of the first author's name
_PAGE = pl.when(pl.col("page") > 0).then(pl.col("page"))
_TELLING_PAGE = pl.when(pl.col("page") > 1).then(pl.col("page"))
_YEAR = pl.when(pl.col("year") > 0).then(pl.col("year"))
_VOLUME = pl.when(pl.col("volume").list.len() > 0).then(pl.col("volume").list.first())


def _with_name(other: pl.Expr) -> tuple[pl.Expr, ...]:
    """Each word of the first author's name beside something else."""
    text = other.cast(pl.String)
    return tuple(pl.concat_str(name, text, separator=" ") for name in _NAMES)


_TITLE = _known("squash", 6)
# A pair is said to come from the first block of the list that both stand in.
BLOCKS: tuple[Block, ...] = (
    Block("source id", (_known("same_id"),)),
    Block("DOI", (_known("doi"),)),
    Block("PMID", (_known("pmid"),)),
    Block("registration", (_known("trial"),)),
    Block("title", (_TITLE.str.slice(0, 18),), 24),
    Block("end of title", (_TITLE.str.slice(-18),), 12),
    Block("title in brackets", tuple(pl.when(pl.col("also") != "").then(pl.col(name)) for name in ("also", "squash"))),
    Block("longest words", (_known("telling"),)),
    Block("volume and page", (_joined(_VOLUME, _PAGE),), 10),
    Block("volume and page", (pl.when(pl.col("page2") != pl.col("page")).then(_joined(_VOLUME, "page2")),), 10),
    Block("year and page", (_joined(_YEAR, _TELLING_PAGE, "last"),), 24),
    Block("abstract", (_known("abstract", 80).str.slice(0, 40),)),
    Block("author and page", _with_name(_TELLING_PAGE), 12),
    Block("author and year", _with_name(_YEAR), 10),
    Block("more of the title", (_known("squash", 40).str.slice(0, 40),), 24),  # in one field many begin with the same words
)
SPLITS = (
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
    size, place = runs_of(k)
    at = np.flatnonzero((size > 1) & (size <= most))
    first, second = [], []
    for step in range(1, most):
        at = at[place[at] + step < size[at]]
        if not len(at):
            break
        first.append(row[at])
        second.append(row[at + step])
    return first, second, np.flatnonzero(size > most)


def _name(block: int, key: int) -> str:
    return f"key {block}.{key}"


def block_names(block: int) -> list[str]:
    return [_name(block, key) for key in range(len(BLOCKS[block].keys))]


def split_name(depth: int) -> str:
    return f"split {depth}"


def keys_of(features: pl.DataFrame) -> pl.DataFrame:
    """The keys of each row in all blocks, and what splits large blocks, as hashes: what `candidate_pairs` asks for beside _ORDER."""
    hashed = [
        pl.when(key.is_not_null()).then(key.hash(1)).alias(_name(n, m))
        for n, block in enumerate(BLOCKS)
        for m, key in enumerate(block.keys)
    ]
    splits = [split.hash(depth).alias(split_name(depth)) for depth, split in enumerate(SPLITS)]
    words = pl.when(pl.col("first") != "").then(pl.col("first").str.split(" "))
    named = features.with_columns(named=words).with_columns(
        pl.col("named").list.get(n, null_on_oob=True).alias(name) for n, name in enumerate(_NAMES)
    )
    found = named.select(*hashed, *splits)
    # Of a record that has one key twice, one counts.
    return found.with_columns(
        pl.when(pl.any_horizontal(*((pl.col(_name(n, m)) == pl.col(_name(n, k))).fill_null(value=False) for k in range(m))))
        .then(None)
        .otherwise(pl.col(_name(n, m)))
        .alias(_name(n, m))
        for n, block in enumerate(BLOCKS)
        for m in range(1, len(block.keys))
    )


def split_of(k: pl.Series, by: pl.Series, depth: int) -> pl.Series:
    """The keys of blocks that are split for the `depth`th time, by this of each row."""
    return pl.DataFrame([k.alias("k"), by.alias("s")]).select(pl.struct("k", "s").hash(depth)).to_series()


def pairs_in(keyed: pl.DataFrame, columns: Columns, most: int, begun: int = 0) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs (a < b) of rows that share a key, once for each that they share. keyed: row, k, by row. Each key is a matter of its own rows.

    begun: how often they were split before.
    """
    for depth in range(begun, len(SPLITS) + 1):
        ordered = keyed.sort("k", maintain_order=True)
        first, second, large = _inside(ordered["k"].to_numpy(), ordered["row"].to_numpy(), most)
        yield from zip(first, second, strict=True)
        keyed = ordered[large].sort("row", "k")
        if keyed.is_empty():
            return
        if depth < len(SPLITS):
            keyed = keyed.with_columns(k=split_of(keyed["k"], columns([split_name(depth)]).to_series().gather(keyed["row"]), depth))
    order = columns(_ORDER)[keyed["row"].to_numpy()]
    near = pl.concat([keyed, order], how="horizontal").sort("k", *_ORDER, "row")
    k, row = near["k"].to_numpy(), near["row"].to_numpy()
    for step in range(1, WINDOW + 1):
        same = np.flatnonzero(k[step:] == k[:-step])
        yield np.minimum(row[same], row[same + step]), np.maximum(row[same], row[same + step])


def _keyed(columns: Columns, block: int, own: pl.Series | None) -> Iterator[pl.DataFrame]:
    """row and k of one block, by row; in lots that share no key."""
    names = block_names(block)
    found = columns(names).with_row_index("row").filter(pl.lit(value=True) if own is None else own)
    k = pl.col(names[0]) if len(names) == 1 else pl.concat_list(names)
    keyed = found.select("row", k=k)
    keyed = (keyed.explode("k") if len(names) > 1 else keyed).drop_nulls()
    lots = keyed.height // MOST_KEYS + 1
    for lot in range(lots):
        yield keyed if lots == 1 else keyed.filter(pl.col("k") % lots == lot)


def candidate_pairs(columns: Columns, own: pl.Series | None = None, tell: Callable[[int, int], None] | None = None) -> pl.DataFrame:
    """Rows to compare: a < b; block, the position in BLOCKS of what proposed the pair first; times, the keys that do; sorted by a and b.

    columns: of `keys_of` and of the features, the rows by key. own: whether a row is to be compared with any. tell: how many of BLOCKS
    are done, of how many.
    """
    codes = np.zeros(0, np.uint64)  # a and b in one number, sorted
    blocks, times = np.zeros(0, np.uint8), np.zeros(0, np.uint8)
    for n, block in enumerate(BLOCKS):
        if tell:
            tell(n, len(BLOCKS))
        parts = [packed(a, b) for keyed in _keyed(columns, n, own) for a, b in pairs_in(keyed, columns, block.most)]
        if not parts:
            continue
        found = np.concatenate(parts)
        found.sort()
        firsts = starts_of(found)  # `unique` hashes first, which takes longer
        often, found = np.diff(np.r_[firsts, len(found)]).astype(np.uint8), found[firsts]
        at, known = sought(found, codes)
        times[at[known]] += often[known]
        fresh, at = found[~known], at[~known]
        codes, blocks, times = np.insert(codes, at, fresh), np.insert(blocks, at, np.uint8(n)), np.insert(times, at, often[~known])
    a, b = unpacked(codes)
    return pl.DataFrame({"a": a, "b": b, "block": blocks, "times": times})


def shared_blocks(features: pl.DataFrame, pairs: Sequence[tuple[int, int]]) -> list[tuple[str, ...]]:
    """Of each pair of rows the names of the blocks that both stand in, in order."""
    keys = keys_of(features)
    blocks = [(block.name, keys.select(block_names(n)).rows()) for n, block in enumerate(BLOCKS)]
    return [tuple(dict.fromkeys(name for name, of in blocks if not {*of[a]}.isdisjoint({*of[b]} - {None}))) for a, b in pairs]
