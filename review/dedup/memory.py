"""What one run worked out, for the next: so that new records cost what they cost, and the others next to nothing.

Features are a matter of one record, a decision and its words a matter of two: all that is kept here could be worked out again, and
comes out the same. What depends on all records (which pairs are proposed, what is joined, who is asked) is worked out each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
import polars as pl

from review.dedup.arrays import packed, sought
from review.dedup.columns import SCHEMA
from review.dedup.crowded import TOLD, bare, crowded, identifiers
from review.dedup.judge import DECIDED
from review.dedup.parts import PART, Parts
from review.dedup.shelf import Shelf, prepared

_PAIR = {"a": pl.UInt32, "b": pl.UInt32}
PAIR = pl.Schema(_PAIR)
PROPOSED = pl.Schema({**_PAIR, "times": pl.UInt8})
WORDED = pl.Schema({**_PAIR, "evidence": pl.String})
_SEEN = pl.Schema({"key": pl.String, "digest": pl.UInt64})
_SEED = 1
_BARE = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)  # what tells a record without its DOI, and one without its PMID
_LOTS = 16  # files of features; of more, or where half of what they hold is of records that are gone, one is made


@dataclass(frozen=True, slots=True)
class Memory:
    """shelf: the features; seen: key and digest of each record whose features lie there, in the order of its parts.

    The others are tables of pairs, rows of the shelf by key. proposed: pairs that were compared, and by how many blocks each; likely: those
    of them, and of copies, that `judged` let through; whole: others that were decided; worded: pairs with their evidence.
    """

    shelf: Shelf
    seen: pl.DataFrame
    proposed: pl.DataFrame
    likely: pl.DataFrame
    whole: pl.DataFrame
    worded: pl.DataFrame


TABLES = tuple(field.name for field in fields(Memory))[1:]


@dataclass(frozen=True, slots=True)
class Before:
    """What blocks proposed, as rows by key that are now; place, own: of the records of then, by key, the rows in the parts, and which were compared."""

    proposed: pl.DataFrame
    place: np.ndarray
    own: np.ndarray


def nothing() -> Memory:
    pairs = pl.DataFrame(schema=DECIDED)
    return Memory(Shelf(Parts()), pl.DataFrame(schema=_SEEN), pl.DataFrame(schema=PROPOSED), pairs, pairs, pl.DataFrame(schema=WORDED))


def brought(memory: Memory, records: Shelf, tell: Callable[[int, int], None]) -> Memory:
    """What is remembered of these records, with the features of all of them and pairs by their rows.

    records: columns of SCHEMA; and where they are known, their identifiers put right, and a `digest` of each. tell: how many records are done,
    of how many.
    """
    told = (*TOLD, *(f"{name} id" for name in identifiers()))
    odd = crowded(records.columns([name for name in told if name in records.parts.names]))
    now = _digested(records, odd)
    there = memory.seen.with_row_index("at")
    at = now.join(there, on=["key", "digest"], how="left", maintain_order="left")["at"]
    lacking = at.is_null().arg_true().to_numpy()
    fresh = pl.DataFrame(schema=SCHEMA)
    if len(lacking):
        where = {name: sought(rows.to_numpy(), lacking) for name, rows in odd.items()}
        fresh = bare(records.some(lacking, [*SCHEMA]), {name: pl.Series(place[there]) for name, (place, there) in where.items()})
    parts = memory.shelf.parts.copy()
    before = parts.height
    for start in range(0, fresh.height, PART):
        tell(records.height - fresh.height + start, records.height)
        parts.append(prepared(fresh[start : start + PART]))
    if not len(parts):
        parts.append(prepared(fresh))
    place = at.to_numpy(writable=True) if fresh.is_empty() else at.fill_null(0).to_numpy(writable=True)
    place[lacking] = before + np.arange(fresh.height, dtype=place.dtype)
    rows = np.full(parts.height, -1, np.int64)
    rows[place] = np.arange(records.height)
    shelf = memory.shelf
    moved = rows[np.arange(before) if shelf.place is None else shelf.place]

    def here(pairs: pl.DataFrame) -> pl.DataFrame:
        places = [pl.Series(name, moved[pairs[name].to_numpy()]) for name in PAIR]
        return pairs.with_columns(places).filter((pl.col("a") >= 0) & (pl.col("b") >= 0)).with_columns(pl.col(PAIR.names()).cast(pl.UInt32))

    seen = pl.concat([memory.seen, now.filter(at.is_null())])
    return Memory(Shelf(parts, place), seen, *(here(getattr(memory, name)) for name in TABLES[1:]))


def _digested(records: Shelf, odd: Mapping[str, pl.Series]) -> pl.DataFrame:
    """Key and digest: of what the features of a record are made of. odd: of `crowded`; without its identifier a record has others."""
    if "digest" in records.parts.names:
        now = records.columns(["key", "digest"]).with_columns(pl.col("digest").reinterpret(signed=False))
    else:
        now = records.columns(["key"]).with_columns(digest=records.columns([*SCHEMA]).hash_rows(_SEED))
    digests = now["digest"].to_numpy(writable=True)
    for sign, rows in zip(_BARE, odd.values(), strict=True):
        digests[rows.to_numpy()] ^= np.uint64(sign)
    return now.with_columns(digest=pl.Series(digests))


def copies_in(content: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """What a source gave twice, paired with its first copy; and of each row, whether it is compared with others: it is no copy."""
    rows = content.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), "content")
    firsts = rows.with_columns(first=pl.when(pl.col("content").is_not_null()).then(pl.col("row").min().over("content")).otherwise("row"))
    copies = firsts.filter(pl.col("first") != pl.col("row")).select(a="first", b="row")
    return copies, firsts["first"] == firsts["row"]


def before_of(then: Memory, now: Memory) -> Before:
    """What is known of the pairs that were proposed. then: as it was loaded; now: with what was brought to it."""
    place = np.arange(then.shelf.height) if then.shelf.place is None else then.shelf.place
    _, own = copies_in(then.shelf.columns(["content"])) if then.shelf.height else (None, pl.Series([], dtype=pl.Boolean))
    return Before(now.proposed, place, own.to_numpy())


def codes_of(pairs: pl.DataFrame) -> np.ndarray:
    """a and b in one number."""
    return packed(pairs["a"].to_numpy(), pairs["b"].to_numpy())


def _among(codes: np.ndarray, others: np.ndarray) -> pl.Series:
    """Which of the codes are among the others: sorted, which is quicker than to join them."""
    if (others[1:] < others[:-1]).any():
        others = np.sort(others)
    return pl.Series(sought(codes, others)[1], dtype=pl.Boolean)


def looked_up(table: pl.DataFrame, pairs: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of a table on these pairs; and the pairs that it says nothing of."""
    if table.is_empty():
        return table, pairs
    known, asked = codes_of(table), codes_of(pairs)
    return table.filter(_among(known, asked)), pairs.filter(~_among(asked, known))


def compact(memory: Memory) -> Memory:
    """The same in few files, where there are many, or half of what they hold is of use no more."""
    shelf = memory.shelf
    if len(shelf.parts) <= _LOTS + shelf.height // PART and shelf.parts.height <= 2 * shelf.height:
        return memory
    place = np.arange(shelf.parts.height) if shelf.place is None else shelf.place
    whole = shelf.parts.whole()[place]
    parts = Parts()
    for start in range(0, max(whole.height, 1), PART):
        parts.append(whole[start : start + PART])
    return replace(memory, shelf=Shelf(parts), seen=memory.seen[place])
