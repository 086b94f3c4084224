"""From an archived file's entries to records of the review, each with its key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter, itemgetter

from review.model.record import Record


def plain(key: str) -> str:
    """A key without the number that tells apart what one source gave more than once."""
    return key.partition("#")[0]


def admit(found: Iterable[Record], known: Iterable[Record] = ()) -> list[Record]:
    """Give each record its key; sorted by key.

    found: records with source, searched, file and line, and the key that each would have alone. Where one source gives the same id or
    the same content more than once, each is a record of its own (they were all identified, and PRISMA counts them): the first by
    date of search, content and place has the plain key, the others `key#2`, `key#3` …
    known: what was admitted before with one of the plain keys that are found or gone, of whole searches none of which is among the
    found: their order among each other stands.
    """
    ordered = [(r.key, r.searched, r.title, 0, r.raw, r.file, r.line, r) for r in found]
    for record in known:
        key, _, nth = record.key.partition("#")
        ordered.append((key, record.searched, record.title, int(nth or 1), "", record.file, record.line, record))
    ordered.sort(key=itemgetter(slice(7)))
    seen: Counter[str] = Counter()
    records = []
    for key, *_, record in ordered:
        seen[key] += 1
        whole = key if seen[key] == 1 else f"{key}#{seen[key]}"
        records.append(record if record.key == whole else replace(record, key=whole))
    return sorted(records, key=attrgetter("key"))
