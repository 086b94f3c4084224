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

import polars as pl

from review.atomic import write
from review.dedup.columns import SCHEMA
from review.dedup.crowded import identifiers
from review.dedup.keeping import lay, sweep, whole
from review.dedup.table import cells_of
from review.errors import ReviewError

_LOTS = 16  # files; of more, or where half of what they hold is of records that are gone, one is made
_LIST = "lots.json"
_MADE = {
    "searched": pl.String,
    "shown": pl.String,
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


def recalled(folder: Path, version: str, index: Index) -> pl.DataFrame:
    """The columns of `columns.SCHEMA` of all records, by key, the date of search, and what is made of each: `shown` (`table.cells_of`), and
    its identifiers put right; and its digest. version: of the code that makes these."""
    kept = pl.Schema({**SCHEMA, **_MADE, f"digest {version[:16]}": pl.Int64})
    lots, gone = _listed(folder, kept)
    known = _joined(lots, gone, kept)
    more = known.clear()
    if _total(known) != index.total:
        changed = list(index.changed)
        stays = known.filter(~pl.col("key").is_in(changed))
        more = _made(index.fetch(changed), kept) if changed else more
        if _total(stays, more) != index.total:
            lots = {path: found for path in sorted(folder.glob("*.arrow")) if (found := _read(path, kept)) is not None}
            now = index.digests()
            known = _joined(lots, {}, kept).join(now, on=["key", "digest"], how="semi").unique("key", keep="any")
            fresh = now.join(known, on=["key", "digest"], how="anti")
            more = _made(index.fetch(fresh["key"].to_list()), kept)
            stays = known
        known = stays
    records = pl.concat([known, more]).sort("key")
    with suppress(ReviewError, OSError):  # only to be quicker next time
        _keep(folder, kept, lots, known, more, records)
    return records


def _made(fields: pl.DataFrame, kept: pl.Schema) -> pl.DataFrame:
    """What is kept of records."""
    told = fields.with_columns(cells_of(fields).alias("shown"), **{f"{name} id": text for name, text in identifiers().items()})
    names = [*kept][:-1]
    return told.select(*(pl.col(name).cast(kept[name]) for name in names), pl.col("digest").cast(pl.Int64))


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


def _joined(lots: Mapping[Path, pl.DataFrame], gone: Mapping[str, list[int]], kept: pl.Schema) -> pl.DataFrame:
    frames = [pl.DataFrame(schema=kept)]
    for path, found in lots.items():
        rows = gone.get(path.name)
        frames.append(found.filter(~pl.int_range(pl.len()).is_in(rows)) if rows else found)
    return pl.concat(frames).rename({[*kept][-1]: "digest"})


def _keep(
    folder: Path, kept: pl.Schema, lots: Mapping[Path, pl.DataFrame], known: pl.DataFrame, more: pl.DataFrame, records: pl.DataFrame
) -> None:
    """known: of the lots, what is still so; more: what is in none of them."""
    gone: dict[str, list[int]] = {}
    held = sum(f.height for f in lots.values())
    for path, found in lots.items():
        rows = found.select((~pl.col("key").is_in(known["key"].implode())).arg_true()).to_series().to_list() if held > known.height else []
        if len(rows) < found.height:
            gone[path.name] = rows
    twice = sum(lots[folder / name].height - len(rows) for name, rows in gone.items()) > known.height  # two lots have a record
    if twice or len(lots) >= _LOTS or held > 2 * records.height:
        gone, more = {}, records
    if not more.is_empty():
        gone[lay(more.rename({"digest": [*kept][-1]}), folder).name] = []
    write(folder / _LIST, json.dumps(gone))
    sweep(folder, gone)


def _read(path: Path, kept: pl.Schema) -> pl.DataFrame | None:
    """A lot; None where it is not what was written, or of other columns."""
    with suppress(OSError, pl.exceptions.PolarsError):
        if whole(path) and pl.read_ipc_schema(path) == kept:
            return pl.read_ipc(path)
    return None
