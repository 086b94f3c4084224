"""What two documents are to each other that belong together without being one report: linked and shown, never merged."""

from __future__ import annotations

import polars as pl

from review.dedup.rules import RULES, Rule

_NOTICES = {"erratum": "erratum_or_retraction_of", "retraction": "erratum_or_retraction_of", "withdrawn": "erratum_or_retraction_of",
            "reply": "reply_to", "comment": "reply_to", "protocol": "version_of", "reprint": "version_of"}  # fmt: skip
_UNTOLD = "reply_to"  # no more than a word such as 'response' tells the two titles apart


def relation(rule: Rule, kind: str, kind_b: str) -> str:
    """The relation of two documents that a rule told apart; 'different' where it knows none, and of two notices, which are about a third."""
    if rule.relation != "notice":
        return rule.relation or "different"
    if kind and kind_b:
        return "different"
    return _NOTICES.get(kind or kind_b, "different") if kind or kind_b else _UNTOLD


def relations(kinds: pl.Series, links: pl.DataFrame) -> pl.DataFrame:
    """Links (a, b, rule, verdict; a and b are rows of `kinds`, of the features) with the relation for a verdict, where a rule that told the two
    apart knows one."""
    told = [
        relation(RULES[rule], kind, kind_b) if verdict == "different" and rule < len(RULES) else verdict
        for rule, verdict, kind, kind_b in zip(
            links["rule"], links["verdict"], kinds.gather(links["a"]), kinds.gather(links["b"]), strict=True
        )
    ]
    return links.with_columns(verdict=pl.Series(told, dtype=pl.String))
