"""Tables of the index as columns: many rows in and out, none of them a Python value for longer than it takes to pass it on."""

from __future__ import annotations

from collections.abc import Sequence
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Float, Integer, Text, cast, select
from sqlmodel import Session, SQLModel

from review.store.rows import change, columns_of, fetched_of, in_parts

if TYPE_CHECKING:
    import polars as pl

BETWEEN = "; "  # of several names or words, as one text


def read(session: Session, table: type[SQLModel], names: Sequence[str], keys: Sequence[str] | None = None) -> pl.DataFrame:
    """These columns, of all rows or of those with these keys, by the first column; of a list, its texts with BETWEEN between them.

    Raises JSONDecodeError where a text is no JSON.
    """
    import polars as pl

    of = {c.name: c.type for c in columns_of(table)}
    kinds = {n: pl.Int64 if isinstance(of[n], Integer) else pl.Float64 if isinstance(of[n], Float) else pl.String for n in names}
    lists = [name for name in names if isinstance(of[name], JSON)]
    query = select(*_asked(table, names))
    parts = in_parts(session, query) if keys is None else fetched_of(session, query, columns_of(table)[0], keys)
    found = [pl.DataFrame(schema=kinds)]
    try:
        for rows in parts:
            columns = zip(names, map(list, zip(*rows, strict=True)), strict=True)
            part = pl.DataFrame([pl.Series(name, values, kinds[name]) for name, values in columns])
            found.append(part.with_columns(pl.col(lists).str.json_decode(pl.List(pl.String)).list.join(BETWEEN)))
    except pl.exceptions.PolarsError as error:
        raise JSONDecodeError(str(error), "", 0) from None
    return pl.concat(found).sort(names[0])


def _asked(table: type[SQLModel], names: Sequence[str]) -> list[Any]:
    by_name = {c.name: c for c in columns_of(table)}
    return [cast(c, Text) if isinstance(c.type, JSON) else c for c in map(by_name.__getitem__, names)]


def put(session: Session, table: type[SQLModel], now: pl.DataFrame) -> None:
    """Make the rows those of the table: those that are in it as they are stay, what is not among them goes.

    now: all columns of a table without lists, the primary key first.
    """
    names = [c.name for c in columns_of(table)]
    keys = [c.name for c in columns_of(table) if c.primary_key]
    before, now = read(session, table, names), now.select(names)
    gone = before.join(now, on=names, how="anti", nulls_equal=True).select(keys)
    change(session, table, gone.rows(), now.join(before, on=names, how="anti", nulls_equal=True).rows())
