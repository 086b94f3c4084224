"""Files to read as a person names them: - is standard input."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from filecmp import cmp
from pathlib import Path
from typing import BinaryIO


def called(path: Path) -> str:
    """What a person is told that a file is called."""
    return "standard input" if str(path) == "-" else str(path)


def short_names(paths: Sequence[Path]) -> list[str]:
    """What files are called, each by its name; where two have the same name, with as many folders before it as tell them apart."""
    names = [called(path) if str(path) == "-" else path.name for path in paths]
    for depth in range(2, max((len(path.parts) for path in paths), default=0) + 1):
        count = Counter(names)
        if len(count) == len(names):
            break
        names = ["/".join(path.parts[-depth:]) if count[name] > 1 else name for path, name in zip(paths, names, strict=True)]
    return names


def once(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The files, each once, and those that were there before under this or another name: nothing is to be counted twice."""
    known: set[Path] = set()
    first: list[Path] = []
    again: list[Path] = []
    for path in paths:
        place = path if str(path) == "-" else path.resolve()
        (again if place in known else first).append(path)
        known.add(place)
    return first, again


def _same(one: Path, other: Path) -> bool:
    try:
        return cmp(one, other, shallow=False)
    except OSError:  # of which is told where they are read
        return False


def copies(paths: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Each file that holds the very bytes of one before it, and that one: `psy (1).ris`, as browsers name what is downloaded again."""
    found: list[tuple[Path, Path]] = []
    of_size: dict[int, list[Path]] = {}
    for path in paths:
        if path.is_file() and (size := path.stat().st_size):
            same = next((before for before in of_size.get(size, ()) if _same(before, path)), None)
            if same:
                found.append((path, same))
            else:
                of_size.setdefault(size, []).append(path)
    return found


_aside: dict[str, BinaryIO] | None = None  # what can be read but once, while it may be read again


@contextmanager
def reading_often() -> Iterator[None]:
    """Within, standard input and pipes can be opened more than once; also within itself, where what was set aside serves on."""
    global _aside
    if _aside is not None:
        yield
        return
    with ExitStack() as held:
        _aside = {}
        try:
            yield
        finally:
            for kept in _aside.values():
                held.enter_context(kept)
            _aside = None


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file, at its start; of - standard input. That and a pipe are set aside first, since a format is found by looking twice. Raises OSError."""
    name = str(path)
    kept = _aside.get(name) if _aside else None
    with nullcontext() if kept or name == "-" else path.open("rb") as file:
        if file and file.seekable():
            yield file
            return
        with nullcontext(kept or tempfile.TemporaryFile()) if _aside is not None else tempfile.TemporaryFile() as kept:
            if _aside is not None:
                _aside[name] = kept
            kept.seek(0, 2)
            if name == "-" or file:
                shutil.copyfileobj(file or sys.stdin.buffer, kept)  # nothing, the second time
            kept.seek(0)
            yield kept
