"""Tables of the index as columns: many rows in and out, none of them a Python value for longer than it takes to pass it on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Float, Integer, Text, cast, select
from sqlmodel import Session, SQLModel

from review.store.rows import change, columns_of, fetched, fetched_of

if TYPE_CHECKING:
    import polars as pl

BETWEEN = "; "  # of several names or words, as one text


def texts(
    session: Session, table: type[SQLModel], names: Sequence[str], key: Any, keys: Collection[str] | None = None
) -> list[Sequence[Any]]:
    """These columns of all rows, or of those with these keys, by key, as Python's own sequences; a list as its JSON."""
    by_name = {c.name: c for c in columns_of(table)}
    asked = [by_name[name] for name in names]
    query = select(*(cast(c, Text) if isinstance(c.type, JSON) else c for c in asked)).order_by(key)
    rows = fetched(session, query) if keys is None else fetched_of(session, query, key, keys)
    return list(zip(*rows, strict=True)) if rows else [() for _ in asked]


def read(session: Session, table: type[SQLModel], names: Sequence[str], key: Any, keys: Collection[str] | None = None) -> pl.DataFrame:
    """The same as a frame; of a list, its texts with BETWEEN between them. Raises JSONDecodeError where a text is no JSON."""
    import polars as pl

    by_name = {c.name: c for c in columns_of(table)}
    asked = [by_name[name] for name in names]
    kinds = [pl.Int64 if isinstance(c.type, Integer) else pl.Float64 if isinstance(c.type, Float) else pl.String for c in asked]
    values = texts(session, table, names, key, keys)
    found = pl.DataFrame([pl.Series(c.name, v, kind) for c, v, kind in zip(asked, values, kinds, strict=True)])
    lists = [c.name for c in asked if isinstance(c.type, JSON)]
    try:
        return found.with_columns(pl.col(lists).str.json_decode(pl.List(pl.String)).list.join(BETWEEN)) if lists else found
    except pl.exceptions.PolarsError as error:
        raise JSONDecodeError(str(error), "", 0) from None


def put(session: Session, table: type[SQLModel], now: pl.DataFrame) -> None:
    """Make the rows those of the table: those that are in it as they are stay, what is not among them goes.

    now: all columns of a table without lists, the primary key first.
    """
    names = [c.name for c in columns_of(table)]
    keys = [c.name for c in columns_of(table) if c.primary_key]
    before, now = read(session, table, names, columns_of(table)[0]), now.select(names)
    gone = before.join(now, on=names, how="anti", nulls_equal=True).select(keys)
    change(session, table, gone.rows(), now.join(before, on=names, how="anti", nulls_equal=True).rows())
