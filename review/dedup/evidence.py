"""What speaks for and against a pair, in words."""

from __future__ import annotations

import polars as pl

from review.dedup.levels import words_in_common
from review.dedup.likeness import likeness

_TWO = {"same": "agrees", "different": "differs", "missing": "missing"}
# Field -> level (of levels.LEVELS) -> what it means.
MEANING: dict[str, dict[str, str]] = {
    "title": {
        "same, long": "the same, and long",
        "same": "the same",
        "near": "the same but for a misspelling or a translation",
        "same, short": "the same or nearly, but short or of a kind that many documents have",
        "part": "one within the other",
        "notice": "alike but for a word such as 'reply' or 'erratum'",
        "weak": "alike but for a word or more",
        "different": "different",
        "missing": "missing",
    },
    "authors": {
        "same": "agree, or as many as are named",
        "order": "agree in another order",
        "first": "only the first agrees",
        "few": "few agree",
        "different": "differ",
        "missing": "missing",
    },
    "year": {"same": "agrees", "1 apart": "1 apart", "2 apart": "2 apart", "far": "further apart", "missing": "missing"},
    "journal": {
        "same": "agrees",
        "within": "one name within the other",
        "unclear": "may be the same",
        "different": "differs",
        "missing": "missing, or no more than a series of proceedings",
    },
    "volume": _TWO,
    "issue": _TWO,
    "pages": {
        "range": "first and last agree",
        "same": "agree",
        "first": "the first agree, the last differ",
        "page 1": "agree where many documents begin",
        "adjacent": "next to each other",
        "overlap": "overlap",
        "unclear": "may agree: the number of an article or abstract and its pages, pages counted from 1 ahead of print, how many they are, or what is left of them",
        "different": "differ",
        "missing": "missing",
    },
    "doi": _TWO,
    "pmid": _TWO,
    "abstract": {"equal": "agrees", "same": "nearly the same", "unclear": "alike in part", "different": "differs", "missing": "missing"},
}
_AUTHORS = {
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
    return _said(name, {"equal": f"{name} agrees", "same": f"{name} agrees", "different": f"{name} differs"})


def _titles() -> pl.Expr:
    """percent: how alike the titles are letter by letter; equal: the same but for case, signs and spaces."""
    return (
        pl.when(pl.col("title") == "missing")
        .then(pl.lit("title missing"))
        .when("equal")
        .then(pl.lit("same title"))
        .when(pl.col("title") == "part")
        .then(pl.lit("one title within the other"))
        .when(pl.col("title").is_in(["near", "same"]) & pl.col("begins"))
        .then(pl.lit("one title is the beginning of the other"))
        .when(pl.col("title").is_in(["same", "same, long"]))
        .then(pl.lit("same title in another spelling"))
        .when((pl.col("title") == "near") & pl.col("bracketed"))
        .then(pl.lit("one title is the other's in brackets"))
        .when(pl.col("title") == "notice")
        .then(pl.concat_str(pl.lit("title "), pl.col("percent"), pl.lit(" %, with a word such as 'reply' or 'erratum' more")))
        .otherwise(pl.concat_str(pl.lit("title "), pl.col("percent"), pl.lit(" %")))
    )


def _people() -> pl.Expr:
    """Of two lists that the rules take for one: whether all of both agree, all that one has, its only one, or some.

    people: how many follow the first; shared: words of names that both have.
    """
    fewest, most = pl.min_horizontal("people", "people_b"), pl.max_horizontal("people", "people_b")
    return (
        pl.when(pl.col("authors") != "same")
        .then(_said("authors", _AUTHORS))
        .when((fewest == 0) & (most > 0))
        .then(pl.lit("first author agrees, the only one that one of them names"))
        .when(pl.col("shared") <= fewest)
        .then(pl.lit("some authors agree, the first among them"))
        .when(fewest < most)
        .then(pl.lit("authors agree as far as both name them"))
        .otherwise(pl.lit("authors agree"))
    )


def _years() -> pl.Expr:
    """y, z: the two years; probable: of one report; ahead: of one alone the place is known. Then, and in one volume, a year apart is the year
    online."""
    years = pl.concat_str(pl.lit("year "), pl.min_horizontal("y", "z"), pl.lit("/"), pl.max_horizontal("y", "z"))
    online = (
        ((pl.col("y") - pl.col("z")).abs() == 1)
        & pl.col("probable")
        & ((pl.col("volume") == "same") | ((pl.col("volume") == "missing") & pl.col("ahead")))
        & ~pl.any_horizontal("monograph", "monograph_b", "conference", "conference_b")  # nothing of theirs is ahead of print
    )
    return (
        pl.when(pl.col("year") == "missing")
        .then(None)
        .when(pl.col("y") == pl.col("z"))
        .then(pl.concat_str(pl.lit("year "), pl.col("y")))
        .when(online)
        .then(pl.concat_str(years, pl.lit(": ahead of print")))
        .otherwise(years)
    )


def words_for(levels: pl.DataFrame, a: pl.DataFrame, b: pl.DataFrame) -> pl.Series:
    """The evidence on each pair; what neither or only one has is passed over. levels: of `compare` on the features a and b."""
    probable = levels["probability"] >= 0.5 if "probability" in levels.columns else pl.Series([False] * levels.height, dtype=pl.Boolean)
    squash, other = pl.col("squash"), pl.col("squash_b")
    frame = levels.with_columns(
        y=a["year"],
        z=b["year"],
        probable=probable,
        ahead=(a["volume"].list.len() == 0) & (b["volume"].list.len() > 0) | (a["volume"].list.len() > 0) & (b["volume"].list.len() == 0),
        percent=likeness(a, b).round().cast(pl.Int32).clip(0, 99),
        squash=a["squash"],
        squash_b=b["squash"],
        bracketed=((a["also"] == b["squash"]) & (a["also"] != "")) | ((b["also"] == a["squash"]) & (b["also"] != "")),
        scripts=(a["foreign"] != b["foreign"]) & (a["names"] != "") & (b["names"] != ""),
        deposit=a["version"] != b["version"],
        people=a["people"],
        people_b=b["people"],
        names=a["names"],
        names_b=b["names"],
    ).with_columns(
        shared=words_in_common("names"), equal=squash == other, begins=squash.str.starts_with(other) | other.str.starts_with(squash)
    )
    parts = (
        pl.when(pl.col("doi") == "same")
        .then(pl.when("deposit").then(pl.lit("DOIs agree but for the version")).otherwise(pl.lit("same DOI")))
        .when(pl.col("doi") == "different")
        .then(pl.when("versions").then(pl.lit("DOIs of two versions")).otherwise(pl.lit("DOIs differ"))),
        pl.when("one_book").then(pl.lit("same ISBN")).when("two_books").then(pl.lit("ISBNs differ")),
        pl.when(pl.col("two_imprints") != "").then(pl.concat_str("two_imprints", pl.lit(" differs"))),
        _said("pmid", {"same": "same PMID", "different": "PMIDs differ"}),
        _titles(),
        pl.when(~pl.col("numbers")).then(pl.lit("numbers in the titles differ")),
        pl.when("contrary").then(pl.lit("a sign in the titles differs: + and −, or < and >")),
        pl.coalesce(_people(), pl.when("scripts").then(pl.lit("authors in two scripts"))),
        _years(),
        _field("journal"),
        _field("volume"),
        _field("issue"),
        _said("pages", _PAGES),
        _said("abstract", {"equal": "abstract agrees", "same": "abstracts alike", "different": "abstract differs"}),
    )
    return frame.select(evidence=pl.concat_str(*parts, separator="; ", ignore_nulls=True)).to_series()
