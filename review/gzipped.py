"""Gzip for the archive: the same content gives the same bytes, and nothing unpacks to more than was promised."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator


def packed(data: bytes) -> bytes:
    """The data in gzip, without a time or a name in it, so that it is the same whenever and wherever it is packed."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0, compresslevel=6) as f:
        f.write(data)
    return buffer.getvalue()


def unpacked(data: bytes, size: int) -> bytes:
    """What gzip data holds, if it holds exactly `size` bytes; b"" for anything else. Never unpacks more than that."""
    if not data.startswith(b"\x1f\x8b"):
        return b""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as f:
            content = f.read(size + 1)
    except (OSError, EOFError, zlib.error):
        return b""
    return content if len(content) == size else b""


def as_it_came(data: bytes, size: int) -> Iterator[bytes]:
    """What a file may have held when it had `size` bytes: before it was compressed, or its line ends were changed all alike."""
    yield unpacked(data, size)
    bare = data.replace(b"\r\n", b"\n")
    for changed in (bare, bare.replace(b"\n", b"\r\n")):
        if len(changed) == size:
            yield changed
