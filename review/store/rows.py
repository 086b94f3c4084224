"""Rows in and out of the tables in bulk: what is there already is not written again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, BindParameter, Column, Delete, Insert, Select, Text, bindparam, cast, delete, insert, select
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, SQLModel

BATCH = 2_000
_HELD = 20_000  # rows that are Python's values at a time, where they become columns
_ASKED = 500  # values in one question: some databases take no more than a thousand
Row = tuple[Any, ...]


def columns_of(table: type[SQLModel]) -> list[Column[Any]]:
    return list(table.__table__.columns)  # type: ignore[attr-defined]  # SQLModel gives a table to each class with table=True


def _read(session: Session, table: type[SQLModel], order: Any = None) -> Sequence[Any]:
    """All rows, in the order of the table's columns; JSON as its text, which is quicker to compare, and to read all at once."""
    query = _all(table)
    return fetched(session, query if order is None else query.order_by(order))


def _all(table: type[SQLModel]) -> Select[Any]:
    return select(*(cast(c, Text) if isinstance(c.type, JSON) else c for c in columns_of(table)))


def fetched(session: Session, query: Select[Any]) -> list[Any]:
    """All rows that a query finds, as plain tuples."""
    return [row for part in in_parts(session, query, 0) for row in part]


def in_parts(session: Session, query: Select[Any], size: int = _HELD) -> Iterator[Sequence[Any]]:
    """The same, so many at a time; 0: all."""
    found = session.connection().execute(query)
    try:
        # Plain tuples: the library's rows take as long again, and nothing here asks for a column by name.
        while part := found.cursor.fetchmany(size) if size else found.cursor.fetchall():
            yield part
    except sqlite3.DatabaseError as error:
        raise DatabaseError(str(query), None, error) from error
    finally:
        found.close()


def fetched_of(session: Session, query: Select[Any], column: Any, values: Iterable[object]) -> Iterator[Sequence[Any]]:
    """The rows that a query finds in which a column has one of these values, in parts; in no order."""
    wanted = list(values)
    for n in range(0, len(wanted), _ASKED):
        if part := fetched(session, query.where(column.in_(wanted[n : n + _ASKED]))):
            yield part


def some(session: Session, table: type[SQLModel], column: Any, values: Iterable[object]) -> Iterable[Row]:
    """The rows in which a column has one of these values, as `taken` gives them; in no order."""
    return _listed(table, [row for part in fetched_of(session, _all(table), column, values) for row in part])


def taken(session: Session, table: type[SQLModel], order: Any = None) -> Iterable[Row]:
    """All rows, in the order of the table's columns; lists are tuples. Raises JSONDecodeError where a text is no JSON."""
    return _listed(table, _read(session, table, order))


def _listed(table: type[SQLModel], rows: Sequence[Any]) -> Iterable[Row]:
    at = [n for n, c in enumerate(columns_of(table)) if isinstance(c.type, JSON)]
    if not at or not rows:
        return rows
    columns = list(zip(*rows, strict=True))
    for n in at:
        lists = json.loads(f"[{','.join(map(str, columns[n]))}]")  # one text: to read each by itself takes ten times as long
        if len(lists) != len(rows):
            raise json.JSONDecodeError("not one value a row", "", 0)
        columns[n] = tuple(map(tuple, lists))
    return zip(*columns, strict=True)


def put(session: Session, table: type[SQLModel], rows: Iterable[Row]) -> None:
    """Make the rows those of a table without lists: those that are in it as they are stay, what is not among them goes.

    rows: values in the order of the table's columns, the primary key first.
    """
    keys = sum(c.primary_key for c in columns_of(table))
    before, now = _read(session, table), list(rows)
    stays = set(now) & set(before)
    change(session, table, [row[:keys] for row in before if row not in stays], [row for row in now if row not in stays])


def change(session: Session, table: type[SQLModel], gone: list[Row], fresh: list[Row]) -> None:
    """Delete the rows with these primary keys, then insert these rows: values in the order of the table's columns."""
    columns = columns_of(table)
    keys = [c for c in columns if c.primary_key]
    named = [bindparam(f"old_{c.name}", type_=c.type) for c in keys]
    _each(session, delete(table).where(*(c == name for c, name in zip(keys, named, strict=True))), named, gone)
    values = [bindparam(c.name, type_=c.type) for c in columns]
    # In order: a tree that grows at its end is written in two thirds of the time.
    _each(
        session, insert(table).values({c.name: v for c, v in zip(columns, values, strict=True)}), values, sorted(fresh, key=itemgetter(0))
    )


def _each(session: Session, statement: Delete | Insert, named: Sequence[BindParameter[Any]], rows: list[Row]) -> None:
    """Execute a statement with each of the rows in turn: values of its parameters, in this order.

    The driver is given rows as they are: what the library makes of each takes longer than to write it.
    """
    if not rows:
        return
    connection = session.connection()
    compiled = statement.compile(dialect=connection.dialect)
    made = [(n, make) for n, p in enumerate(named) if (make := p.type.dialect_impl(connection.dialect).bind_processor(connection.dialect))]
    names = [p.key for p in named]
    order = [names.index(name) for name in compiled.positiontup or names]
    for part in _parts(rows):
        columns: list[Sequence[Any]] = list(zip(*part, strict=True))
        for n, make in made:
            columns[n] = [*map(make, columns[n])]
        values = zip(*(columns[n] for n in order), strict=True)
        told = [*values] if compiled.positional else [dict(zip(names, row, strict=True)) for row in values]
        connection.exec_driver_sql(compiled.string, told)


def _parts(rows: list[Row]) -> Iterator[list[Row]]:
    yield from (rows[n : n + BATCH] for n in range(0, len(rows), BATCH))
