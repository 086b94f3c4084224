"""The rules applied to many pairs at once."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from review.dedup.conditions import NEAR, NOTED, OTHER_PMIDS, SAME_PMID, TWICE, both
from review.dedup.model import probability, votes
from review.dedup.rules import APART, CERTAIN, IDENTITY, LIMITS, POSSIBLE, RULES, VETOES

_VETOES = range(len(IDENTITY), len(IDENTITY) + len(VETOES))
_COUNTED = len(RULES) - len(LIMITS) - 1  # from here on the fields were counted


@lru_cache(maxsize=1)
def _plan() -> tuple[pl.Expr, pl.Expr]:
    """The number of the rule that decides, and its probability."""
    whens = [rule.when & ~SAME_PMID if rule in VETOES else rule.when for rule in RULES]
    number = pl.coalesce(*(pl.when(when).then(pl.lit(n, dtype=pl.UInt8)) for n, when in enumerate(whens)))
    chances = [rule.probability if isinstance(rule.probability, pl.Expr) else pl.lit(rule.probability) for rule in RULES]
    # Whatever one is to the other, two PMIDs say that they are not one.
    chances = [
        pl.min_horizontal(p, pl.when(OTHER_PMIDS).then(0.001)) if rule in VETOES[:-1] else p for rule, p in zip(RULES, chances, strict=True)
    ]
    chance = pl.coalesce(*(pl.when(pl.col("rule") == n).then(p) for n, p in enumerate(chances)))
    return number, chance


def decide(levels: pl.DataFrame) -> pl.DataFrame:
    """Levels of pairs (`compare`) in, for each: rule (position in RULES), probability, contradicts (no cluster may hold both,
    unlike two records of which too little is known), near (told apart by a rule, yet so alike, or one so plainly about the other, that a person may want to know),
    twice (the match weights of two that may be one work in two places, or that are just possible; null of others)."""
    number, chance = _plan()
    counted = levels.with_columns(votes=votes()).with_columns(vote=probability(pl.col("votes")))
    found = counted.with_columns(rule=number).with_columns(probability=chance.cast(pl.Float64))
    against = pl.any_horizontal(
        pl.col("year") == "far", *(pl.col(name) == "different" for name in ("authors", "journal", "volume", "pages", "doi", "abstract"))
    )
    against = against | (pl.col("authors") == "few") | pl.col("title").is_in(("weak", "different"))
    # Two DOIs in two volumes: whatever stands in both, no cluster does.
    two = (pl.col("doi") == "different") & (pl.col("volume") == "different") & (pl.col("probability") < CERTAIN)
    low = (pl.col("probability") <= APART) | two
    veto = pl.col("rule").is_in(_VETOES)
    return found.select(
        "rule",
        "probability",
        contradicts=low & (two | (pl.col("rule") < _COUNTED) | against),
        near=(NEAR | NOTED | pl.col("versions") | (both("cochrane") & pl.col("title").is_in(("same, long", "same", "near")))) & veto,
        twice=pl.when(TWICE | ((pl.col("probability") >= POSSIBLE) & ~veto)).then(pl.col("votes")),
    )
