"""DOIs that are no identifiers: those of whole supplements and proceedings, and those that stand for none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import polars as pl

from review.dedup.columns import frame_of, squashed
from review.dedup.places import dois_of
from review.model.record import Record

MOST = 3  # forms of one article's title, first page or first author
VOLUMES = 2  # one of them the year, or wrong
BEGINNINGS, FORMS = 5, 12  # of titles, where nothing else is known
_LETTERS = 12


def _squashed(name: str) -> pl.Expr:
    return squashed(pl.col(name))


TOLD = ("doi", "title", "authors", "volume", "pages")


def _forms(name: str) -> pl.Expr:
    """How many forms of it one DOI has."""
    return pl.col(name).filter(pl.col(name).is_not_null() & (pl.col(name) != "")).n_unique().over("doi")


def crowded(records: pl.DataFrame) -> pl.Series:
    """The rows whose DOI many documents share: what is told by such a DOI is wrong. records: the columns of TOLD."""
    raw = records.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), *TOLD).filter(pl.col("doi") != "")
    told = raw.with_columns(doi=dois_of(pl.col("doi"))).filter((pl.col("doi") != "") & (pl.len().over("doi") > min(MOST, VOLUMES)))
    told = told.with_columns(volume=pl.col("volume").str.extract(r"(\d+)"))
    # Titles are put right only where there are enough of them to matter.
    titled = told.filter(_forms("title") > MOST).select(
        "row",
        "doi",
        title=_squashed("title"),
        beginning=_squashed("title").str.slice(0, _LETTERS),
        leader=_squashed("authors").str.slice(0, 5),
        page=pl.col("pages").str.extract(r"(\d+)"),
    )
    told_apart = (_forms("leader") > MOST) | (_forms("page") > MOST) | (_forms("beginning") > BEGINNINGS) | (_forms("title") > FORMS)
    many = titled.filter((_forms("title") > MOST) & told_apart)["row"]
    return pl.concat([many, told.filter(_forms("volume") > VOLUMES)["row"]]).unique().sort()


def bare(records: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """Records (columns of `columns.SCHEMA`) without the DOIs that stand in these rows."""
    if rows.is_empty():
        return records
    linked = rows.filter(records["url"].gather(rows).str.contains("doi.org/", literal=True))
    none = pl.Series([""] * rows.len(), dtype=pl.String)
    return records.with_columns(records["doi"].scatter(rows, none), records["url"].scatter(linked, none.head(linked.len())))


def uncounted(asked: Iterable[Record], among: Collection[Record]) -> dict[str, str]:
    """Of the records that are asked about, those whose DOI many of `among` share, each with that DOI."""
    here = {r.key for r in asked}
    known = pl.DataFrame({"doi": [r.doi for r in among]}, schema={"doi": pl.String}).select(dois_of(pl.col("doi"))).to_series()
    wanted = {doi for r, doi in zip(among, known, strict=True) if doi and r.key in here}
    frame = frame_of([r for r, doi in zip(among, known, strict=True) if doi in wanted])
    return {key: doi for key, doi in frame[crowded(frame)].select("key", "doi").iter_rows() if key in here}


def without_doi(record: Record) -> Record:
    """A record as the rules see it where its DOI counts for nothing."""
    return replace(record, doi="", url="" if "doi.org/" in record.url else record.url)
