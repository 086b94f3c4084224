"""What two documents are to each other that belong together without being one report: linked and shown, never merged."""

from __future__ import annotations

import polars as pl

from review.dedup.rules import RULES, Rule

_NOTICES = {"erratum": "erratum_or_retraction_of", "retraction": "erratum_or_retraction_of", "withdrawn": "erratum_or_retraction_of",
            "reply": "reply_to", "comment": "reply_to", "protocol": "version_of", "reprint": "version_of", "part": "version_of"}  # fmt: skip
_UNTOLD = "reply_to"  # no more than a word such as 'response' tells the two titles apart


def relation(rule: Rule, a: tuple[str, str], b: tuple[str, str]) -> str:
    """The relation of two documents that a rule told apart; 'different' where it knows none, and of two notices, which are about a third unless
    the one is about the other. a, b: kind and title, made plain, of each."""
    if rule.relation != "notice":
        return rule.relation or "different"
    (kind, title), (kind_b, title_b) = a, b
    if kind and kind_b:
        about = [one for one, words, other in ((kind, title, title_b), (kind_b, title_b, title)) if words == f"{one} {other}"]
        return _NOTICES.get(about[0], "different") if about else "different"
    return _NOTICES.get(kind or kind_b, "different") if kind or kind_b else _UNTOLD


def relations(told: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Links (a, b, rule, verdict; a and b are rows of `told`, kind and normal of the features) with the relation for a verdict, where a rule that told the two
    apart knows one."""
    verdicts = [
        relation(RULES[rule], a, b) if verdict == "different" and rule < len(RULES) else verdict
        for rule, verdict, a, b in zip(
            links["rule"], links["verdict"], told[links["a"]].iter_rows(), told[links["b"]].iter_rows(), strict=True
        )
    ]
    return links.with_columns(verdict=pl.Series(verdicts, dtype=pl.String))
