"""The words that conditions are made of: what is asked of the levels of a pair's fields (`compare`)."""

from __future__ import annotations

from functools import cache

import polars as pl

_ASKED: list[dict[str, pl.Expr]] = []  # the first rest on the levels and the vote, each of the others on those before it too
_STEP: dict[str, int] = {}  # of a question
VOTE = pl.col("vote")  # the probability that the fields give


def asked(question: str, answer: pl.Expr) -> pl.Expr:
    """A column for what many rules ask, so that it is worked out once, not for each mention."""
    if question not in _STEP:
        step = max((_STEP[name] + 1 for name in answer.meta.root_names() if name in _STEP), default=0)
        _STEP[question] = step
        _ASKED.extend({} for _ in range(step + 1 - len(_ASKED)))
        _ASKED[step][question] = answer
    return pl.col(question)


def questions() -> list[list[pl.Expr]]:
    """A column for each question, as the rules refer to them, step by step."""
    return [[answer.alias(question) for question, answer in step.items()] for step in _ASKED]


@cache  # this and what follows is said again and again, and to say it takes as long as to ask it of a few pairs
def says(name: str, *levels: str) -> pl.Expr:
    answer = pl.col(name).is_in(levels) if len(levels) > 1 else pl.col(name) == levels[0]
    return asked(f"{name}: {' or '.join(levels)}", answer)


def same(*names: str) -> pl.Expr:
    return _all_say("same", names)


def missing(*names: str) -> pl.Expr:
    return _all_say("missing", names)


@cache
def _all_say(level: str, names: tuple[str, ...]) -> pl.Expr:
    told = [says(name, level) for name in names]
    return told[0] if len(told) == 1 else asked(f"{level}: {', '.join(names)}", pl.all_horizontal(told))


@cache
def either(name: str) -> pl.Expr:
    return asked(f"either {name}", pl.col(name) | pl.col(f"{name}_b"))


def neither(*names: str) -> pl.Expr:
    return ~pl.any_horizontal(*map(either, names))


@cache
def both(name: str) -> pl.Expr:
    return asked(f"both {name}", pl.col(name) & pl.col(f"{name}_b"))


@cache
def differ(name: str) -> pl.Expr:
    return asked(f"differ {name}", pl.col(name) != pl.col(f"{name}_b"))


@cache
def kind(*kinds: str) -> pl.Expr:
    return asked(f"kind {' or '.join(kinds)}", pl.col("kind").is_in(kinds) | pl.col("kind_b").is_in(kinds))


@cache
def none_different(*names: str) -> pl.Expr:
    return asked(f"none different: {', '.join(names)}", ~pl.any_horizontal(*(says(name, "different") for name in names)))


def either_way(yes: pl.Expr, p: float, q: float) -> pl.Expr:
    return pl.when(yes).then(p).otherwise(q)


def at_most(p: float) -> pl.Expr:
    """What the fields say, as far as that goes."""
    return asked(f"at most {p}", pl.min_horizontal(pl.lit(p), VOTE))
