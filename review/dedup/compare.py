"""Pairs of records field by field: a level of agreement for each field, a batch of pairs at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from review.dedup.places import compare_journals
from review.dedup.words import apart

# The levels of each field, from the strongest agreement to the strongest disagreement.
LEVELS: dict[str, tuple[str, ...]] = {
    "title": ("same, long", "same", "near", "same, short", "part", "weak", "different", "missing"),
    "authors": ("same", "order", "first", "few", "different", "missing"),
    "year": ("same", "1 apart", "2 apart", "far", "missing"),
    "journal": ("same", "within", "unclear", "different", "missing"),
    "volume": ("same", "different", "missing"),
    "issue": ("same", "different", "missing"),
    # first: the last pages differ; page 1: many documents begin there; adjacent: off by one; unclear: an article number and the pages within it
    "pages": ("range", "same", "first", "page 1", "adjacent", "overlap", "unclear", "different", "missing"),
    "doi": ("same", "different", "missing"),
    "pmid": ("same", "different", "missing"),
    "abstract": ("same", "unclear", "different", "missing"),
}
_ENUMS = {name: pl.Enum(levels) for name, levels in LEVELS.items()}


def _first(name: str, *cases: tuple[pl.Expr, str], otherwise: str) -> pl.Expr:
    """The level of the first case that holds."""
    found = pl.coalesce(*(pl.when(case).then(pl.lit(level)) for case, level in cases), pl.lit(otherwise))
    return found.cast(_ENUMS[name]).alias(name)


def _ratio(a: Sequence[str], b: Sequence[str]) -> np.ndarray:
    return (
        process.cpdist(a, b, scorer=fuzz.ratio, dtype=np.float32, workers=2 if len(a) > 2000 else 1) if len(a) else np.zeros(0, np.float32)
    )


def likeness(a: pl.DataFrame, b: pl.DataFrame) -> pl.Series:
    """How alike the titles are, 0 to 100, letter by letter."""
    return pl.Series("ratio", _ratio(a["squash"].to_list(), b["squash"].to_list()), pl.Float32)


def _title_levels(c: pl.DataFrame) -> pl.DataFrame:
    """title and alike (percent). c: normal, squash, also, words, generic of both; ratio."""
    words, words_b = pl.col("words").list.len(), pl.col("words_b").list.len()
    c = c.select(
        "normal",
        "normal_b",
        "squash",
        "squash_b",
        "ratio",
        "generic",
        n=words,
        short=pl.min_horizontal(words, words_b),
        least=pl.min_horizontal(pl.col("squash").str.len_chars(), pl.col("squash_b").str.len_chars()),
        empty=(pl.col("squash") == "") | (pl.col("squash_b") == ""),
        equal=pl.col("squash") == pl.col("squash_b"),
        translated=((pl.col("also") != "") & (pl.col("also") == pl.col("squash_b")))
        | ((pl.col("also_b") != "") & (pl.col("also_b") == pl.col("squash"))),
        starts=pl.col("squash").str.starts_with(pl.col("squash_b"))
        | pl.col("squash").str.ends_with(pl.col("squash_b"))
        | pl.col("squash_b").str.starts_with(pl.col("squash"))
        | pl.col("squash_b").str.ends_with(pl.col("squash")),
    )
    title, alike = [], []
    for normal, normal_b, squash, squash_b, ratio, generic, n, short, least, empty, equal, translated, starts in c.iter_rows():
        level, percent = "different", round(ratio)
        if empty:
            level, percent = "missing", 0
        elif equal:
            level = "same, short" if generic or n < 4 else "same, long" if n >= 7 and least >= 40 else "same"
        elif translated:
            level, percent = "near", 100
        elif starts or ratio >= 55:
            only_a, only_b = apart(normal.split(" "), normal_b.split(" "))
            if starts and (only_a or only_b) and short >= 3 and least >= 18:
                level, percent = "part", max(round(ratio), 90)
            elif not only_a and not only_b:
                level = "near" if short >= 3 or ratio >= 90 else "weak"
            elif (not only_a or not only_b) and short >= 4 and (ratio >= 80 or fuzz.partial_ratio(squash, squash_b) >= 95):
                level = "part"
            elif ratio >= 80:
                level = "weak"
        else:
            overlap = fuzz.token_set_ratio(normal, normal_b)
            if overlap >= 97:
                level, percent = ("part" if short >= 5 else "different"), round(overlap)
        title.append(level)
        alike.append(percent)
    return pl.DataFrame({"title": pl.Series(title, dtype=_ENUMS["title"]), "alike": pl.Series(alike, dtype=pl.Int32)})


def _leaders(c: pl.DataFrame) -> pl.Series:
    """How alike the first authors' names are, 0 to 100."""
    return pl.Series("leaders", _ratio(c["leader"].to_list(), c["leader_b"].to_list()), pl.Float32)


def _authors() -> pl.Expr:
    """Forgives order, initials, particles, and lists cut short."""
    nobody = (pl.col("names").list.len() == 0) | (pl.col("names_b").list.len() == 0)
    shared = pl.col("names").list.set_intersection("names_b").list.len()
    fewest = pl.min_horizontal(pl.col("names").list.len(), pl.col("names_b").list.len())
    first = (pl.col("first").list.set_intersection("first_b").list.len() > 0) | (pl.col("leaders") >= 80)
    share = shared / fewest
    return _first(
        "authors",
        (nobody, "missing"),
        (~first & (pl.col("group") | pl.col("group_b")), "missing"),  # an organisation on one side, people on the other
        (first & ((share >= 0.5) | (fewest <= 2)), "same"),
        (first, "first"),
        (share >= 0.5, "order"),
        (shared > 0, "few"),
        otherwise="different",
    )


def _year() -> pl.Expr:
    apart_by = (pl.col("year") - pl.col("year_b")).abs()
    return _first(
        "year",
        ((pl.col("year") == 0) | (pl.col("year_b") == 0), "missing"),
        (apart_by == 0, "same"),
        (apart_by == 1, "1 apart"),
        (apart_by == 2, "2 apart"),
        otherwise="far",
    )


def _numbers(name: str) -> pl.Expr:
    return _first(
        name,
        ((pl.col(name).list.len() == 0) | (pl.col(f"{name}_b").list.len() == 0), "missing"),
        (pl.col(name).list.set_intersection(f"{name}_b").list.len() > 0, "same"),
        otherwise="different",
    )


def _pages() -> pl.Expr:
    page, page2, last = pl.col("page"), pl.col("page2"), pl.col("last")
    page_b, page2_b, last_b = pl.col("page_b"), pl.col("page2_b"), pl.col("last_b")
    letters, letters_b = pl.col("letters"), pl.col("letters_b")
    meet = (page == page_b) | (page == page2_b) | (page2 == page_b) | (page2 == page2_b)
    shared = pl.when((page == page_b) | (page == page2_b)).then(page).otherwise(page2)
    span, span_b = last - page, last_b - page_b
    roman = (letters == "roman") | (letters_b == "roman")

    def holds(low: pl.Expr, high: pl.Expr, wide: pl.Expr, *others: pl.Expr) -> pl.Expr:
        return (high > 0) & (wide < 60) & pl.any_horizontal(*((low <= n) & (n <= high) for n in others))

    within = (letters == letters_b) & (holds(page, last, span, page_b, page2_b, last_b) | holds(page_b, last_b, span_b, page, page2, last))
    abstracts = letters.is_in(["s", "p"]) | letters_b.is_in(["s", "p"])
    article = (pl.col("locator") != pl.col("locator_b")) & ~abstracts & ((page == 1) | (page_b == 1) | (letters != letters_b))
    return _first(
        "pages",
        ((page < 0) | (page_b < 0), "missing"),
        (roman & (letters != letters_b), "different"),
        (meet & (letters == "roman"), "page 1"),  # every editorial begins at i or iii
        (meet & (last > 0) & (span >= 2) & (last == last_b), "range"),
        (meet & (last > 0) & (last_b > 0) & (last != last_b), "first"),
        (meet & (shared <= 1), "page 1"),
        (meet, "same"),
        (
            (letters == letters_b) & ~pl.col("locator") & ~pl.col("locator_b") & ((page - page_b).abs() == 1) & (page > 1) & (page_b > 1),
            "adjacent",
        ),
        (within, "overlap"),
        (article, "unclear"),
        otherwise="different",
    )


def _ids(name: str) -> pl.Expr:
    return _first(
        name,
        ((pl.col(name) == "") | (pl.col(f"{name}_b") == ""), "missing"),
        (pl.col(name) == pl.col(f"{name}_b"), "same"),
        otherwise="different",
    )


def _abstracts(c: pl.DataFrame) -> pl.Series:
    levels: list[str] = []
    for a, b in zip(c["abstract"].to_list(), c["abstract_b"].to_list(), strict=True):
        size = min(len(a), len(b))
        if size < 80:
            levels.append("same" if a == b and size >= 40 else "missing")
        elif a[:size] == b[:size]:
            levels.append("same")
        else:
            alike = fuzz.ratio(a[:size], b[:size], score_cutoff=55)
            levels.append("same" if alike >= 85 else "unclear" if alike >= 55 else "different")
    return pl.Series("abstract_level", levels, _ENUMS["abstract"])


def _journals(c: pl.DataFrame) -> pl.Series:
    levels = [compare_journals(a, b) for a, b in zip(c["journal"].to_list(), c["journal_b"].to_list(), strict=True)]
    return pl.Series("journal_level", levels, _ENUMS["journal"])


def compare(a: pl.DataFrame, b: pl.DataFrame) -> pl.DataFrame:
    """Two batches of features, row against row: a column for each field of LEVELS, and alike, numbers, within, and what
    the rules ask of both records (a name and the name with _b)."""
    c = pl.concat([a, b.rename({name: f"{name}_b" for name in b.columns})], how="horizontal")
    c = c.with_columns(likeness(a, b), _leaders(c), _journals(c), _abstracts(c))
    titles = _title_levels(c)
    issns = (pl.col("issns").list.set_intersection("issns_b").list.len() > 0).fill_null(value=False)
    number, number_b = pl.col("numbers"), pl.col("numbers_b")
    levels = c.select(
        _authors(),
        _year(),
        _first("journal", (issns, "same"), (pl.col("journal_level") == "same", "same"), (pl.col("journal_level") == "within", "within"), (pl.col("journal_level") == "unclear", "unclear"),
               (pl.col("journal_level") == "missing", "missing"), otherwise="different"),
        _numbers("volume"),
        _numbers("issue"),
        _pages(),
        _ids("doi"),
        _ids("pmid"),
        pl.col("abstract_level").alias("abstract"),
        numbers=(number == number_b) | (pl.col("squash") == "") | (pl.col("squash_b") == "") | (pl.col("squash") == pl.col("squash_b")),
        within=number.str.contains(number_b, literal=True) | number_b.str.contains(number, literal=True),
        same_id=(pl.col("same_id") != "") & (pl.col("same_id") == pl.col("same_id_b")),
        same_content=(pl.col("content") == pl.col("content_b")).fill_null(value=False),
        span=pl.max_horizontal(pl.col("last") - pl.col("page"), 0),
        placed_names=(pl.col("journal") != "") & (pl.col("journal_b") != ""),
    )  # fmt: skip
    asked = c.select(
        f"{name}{side}" for name in ("kind", "generic", "english", "preprint", "conference", "cochrane") for side in ("", "_b")
    )
    return pl.concat([titles, levels, asked], how="horizontal")
