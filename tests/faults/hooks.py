"""Faults that a child process brings upon itself: it dies, or its disk fails, at the n-th thing that it does to a disk."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import sqlite3.dbapi2
from collections.abc import Callable
from pathlib import Path
from typing import Any

Fault = Callable[[], None]
Act = Callable[[str, str], None]  # what is done, and to which path ('' where only a descriptor is known)

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def watch(act: Act) -> None:
    """Call `act` before each change of a file in this process; a write is cut in two, with an act between."""
    real = {name: getattr(os, name) for name in ("open", "write", "fsync", "ftruncate", "replace", "unlink", "mkdir", "fdopen")}

    def open_(path: Any, flags: int, *rest: Any, **more: Any) -> Any:
        if flags & WRITING:
            act("open", os.fspath(path))
        return real["open"](path, flags, *rest, **more)

    def write(fd: int, data: Any) -> Any:
        act("write", "")
        return real["write"](fd, data[: (len(data) + 1) // 2])  # the caller writes the rest, as after any short write

    def on_path(name: str) -> Callable[..., Any]:
        def call(path: Any, *rest: Any, **more: Any) -> Any:
            act(name, "" if isinstance(path, int) else os.fspath(path))
            return real[name](path, *rest, **more)

        return call

    def fdopen(fd: int, mode: str = "r", *rest: Any, **more: Any) -> Any:
        file = real["fdopen"](fd, mode, *rest, **more)
        return Halved(file, act) if mode == "wb" else file

    changed = {"open": open_, "write": write, "fdopen": fdopen} | {
        n: on_path(n) for n in ("fsync", "ftruncate", "replace", "unlink", "mkdir")
    }
    for name, function in changed.items():
        setattr(os, name, function)


class Halved:
    """A file that is written in two halves, with an act between."""

    def __init__(self, file: Any, act: Act) -> None:
        self.file, self.act = file, act

    def __enter__(self) -> Halved:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def write(self, data: bytes) -> None:
        self.file.write(data[: len(data) // 2])
        self.file.flush()
        self.act("half", "")
        self.file.write(data[len(data) // 2 :])


def watch_index(act: Act) -> None:
    """Call `act` before each statement to the index."""
    real = sqlite3.connect

    def connect(*words: Any, **more: Any) -> Any:
        connection = real(*words, **more)
        connection.set_trace_callback(lambda sql: act("sql", ""))
        return connection

    sqlite3.connect = connect  # type: ignore[assignment]
    sqlite3.dbapi2.connect = connect  # type: ignore[assignment]


def count(into: Path) -> Fault:
    """No fault: write a byte into a file for each chance of one."""

    def fault() -> None:
        fd = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        write = os.write

        def act(what: str, path: str) -> None:
            write(fd, b".")

        watch(act)
        watch_index(act)

    return fault


def kill_at(n: int) -> Fault:
    """kill -9 at the n-th chance, counted from 1."""

    def fault() -> None:
        seen = 0

        def act(what: str, path: str) -> None:
            nonlocal seen
            seen += 1
            if seen == n:
                os.kill(os.getpid(), signal.SIGKILL)

        watch(act)
        watch_index(act)

    return fault


def full_from(n: int) -> Fault:
    """From the n-th write on the disk is full: nothing can be made or written, but files can be deleted and cut."""

    def fault() -> None:
        seen = 0

        def act(what: str, path: str) -> None:
            nonlocal seen
            if what in ("replace", "unlink", "ftruncate"):
                return
            seen += 1
            if seen >= n:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path or None)

        watch(act)

    return fault


def denied(*folders: Path, error: int = errno.EACCES) -> Fault:
    """Below these folders nothing can be changed. The index there is opened read-only."""

    def fault() -> None:
        def act(what: str, path: str) -> None:
            if path and any(Path(path).resolve().is_relative_to(f) for f in folders):
                raise OSError(error, os.strerror(error), path)

        watch(act)
        real = sqlite3.connect

        def connect(where: Any, *words: Any, **more: Any) -> Any:
            if not str(where).startswith("file:") and any(Path(where).is_relative_to(f) for f in folders):
                return real(f"{Path(where).as_uri()}?mode=ro", *words, uri=True, **{k: v for k, v in more.items() if k != "uri"})
            return real(where, *words, **more)

        sqlite3.connect = connect  # type: ignore[assignment]
        sqlite3.dbapi2.connect = connect  # type: ignore[assignment]

    return fault


def small_files(most: int) -> Fault:
    """No file may grow beyond `most` bytes: what a quota does, and near enough what a full disk does to SQLite."""

    def fault() -> None:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return fault


def small_index(pages: int) -> Fault:
    """The index may not have more pages than this: SQLite then says that the disk is full."""

    def fault() -> None:
        real = sqlite3.connect

        def connect(*words: Any, **more: Any) -> Any:
            connection = real(*words, **more)
            connection.execute(f"PRAGMA max_page_count = {pages}")
            return connection

        sqlite3.connect = connect  # type: ignore[assignment]
        sqlite3.dbapi2.connect = connect  # type: ignore[assignment]

    return fault
