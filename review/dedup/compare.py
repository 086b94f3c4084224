"""Pairs of records field by field: a level of agreement for each field, a batch of pairs at a time."""

from __future__ import annotations

from functools import cache

import polars as pl
from rapidfuzz import fuzz

from review.dedup.journals import compare_journals
from review.dedup.levels import ENUMS, level
from review.dedup.likeness import beside, elided, ratios, tails, title_levels
from review.dedup.pages import pages_level
from review.dedup.signs import contrary
from review.dedup.words import scanned

_ISSUES = 24  # in a volume
# What the rules ask of each record by itself.
_ASKED = ("kind", "typed", "generic", "yearly", "english", "script", "preprint", "conference", "cochrane", "monograph", "registry", "editorial", "locator",
          "remark", "study", "thesis", "announced")  # fmt: skip


def leaders(c: pl.DataFrame) -> pl.Series:
    """How alike the first authors' names are, 0 to 100."""
    return pl.Series("leaders", ratios(c["leader"].to_list(), c["leader_b"].to_list()), pl.Float32)


@cache
def _names_in_common() -> dict[str, pl.Expr]:
    """Of all authors: how many words of names both have, and how many the one has that has fewer; one_first: the first ones share a word.

    Columns of their own: within one expression each mention would be worked out again.
    """
    names, names_b, first, first_b = (pl.col(name).str.split(" ") for name in ("names", "names_b", "first", "first_b"))
    return {
        "shared": names.list.set_intersection(names_b).list.len(),
        "fewest": pl.min_horizontal(*(pl.col(name).str.count_matches(" ", literal=True) + 1 for name in ("names", "names_b"))),
        "one_first": (pl.col("first") != "") & (pl.col("first_b") != "") & (first.list.set_intersection(first_b).list.len() > 0),
    }


def _authors() -> pl.Expr:
    """Forgives order, initials, particles, and lists cut short."""
    nobody = (pl.col("names") == "") | (pl.col("names_b") == "")
    shared, fewest = pl.col("shared"), pl.col("fewest")
    first = (pl.col("one_first") | (pl.col("leaders") >= 80)) & ~pl.col("namesakes")
    # Of two people or more on either side one alone is not the list.
    alone = (pl.col("people") > 0) & (pl.col("people_b") > 0) & (fewest >= 2) & (shared < 2)
    share = shared / fewest
    people = pl.min_horizontal("people", "people_b")
    return level(
        "authors",
        (nobody | (pl.col("foreign") != pl.col("foreign_b")), "missing"),  # nothing to compare
        (~first & (pl.col("group") | pl.col("group_b")), "missing"),  # an organisation on one side, people on the other
        # Of given names that one list spells out, the other has none: a word for each person is enough.
        (first & ~alone & ((share >= 0.5) | (fewest <= 2) | ((people > 0) & (shared > people))), "same"),
        (first, "first"),
        (pl.col("namesakes") & ((shared < 3) | (share < 0.75)), "few"),
        ((share >= 0.5) & ((shared >= 2) | (fewest == 1)), "order"),  # one given name is chance
        (shared > 0, "few"),
        otherwise="different",
    )


def _namesakes(c: pl.DataFrame) -> pl.Series:
    """The first authors share one name, and of their others not one begins with the same letter: Wang Y and Wang X."""
    found = pl.repeat(value=False, n=c.height, eager=True).alias("namesakes")
    at = c.select((pl.col("initials") != pl.col("initials_b")) & pl.col("one_first")).to_series().arg_true()
    said = c[at].select("first", "first_b", "initials", "initials_b").iter_rows()
    return found.scatter(at, [_others(*row) for row in said])


def _others(first: str, first_b: str, initials: str, initials_b: str) -> bool:
    common = set(first.split(" ")) & set(first_b.split(" "))
    if len(common) > 1:
        return False
    rest, other = (set(letters) - {name[0] for name in common} for letters in (initials, initials_b))
    return bool(rest and other) and rest.isdisjoint(other)


def _beyond(side: str, other: str) -> pl.Expr:
    """The one stands in a supplement, the other in an issue that has another number."""
    number = pl.col(f"issue{other}").list.first().cast(pl.String)
    in_issue = pl.col(f"supplement{other}").is_null() & number.is_not_null()
    return (pl.col(f"supplement{side}").is_not_null() & in_issue & (pl.col(f"supplement{side}") != number)).fill_null(value=False)


def _one_supplement() -> pl.Expr:
    """Both stand in a supplement, and as far as it is numbered in the same one."""
    one, other = pl.col("supplement"), pl.col("supplement_b")
    return ((one == other) | (one == "") | (other == "")).fill_null(value=False)


def _supplemented(side: str) -> pl.Expr:
    """An abstract in the supplement of a journal."""
    return pl.col(f"conference{side}") & (pl.col(f"supplement{side}").is_not_null() | pl.col(f"letters{side}").is_in(["s", "a", "p"]))


def _one_list() -> pl.Expr:
    """All names of the one are among those of the other: three or more, or of as many people."""
    within = (pl.col("shared") == pl.col("fewest")) & (pl.col("names") != "")
    return within & ((pl.col("fewest") >= 3) | (pl.col("people") == pl.col("people_b")))


def _cut() -> pl.Expr:
    """One title, a long one, is the beginning of the other, and ends within a word: something cut it off there."""

    def begins(side: str, other: str) -> pl.Expr:
        short, long = pl.col(f"normal{side}"), pl.col(f"normal{other}")
        rest = long.str.slice(short.str.len_chars(), 1)
        return (short.str.len_chars() >= 60) & long.str.starts_with(short) & (rest != "") & (rest != " ")

    return begins("", "_b") | begins("_b", "")


def _hardly_named(side: str) -> pl.Expr:
    """No journal is named, or of one that was cut off hardly more than 'European Journal of …' is left."""
    name = pl.col(f"journal{side}")
    return (name == "") | (name.str.contains("…", literal=True) & (name.str.count_matches(" ", literal=True) <= 2))


def _placeless(side: str) -> pl.Expr:
    """Nothing is known of where it appeared."""
    return _hardly_named(side) & (pl.col(f"volume{side}").list.len() == 0) & (pl.col(f"page{side}") < 0) & (pl.col(f"doi{side}") == "")


def _year() -> pl.Expr:
    apart_by = (pl.col("year") - pl.col("year_b")).abs()
    return level(
        "year",
        ((pl.col("year") == 0) | (pl.col("year_b") == 0), "missing"),
        (apart_by == 0, "same"),
        (apart_by == 1, "1 apart"),
        (apart_by == 2, "2 apart"),
        otherwise="far",
    )


def _shared(name: str, other: str) -> pl.Expr:
    return pl.col(name).list.set_intersection(other).list.len() > 0


def _running(name: str) -> pl.Expr:
    """A number that runs on from volume to volume."""
    return pl.col(name).list.max() >= 100


def _issue_for_volume(one: str, other: str, *, supplement: bool = False) -> pl.Expr:
    """What stands as the volume of one is the issue or the supplement of the other: '61 (10 Suppl. 1)' was cut at its last blank. supplement: that
    alone."""
    volume, issue = pl.col(f"volume{one}"), pl.col(f"issue{one}")
    number = volume.list.first()
    small = (volume.list.len() == 1) & (number <= _ISSUES) & (pl.col(f"volume{other}").list.min() > number)
    theirs = (pl.col(f"supplement{other}") == number.cast(pl.String)).fill_null(value=False)
    if not supplement:
        theirs = theirs | pl.col(f"issue{other}").list.contains(number)
    return (small & theirs & ((issue.list.len() == 0) | _shared("issue", "issue_b"))).fill_null(value=False)


def _numbers(name: str) -> pl.Expr:
    swapped = _shared("volume", "issue_b") & _shared("issue", "volume_b")
    return level(
        name,
        ((pl.col(name).list.len() == 0) | (pl.col(f"{name}_b").list.len() == 0), "missing"),
        (_shared(name, f"{name}_b") | swapped, "same"),
        (_running("issue") != _running("issue_b"), "missing")
        if name == "issue"
        else (_issue_for_volume("", "_b") | _issue_for_volume("_b", ""), "missing"),
        otherwise="different",
    )


def _same_numbers(c: pl.DataFrame) -> pl.Series:
    """The titles have the same numbers, or differ only as a scanner reads digits; or there is nothing to compare."""
    untitled = (pl.col("squash") == "") | (pl.col("squash_b") == "") | elided()
    same = c.select(untitled | (pl.col("numbers") == pl.col("numbers_b")) | (pl.col("squash") == pl.col("squash_b"))).to_series()
    close = (~same & (c["ratio"] >= 90) & (c["squash"].str.len_bytes() == c["squash_b"].str.len_bytes())).arg_true()
    titles = zip(c["normal"].gather(close), c["normal_b"].gather(close), strict=True)
    return same.scatter(close, [scanned(a, b) for a, b in titles])


def _contrary(c: pl.DataFrame) -> pl.Series:
    """A word or number bears one sign in the one title and another in the other."""
    found = pl.repeat(value=False, n=c.height, eager=True)
    at = c.select((pl.col("signs") != "") & (pl.col("signs_b") != "") & (pl.col("signs") != pl.col("signs_b"))).to_series().arg_true()
    return found.scatter(at, [contrary(a, b) for a, b in zip(c["signs"].gather(at), c["signs_b"].gather(at), strict=True)])


def _both_other(name: str) -> pl.Expr:
    """Both have one, and not the same."""
    return (pl.col(name) != "") & (pl.col(f"{name}_b") != "") & (pl.col(name) != pl.col(f"{name}_b"))


_ALWAYS = pl.lit(value=True)


def _ids(name: str, but: pl.Expr = _ALWAYS) -> pl.Expr:
    return level(
        name,
        ((pl.col(name) == "") | (pl.col(f"{name}_b") == ""), "missing"),
        ((pl.col(name) == pl.col(f"{name}_b")) & but, "same"),
        otherwise="different",
    )


def _abstracts(c: pl.DataFrame) -> pl.Series:
    levels: list[str] = []
    for a, b in zip(c["abstract"].to_list(), c["abstract_b"].to_list(), strict=True):
        size = min(len(a), len(b))
        if size < 80:
            levels.append("same" if a == b and size >= 40 else "missing")
        elif a[:size] == b[:size]:
            levels.append("equal" if size >= 160 else "same")
        else:
            alike = fuzz.ratio(a[:size], b[:size], score_cutoff=55)
            levels.append("same" if alike >= 85 else "unclear" if alike >= 55 else "different")
    return pl.Series("abstract_level", levels, ENUMS["abstract"])


def _journals(c: pl.DataFrame) -> pl.Series:
    both = ["journal", "journal_b"]
    pairs = c.select(both).unique()
    levels = [compare_journals(a, b) for a, b in pairs.iter_rows()]
    told = pairs.with_columns(pl.Series("level", levels, ENUMS["journal"]))
    return c.select(both).join(told, on=both, how="left", maintain_order="left")["level"].alias("journal_level")


@cache
def _meeting() -> dict[str, pl.Expr]:
    """What names no meeting, or hardly, but may be of the other's: nothing at all, its acronym, an acronym and its year, a series of proceedings,
    what is left of the number of a supplement.

    series: one stands in such a series; dated: one is an acronym and its year.
    """
    found: dict[str, pl.Expr] = {"series": pl.lit(value=False), "dated": pl.lit(value=False)}
    named = ~pl.col("journal_level").is_in(["same", "within", "missing"])
    for one, other in (("", "_b"), ("_b", "")):
        meets = pl.col(f"conference{other}") | pl.col(f"series{other}")
        series = pl.col(f"series{one}") & (meets | pl.col(f"dated{other}"))
        dated = pl.col(f"dated{one}") & meets
        word = ~pl.col(f"journal{one}").str.contains(" ", literal=True) | _hardly_named(one)
        unnamed = (
            pl.col(f"papers{other}")
            & ~_supplemented(other)
            & ((pl.col("journal_level") == "same") | (word & (pl.col("journal_level") == "missing")))
        )
        cut = pl.col(f"conference{other}") & (pl.col(f"torn{one}") | _issue_for_volume(one, other, supplement=True))
        found[f"conference{one}"] = pl.col(f"conference{one}") | series | dated | unnamed | cut
        found["series"] = found["series"] | (series & named)
        found["dated"] = found["dated"] | (dated & named)
    return found


@cache
def _levels() -> list[pl.Expr]:
    """The columns of `compare` but those of the titles: to say what they are takes as long as to work out those of a thousand pairs."""
    issns = (pl.col("issns").list.set_intersection("issns_b").list.len() > 0).fill_null(value=False)
    number, number_b = pl.col("numbers"), pl.col("numbers_b")
    fields = [
        _authors(),
        _year(),
        level(
            "journal",
            (issns, "same"),
            (pl.col("series"), "missing"),
            (pl.col("dated"), "unclear"),
            (pl.col("journal_level") == "same", "same"),
            (pl.col("journal_level") == "within", "within"),
            (pl.col("journal_level") == "unclear", "unclear"),
            (pl.col("journal_level") == "missing", "missing"),
            otherwise="different",
        ),
        _numbers("volume"),
        _numbers("issue"),
        pages_level(),
        _ids("doi", ~_both_other("version")),
        _ids("pmid"),
        pl.col("abstract_level").alias("abstract"),
    ]
    told = {
        "numbers": pl.col("same_numbers") & ~_both_other("code"),
        "contrary": pl.col("contrary"),
        "goes_on": pl.col("squash").str.starts_with(pl.col("squash_b")) | pl.col("squash_b").str.starts_with(pl.col("squash")),
        "tailed": pl.col("tailed"),
        "footnote": pl.col("footnote"),
        "meetings": _both_other("held"),
        "beyond": _beyond("", "_b") | _beyond("_b", ""),
        "within": number.str.contains(number_b, literal=True) | number_b.str.contains(number, literal=True),
        "follows": ((pl.col("last") > 0) & (pl.col("page_b") == pl.col("last") + 1))
        | ((pl.col("last_b") > 0) & (pl.col("page") == pl.col("last_b") + 1)),
        "deep": (pl.col("page") > 30) & (pl.col("page_b") > 30),
        "many": (pl.col("volume").list.max() >= 100) & (pl.col("volume_b").list.max() >= 100),  # volumes enough to tell by them alone
        "same_names": (pl.col("names") != "") & (pl.col("names") == pl.col("names_b")),
        "one_list": _one_list(),
        "one_book": _shared("isbns", "isbns_b").fill_null(value=False),
        "cut": _cut(),
        "numbered": (number != "") & (number == number_b),
        "versions": (pl.col("doi") == pl.col("doi_b")) & _both_other("version"),
        "one_trial": (pl.col("trial") != "") & (pl.col("trial") == pl.col("trial_b")),
        "trials": _both_other("trial"),
        "same_id": (pl.col("same_id") != "") & (pl.col("same_id") == pl.col("same_id_b")),
        "same_content": (pl.col("content") == pl.col("content_b")).fill_null(value=False),
        "span": pl.max_horizontal(pl.col("last") - pl.col("page"), pl.col("last_b") - pl.col("page_b"), 0),
        "series": pl.col("series"),
        "supplemented": _supplemented("") | _supplemented("_b"),
        "one_supplement": _one_supplement(),
        "placed_names": (pl.col("journal") != "") & (pl.col("journal_b") != ""),
        "bare": (pl.col("journal") == "") & (pl.col("journal_b") == ""),
        "placeless": _placeless("") | _placeless("_b"),
        "nowhere": pl.all_horizontal((pl.col(f"volume{side}").list.len() == 0) & (pl.col(f"page{side}") < 0) for side in ("", "_b")),
    }  # fmt: skip
    asked = [pl.col(f"{name}{side}") for name in _ASKED for side in ("", "_b")]
    return [*fields, *(found.alias(name) for name, found in told.items()), *asked]


def compare(a: pl.DataFrame, b: pl.DataFrame, titles: pl.DataFrame | None = None) -> pl.DataFrame:
    """Two batches of features, row against row: a column for each field of LEVELS, and alike, numbers, within, and what
    the rules ask of both records (a name and the name with _b). titles: of `title_levels`, where they are known."""
    c = beside(a, b)
    c = c.with_columns(leaders(c), _journals(c), _abstracts(c), **_names_in_common())
    c = c.with_columns(_namesakes(c), **_meeting())
    titles = title_levels(c) if titles is None else titles.select("title", "alike", "slip")
    c = c.hstack([_same_numbers(c).alias("same_numbers"), _contrary(c).alias("contrary"), *tails(c)])
    return pl.concat([titles, c.select(_levels())], how="horizontal")
