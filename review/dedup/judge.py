"""Decisions on many pairs, a batch at a time: nothing here holds more than one batch of compared pairs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from review.dedup.compare import compare, likeness
from review.dedup.evidence import words_for
from review.dedup.rules import RULES, decide

Progress = Callable[[str, int, int], None]
BATCH = 100_000  # pairs
_WANTED = {"a": pl.UInt32, "b": pl.UInt32, "rule": pl.UInt8, "probability": pl.Float64, "contradicts": pl.Boolean, "near": pl.Boolean}
DECIDED = pl.Schema(_WANTED)


def worth(a: pl.DataFrame, b: pl.DataFrame) -> pl.Series:
    """Whether a pair may be anything but different: a cheap look at titles and identifiers before the fields are compared."""
    c = pl.concat([a, b.rename({name: f"{name}_b" for name in b.columns})], how="horizontal").with_columns(likeness(a, b))

    def same(name: str) -> pl.Expr:
        return (pl.col(name) != "") & (pl.col(name) == pl.col(f"{name}_b"))

    meet = (pl.col("page") > 0) & (
        (pl.col("page") == pl.col("page_b")) | (pl.col("page2") == pl.col("page_b")) | (pl.col("page") == pl.col("page2_b"))
    )
    place = meet & (pl.col("volume").list.set_intersection("volume_b").list.len() > 0)
    within = (pl.col("squash").str.starts_with(pl.col("squash_b")) | pl.col("squash").str.ends_with(pl.col("squash_b"))
              | pl.col("squash_b").str.starts_with(pl.col("squash")) | pl.col("squash_b").str.ends_with(pl.col("squash")))  # fmt: skip
    untitled = (pl.col("squash") == "") | (pl.col("squash_b") == "")
    brackets = (pl.col("also") != "") | (pl.col("also_b") != "")
    likely = (pl.col("ratio") >= 55) | within | untitled | brackets | same("doi") | same("pmid") | same("same_id") | place
    c = c.select(likely.alias("likely"), same("leader").alias("leader"), "normal", "normal_b")
    rest = c.with_row_index().filter(~pl.col("likely") & pl.col("leader"))
    if rest.is_empty():
        return c["likely"]
    contained = (
        process.cpdist(rest["normal"].to_list(), rest["normal_b"].to_list(), scorer=fuzz.token_set_ratio, score_cutoff=97, workers=2) > 0
    )
    return c["likely"].scatter(rest["index"].to_numpy()[contained], values=True)


_LOOKED_AT = ("normal", "leader", "squash", "also", "page", "page2", "volume", "doi", "pmid", "same_id")


def judged(features: pl.DataFrame, pairs: pl.DataFrame, *, least: float, tell: Progress | None = None) -> pl.DataFrame:
    """The pairs (a, b: rows of features) that are decided at `least` or above, or that are near: with the columns of DECIDED."""
    looked_at = features.select(_LOOKED_AT)
    found = [pl.DataFrame(schema=DECIDED)]
    for start in range(0, pairs.height, BATCH):
        if tell:
            tell("comparing pairs", start, pairs.height)
        batch = pairs.slice(start, BATCH)
        batch = batch.filter(worth(looked_at[batch["a"].to_numpy()], looked_at[batch["b"].to_numpy()]))
        decided = judge(features, batch)
        found.append(decided.filter((pl.col("probability") >= least) | pl.col("near")))
    return pl.concat(found)


def judge(features: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Every pair, decided: the columns of DECIDED."""
    if pairs.is_empty():
        return pl.DataFrame(schema=DECIDED)
    rows, others = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    decided = decide(compare(features[rows], features[others]))
    return pl.concat([pairs.select("a", "b"), decided], how="horizontal").select(pl.col(name).cast(kind) for name, kind in DECIDED.items())


def explained(features: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs as `judge` gives them, with the name of the rule and the evidence in words."""
    names = np.array([rule.name for rule in RULES], dtype=object)
    words = [pl.Series("evidence", [], pl.String)]
    for start in range(0, pairs.height, BATCH):
        batch = pairs.slice(start, BATCH)
        a, b = features[batch["a"].to_numpy()], features[batch["b"].to_numpy()]
        words.append(words_for(compare(a, b).with_columns(batch["probability"]), a, b))
    named = pl.Series("name", names[pairs["rule"].to_numpy()].tolist(), pl.String)
    return pairs.with_columns(named, pl.concat(words).alias("evidence"))
