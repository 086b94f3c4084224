"""review dedup FILES --review: the pairs of files side by side, and what was said of them in a ledger beside the output."""

from __future__ import annotations

import hashlib
import marshal
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from review.cli.common import MOST_SHOWN
from review.dedup.said import in_words
from review.errors import ReviewError
from review.ledger import FileLedger
from review.model.events import Event, Opened, Sameness, standing
from review.model.words import counted

if TYPE_CHECKING:
    import polars as pl

    from review.dedup.crowded import Shared
    from review.dedup.parts import Parts
    from review.model.record import Link, Record
    from review.tui.keys import Wishes

E = TypeVar("E", bound=Event)
_SAYS = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid")


class Beside:
    """The words that were said of pairs of records of files, beside the output.

    Where a record stands in a file changes with the file. So a word on disk names each of its two by that and by what the record says
    (`a.ris:7#9f86d081884c7d65`); it holds for a record that says the same, in whatever file it stands.
    """

    def __init__(self, path: Path) -> None:
        """path: the ledger, need not exist."""
        self.path = path
        self._ledger = FileLedger(path, opened=Opened(ledger="dedup"), lock=path.with_name(f".{path.name}.lock"))
        self._words = self._here = 0  # that were said, and those of them on records that are here
        self._gone = ""  # of the others, for people
        self._name: dict[str, str] = {}  # of each record, by its key: its name on disk
        self._key: dict[str, str] = {}  # the first record that says something, by the digest of that

    def of(self, records: Parts) -> list[Sameness]:
        """Note the records; gives the words on them that stand. Raises IntegrityError where a line was edited, ReviewError where the file can't be read."""
        for key, *says in sorted(records.columns(["key", *_SAYS]).iter_rows()):
            digest = hashlib.sha256("\0".join(map(str, says)).encode()).hexdigest()[:16]
            self._name[key] = f"{key}#{digest}"
            self._key.setdefault(digest, key)
        words = [e for e in standing(self._events()) if isinstance(e, Sameness)]
        here = [w for w in words if w.a in self._name and w.b in self._name]
        self._words, self._here = len(words), len(here)
        if gone := [w for w in words if w.a not in self._name or w.b not in self._name]:
            more = f"\n  … and {len(gone) - MOST_SHOWN:,} more" if len(gone) > MOST_SHOWN else ""
            self._gone = f", {len(gone):,} on records that are not in these files, or say something else now{''.join(map(self._lost, gone[:MOST_SHOWN]))}{more}"
        return here

    def told(self, replaced: int = 0) -> str:
        """What became of the words, for people; "" where there are none. replaced: how many of them by others."""
        if not self._words:
            return ""
        return f"{self.path}: {counted(self._here - replaced, 'word')} followed{f', {replaced:,} replaced' if replaced else ''}{self._gone}"

    def _lost(self, word: Sameness) -> str:
        """A word on records of which one is not there, in words."""
        bare = _renamed(word, lambda name: name if name in self._name else name.rpartition("#")[0])
        why = [
            f"{key} {'says something else now' if key in self._name else 'is not there'}"
            for name, key in ((word.a, bare.a), (word.b, bare.b))
            if name not in self._name
        ]
        return f"\n  not followed: {in_words(bare)}: {', '.join(why)}"

    def _events(self) -> list[Event]:
        """The ledger so far, of the records as they are called now."""
        return [_renamed(e, self._called) for e in self._ledger.events()]

    def _called(self, name: str) -> str:
        """The key of the record that is so named on disk; where there is none, the name."""
        key, _, digest = name.rpartition("#")
        return key if self._name.get(key) == name else self._key.get(digest, name)

    def append(self, event: E) -> E:
        return self.append_all([event])[0]

    def append_all(self, events: list[E]) -> list[E]:
        """Put events on disk, and give them with their ids. Raises ReviewError where none is kept."""
        named = [_renamed(e, lambda key: self._name.get(key, "")) for e in events]
        kept = self._ledger.append_all(named)
        return [replace(e, id=k.id, at=k.at) for e, k in zip(events, kept, strict=True)]

    def sit(
        self,
        links: Iterable[Link],
        records: Mapping[str, Record],
        crowd: Mapping[str, Shared],
        told: pl.DataFrame,
        who: str,
        wishes: Wishes | None,
    ) -> bool:
        """A sitting over the pairs of the files, with a person's own keys, or line by line; whether anything was said. told: what all records
        are called by. Raises ReviewError where another has it open."""
        from review.cli.dedup_pairs import side_by_side
        from review.dedup.sitting import Pairs

        with self._ledger.session(who) as ledger:
            before = self._events()
            session = Pairs(links, records, self, who, before, uncounted=crowd, told=told)
            side_by_side(session, wishes, torn=str(self.path) if ledger.torn else "")
            return len(ledger.events()) > len(before)


class Aside(Mapping[str, "Record"]):
    """Records in a file of their own, which is gone with them; each is read when it is looked at: of the merged ones, there may be a million."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Raises ReviewError where there is no room for them."""
        self._at: dict[str, int] = {}
        try:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  # open as long as anybody looks
            for record in records:
                self._at[record.key] = self._file.tell()
                marshal.dump([getattr(record, name) for name in record.__slots__], self._file)
            self._file.flush()
        except OSError as error:
            raise ReviewError(
                f"{tempfile.gettempdir()}: the records can't be laid aside there: {error.strerror}",
                "Nothing was written. Free some room, or name another folder in TMPDIR.",
            ) from None

    def __getitem__(self, key: str) -> Record:
        from review.model.record import Record

        self._file.seek(self._at[key])
        return Record(**dict(zip(Record.__slots__, marshal.load(self._file), strict=True)))  # noqa: S302  # of a file that nobody else can write

    def __contains__(self, key: object) -> bool:
        return key in self._at

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


def _renamed(event: E, name: Callable[[str], str]) -> E:
    """An event with other names for the records that it speaks of."""
    if not isinstance(event, Sameness):
        return event
    return replace(event, a=name(event.a), b=name(event.b), first=name(event.first))
