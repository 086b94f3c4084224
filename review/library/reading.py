"""Entries read and packed: the part of a build that other processes can do."""

from __future__ import annotations

from typing import Any

from review.library.elements import BadEntry
from review.library.entry import entry_of
from review.store.library import pack

Batch = list[tuple[int, bytes]]  # line and XML
Result = list[tuple[Any, ...]]  # of numbers, text, bytes and tuples of these: what goes through a pipe
_SHOWN = 200


def worked(batch: Batch) -> Result:
    """Entries read and packed, as the values of a Row, or as (line, reason, beginning) of a reject."""
    done: Result = []
    for line, raw in batch:
        try:
            entry = entry_of(raw)
        except BadEntry as error:
            done.append((line, str(error), raw[:_SHOWN].decode("utf-8", "replace")))
        else:
            done.append((entry.pmid, entry.version, entry.revised, entry.text, entry.more, entry.codes, pack(entry.raw)))
    return done
