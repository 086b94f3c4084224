"""Records to RIS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from review.model.record import Record


def write(records: Iterable[Record]) -> Iterator[bytes]:
    """x"""
    yield b""
