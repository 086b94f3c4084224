"""When two records are the same report: the rules, in the order they are asked.

The first rule that applies decides. Where none does, the fields vote (`model`). A rule gives the probability that both records are
the same report; and for two documents that belong together without being one, what the one is to the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from review.dedup.model import probability, votes

CERTAIN = 0.95
UNSURE = 0.3
POSSIBLE = 0.02  # what the fields leave open from here on is asked about while the list is short
APART = 0.1  # at or below this two records contradict each other: no cluster holds both


def _is(name: str, *levels: str) -> pl.Expr:
    return pl.col(name).is_in(levels) if len(levels) > 1 else pl.col(name) == levels[0]


def _either(name: str) -> pl.Expr:
    return pl.col(name) | pl.col(f"{name}_b")


def _both(name: str) -> pl.Expr:
    return pl.col(name) & pl.col(f"{name}_b")


def _differ(name: str) -> pl.Expr:
    return pl.col(name) != pl.col(f"{name}_b")


def _kind(*kinds: str) -> pl.Expr:
    return pl.col("kind").is_in(kinds) | pl.col("kind_b").is_in(kinds)


def _differ_somewhere() -> pl.Expr:
    return pl.any_horizontal(*(_is(name, "different") for name in ("volume", "pages", "doi")))


def _none_different(*names: str) -> pl.Expr:
    return ~pl.any_horizontal(*(_is(name, "different") for name in names))


@dataclass(frozen=True, slots=True)
class Rule:
    """when: over a pair's levels (`compare`). relation: what it is to the other, where the pair is not one report."""

    name: str
    when: pl.Expr
    probability: float | pl.Expr
    relation: str = ""


ALIKE = _is("title", "same, long", "same", "same, short", "near", "part")
AGREE = _is("pages", "same", "range", "first", "page 1", "adjacent")
YEARS = _is("year", "same", "1 apart")
SAME_DOI, SAME_PMID = _is("doi", "same"), _is("pmid", "same")
NEAR = _is("title", "same", "same, long", "near") & _is("authors", "same", "order") & ~_either("generic")
# One text, by the same people, within a year (or a Cochrane review and its update): where it stands twice, a person may call it one report.
TWICE = (
    _is("title", "same, long", "same")
    & _is("authors", "same")
    & (YEARS | _both("cochrane"))
    & ~_either("generic")
    & ~_differ("kind")
    & ~_differ("preprint")
    & pl.col("numbers")
)
# Both stand at the same place: same pages, and nothing else about the place disagrees.
PLACED = (
    _is("pages", "range", "same", "first")
    & (_is("volume", "same") | (_is("journal", "same") & YEARS))
    & _none_different("volume", "journal")
    & ~_is("year", "far")
)
# Each stands at a place of its own.
ELSEWHERE = ~AGREE & (_is("journal", "different") | (_is("volume", "different") & _is("pages", "different")))
# Nothing known that would tell them apart.
OPEN = _is("authors", "same") & _is("year", "same") & _is("journal", "same") & _none_different("volume", "issue", "pages", "doi")
# A title that many documents have, at one place all the same.
STEADY = _is("volume", "same") & _is("year", "same", "missing") & _none_different("issue", "doi", "authors", "journal")
ONE_SUMMARY = (
    _is("abstract", "same") & _is("year", "same") & _is("journal", "same", "within") & _none_different("volume", "issue", "pages", "doi")
)
NEARLY = _is("pages", "range", "same") & _is("volume", "same") & YEARS & _none_different("journal", "authors", "doi")
# Where each issue begins at page 1, its editorial stands at page 5 every time.
KNOWN = SAME_DOI | (
    ((_is("pages", "range", "same") & pl.col("deep")) | (_is("pages", "range", "same", "page 1") & _is("issue", "same"))) & STEADY
)
WHOLE = (
    _is("pages", "range")
    & (_is("volume", "same") | (_is("volume", "missing") & _is("journal", "same")))
    & _is("authors", "same")
    & YEARS
    & _none_different("journal", "issue", "abstract", "doi")
    & (pl.col("span") <= 60)
)
VOTE = probability(votes())
# The beginning of one abstract, by one author.
ONE_TEXT = _is("abstract", "same") & _is("authors", "same", "order") & YEARS & _none_different("journal", "volume", "pages", "doi")


def _either_way(yes: pl.Expr, p: float, q: float) -> pl.Expr:
    return pl.when(yes).then(p).otherwise(q)


def _at_most(p: float) -> pl.Expr:
    """What the fields say, as far as that goes."""
    return pl.min_horizontal(pl.lit(p), VOTE)


_ONE_PLACE = PLACED | SAME_DOI
# A protocol is not in the volume of its results: one of the two lost 'study protocol' from its title.
_CUT = _kind("protocol") & _is("volume", "same") & _is("journal", "same", "within") & _is("pages", "missing")
_SOMEWHERE = AGREE | SAME_DOI | _is("volume", "same")
IDENTITY: tuple[Rule, ...] = (
    Rule("same source id", pl.col("same_id"), _either_way(ALIKE | _is("title", "weak", "missing"), 1.0, 0.6)),
    Rule("same content in the same source", pl.col("same_content"), 1.0),
)
# Why records that look alike are not the same report. One PMID stands above all of them.
VETOES: tuple[Rule, ...] = (
    Rule("different PMIDs", _is("pmid", "different"), _either_way(_ONE_PLACE & ALIKE, 0.5, 0.001)),
    Rule(
        "one is a notice about the other",
        _differ("kind") & ~_is("title", "missing"),
        _either_way((_ONE_PLACE | _CUT) & ALIKE & ~_is("title", "same, short"), 0.5, 0.003),
        "notice",
    ),
    Rule(
        "parts or numbers differ",
        ~pl.col("numbers") & ~((_is("title", "part") | (_is("title", "weak") & WHOLE & (pl.col("alike") >= 90))) & pl.col("within")),
        _either_way(_ONE_PLACE & (ALIKE | (pl.col("alike") >= 90)), 0.6, 0.001),
    ),
    Rule(
        "preprint and article",
        _differ("preprint") & pl.col("placed_names") & ~_is("journal", "same") & ~SAME_DOI,
        0.01,
        "version_of",
    ),
    Rule(
        "an update of the same review",
        _both("cochrane") & (~_is("year", "same", "missing") | _is("doi", "different")) & ~SAME_DOI & ALIKE,
        _either_way(~_is("volume", "different") & _is("year", "1 apart", "2 apart") & _is("doi", "missing"), 0.5, 0.01),
        "version_of",
    ),
    Rule(
        "a title that many documents have",
        _either("generic") & ~KNOWN & ~ONE_SUMMARY,
        _either_way((OPEN | NEARLY) & (ALIKE | _is("title", "missing")), 0.5, 0.003),
    ),
    Rule("conference contribution and article", _differ("conference") & ELSEWHERE & ~SAME_DOI, 0.002, "abstract_of"),
    Rule("two journals", _is("journal", "different") & ELSEWHERE & _differ_somewhere() & ~SAME_DOI & NEAR, 0.01, "co_publication"),
)
# What decides without counting.
PROOFS: tuple[Rule, ...] = (
    Rule("same PMID", SAME_PMID & (ALIKE | _is("title", "missing") | (pl.col("alike") >= 60)), 0.998),
    Rule("same PMID, other title", SAME_PMID, _either_way(PLACED & _is("authors", "same"), 0.97, 0.6)),
    Rule(
        "same DOI, other pages and abstract",
        SAME_DOI & (ALIKE | _is("title", "missing")) & _is("pages", "different") & (_is("abstract", "different") | _either("generic")),
        0.7,
    ),
    Rule(
        "same DOI",
        SAME_DOI
        & (ALIKE | (_is("title", "missing") & ~_is("pages", "adjacent") & _none_different("authors", "volume", "pages", "abstract"))),
        pl.when(~_is("authors", "different")).then(0.998).otherwise(_either_way(PLACED, 0.97, 0.85)),
    ),
    Rule("same DOI", SAME_DOI & _is("title", "weak") & _is("authors", "same") & _none_different("volume", "pages"), 0.96),
    Rule(
        "the same text twice in one journal",
        NEAR
        & _is("journal", "same")
        & YEARS
        & _is("pages", "different")
        & _is("volume", "different")
        & _is("abstract", "same")
        & ~SAME_DOI,
        0.5,
        "co_publication",
    ),
    Rule("same pages and authors", WHOLE & (ALIKE | (_is("title", "weak") & (pl.col("alike") >= 85))), 0.998),
    Rule("same pages and authors", WHOLE & ~_either("conference") & (_is("title", "missing") | _differ("english")), 0.96),
    Rule(
        "same abstract and authors, title missing",
        _is("title", "missing")
        & _is("abstract", "same")
        & _is("authors", "same")
        & YEARS
        & _none_different("journal", "volume", "pages", "doi"),
        0.97,
    ),
    Rule("same pages and authors, other title", WHOLE & ~_either("conference"), 0.7),
    Rule(
        "same DOI, other title",
        SAME_DOI
        & (
            (_is("authors", "same", "order", "first") & ~_is("pages", "different"))
            | (_is("authors", "missing") & ~_is("pages", "different", "adjacent") & ~_is("abstract", "different"))
        ),
        0.6,
    ),
    Rule("same DOI of a whole issue", SAME_DOI, 0.01),
    Rule("same abstract and authors, other title", _is("title", "different", "weak") & ONE_TEXT & ~_is("abstract", "missing"), 0.7),
    Rule(
        "same first page and authors, other title",
        _is("title", "different")
        & PLACED
        & _is("authors", "same", "order")
        & YEARS
        & _is("journal", "same")
        & ~_is("issue", "different")
        & ~_either("conference"),
        0.5,
    ),
    Rule("titles differ", _is("title", "different"), 0.001),
    Rule(
        "same place, titles differ in a letter or two",
        _is("title", "weak")
        & (pl.col("alike") >= 96)
        & PLACED
        & _is("authors", "same")
        & _is("year", "same")
        & ~_either("conference")
        & ~_either("generic"),
        0.97,
    ),
)
# Where the fields are counted, but never believed beyond a limit.
LIMITS: tuple[Rule, ...] = (
    Rule(
        "perhaps a preprint and its article",
        _differ("preprint") & _is("journal", "missing") & ~AGREE & ~SAME_DOI,
        _at_most(0.6),
        "version_of",
    ),
    Rule(
        "another journal, no place in common",
        (_is("journal", "different") | (_is("journal", "unclear", "missing") & _is("volume", "different")))
        & ~_is("volume", "same")
        & ~AGREE
        & ~SAME_DOI,
        _at_most(0.6),
        "co_publication",
    ),
    Rule(
        "different DOIs, no place in common",
        _is("doi", "different") & ~_is("journal", "same") & ~_is("volume", "same") & ~_is("issue", "same") & ~AGREE,
        _at_most(0.6),
    ),
    Rule("one begins where the other ends", pl.col("follows") & ~SAME_DOI, _at_most(0.6)),
    Rule(
        "a meeting's abstract at other pages",
        _either("conference") & _is("pages", "different") & ~_is("abstract", "same") & ~SAME_DOI,
        pl.when(_differ("conference")).then(_at_most(0.6)).otherwise(_at_most(0.9)),
        "abstract_of",
    ),
    Rule(
        "of a meeting, or not, no place in common",
        _differ("conference") & ~_SOMEWHERE & ~_is("abstract", "same") & ~(pl.col("same_names") & _is("year", "same")),
        _at_most(0.9),
        "abstract_of",
    ),
    Rule(
        "what comes out each year", _either("yearly") & _is("year", "1 apart", "2 apart", "far") & ~_SOMEWHERE, _at_most(0.6), "version_of"
    ),
    # Where neither names a journal, as reports of organisations don't, a long title, its authors and its year are the whole reference.
    Rule(
        "of one no place is known",
        _is("journal", "missing")
        & _is("volume", "missing")
        & ~AGREE
        & ~SAME_DOI
        & ~_is("abstract", "same")
        & ~(pl.col("bare") & _is("title", "same, long") & _is("authors", "same") & _is("year", "same")),
        _at_most(0.9),
    ),
    Rule(
        "perhaps another journal, and another year",
        _is("journal", "unclear", "missing") & _is("year", "1 apart") & ~_SOMEWHERE,
        _at_most(0.9),
    ),
    Rule(
        "two issues that each begin at page 1",
        _is("issue", "different") & AGREE & ~pl.col("deep") & _is("title", "near", "part", "same, short") & ~SAME_DOI,
        _at_most(0.6),
    ),
    Rule("two years apart, no place in common", _is("year", "2 apart", "far") & ~_SOMEWHERE, _at_most(0.9)),
    Rule("another volume, no page in common", _is("volume", "different") & ~AGREE & ~SAME_DOI, _at_most(0.9)),
    Rule("a subtitle more, no page in common", _is("title", "part") & ~AGREE & ~SAME_DOI & ~_is("abstract", "same"), _at_most(0.9)),
    Rule("numbers in one title alone", ~pl.col("numbers") & ~_ONE_PLACE, _at_most(0.9)),
    # A slip of the pen, or another word: the fields are asked as if the titles were nearly the same, and then a person.
    Rule(
        "titles differ in a letter or two",
        _is("title", "weak") & (pl.col("alike") >= 96),
        pl.min_horizontal(pl.lit(0.7), probability(votes() + 8)),
    ),
    Rule("titles differ in a word", _is("title", "weak") & (VOTE > 0.5), _at_most(0.7)),
)
FIELDS = Rule("agreement of the fields", pl.lit(value=True), _at_most(0.995))  # an identifier is surer
RULES: tuple[Rule, ...] = (*IDENTITY, *VETOES, *PROOFS, *LIMITS, FIELDS)
