"""DOIs that are no identifiers: those of whole supplements and proceedings, and those that stand for none."""

from __future__ import annotations

import polars as pl

from review.dedup.columns import plain
from review.dedup.places import dois_of

MOST = 3  # titles that have nothing in common under one DOI: an article, its erratum and a reply to it
_BEGINNING = 12  # letters


def without_crowded(records: pl.DataFrame) -> pl.DataFrame:
    """Records (columns of `columns.SCHEMA`) without the DOIs that more than MOST documents share: what is told by such a DOI is wrong."""
    raw = records.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), "doi", "title").filter(pl.col("doi") != "")
    told = raw.with_columns(doi=dois_of(pl.col("doi"))).filter(pl.col("doi").is_duplicated() & (pl.col("doi") != ""))
    if told.is_empty():
        return records
    told = told.with_columns(title=plain(pl.col("title")).str.replace_all(" ", "", literal=True).str.slice(0, _BEGINNING))
    titles = pl.col("title").filter(pl.col("title") != "").n_unique().over("doi")
    crowded = told.filter(titles > MOST)["row"]
    if crowded.is_empty():
        return records
    none = pl.Series([""] * crowded.len())
    linked = records["url"].gather(crowded).str.contains("doi.org/", literal=True)
    return records.with_columns(
        records["doi"].scatter(crowded, none), records["url"].scatter(crowded.filter(linked), [""] * int(linked.sum()))
    )
