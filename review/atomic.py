"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import glob
import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from review.errors import ReviewError


def write(path: Path, data: bytes | str | Iterable[bytes]) -> bool:
    """Write a file whole or not at all: temporary file, flush, rename. Unchanged content is left alone, but for what comes in pieces. A link
    stays, and what it names is written; a device or a pipe (/dev/stdout) is written to as it is.

    Returns whether it wrote. Raises ReviewError where the disk is full or the folder can't be written, and whatever
    comes up while the pieces are made.
    """
    content = data.encode() if isinstance(data, str) else data
    pieces = [content] if isinstance(content, bytes) else content
    named, temporary = path, None
    try:
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
        fd, temporary = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=path.parent)
        with os.fdopen(fd, "wb") as f:
            f.writelines(pieces)
            f.flush()
            os.fsync(f.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise ReviewError(
            f"{named}: can't be written: {error.strerror}", "Nothing was changed there. Check permissions and free space."
        ) from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
    return True


def _takes_all(path: Path) -> bool:
    """Whether it is there, and is what no file can take the place of: a device, a pipe."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
