"""What one run worked out, for the next: so that new records cost what they cost, and the others next to nothing.

Features are a matter of one record, a decision and its words a matter of two: all that is kept here could be worked out again, and
comes out the same. What depends on all records (which pairs are proposed, what is joined, who is asked) is worked out each time.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, fields, replace

import numpy as np
import polars as pl

from review.dedup.columns import SCHEMA
from review.dedup.features import features_of
from review.dedup.judge import DECIDED

_PAIR = {"a": pl.UInt32, "b": pl.UInt32}
PAIR = pl.Schema(_PAIR)
WORDED = pl.Schema({**_PAIR, "evidence": pl.String})
_SEED = 1


@dataclass(frozen=True, slots=True)
class Memory:
    """seen: key and digest of each record, by key; features: of the same. The others are tables of pairs, by their positions there.

    proposed: pairs that were compared; likely: those of them that `judged` let through; whole: others that `judge` decided; worded:
    pairs with their evidence.
    """

    seen: pl.DataFrame
    features: pl.DataFrame
    proposed: pl.DataFrame
    likely: pl.DataFrame
    whole: pl.DataFrame
    worded: pl.DataFrame


_TABLES = tuple(field.name for field in fields(Memory))


def nothing() -> Memory:
    none = pl.DataFrame(schema=SCHEMA)
    pairs = pl.DataFrame(schema=DECIDED)
    return Memory(_seen(none), features_of(none), pl.DataFrame(schema=PAIR), pairs, pairs, pl.DataFrame(schema=WORDED))


def _seen(records: pl.DataFrame) -> pl.DataFrame:
    return records.select("key", digest=records.hash_rows(_SEED))


def brought(memory: Memory, records: pl.DataFrame) -> Memory:
    """What is remembered of these records (columns of SCHEMA, by key), with the features of all of them and pairs by their positions."""
    seen = _seen(records)
    if memory.seen.is_empty():
        return replace(memory, seen=seen, features=features_of(records))
    at = seen.join(memory.seen.with_row_index("at"), on=["key", "digest"], how="left", maintain_order="left")["at"]
    fresh = at.is_null()
    features = pl.concat([memory.features[at.drop_nulls().to_numpy()], features_of(records.filter(fresh))]).sort("key")
    now = np.full(memory.seen.height, -1, np.int64)
    now[at.drop_nulls().to_numpy()] = (~fresh).arg_true().to_numpy()

    def moved(pairs: pl.DataFrame) -> pl.DataFrame:
        places = [pl.Series(name, now[pairs[name].to_numpy()]) for name in PAIR]
        return pairs.with_columns(places).filter((pl.col("a") >= 0) & (pl.col("b") >= 0)).with_columns(pl.col(PAIR.names()).cast(pl.UInt32))

    return Memory(seen, features, *(moved(getattr(memory, name)) for name in _TABLES[2:]))


def looked_up(table: pl.DataFrame, pairs: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of a table on these pairs; and the pairs that it says nothing of."""
    if table.is_empty():
        return table, pairs
    return table.join(pairs.select(PAIR.names()), on=PAIR.names(), how="semi"), pairs.join(table, on=PAIR.names(), how="anti")


def to_bytes(memory: Memory, version: str) -> bytes:
    """A ZIP of Arrow files: it tells by itself whether it is whole. version: of all that the contents depend on."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr(zipfile.ZipInfo("version"), version)
        for name in _TABLES:
            table = io.BytesIO()
            getattr(memory, name).write_ipc(table, compression="zstd")
            parts.writestr(zipfile.ZipInfo(name), table.getvalue())
    return packed.getvalue()


def of_bytes(data: bytes, version: str) -> Memory:
    """What `to_bytes` was given; nothing, where that was another version, or where the bytes are no longer what it gave."""
    empty = nothing()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if parts.read("version") != version.encode():
                return empty
            tables = {name: pl.read_ipc(io.BytesIO(parts.read(name))) for name in _TABLES}
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, pl.exceptions.PolarsError):
        return empty
    if any(tables[name].schema != getattr(empty, name).schema for name in _TABLES):
        return empty
    return replace(empty, **tables)
