"""Digests of big files that did not change, remembered: the archive of a large search need not be read before every screen.

A file counts as unchanged where its size, times and inode are what they were, and it was old enough then that a later change
must show in them (as git has it for its index). `review doctor` reads every file anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType

BIG = 1 << 20  # bytes: below that reading is quicker than remembering
SETTLED = 2_000_000_000  # ns after its last change from which on a file may be taken as it was


class Digests:
    """kept: the file to remember them in, need not exist. now: nanoseconds since the epoch."""

    def __init__(self, kept: Path, now: Callable[[], int] = time.time_ns) -> None:
        self._kept, self._now = kept, now
        self._known: dict[str, list[object]] = {}
        with suppress(OSError, ValueError):
            found = json.loads(kept.read_text(encoding="utf-8"))
            self._known = found if isinstance(found, dict) else {}

    def of(self, path: Path, read: Callable[[Path], str]) -> str:
        """The digest of a file: remembered, or read and then remembered."""
        before = self._state(path)
        known = self._known.get(str(path))
        if before and known and known[:-1] == before:
            return str(known[-1])
        digest = read(path)
        if before and self._state(path) == before and self._now() - max(before[1], before[2]) > SETTLED:
            self._known[str(path)] = [*before, digest]
            self._save()
        return digest

    def _state(self, path: Path) -> list[int]:
        try:
            stat = os.stat(path)
        except OSError:
            return []
        return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino] if stat.st_size >= BIG else []

    def _save(self) -> None:
        """Only to be quicker next time: where it can't be kept, nothing is lost."""
        fresh = self._kept.with_name(f"{self._kept.name}.{os.getpid()}")
        with suppress(OSError):
            self._kept.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(self._known), encoding="utf-8")
            os.replace(fresh, self._kept)


def code_of(*modules: ModuleType) -> str:
    """A digest of the modules' source, of packages whole, and of the interpreter: what they made can be kept as long as it is the same."""
    files = {Path(path) for m in modules for folder in getattr(m, "__path__", ()) for path in Path(folder).rglob("*.py")}
    files |= {Path(str(m.__file__)) for m in modules}
    found = hashlib.sha256(sys.version.encode())
    for path in sorted(files):
        found.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
    return found.hexdigest()
