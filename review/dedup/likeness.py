"""Titles of pairs of records: how alike they are, and in what way one differs from the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from review.dedup.columns import size_of
from review.dedup.levels import BOTH_WAYS, ENUMS, words_in_common
from review.dedup.numbers import COUNTED, COUNTS
from review.dedup.words import ABOUT, GREEK, NOTICES, apart, one_wording, refilled, reworded, turned
from review.model.patterns import lazy

_NUMBERED = lazy(COUNTS)
_TIMED = lazy(r"\b(?:weeks?|months?|years?|days?|hours?|visit|cycle|round|wave|part|phase|stage|study) \w?\d")
_COUNTING = tuple(f" {word}" for word in COUNTED)  # what a number follows
UNLIKE = 55  # percent: less alike are titles only where one is part of the other
RESPELLED = 85  # less alike are no two spellings of one title
_LONG = (7, 40)  # words, and letters and digits: of an equal title that says much
REWRITTEN = 80  # less alike, with two other words on either side, they are two titles


def ratios(a: Sequence[str], b: Sequence[str]) -> np.ndarray:
    """How alike texts are, row by row, 0 to 100, letter by letter."""
    return (
        process.cpdist(a, b, scorer=fuzz.ratio, dtype=np.float32, workers=2 if len(a) > 2000 else 1) if len(a) else np.zeros(0, np.float32)
    )


def likeness(a: pl.DataFrame, b: pl.DataFrame) -> pl.Series:
    """How alike the titles are, 0 to 100, letter by letter."""
    return pl.Series("ratio", ratios(a["squash"].to_list(), b["squash"].to_list()), pl.Float32)


def within(side: str, other: str) -> pl.Expr:
    """One title begins or ends with the other."""
    x, y = pl.col(side), pl.col(other)
    return x.str.starts_with(y) | x.str.ends_with(y) | y.str.starts_with(x) | y.str.ends_with(x)


def _words(side: str) -> pl.Expr:
    """How many words a title has, or as much as: Chinese has no spaces."""
    size = size_of(pl.col(f"squash{side}"))
    return pl.max_horizontal(
        pl.col(f"normal{side}").str.count_matches(" ", literal=True) + 1,
        pl.when(size > pl.col(f"squash{side}").str.len_chars() + 9).then(size // 9),
    )


def elided() -> pl.Expr:
    """A long title that was cut off, and says so, is the beginning of the other."""
    return pl.any_horizontal(
        pl.col(f"elided{one}")
        & (pl.col(f"squash{one}").str.len_chars() >= 50)
        & pl.col(f"squash{other}").str.starts_with(pl.col(f"squash{one}"))
        for one, other in BOTH_WAYS
    )


def bracketed(side: str, other: str) -> pl.Expr:
    """One title in brackets, behind the same in another language, is the other."""
    return (pl.col(f"also{side}") == pl.col(f"squash{other}")) & (pl.col(f"also{side}") != "")


def _rewritten(c: pl.DataFrame) -> pl.Series:
    """Two words or more on either side that the other has not, in titles that are not close: no misspelling explains that."""
    loose = c.select(pl.col("ratio").is_between(UNLIKE, REWRITTEN, closed="left") & ~pl.col("starts")).to_series().arg_true()
    words, words_b = pl.col("normal").str.split(" "), pl.col("normal_b").str.split(" ")
    fewest = pl.min_horizontal(words.list.n_unique(), words_b.list.n_unique())
    told = c.select("normal", "normal_b")[loose].select(fewest.cast(pl.Int32) - words_in_common("normal").cast(pl.Int32) >= 2).to_series()
    return pl.repeat(value=False, n=c.height, eager=True).scatter(loose, told)


def title_levels(c: pl.DataFrame) -> pl.DataFrame:
    """TOLD of pairs: title, a level; alike (percent); slip: what tells the titles apart may be a slip, or another word; reworded: one whole
    word stands for another. c: TITLED of both records, the second's names with _b; ratio, of `likeness`."""
    words, words_b = (_words(side) for side in ("", "_b"))
    equal = pl.col("squash") == pl.col("squash_b")
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
        .when(equal & (words >= _LONG[0]) & (size_of(pl.col("squash")) >= _LONG[1]))
        .then(pl.lit("same, long"))
        .when(equal)
        .then(pl.lit("same"))
        .when(elided())
        .then(pl.lit("same"))
        .when(bracketed("", "_b") | bracketed("_b", ""))
        .then(pl.lit("near")),
    ).with_row_index("at")
    hard = c.filter(pl.col("easy").is_null()).with_columns(starts=within("squash", "squash_b"))
    hard = hard.filter(~_rewritten(hard)).with_columns(
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
    slip, another = (pl.repeat(value=False, n=c.height, eager=True).scatter(at, [f[n] for f in found]) for n in (2, 3))
    return pl.DataFrame(dict(zip(TOLD, (level.cast(ENUMS["title"]), percent, slip, another), strict=True)))


@lru_cache(maxsize=1 << 16)
def _hard_title(
    normal: str, normal_b: str, squash: str, squash_b: str, ratio: float, short: int, least: int, starts: bool
) -> tuple[str, int, bool, bool]:
    """TOLD of two titles that differ. short: words, least: letters of the shorter."""
    for names in ((), GREEK):
        if refilled(squash, squash_b, names) or refilled(squash_b, squash, names):
            return "near", 100, bool(names), False  # nothing is left to tell one Greek letter from another
    if not starts and ratio < UNLIKE:
        overlap = fuzz.token_set_ratio(normal, normal_b)
        return ("part" if overlap >= 97 and short >= 5 else "different"), round(overlap if overlap >= 97 else ratio), False, False
    if ratio >= RESPELLED and short >= 4 and one_wording(normal, normal_b):
        return "same, long" if short >= _LONG[0] and least >= _LONG[1] else "same", round(ratio), False, False
    only_a, only_b, slip = apart(normal.split(" "), normal_b.split(" "))
    return *_level(normal, normal_b, squash, squash_b, only_a, only_b, ratio, short, least, starts), slip, reworded(only_a, only_b)


def _level(
    normal: str,
    normal_b: str,
    squash: str,
    squash_b: str,
    only_a: list[str],
    only_b: list[str],
    ratio: float,
    short: int,
    least: int,
    starts: bool,
) -> tuple[str, int]:
    only = frozenset((*only_a, *only_b))
    if only & NOTICES and only <= NOTICES | ABOUT:
        return "notice", max(round(ratio), 90) if starts else round(ratio)
    more = only_a or only_b
    # What one has more within its words: no, or the 0 of 0.5.
    if not (only_a and only_b) and (turned(more) or (not starts and more and all(map(str.isdecimal, more)))):
        return "weak", round(ratio)
    # Only at its end is a title cut within a word: `I: of parks` is no end of `II: of parks`.
    heads = squash.startswith(squash_b) or squash_b.startswith(squash)
    if starts and more and (heads or not (only_a and only_b)) and short >= 3 and least >= 16:
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


def tails(c: pl.DataFrame) -> list[pl.Series]:
    """Of titles of which one goes on where the other ends, what has numbers. tailed: three words or more, and none of the first two is one,
    nor does one tell when: they are of a subtitle; footnote: the mark of one, and no Part 2."""
    none = pl.repeat(value=False, n=c.height, eager=True)
    starts = pl.col("normal").str.starts_with(pl.col("normal_b")) | pl.col("normal_b").str.starts_with(pl.col("normal"))
    at = c.select(starts & (pl.col("numbers") != pl.col("numbers_b"))).to_series().arg_true()
    titles = [sorted(pair, key=len) for pair in zip(c["normal"].gather(at), c["normal_b"].gather(at), strict=True)]
    rests = [long[len(short) :] for short, long in titles]
    tailed = [tail.count(" ") > 2 and not _NUMBERED.search(" ".join(tail.split()[:2])) and not _TIMED.search(tail) for tail in rests]
    marks = [tail.strip() in ("1", "2") and not short.endswith(_COUNTING) for (short, _), tail in zip(titles, rests, strict=True)]
    return [none.scatter(at, tailed).alias("tailed"), none.scatter(at, marks).alias("footnote")]


TOLD = ("title", "alike", "slip", "reworded")  # of a pair
TITLED = ("normal", "squash", "also", "generic", "elided")  # what is asked of a record


def beside(a: pl.DataFrame, b: pl.DataFrame) -> pl.DataFrame:
    """Two batches of features, row against row: the second's names with _b; and how alike the titles are."""
    c = pl.concat([a, b.rename({name: f"{name}_b" for name in b.columns})], how="horizontal")
    return c.with_columns(likeness(a, b))
