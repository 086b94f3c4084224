"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import glob
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from review.errors import ReviewError


def write(path: Path, data: bytes | str | Iterable[bytes]) -> bool:
    """Write a file whole or not at all: temporary file, flush, rename. Unchanged content is left alone, but for what comes in pieces. A link
    stays, and what it names is written; a device or a pipe (/dev/stdout) is written to as it is.

    Returns whether it wrote. Raises ReviewError where the disk is full or the folder can't be written, and whatever
    comes up while the pieces are made.
    """
    content = data.encode() if isinstance(data, str) else data
    pieces = [content] if isinstance(content, bytes) else content
    with _told(path):
        if _takes_all(path):
            with path.open("wb") as f:
                f.writelines(pieces)
            return True
        path = path.resolve() if path.is_symlink() else path
        if isinstance(content, bytes) and path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        prefix = f".{path.name[:40]}."
        for old in path.parent.glob(f"{glob.escape(prefix)}{'?' * 8}.tmp"):
            old.unlink(missing_ok=True)  # of a process that was killed
        _place(path.parent, prefix, lambda f: f.writelines(pieces), lambda _: path.name)
    return True


def write_named(folder: Path, fill: Callable[[BinaryIO], object], name: Callable[[Path], str]) -> Path:
    """Write a file whole or not at all whose name tells of what it holds, without all of that in memory; the path of it.

    fill: writes it; name: its name, from what was written. Raises as `write` does.
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        return _place(folder, ".", fill, name)


def _place(folder: Path, prefix: str, fill: Callable[[BinaryIO], object], name: Callable[[Path], str]) -> Path:
    fd, temporary = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=folder)
    try:
        with os.fdopen(fd, "wb") as f:
            fill(f)
            f.flush()
            os.fsync(f.fileno())
        os.chmod(temporary, 0o644)
        path = folder / name(Path(temporary))
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    return path


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system says against it, in words."""
    try:
        yield
    except OSError as error:
        raise ReviewError(
            f"{path}: can't be written: {error.strerror or error}", "Nothing was changed there. Check permissions and free space."
        ) from None


def _takes_all(path: Path) -> bool:
    """Whether it is there, and is what no file can take the place of: a device, a pipe."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
