"""Pairs of records field by field: a level of agreement for each field, a batch of pairs at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from review.dedup.places import compare_journals
from review.dedup.words import NOTICES, apart

# The levels of each field, from the strongest agreement to the strongest disagreement.
LEVELS: dict[str, tuple[str, ...]] = {
    # part: one within the other; notice: the other with nothing but a word such as 'erratum' or 'reply' more
    "title": ("same, long", "same", "near", "same, short", "part", "notice", "weak", "different", "missing"),
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


def within(side: str, other: str) -> pl.Expr:
    """One title begins or ends with the other."""
    x, y = pl.col(side), pl.col(other)
    return x.str.starts_with(y) | x.str.ends_with(y) | y.str.starts_with(x) | y.str.ends_with(x)


def _rewritten() -> pl.Expr:
    """Two words or more on either side that the other has not, in titles that are not close: no misspelling explains that."""
    words, words_b = pl.col("normal").str.split(" "), pl.col("normal_b").str.split(" ")
    shared = words.list.set_intersection(words_b).list.len()
    fewest = pl.min_horizontal(words.list.n_unique(), words_b.list.n_unique())
    return (fewest.cast(pl.Int32) - shared.cast(pl.Int32) >= 2) & pl.col("ratio").is_between(55, 80, closed="left") & ~pl.col("starts")


def title_levels(c: pl.DataFrame) -> pl.DataFrame:
    """title and alike (percent) of pairs. c: TITLED of both records, the second's names with _b; ratio, of `likeness`."""
    words, words_b = (pl.col(side).str.count_matches(" ", literal=True) + 1 for side in ("normal", "normal_b"))
    equal = pl.col("squash") == pl.col("squash_b")
    brackets = (pl.col("also") == pl.col("squash_b")) & (pl.col("also") != "")
    brackets_b = (pl.col("also_b") == pl.col("squash")) & (pl.col("also_b") != "")
    c = c.select(
        "normal",
        "normal_b",
        "squash",
        "squash_b",
        "ratio",
        easy=pl.when((pl.col("squash") == "") | (pl.col("squash_b") == ""))
        .then(pl.lit("missing"))
        .when(equal & (pl.col("generic") | (words < 4)))
        .then(pl.lit("same, short"))
        .when(equal & (words >= 7) & (pl.col("squash").str.len_chars() >= 40))
        .then(pl.lit("same, long"))
        .when(equal)
        .then(pl.lit("same"))
        .when(brackets | brackets_b)
        .then(pl.lit("near")),
    ).with_row_index("at")
    hard = c.filter(pl.col("easy").is_null()).with_columns(starts=within("squash", "squash_b"))
    hard = hard.filter(~_rewritten()).with_columns(
        short=pl.min_horizontal(words, words_b),
        least=pl.min_horizontal(pl.col("squash").str.len_chars(), pl.col("squash_b").str.len_chars()),
    )
    found = [
        _hard_title(*row)
        for row in hard.select("normal", "normal_b", "squash", "squash_b", "ratio", "short", "least", "starts").iter_rows()
    ]
    at = hard["at"].to_numpy()
    level = c["easy"].fill_null("different").scatter(at, pl.Series([f[0] for f in found], dtype=pl.String))
    alike = c.select(
        pl.when(pl.col("easy") == "missing")
        .then(0)
        .when(pl.col("easy") == "near")
        .then(100)
        .otherwise(pl.col("ratio").round())
        .cast(pl.Int32)
    )
    percent = alike.to_series().scatter(at, pl.Series([f[1] for f in found], dtype=pl.Int32))
    return pl.DataFrame([level.cast(_ENUMS["title"]).alias("title"), percent.alias("alike")])


@lru_cache(maxsize=1 << 16)
def _hard_title(
    normal: str, normal_b: str, squash: str, squash_b: str, ratio: float, short: int, least: int, starts: bool
) -> tuple[str, int]:
    """The level and likeness of two titles that differ. short: words, least: letters of the shorter."""
    if not starts and ratio < 55:
        overlap = fuzz.token_set_ratio(normal, normal_b)
        return ("part" if overlap >= 97 and short >= 5 else "different"), round(overlap if overlap >= 97 else ratio)
    only_a, only_b = apart(normal.split(" "), normal_b.split(" "))
    if NOTICES.issuperset([*only_a, *only_b]) and (only_a or only_b):
        return "notice", max(round(ratio), 90) if starts else round(ratio)
    if starts and (only_a or only_b) and short >= 3 and least >= 18:
        return "part", max(round(ratio), 90)
    if f"{normal} ".startswith(f"{normal_b} ") or f"{normal_b} ".startswith(f"{normal} "):
        return "weak", max(round(ratio), 90)  # a main title of a word or two says little, but need not speak against
    if not only_a and not only_b:
        if short >= 3 or ratio >= 90:
            return ("near" if short >= 4 else "same, short"), round(ratio)
        return "weak", round(ratio)
    if (not only_a or not only_b) and short >= 4 and (ratio >= 80 or fuzz.partial_ratio(squash, squash_b) >= 95):
        return "part", round(ratio)
    return ("weak" if ratio >= 80 else "different"), round(ratio)


def leaders(c: pl.DataFrame) -> pl.Series:
    """How alike the first authors' names are, 0 to 100."""
    return pl.Series("leaders", _ratio(c["leader"].to_list(), c["leader_b"].to_list()), pl.Float32)


def _authors() -> pl.Expr:
    """Forgives order, initials, particles, and lists cut short."""
    nobody = (pl.col("names") == "") | (pl.col("names_b") == "")
    names, names_b = pl.col("names").str.split(" "), pl.col("names_b").str.split(" ")
    leads, leads_b = pl.col("first").str.split(" "), pl.col("first_b").str.split(" ")
    shared = names.list.set_intersection(names_b).list.len()
    fewest = pl.min_horizontal(names.list.len(), names_b.list.len())
    named = (pl.col("first") != "") & (pl.col("first_b") != "")
    first = (named & (leads.list.set_intersection(leads_b).list.len() > 0)) | (pl.col("leaders") >= 80)
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


def _one_list() -> pl.Expr:
    """All names of the one, three or more, are among those of the other: more than one person's, as a rule."""
    names, names_b = pl.col("names").str.split(" "), pl.col("names_b").str.split(" ")
    shared = names.list.set_intersection(names_b).list.len()
    return (shared >= 3) & (shared == pl.min_horizontal(names.list.len(), names_b.list.len()))


def _placeless(side: str) -> pl.Expr:
    """Nothing is known of where it appeared."""
    return (
        (pl.col(f"journal{side}") == "")
        & (pl.col(f"volume{side}").list.len() == 0)
        & (pl.col(f"page{side}") < 0)
        & (pl.col(f"doi{side}") == "")
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

    elsewhere = (
        (pl.col("volume").list.len() > 0)
        & (pl.col("volume_b").list.len() > 0)
        & (pl.col("volume").list.set_intersection("volume_b").list.len() == 0)
    )
    within = (
        (letters == letters_b)
        & ~elsewhere
        & (holds(page, last, span, page_b, page2_b, last_b) | holds(page_b, last_b, span_b, page, page2, last))
    )
    abstracts = letters.is_in(["s", "p"]) | letters_b.is_in(["s", "p"])
    article = (pl.col("locator") != pl.col("locator_b")) & ~abstracts & ((page == 1) | (page_b == 1) | (letters != letters_b))
    return _first(
        "pages",
        ((page < 0) | (page_b < 0), "missing"),
        (roman & (letters != letters_b), "different"),
        (meet & (letters == "roman"), "page 1"),  # every editorial begins at i or iii
        (meet & (letters != letters_b) & (letters.is_in(["s", "a", "p"]) | letters_b.is_in(["s", "a", "p"])), "page 1"),
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
    both = ["journal", "journal_b"]
    pairs = c.select(both).unique()
    levels = [compare_journals(a, b) for a, b in pairs.iter_rows()]
    told = pairs.with_columns(pl.Series("level", levels, _ENUMS["journal"]))
    return c.select(both).join(told, on=both, how="left", maintain_order="left")["level"].alias("journal_level")


TITLED = ("normal", "squash", "also", "generic")


def beside(a: pl.DataFrame, b: pl.DataFrame) -> pl.DataFrame:
    """Two batches of features, row against row: the second's names with _b; and how alike the titles are."""
    c = pl.concat([a, b.rename({name: f"{name}_b" for name in b.columns})], how="horizontal")
    return c.with_columns(likeness(a, b))


def compare(a: pl.DataFrame, b: pl.DataFrame, titles: pl.DataFrame | None = None) -> pl.DataFrame:
    """Two batches of features, row against row: a column for each field of LEVELS, and alike, numbers, within, and what
    the rules ask of both records (a name and the name with _b). titles: of `title_levels`, where they are known."""
    c = beside(a, b)
    c = c.with_columns(leaders(c), _journals(c), _abstracts(c))
    titles = title_levels(c) if titles is None else titles.select("title", "alike")
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
        follows=((pl.col("last") > 0) & (pl.col("page_b") == pl.col("last") + 1))
        | ((pl.col("last_b") > 0) & (pl.col("page") == pl.col("last_b") + 1)),
        deep=(pl.col("page") > 30) & (pl.col("page_b") > 30),
        same_names=(pl.col("names") != "") & (pl.col("names") == pl.col("names_b")),
        one_list=_one_list(),
        same_id=(pl.col("same_id") != "") & (pl.col("same_id") == pl.col("same_id_b")),
        same_content=(pl.col("content") == pl.col("content_b")).fill_null(value=False),
        span=pl.max_horizontal(pl.col("last") - pl.col("page"), 0),
        placed_names=(pl.col("journal") != "") & (pl.col("journal_b") != ""),
        bare=(pl.col("journal") == "") & (pl.col("journal_b") == ""),
        placeless=_placeless("") | _placeless("_b"),
    )  # fmt: skip
    asked = c.select(
        f"{name}{side}"
        for name in ("kind", "generic", "yearly", "english", "preprint", "conference", "cochrane", "monograph")
        for side in ("", "_b")
    )
    return pl.concat([titles, levels, asked], how="horizontal")
