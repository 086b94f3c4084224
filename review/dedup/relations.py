"""What two documents are to each other that belong together without being one report: linked and shown, never merged."""

from __future__ import annotations

import numpy as np
import polars as pl

from review.dedup.rules import RULES, Rule

_BY_RULE = np.array([rule.relation for rule in RULES] + [""], dtype=object)
_NOTICES = {"erratum": "erratum_or_retraction_of", "retraction": "erratum_or_retraction_of", "withdrawn": "erratum_or_retraction_of",
            "reply": "reply_to", "comment": "reply_to", "protocol": "version_of", "reprint": "version_of"}  # fmt: skip
_UNTOLD = "reply_to"  # no more than a word such as 'response' tells the two titles apart


def relation(rule: Rule, kind: str, kind_b: str) -> str:
    """The relation of two documents that a rule told apart; 'different' where it knows none."""
    if rule.relation == "notice":
        return _NOTICES.get(kind or kind_b, "different" if kind or kind_b else _UNTOLD)
    return rule.relation or "different"


def relations(kinds: pl.Series, links: pl.DataFrame) -> pl.DataFrame:
    """Links (a, b, rule, verdict; a and b are rows of `kinds`, of the features) with the relation for a verdict, where a rule that told the two apart knows one."""
    by_rule = pl.Series(_BY_RULE[links["rule"].to_numpy()].tolist(), dtype=pl.String)
    kind = pl.concat_str(kinds.gather(links["a"]), kinds.gather(links["b"]))
    notice = pl.select(kind.alias("k")).to_series() if links.height else pl.Series("k", [], pl.String)
    named = notice.replace_strict({**_NOTICES, "": _UNTOLD}, default="different", return_dtype=pl.String)
    told = pl.when(by_rule == "notice").then(named).when(by_rule == "").then(pl.lit("different")).otherwise(by_rule)
    return links.with_columns(verdict=pl.when(pl.col("verdict") == "different").then(told).otherwise("verdict"))
