"""What a run remembers, in files: features in files of their own, a new one for each lot of new records; the rest in one, which tells
what belongs to it."""

from __future__ import annotations

import errno
import io
import json
import zipfile
import zlib
from collections.abc import Container
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import polars as pl

from review.atomic import write, write_named
from review.dedup.memory import TABLES, Memory, compact, nothing
from review.dedup.parts import Parts
from review.dedup.shelf import Shelf

_BLOCK = 1 << 12  # bytes
_READ = _BLOCK << 10  # bytes at once


def save(memory: Memory, kept: Path, version: str) -> None:
    """Keep it in the file `kept` and the folder of that name with '.features'. version: of all that the contents depend on.

    Raises ReviewError where it can't be written.
    """
    memory = compact(memory)
    folder = _folder(kept)
    lots = []
    for n in range(len(memory.shelf.parts)):
        part = memory.shelf.parts.held_in(n)
        if not isinstance(part, Path) or part.parent != folder:
            part = lay(memory.shelf.parts.part(n), folder)
        lots.append((part.name, memory.shelf.parts.heights[n]))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(zipfile.ZipInfo("version"), version)
        file.writestr(zipfile.ZipInfo("features"), json.dumps(lots))
        place = memory.shelf.place
        rows = pl.DataFrame({"place": np.arange(memory.shelf.height) if place is None else place}, schema={"place": pl.UInt32})
        file.writestr(zipfile.ZipInfo("place"), arrow(rows))
        for name in TABLES:
            file.writestr(zipfile.ZipInfo(name), arrow(getattr(memory, name)))
    write(kept, packed.getvalue())
    sweep(folder, dict(lots))


def load(kept: Path, version: str) -> Memory:
    """What `save` was given; nothing, where that was another version, or where any of it is no longer what it wrote."""
    empty = nothing()
    try:
        with zipfile.ZipFile(kept) as file:
            if file.read("version") != version.encode():
                return empty
            tables = {name: pl.read_ipc(io.BytesIO(file.read(name))) for name in (*TABLES, "place")}
            lots: list[tuple[str, int]] = json.loads(file.read("features"))
        parts = Parts()
        for name, height in lots:
            path = _folder(kept) / Path(name).name
            if not whole(path):
                return empty
            parts.link(path, height)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, EOFError, NotImplementedError, RuntimeError,
            pl.exceptions.PolarsError):  # fmt: skip
        return empty
    place = tables.pop("place")
    if any(tables[name].schema != getattr(empty, name).schema for name in TABLES) or place.columns != ["place"]:
        return empty
    return replace(empty, shelf=Shelf(parts, place["place"].to_numpy()), **tables)


def _folder(kept: Path) -> Path:
    return kept.with_name(f"{kept.name}.features")


def sweep(folder: Path, keep: Container[str]) -> None:
    """Takes away the lots that are not to be kept, and what runs left that were killed as they wrote: equal columns may be other bytes, so
    that their name never comes again."""
    for old in (*folder.glob("*.arrow"), *folder.glob(".*.tmp")):
        if old.name not in keep:
            old.unlink(missing_ok=True)


def lay(table: pl.DataFrame, folder: Path) -> Path:
    """Keep a table in a file of this folder, whose name says what its bytes add up to. Raises ReviewError where it can't be written."""
    return write_named(folder, lambda file: _write(table, file), lambda path: f"{sum_of(path)}.arrow")


def whole(path: Path) -> bool:
    """Whether a file holds what it was called for by `lay`."""
    return path.stat().st_size > 0 and path.stem == sum_of(path)


def sum_of(path: Path) -> str:
    """The checksum of the sums of all blocks of a file, and its size. Of all bytes it would take several times as long."""
    check = size = 0
    with path.open("rb") as file:
        while data := file.read(_READ):
            size += len(data)
            whole = np.frombuffer(data, np.uint64, len(data) // _BLOCK * (_BLOCK // 8))
            check = zlib.crc32(whole.reshape(-1, _BLOCK // 8).sum(axis=1, dtype=np.uint64).tobytes(), check)
            check = zlib.crc32(data[whole.nbytes :], check)
    return f"{check:08x}-{size}"


def arrow(table: pl.DataFrame) -> bytes:
    """A table as a file: of equal tables the same bytes, whatever pieces they were put together from; not compressed: that takes longer than
    to write it."""
    data = io.BytesIO()
    _write(table.rechunk(), data, pl.CompatLevel.oldest())  # a text lies where its row stands, not wherever it was found
    return data.getvalue()


def _write(table: pl.DataFrame, file: BinaryIO, level: pl.CompatLevel | None = None) -> None:
    try:
        table.write_ipc(file, compression="uncompressed", compat_level=level)
    except pl.exceptions.PolarsError as error:  # which says in its own words that a disk is full
        raise OSError(errno.EIO, str(error)) from None
