"""When two records are the same report: the rules, in the order they are asked.

The first rule that applies decides. Where none does, the fields vote (`model`). A rule gives the probability that both records are
the same report; and for two documents that belong together without being one, what the one is to the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from review.dedup.conditions import (
    AGREE,
    ALIKE,
    ANOTHER_SORT,
    CUT,
    CUT_OFF,
    CUT_SHORT,
    CUT_TO_A_WORD,
    ELSEWHERE,
    FOOTNOTE,
    IN_ONE_ISSUE,
    KNOWN,
    MISCOUNTED,
    NEAR,
    NEARLY,
    NO_ROOM,
    NOTICE,
    OF_ONE_YEAR,
    ONE_PLACE,
    ONE_SPACE,
    ONE_SUMMARY,
    ONE_TEXT,
    OPEN,
    OTHER_PMIDS,
    PLACED,
    SAME_DOI,
    SAME_PMID,
    SOMEWHERE,
    SUBTITLED,
    THREE_AGAINST,
    VOTE,
    WHOLE,
    WHOLE_REFERENCE,
    YEARS,
    at_most,
    both,
    differ,
    differ_somewhere,
    either,
    either_way,
    kind,
    none_different,
    says,
)
from review.dedup.model import probability

CERTAIN = 0.95
UNSURE = 0.3
POSSIBLE = 0.02  # what the fields leave open from here on is asked about while the list is short
APART = 0.1  # at or below this two records contradict each other: no cluster holds both


@dataclass(frozen=True, slots=True)
class Rule:
    """when: over a pair's levels (`compare`). relation: what it is to the other, where the pair is not one report."""

    name: str
    when: pl.Expr
    probability: float | pl.Expr
    relation: str = ""


IDENTITY: tuple[Rule, ...] = (
    Rule("same source id", pl.col("same_id"), either_way(ALIKE | says("title", "weak", "missing"), 1.0, 0.6)),
    Rule("same content in the same source", pl.col("same_content"), 1.0),
)
# Why records that look alike are not the same report, and what the one is to the other. One PMID stands above all of them, two make them sure.
VETOES: tuple[Rule, ...] = (
    Rule("two versions of one deposit", pl.col("versions"), 0.01, "version_of"),
    Rule("different registrations of trials", pl.col("trials") & ~SAME_DOI & (either("registry") | ~ONE_PLACE), 0.01),
    Rule("a registry's entry and a report", differ("registry") & ~SAME_DOI, either_way(pl.col("bare"), 0.5, 0.01), "version_of"),
    Rule(
        "one is a notice, a reply or a protocol of the other",
        NOTICE & ~says("title", "missing") & ~(either("typed") & (SAME_DOI | WHOLE)) & ~NO_ROOM,
        # Of a title that was cut, or has such a word by chance, the rest of the record tells: a notice has its own pages.
        either_way(
            ((ONE_PLACE | CUT) & (ALIKE | says("title", "notice")) & ~says("title", "same, short"))
            | (SAME_DOI & says("authors", "same", "missing"))
            | WHOLE,
            0.5,
            0.003,
        ),
        "notice",
    ),
    Rule(
        "parts or numbers differ",
        ~pl.col("numbers") & ~((says("title", "part") | CUT_SHORT) & pl.col("within")) & ~FOOTNOTE,
        pl.when(ONE_PLACE & (ALIKE | (pl.col("alike") >= 90)))
        .then(0.6)
        .when(MISCOUNTED | (WHOLE & (pl.col("alike") >= 60)))
        .then(0.5)
        .otherwise(0.001),
    ),
    Rule("a sign in the titles says the contrary", pl.col("contrary"), either_way(ONE_PLACE & ALIKE, 0.6, 0.001)),
    Rule(
        "preprint and article",
        differ("preprint") & pl.col("placed_names") & ~says("journal", "same") & ~SAME_DOI,
        0.01,
        "version_of",
    ),
    Rule(
        "an update of the same review",
        both("cochrane") & (~says("year", "same", "missing") | ~none_different("doi", "issue")) & ~SAME_DOI & ALIKE,
        either_way(~says("volume", "different") & says("year", "1 apart", "2 apart") & says("doi", "missing"), 0.5, 0.01),
        "version_of",
    ),
    Rule(
        "a title that many documents have",
        either("generic") & ~KNOWN & ~IN_ONE_ISSUE & ~ONE_SUMMARY & ~CUT_SHORT,
        either_way(((OPEN | NEARLY) & (ALIKE | says("title", "missing"))) | CUT_TO_A_WORD, 0.5, 0.003),
    ),
    Rule("conference contribution and article", differ("conference") & ELSEWHERE & ~SAME_DOI, 0.002, "abstract_of"),
    Rule(
        "two journals",
        says("journal", "different") & ELSEWHERE & differ_somewhere() & ~SAME_DOI & NEAR & ~both("thesis"),
        0.01,
        "co_publication",
    ),
    Rule("different PMIDs", OTHER_PMIDS, either_way(ONE_PLACE & ALIKE, 0.5, 0.001)),
)
# What decides without counting.
PROOFS: tuple[Rule, ...] = (
    Rule("a footnote behind the title, one place", FOOTNOTE, 0.97),
    Rule("same PMID", SAME_PMID & (ALIKE | says("title", "missing") | (pl.col("alike") >= 60)), 0.998),
    Rule(
        "same PMID, other title",
        SAME_PMID,
        either_way(
            (PLACED & says("authors", "same"))
            | (~says("year", "far") & ~says("abstract", "different") & (says("abstract", "equal", "same") | either("generic"))),
            0.97,
            0.6,
        ),
    ),
    Rule("same registration", pl.col("one_trial") & both("registry"), either_way(says("title", "different"), 0.6, 0.97)),
    Rule(
        "same DOI, other pages and abstract",
        SAME_DOI & (ALIKE | says("title", "missing")) & says("pages", "different") & (says("abstract", "different") | either("generic")),
        0.7,
    ),
    Rule(
        "same DOI, title missing, of a meeting",
        SAME_DOI & says("title", "missing") & pl.col("supplemented") & ~says("abstract", "equal", "same"),
        0.7,
    ),
    Rule(
        "same DOI, a subtitle more, of a meeting",
        SAME_DOI
        & says("title", "part")
        & either("conference")
        & ~(says("journal", "same") & says("volume", "missing") & ~pl.col("supplemented"))  # papers have DOIs of their own
        & (~says("pages", "range", "same") | says("abstract", "different"))
        & ~says("abstract", "equal", "same"),
        0.7,
    ),
    # A wrong DOI, as programs that look one up by the title give it.
    Rule(
        "same DOI, a subtitle more, and something differs",
        SAME_DOI
        & says("title", "part")
        & (says("abstract", "different") | says("year", "2 apart", "far") | ~none_different("volume", "pages")),
        0.7,
    ),
    # An article has one volume; a column of the editor has one DOI in each of them, or should.
    Rule(
        "same DOI, other volume",
        SAME_DOI
        & ~AGREE
        & ((says("volume", "different") & ~says("year", "same")) | (either("generic") & ~none_different("volume", "issue"))),
        0.7,
    ),
    Rule(
        "same DOI",
        SAME_DOI
        & (ALIKE | (says("title", "missing") & ~says("pages", "adjacent") & none_different("authors", "volume", "pages", "abstract"))),
        pl.when(~says("authors", "different")).then(0.998).otherwise(either_way(PLACED, 0.97, 0.85)),
    ),
    Rule(
        "same DOI",
        SAME_DOI & says("title", "weak") & says("authors", "same") & none_different("volume", "pages"),
        either_way((pl.col("alike") >= 96) | says("pages", "range") | (pl.col("goes_on") & says("abstract", "equal")), 0.96, 0.7),
    ),
    Rule(
        "the same text twice in one journal",
        NEAR
        & says("journal", "same")
        & YEARS
        & says("pages", "different")
        & (says("volume", "different") | says("issue", "different") | (either("conference") & says("year", "1 apart")))
        & says("abstract", "equal", "same")
        & ~SAME_DOI,
        0.5,
        "co_publication",
    ),
    Rule(
        "same pages and authors",
        WHOLE & (ALIKE | (says("title", "weak") & ((pl.col("alike") >= 96) | ((pl.col("alike") >= 85) & pl.col("deep"))))),
        0.998,
    ),
    Rule("same pages and authors", WHOLE & ~either("conference") & (says("title", "missing") | differ("english")), 0.96),
    # The book itself, or one chapter of it.
    Rule(
        "same ISBN, title and authors",
        pl.col("one_book")
        & says("title", "same, long", "same")
        & says("authors", "same")
        & YEARS
        & none_different("pages", "doi")
        & ~either("generic")
        & ~either("yearly"),
        0.97,
    ),
    Rule("same pages, in another script", ONE_SPACE & differ("script") & ~says("authors", "different", "few"), 0.96),
    Rule(
        "same abstract and authors, title missing",
        says("title", "missing")
        & says("abstract", "equal", "same")
        & says("authors", "same")
        & YEARS
        & none_different("journal", "volume", "pages", "doi")
        & ~says("pages", "adjacent"),
        0.97,
    ),
    # Two articles of one author may share a page range in two issues, and a first sentence.
    Rule(
        "same pages, authors and abstract",
        WHOLE & says("abstract", "equal") & (says("issue", "same") | (pl.col("alike") >= 65)) & ~either("conference"),
        0.97,
    ),
    Rule(
        "same title and abstract",
        (says("title", "same, long", "same") | (says("title", "same, short") & YEARS))
        & says("abstract", "equal")
        & none_different("authors", "journal", "volume", "pages", "doi")
        & ~THREE_AGAINST
        & ~ANOTHER_SORT
        & ~either("generic")
        & (~either("yearly") | says("year", "same") | says("volume", "same")),
        0.97,
    ),
    Rule(
        "same title, journal and year, and no more known of one",
        says("title", "same, long")
        & says("authors", "missing")
        & says("journal", "same")
        & says("year", "same")
        & says("volume", "missing")
        & says("pages", "missing")
        & none_different("doi", "abstract", "issue")
        & ~either("conference")
        & ~either("yearly")
        & ~either("generic")
        & ~either("cochrane"),
        0.96,
    ),
    # Its year and its pages are the university's, or those of the volume of abstracts.
    Rule(
        "one dissertation",
        both("thesis")
        & (says("title", "same, long") | (says("title", "part") & says("volume", "same") & says("issue", "same")))
        & says("authors", "same")
        & pl.col("one_list")
        & YEARS
        & none_different("doi", "abstract")
        & (either("announced") | ~says("journal", "different")),
        0.97,
    ),
    Rule("same pages and authors, other title", WHOLE & ~either("conference"), 0.7),
    Rule(
        "same DOI, other title",
        SAME_DOI
        & (
            (says("authors", "same", "order", "first") & ~says("pages", "different"))
            | (says("authors", "missing") & ~says("pages", "different", "adjacent") & ~says("abstract", "different"))
            # A lost letter in the title, and a running number where the pages should be.
            | (says("authors", "same") & says("title", "weak") & (pl.col("alike") >= 90) & ~either("conference"))
        ),
        0.6,
    ),
    Rule("same DOI of a whole issue", SAME_DOI, 0.01),
    Rule(
        "same place or abstract, titles differ in a letter or two",
        says("title", "weak")
        & (pl.col("alike") >= 96)
        & (PLACED | (ONE_TEXT & says("abstract", "equal")))
        & says("authors", "same")
        & says("year", "same")
        & ~either("conference")
        & ~either("generic"),
        0.97,
    ),
    Rule("same abstract and authors, other title", says("title", "different", "weak") & ONE_TEXT & ~says("abstract", "missing"), 0.7),
    Rule(
        "same first page and authors, other title",
        says("title", "different")
        & PLACED
        & says("authors", "same", "order")
        & YEARS
        & says("journal", "same")
        & ~says("issue", "different")
        & ~either("conference"),
        0.5,
    ),
    Rule("same pages, other title", says("title", "different") & ONE_SPACE & says("authors", "missing"), 0.6),
    Rule(
        "same issue and authors, in another language",
        says("title", "different", "weak")
        & (differ("english") | differ("script"))
        & says("authors", "same")
        & says("year", "same")
        & says("journal", "same")
        & says("volume", "same")
        & says("issue", "same")
        & says("pages", "missing")
        & none_different("doi", "abstract")
        & ~either("conference"),
        0.4,
    ),
    Rule("titles differ", says("title", "different"), 0.001),
)
# Where the fields are counted, but never believed beyond a limit.
LIMITS: tuple[Rule, ...] = (
    Rule("title missing", says("title", "missing"), at_most(0.9)),
    Rule("three fields contradict", THREE_AGAINST & ~SAME_DOI, at_most(0.6)),
    Rule(
        "perhaps a preprint and its article",
        differ("preprint") & says("journal", "missing") & ~AGREE & ~SAME_DOI,
        at_most(0.6),
        "version_of",
    ),
    Rule(
        "another journal, no place in common",
        (says("journal", "different") | (says("journal", "unclear", "missing") & says("volume", "different")))
        & ~(says("volume", "same") & (pl.col("many") | says("issue", "same")))
        & ~AGREE
        & ~SAME_DOI,
        at_most(0.6),
        "co_publication",
    ),
    # Where every article begins at page 1, two of one length are no wonder.
    Rule(
        "another journal, and pages that many documents have",
        says("journal", "different", "unclear")
        & AGREE
        & ~pl.col("deep")
        & ~says("volume", "same")
        & ~SAME_DOI
        & ~says("abstract", "equal"),
        at_most(0.6),
        "co_publication",
    ),
    # One first page in common is chance, where the journal and the volume are others.
    Rule(
        "another journal and volume",
        says("journal", "different") & says("volume", "different") & ~says("pages", "range", "same") & ~SAME_DOI,
        at_most(0.6),
        "co_publication",
    ),
    Rule(
        "different DOIs, no place in common",
        says("doi", "different") & ~says("journal", "same") & ~says("volume", "same") & ~says("issue", "same") & ~AGREE,
        at_most(0.6),
    ),
    # One that was published again under its bare title, with an erratum, or by another meeting of a society.
    Rule(
        "different DOIs, no page in common",
        says("doi", "different") & ~AGREE & ~(says("title", "same, long") & says("volume", "same") & says("issue", "same")),
        at_most(0.9),
    ),
    Rule(
        "other authors",
        says("authors", "different") & ~says("pages", "range") & ~SAME_DOI & ~(PLACED & says("abstract", "equal")),
        at_most(0.9),
    ),
    # A name or two in common, the first not among them: a letter in the issue of its article, under the same title, has as much.
    Rule("few authors in common, no page", says("authors", "few") & ~AGREE & ~SAME_DOI & ~says("abstract", "equal"), at_most(0.9)),
    # A column of every first issue, and what comes out each year, stand at the same pages again.
    Rule(
        "another volume, and another year",
        says("volume", "different") & says("year", "1 apart", "2 apart", "far") & ~SAME_DOI & ~says("abstract", "equal"),
        at_most(0.6),
    ),
    # Proceedings often come out in the year after their meeting; an abstract in a supplement was given again at the next one.
    Rule(
        "another year, and nothing of its place",
        says("year", "1 apart")
        & (pl.col("nowhere") | ((pl.col("supplemented") | pl.col("meetings")) & says("volume", "missing") & ~AGREE))
        & ~SAME_DOI
        & ~says("abstract", "equal")
        & ~(
            both("conference")
            & ~pl.col("meetings")
            & ~pl.col("supplemented")
            & says("title", "same, long")
            & says("authors", "same")
            & says("journal", "same")
        ),
        at_most(0.9),
    ),
    Rule(
        "two article numbers, or two sorts of item, no page in common",
        ((says("pages", "different") & (both("locator") | differ("remark"))) | (differ("remark") & differ("study")))
        & ~says("pages", "range", "same", "first")
        & ~SAME_DOI
        & ~says("abstract", "equal"),
        at_most(0.9),
    ),
    Rule(
        "another issue, and no page in common",
        (says("issue", "different") | pl.col("beyond")) & says("pages", "different", "missing") & ~SAME_DOI & ~says("abstract", "equal"),
        at_most(0.9),
    ),
    # Two letters about one article, and two replies, stand in one issue under one title.
    Rule(
        "two notices about one document, no page in common",
        kind("erratum", "reply", "comment")
        & ~says("pages", "range", "same", "first")
        & ~(says("pages", "missing") & says("authors", "same") & says("volume", "same"))
        & ~SAME_DOI
        & ~says("abstract", "equal"),
        at_most(0.9),
    ),
    Rule("one begins where the other ends", pl.col("follows") & ~SAME_DOI, at_most(0.6)),
    Rule(
        "a meeting's abstract at other pages",
        either("conference") & says("pages", "different") & ~says("abstract", "equal") & ~SAME_DOI,
        pl.when(differ("conference")).then(at_most(0.6)).otherwise(at_most(0.9)),
        "abstract_of",
    ),
    Rule(
        "of a meeting, or not, nothing in common but the volume",
        differ("conference")
        & ~(pl.col("one_supplement") & says("volume", "same"))
        & ~AGREE
        & ~SAME_DOI
        & ~says("pages", "unclear")
        & ~(none_different("pages", "doi", "issue") & (says("abstract", "equal") | (says("abstract", "missing") & OF_ONE_YEAR))),
        at_most(0.9),
        "abstract_of",
    ),
    Rule(
        "what comes out each year",
        either("yearly")
        & (says("year", "1 apart", "2 apart", "far") | (says("year", "missing") & ~says("volume", "same")))
        & (
            ~SOMEWHERE
            | (says("volume", "different") & ~says("pages", "range") & ~SAME_DOI)
            | (says("volume", "missing") & says("pages", "range", "first", "same", "page 1") & ~pl.col("deep") & ~SAME_DOI)
        ),
        at_most(0.6),
        "version_of",
    ),
    Rule(
        "a thesis, report or book, or not, no place in common",
        differ("monograph") & ~says("journal", "same") & ~SOMEWHERE,
        at_most(0.9),
        "version_of",
    ),
    # Where neither names a journal, as reports of organisations don't, or one only a series of proceedings, or where one says nothing at all
    # of its place, a long title, its authors and its year are the whole reference.
    Rule(
        "of one no place is known",
        says("journal", "missing")
        & says("volume", "missing")
        & ~AGREE
        & ~SAME_DOI
        & ~says("abstract", "equal")
        & ~(WHOLE_REFERENCE & (pl.col("bare") | pl.col("series") | both("monograph") | (pl.col("placeless") & ~ANOTHER_SORT))),
        at_most(0.9),
    ),
    Rule(
        "perhaps another journal, and another year",
        says("journal", "unclear", "missing") & says("year", "1 apart") & ~SOMEWHERE,
        at_most(0.9),
    ),
    Rule(
        "two issues or papers that each begin at page 1",
        (
            (says("issue", "different") & says("title", "near", "part", "same, short"))
            | (both("conference") & says("volume", "missing") & ~says("year", "same"))
        )
        & AGREE
        & ~pl.col("deep")
        & ~SAME_DOI,
        at_most(0.6),
    ),
    Rule("a short title in another issue", says("title", "same, short") & says("issue", "different") & ~AGREE & ~SAME_DOI, at_most(0.9)),
    Rule("two years apart, no place in common", says("year", "2 apart", "far") & ~SOMEWHERE, at_most(0.9)),
    Rule("another volume, no page in common", says("volume", "different") & ~AGREE & ~SAME_DOI, at_most(0.9)),
    Rule(
        "a subtitle more, no page in common",
        says("title", "part")
        & (
            ~says("pages", "range", "same", "first")
            | (either("conference") & ~says("pages", "range") & (pl.col("numbers") | pl.col("goes_on")))
        )
        & ~SAME_DOI
        & ~says("abstract", "equal")
        & ~CUT_OFF
        & ~SUBTITLED,
        at_most(0.9),
    ),
    Rule(
        "numbers in one title alone",
        ~pl.col("numbers")
        & ~FOOTNOTE
        & ~(pl.col("tailed") & SUBTITLED)
        & (~ONE_PLACE | (pl.col("goes_on") & ~says("pages", "range") & ~SAME_DOI)),
        at_most(0.9),
    ),
    # Hunan and Henan, mediation and meditation; from warfarin to rivaroxaban, or the other way round.
    Rule(
        "a slip in the title, or another word, no page in common",
        pl.col("slip") & ~says("pages", "range", "same", "first") & ~SAME_DOI & ~says("abstract", "equal"),
        at_most(0.9),
    ),
    # A slip of the pen, or another word: the fields are asked as if the titles were nearly the same, and then a person.
    Rule(
        "titles differ in a letter or two",
        says("title", "weak") & (pl.col("alike") >= 96),
        pl.min_horizontal(pl.lit(0.7), probability(pl.col("votes") + 8)),
    ),
    Rule("titles differ in a word", says("title", "weak") & (VOTE > 0.5), at_most(0.7)),
)
FIELDS = Rule("agreement of the fields", pl.lit(value=True), at_most(0.995))  # an identifier is surer
RULES: tuple[Rule, ...] = (*IDENTITY, *VETOES, *PROOFS, *LIMITS, FIELDS)
