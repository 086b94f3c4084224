"""When two records are the same report: the rules, in the order they are asked.

The first rule that applies decides. Where none does, the fields vote (`model`). A rule gives the probability that both records are
the same report; and for two documents that belong together without being one, what the one is to the other. Words in capitals are
conditions that more than one rule asks, or long ones: of place (`standing`), of titles and texts (`conditions`).
"""

# ruff: noqa: I001  # names in lines: what is read here are the rules
from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from review.dedup.conditions import (
    A_LETTER_OFF, A_PART_ELSEWHERE, A_SUBTITLE_MORE, A_TEXT_AND_NO_MORE, A_WRONG_DOI, A_WRONG_PMID, ALIKE, ANOTHER_TITLE, ANOTHER_WORD, ANOTHERS_NUMBER, BARE_BUT_WHOLE, BEHIND_A_MARK, CLOSE, CUT_OFF, CUT_SHORT, CUT_TO_A_WORD, DOI_AND_MORE,
    EACH_YEAR, ELSEWHERE_IN_VOLUME, EQUAL, FOOTMARK, FOOTNOTE, GIVEN_AGAIN, IN_ANOTHER_SCRIPT, IN_TWO_LANGUAGES, MISCOUNTED, NEAR, NEXT_TO_IT, NO_ROOM, NOTICE, NUMBERS_ALONE, OF_A_WORD, OF_ONE_NUMBER, OF_ONE_STUDY, ONE_DISSERTATION,
    ONE_OF_MANY, ONE_OF_SEVERAL, ONE_SUMMARY, ONE_TEXT, SAME_HANDS, SHORT_BUT_WHOLE, SUBTITLED, TEXT_TWICE, THREE_AGAINST, TRANSLATED, TWO_BEGINNINGS, TWO_PARTS,
    WHOLE_REFERENCE, WITHDRAWN,
)  # fmt: skip
from review.dedup.model import probability
from review.dedup.standing import (
    AGREE, ANOTHER_SORT, APART_IN_TIME, ELSEWHERE, ELSEWHERE_SOMEHOW, IN_A_SUPPLEMENT, IN_ONE_ISSUE, KNOWN, NEARLY, NO_PAGE, NO_PLACE, NOWHERE, OF_A_MEETING_OR_NOT, OF_ONE_BOOK,
    ONE_BEGINNING, ONE_PAGE, ONE_PLACE, ONE_PROCEEDINGS, ONE_SPACE, ONE_VOLUME, OPEN, OTHER_PMIDS, PLACED, PROTOCOL_BESIDE, SAME_DOI, SAME_PMID, SKETCHED, TWO_ITEMS, UNPROVED,
    WHOLE, YEARS,
)  # fmt: skip
from review.dedup.terms import VOTE, asked, at_most, both, differ, either, either_way, missing, neither, none_different, same, says

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
    # A number that somebody gave may be that of a study, which has several papers.
    Rule("same source id", pl.col("same_id"), either_way((ALIKE | says("title", "weak", "missing")) & ~OF_ONE_STUDY, 1.0, 0.6)),
    Rule("same content in the same source", pl.col("same_content"), 1.0),
)
# Why records that look alike are not the same report, and what the one is to the other. One PMID stands above all of them, two make them sure.
VETOES: tuple[Rule, ...] = (
    Rule("two versions of one deposit", pl.col("versions"), 0.01, "version_of"),
    Rule("different registrations of trials", pl.col("trials") & ~SAME_DOI & (either("registry") | ~ONE_PLACE), 0.01),
    Rule("a registry's entry and a report", differ("registry") & ~SAME_DOI, either_way(pl.col("bare"), 0.5, 0.01), "version_of"),
    Rule(
        "one is a notice, a reply or a protocol of the other",
        NOTICE & ~missing("title") & ~(either("typed") & (SAME_DOI | WHOLE)) & ~NO_ROOM,
        # Of a title that was cut, or has such a word by chance, the rest of the record tells: a notice has its own pages.
        either_way(
            ((ONE_PLACE | PROTOCOL_BESIDE) & (ALIKE | says("title", "notice")) & ~says("title", "same, short"))
            | (SAME_DOI & says("authors", "same", "missing"))
            | WHOLE,
            0.5,
            0.003,
        ),
        "notice",
    ),
    Rule(
        "parts or numbers differ",
        ~pl.col("numbers")
        & ~(pl.col("one_trial") & both("registry"))
        & ~((says("title", "part") | CUT_SHORT) & pl.col("within"))
        & ~FOOTNOTE
        & ~ANOTHER_TITLE,
        pl.when(either("conference") & says("abstract", "different"))
        .then(0.001)  # two abstracts of one page, or of one DOI
        .when(ONE_PLACE & (ALIKE | (pl.col("alike") >= 90)))
        .then(0.6)
        .when(
            MISCOUNTED
            | CUT_TO_A_WORD
            | (FOOTMARK & (same("authors", "journal") | says("abstract", "equal")))
            | (WHOLE & (pl.col("alike") >= 60))
            # Of two translations one may have left a number out, or have it in words.
            | (pl.col("within") & says("title", "different") & says("abstract", "equal") & same("authors", "year"))
        )
        .then(0.5)
        .otherwise(0.001),
    ),
    Rule("a sign in the titles says the contrary", pl.col("contrary"), either_way(ONE_PLACE & ALIKE, 0.6, 0.001)),
    Rule(
        "preprint and article",
        differ("preprint") & pl.col("placed_names") & ~same("journal") & ~pl.col("issued") & ~SAME_DOI,
        0.01,
        "version_of",
    ),
    Rule(
        "an update of the same review",
        both("cochrane") & (~says("year", "same", "missing") | ~none_different("doi", "issue")) & ~SAME_DOI & ALIKE,
        either_way(~says("volume", "different") & says("year", "1 apart", "2 apart") & missing("doi"), 0.5, 0.01),
        "version_of",
    ),
    Rule(
        "a title that many documents have",
        either("generic") & ~KNOWN & ~IN_ONE_ISSUE & ~ONE_SUMMARY & ~CUT_SHORT,
        either_way(
            OF_A_WORD
            | ((OPEN | NEARLY | OF_ONE_BOOK) & (ALIKE | missing("title")))
            | CUT_TO_A_WORD
            | OF_ONE_NUMBER
            | (both("curt") & A_TEXT_AND_NO_MORE),
            0.5,
            0.003,
        ),
    ),
    Rule("conference contribution and article", differ("conference") & ELSEWHERE & ~SAME_DOI, 0.002, "abstract_of"),
    Rule("a dissertation, and an article of that title", pl.col("published") & NO_PLACE & UNPROVED & NEAR, 0.02, "version_of"),
    Rule(
        "two journals",
        says("journal", "different") & ELSEWHERE & ELSEWHERE_SOMEHOW & ~SAME_DOI & NEAR & ~both("thesis"),
        0.01,
        "co_publication",
    ),
    Rule("different PMIDs", OTHER_PMIDS, either_way(ONE_PLACE & ALIKE, 0.5, 0.001)),
)
# What decides without counting.
PROOFS: tuple[Rule, ...] = (
    Rule("a footnote behind the title, one place", FOOTNOTE, 0.97),
    Rule("same PMID, and what tells two apart", A_WRONG_PMID, 0.6),
    Rule("one DOI or PMID, and two places", ANOTHERS_NUMBER, 0.7),
    Rule("same PMID", SAME_PMID & (ALIKE | missing("title") | (pl.col("alike") >= 60)), 0.998),
    Rule(
        "same PMID, other title",
        SAME_PMID,
        either_way(
            (PLACED & same("authors"))
            | (
                ~says("year", "far")
                & ~says("abstract", "different")
                & (says("abstract", "equal", "same") | (either("generic") & ~(both("generic") & says("title", "different"))))
            ),
            0.97,
            0.6,
        ),
    ),
    Rule(
        "same registration",
        pl.col("one_trial") & both("registry"),
        either_way(says("title", "different") | TWO_PARTS, 0.6, 0.97),
    ),
    Rule(
        "same DOI, other pages and abstract",
        SAME_DOI & (ALIKE | missing("title")) & says("pages", "different") & (says("abstract", "different") | either("generic")),
        0.7,
    ),
    # Programs that look up a DOI by the title give the article's to the abstract that was given before it.
    Rule(
        "same DOI, another abstract, and of a meeting or not",
        SAME_DOI & ALIKE & differ("conference") & says("abstract", "different") & ~ONE_PAGE,
        0.7,
    ),
    Rule(
        "same DOI, title missing, of a meeting",
        SAME_DOI & missing("title") & pl.col("supplemented") & ~says("abstract", "equal", "same"),
        0.7,
    ),
    Rule(
        "same DOI, a subtitle more, of a meeting",
        SAME_DOI
        & says("title", "part")
        & IN_A_SUPPLEMENT
        & ~says("abstract", "equal", "same")
        & (~(says("pages", "range") | (says("pages", "same") & BEHIND_A_MARK)) | says("abstract", "different")),
        0.7,
    ),
    Rule("same DOI, a subtitle more, and something differs", A_WRONG_DOI, 0.7),
    Rule(
        "same DOI, another title of a meeting",
        ONE_OF_MANY,
        either_way(says("abstract", "different") | says("pages", "adjacent"), 0.02, 0.3),
    ),
    # An article has one volume; a column of the editor has one DOI in each of them, or should.
    Rule(
        "same DOI, other volume",
        SAME_DOI
        & ~AGREE
        & ((says("volume", "different") & ~same("year")) | (either("generic") & ~none_different("volume", "issue")))
        & ~(says("title", "different") & says("authors", "different", "few")),
        0.7,
    ),
    Rule(
        "same DOI",
        SAME_DOI
        & (ALIKE | WITHDRAWN | (missing("title") & ~says("pages", "adjacent") & none_different("authors", "volume", "pages", "abstract"))),
        pl.when(~says("authors", "different")).then(0.998).otherwise(either_way(PLACED, 0.97, 0.85)),
    ),
    Rule(
        "same DOI",
        SAME_DOI & says("title", "weak") & same("authors") & none_different("volume", "pages"),
        either_way(
            ((pl.col("alike") >= 96) & ~pl.col("reworded")) | says("pages", "range") | (pl.col("goes_on") & says("abstract", "equal")),
            0.96,
            0.7,
        ),
    ),
    Rule("the same text twice in one journal", TEXT_TWICE, 0.5, "co_publication"),
    Rule(
        "same pages and authors",
        WHOLE & (ALIKE | CLOSE | WITHDRAWN | (says("title", "weak") & (pl.col("alike") >= 85) & pl.col("deep"))),
        0.998,
    ),
    Rule("same pages and authors", WHOLE & ~either("conference") & (missing("title") | differ("english")), 0.96),
    # The book itself, or one chapter of it; of the book one may lack the subtitle.
    Rule(
        "same ISBN, title and authors",
        pl.col("one_book")
        & ~pl.col("two_sorts")
        & (EQUAL | says("title", "same, short") | (pl.col("goes_on") & pl.col("marked") & pl.col("numbers") & missing("pages")))
        & same("authors")
        & YEARS
        & none_different("pages", "doi")
        & neither("generic", "yearly"),
        0.97,
    ),
    Rule("same pages, in another script", ONE_SPACE & differ("script") & ~says("authors", "different", "few"), 0.96),
    Rule(
        "same abstract, title missing",
        missing("title")
        & says("abstract", "equal", "same")
        & SAME_HANDS
        & YEARS
        & none_different("journal", "volume", "pages", "doi")
        & ~says("pages", "adjacent"),
        either_way(same("authors"), 0.97, 0.7),
    ),
    # Two articles of one author may share a page range in two issues, and a first sentence.
    Rule(
        "same pages, authors and abstract",
        WHOLE & says("abstract", "equal") & (same("issue") | (pl.col("alike") >= 65)) & ~either("conference"),
        0.97,
    ),
    Rule(
        "same title and abstract",
        (EQUAL | (says("title", "same, short") & YEARS))
        & says("abstract", "equal")
        & none_different("authors", "journal", "volume", "pages", "doi")
        & ~(missing("journal") & says("year", "2 apart", "far") & NO_PLACE)
        & ~GIVEN_AGAIN
        & ~THREE_AGAINST
        & ~ANOTHER_SORT
        & ~differ("deposit")
        & ~either("generic")
        & (~either("yearly") | same("year") | same("volume")),
        # So sure that it is no other's, whose place alone it may fit as well.
        either_way(same("authors", "year"), 0.99, 0.985),
    ),
    Rule("same title, journal and year, and no more known of one", BARE_BUT_WHOLE, 0.96),
    Rule("same short title, authors, journal and year, and no more known", SHORT_BUT_WHOLE, 0.96),
    # A word or two behind a mark may be an update, or whom another study is about.
    Rule(
        "a subtitle more, in one journal and year",
        SUBTITLED & missing("volume", "pages") & (pl.col("added") >= 3),
        0.96,
    ),
    Rule(
        "a subtitle more, in one journal and year, nobody named",
        says("title", "part")
        & pl.col("marked")
        & (pl.col("numbers") | pl.col("tailed"))
        & missing("authors", "volume", "pages")
        & same("journal", "year")
        & none_different("issue", "doi", "abstract")
        & ~either("yearly"),
        0.5,
    ),
    Rule("one issue's editorial", IN_ONE_ISSUE & missing("volume") & says("title", "same", "same, short"), 0.96),
    Rule("one dissertation", ONE_DISSERTATION, either_way(YEARS, 0.97, 0.7)),
    # Two databases translate a title in two ways.
    Rule(
        "same pages, issue and authors, the title in other words",
        WHOLE & same("journal", "issue", "year") & pl.col("deep") & pl.col("one_list") & (pl.col("alike") >= 60) & ~either("conference"),
        0.96,
    ),
    Rule("same pages and authors, other title", WHOLE & ~either("conference"), 0.7),
    Rule("same pages, in another script, and the journal too", IN_ANOTHER_SCRIPT, 0.5),
    Rule("same DOI, other title", DOI_AND_MORE, either_way(IN_A_SUPPLEMENT, 0.3, 0.4)),
    Rule("same DOI of a whole issue", SAME_DOI, 0.01),
    Rule("same place or abstract, titles differ in a letter or two", A_LETTER_OFF, 0.97),
    Rule("same abstract and authors, other title", says("title", "different", "weak") & ONE_TEXT & ~says("issue", "different"), 0.7),
    Rule(
        "same first page and authors, other title",
        says("title", "different")
        & ((PLACED & says("authors", "same", "order") & YEARS & same("journal") & ~says("issue", "different")) | ONE_BEGINNING)
        & ~either("conference"),
        0.5,
    ),
    Rule(
        "same pages, other title",
        IN_TWO_LANGUAGES | (says("title", "different") & ONE_SPACE & (missing("authors") | says("abstract", "equal"))),
        0.6,
    ),
    Rule("same issue and authors, in another language", TRANSLATED, 0.4),
    Rule(
        "same abstract, nobody named, in another language", differ("english") & says("title", "different", "weak") & A_TEXT_AND_NO_MORE, 0.5
    ),
    Rule("titles differ", says("title", "different"), 0.001),
)
# A slip of the pen, or another word: the fields are asked as if the titles were nearly the same, and then a person.
AS_IF_NEAR = asked("as if near", pl.min_horizontal(pl.lit(0.7), probability(pl.col("votes") + 8)))
MISPRINTED = CLOSE & ~pl.col("reworded")
# Where the fields are counted, but never believed beyond a limit.
LIMITS: tuple[Rule, ...] = (
    Rule("title missing", missing("title"), at_most(0.9)),
    Rule("a part's number in one title alone, and other pages", A_PART_ELSEWHERE, at_most(0.05)),
    Rule("three fields contradict", THREE_AGAINST & ~SAME_DOI, at_most(0.6)),
    Rule(
        "perhaps a preprint and its article",
        differ("preprint") & (missing("journal") | pl.col("issued")) & NO_PAGE,
        at_most(0.6),
        "version_of",
    ),
    Rule(
        "another journal, no page in common",
        says("journal", "different")
        & ~(same("volume") & (pl.col("many") | (same("issue") & ~UNPROVED)))
        & (NO_PAGE | (says("pages", "adjacent") & ~SAME_DOI)),  # what is off by one is a slip in one journal alone
        pl.when(same("volume", "issue")).then(at_most(0.9)).otherwise(at_most(0.6)),
        "co_publication",
    ),
    Rule(
        "perhaps another journal, and neither volume nor page in common",
        (says("journal", "unclear", "missing") & says("volume", "different") & NO_PAGE)
        | (says("journal", "unclear") & missing("volume") & says("pages", "unclear", "different", "adjacent", "overlap") & ~SAME_DOI),
        at_most(0.6),
        "co_publication",
    ),
    # Where every article begins at page 1, two of one length are no wonder.
    Rule(
        "another journal, and pages that many documents have",
        says("journal", "different", "unclear") & AGREE & ~pl.col("deep") & ~same("volume") & UNPROVED,
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
        "different DOIs, and neither journal, volume nor page in common",
        says("doi", "different") & ~same("journal") & ~same("volume") & ~same("issue") & ~AGREE,
        at_most(0.6),
    ),
    # One that was published again under its bare title, with an erratum, or by another meeting of a society.
    Rule(
        "different DOIs, no page in common",
        says("doi", "different") & ~AGREE & ~(says("title", "same, long") & same("volume", "issue")),
        at_most(0.9),
    ),
    Rule(
        "two sorts of document, no place in common",
        pl.col("two_sorts")
        & NO_PAGE
        & (UNPROVED | (differ("deposit") & ~SAME_DOI))
        & ((~same("journal") & ~says("volume", "same")) | either("aside")),
        at_most(0.9),
        "version_of",
    ),
    Rule("a poster by its title, no page in common", differ("poster") & NO_PAGE & UNPROVED, at_most(0.9), "abstract_of"),
    Rule("two meetings of a series, by their years or numbers", pl.col("meetings") & both("conference") & UNPROVED, at_most(0.9)),
    # Niger and Nigeria: nothing cut it off.
    Rule(
        "the last word of one title goes on, no page in common",
        says("title", "part") & pl.col("goes_on") & (pl.col("added") == 0) & (pl.col("letters_more") <= 4) & NO_PAGE & UNPROVED,
        at_most(0.9),
    ),
    # Editions have each their number, but so have the printed book and the other.
    Rule("two ISBNs, and nothing of its place", pl.col("two_books") & NO_PLACE & UNPROVED, at_most(0.9)),
    Rule(
        "another publisher, number, edition, day or entry, and nothing of its place",
        (pl.col("two_imprints") != "") & ~pl.col("one_book") & NO_PLACE & UNPROVED,
        at_most(0.9),
    ),
    # Two letters about one article, and two replies, stand in one issue under one title.
    Rule(
        "two notices about one document, no page in common",
        ONE_OF_SEVERAL & ~ONE_PAGE & ~(missing("pages") & same("authors") & ONE_VOLUME) & UNPROVED,
        pl.when(says("authors", "different")).then(0.01).otherwise(at_most(0.9)),
    ),
    Rule(
        "other authors",
        says("authors", "different") & ~says("pages", "range") & ~SAME_DOI & ~(PLACED & says("abstract", "equal")),
        at_most(0.9),
    ),
    # A name or two in common, the first not among them: a letter in the issue of its article, or behind another one or below it on its page, under the
    # same title, has as much.
    Rule(
        "few authors in common, and not the same pages",
        says("authors", "few") & ~says("pages", "range") & UNPROVED,
        at_most(0.9),
    ),
    # Letters about one article stand on one page, or on two that follow, under its title.
    Rule(
        "authors not known, different DOIs or pages that follow",
        missing("authors")
        & ((says("doi", "different") & ~says("pages", "range")) | (says("pages", "adjacent") & ~says("title", "same, long")))
        & UNPROVED,
        at_most(0.9),
    ),
    # One of the authors of an article may write about it, or speak of it, under its title.
    Rule(
        "another of its authors alone, and nothing of its place",
        says("authors", "order") & pl.col("alone") & NO_PLACE & UNPROVED,
        at_most(0.9),
    ),
    # A column of every first issue, and what comes out each year, stand at the same pages again, or nearly; so does a chapter in another edition.
    Rule(
        "another volume, and another year",
        (says("volume", "different") | (missing("volume") & (says("pages", "adjacent", "overlap") | says("year", "far"))))
        & APART_IN_TIME
        & UNPROVED,
        at_most(0.6),
    ),
    Rule("a main title of a word or two", says("title", "weak") & CUT_TO_A_WORD & (same("authors") | NO_PLACE), 0.5),
    Rule("a minitrack of another year", pl.col("minitracks") & EACH_YEAR, at_most(0.01), "version_of"),
    # Proceedings often come out in the year after their meeting; but a workshop is held again, and an abstract in a supplement was given at the next one.
    Rule(
        "another year, or none, and nothing of its place",
        ((says("year", "1 apart") & NOWHERE) | (missing("year") & pl.col("nowhere") & ~ONE_PROCEEDINGS)) & UNPROVED,
        at_most(0.9),
    ),
    # Schedules, statistics and recommendations of a body come out again, and no less in the year after.
    Rule(
        "of a body, in another year, and nothing of its place",
        pl.col("corporate") & says("year", "1 apart") & NO_PLACE & UNPROVED,
        at_most(0.9),
    ),
    Rule("two article numbers, or two sorts of item, no page in common", TWO_ITEMS, at_most(0.9)),
    Rule(
        "another issue, and no page in common",
        (says("issue", "different") | pl.col("beyond")) & says("pages", "different", "missing", "unclear") & UNPROVED,
        at_most(0.9),
    ),
    # What was given at a meeting bears the title of the article that came of it; where nothing says that it is of a meeting, its text does. In one
    # issue the one text is the authors', the other that of the database.
    Rule(
        "another abstract, and neither page nor issue in common",
        says("abstract", "different") & ~ONE_PAGE & ~SAME_DOI & ~same("volume", "issue"),
        at_most(0.9),
    ),
    Rule("other pages of one volume, and no issue in common or not as many pages", ELSEWHERE_IN_VOLUME, at_most(0.9)),
    Rule("another word, and another page, text or first author, at a meeting", NEXT_TO_IT, at_most(0.1)),
    # A group's abstracts of one title stand in one supplement, or on one page of it.
    Rule(
        "another text or DOI at a meeting",
        pl.col("supplemented")
        & (says("abstract", "different") | (says("doi", "different") & ~says("abstract", "equal", "same")))
        & ~SAME_DOI,
        at_most(0.9),
    ),
    Rule("one begins where the other ends", pl.col("follows") & ~SAME_DOI, at_most(0.6)),
    Rule(
        "a meeting's abstract at other pages",
        either("conference") & says("pages", "different") & (UNPROVED | (~SAME_DOI & ~differ("locator"))),
        pl.when(differ("conference")).then(at_most(0.6)).otherwise(at_most(0.9)),
        "abstract_of",
    ),
    Rule(
        "of a meeting, or not, nothing in common but the volume",
        OF_A_MEETING_OR_NOT,
        pl.when(MISPRINTED).then(AS_IF_NEAR).otherwise(at_most(0.9)),
        "abstract_of",
    ),
    Rule("what comes out each year", EACH_YEAR, at_most(0.6), "version_of"),
    Rule(
        "a thesis, report or book, or not, and neither volume nor page in common",
        differ("monograph") & ~same("journal") & NO_PLACE,
        at_most(0.9),
        "version_of",
    ),
    # Where neither names a journal, as reports of organisations don't, or one only a series of proceedings, or where one says nothing at all
    # of its place, a long title, its authors and its year are the whole reference.
    Rule(
        "of one no place is known",
        missing("journal", "volume")
        & ~AGREE
        & UNPROVED
        & ~(WHOLE_REFERENCE & (pl.col("bare") | pl.col("series") | both("monograph") | (pl.col("placeless") & (~ANOTHER_SORT | SKETCHED)))),
        pl.when(MISPRINTED).then(AS_IF_NEAR).otherwise(at_most(0.9)),
    ),
    # Not sure: where the article is there too, it is that, and not a meeting's abstract.
    Rule("of a meeting, or not, as far as a search engine shows it", differ("conference") & SKETCHED, at_most(0.97)),
    Rule(
        "perhaps another journal, and another year",
        says("journal", "unclear", "missing") & says("year", "1 apart") & NO_PLACE,
        at_most(0.9),
    ),
    # Journal of Management Information Systems, and Information Systems Journal: each year has an issue 1.
    Rule(
        "perhaps another journal, and nothing of its place", says("journal", "unclear") & NO_PLACE & (UNPROVED | GIVEN_AGAIN), at_most(0.9)
    ),
    Rule("two issues or papers that each begin at page 1", TWO_BEGINNINGS, at_most(0.6)),
    # The news of each week, on one page by chance.
    Rule(
        "a short title in another issue",
        says("title", "same, short") & says("issue", "different") & (NO_PAGE | (missing("authors") & ~says("pages", "range") & UNPROVED)),
        at_most(0.9),
    ),
    Rule("two years apart, and neither volume nor page in common", says("year", "2 apart", "far") & NO_PLACE, at_most(0.9)),
    Rule(
        "another volume, no page in common", says("volume", "different") & (NO_PAGE | (says("pages", "adjacent") & UNPROVED)), at_most(0.9)
    ),
    Rule("a subtitle more, no page in common, or of a meeting", A_SUBTITLE_MORE, at_most(0.9)),
    Rule("numbers in one title alone", NUMBERS_ALONE, at_most(0.9)),
    # Hunan and Henan, mediation and meditation; from warfarin to rivaroxaban, or the other way round.
    Rule(
        "a slip in the title, or another word, no page in common",
        pl.col("slip") & ~CUT_OFF & ~ONE_PAGE & UNPROVED,
        pl.when(MISPRINTED).then(AS_IF_NEAR).otherwise(at_most(0.9)),
    ),
    Rule("one word of the titles is another", CLOSE & ANOTHER_WORD, AS_IF_NEAR),
    Rule("titles differ in a letter or two", CLOSE, AS_IF_NEAR),
    Rule("titles differ in a word", says("title", "weak") & (VOTE > 0.5), at_most(0.7)),
)
FIELDS = Rule("agreement of the fields", pl.lit(value=True), at_most(0.995))  # an identifier is surer
RULES: tuple[Rule, ...] = (*IDENTITY, *VETOES, *PROOFS, *LIMITS, FIELDS)
