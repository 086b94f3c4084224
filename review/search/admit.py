"""From an archived file's entries to records of the review, each with its key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from review.model.record import Record, record_key


def admit(found: Iterable[Record]) -> list[Record]:
    """Give each record its key; sorted by key.

    found: records with source, searched, file and line. Where one source gives the same id or the same content
    more than once, each is a record of its own (they were all identified, and PRISMA counts them): the first by
    date of search, content and place has the plain key, the others `key#2`, `key#3` …
    """
    ordered = sorted(
        ((record_key(r.source, r), r) for r in found),
        key=lambda pair: (pair[0], pair[1].searched, pair[1].title, pair[1].raw, pair[1].file, pair[1].line),
    )
    seen: Counter[str] = Counter()
    records = []
    for key, record in ordered:
        seen[key] += 1
        records.append(replace(record, key=key if seen[key] == 1 else f"{key}#{seen[key]}"))
    return sorted(records, key=lambda r: r.key)
