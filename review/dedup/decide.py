"""The rules applied to many pairs at once."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from review.dedup.clusters import Differs
from review.dedup.conditions import IN_TWO_LANGUAGES, NEAR, NOTED, SERVED, THREE_AGAINST, TWICE, TWO_PARTS
from review.dedup.model import probability, votes
from review.dedup.rules import APART, CERTAIN, IDENTITY, LIMITS, POSSIBLE, RULES, VETOES
from review.dedup.standing import AGREE, ONE_PAGE, ONE_PLACE, OTHER_PMIDS, PLACED, SAME_DOI, SAME_PMID
from review.dedup.terms import both, differ, either, none_different, questions, same, says

_VETOES = range(len(IDENTITY), len(IDENTITY) + len(VETOES))
_MANY = next(n for n, rule in enumerate(RULES) if rule.name == "a title that many documents have")
_COUNTED = len(RULES) - len(LIMITS) - 1  # from here on the fields were counted


@lru_cache(maxsize=1)
def _plan() -> tuple[list[pl.Expr], ...]:
    """Columns, step by step: the match weights added up; the vote; what is asked; where each rule applies; the number of the one that decides;
    its probability; what follows. In one expression all of it would take twice as long to plan as to work out."""
    whens = [(rule.when & ~SAME_PMID if rule in VETOES else rule.when).alias(f"rule {n}") for n, rule in enumerate(RULES)]
    number = pl.coalesce(*(pl.when(f"rule {n}").then(pl.lit(n, dtype=pl.UInt8)) for n in range(len(RULES))))
    follows = [number.alias("rule")], [_chance()], _outcome()  # which asks more
    return [votes().alias("votes")], [probability(pl.col("votes")).alias("vote")], *questions(), whens, *follows


def _chance() -> pl.Expr:
    varies = [pl.when(pl.col("rule") == n).then(r.probability) for n, r in enumerate(RULES) if isinstance(r.probability, pl.Expr)]
    always = pl.Series([0.0 if isinstance(rule.probability, pl.Expr) else rule.probability for rule in RULES])
    chance = pl.coalesce(*varies, pl.lit(always).gather(pl.col("rule"))).cast(pl.Float64)
    # Whatever one is to the other, two PMIDs say that they are not one.
    told = pl.col("rule").is_between(_VETOES.start, _VETOES.stop - 2) & OTHER_PMIDS
    return pl.min_horizontal(chance, pl.when(told).then(0.001)).alias("probability")


# In what two records differ, which of itself makes it doubtful that they are one.
_DIFFERS = {
    Differs.MEETING: differ("conference"),
    Differs.AUTHORS: says("authors", "few", "different"),
    Differs.VOLUME: says("volume", "different"),
    Differs.ISSUE: says("issue", "different") | pl.col("beyond"),
    Differs.ABSTRACT: says("abstract", "different"),
    Differs.MORE: says("title", "weak", "different")
    | TWO_PARTS
    | ~none_different("journal", "pages", "doi")
    | says("year", "1 apart", "2 apart", "far")
    | (pl.col("two_sorts") | pl.col("two_books") | (pl.col("two_imprints") != "") | differ("poster"))
    | (differ("conference") & ~same("volume")),
    Differs.NO_PLACE: ~(ONE_PAGE | SAME_DOI | SAME_PMID),
}


def _outcome() -> list[pl.Expr]:
    against = pl.any_horizontal(
        says("year", "far"), *(says(name, "different") for name in ("authors", "journal", "volume", "pages", "doi", "abstract"))
    )
    against = against | says("authors", "few") | says("title", "weak", "different")
    # Two DOIs in two volumes: whatever stands in both, no cluster does.
    two = says("doi", "different") & says("volume", "different") & (pl.col("probability") < CERTAIN)
    low = (pl.col("probability") <= APART) | two
    # What a person would be asked about, since something differs, no third record settles.
    open_ = (pl.col("probability") < CERTAIN) & ~IN_TWO_LANGUAGES
    doubt = open_ & (
        says("title", "different")
        | TWO_PARTS
        | (says("title", "weak") & ~(pl.col("goes_on") & PLACED))
        | says("authors", "few", "different")
        | pl.any_horizontal(*(says(name, "different") for name in ("journal", "pages", "doi", "abstract")))
        | ((says("issue", "different") | pl.col("beyond")) & ~(AGREE & pl.col("deep")))
        | (THREE_AGAINST & ~SAME_DOI)
        | (
            says("volume", "different")
            & ~AGREE
            & ~SAME_DOI
            & ~(says("abstract", "equal") & same("year") & says("journal", "same", "within"))
        )
        | says("year", "2 apart", "far")
        | (says("year", "1 apart") & ((pl.col("nowhere") & either("conference")) | both("cochrane")))
        | ((pl.col("two_sorts") | pl.col("two_books") | (pl.col("two_imprints") != "") | differ("poster")) & ~AGREE)
        | (differ("conference") & ~AGREE & ~says("abstract", "equal") & ~(pl.col("one_supplement") & says("volume", "same")))
    )
    # Of a title that many documents have, too little may be known.
    told = (pl.col("rule") < _COUNTED) & ((pl.col("rule") != _MANY) | (says("issue", "different") & ~AGREE))
    veto = pl.col("rule").is_in(_VETOES)
    firm = low & (two | told | against)
    near = NEAR | NOTED | SERVED | pl.col("versions") | (both("cochrane") & says("title", "same, long", "same", "near"))
    return [
        pl.col("rule"),
        pl.col("probability"),
        (doubt | firm).alias("contradicts"),
        (doubt & ~firm).alias("doubted"),
        (ONE_PLACE | SAME_PMID).alias("placed"),
        (near & veto).alias("near"),
        pl.when(TWICE | ((pl.col("probability") >= POSSIBLE) & ~veto)).then(pl.col("votes")).alias("twice"),
        pl.sum_horizontal(pl.when(they_do).then(pl.lit(int(what), dtype=pl.UInt8)) for what, they_do in _DIFFERS.items()).alias("differs"),
    ]


def decide(levels: pl.DataFrame) -> pl.DataFrame:
    """Levels of pairs (`compare`) in, for each: rule (position in RULES), probability, contradicts (no cluster may hold both, unlike two
    records of which too little is known), doubted (that is all that it is), placed (both at one place, or with one identifier), near (told
    apart by a rule, yet so alike, or one so plainly about the other, that a person may want to know), twice (the match weights of two that
    may be one work in two places, or that are just possible; null of others), differs (`clusters.Differs`)."""
    *steps, outcome = _plan()
    found = levels
    for step in steps:
        found = found.with_columns(step)
    return found.select(outcome)
