"""The index as a sitting reads it: keys at once, a report when it is shown. Without the database library, which takes its time to load."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from review.collector import without_collector
from review.model.identifiers import identifier
from review.model.record import Record, Report
from review.model.related import Relation, from_json
from review.model.screening import PhaseResult, phases_of
from review.store.state import Damaged

Result = TypeVar("Result")
_FIELDS = (
    "key", "source", "searched", "file", "line", "title", "abstract", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid",
    "pmcid", "issn", "isbn", "url", "language", "keywords", "type", "accession", "imprint",
)  # fmt: skip
_RECORDS = (
    f"SELECT {', '.join('r.' + f for f in _FIELDS)} FROM member m JOIN record r ON r.key = m.record WHERE m.report = ? ORDER BY r.key"  # noqa: S608  # our own names
)


def _damaged(error: Exception) -> Damaged:
    return Damaged(f"the index can't be read: {error}", "Delete .review/: it is derived, and the next command makes it anew.")


def related_of(where: Path) -> dict[str, tuple[Relation, ...]]:
    """Report -> others that bear on it, from the SQLite file of an index that is up to date; {} where that has none."""
    return _result(where, "related", lambda text: from_json(json.loads(text))) or {}


def phases_in(where: Path) -> list[PhaseResult]:
    """What the screening stage saved, from the SQLite file of an index; none if it has not run. Raises Damaged where it can't be read."""
    with without_collector():
        return _result(where, "screening", phases_of) or []


def _result(where: Path, name: str, read: Callable[[str], Result]) -> Result | None:
    """What a stage saved under a name."""
    try:
        with closing(sqlite3.connect(f"{where.resolve().as_uri()}?mode=ro", uri=True)) as base:
            found = base.execute("SELECT content FROM result WHERE name = ?", (name,)).fetchone()
        return read(found[0]) if found else None
    except (sqlite3.Error, ValueError) as error:
        raise _damaged(error) from None


class StoredReports:
    """A `Shelf` over the SQLite file of an index that is up to date. Raises Damaged where it can't be read."""

    def __init__(self, where: Path) -> None:
        self._where = where
        try:
            self._base = sqlite3.connect(f"{where.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            merged = dict(self._base.execute("SELECT record, report FROM member WHERE record <> report ORDER BY record"))
            # As one text: a row of SQLite's for each of a hundred thousand takes three times as long.
            alone = json.loads(self._base.execute("SELECT json_group_array(record) FROM member WHERE record = report").fetchone()[0])
        except sqlite3.Error as error:
            raise _damaged(error) from None
        # A report's key is the smallest of its records'. Sorted as text, whatever the order of the file's bytes is.
        self.keys: Sequence[str] = sorted(alone)
        self.report_of: Mapping[str, str] = dict(zip(self.keys, self.keys, strict=True)) | merged
        self._report = lru_cache(maxsize=64)(self._fetch)

    def phases(self) -> list[PhaseResult]:
        """What the screening stage saved; none if it has not run."""
        return phases_in(self._where)

    def report(self, key: str) -> Report:
        return self._report(key)

    def _fetch(self, key: str) -> Report:
        records = []
        for row in self._rows(_RECORDS, key):
            values = dict(zip(_FIELDS, row, strict=True))
            records.append(
                Record(**{**values, "authors": tuple(json.loads(values["authors"])), "keywords": tuple(json.loads(values["keywords"]))})
            )
        if not records:
            raise KeyError(key)
        return Report(key=key, records=tuple(records))

    def of_years(self, first: int, last: int) -> set[str]:
        return self._reports("r.year BETWEEN ? AND ?", first, last)

    def of_source(self, source: str) -> set[str]:
        return self._reports("r.source = ?", source)

    def with_words(self, text: str) -> set[str]:
        words = text.casefold()
        rows = self._rows("SELECT m.report, r.title, r.abstract FROM record r JOIN member m ON m.record = r.key")
        return {report for report, title, abstract in rows if words in f"{title}\n{abstract}".casefold()}

    def named(self, text: str) -> list[str]:
        words, bare = text.casefold(), identifier(text)
        rows = self._rows("SELECT m.report, r.title, r.doi, r.pmid FROM record r JOIN member m ON m.record = r.key")
        return sorted(
            {report for report, title, doi, pmid in rows if bare in (str(doi).casefold(), pmid) or words in str(title).casefold()}
        )

    def _reports(self, condition: str, *values: object) -> set[str]:
        rows = self._rows(f"SELECT m.report FROM record r JOIN member m ON m.record = r.key WHERE {condition}", *values)  # noqa: S608  # ours
        return {row[0] for row in rows}

    def _rows(self, query: str, *values: object) -> sqlite3.Cursor:
        try:
            return self._base.execute(query, values)
        except sqlite3.Error as error:
            raise Damaged(f"the index can't be read: {error}", "Leave, and start again: the next command makes it anew.") from None

    def close(self) -> None:
        self._base.close()
