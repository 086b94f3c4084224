"""The index's engine: its tables made where there are none, and what is not one of ours, or damaged, told from a disk that is full."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel, create_engine

from review.store.schema import SCHEMA
from review.store.state import Damaged

CLEARED = "It is derived from the files and was cleared: the next command makes it anew."


def engine_of(url: str) -> Engine:
    import msgspec

    # In a tenth of the time; and the model's values need not be made plain before.
    return create_engine(url, json_serializer=lambda value: msgspec.json.encode(value).decode())


def ready(engine: Engine) -> Engine:
    """The engine, with all tables there. Raises Damaged for an index that must be begun anew."""
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                version = connection.execute(text("PRAGMA user_version")).scalar()
                tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar()
                if tables and version != SCHEMA:
                    raise Damaged(f"the index has schema {version}, not {SCHEMA}", CLEARED)
                if tables:
                    return engine
                # sqlite3 begins no transaction for a CREATE by itself: each would be one of its own, and wait for the disk.
                connection.exec_driver_sql("BEGIN")
                connection.execute(text(f"PRAGMA user_version = {SCHEMA}"))
            SQLModel.metadata.create_all(connection)
    except DatabaseError as error:
        engine.dispose()
        if damaged(error):
            raise Damaged(f"the index was damaged: {error.orig}", CLEARED) from None
        raise
    except Damaged:
        engine.dispose()
        raise
    return engine


def damaged(error: DatabaseError) -> bool:
    """Whether SQLite says that the file itself is wrong: no database, pages or text that can't be read, tables not there."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR) or "decode to UTF-8" in str(error.orig)
