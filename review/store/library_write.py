"""An offline library, written: one transaction a file, so that a killed build has each file in whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from review.store.library import pack
from review.store.library_schema import connect, problem

BATCH = 500
_MEMORY = 12 << 20  # FTS5 gathers this much before it writes a segment


@dataclass(frozen=True, slots=True)
class Row:
    """A record on its way in: see review.library.entry.Entry."""

    pmid: int
    version: int
    revised: int
    text: tuple[str, str, str]
    more: tuple[str, str, str, str, str]
    codes: str
    xml: bytes  # packed


@dataclass(slots=True)
class Taken:
    """What became of the entries of one file: added + replaced + older = records; `older`: a newer version was there already."""

    added: int = 0
    replaced: int = 0
    older: int = 0
    deleted: int = 0
    rejects: list[tuple[int, str, str]] = field(default_factory=list)  # line, reason, the beginning of it


class Writer:
    """A library open for writing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = connect(path, create=True)
        try:
            # Readers go on while a file comes in; the journal is made one file again at the end, if nobody is reading then.
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -24576", "temp_store = MEMORY"):
                self._db.execute(f"PRAGMA {pragma}")
            for index in ("words", "more", "codes"):
                self._db.execute(f"INSERT INTO {index}({index}, rank) VALUES ('hashsize', ?)", (_MEMORY,))  # noqa: S608
        except sqlite3.Error as error:
            self._db.close()
            raise problem(error, path) from None

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self._db.execute("PRAGMA busy_timeout = 200")
            self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.close()

    def known(self, sha256: str) -> bool:
        """Whether a file with this content is in."""
        return self._db.execute("SELECT 1 FROM file WHERE sha256 = ?", (sha256,)).fetchone() is not None

    @contextmanager
    def file(self, sha256: str, name: str, size: int, kind: str, rank: int) -> Iterator[FileWriter]:
        """Take one file in: all of it, if the block ends well, else nothing."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                writer = FileWriter(self._db, rank)
                yield writer
                writer.flush()
                taken = writer.taken
                taken.rejects.sort()
                cursor = self._db.execute(
                    "INSERT INTO file(sha256, name, size, format, rank, added, replaced, older, deleted, rejected) VALUES (?,?,?,?,?,?,?,?,?,?)",
                    (sha256, name, size, kind, rank, taken.added, taken.replaced, taken.older, taken.deleted, len(taken.rejects)),
                )
                self._db.executemany("INSERT INTO reject VALUES (?,?,?,?)", ((cursor.lastrowid, *reject) for reject in taken.rejects))
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise problem(error, self.path) from None


class FileWriter:
    """The records of one file. `rank`: the place of the file in NLM's order of issue, 0 where it has none."""

    def __init__(self, connection: sqlite3.Connection, rank: int) -> None:
        self._db = connection
        self._rank = rank
        self._doc: int = connection.execute("SELECT coalesce(max(doc), 0) FROM record").fetchone()[0]
        self._pending: dict[int, Row] = {}
        self.taken = Taken()

    def add(self, row: Row) -> None:
        """A record. The newer of two with one PMID stays: the higher version, then the later file of NLM's, then the later revision."""
        if row.pmid in self._pending or len(self._pending) >= BATCH:
            self.flush()
        self._pending[row.pmid] = row

    def reject(self, line: int, reason: str, raw: str) -> None:
        self.taken.rejects.append((line, reason, raw))

    def delete(self, pmid: int) -> None:
        """A PMID that NLM withdrew: it is gone, unless a later file brings it again."""
        self.flush()
        before = self._db.execute("SELECT rank FROM record WHERE pmid = ? ORDER BY doc DESC LIMIT 1", (pmid,)).fetchone()
        if before and self._rank and before[0] > self._rank:
            return
        self._db.execute("INSERT INTO gone VALUES (?, ?) ON CONFLICT DO UPDATE SET rank = max(rank, excluded.rank)", (pmid, self._rank))
        killed = self._db.execute("INSERT OR IGNORE INTO dead SELECT doc FROM record WHERE pmid = ?", (pmid,))
        self.taken.deleted += killed.rowcount > 0

    def flush(self) -> None:
        if not self._pending:
            return
        rows, self._pending = list(self._pending.values()), {}
        fresh = []
        marks = ",".join("?" * len(rows))
        pmids = [row.pmid for row in rows]
        there = {
            pmid: (version, revised, rank, doc)
            for pmid, version, revised, rank, doc in self._db.execute(
                f"SELECT pmid, version, revised, rank, doc FROM record WHERE pmid IN ({marks}) AND doc NOT IN (SELECT doc FROM dead)",  # noqa: S608
                pmids,
            )
        }
        gone = dict(self._db.execute(f"SELECT pmid, rank FROM gone WHERE pmid IN ({marks})", pmids))  # noqa: S608
        for row in rows:
            before = there.get(row.pmid)
            if (gone.get(row.pmid, 0) > self._rank > 0) or (before and self._is_older(row, before)):
                self.taken.older += 1
                continue
            if before:
                self._db.execute("INSERT INTO dead VALUES (?)", (before[3],))
                self.taken.replaced += 1
            else:
                self.taken.added += 1
            self._doc += 1
            fresh.append((self._doc, row))
        many = self._db.executemany
        many("INSERT INTO record VALUES (?,?,?,?,?)", [(doc, r.pmid, r.version, r.revised, self._rank) for doc, r in fresh])
        many("INSERT INTO entry VALUES (?,?)", [(doc, r.xml) for doc, r in fresh])
        many("INSERT INTO words(rowid, title, abstract, keywords) VALUES (?,?,?,?)", [(doc, *r.text) for doc, r in fresh])
        many(
            "INSERT INTO more(rowid, subjects, affiliation, vernacular, interests, rest) VALUES (?,?,?,?,?,?)",
            [(doc, *r.more) for doc, r in fresh],
        )
        many("INSERT INTO codes(rowid, code) VALUES (?,?)", [(doc, r.codes) for doc, r in fresh])

    def _is_older(self, row: Row, before: tuple[int, int, int, int]) -> bool:
        version, revised, rank, _ = before
        if row.version != version:
            return row.version < version
        if self._rank and rank and self._rank != rank:
            return self._rank < rank
        return bool(row.revised and revised and row.revised < revised)


__all__ = ["FileWriter", "Row", "Taken", "Writer", "pack"]
