"""Sets of records as whole numbers: bit n is record n of the library. Boolean operators on ten million records take milliseconds."""

from __future__ import annotations

from collections.abc import Sequence

NONE = 0
_ONE = ord("1")


def hits(docs: Sequence[int], size: int) -> int:
    """The set of these record numbers, all of them in 0..size."""
    if len(docs) * 16 < size:
        few = bytearray((size >> 3) + 1)
        for doc in docs:
            few[doc >> 3] |= 1 << (doc & 7)
        return int.from_bytes(few, "little")
    many = bytearray(b"0") * (size + 1)
    for doc in docs:
        many[size - doc] = _ONE
    return int(bytes(many), 2)  # linear, for 2 is a power of two


def docs(found: int) -> list[int]:
    """The record numbers of a set, ascending."""
    if found.bit_count() * 64 < found.bit_length():
        return _few(found)
    return [n for n, bit in enumerate(reversed(bin(found))) if bit == "1"]


def _few(found: int) -> list[int]:
    result: list[int] = []
    data = found.to_bytes((found.bit_length() + 7) // 8, "little")
    at = 0
    for piece in data.split(b"\0"):
        for byte in piece:
            result.extend(at * 8 + bit for bit in range(8) if byte >> bit & 1)
            at += 1
        at += 1
    return result
