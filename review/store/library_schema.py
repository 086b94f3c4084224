"""The tables of an offline library, and how its file is opened.

Full text lies in FTS5 without a copy of its content; the entry itself lies beside it, compressed. What is coded
(headings, types, authors, journals, ids, dates) is one token each in a third index that keeps no positions: such an
index grows by appending, where a table with a B-tree of 60 rows a record would be written in random places.

Records are numbered as they come and never change their number: a newer version is a new record, and the old one is
listed in `dead`. So an update costs what it brings, and search takes the dead away from every set at the end.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from review.errors import IntegrityError, ReviewError, UsageError

SCHEMA = 1
APPLICATION = 0x52564C42  # 'RVLB', so that another SQLite file is not taken for a library
_WORDS = "tokenize='unicode61 remove_diacritics 2'"

TABLES = f"""
CREATE TABLE fact(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file(
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL, size INTEGER NOT NULL, format TEXT NOT NULL,
  rank INTEGER NOT NULL, added INTEGER NOT NULL, replaced INTEGER NOT NULL, older INTEGER NOT NULL, deleted INTEGER NOT NULL,
  rejected INTEGER NOT NULL);
CREATE TABLE reject(file INTEGER NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL, raw TEXT NOT NULL);
CREATE TABLE record(doc INTEGER PRIMARY KEY, pmid INTEGER NOT NULL, version INTEGER NOT NULL, revised INTEGER NOT NULL, rank INTEGER NOT NULL);
CREATE INDEX record_pmid ON record(pmid);
CREATE TABLE entry(doc INTEGER PRIMARY KEY, xml BLOB NOT NULL);
CREATE TABLE dead(doc INTEGER PRIMARY KEY);
CREATE TABLE gone(pmid INTEGER PRIMARY KEY, rank INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(title, abstract, keywords, content='', columnsize=0, {_WORDS});
CREATE VIRTUAL TABLE more USING fts5(subjects, affiliation, vernacular, interests, rest, content='', columnsize=0, {_WORDS});
CREATE VIRTUAL TABLE codes USING fts5(code, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '_'");
PRAGMA user_version = {SCHEMA};
PRAGMA application_id = {APPLICATION};
"""


def connect(path: Path, *, create: bool = False) -> sqlite3.Connection:
    """The library at `path`. Raises ReviewError for what is not there, or is no library, or of another schema."""
    if not path.exists() and not create:
        raise UsageError(f"There is no library {path}.", f"Build one: review library build FILES --into {path}")
    if path.is_dir():
        raise UsageError(f"{path} is a folder, not a library.", "Name a file, such as pubmed.lib.")
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        else:
            connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=30, check_same_thread=False
            )
    except (sqlite3.Error, OSError) as error:
        raise ReviewError(f"{path}: can't be opened: {error}", "Check the folder and its permissions.") from None
    try:
        _check(connection, path, create)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path, create: bool) -> None:
    try:
        if create and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            connection.execute("PRAGMA page_size = 8192")
            connection.executescript(f"BEGIN IMMEDIATE; {TABLES} COMMIT;")
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise problem(error, path) from None
    if application != APPLICATION:
        raise ReviewError(f"{path} is not a library: it is a database of something else.", "Name another file; this one was not touched.")
    if version != SCHEMA:
        raise ReviewError(
            f"{path} was built by another version of the program (schema {version}, not {SCHEMA}).", "Build it anew, into another file."
        )


def problem(error: sqlite3.Error, path: Path) -> ReviewError:
    """What a failure of SQLite means to the person."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return ReviewError(f"{path} is not a library.", "Name another file; this one was not touched.")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return ReviewError(f"{path} is in use: another build is writing to it.", "Wait until it is done, and run this again.")
    if code == sqlite3.SQLITE_FULL:
        return ReviewError(f"{path}: the disk is full.", "Make room and run this again: files that are in are not read again.")
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return ReviewError(
            f"{path} can't be read or written: {error}.", "Check the disk, the folder and its permissions, and run this again."
        )
    if code == sqlite3.SQLITE_READONLY:
        return ReviewError(f"{path} can't be written.", "Check its permissions.")
    return IntegrityError(f"{path} is damaged ({error}).", "Delete it and build it again from its files.")
