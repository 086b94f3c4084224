"""Files that were cut off in their last entry: what every other entry ends with is missing there, and what was read of it is no more than a part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from review.model.record import Record, Reject
from review.model.words import counted

_ENDED = frozenset({"ris", "wos"})  # formats whose entries end with the tag ER; in the others a cut entry can't be told, or is rejected


@dataclass(slots=True)
class Ends:
    """Looks at the entries of a file, in their order, for the one mark that tells of a cut: a last entry without an end, where another has one.

    form: the name of the format. Where no entry has an end, their writer sets none.
    """

    form: str
    _seen: int = 0
    _closed: bool = False
    _last: Record | Reject | None = None

    def over(self, entries: Iterable[Record | Reject]) -> Iterator[Record | Reject]:
        """The entries, as they are."""
        for entry in entries:
            self._seen += 1
            self._last = entry
            if not self._closed and self.form in _ENDED:
                self._closed = _ends(entry)
            yield entry

    def told(self) -> tuple[str, ...]:
        """What a person is to be told, once the last entry was seen: one sentence, or nothing."""
        # A reject is told with its line and reason anyway.
        if not self._closed or not isinstance(self._last, Record) or _ends(self._last):
            return ()
        return (
            f"the last of {counted(self._seen, 'entry')}, at line {self._last.line:,}, has no end (ER) as others have: the file may be cut off; export it again if it is short",
        )


def _ends(entry: Record | Reject) -> bool:
    return entry.raw.rstrip()[-400:].rpartition("\n")[2].lstrip()[:2].upper() == "ER"
