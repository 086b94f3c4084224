"""Where the two records of a pair stand, in words: conditions over volume, issue, pages and identifiers."""

from __future__ import annotations

import polars as pl

from review.dedup.terms import asked, both, differ, either, kind, missing, neither, none_different, same, says

AGREE = says("pages", "same", "range", "first", "page 1", "adjacent")
ONE_PAGE = says("pages", "range", "same", "first")
YEARS = says("year", "same", "1 apart")
APART_IN_TIME = says("year", "1 apart", "2 apart", "far")
SAME_DOI, SAME_PMID, OTHER_PMIDS = says("doi", "same"), says("pmid", "same"), says("pmid", "different")
UNPROVED = asked("unproved", ~SAME_DOI & ~says("abstract", "equal"))  # neither a DOI nor an abstract says that it is one text
NO_PAGE, NO_PLACE = asked("no page", ~AGREE & ~SAME_DOI), asked("no place", ~AGREE & ~SAME_DOI & ~says("volume", "same"))  # in common
# Both stand at the same place: same pages, and nothing else about the place disagrees.
PLACED = asked(
    "placed",
    ONE_PAGE & (same("volume") | (same("journal") & YEARS)) & none_different("volume", "journal") & ~says("year", "far"),
)
ONE_PLACE = asked("one place", PLACED | SAME_DOI)
# Each stands at a place of its own.
ELSEWHERE = asked(
    "elsewhere",
    ~AGREE & ((says("journal", "different") & ~says("volume", "same")) | (says("volume", "different") & says("pages", "different"))),
)
ELSEWHERE_SOMEHOW = pl.any_horizontal(*(says(name, "different") for name in ("volume", "pages", "doi")))
# Both at one place from the first page to the last, by the same people: what no other document has there.
WHOLE = asked(
    "whole",
    says("pages", "range")
    & (same("volume") | (missing("volume") & same("journal")))
    & same("authors")
    & YEARS
    & none_different("journal", "issue", "abstract", "doi")
    & (pl.col("span") <= 60)
    & (same("year") | same("volume") | (pl.col("deep") & ~either("yearly"))),
)
# Nearly the same, where the name of the journal may be translated, or one of them knows the first page alone: an issue numbers its pages once.
ONE_BEGINNING = (
    (PLACED | says("pages", "range"))
    & pl.col("deep")
    & same("authors", "year", "volume", "issue")
    & none_different("doi", "abstract")
    & ~either("conference")
)
# Both in full at one place: no two documents have the same pages there.
ONE_SPACE = asked(
    "one space",
    says("pages", "range")
    & same("volume", "year")
    & says("journal", "same", "within")
    & none_different("issue", "doi", "pmid", "abstract")
    & (pl.col("span") <= 60)
    & neither("conference", "generic"),
)
# One journal has one volume a year, as far as that is known.
ONE_VOLUME = asked("one volume", same("volume") | (missing("volume") & same("journal", "year")))
# By the same people, in one volume, which has one year; at one page it may be that of another database.
BESIDE = asked(
    "beside",
    same("authors")
    & ONE_VOLUME
    & (same("year") | (YEARS & ONE_PAGE))
    & says("journal", "same", "within")
    & none_different("issue", "doi", "abstract"),
)
# In one volume, as far as that goes, by the very same people; an abstract has not three pages.
OF_ONE_YEAR = (
    (pl.col("same_names") | pl.col("one_list"))
    & ((YEARS & same("volume")) | (pl.col("nowhere") & ONE_VOLUME))
    & ((pl.col("span") < 3) | same("issue"))
)
# In one book each page stands once; in what has no volume a long range of them too.
IN_ONE_BOOK = (
    says("pages", "range", "same")
    & same("authors")
    & (
        (pl.col("one_book") & YEARS)
        | (
            says("pages", "range")
            & pl.col("span").is_between(8, 60)
            & same("journal", "year")
            & missing("volume")
            & none_different("issue", "doi")
        )
    )
)
# The introduction of one book, as far as its people or its pages tell: each part of it may have one.
OF_ONE_BOOK = pl.col("one_book") & YEARS & none_different("authors", "pages", "doi") & ~missing("authors", "pages")
# Of a meeting that papers have DOIs of their own at, and abstracts one together.
IN_A_SUPPLEMENT = asked("in a supplement", either("conference") & ~(same("journal") & missing("volume") & ~pl.col("supplemented")))
# Of one meeting, as far as its name tells; a workshop is held again in the year after.
ONE_PROCEEDINGS = (
    both("conference") & ~pl.col("meetings") & ~pl.col("supplemented") & says("title", "same, long") & same("authors", "journal")
)
# What a search engine shows of it says nothing of its place, nor whether it is of a meeting; its title, its year and the people are whole.
SKETCHED = asked(
    "no more than sketched",
    pl.col("sketched")
    & says("title", "same, long", "same")
    & same("authors", "year")
    & (pl.col("one_list") | pl.col("same_names"))
    & none_different("journal", "abstract")
    & ~either("yearly")
    & ~differ("preprint")
    & ~differ("monograph"),
)
# One of a meeting, the other not, and neither a supplement, a page nor the text in common.
OF_A_MEETING_OR_NOT = (
    differ("conference")
    & ~SKETCHED
    & ~(pl.col("one_supplement") & same("volume"))
    & NO_PAGE
    & ~says("pages", "unclear")
    & ~(none_different("pages", "doi", "issue") & (says("abstract", "equal") | (missing("abstract") & OF_ONE_YEAR)))
)
# Two article numbers, or a letter and a study: two items.
TWO_ITEMS = (
    ((says("pages", "different") & (both("locator") | differ("remark"))) | (differ("remark") & differ("study"))) & ~ONE_PAGE & UNPROVED
)
ANOTHER_SORT = differ("conference") | differ("preprint") | differ("monograph")
# A protocol is not in the volume of its results, nor in the year: one of the two lost 'study protocol' from its title.
PROTOCOL_BESIDE = kind("protocol") & ONE_VOLUME & says("journal", "same", "within") & missing("pages")
# Nothing known of its place but the year, which is another.
NOWHERE = pl.col("nowhere") | ((pl.col("supplemented") | pl.col("meetings")) & missing("volume") & ~AGREE)
# Nothing known that would tell them apart, where one volume, or the issue too, has them; of a number of meetings one.
OPEN = asked(
    "open",
    ((same("authors") & (missing("pages") | pl.col("deep") | same("issue"))) | (missing("authors", "pages") & pl.col("numbered")))
    & same("year")
    & (same("volume") | (missing("volume") & same("issue")))
    & says("journal", "same", "within")
    & none_different("issue", "pages", "doi"),
)
# One issue has one editorial, or introduction, by the same people; where its volume is not known, its pages tell that it is no other's: a journal whose
# volumes begin in summer has an issue 1 of two of them in each year.
IN_ONE_ISSUE = OPEN & both("editorial") & same("authors", "issue") & (same("volume") | says("pages", "range", "same"))
# A title that many documents have, at one place all the same.
STEADY = (
    (same("volume") | (missing("volume") & pl.col("deep") & says("pages", "range") & same("authors")))
    & says("year", "same", "missing")
    & none_different("issue", "doi", "authors", "journal")
)
# Where each issue begins at page 1, its editorial stands at page 5 every time.
KNOWN = (
    SAME_DOI
    | IN_ONE_BOOK
    | (((says("pages", "range", "same") & pl.col("deep")) | (says("pages", "range", "same", "page 1") & same("issue"))) & STEADY)
)
NEARLY = (
    (says("pages", "range", "same") | (says("pages", "page 1") & same("authors") & (same("year") | same("volume", "issue"))))
    & (same("volume") | (missing("volume") & same("authors", "journal")))
    & says("year", "same", "1 apart", "missing")
    & (pl.col("deep") | ~says("issue", "different"))
    & (~says("doi", "different") | same("issue"))
    & none_different("journal", "authors")
)
