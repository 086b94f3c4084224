"""The index of a review: opened, rebuilt where its schema is another, read and written."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from json import JSONDecodeError
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Engine, Text, delete, func, insert, type_coerce
from sqlalchemy import cast as as_text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col, select

from review.collector import without_collector
from review.errors import ReviewError
from review.model.record import Link, Record, Reject, Report
from review.model.screening import PhaseResult, phases_of
from review.store import columns
from review.store.opening import CLEARED, damaged, engine_of, ready
from review.store.rows import Row, change, columns_of, fetched, fetched_of, put, some, taken
from review.store.state import Damaged, discard
from review.store.tables import LinkRow, MemberRow, RecordRow, RejectRow, ResultRow, StageRow

if TYPE_CHECKING:
    import polars as pl

_FIELDS = tuple(RecordRow.model_fields)[:-1]  # all but the digest
_REJECTED = tuple(RejectRow.model_fields)


class Store:
    """The index. Every `save_…` and the stage's row are one transaction: see `stage`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._session: Session | None = None
        # As long as nothing else is saved: several stages ask.
        self._told: pl.DataFrame | None = None  # some columns of all records, by key
        self._total: tuple[int, int, int] | None = None
        self._members: pl.DataFrame | None = None
        self._report_of: dict[str, str] | None = None
        self._phases: list[PhaseResult] | None = None

    @classmethod
    def open(cls, where: Path | str) -> Store:
        """where: the SQLite file, or any SQLAlchemy URL. An index of another schema, or a damaged one, is begun anew."""
        if isinstance(where, str):
            return cls(ready(engine_of(where)))
        try:
            where.parent.mkdir(parents=True, exist_ok=True)
            try:
                return cls(ready(engine_of(f"sqlite:///{where}")))
            except Damaged:
                discard(where)
                return cls(ready(engine_of(f"sqlite:///{where}")))
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
            if damaged(error):
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

    def exchange(self, gone: Iterable[str], fresh: Iterable[Record]) -> set[str]:
        """Take the records with these keys out, and put these in (without their raw text, which stays in the archive); the keys of those
        that are gone, came or are others now.

        What goes and comes as it is stays. Raises an error of the database where one that comes is there, and does not go.
        """
        self._told = self._total = None
        rows: dict[str, Row] = {r.key: (*(values := attrgetter(*_FIELDS)(r)), _digest(values)) for r in fresh}
        out = set(gone)
        with self._use() as session:
            known = {row[0]: row for row in some(session, RecordRow, RecordRow.key, out & rows.keys())}
            same = {key for key, row in known.items() if rows[key] == row}
            change(session, RecordRow, [(key,) for key in sorted(out - same)], [row for key, row in rows.items() if key not in same])
        return (out | rows.keys()) - same

    def save_rejects(self, rejects: Iterable[Reject]) -> None:
        with self._use() as session:
            put(session, RejectRow, ((n, *attrgetter(*_REJECTED[1:])(r)) for n, r in enumerate(rejects)))

    def records(self, keys: Collection[str] | None = None) -> list[Record]:
        """The records of these keys, else all, sorted by key (without their raw text, which stays in the archive)."""
        with self._use() as session, without_collector():
            if keys is None:
                return list(map(_record, taken(session, RecordRow, RecordRow.key)))
            return sorted(map(_record, some(session, RecordRow, RecordRow.key, keys)), key=attrgetter("key"))

    def columns(self, *names: str, keys: Sequence[str] | None = None) -> pl.DataFrame:
        """These fields of all records, or of these, by the first of the fields; a list as one text, '; ' between its parts. digest: of all
        the others."""
        if keys is None and self._told is not None and set(names) <= set(self._told.columns):
            return self._told.select(names)
        with self._use() as session, without_collector():
            return columns.read(session, RecordRow, names, keys)

    def known(self, told: pl.DataFrame) -> None:
        """Some columns of all records, by key, as `columns` gives them: whoever asks for these next need not read them again."""
        self._told = told

    def counted(self) -> dict[tuple[str, str, str], int]:
        """Source, date of search and file -> the number of its records."""
        place = (RecordRow.source, RecordRow.searched, RecordRow.file)
        with self._use() as session:
            return {(s, d, f): n for s, d, f, n in session.execute(select(*place, func.count()).group_by(*place)).all()}

    def keys_of(self, source: str, dates: Collection[str]) -> list[str]:
        """The records of a source's searches of these dates."""
        with self._use() as session:
            query = select(RecordRow.key).where(RecordRow.source == source, col(RecordRow.searched).in_(dates))
            return [row[0] for row in fetched(session, query)]

    def keys_like(self, plain: Collection[str]) -> list[str]:
        """Those of these keys that there are, and all keys with a number that tells apart what a source gave more than once (`key#2`)."""
        with self._use() as session:
            known = [row[0] for part in fetched_of(session, select(RecordRow.key), RecordRow.key, plain) for row in part]
            return known + [row[0] for row in fetched(session, select(RecordRow.key).where(col(RecordRow.key).contains("#")))]

    def records_digest(self) -> tuple[int, int, int]:
        """How many records there are, and the sum of their digests, in halves: two sets of records are alike where these are, in whatever order."""
        if self._total is None:
            digest = col(RecordRow.digest)
            sums = func.sum(digest.op(">>")(32)), func.sum(digest.op("&")(0xFFFFFFFF))
            with self._use() as session:
                n, *halves = session.execute(select(func.count(), *sums).select_from(RecordRow)).one()
            high, low = (int(h or 0) for h in halves)
            self._total = (int(n), high, low)
        return self._total

    def rejects(self) -> list[Reject]:
        with self._use() as session:
            return [Reject(**dict(zip(_REJECTED[1:], row[1:], strict=True))) for row in taken(session, RejectRow, RejectRow.n)]

    # -- reports --------------------------------------------------------------------------------------------

    def save_reports(self, members: pl.DataFrame, links: pl.DataFrame) -> None:
        """members: record and report, whose key is the smallest in it; links: one row each, with the fields of Link."""
        with self._use() as session:
            columns.put(session, MemberRow, members)
            columns.put(session, LinkRow, links)
        self._keep_members(members)

    def change_reports(
        self, members: pl.DataFrame, gone: list[Row], more: pl.DataFrame, gone_links: list[Row], more_links: pl.DataFrame
    ) -> None:
        """The same, told what differs: rows to delete by their primary key, rows to add. members: all there are then."""
        with self._use() as session:
            for table, old, new in ((MemberRow, gone, more), (LinkRow, gone_links, more_links)):
                change(session, table, old, new.select(c.name for c in columns_of(table)).rows())
        self._keep_members(members)

    def _keep_members(self, members: pl.DataFrame) -> None:
        self._members, self._report_of = members, None

    def reports(self, keys: Collection[str] | None = None) -> list[Report]:
        """The reports of these keys, else all, with their records, both sorted by key."""
        with self._use() as session, without_collector():
            report_of: dict[str, str] = dict(
                taken(session, MemberRow) if keys is None else some(session, MemberRow, MemberRow.report, keys)
            )
            records = self.records(None if keys is None else report_of)
            grouped: dict[str, list[Record]] = defaultdict(list)
            for record in records:
                if record.key in report_of:
                    grouped[report_of[record.key]].append(record)
            return [Report(key=key, records=tuple(grouped[key])) for key in sorted(grouped)]

    def report_of(self) -> Mapping[str, str]:
        """Record key -> report key."""
        if self._report_of is None and self._members is not None:
            self._report_of = dict(zip(self._members["record"].to_list(), self._members["report"].to_list(), strict=True))
        if self._report_of is None:
            with self._use() as session, without_collector():
                self._report_of = dict(taken(session, MemberRow))
        return self._report_of

    def members(self) -> pl.DataFrame:
        """The same as columns, by record: record, report."""
        if self._members is None:
            with self._use() as session, without_collector():
                self._members = columns.read(session, MemberRow, ("record", "report"))
        return self._members

    def called(self, *names: str) -> set[str]:
        """The reports with a record that one of these is the key, DOI or PMID of, in any case."""
        asked = [name.casefold() for name in names if name]
        query = select(MemberRow.report).join(RecordRow, col(MemberRow.record) == col(RecordRow.key))
        query = query.where(col(RecordRow.key).in_(names) | func.lower(RecordRow.doi).in_(asked) | col(RecordRow.pmid).in_(asked))
        with self._use() as session:
            return set(session.execute(query).scalars())

    def links(self, verdict: str = "", of: Collection[str] | None = None) -> list[Link]:
        """The links of a verdict, else of all, by (a, b); of: only those of these few records."""
        names = [f.name for f in fields(Link)]
        query = select(*(getattr(LinkRow, n) for n in names)).order_by(LinkRow.a, LinkRow.b)
        if verdict:
            query = query.where(col(LinkRow.verdict) == verdict)
        if of is not None:
            query = query.where(col(LinkRow.a).in_(of) | col(LinkRow.b).in_(of))
        with self._use() as session:
            return [Link(**dict(zip(names, row, strict=True))) for row in fetched(session, query)]

    def rules(self, verdict: str) -> dict[str, int]:
        """How many links have a verdict, by the rule that gave it."""
        query = select(LinkRow.rule, func.count()).where(col(LinkRow.verdict) == verdict).group_by(LinkRow.rule)
        with self._use() as session:
            return dict(session.execute(query).all())

    # -- results and stages ---------------------------------------------------------------------------------

    def save_result(self, name: str, content: dict[str, Any]) -> None:
        """content: plain values, or the model's own."""
        with self._use() as session:
            session.execute(delete(ResultRow).where(col(ResultRow.name) == name))
            session.execute(insert(ResultRow), [{"name": name, "content": content}])

    def result(self, name: str) -> dict[str, Any]:
        """What a stage saved under a name; {} if it has not run."""
        with self._use() as session:
            found = session.execute(select(ResultRow.content).where(ResultRow.name == name)).scalar()
        return cast("dict[str, Any]", found or {})

    def save_phases(self, results: Sequence[PhaseResult], encoded: bytes) -> None:
        """What screening made; and the same as `text_of` has it."""
        with self._use() as session:
            session.execute(delete(ResultRow).where(col(ResultRow.name) == "screening"))
            session.execute(insert(ResultRow).values(name="screening", content=type_coerce(encoded.decode(), Text)))
        self._phases = list(results)

    def phases(self) -> list[PhaseResult]:
        """What the screening stage saved; none if it has not run."""
        if self._phases is None:
            with self._use() as session:
                found = session.execute(select(as_text(col(ResultRow.content), Text)).where(ResultRow.name == "screening")).scalar()
                try:
                    with without_collector():
                        self._phases = phases_of(found) if found else []
                except ValueError as error:
                    raise Damaged(f"the index was damaged: {error}", CLEARED) from None
        return self._phases

    def save_stage(self, **values: Any) -> None:
        with self._use() as session:
            session.execute(delete(StageRow).where(col(StageRow.name) == values["name"]))
            session.execute(insert(StageRow), [values])


def _record(row: Row) -> Record:
    return Record(**dict(zip(_FIELDS, row, strict=False)))


def _digest(values: Row) -> int:
    return int.from_bytes(hashlib.sha256(repr(values).encode()).digest()[:8], "big", signed=True)
