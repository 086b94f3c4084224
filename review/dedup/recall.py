"""The columns of records as the last run read them from the index, in files: of records that are as they were, nothing is read anew.

Each lot of new records is a file of its own. All of it could be read again: what is damaged or gone is.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import polars as pl

from review.atomic import write
from review.dedup.columns import SCHEMA
from review.dedup.keeping import arrow, name_of, sweep, whole
from review.errors import ReviewError

_KEPT = pl.Schema({**SCHEMA, "digest": pl.Int64})
_LOTS = 16  # files; of more, or where half of what they hold is of records that are gone, one is made


def recalled(folder: Path, now: pl.DataFrame, fetch: Callable[[list[str]], pl.DataFrame]) -> pl.DataFrame:
    """The columns of `columns.SCHEMA` of records, by key. now: their keys and the digests of their content; fetch: reads those of some keys."""
    there = {path: found for path in sorted(folder.glob("*.arrow")) if (found := _read(path)) is not None}
    known = pl.concat([pl.DataFrame(schema=_KEPT), *there.values()]).join(now, on=["key", "digest"], how="semi")
    fresh = now.join(known, on=["key", "digest"], how="anti")
    more = fetch(fresh["key"].to_list()).join(fresh, on="key").select(pl.col(name).cast(kind) for name, kind in _KEPT.items())
    records = pl.concat([known, more]).unique("key", keep="any").sort("key")
    with suppress(ReviewError, OSError):  # only to be quicker next time
        if len(there) >= _LOTS or sum(f.height for f in there.values()) > 2 * records.height:
            lots, more = [], records
        else:
            lots = [path for path, found in there.items() if not found.join(now, on=["key", "digest"], how="semi").is_empty()]
        if not more.is_empty():
            data = arrow(more, "uncompressed")
            lots.append(folder / name_of(data))
            write(lots[-1], data)
        sweep(folder, {path.name for path in lots})
    return records.drop("digest")


def _read(path: Path) -> pl.DataFrame | None:
    """A lot; None where it is not what was written, or of other columns."""
    with suppress(OSError, pl.exceptions.PolarsError):
        if whole(path) and pl.read_ipc_schema(path) == _KEPT:
            return pl.read_ipc(path)
    return None
