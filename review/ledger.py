"""Ledgers: append-only, hash-chained, one JSON object a line.

A line holds its own hash (sha256 of its canonical JSON without `hash`) and `prev`, the hash of the line before.
One person on two machines makes a fork: the chain is checked as a tree, and a merge is the sorted union of
lines. A line is on disk before `append` returns.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout

from review.errors import IntegrityError, ReviewError
from review.model.events import Event, Opened, from_json, to_json

VERSION = 1
E = TypeVar("E", bound=Event)


class Ledger(ABC):
    """What one person did in one phase. The file ledger is the first implementation."""

    @abstractmethod
    def events(self) -> list[Event]:
        """All events in the order of their ids. Raises IntegrityError if a line was edited, lost or forged."""

    @abstractmethod
    def append(self, event: E) -> E:
        """Put the event on disk; give it back with its id and time. Raises ReviewError if it could not be kept."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int  # 1-based
    hash: str
    prev: str
    event: Event


@dataclass(frozen=True, slots=True)
class Read:
    """A ledger as it stands on disk: its lines sorted by id, and the torn last line if there is one."""

    lines: tuple[Line, ...]
    torn: bytes = b""

    @property
    def heads(self) -> tuple[str, ...]:
        """Hashes of the lines that no line follows: one, or more after a fork."""
        followed = {line.prev for line in self.lines}
        return tuple(sorted(line.hash for line in self.lines if line.hash not in followed))


def line_hash(data: dict[str, Any]) -> str:
    """sha256 of the canonical JSON (sorted keys, no spaces, UTF-8) of a line without its own `hash`."""
    content = {k: v for k, v in data.items() if k != "hash"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def parse(data: bytes, name: str, root: str) -> Read:
    """Read and verify the bytes of a ledger.

    name: for messages; root: the `prev` of first lines. A last line without its line end that is not whole is
    torn: it is set aside, not an error. Raises IntegrityError naming every line that does not verify.
    """
    problems: list[str] = []
    found: dict[str, Line] = {}
    *whole, tail = data.split(b"\n")
    torn = b""
    if tail:
        if _complete(tail):
            whole.append(tail)
        else:
            torn = tail
    for number, raw in enumerate(whole, 1):
        raw = raw.rstrip(b"\r")
        if not raw.strip():
            continue
        if raw[:7] in (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||"):
            problems.append(f"{name}:{number}: a merge conflict marker; keep the lines of both sides and delete only the markers")
            continue
        try:
            content = json.loads(raw)
            if not isinstance(content, dict):
                raise ValueError("not a JSON object")
            event = from_json(content)
        except (ValueError, RecursionError) as error:
            problems.append(f"{name}:{number}: not a ledger line ({error})")
            continue
        if content.get("hash") != line_hash(content):
            problems.append(f"{name}:{number}: was edited after it was written ({event.kind} {event.id})")
            continue
        found.setdefault(content["hash"], Line(number, content["hash"], str(content.get("prev", "")), event))
    problems += [
        f"{name}:{line.number}: the line before it is missing or was edited"
        for line in found.values()
        if line.prev != root and line.prev not in found
    ]
    if problems:
        raise IntegrityError("\n".join(problems), "Restore the file from git or a backup; a ledger is only ever appended to.")
    return Read(tuple(sorted(found.values(), key=lambda line: (line.event.id, line.hash))), torn)


def _complete(tail: bytes) -> bool:
    try:
        content = json.loads(tail)
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.get("hash") == line_hash(content)


class FileLedger(Ledger):
    """A ledger in a file. `session` holds it for one person at a time."""

    def __init__(self, path: Path, *, opened: Opened, lock: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        """path: the .jsonl file, need not exist; opened: what its first line says; lock: the lock file of a session."""
        self.path = path
        self._opened = opened
        self._lock = lock
        self._clock = clock
        self._last: Line | None = None
        self._count = -1
        self.root = hashlib.sha256(f"{opened.review}/{opened.ledger}".encode()).hexdigest()

    def read(self) -> Read:
        """What is on disk, verified. Raises IntegrityError, or ReviewError where the file can't be read."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return Read(())
        except OSError as error:
            raise ReviewError(f"{self.path}: can't be read: {error.strerror}", "Check the permissions of the file.") from None
        return parse(data, str(self.path), self.root)

    def events(self) -> list[Event]:
        return [line.event for line in self.read().lines]

    @contextmanager
    def session(self) -> Iterator[FileLedger]:
        """Hold the ledger: a second session of the same person is refused with ReviewError."""
        if self._lock is None:
            yield self
            return
        self._lock.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._lock, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise ReviewError(
                f"{self.path.name} is in use by another session.", "Close the other session, or go on there."
            ) from None
        except OSError as error:
            raise ReviewError(f"{self._lock}: {error.strerror}", "Check the permissions of the folder.") from None
        try:
            yield self
        finally:
            lock.release()

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
            raise ReviewError(f"{self.path}: can't be written: {error.strerror}", "Nothing was kept of this decision. Check permissions and free space.") from None
        try:
            before = os.fstat(fd).st_size
            if before != self._count or self._last is None:
                before = self._catch_up(fd)
            done: list[E] = []
            text = ""
            if self._last is None:
                text, self._last = self._line(self._opened, None)
            for event in events:
                line, self._last = self._line(event, self._last)
                text += line
                done.append(self._last.event)  # type: ignore[arg-type]  # the same event, stamped
            self._write(fd, text.encode(), before)
        finally:
            os.close(fd)
        return done

    def _line(self, event: Event, last: Line | None) -> tuple[str, Line]:
        now = self._clock()
        at = datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        stamped = replace(event, id=uuid7(now, last.event.id if last else ""), at=at, by=event.by or self._opened.by)
        data = {"v": VERSION, **to_json(stamped), "prev": last.hash if last else self.root}
        data["hash"] = line_hash(data)
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", Line(0, data["hash"], data["prev"], stamped)

    def _catch_up(self, fd: int) -> int:
        """Read what others appended, set a torn tail aside, and find the line to go on from. Returns the size."""
        with os.fdopen(os.dup(fd), "rb") as f:
            f.seek(0)
            data = f.read()
        state = parse(data, str(self.path), self.root)
        self._last = state.lines[-1] if state.lines else None
        size = len(data)
        if state.torn:
            # The torn bytes are kept beside the ledger before they leave it.
            aside = self.path.with_suffix(".torn")
            with aside.open("ab") as f:
                f.write(state.torn + b"\n")
                f.flush()
                os.fsync(f.fileno())
            size -= len(state.torn)
            os.ftruncate(fd, size)
        elif data and not data.endswith(b"\n"):
            size += os.write(fd, b"\n")
        return size

    def _write(self, fd: int, data: bytes, before: int) -> None:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(fd, view) :]
            os.fsync(fd)
            if before == 0:
                _fsync_folder(self.path.parent)
            self._count = before + len(data)
        except OSError as error:
            self._last, self._count = None, -1
            with suppress(OSError):  # if that fails too, the reader sets the torn line aside
                os.ftruncate(fd, before)  # take back our own half line only
            raise ReviewError(
                f"{self.path}: not saved: {error.strerror}", "This one is not kept; all before it are. Free some space and try again."
            ) from None


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


def uuid7(now: float, after: str = "") -> str:
    """A UUIDv7 (RFC 9562 §5.7) for the time `now` in seconds, always greater than the id `after`.

    Where the clock went back, or stands within one millisecond, the number after `after` is taken.
    """
    value = (int(now * 1000) & (1 << 48) - 1) << 80 | 7 << 76 | int.from_bytes(os.urandom(2)) % (1 << 12) << 64
    value |= 2 << 62 | int.from_bytes(os.urandom(8)) >> 2
    if after:
        last = int(after.replace("-", ""), 16)
        if value <= last:
            # Count on in the lowest 62 bits, random steps apart; they can't overflow in a lifetime of keystrokes.
            value = last + 1 + int.from_bytes(os.urandom(3))
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
