"""Bibliographic files on the command line, opened and named as people name them; each file in a ZIP is a file of its own."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from review.cli.common import MOST_SHOWN, say
from review.errors import FormatError, unreadable
from review.opening import called, opened

if TYPE_CHECKING:
    from review.formats.base import Format
    from review.model.record import Reject

ReadAs = Annotated[str, typer.Option("--format", help="Name the format where it is not recognised.")]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        help="FIELD=COLUMN for a table whose header is not understood: title='Article name', year=3 (the third column). May be repeated.",
    ),
]


@dataclass(frozen=True)
class File:
    """One file of references, open at its start. shown: what to call it; a file in a ZIP is `archive.zip/name`."""

    path: Path
    shown: str
    stream: BinaryIO
    packed: bool

    @contextmanager
    def reading(self, format_name: str = "", columns: Mapping[str, str] | None = None) -> Iterator[tuple[BinaryIO, Format]]:
        """The stream and its format: the one named, else the one that its content shows.

        Raises FormatError, whose message names the file, here and while the entries are read.
        """
        from review.formats.describe import HEAD
        from review.formats.registry import by_name, detect, doubt

        with _named(self.path, self.shown):
            head = self.stream.read(HEAD)
            self.stream.seek(0)
        form = by_name(format_name) if format_name else detect(head, self.shown, columns or {})
        if format_name and (words := doubt(head, form)):
            say(f"  note: {self.shown}: {words}")
        with _named(self.path, self.shown):
            # A workbook is read from its end, which is not to be had before all of it is unpacked.
            yield io.BytesIO(self.stream.read()) if form.binary and self.packed else self.stream, form


def files(path: Path) -> Iterator[File]:
    """The file of that name, or standard input where that is -, unpacked if it is compressed, or each of the files in a ZIP; one is to be
    read before the next.

    Raises FormatError for an archive that can't be read, ReviewError for what can't be opened.
    """
    from review.formats.packed import parts

    name = called(path)
    with _named(path, name), opened(path) as stream:
        for part in parts(stream):
            shown = f"{name}/{part.inner}" if part.inner else name
            if part.aside:
                say(f"  {shown}: not read: {part.aside}")
            else:
                yield File(path, shown, part.stream, part.packed)


def tell_rejects(tell: Callable[[str], None], rejects: Sequence[tuple[str, Reject]], others: str) -> None:
    """Say which entries were rejected: (what their file is called, the reject). others: what lists all where they are many."""
    for shown, reject in rejects[:MOST_SHOWN]:
        tell(f"  {shown}:{reject.line}: rejected: {reject.reason}")
    if len(rejects) > MOST_SHOWN:
        tell(f"  … and {len(rejects) - MOST_SHOWN:,} more; {others} lists them all")


@contextmanager
def _named(path: Path, shown: str) -> Iterator[None]:
    """What goes wrong within names the file."""
    try:
        yield
    except FormatError as error:
        raise FormatError(f"{shown}: {error.message}", error.hint) from None
    except OSError as error:
        if error.filename is not None and str(error.filename) != str(path):
            raise
        raise unreadable(path, error) from None
