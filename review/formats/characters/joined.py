"""Files that were put together from parts in UTF-16 and parts in which a letter of ASCII is a byte: where each begins."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from review.model.patterns import lazy

_ASCII = rb"[\t\r\n -~]"
# A text in UTF-16 has a NUL for each letter of ASCII, before or behind it (it begins with no blank: that is the end of the part before);
# what fills a file up has nothing between.
_WIDE = lazy(rb"(\xff\xfe|\xfe\xff)?((?:\x00%s){12}|[!-~]\x00(?:%s\x00){11})" % (_ASCII, _ASCII))
# Signs of other scripts seldom look like so many letters of ASCII, with a line end among few.
_LINE = rb"(?:[ -~]{24}|(?=%s{12})[ -~]{4,23}\r?\n[ -~]{4})" % _ASCII
BYTES = lazy(_LINE)  # where it begins with letters of a byte each
_NARROW = {
    "utf-16-le": lazy(rb"(?<=[\t\r\n -~]\x00)(?:\xef\xbb\xbf)?(?=%s)" % _LINE),
    "utf-16-be": lazy(rb"(?<=\x00[\t\r\n -~])(?:\xef\xbb\xbf)?(?=%s)" % _LINE),
}
_AHEAD = 64  # bytes that show a part to begin


def parts(chunks: Iterable[bytes], wide: str) -> Iterator[tuple[str, bytes]]:
    """The bytes in pieces, each with the encoding of its part: one of UTF-16, or "" for one of a byte a letter. wide: that of the first part, or "";
    what is in another encoding is in it to the end."""
    held = b""
    for chunk, following in pairwise(chain(chunks, [b""])):
        data = held + chunk
        while found := _next(data, wide):
            yield wide, data[: found.start()]
            data = data[found.end() :] if wide else data[found.start(2) :]
            wide = "" if wide else "utf-16-be" if data[0] == 0 else "utf-16-le"
        held = data[-_AHEAD:] if following else b""
        yield wide, data[: len(data) - len(held)]


def _next(data: bytes, wide: str) -> re.Match[bytes] | None:
    """Where in a part in this encoding the next one begins."""
    if wide:
        return _NARROW[wide].search(data) if wide in _NARROW else None
    return _WIDE.search(data) if b"\x00" in data else None  # which is much sooner looked for


def as_utf8(pieces: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The pieces of `parts`, those that are not of a byte a letter in UTF-8."""
    at, decoder = "", None
    for wide, piece in pieces:
        if wide != at and decoder:
            yield decoder.decode(b"", True).encode()
        if wide != at:
            at, decoder = wide, codecs.getincrementaldecoder(wide)("replace") if wide else None
        yield decoder.decode(piece).encode() if decoder else piece
    if decoder:
        yield decoder.decode(b"", True).encode()
