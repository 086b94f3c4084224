"""Files to read as a person names them: - is standard input."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO


def called(path: Path) -> str:
    """What a person is told that a file is called."""
    return "standard input" if str(path) == "-" else str(path)


_aside: BinaryIO | None = None  # standard input, while it may be read again


@contextmanager
def reading_often() -> Iterator[None]:
    """Within, standard input can be opened more than once."""
    global _aside
    with tempfile.TemporaryFile() as kept:
        _aside = kept
        try:
            yield
        finally:
            _aside = None


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file, at its start; of - standard input, set aside first, since a format is found by looking twice. Raises OSError."""
    if str(path) != "-":
        with path.open("rb") as file:
            yield file
        return
    with nullcontext(_aside) if _aside else tempfile.TemporaryFile() as kept:
        kept.seek(0, 2)
        shutil.copyfileobj(sys.stdin.buffer, kept)  # nothing, the second time
        kept.seek(0)
        yield kept
