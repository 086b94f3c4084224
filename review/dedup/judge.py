"""Decisions on many pairs, a batch at a time: nothing here holds more than one batch of compared pairs."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from review.dedup.authorship import leaders
from review.dedup.compare import compare
from review.dedup.decide import decide
from review.dedup.evidence import words_for
from review.dedup.glance import NEEDED, glance_of, one_page, one_place
from review.dedup.levels import words_in_common
from review.dedup.likeness import TITLED, TOLD, UNLIKE, beside, title_levels, within
from review.dedup.shelf import BATCH, Batch, Shelf

Made = TypeVar("Made")
Done = TypeVar("Done")
Progress = Callable[[str, int, int], None]
_FEW = 4  # records for each pair, or more: to prepare a glance at all of them takes longer than to look at the pairs
THREADS = 2  # batches in work at once; what is heavy in them runs outside the interpreter's lock
DECIDED = pl.Schema({"a": pl.UInt32, "b": pl.UInt32, "rule": pl.UInt8, "probability": pl.Float64, "contradicts": pl.Boolean,
                     "doubted": pl.Boolean, "placed": pl.Boolean, "near": pl.Boolean, "twice": pl.Float64,
                     "differs": pl.UInt8})  # fmt: skip
_LOOKED_AT = (*TITLED, "first", "leader", "names", "foreign", "group", "page", "page2", "last", "year", "volumes", "doi", "pmid", "trial", "same_id",
              "begins")  # fmt: skip


def worth(a: pl.DataFrame, b: pl.DataFrame) -> pl.DataFrame:
    """The rows of two batches of features that may be anything but different, by a look at titles, identifiers and places alone.

    at: which row; and its title levels. Most pairs that share a block end here, so that the other fields are compared for few.
    """
    c = beside(a, b).with_row_index("at")

    def of(name: str) -> tuple[pl.Expr, pl.Expr]:
        return pl.col(name), pl.col(f"{name}_b")

    def same(name: str) -> pl.Expr:
        return (pl.col(name) != "") & (pl.col(name) == pl.col(f"{name}_b"))

    page, page_b = of("page")
    adjacent = (page > 0) & ((page - page_b).abs() <= 1)
    untitled = (pl.col("squash") == "") | (pl.col("squash_b") == "")
    c = c.with_columns(
        known=same("doi")
        | same("pmid")
        | same("trial")
        | same("same_id")
        | (pl.col("begins") == pl.col("begins_b")).fill_null(value=False)
        | untitled,
        placed=one_place(of, same("leader")),
    )
    brackets = (pl.col("also") != "") | (pl.col("also_b") != "")
    c = c.filter(pl.col("known") | pl.col("placed") | (pl.col("ratio") >= UNLIKE) | within("squash", "squash_b") | brackets | _contained(c))
    # What costs more is asked of those that are left.
    c = c.with_columns(title_levels(c))
    c = c.filter(pl.col("known") | (pl.col("title") != "different") | _other_title(c))
    c = c.filter(pl.col("known") | (pl.col("title") != "weak") | one_page(of) | adjacent | _by_one_author(c))
    return c.select("at", *TOLD)


def _other_title(c: pl.DataFrame) -> pl.Series:
    """Pairs of other titles at one place, by the same people as far as a name tells: no rule believes less."""
    found = pl.repeat(value=False, n=c.height, eager=True)
    rest = c.select(
        "names", "names_b", "foreign", "foreign_b", "group", "group_b", "leader", "leader_b", "title", "placed"
    ).with_row_index()
    rest = rest.filter((pl.col("title") == "different") & pl.col("placed"))
    unknown = (pl.col("names") == "") | (pl.col("names_b") == "") | (pl.col("foreign") != pl.col("foreign_b"))
    told = rest.select(unknown | pl.col("group") | pl.col("group_b") | (words_in_common("names") > 0) | (leaders(rest) >= 80))
    return found.scatter(rest["index"], told.to_series())


def _by_one_author(c: pl.DataFrame) -> pl.Series:
    """Pairs whose first authors share a name, or nearly."""
    named = (pl.col("leader") != "") & (pl.col("leader_b") != "")
    return c.select(named & ((words_in_common("first") > 0) | (leaders(c) >= 80))).to_series()


def _contained(c: pl.DataFrame) -> pl.Series:
    """Titles that are not alike, but of which one holds all words of the other; by one author."""
    found = pl.repeat(value=False, n=c.height, eager=True)
    rest = c.select("normal", "normal_b", "ratio", "leader", "leader_b").with_row_index()
    rest = rest.filter((pl.col("ratio") < UNLIKE) & (pl.col("leader") != "") & (pl.col("leader") == pl.col("leader_b")))
    if rest.is_empty():
        return found
    held = process.cpdist(rest["normal"].to_list(), rest["normal_b"].to_list(), scorer=fuzz.token_set_ratio, score_cutoff=97, workers=2) > 0
    return found.scatter(rest["index"].to_numpy()[held], values=True)


def judged(shelf: Shelf, pairs: pl.DataFrame, *, least: float, tell: Progress | None = None) -> pl.DataFrame:
    """The pairs (a, b: rows by key) that are decided at `least` or above, or that are near or there twice: with the columns of DECIDED."""
    found = [pl.DataFrame(schema=DECIDED)]
    total = pairs.height
    if total * _FEW > shelf.height:
        pairs = pairs[_hopeful(shelf, pairs)]
    done = total - pairs.height

    def some(batch: Batch) -> tuple[int, pl.DataFrame]:
        worthy = worth(*batch.sides(_LOOKED_AT))
        rows = worthy["at"].to_numpy()
        decided = _beside(batch.pairs[rows], judge(*batch.sides(rows=rows), worthy))
        return batch.pairs.height, decided.filter((pl.col("probability") >= least) | pl.col("near") | pl.col("twice").is_not_null())

    for compared, decided in _ahead(some, shelf.batches(pairs)):
        done += compared
        if tell:
            tell("comparing pairs", done, total)
        found.append(decided)
    return pl.concat(found)


def _hopeful(shelf: Shelf, pairs: pl.DataFrame) -> np.ndarray:
    """The places of the pairs that need more than a glance."""
    glance = glance_of(shelf.columns(NEEDED))
    a, b = (pairs[name].to_numpy() for name in ("a", "b"))

    def some(start: int) -> np.ndarray:
        return start + glance.hopeful(a[start : start + BATCH], b[start : start + BATCH])

    return np.concatenate([np.zeros(0, np.intp), *_ahead(some, range(0, len(a), BATCH))])


def _ahead(work: Callable[[Made], Done], batches: Iterable[Made]) -> Iterator[Done]:
    """The work on each batch, in order; no more batches are made than there are threads for them."""
    under_way: deque[Future[Done]] = deque()
    with ThreadPoolExecutor(THREADS) as threads:
        for batch in batches:
            under_way.append(threads.submit(work, batch))
            if len(under_way) > THREADS:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def judge(a: pl.DataFrame, b: pl.DataFrame, titles: pl.DataFrame | None = None) -> pl.DataFrame:
    """Two batches of features, row against row, decided: the columns of DECIDED but a and b. titles: of `title_levels`, where they are known."""
    return decide(compare(a, b, titles))


def decided(shelf: Shelf, pairs: pl.DataFrame) -> pl.DataFrame:
    """Every pair, decided: the columns of DECIDED."""
    return pl.concat([pl.DataFrame(schema=DECIDED), *(_beside(batch.pairs, judge(*batch.sides())) for batch in shelf.batches(pairs))])


def _beside(pairs: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    whole = pl.concat([pairs.select("a", "b"), found], how="horizontal")
    return whole.select(pl.col(name).cast(kind) for name, kind in DECIDED.items())


def explained(shelf: Shelf, pairs: pl.DataFrame) -> pl.DataFrame:
    """The evidence on pairs, as `decided` gives them, in words: a, b, evidence."""
    found = [pl.DataFrame(schema={"a": pl.UInt32, "b": pl.UInt32, "evidence": pl.String})]
    for batch in shelf.batches(pairs):
        a, b = batch.sides()
        words = words_for(compare(a, b).with_columns(batch.pairs["probability"]), a, b)
        found.append(batch.pairs.select("a", "b", words.alias("evidence")))
    return pl.concat(found)
