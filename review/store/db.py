"""The index of a review: opened, rebuilt where its schema is another, read and written."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import asdict, fields
from json import JSONDecodeError
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, delete, insert, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, SQLModel, col, create_engine, select

from review.errors import ReviewError
from review.model.record import Link, Record, Reject, Report
from review.store.schema import SCHEMA
from review.store.state import Damaged, discard
from review.store.tables import LinkRow, MemberRow, RecordRow, RejectRow, ResultRow, StageRow

BATCH = 2_000
CLEARED = "It is derived from the files and was cleared: the next command makes it anew."
_FIELDS = tuple(RecordRow.model_fields)


class Store:
    """The index. Every `save_…` and the stage's row are one transaction: see `stage`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._session: Session | None = None

    @classmethod
    def open(cls, where: Path | str) -> Store:
        """where: the SQLite file, or any SQLAlchemy URL. An index of another schema, or a damaged one, is begun anew."""
        if isinstance(where, str):
            return cls(_ready(create_engine(where)))
        try:
            where.parent.mkdir(parents=True, exist_ok=True)
            try:
                return cls(_ready(create_engine(f"sqlite:///{where}")))
            except Damaged:
                discard(where)
                return cls(_ready(create_engine(f"sqlite:///{where}")))
        except OSError as error:
            raise ReviewError(
                f"{where}: {error.strerror}", "The index needs a folder it can write: check permissions and free space."
            ) from None
        except DatabaseError as error:
            raise ReviewError(
                f"{where}: {error.orig}", "The index needs a folder it can write: check permissions and free space."
            ) from None

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _use(self) -> Any:
        """The session of the running transaction, or one of its own."""
        if self._session is not None:
            yield self._session
            return
        try:
            with Session(self._engine) as session:
                yield session
                session.commit()
        except DatabaseError as error:
            if _damaged(error):
                raise Damaged(f"the index was damaged: {error.orig}", CLEARED) from None
            raise ReviewError(
                f"the index: {error.orig}", "Check free space; '.review/' can be deleted at any time, it is derived."
            ) from None
        except JSONDecodeError as error:
            raise Damaged(f"the index was damaged: {error}", CLEARED) from None

    @contextmanager
    def transaction(self) -> Any:
        """All that is saved inside is kept together or not at all."""
        with self._use() as session:
            self._session = session
            try:
                yield self
            finally:
                self._session = None

    # -- records --------------------------------------------------------------------------------------------

    def save_records(self, records: Iterable[Record], rejects: Iterable[Reject]) -> None:
        with self._use() as session:
            session.execute(delete(RecordRow))
            session.execute(delete(RejectRow))
            _insert(session, RecordRow, ({name: getattr(r, name) for name in _FIELDS} for r in records))
            _insert(session, RejectRow, ({"n": n, **asdict(r)} for n, r in enumerate(rejects)))

    def records(self) -> list[Record]:
        """All records, sorted by key (without their raw text, which stays in the archive)."""
        with self._use() as session:
            rows = session.execute(select(*(getattr(RecordRow, f) for f in _FIELDS)).order_by(RecordRow.key)).all()
        found = []
        for row in rows:
            values = dict(zip(_FIELDS, row, strict=True))
            found.append(Record(**{**values, "authors": tuple(values["authors"]), "keywords": tuple(values["keywords"])}))
        return found

    def rejects(self) -> list[Reject]:
        names = [f.name for f in fields(Reject)]
        with self._use() as session:
            rows = session.execute(select(*(getattr(RejectRow, n) for n in names)).order_by(RejectRow.n)).all()
        return [Reject(**dict(zip(names, row, strict=True))) for row in rows]

    # -- reports --------------------------------------------------------------------------------------------

    def save_reports(self, reports: Iterable[Report], links: Iterable[Link]) -> None:
        with self._use() as session:
            session.execute(delete(MemberRow))
            session.execute(delete(LinkRow))
            _insert(session, MemberRow, ({"record": key, "report": report.key} for report in reports for key in report.keys))
            _insert(session, LinkRow, (asdict(link) for link in links))

    def reports(self) -> list[Report]:
        """All reports with their records, both sorted by key."""
        with self._use() as session:
            rows = session.execute(select(MemberRow.record, MemberRow.report)).all()
        report_of = {row[0]: row[1] for row in rows}
        grouped: dict[str, list[Record]] = defaultdict(list)
        for record in self.records():
            if record.key in report_of:
                grouped[report_of[record.key]].append(record)
        return [Report(key=key, records=tuple(grouped[key])) for key in sorted(grouped)]

    def links(self, verdict: str = "") -> list[Link]:
        names = [f.name for f in fields(Link)]
        query = select(*(getattr(LinkRow, n) for n in names)).order_by(LinkRow.a, LinkRow.b)
        if verdict:
            query = query.where(col(LinkRow.verdict) == verdict)
        with self._use() as session:
            return [Link(**dict(zip(names, row, strict=True))) for row in session.execute(query).all()]

    # -- results and stages ---------------------------------------------------------------------------------

    def save_result(self, name: str, content: dict[str, Any]) -> None:
        with self._use() as session:
            session.execute(delete(ResultRow).where(col(ResultRow.name) == name))
            session.execute(insert(ResultRow), [{"name": name, "content": content}])

    def result(self, name: str) -> dict[str, Any]:
        """What a stage saved under a name; {} if it has not run."""
        with self._use() as session:
            found = session.execute(select(ResultRow.content).where(ResultRow.name == name)).scalar()
        return cast("dict[str, Any]", found or {})

    def save_stage(self, **values: Any) -> None:
        with self._use() as session:
            session.execute(delete(StageRow).where(col(StageRow.name) == values["name"]))
            session.execute(insert(StageRow), [values])


def _ready(engine: Engine) -> Engine:
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
        if _damaged(error):
            raise Damaged(f"the index was damaged: {error.orig}", CLEARED) from None
        raise
    except Damaged:
        engine.dispose()
        raise
    return engine


def _damaged(error: DatabaseError) -> bool:
    """Whether SQLite says that the file itself is wrong: no database, pages or text that can't be read, tables not there."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR) or "decode to UTF-8" in str(error.orig)


def _insert(session: Session, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            session.execute(insert(table), batch)
            batch = []
    if batch:
        session.execute(insert(table), batch)
