"""Pairs of records field by field: a level of agreement for each field, a batch of pairs at a time."""

from __future__ import annotations

from functools import cache

import polars as pl
from rapidfuzz import fuzz

from review.dedup.authorship import authors_level, leaders, names_in_common, namesakes, one_list, two_bodies
from review.dedup.columns import BY_CONTENT
from review.dedup.imprints import two_imprints
from review.dedup.journals import compare_journals
from review.dedup.kinds import MINITRACK
from review.dedup.levels import BOTH_WAYS, ENUMS, both_other, level, of_two
from review.dedup.likeness import TOLD, beside, bracketed, elided, tails, title_levels
from review.dedup.numbers import pointed
from review.dedup.pages import pages_level
from review.dedup.signs import contrary
from review.dedup.titles import STOPS
from review.dedup.volumes import beyond, in_common, issue_for_volume, numbers_level, one_supplement, supplemented
from review.dedup.words import scanned

# What the rules ask of each record by itself.
_ASKED = ("kind", "typed", "generic", "curt", "yearly", "english", "script", "preprint", "conference", "cochrane", "monograph", "registry", "editorial", "locator",
          "remark", "study", "thesis", "announced", "poster", "aside", "deposit")  # fmt: skip


def _cut() -> pl.Expr:
    """One title, a long one, is the beginning of the other, and ends within a word (no number, which would be another): something cut it off there."""

    def begins(side: str, other: str) -> pl.Expr:
        short, long = pl.col(f"normal{side}"), pl.col(f"normal{other}")
        rest = long.str.slice(short.str.len_chars(), 1)
        return (short.str.len_chars() >= 60) & long.str.starts_with(short) & (rest != "") & (rest != " ") & ~short.str.contains(r"[0-9]$")

    return begins("", "_b") | begins("_b", "")


def _marked() -> pl.Expr:
    """One title goes on where the other ends, behind a mark: with a subtitle, or an aside."""
    return pl.any_horizontal(
        pl.col(f"squash{long}").str.starts_with(pl.col(f"squash{short}"))
        & pl.any_horizontal(pl.col(f"{stop}{long}") == pl.col(f"squash{short}").str.len_chars() for stop in STOPS)
        for short, long in BOTH_WAYS
    )


# What a second report by the same people adds to the title of their first.
_ADDED = (
    r"^ (?:an? |the )?(?:(?:executive |plain language |lay )?summary|(?:brief )?update|appendix|annex|supplement|continued|concluded|revisited|updated|abridged|reprinted|preprint|follow up(?: study| report)?|methods|rationale"
    r"|statistical analysis plan|data note|video abstract|slides|poster|podcast|interview|replication(?: study| report)?|re ?analys[ei]s|(?:full|short|technical) report"
    r"|(?:process|economic) (?:evaluation|analys[ei]s)|(?:mediation|moderation|cost|cost utility|cost benefit|cost consequences?|budget impact) analys[ei]s"
    r"|(?:study|trial) design|extended abstract|work in progress|(?:tool |system )?demo(?:nstration)?|doctoral (?:consortium|symposium)|(?:results|findings|outcomes) (?:at|after) .{1,20}"
    r"|(?:results|findings) (?:of|from) (?:an? |the )?(?:second|third|2nd|3rd|replication|extension|pilot) .{1,30}|(?:[^ ]+ ){0,2}extension (?:study|trial|phase)"
    r"|(?:sub ?group|post hoc|secondary) analys[ei]s (?:of|in|by|from) .{3,60}"
    r"|nested case control study|\w+ (?:translation|version)|in (?:english|french|german|spanish|portuguese|chinese)"
    r"|(?:nested )?(?:(?:qualitative|quantitative|economic|process|imaging|biomarker|mechanistic|ancillary) )?(?:sub ?study|ancillary study)"
    r"|(?:pilot|preliminary|interim|final|feasibility)(?: study| reports?| results| findings| trial)?"
    r"|(?:secondary|sub ?group|post hoc|exploratory|interim|sensitivity|biomarker) analys[ei]s|(?:further|long term) (?:evidence|results|findings|follow up)"
    r"|(?:safety|efficacy|quality of life|health economics?|cost effectiveness|pharmacokinetics?|patient reported outcomes?|baseline(?: characteristics)?)"
    r"(?: (?:data|results|analys[ei]s|outcomes?|findings))?)$"
)
# What the title of one report says of its design, and a database may leave out.
_DESIGN = (
    r"^ (?:an? )?(?:[^ ]+ ){0,5}(?:trial|study|review|evaluation|analys[ei]s|survey|experiment|comparison|audit|case reports?|case series)$"
)


def _goes_on_with(added: str) -> pl.Expr:
    """One title goes on where the other ends, with no more than this."""
    return pl.any_horizontal(
        pl.col(f"normal{long}").str.starts_with(pl.col(f"normal{short}"))
        & pl.col(f"normal{long}").str.slice(pl.col(f"normal{short}").str.len_chars()).str.contains(added)
        for short, long in BOTH_WAYS
    )


def _hardly_named(side: str) -> pl.Expr:
    """No journal is named, or of one that was cut off hardly more than 'European Journal of …' is left."""
    name = pl.col(f"journal{side}")
    return (name == "") | (name.str.contains("…", literal=True) & (name.str.count_matches(" ", literal=True) <= 2))


def _placeless(side: str) -> pl.Expr:
    """Nothing is known of where it appeared."""
    return _hardly_named(side) & (pl.col(f"volume{side}").list.len() == 0) & (pl.col(f"page{side}") < 0) & (pl.col(f"doi{side}") == "")


def _published(side: str, other: str) -> pl.Expr:
    """A dissertation, and what stands in a volume of a journal, that of no university."""
    journal = pl.col(f"journal{other}")
    housed = (journal != "") & ~journal.str.contains("univ", literal=True) & (pl.col(f"volume{other}").list.len() > 0)
    return pl.col(f"thesis{side}") & ~pl.col(f"thesis{other}") & housed


def _unplaced(side: str) -> pl.Expr:
    """Neither volume, issue nor page is known."""
    return pl.all_horizontal(pl.col(f"{name}{side}").list.len() == 0 for name in ("volume", "issue")) & (pl.col(f"page{side}") < 0)


def _issued(side: str, other: str) -> pl.Expr:
    """A working paper by its series, and the same by who brings it out, or by a name that may be the series': no place of an article."""
    return (
        pl.col(f"working{side}")
        & ~pl.col(f"preprint{other}")
        & _unplaced(other)
        & (pl.col(f"house{other}") | (pl.col("journal_level") != "different"))
    )


def _sketched(side: str, other: str) -> pl.Expr:
    """It is no more than a search engine shows: nothing of its place, and its authors, its title or its journal cut off. Where what is left of the
    name is a meeting's, and the other is of none, that is something."""
    cut = pl.col(f"more{side}") | pl.col(f"elided{side}") | pl.col(f"journal{side}").str.contains("…", literal=True)
    of_a_meeting = pl.col(f"conference{side}") & ~pl.col(f"conference{other}")
    return _unplaced(side) & (pl.col(f"doi{side}") == "") & cut & ~of_a_meeting


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


def _same_numbers(c: pl.DataFrame) -> pl.Series:
    """The titles have the same numbers, or differ only as a scanner reads digits; or there is nothing to compare."""
    untitled = (pl.col("squash") == "") | (pl.col("squash_b") == "") | elided()
    equal = (pl.col("squash") == pl.col("squash_b")) | bracketed("", "_b") | bracketed("_b", "")
    same = c.select(untitled | (pl.col("numbers") == pl.col("numbers_b")) | equal).to_series()
    spaced = c.select((pl.col("squash") == pl.col("squash_b")) & (pl.col("normal") != pl.col("normal_b")) & (pl.col("numbers") != "")).to_series().arg_true()  # fmt: skip
    spread = zip(c["normal"].gather(spaced), c["normal_b"].gather(spaced), strict=True)
    same = same.scatter(spaced, [not pointed(a, b) for a, b in spread])
    close = (~same & (c["ratio"] >= 90)).arg_true()
    titles = zip(c["normal"].gather(close), c["normal_b"].gather(close), strict=True)
    return same.scatter(close, [scanned(a, b) for a, b in titles])


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
            alike = 100.0 if a in b or b in a else fuzz.ratio(a[:size], b[:size], score_cutoff=55)  # of one the beginning is left out
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
    cut_off = (pl.col("journal_level") == "missing") & (pl.col("journal") != "") & (pl.col("journal_b") != "")
    for one, other in BOTH_WAYS:
        meets = pl.col(f"conference{other}") | pl.col(f"series{other}")
        series = pl.col(f"series{one}") & (meets | pl.col(f"dated{other}"))
        dated = pl.col(f"dated{one}") & meets
        word = ~pl.col(f"journal{one}").str.contains(" ", literal=True) | _hardly_named(one)
        unnamed = (
            pl.col(f"papers{other}")
            & ~supplemented(other)
            & ((pl.col("journal_level") == "same") | (word & (pl.col("journal_level") == "missing")))
        )
        cut = pl.col(f"conference{other}") & (pl.col(f"torn{one}") | issue_for_volume(one, other, supplement=True))
        found[f"conference{one}"] = pl.col(f"conference{one}") | series | dated | unnamed | cut
        found["series"] = found["series"] | (series & (named | cut_off))
        found["dated"] = found["dated"] | (dated & named)
    return found


def _spaces(name: str) -> pl.Expr:
    return pl.col(name).str.count_matches(" ", literal=True).cast(pl.Int32)


@cache
def _levels() -> list[pl.Expr]:
    """The columns of `compare` but those of the titles: to say what they are takes as long as to work out those of a thousand pairs."""
    issns = (pl.col("issns").list.set_intersection("issns_b").list.len() > 0).fill_null(value=False)
    number, number_b = pl.col("numbers"), pl.col("numbers_b")
    identified = (pl.col("same_id") != "") & (pl.col("same_id") == pl.col("same_id_b"))
    by_content = pl.col("same_id").str.starts_with(BY_CONTENT)
    fields = [
        authors_level(),
        _year(),
        level(
            "journal",
            (issns, "same"),
            (both_other("section"), "different"),
            (pl.col("series"), "missing"),
            (pl.col("dated"), "unclear"),
            (pl.col("journal_level") == "same", "same"),
            (pl.col("journal_level") == "within", "within"),
            (pl.col("journal_level") == "unclear", "unclear"),
            (pl.col("journal_level") == "missing", "missing"),
            otherwise="different",
        ),
        numbers_level("volume"),
        numbers_level("issue"),
        pages_level(),
        _ids("doi", ~both_other("version")),
        _ids("pmid"),
        pl.col("abstract_level").alias("abstract"),
    ]
    told = {
        "numbers": pl.col("same_numbers") & ~both_other("code"),
        "contrary": pl.col("contrary"),
        "goes_on": pl.col("squash").str.starts_with(pl.col("squash_b")) | pl.col("squash_b").str.starts_with(pl.col("squash")),
        "marked": _marked(),
        "added": (_spaces("normal") - _spaces("normal_b")).abs(),  # words
        "letters_more": (pl.col("squash").str.len_chars().cast(pl.Int32) - pl.col("squash_b").str.len_chars().cast(pl.Int32)).abs(),
        "tailed": pl.col("tailed"),
        "minitracks": pl.all_horizontal(pl.col(f"normal{side}").str.contains(MINITRACK, literal=True) for side in ("", "_b")),
        "a_part": pl.col("normal").str.contains(r"\bpart\b") != pl.col("normal_b").str.contains(r"\bpart\b"),  # of a series, by one title alone
        "companion": _goes_on_with(_ADDED),
        "design": _goes_on_with(_DESIGN),
        "footnote": pl.col("footnote"),
        "meetings": both_other("held") | both_other("nth"),
        "beyond": beyond("", "_b") | beyond("_b", ""),
        "within": number.str.contains(number_b, literal=True) | number_b.str.contains(number, literal=True),
        "follows": ((pl.col("last") > 0) & (pl.col("page_b") == pl.col("last") + 1))
        | ((pl.col("last_b") > 0) & (pl.col("page") == pl.col("last_b") + 1)),
        "deep": (pl.col("page") > 30) & (pl.col("page_b") > 30),
        "many": (pl.col("volume").list.max() >= 100) & (pl.col("volume_b").list.max() >= 100),  # volumes enough to tell by them alone
        "same_names": (pl.col("names") != "") & (pl.col("names") == pl.col("names_b")),
        "one_list": one_list(),
        "worded": (pl.col("squash").str.len_chars() >= 24) & (pl.col("people") > 0) & (pl.col("people_b") > 0),  # and by several people
        "alone": (pl.col("people") == 0) != (pl.col("people_b") == 0),
        "one_book": in_common("isbns", "isbns_b").fill_null(value=False),
        "two_books": ((pl.col("isbns").list.len() > 0) & (pl.col("isbns_b").list.len() > 0) & ~in_common("isbns", "isbns_b")).fill_null(value=False),
        "two_sorts": both_other("sort"),
        "two_imprints": pl.col("two_imprints"),
        "cut": _cut(),
        "numbered": (number != "") & (number == number_b),
        "versions": (pl.col("doi") == pl.col("doi_b")) & both_other("version"),
        "one_trial": (pl.col("trial") != "") & (pl.col("trial") == pl.col("trial_b")),
        "trials": both_other("trial"),
        "same_id": identified & ~by_content,
        "same_content": (pl.col("content") == pl.col("content_b")).fill_null(value=False) | (identified & by_content & (pl.col("two_imprints") == "")),
        "lengths": (pl.col("last") > 0) & (pl.col("last_b") > 0) & (pl.col("last") - pl.col("page") != pl.col("last_b") - pl.col("page_b")),
        "span": pl.max_horizontal(pl.col("last") - pl.col("page"), pl.col("last_b") - pl.col("page_b"), 0),
        "series": pl.col("series"),
        "supplemented": supplemented("") | supplemented("_b"),
        "one_supplement": one_supplement(),
        "placed_names": (pl.col("journal") != "") & (pl.col("journal_b") != ""),
        "bare": (pl.col("journal") == "") & (pl.col("journal_b") == ""),
        "placeless": _placeless("") | _placeless("_b"),
        "corporate": pl.all_horizontal((pl.col(f"body{side}") != "") & (pl.col(f"people{side}") == 0) for side in ("", "_b")),  # a body, and nobody else
        "issued": _issued("", "_b") | _issued("_b", ""),
        "published": _published("", "_b") | _published("_b", ""),
        "sketched": _sketched("", "_b") | _sketched("_b", ""),
        "nowhere": pl.all_horizontal((pl.col(f"volume{side}").list.len() == 0) & (pl.col(f"page{side}") < 0) for side in ("", "_b")),
    }  # fmt: skip
    asked = [pl.col(f"{name}{side}") for name in _ASKED for side in ("", "_b")]
    return [*fields, *(found.alias(name) for name, found in told.items()), *asked]


def compare(a: pl.DataFrame, b: pl.DataFrame, titles: pl.DataFrame | None = None) -> pl.DataFrame:
    """Two batches of features, row against row: a column for each field of LEVELS, and alike, numbers, within, and what
    the rules ask of both records (a name and the name with _b). titles: of `title_levels`, where they are known."""
    c = beside(a, b)
    c = c.with_columns(leaders(c), _journals(c), _abstracts(c), **names_in_common())
    c = c.with_columns(namesakes(c), two_bodies(c), two_imprints(c), **_meeting())
    titles = title_levels(c) if titles is None else titles.select(TOLD)
    c = c.hstack([_same_numbers(c).alias("same_numbers"), of_two(c, "signs", contrary, otherwise=False).alias("contrary"), *tails(c)])
    return pl.concat([titles, c.select(_levels())], how="horizontal")
