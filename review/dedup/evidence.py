"""What speaks for and against a pair, in words."""

from __future__ import annotations

import polars as pl

_AUTHORS = {
    "same": "authors agree",
    "order": "authors in another order",
    "first": "only the first author agrees",
    "few": "few authors agree",
    "different": "authors differ",
}
_PAGES = {
    "range": "pages agree",
    "same": "pages agree",
    "first": "first pages agree",
    "page 1": "pages agree",
    "adjacent": "pages are next to each other",
    "overlap": "pages overlap",
    "different": "pages differ",
}


def _said(name: str, words: dict[str, str]) -> pl.Expr:
    return pl.coalesce(*(pl.when(pl.col(name) == level).then(pl.lit(text)) for level, text in words.items()))


def _field(name: str) -> pl.Expr:
    return _said(name, {"same": f"{name} agrees", "different": f"{name} differs"})


def words_for(levels: pl.DataFrame, a: pl.DataFrame, b: pl.DataFrame) -> pl.Series:
    """The evidence on each pair; what neither or only one has is passed over. levels: of `compare` on the features a and b."""
    frame = levels.with_columns(y=a["year"], z=b["year"])
    percent = pl.concat_str(pl.lit("title "), pl.col("alike"), pl.lit(" %"))
    title = (
        pl.when(pl.col("title") == "missing")
        .then(pl.lit("title missing"))
        .when(pl.col("alike") == 100)
        .then(pl.lit("same title"))
        .when(pl.col("title") == "part")
        .then(pl.concat_str(percent, pl.lit(", one within the other")))
        .when(pl.col("title") == "notice")
        .then(pl.concat_str(percent, pl.lit(", with a word such as 'reply' or 'erratum' more")))
        .otherwise(percent)
    )
    years = pl.concat_str(pl.lit("year "), pl.min_horizontal("y", "z"), pl.lit("/"), pl.max_horizontal("y", "z"))
    near = (pl.col("y") - pl.col("z")).abs() == 1
    year = (
        pl.when(pl.col("year") == "missing")
        .then(None)
        .when(pl.col("y") == pl.col("z"))
        .then(pl.concat_str(pl.lit("year "), pl.col("y")))
        .when(near & (pl.col("probability") >= 0.5 if "probability" in frame.columns else pl.lit(value=False)))
        .then(pl.concat_str(years, pl.lit(": ahead of print")))
        .otherwise(years)
    )
    parts = (
        _said("doi", {"same": "same DOI", "different": "DOIs differ"}),
        _said("pmid", {"same": "same PMID", "different": "PMIDs differ"}),
        title,
        pl.when(~pl.col("numbers")).then(pl.lit("numbers in the titles differ")),
        _said("authors", _AUTHORS),
        year,
        _field("journal"),
        _field("volume"),
        _field("issue"),
        _said("pages", _PAGES),
        _field("abstract"),
    )
    return frame.select(evidence=pl.concat_str(*parts, separator="; ", ignore_nulls=True)).to_series()
