"""Bibliographic files on the command line, opened and named as people name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from review.errors import FormatError, ReviewError, UsageError

if TYPE_CHECKING:
    from review.formats.base import Format


@contextmanager
def opened(path: Path, format_name: str = "", columns: Mapping[str, str] | None = None) -> Iterator[tuple[BinaryIO, Format]]:
    """The file, open at its start, and its format: the one named, else the one that its content shows.

    Raises FormatError, whose message names the file, here and while the entries are read.
    """
    from review.formats.describe import HEAD
    from review.formats.registry import by_name, detect

    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
            stream.seek(0)
            try:
                form = by_name(format_name) if format_name else detect(head, path.name)
            except FormatError:
                if not columns or not head.strip():
                    raise
                form = by_name("csv")  # whoever maps columns says that it is a table
            try:
                yield stream, form
            except FormatError as error:
                raise FormatError(f"{path}: {error.message}", error.hint) from None
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder.", "Name its files.") from None
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file.", "Check the name.") from None
    except OSError as error:
        if error.filename is not None and str(error.filename) != str(path):
            raise
        raise ReviewError(f"{path}: can't be read: {error.strerror}", "Check its permissions.") from None
