"""The columns of records as the last run read them from the index, in files: of records that are as they were, nothing is read anew.

Each lot of new records is a file of its own; a list names the lots, and their rows that are no more. All of it could be read again: what
is damaged or gone is. Nothing is believed that does not add up to the digest of all records in the index.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from review.atomic import write
from review.dedup.columns import SCHEMA
from review.dedup.crowded import identifiers
from review.dedup.keeping import lay, sweep, whole
from review.dedup.parts import Parts
from review.dedup.shelf import Shelf
from review.dedup.table import cells_of
from review.errors import ReviewError
from review.model.related import GONE

_LOTS = 16  # files; of more, or where half of what they hold is of records that are gone, one is made
_LIST = "lots.json"
_MADE = {
    "searched": pl.String,
    "shown": pl.String,
    "suspect": pl.Boolean,
    **{f"{name} id": pl.String for name in identifiers()},
}  # of each record by itself: made once


@dataclass(frozen=True, slots=True)
class Index:
    """The records as the index has them.

    total: how many there are, and the sums of the high and low halves of their digests; changed: the keys that may be others since the last
    time, as far as that is known; digests: key and digest of all; fetch: the columns of `columns.SCHEMA`, date of search and digest, of
    these keys.
    """

    total: tuple[int, int, int]
    changed: Collection[str]
    digests: Callable[[], pl.DataFrame]
    fetch: Callable[[list[str]], pl.DataFrame]


def recalled(folder: Path, version: str, index: Index) -> Shelf:
    """The columns of `columns.SCHEMA` of all records, the date of search, and what is made of each: `shown` (`table.cells_of`), its identifiers
    put right, whether it may say of itself that it is gone (`suspect`); and its digest. version: of the code that makes these."""
    kept = pl.Schema({**SCHEMA, **_MADE, "digest": pl.Int64, f"by {version[:16]}": pl.Boolean})
    lots, gone = _listed(folder, kept)
    known = _joined(lots, gone)
    more = pl.DataFrame(schema=kept)
    if _total(known) != index.total:
        changed = list(index.changed)
        stays = known.filter(~pl.col("key").is_in(changed))
        more = _made(index.fetch(changed), kept) if changed else more
        if _total(stays, more) != index.total:
            lots = {path: found for path in sorted(folder.glob("*.arrow")) if (found := _read(path, kept)) is not None}
            now = index.digests()
            stays = _joined(lots, {}).join(now, on=["key", "digest"], how="semi").unique("key", keep="any")
            fresh = now.join(stays, on=["key", "digest"], how="anti")
            more = _made(index.fetch(fresh["key"].to_list()), kept)
        known = stays
    parts, gone, place = Parts(), {}, [pl.DataFrame(schema={"key": pl.String, "row": pl.Int64})]
    for lot, (path, found) in enumerate(lots.items()):
        here = known.filter(pl.col("lot") == lot)
        if not here.is_empty():
            place.append(here.select("key", pl.col("row") + parts.height))
            gone[path.name] = np.setdiff1d(np.arange(found.height), here["row"].to_numpy()).tolist() if here.height < found.height else []
            parts.link(path, found.height)
    if len(parts) >= _LOTS or parts.height > 2 * (known.height + more.height):
        whole_ = pl.concat([Shelf(parts, pl.concat(place)["row"].to_numpy()).columns([*kept]), more])
        parts, gone, place, more = Parts(), {}, place[:1], whole_
    place.append(more.select("key", row=pl.int_range(pl.len(), dtype=pl.Int64) + parts.height))
    with suppress(ReviewError, OSError):  # only to be quicker next time
        laid = None if more.is_empty() else lay(more, folder)
        if laid:
            gone[laid.name] = []
            parts.link(laid, more.height)
            more = more.clear()
        write(folder / _LIST, json.dumps(gone))
        sweep(folder, gone)
    if not (more.is_empty() and len(parts)):
        parts.append(more)
    return Shelf(parts, pl.concat(place).sort("key")["row"].to_numpy())


def _made(fields: pl.DataFrame, kept: pl.Schema) -> pl.DataFrame:
    """What is kept of records."""
    made = {f"{name} id": text for name, text in identifiers().items()}
    told = fields.with_columns(cells_of(fields).alias("shown"), suspect=_suspect(), **made, **{[*kept][-1]: pl.lit(value=None)})
    return told.select(pl.col(name).cast(kind) for name, kind in kept.items())


def _suspect() -> pl.Expr:
    title = pl.any_horizontal(pl.col("title").str.contains(word, literal=True) for word in GONE)
    return title | pl.col("type").str.contains(GONE[0], literal=True)


def _total(*frames: pl.DataFrame) -> tuple[int, int, int]:
    """What `Index.total` is of these records; no key twice."""
    digests = pl.concat([frame["digest"] for frame in frames]).to_numpy()
    if pl.concat([frame["key"] for frame in frames]).n_unique() != len(digests):
        return 0, 0, -1
    return len(digests), int((digests >> 32).sum()), int((digests & 0xFFFFFFFF).sum())


def _listed(folder: Path, kept: pl.Schema) -> tuple[dict[Path, pl.DataFrame], dict[str, list[int]]]:
    """The lots that the list names, and the rows of each that are no more; nothing where the list can't be read."""
    try:
        listed = json.loads((folder / _LIST).read_bytes())
        gone = {str(name): [int(n) for n in rows] for name, rows in listed.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}, {}
    paths = [folder / Path(name).name for name in gone]
    return {path: found for path in paths if (found := _read(path, kept)) is not None}, gone


def _joined(lots: Mapping[Path, pl.DataFrame], gone: Mapping[str, list[int]]) -> pl.DataFrame:
    """Key and digest of what is in the lots, and where it stands: in which of them, and in which row."""
    frames = [pl.DataFrame(schema={"key": pl.String, "digest": pl.Int64, "row": pl.Int64, "lot": pl.Int64})]
    for lot, (path, found) in enumerate(lots.items()):
        told = found.with_columns(row=pl.int_range(pl.len(), dtype=pl.Int64), lot=pl.lit(lot, pl.Int64))
        rows = gone.get(path.name)
        frames.append(told.filter(~pl.col("row").is_in(rows)) if rows else told)
    return pl.concat(frames)


def _read(path: Path, kept: pl.Schema) -> pl.DataFrame | None:
    """Key and digest of a lot; None where it is not what was written, or of other columns."""
    with suppress(OSError, pl.exceptions.PolarsError):
        if whole(path) and pl.read_ipc_schema(path) == kept:
            return pl.read_ipc(path, columns=["key", "digest"])
    return None
