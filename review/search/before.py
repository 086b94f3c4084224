"""What the last run read, of searches that are as they were: new files cost their own reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from review import formats, search
from review.digests import code_of
from review.model import record
from review.model.record import ArchivedFile, Record, Reject, Search

if TYPE_CHECKING:
    from review.store.db import Store

_Place = tuple[str, str, str]  # source, date, sha256


def named(search: Search) -> str:
    return f"{search.source} of {search.date}"


class Before:
    """The entries in the index that need no reading. digests: of the searches as they now are, by name.

    Only whole searches are taken, read by the same code: an entry's raw text is not in the index, and decides which of a search's
    entries with one id is the first.
    """

    def __init__(self, store: Store, digests: Mapping[str, str]) -> None:
        self._store, self._digests = store, digests
        self._readers = code_of(formats, search, record)
        saved: dict[str, Any] = store.result("search")
        old = saved["searches"] if saved.get("readers") == self._readers else {}
        self._kept = {name for name, digest in digests.items() if old.get(name) == digest}
        self._entries: dict[_Place, tuple[list[Record], list[Reject]]] = defaultdict(lambda: ([], []))
        if self._kept:
            for entry in store.records():
                self._entries[entry.source, entry.searched, entry.file][0].append(entry)
            for reject in store.rejects():
                self._entries[reject.source, reject.searched, reject.file][1].append(reject)

    def entries(self, search: Search, file: ArchivedFile) -> tuple[list[Record], list[Reject]] | None:
        """The records, with their keys, and the rejects of a file; None where it must be read."""
        from review.formats.registry import FORMATS

        ours = any(file.format == f.name for form in FORMATS for f in (form, *form.variants))  # another package's may have changed
        once = sum(f.sha256 == file.sha256 for f in search.files) == 1
        return self._entries[search.source, search.date, file.sha256] if ours and once and named(search) in self._kept else None

    def now_read(self, searches: Iterable[Search]) -> None:
        """Keep for the next run that the index holds what these searches returned."""
        self._store.save_result("search", {"readers": self._readers, "searches": {named(s): self._digests[named(s)] for s in searches}})
