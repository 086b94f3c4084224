"""What the last run read, of searches that are as they were: new files cost their own reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from review import formats, search
from review.digests import code_of
from review.formats.own import own
from review.model import plain_text, record
from review.model.record import Record, Reject, Search
from review.search.admit import admit, plain

if TYPE_CHECKING:
    from review.store.db import Store

_Place = tuple[str, str, str]  # source, date, sha256


def named(search: Search) -> str:
    return f"{search.source} of {search.date}"


class Before:
    """The entries in the index, most of which need no reading. digests: of the searches as they now are, by name.

    Only whole searches are taken, read by the same code: an entry's raw text is not in the index, and decides which of a search's
    entries with one id is the first.
    """

    def __init__(self, store: Store, searches: Iterable[Search], digests: Mapping[str, str]) -> None:
        self._store, self._digests = store, digests
        self._readers = code_of(formats, search, plain_text, record)
        saved: dict[str, Any] = store.result("search")
        old = saved["searches"] if saved.get("readers") == self._readers else {}
        self._stays = {named(s) for s in searches if old.get(named(s)) == digests[named(s)] and _ours(s)}
        there = saved.get("records")
        self.records: dict[_Place, int] = store.counted() if there is None else {(s, d, f): n for s, d, f, n in there}  # in each file
        self._changed: set[str] = set()
        self.rejects: dict[_Place, list[Reject]] = {}
        for reject in store.rejects():
            self.rejects.setdefault((reject.source, reject.searched, reject.file), []).append(reject)

    def stays(self, search: Search) -> bool:
        """Whether what is in the index of a search is what would be read."""
        return named(search) in self._stays

    def exchange(self, source: str, found: Iterable[Record]) -> None:
        """Keep what a source's searches gave that were read (`found`), beside those that stay."""
        fresh = list(found)
        dates = {date for of, date, _ in self.records if of == source and f"{source} of {date}" not in self._stays}
        gone = set(self._store.keys_of(source, sorted(dates))) if dates else set()
        if not fresh and not gone:
            return
        asked = {*(r.key for r in fresh), *map(plain, gone)}
        there = self._store.keys_like(sorted(asked)) if self.records else []
        touched = sorted(key for key in set(there) - gone if plain(key) in asked)
        self._changed |= self._store.exchange([*gone, *touched], admit(fresh, self._store.records(touched)))

    def only(self, sources: Iterable[str]) -> None:
        """Let nothing stay of any other source."""
        for source in {place[0] for place in self.records}.difference(sources):
            self.exchange(source, ())

    def now_read(self, records: Counter[_Place]) -> None:
        """Keep for the next run that the index holds what these searches returned: so many records from each file; and for the next stage
        which keys may be others now, where they are not most of them."""
        changed = sorted(self._changed) if len(self._changed) * 4 < records.total() else []
        counts = [[*place, n] for place, n in sorted(records.items())]
        self._store.save_result(
            "search", {"readers": self._readers, "searches": dict(self._digests), "records": counts, "changed": changed}
        )


def _ours(search: Search) -> bool:
    """Whether no other package's reader is asked, which may have changed; and no file came twice, whose entries could not be told apart."""
    return all(map(own, {f.format for f in search.files})) and len({f.sha256 for f in search.files}) == len(search.files)
