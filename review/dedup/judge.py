"""Decisions on many pairs, a batch at a time: nothing here holds more than one batch of compared pairs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import polars as pl
from rapidfuzz import fuzz, process

from review.dedup.compare import compare, leaders
from review.dedup.decide import decide
from review.dedup.evidence import words_for
from review.dedup.likeness import TITLED, beside, title_levels, within

Progress = Callable[[str, int, int], None]
BATCH = 100_000  # pairs
THREADS = 2  # batches in work at once; what is heavy in them runs outside the interpreter's lock
_WANTED = {"a": pl.UInt32, "b": pl.UInt32, "rule": pl.UInt8, "probability": pl.Float64, "contradicts": pl.Boolean, "near": pl.Boolean,
           "twice": pl.Float64}  # fmt: skip
DECIDED = pl.Schema(_WANTED)


_LOOKED_AT = (*TITLED, "first", "leader", "page", "page2", "last", "year", "doi", "pmid", "trial", "same_id")


def worth(features: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs (with their title levels) that may be anything but different, by a look at titles, identifiers and places alone.

    Most pairs that share a block end here, so that the other fields are compared for few.
    """
    a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    c = beside(features[a], features[b]).with_columns(pairs["a"].alias("x"), pairs["b"].alias("y"))

    def same(name: str) -> pl.Expr:
        return (pl.col(name) != "") & (pl.col(name) == pl.col(f"{name}_b"))

    page, page_b = pl.col("page"), pl.col("page_b")
    adjacent = (page > 0) & ((page - page_b).abs() <= 1)
    meet = (page > 0) & ((page == page_b) | (pl.col("page2") == page_b) | (page == pl.col("page2_b")))
    untitled = (pl.col("squash") == "") | (pl.col("squash_b") == "")
    c = c.with_columns(
        known=same("doi")
        | same("pmid")
        | same("trial")
        | same("same_id")
        | same("begins")
        | untitled
        | (meet & (pl.col("last") > 0) & (pl.col("last") == pl.col("last_b")))
        | (meet & same("leader") & (pl.col("year") == pl.col("year_b")))
    )
    brackets = (pl.col("also") != "") | (pl.col("also_b") != "")
    c = c.filter(pl.col("known") | (pl.col("ratio") >= 55) | within("squash", "squash_b") | brackets | _contained(c))
    # What costs more is asked of those that are left.
    c = c.with_columns(title_levels(c))
    c = c.filter(pl.col("known") | (pl.col("title") != "different"))
    c = c.filter(pl.col("known") | (pl.col("title") != "weak") | meet | adjacent | _by_one_author(c))
    return c.select("title", "alike", a="x", b="y")


def _by_one_author(c: pl.DataFrame) -> pl.Series:
    """Pairs whose first authors share a name, or nearly."""
    first, first_b = pl.col("first").str.split(" "), pl.col("first_b").str.split(" ")
    named = (pl.col("leader") != "") & (pl.col("leader_b") != "")
    return c.select(named & ((first.list.set_intersection(first_b).list.len() > 0) | (leaders(c) >= 80))).to_series()


def _contained(c: pl.DataFrame) -> pl.Series:
    """Titles that are not alike, but of which one holds all words of the other; by one author."""
    found = pl.repeat(value=False, n=c.height, eager=True)
    rest = c.select("normal", "normal_b", "ratio", "leader", "leader_b").with_row_index()
    rest = rest.filter((pl.col("ratio") < 55) & (pl.col("leader") != "") & (pl.col("leader") == pl.col("leader_b")))
    if rest.is_empty():
        return found
    held = process.cpdist(rest["normal"].to_list(), rest["normal_b"].to_list(), scorer=fuzz.token_set_ratio, score_cutoff=97, workers=2) > 0
    return found.scatter(rest["index"].to_numpy()[held], values=True)


def judged(features: pl.DataFrame, pairs: pl.DataFrame, *, least: float, tell: Progress | None = None) -> pl.DataFrame:
    """The pairs (a, b: rows of features) that are decided at `least` or above, or that are near or there twice: with the columns of DECIDED."""
    looked_at = features.select(*_LOOKED_AT, begins=pl.col("abstract").str.slice(0, 60))
    found = [pl.DataFrame(schema=DECIDED)]

    def some(start: int) -> pl.DataFrame:
        decided = judge(features, worth(looked_at, pairs.slice(start, BATCH)))
        return decided.filter((pl.col("probability") >= least) | pl.col("near") | pl.col("twice").is_not_null())

    with ThreadPoolExecutor(THREADS) as threads:
        for n, decided in enumerate(threads.map(some, range(0, pairs.height, BATCH))):
            if tell:
                tell("comparing pairs", min((n + 1) * BATCH, pairs.height), pairs.height)
            found.append(decided)
    return pl.concat(found)


def judge(features: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Every pair, decided: the columns of DECIDED."""
    if pairs.is_empty():
        return pl.DataFrame(schema=DECIDED)
    rows, others = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    titles = pairs if "title" in pairs.columns else None
    decided = decide(compare(features[rows], features[others], titles))
    return pl.concat([pairs.select("a", "b"), decided], how="horizontal").select(pl.col(name).cast(kind) for name, kind in DECIDED.items())


def explained(features: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The evidence on pairs, as `judge` gives them, in words: a, b, evidence."""
    words = [pl.Series("evidence", [], pl.String)]
    for start in range(0, pairs.height, BATCH):
        batch = pairs.slice(start, BATCH)
        a, b = features[batch["a"].to_numpy()], features[batch["b"].to_numpy()]
        words.append(words_for(compare(a, b).with_columns(batch["probability"]), a, b))
    return pairs.select("a", "b", pl.concat(words).alias("evidence"))
