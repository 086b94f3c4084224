"""What a format is. A new one is a file with a `Format` and a line in `registry.py` (or an entry point)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Protocol

from review.errors import FormatError

if TYPE_CHECKING:
    from review.model.record import Record, Reject

NO_COLUMNS: Mapping[str, str] = MappingProxyType({})  # nobody said what columns mean
Input = bytes | BinaryIO  # a whole file, or the file opened for reading at its start


class Write(Protocol):
    """Records to the bytes of a file, piece by piece. carried: counts the records by what only a note could hold.

    notes: False leaves the notes out, for programs of others; what is counted is then lost.
    """

    def __call__(self, records: Iterable[Record], carried: Counter[str] | None = None, /, *, notes: bool = True) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """One file format.

    `score` looks at the first 64 KiB of the decoded text (the whole, if shorter) and answers 0 (not mine) to
    1 (certainly mine); `binary` is for formats that are no text, and looks at the first bytes instead. `read`
    takes a file and yields, in file order, a Record or a Reject for each entry: records + rejects = entries,
    always. It raises FormatError only where the file as a whole can't be read. `columns` (field -> column name)
    is a mapping that a person gave; formats without columns ignore it. `write` gives the bytes of a file, piece
    by piece, from which `read` gives equal records again (but for `line` and `raw`); None: read only. `heading` gives the
    names of the columns, for tables that are no text.
    """

    name: str
    label: str
    score: Callable[[str], float]
    read: Callable[[Input, Mapping[str, str]], Iterator[Record | Reject]]
    write: Write | None = None
    suffixes: tuple[str, ...] = ()  # of files to write, with the dot: the first is the usual one
    binary: Callable[[bytes], bool] | None = None
    variants: tuple[Format, ...] = ()  # the same to read, written in another way
    heading: Callable[[Input], str] | None = None
    mapped: bool = False  # whether `read` heeds `columns`


_MOST = 1 << 30  # bytes that are read at once
_HEAD = 65536  # bytes


def head_of(data: Input) -> str:
    """The beginning of a file letter by letter, whatever its encoding, for signs in ASCII; a stream is at its start again."""
    head = data[:_HEAD] if isinstance(data, bytes) else data.read(_HEAD)
    if not isinstance(data, bytes):
        data.seek(0)
    return head.replace(b"\x00", b"").decode("latin-1")


def no_text(_head: str) -> float:
    """The score of a format that is no text."""
    return 0.0


def whole(data: Input) -> bytes:
    """The bytes of a file, for formats that can't be read piece by piece. Raises FormatError where that would fill the memory."""
    found = data if isinstance(data, bytes) else data.read(_MOST + 1)
    if len(found) > _MOST:
        raise FormatError("it is larger than 1 GB, and in this format it would be read at once", "Export it in parts, or as RIS.")
    return found
