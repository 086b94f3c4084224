"""A long table in parts: one is held in memory, several lie in files and are read where they are wanted."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import polars as pl

from review.errors import ReviewError

if TYPE_CHECKING:
    from filelock import FileLock

PART = 1 << 18  # rows of a part
_HELD = 4 * PART  # rows of parts in files that are held as they were read: about a kilobyte each, less than a first run needs
_MANY = 20  # columns
_PREFIX = "review-dedup-"
_LOCK = "in-use"
_YOUNG = 60  # seconds in which a folder may still be without its lock


class Spill:
    """A folder for parts, in that for temporary files (TMPDIR); made when it is first needed, gone afterwards.

    One that a killed process left is deleted by the next that makes one.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._lock: FileLock | None = None
        self._n = 0

    def __enter__(self) -> Spill:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._folder and self._lock:
            self._lock.release()
            shutil.rmtree(self._folder, ignore_errors=True)

    def keep(self, frame: pl.DataFrame) -> Path:
        """Write a part. Raises ReviewError where there is no room for it, or no folder."""
        from filelock import FileLock

        where = tempfile.gettempdir()
        try:
            if self._folder is None:
                _sweep(Path(where))
                self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
                self._lock = FileLock(self._folder / _LOCK)
                self._lock.acquire()
            self._n += 1
            path = self._folder / f"{self._n}.arrow"
            frame.write_ipc(path)
        except (OSError, pl.exceptions.PolarsError) as error:
            why = (error.strerror if isinstance(error, OSError) else "") or str(error)
            raise ReviewError(
                f"{where}: the records can't be laid aside there: {why}",
                "Nothing was written. A million records need about 1.2 GB: free some, or name another folder in TMPDIR.",
            ) from None
        return path


def _sweep(where: Path) -> None:
    """Delete what killed processes left: their locks are free."""
    from filelock import FileLock, Timeout

    for folder in where.glob(f"{_PREFIX}*"):
        with suppress(OSError, Timeout):
            lock = folder / _LOCK
            if not lock.exists() and time.time() - folder.stat().st_mtime < _YOUNG:
                continue
            if folder.stat().st_uid != os.getuid():
                continue
            with FileLock(lock, timeout=0):
                shutil.rmtree(folder)


class Parts:
    """Frames of one schema, one after the other. With `keep`, which writes a frame to a file, only a lone one stays in memory."""

    def __init__(self, keep: Callable[[pl.DataFrame], Path] | None = None) -> None:
        self._keep = keep
        self._parts: list[pl.DataFrame | Path] = []
        self._heights: list[int] = []
        self._read: dict[Path, pl.DataFrame] = {}  # of those that were linked, few enough to be held: what was last read of them

    @property
    def heights(self) -> Sequence[int]:
        return self._heights

    @property
    def height(self) -> int:
        return sum(self._heights)

    @property
    def names(self) -> Sequence[str]:
        """The columns; none where there is no part."""
        if not self._parts:
            return []
        first = self._parts[0]
        return list(pl.read_ipc_schema(first)) if isinstance(first, Path) else first.columns

    def __len__(self) -> int:
        return len(self._parts)

    def append(self, frame: pl.DataFrame) -> None:
        self._parts.append(frame)
        self._heights.append(frame.height)
        self._lay_aside()

    def _lay_aside(self) -> None:
        if self._keep and len(self._parts) > 1:
            self._parts = [part if isinstance(part, Path) else self._keep(part) for part in self._parts]

    def extend(self, tables: Iterable[pl.DataFrame | Parts]) -> None:
        """Append frames of any size as parts of PART rows or so; of a table in several parts the parts as they are, which are its own no more."""
        some: list[pl.DataFrame] = []
        for table in tables:
            if isinstance(table, Parts) and len(table) > 1:
                if some:
                    self.append(pl.concat(some))
                self._parts += table._parts
                self._heights += table._heights
                table._parts, table._heights, some = [], [], []
                self._lay_aside()
                continue
            some += table.taken() if isinstance(table, Parts) else [table]
            if sum(f.height for f in some) >= PART:
                self.append(pl.concat(some))
                some = []
        if some and (not self._parts or any(f.height for f in some)):
            self.append(pl.concat(some))

    def link(self, path: Path, height: int) -> None:
        """Append what lies in a file already."""
        self._parts.append(path)
        self._heights.append(height)

    def replace(self, n: int, frame: pl.DataFrame) -> None:
        self._parts[n] = self._keep(frame) if self._keep and len(self._parts) > 1 else frame

    def copy(self) -> Parts:
        """The same parts; what is appended to one is not in the other."""
        other = Parts(self._keep)
        other._parts, other._heights, other._read = [*self._parts], [*self._heights], self._read
        return other

    def held_in(self, n: int) -> pl.DataFrame | Path:
        """A part, or the file that it lies in."""
        return self._parts[n]

    def part(self, n: int, names: Sequence[str] | None = None) -> pl.DataFrame:
        """A part, or some columns of it."""
        part = self._parts[n]
        if not isinstance(part, Path):
            return part if names is None else part.select(names)
        if names is not None and part in self._read and set(names) <= set(self._read[part].columns):
            return self._read[part].select(names)
        found = pl.read_ipc(part, columns=None if names is None else list(names))
        # To read all texts takes its time, and is done several times in a run; a few columns are read in no time.
        if self._keep is None and self.height <= _HELD and found.width >= _MANY:
            self._read[part] = found
        return found

    def taken(self) -> Iterator[pl.DataFrame]:
        """Each part in turn, which is then gone from here, and from its file."""
        while self._parts:
            frame = self.part(0)
            part = self._parts.pop(0)
            self._heights.pop(0)
            if isinstance(part, Path):
                part.unlink(missing_ok=True)
            else:
                del part
            yield frame
            del frame

    def columns(self, names: Sequence[str]) -> pl.DataFrame:
        """Some columns of all rows."""
        return pl.concat([self.part(n, names) for n in range(len(self))])

    def whole(self) -> pl.DataFrame:
        return pl.concat([self.part(n) for n in range(len(self))])
