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


class Named:
    """What the records of files are called where words on them are kept: by where they stand and by what they say (`a.ris:7#9f86d081884c7d65`).

    Where a record stands changes with the file; so a name means the record that says the same, in whatever file it stands. Of records that
    say the same in all that a reference is made of, the rest of what they say tells.
    """

    def __init__(self, records: Parts) -> None:
        from review.dedup.columns import SCHEMA

        rest = [name for name in SCHEMA if name not in (*_SAYS, "key", "source")]
        briefly: dict[str, list[str]] = {}  # the records that say something, by the digest of that
        in_full: dict[str, str] = {}
        for n in range(len(records)):  # a part at a time: with its abstracts, a million records are more than is held
            for key, *says in records.part(n, ["key", *_SAYS, *rest]).iter_rows():
                briefly.setdefault(_digest(says[: len(_SAYS)]), []).append(key)
                in_full[key] = _digest(says)
        self._name: dict[str, str] = {}  # of each record, by its key
        self._key: dict[str, str] = {}  # the first record that says something, by the digest of that
        self._briefly: dict[str, str] = {}
        for brief, keys in briefly.items():
            keys.sort()
            for key in keys:
                self._name[key] = f"{key}#{brief if len(keys) == 1 else in_full[key]}"
                self._briefly[key] = brief
                self._key.setdefault(in_full[key], key)
            self._key.setdefault(brief, keys[0])

    def __contains__(self, key: object) -> bool:
        return key in self._name

    def name(self, key: str) -> str:
        """Of a record, for keeping; "" for none."""
        return self._name.get(key, "")

    def key(self, name: str) -> str:
        """That of the record that is so named; where there is none, the name."""
        key, _, digest = name.rpartition("#")
        return key if name == self._name.get(key) or self._briefly.get(key) == digest else self._key.get(digest, name)

    def why_not(self, name: str) -> str:
        """Of a name that no record has: `a.ris:7 is not there`."""
        key = name.rpartition("#")[0] or name
        return f"{key} {'says something else now' if key in self._name else 'is not there'}"


def _digest(says: Iterable[object]) -> str:
    return hashlib.sha256("\0".join(map(str, says)).encode()).hexdigest()[:16]


class Beside:
    """The words that were said of pairs of records of files, beside the output."""

    def __init__(self, path: Path, named: Named) -> None:
        """path: the ledger, need not exist. Raises IntegrityError where a line was edited, ReviewError where the file can't be read."""
        self.path = path
        self._named = named
        self._ledger = FileLedger(path, opened=Opened(ledger="dedup"), lock=path.with_name(f".{path.name}.lock"))
        words = [e for e in standing(self._events()) if isinstance(e, Sameness)]
        self.words = [w for w in words if w.a in named and w.b in named]  # those on records that are here
        self._said = len(words)
        self._gone = ""  # of the others, for people
        if gone := [w for w in words if w.a not in named or w.b not in named]:
            more = f"\n  … and {len(gone) - MOST_SHOWN:,} more" if len(gone) > MOST_SHOWN else ""
            self._gone = f", {len(gone):,} on records that are not in these files, or say something else now{''.join(map(self._lost, gone[:MOST_SHOWN]))}{more}"

    def told(self, replaced: int = 0) -> str:
        """What became of the words, for people; "" where there are none. replaced: how many of them by others."""
        if not self._said:
            return ""
        return f"{self.path}: {counted(len(self.words) - replaced, 'word')} followed{f', {replaced:,} replaced' if replaced else ''}{self._gone}"

    def _lost(self, word: Sameness) -> str:
        """A word on records of which one is not there, in words."""
        named = self._named
        bare = _renamed(word, lambda name: name if name in named else name.rpartition("#")[0])
        return f"\n  not followed: {in_words(bare)}: {', '.join(named.why_not(name) for name in (word.a, word.b) if name not in named)}"

    def _events(self) -> list[Event]:
        """The ledger so far, of the records as they are called now."""
        return [_renamed(e, self._named.key) for e in self._ledger.events()]

    def append(self, event: E) -> E:
        return self.append_all([event])[0]

    def append_all(self, events: list[E]) -> list[E]:
        """Put events on disk, and give them with their ids. Raises ReviewError where none is kept."""
        named = [_renamed(e, self._named.name) for e in events]
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
