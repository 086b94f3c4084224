"""What a format is. A new one is a file with a `Format` and a line in `registry.py` (or an entry point)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from review.model.record import Record, Reject


@dataclass(frozen=True, slots=True)
class Format:
    """One file format.

    `score` looks at the first 64 KiB of the decoded text (the whole, if shorter) and answers 0 (not mine) to
    1 (certainly mine). `read` takes the bytes of a whole file and yields, in file order, a Record or a Reject
    for each entry: records + rejects = entries, always. It raises FormatError only where the file as a whole
    can't be read. `columns` (field -> column name) is a mapping that a person gave; formats without columns
    ignore it.
    """

    name: str
    label: str
    score: Callable[[str], float]
    read: Callable[[bytes, Mapping[str, str]], Iterator[Record | Reject]]
