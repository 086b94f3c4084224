"""Files that a command is told to read and to write, looked at before anything is done. Loads no command line, as what deduplicates files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from review.cli.telling import say
from review.errors import UsageError
from review.opening import copies, once


def each_once(files: Sequence[Path]) -> list[Path]:
    """The files to read, each once; says which were named twice, and which hold the same bytes."""
    first, again = once(files)
    for path in again:
        say(f"note: {path} is named twice; it is read once.")
    for path, before in copies(first):
        say(f"note: {path} holds the same bytes as {before}; the records of each count.")
    return first


def check_written(written: Sequence[Path | None], read: Sequence[Path]) -> None:
    """Raises UsageError, before anything is done, where a file to write is a folder, one of those to read, or named twice: one would be lost."""
    named: set[Path] = set()
    for path in written:
        if path is None or str(path) == "-" or (path.exists() and not path.is_file() and not path.is_dir()):  # a device or a pipe takes all
            continue
        if path.is_dir():
            raise UsageError(f"{path} is a folder.", "Name a file in it.")
        if path.exists() and any(file.exists() and path.samefile(file) for file in read):
            raise UsageError(f"{path} is one of the files to read.", "Write to another file.")
        place = path.resolve()
        if place in named:
            raise UsageError(f"{path} is named for two things to write.", "Name another file for one of them.")
        named.add(place)
