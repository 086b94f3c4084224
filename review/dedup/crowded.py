"""DOIs and PMIDs that are no identifiers: those of whole supplements and proceedings, and what else a column was filled with."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from review.dedup.columns import squashed
from review.dedup.places import dois_of, pmids_of

if TYPE_CHECKING:
    from review.model.record import Record

MOST = 3  # forms of one article's title, first page or first author
VOLUMES = 2  # one of them the year, or wrong
BEGINNINGS, FORMS = 5, 12  # of titles, where nothing else is known
_LETTERS = 12


def _squashed(name: str) -> pl.Expr:
    return squashed(pl.col(name))


TOLD = ("doi", "pmid", "title", "authors", "volume", "pages")
Shared = Mapping[str, str]  # the names of a record's identifiers that many documents have, each with it


def identifiers() -> dict[str, pl.Expr]:
    """A record's identifiers, put right."""
    return {"doi": dois_of(pl.col("doi")), "pmid": pmids_of(pl.col("pmid"))}


def _forms(name: str) -> pl.Expr:
    """How many forms of it one identifier has."""
    return pl.col(name).filter(pl.col(name).is_not_null() & (pl.col(name) != "")).n_unique().over("id")


def crowded(records: pl.DataFrame) -> dict[str, pl.Series]:
    """The rows whose DOI, and those whose PMID, many documents share: what is told by such a one is wrong. records: the columns of TOLD, and
    `doi id` and `pmid id` where the identifiers are known."""
    return {name: _crowded(records, name, put_right) for name, put_right in identifiers().items()}


def _crowded(records: pl.DataFrame, name: str, put_right: pl.Expr) -> pl.Series:
    put_right = pl.col(f"{name} id") if f"{name} id" in records.columns else put_right
    ids = records.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), id=pl.when(pl.col(name) != "").then(put_right)).filter(
        pl.col("id") != ""
    )
    ids = ids.filter(pl.len().over("id") > min(MOST, VOLUMES))
    told = pl.concat([ids, records.select(TOLD)[ids["row"]]], how="horizontal")
    told = told.with_columns(volume=pl.col("volume").str.extract(r"([1-9]\d*)"))
    # Titles are put right only where there are enough of them to matter.
    titled = told.filter(_forms("title") > MOST).select(
        "row",
        "id",
        title=_squashed("title"),
        beginning=_squashed("title").str.slice(0, _LETTERS),
        leader=_squashed("authors").str.slice(0, 5),
        page=pl.col("pages").str.extract(r"(\d+)"),
    )
    told_apart = (_forms("leader") > MOST) | (_forms("page") > MOST) | (_forms("beginning") > BEGINNINGS) | (_forms("title") > FORMS)
    many = titled.filter((_forms("title") > MOST) & told_apart)["row"]
    return pl.concat([many, told.filter(_forms("volume") > VOLUMES)["row"]]).unique().sort()


def bare(records: pl.DataFrame, rows: Mapping[str, pl.Series]) -> pl.DataFrame:
    """Records (columns of `columns.SCHEMA`) without the identifiers that `crowded` tells, each in these rows."""
    for name, at in rows.items():
        if at.is_empty():
            continue
        none = pl.Series([""] * at.len(), dtype=pl.String)
        records = records.with_columns(records[name].scatter(at, none))
        if name == "doi":
            linked = at.filter(records["url"].gather(at).str.contains("doi.org/", literal=True))
            records = records.with_columns(records["url"].scatter(linked, none.head(linked.len())))
    return records


def uncounted(asked: Collection[str], among: pl.DataFrame) -> dict[str, Shared]:
    """Of the records that are asked about, by key, those with an identifier that many of `among` share, each with these. among: key and
    the columns of TOLD."""
    known = among.select("key", **identifiers())
    wanted = set(asked)
    mine = known.filter(pl.col("key").is_in(list(wanted)))
    near = known.select(pl.any_horizontal(pl.col(n).is_in(mine[n].filter(mine[n] != "").to_list()) for n in identifiers())).to_series()
    frame = among.filter(near)
    found: dict[str, Shared] = {}
    for name, rows in crowded(frame).items():
        for key, value in frame[rows].select("key", identifiers()[name]).iter_rows():
            if key in wanted:
                found[key] = {**found.get(key, {}), name: value}
    return found


def without(record: Record, shared: Shared) -> Record:
    """A record as the rules see it where these of its identifiers count for nothing."""
    record = replace(record, pmid="") if "pmid" in shared else record
    return replace(record, doi="", url="" if "doi.org/" in record.url else record.url) if "doi" in shared else record


def worded(shared: Shared) -> str:
    """What counts for nothing, as a person is told it; '' for nothing."""
    names = " and ".join(f"{name.upper()} {value}" for name, value in shared.items())
    return names and f"not counted, since many documents here have it: {names}"
