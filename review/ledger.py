"""Ledgers: append-only, hash-chained, one JSON object a line (`model.lines`). A line is on disk before `append` returns."""

from __future__ import annotations

import hashlib
import json
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar, cast

from filelock import FileLock, Timeout

from review.collector import without_collector
from review.errors import ReviewError
from review.model.event_json import from_json, to_json
from review.model.events import Event, Opened
from review.model.lines import SURROGATE, VERSION, Line, Read, line_hash, line_of, parse, text_of

WORTH_A_MARK = 1 << 16  # bytes: below that a ledger is verified in no time
E = TypeVar("E", bound=Event)


class Ledger(ABC):
    """What one person did in one phase. The file ledger is the first implementation."""

    @abstractmethod
    def events(self) -> list[Event]:
        """All events in the order of their ids. Raises IntegrityError if a line was edited, lost or forged."""

    @abstractmethod
    def append(self, event: E) -> E:
        """Put the event on disk; give it back with its id and time. Raises ReviewError if it could not be kept."""


class FileLedger(Ledger):
    """A ledger in a file. `session` holds it for one person at a time."""

    def __init__(
        self, path: Path, *, opened: Opened, lock: Path | None = None, mark: Path | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        """path: the .jsonl file, need not exist; opened: what its first line says; lock: the lock file of a session; mark: where
        to remember how much of it was verified."""
        self.path = path
        self._opened = opened
        self._lock = lock
        self._verified_mark = mark
        self._clock = clock
        self._last: Line | None = None
        self._seen: tuple[int, int, int] | None = None  # the file as our last append left it
        self.torn = False  # whether its last line was only half there when it was last read
        self.root = hashlib.sha256(f"{opened.review}/{opened.ledger}".encode()).hexdigest()

    def read(self, *, anew: bool = False) -> Read:
        """What is on disk, verified: what was verified before as the same bytes is not verified again, but where `anew`.

        Raises IntegrityError, or ReviewError where the file can't be read.
        """
        try:
            with self.path.open("rb") as f:
                seen = _mark(f.fileno())
                data = f.read()
        except FileNotFoundError:
            return Read(())
        except OSError as error:
            raise ReviewError(f"{self.path}: can't be read: {error.strerror}", "Check the permissions of the file.") from None
        with without_collector():
            state = self._parsed(data, anew)
        self.torn = bool(state.torn)
        if state.lines and data.endswith(b"\n") and seen[0] == len(data):
            self._last, self._seen = state.lines[-1], seen  # the next append need not read it again
        return state

    def _parsed(self, data: bytes, anew: bool = False) -> Read:
        before = 0 if anew else self._verified(data)
        state = parse(data, str(self.path), self.root, before)
        if len(data) - before > WORTH_A_MARK:
            self._remember(data[: len(data) - len(state.torn)])
        return state

    def _verified(self, data: bytes) -> int:
        """How many bytes at the beginning are those that were verified before."""
        if self._verified_mark is None or len(data) <= WORTH_A_MARK:
            return 0
        try:
            size, digest = self._verified_mark.read_text(encoding="ascii").split()
            return int(size) if hashlib.sha256(memoryview(data)[: int(size)]).hexdigest() == digest else 0
        except (OSError, ValueError):
            return 0

    def _remember(self, data: bytes) -> None:
        """Only to be quicker next time: where it can't be kept, nothing is lost."""
        if self._verified_mark is None or not data.endswith(b"\n"):
            return
        fresh = self._verified_mark.with_name(f"{self._verified_mark.name}.{os.getpid()}")
        with suppress(OSError):
            self._verified_mark.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(f"{len(data)} {hashlib.sha256(data).hexdigest()}\n", encoding="ascii")
            os.replace(fresh, self._verified_mark)

    def events(self) -> list[Event]:
        return [line.event for line in self.read().lines]

    def mentions(self, *kinds: type[Event]) -> bool:
        """Whether there may be events of these kinds: quicker than reading them, and never wrong where it says no."""
        try:
            data = self.path.read_bytes()
        except OSError:
            return True  # who reads it will tell
        return any(f'"kind":"{kind.kind}"'.encode() in data for kind in kinds)

    @contextmanager
    def session(self, who: str = "") -> Iterator[FileLedger]:
        """Hold the ledger: a second session is refused with ReviewError. who: holds one that is the whole team's, so that others are told."""
        if self._lock is None:
            yield self
            return
        self._lock.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._lock, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            holder = self._holder(who)
            raise ReviewError(
                f"{self.path.name} is in use by another session{holder}.",
                "One at a time: ask them to close it, or wait." if holder else "Close the other session, or go on there.",
            ) from None
        except OSError as error:
            raise ReviewError(f"{self._lock}: {error.strerror}", "Check the permissions of the folder.") from None
        if who:
            with suppress(OSError):  # only for others to be told
                self._lock.with_suffix(".who").write_text(f"{who} {time.strftime('%H:%M')}", encoding="utf-8")
        try:
            yield self
        finally:
            for path in (self._lock.with_suffix(".who"), self._lock):  # held as yet, so nobody else's
                with suppress(OSError):  # where an open file can't be removed, it stays
                    path.unlink(missing_ok=True)
            lock.release()

    def _holder(self, who: str) -> str:
        """Who holds the ledger, in words; '' where that is not known, or is this very person."""
        try:
            holder, since = self._lock.with_suffix(".who").read_text(encoding="utf-8").split() if self._lock and who else ("", "")
        except (OSError, ValueError):
            return ""
        return f", {holder}’s, since {since}" if holder and holder != who else ""

    def append(self, event: E) -> E:
        return self.append_all([event])[0]

    def append_all(self, events: list[E]) -> list[E]:
        """Append several events with one flush to the disk: all are kept, or none and ReviewError is raised."""
        if not events:
            return []
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        except OSError as error:
            raise self._not_kept(error) from None
        try:
            _alone(fd)
            before, last = self._catch_up(fd)
            done: list[E] = []
            text = ""
            if last is None:
                _, last = self._line(self._opened, None)
                text = last.raw.decode() + "\n"
            for event in events:
                stamped, last = self._line(event, last)
                text += last.raw.decode() + "\n"
                done.append(stamped)
            self._write(fd, text.encode(), before)
            self._last, self._seen = last, _mark(fd)
        except OSError as error:
            self._last = None
            raise self._not_kept(error) from None
        finally:
            os.close(fd)
        return done

    def _not_kept(self, error: OSError) -> ReviewError:
        hint = "This one is not kept; all before it are. Check free space and permissions, then try again."
        return ReviewError(f"{self.path}: not saved: {error.strerror}", hint)

    def _line(self, event: E, last: Line | None) -> tuple[E, Line]:
        """The event with its id and time, and its line."""
        now = self._clock()
        at = datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        event = replace(event, id=uuid7(now, last.id if last else ""), at=at, by=event.by or self._opened.by)
        data = {"v": VERSION, **to_json(event), "prev": last.hash if last else self.root}
        if SURROGATE.search(text_of(data)):
            # Half a character, as a terminal may send it, can't be written: pairs are joined, the rest becomes U+FFFD.
            data = json.loads(text_of(data).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
            event = cast("E", from_json(data))
        data["hash"] = line_hash(data)
        return event, line_of(data, text_of(data).encode())

    def _catch_up(self, fd: int) -> tuple[int, Line | None]:
        """The size of the file and the line to go on from. Reads what others appended, and sets a torn tail aside."""
        if self._last is not None and _mark(fd) == self._seen:
            return self._seen[0], self._last
        with os.fdopen(os.dup(fd), "rb") as f:
            f.seek(0)
            data = f.read()
        state = self._parsed(data)
        size = len(data)
        if state.torn:
            # The torn bytes are kept beside the ledger before they leave it.
            with self.path.with_suffix(".torn").open("ab") as f:
                f.write(state.torn + b"\n")
                f.flush()
                os.fsync(f.fileno())
            size -= len(state.torn)
            os.ftruncate(fd, size)
        elif data and not data.endswith(b"\n"):
            size += os.write(fd, b"\n")
        return size, state.lines[-1] if state.lines else None

    def _write(self, fd: int, data: bytes, before: int) -> None:
        written = 0
        try:
            while written < len(data):
                written += os.write(fd, memoryview(data)[written:])
            os.fsync(fd)
            if before == 0:  # the names of a new file and of its new folders
                for folder in list(self.path.parents)[:3]:
                    _fsync_folder(folder)
        except OSError:
            with suppress(OSError):  # if that fails too, the reader sets the torn line aside
                if os.fstat(fd).st_size == before + written:  # nobody wrote after us
                    os.ftruncate(fd, before)  # take back our own half line only
                    if before == 0:
                        os.unlink(self.path)
            raise


def _mark(fd: int) -> tuple[int, int, int]:
    """Changes when anybody else writes to the file, or puts another in its place."""
    stat = os.fstat(fd)
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def _fsync_folder(folder: Path) -> None:
    """Make a new file's name durable too (POSIX; elsewhere opening a folder is not possible and not needed)."""
    try:
        fd = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _alone(fd: int) -> None:
    """Wait until nobody else is in the middle of an append: half of their line is not a torn one. Closing the file lets go.

    POSIX only, and for a second at most: elsewhere, and on shared folders without locks, the lock of the session has to do.
    """
    with suppress(ImportError):
        import fcntl

        for _ in range(100):
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                time.sleep(0.01)
            else:
                return


def uuid7(now: float, after: str = "") -> str:
    """A UUIDv7 (RFC 9562 §5.7) for the time `now` in seconds, always greater than the id `after`.

    Where the clock went back, or stands within one millisecond, a number a little after `after` is taken.
    """
    n = max(0, int(now * 1000)) << 74 | int.from_bytes(os.urandom(10)) >> 6
    if after:
        last = int(after.replace("-", ""), 16)
        last = (last >> 80) << 74 | (last >> 64 & 0xFFF) << 62 | last & (1 << 62) - 1
        if n <= last:
            n = last + 1 + int.from_bytes(os.urandom(3))  # random steps; a full count runs over into the milliseconds
    value = (n >> 74 & (1 << 48) - 1) << 80 | 7 << 76 | (n >> 62 & 0xFFF) << 64 | 2 << 62 | n & (1 << 62) - 1
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
