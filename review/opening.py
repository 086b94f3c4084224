"""Files to read as a person names them: - is standard input."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def called(path: Path) -> str:
    """What a person is told that a file is called."""
    return "standard input" if str(path) == "-" else str(path)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file, at its start; of - standard input, set aside first, since a format is found by looking twice. Raises OSError."""
    if str(path) != "-":
        with path.open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.seek(0)
        yield kept
