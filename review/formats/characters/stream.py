"""Text in blocks of whole lines, whatever the size of the file: no more than a block of it is in memory."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from review.errors import FormatError
from review.formats.base import Input
from review.formats.characters import charsets, joined
from review.formats.characters.dress import undressed
from review.formats.characters.text import BOM, marked, narrow, normalise

_BLOCK = 1 << 19  # bytes
_LONGEST = 1 << 28  # bytes of one line, or between two of the signs that pieces end with: what goes on longer would fill the memory


def blocks(data: Input) -> Iterator[str]:
    """The text of a file in blocks that end with a line (but the last), each line end as LF.

    The encoding is decided as `text.decode` does, by what has been read so far. A later block that disagrees is
    read as what it is; no byte is lost. The same file gives the same blocks from bytes and from a stream.
    """
    texts = _texts(_chunks(io.BytesIO(data) if isinstance(data, bytes) else data), _whole_lines)
    first = next(texts, "")
    if "\n" not in first:  # nor is there one behind it
        first = first.translate(_OTHER_ENDS)
    yield first
    yield from texts


_OTHER_ENDS = dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n")  # of a text that has no other: word processors', web pages'


def first_block(data: Input) -> str:
    """The first of the `blocks`; a stream is at its start again."""
    block = next(blocks(data), "")
    if not isinstance(data, bytes):
        data.seek(0)
    return block


def pieces(data: Input, behind: bytes) -> Iterator[str]:
    """The text of a file in pieces that end behind a sign (but the last), however long its lines are. Else as `blocks`.

    behind: a byte that is part of no other character in any encoding that is read here, such as `>` and `,`.
    """
    yield from _texts(_chunks(io.BytesIO(data) if isinstance(data, bytes) else data), lambda chunks: _cut_behind(chunks, behind))


def _texts(chunks: Iterator[bytes], cut: Callable[[Iterator[bytes]], Iterator[bytes]]) -> Iterator[str]:
    """The text of a file, cut, without what was put around it."""
    return undressed(_decoded(chunks, cut))


def _decoded(chunks: Iterator[bytes], cut: Callable[[Iterator[bytes]], Iterator[bytes]]) -> Iterator[str]:
    encoding, chunks = _begun(chunks)
    for piece in cut(chunks):
        text, encoding, _ = narrow(piece, encoding)
        yield normalise(text)


def elements(data: Input) -> Iterator[str]:
    """The text of a file of XML in pieces that end behind a `>` (but the last): no piece cuts a tag."""
    return pieces(data, b">")


class Window:
    """The part of a text that is in memory, and the place `at` in it up to which it is read."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self.text = ""
        self.at = 0
        self._line, self._counted = 1, 0
        self.endless: set[str] = set()  # signs of what never closes

    def more(self, least: int = 1) -> bool:
        """More of the text, at least so many characters while there are; what is read already goes. False, and nothing changes, at its end."""
        found: list[str] = []
        while least > 0 and (piece := next(self._pieces, None)) is not None:
            found.append(piece)
            least -= max(1, len(piece))
        if not found:
            return False
        self.line()
        self.text = "".join([self.text[self.at :], *found])
        self.at = self._counted = 0
        return True

    def line(self) -> int:
        """The number of the line that `at` lies in."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line


def lines(data: Input) -> Iterator[str]:
    """The lines of a file, without their ends."""
    for block in blocks(data):
        yield from (block[:-1] if block.endswith("\n") else block).split("\n")


@dataclass(slots=True)
class Survey:
    """How a file is written. stray: bytes that were not of the encoding; foreign: letters that are no ASCII, where they alone tell it;
    misplaced: those of them that stand where no language has them."""

    encoding: str = ""  # "" is ASCII only
    marked: bool = False  # a byte-order mark
    stray: int = 0
    foreign: int = 0
    misplaced: int = 0
    line_ends: Counter[str] = field(default_factory=Counter)
    joined: bool = False  # of parts in UTF-16 and in others


def survey(data: Input) -> Survey:
    """Look through a whole file, a block at a time, without reading its entries."""
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    head = stream.read(4096)
    wide, mark = marked(head)
    stream.seek(-len(head), io.SEEK_CUR)
    found = Survey(wide, bool(mark))
    of_parts: set[str] = set()
    encoding, chunks = _begun(joined.as_utf8(_noting(_parts(stream), of_parts)))
    found.encoding = wide or encoding
    for chunk in _whole_lines(chunks):
        text, encoding, stray = narrow(chunk, found.encoding if not wide else "")
        found.encoding, found.stray = wide or encoding, found.stray + stray
        if found.encoding not in ("", "utf-8") and not wide:
            found.foreign += len(text) - len(text.encode("ascii", "ignore"))
            found.misplaced += charsets.misplaced(text)
        crlf = text.count("\r\n")
        found.line_ends += Counter({"CRLF": crlf, "LF": text.count("\n") - crlf, "CR": text.count("\r") - crlf})
    found.joined = len(of_parts) > 1
    return found


def _noting(parts: Iterable[tuple[str, bytes]], encodings: set[str]) -> Iterator[tuple[str, bytes]]:
    for wide, piece in parts:
        if piece:
            encodings.add(wide)
        yield wide, piece


def _begun(chunks: Iterator[bytes]) -> tuple[str, Iterator[bytes]]:
    """The encoding, and the same chunks. The first as a whole decides, not the first line or piece of it: a small file is all in one."""
    first = next(chunks, b"")
    return narrow(first)[1], chain([first], chunks)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of a stream, of byte-order marks with that of UTF-8 alone; what is in UTF-16 or UTF-32 as UTF-8."""
    yield from joined.as_utf8(_parts(stream))


def _parts(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    chunk = stream.read(_BLOCK)
    wide, mark = marked(chunk)
    start = BOM + chunk[mark:] if mark and not wide else chunk[mark:]
    yield from joined.parts(chain([start], iter(lambda: stream.read(_BLOCK), b"")), wide)


def _whole_lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut behind line ends; a CR at the end of a chunk may be half of a CRLF and waits."""
    held = _Held()
    for chunk in chunks:
        cut = chunk.rfind(b"\n") + 1 or chunk.rfind(b"\r", 0, len(chunk) - 1) + 1
        if held and not cut and held[-1].endswith(b"\r") and not chunk.startswith(b"\n"):
            yield b"".join(held)
            held = _Held()
        if cut:
            yield b"".join([*held, chunk[:cut]])
            held = _Held()
        if chunk := chunk[cut:]:
            held.append(chunk)
    if held:
        yield b"".join(held)


class _Held(list[bytes]):
    """Chunks that wait for the end of a line. Raises FormatError where it does not come."""

    size = 0

    def append(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.size > _LONGEST:
            raise FormatError(
                "a line in it is longer than 256 MB, which no list of references has", "Export it again, in parts if it is large."
            )
        super().append(chunk)


def _cut_behind(chunks: Iterator[bytes], sign: bytes) -> Iterator[bytes]:
    """The same bytes, cut behind that sign."""
    held = _Held()
    for chunk in chunks:
        if cut := chunk.rfind(sign) + 1:
            yield b"".join([*held, chunk[:cut]])
            held = _Held()
        if chunk := chunk[cut:]:
            held.append(chunk)
    if held:
        yield b"".join(held)
