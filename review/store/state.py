"""The stages' last runs, read without loading the database library: a run that changes nothing should be quick."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from review.errors import ReviewError
from review.store.schema import SCHEMA

_JSON = ("inputs", "waits", "warnings")


class Damaged(ReviewError):
    """The index can't be used as it is: damaged, or of another schema."""


def discard(where: Path) -> None:
    """Delete the SQLite index at `where`, with its journals."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        where.with_name(where.name + suffix).unlink(missing_ok=True)


def stage_states(where: Path) -> dict[str, dict[str, Any]]:
    """Stage name -> its row, from the SQLite index at `where`; {} where there is none, or one that must be rebuilt."""
    if not where.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{where.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA:
                return {}
            connection.row_factory = sqlite3.Row
            rows = [dict(row) for row in connection.execute("SELECT * FROM stage")]
        return {row["name"]: {**row, **{name: json.loads(row[name]) for name in _JSON}} for row in rows}
    except (sqlite3.Error, ValueError, KeyError, TypeError):
        return {}
