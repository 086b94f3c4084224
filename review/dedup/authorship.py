"""The authors of two records compared, a batch of pairs at a time: names and initials, lists cut short or in another order."""

from __future__ import annotations

from functools import cache

import polars as pl
from rapidfuzz import fuzz

from review.dedup.imprints import in_order
from review.dedup.levels import level, of_two, words_in_common
from review.dedup.likeness import ratios

NEARLY = 80  # percent: as alike are two spellings of one name


def leaders(c: pl.DataFrame) -> pl.Series:
    """How alike the first authors' names are, 0 to 100."""
    return pl.Series("leaders", ratios(c["leader"].to_list(), c["leader_b"].to_list()), pl.Float32)


@cache
def names_in_common() -> dict[str, pl.Expr]:
    """Of all authors: how many words of names both have, and how many the one has that has fewer; one_first: the first ones share a word.

    Columns of their own: within one expression each mention would be worked out again.
    """
    return {
        "shared": words_in_common("names"),
        "fewest": pl.min_horizontal(*(pl.col(name).str.count_matches(" ", literal=True) + 1 for name in ("names", "names_b"))),
        "one_first": (pl.col("first") != "") & (pl.col("first_b") != "") & (words_in_common("first") > 0),
    }


def authors_level() -> pl.Expr:
    """Forgives order, initials, particles, and lists cut short."""
    nobody = (pl.col("names") == "") | (pl.col("names_b") == "")
    shared, fewest = pl.col("shared"), pl.col("fewest")
    first = (pl.col("one_first") | (pl.col("leaders") >= NEARLY)) & ~pl.col("namesakes") & ~pl.col("two_bodies")
    # Of two people or more on either side one alone is not the list.
    alone = (pl.col("people") > 0) & (pl.col("people_b") > 0) & (fewest >= 2) & (shared < 2)
    share = shared / fewest
    turned = (
        (pl.col("initials") == pl.col("initials_b")) & (pl.col("initials").str.len_chars() > 1) & (pl.col("people") == pl.col("people_b"))
    )
    people = pl.min_horizontal("people", "people_b")
    return level(
        "authors",
        (nobody | (pl.col("foreign") != pl.col("foreign_b")), "missing"),  # nothing to compare
        (pl.col("two_bodies") & (people == 0), "few"),
        (~first & (pl.col("group") | pl.col("group_b")), "missing"),  # an organisation on one side, people on the other
        (~first & (shared == 0) & turned, "missing"),  # Turan, Belma, and Belma T.
        # Of given names that one list spells out, the other has none: a word for each person is enough.
        (first & ~alone & ((share >= 0.5) | (fewest <= 2) | ((people == 0) & (fewest == 3)) | ((people > 0) & (shared > people))), "same"),
        (first, "first"),
        (pl.col("namesakes") & (shared > 0) & ((shared < 3) | (share < 0.75)), "few"),
        ((share >= 0.5) & ((shared >= 2) | (fewest == 1)), "order"),  # one given name is chance
        (shared > 0, "few"),
        otherwise="different",
    )


def namesakes(c: pl.DataFrame) -> pl.Series:
    """The first authors share one name, or nearly, and of their others not one begins with the same letter: Wang Y and Wang X, Baker B and Maker A."""
    found = pl.repeat(value=False, n=c.height, eager=True).alias("namesakes")
    alike = pl.col("one_first") | ((pl.col("leaders") >= NEARLY) & (pl.col("first") != "") & (pl.col("first_b") != ""))
    at = c.select((pl.col("initials") != pl.col("initials_b")) & alike).to_series().arg_true()
    said = c[at].select("first", "first_b", "initials", "initials_b").iter_rows()
    return found.scatter(at, [_others(*row) for row in said])


def _others(first: str, first_b: str, initials: str, initials_b: str) -> bool:
    common = set(first.split(" ")) & set(first_b.split(" "))
    if len(common) > 1:
        return False
    if not common and first[:1] != first_b[:1]:  # a slip in the first letter leaves at least the other names
        return bool(initials and initials_b) and set(initials).isdisjoint(initials_b)
    begin = {name[0] for name in common or {first}}
    rest, other = (set(letters) - begin for letters in (initials, initials_b))
    return bool(rest and other) and rest.isdisjoint(other)


def two_bodies(c: pl.DataFrame) -> pl.Series:
    """Organisations stand first in both lists, and of the words that are their own not one is in both, nor an acronym of the other's."""
    return of_two(c, "body", _two, otherwise=False).alias("two_bodies")


def _two(body: str, other: str) -> bool:
    words, others = body.split(" "), other.split(" ")
    if not set(words).isdisjoint(others) or fuzz.ratio(body, other) >= NEARLY:
        return False
    return not any(in_order(word, text) for short, text in ((words, other), (others, body)) for word in short)


def one_list() -> pl.Expr:
    """All names of the one are among those of the other: three or more, or of as many people, or of some who are said to be the first of more. One alone is no list."""
    within = (pl.col("shared") == pl.col("fewest")) & (pl.col("names") != "")
    cut = (pl.col("more") & (pl.col("people") < pl.col("people_b"))) | (pl.col("more_b") & (pl.col("people_b") < pl.col("people")))
    several = (pl.col("fewest") >= 3) & (pl.col("people") > 0) & (pl.col("people_b") > 0)
    return within & (several | (pl.col("people") == pl.col("people_b")) | cut)
