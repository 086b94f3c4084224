"""What the rules ask of the titles and texts of a pair of records, in words."""

from __future__ import annotations

import polars as pl

from review.dedup.standing import (
    AGREE,
    APART_IN_TIME,
    BESIDE,
    IN_A_SUPPLEMENT,
    NO_PAGE,
    NO_PLACE,
    ONE_BEGINNING,
    ONE_PAGE,
    ONE_PLACE,
    ONE_SPACE,
    PLACED,
    SAME_DOI,
    SAME_PMID,
    UNPROVED,
    WHOLE,
    YEARS,
)
from review.dedup.terms import asked, both, differ, either, kind, missing, neither, none_different, same, says

ALIKE = says("title", "same, long", "same", "same, short", "near", "part")
EQUAL = says("title", "same, long", "same")
NEAR = asked("near", says("title", "same", "same, long", "near") & says("authors", "same", "order") & ~either("generic"))
# One text on a server and in a journal, whatever became of its title on the way.
SERVED = (
    differ("preprint")
    & says("title", "weak", "different")
    & says("abstract", "equal", "same")
    & says("authors", "same", "order")
    & ~says("year", "far")
)
CLOSE = asked("close", says("title", "weak") & (pl.col("alike") >= 96))  # but for a letter or two
# One tells of the other, and by its title of which: an erratum or a reply of what stands in its own journal, a protocol of any results.
NOTICE = (differ("kind") & ~((EQUAL | says("title", "near")) & ~either("typed"))) | says("title", "notice")
NOTED = (
    NOTICE
    & (ALIKE | says("title", "notice"))
    & ~says("title", "same, short")
    & (says("journal", "same", "within") | (says("authors", "same", "order") & (missing("journal") | kind("protocol", "reprint", "data"))))
    & ~either("generic")
)
# A protocol, a reprint, a review of a book or what was withdrawn, whose title does not always say so: where it stands there is no room for another.
# (All versions of a Cochrane review stand at one number.)
NO_ROOM = (
    kind("protocol", "reprint", "withdrawn", "book review")
    & (ALIKE | says("title", "notice"))
    & (SAME_DOI | WHOLE | (BESIDE & says("pages", "range", "same") & ~both("cochrane")))
)
# The very one, under its title and a word more.
WITHDRAWN = kind("withdrawn") & says("title", "notice")
# One text, by the same people, within a year (or a Cochrane review and its update): where it stands twice, a person may call it one report.
# (Two registrations are two, whatever they are called.)
TWICE = (
    EQUAL
    & same("authors")
    & (YEARS | both("cochrane"))
    & ~either("generic")
    & ~differ("kind")
    & ~differ("preprint")
    & pl.col("numbers")
    & ~pl.col("trials")
)
# Of real duplicates hardly one has two fields that contradict, and none three.
THREE_AGAINST = asked(
    "three against",
    pl.sum_horizontal(
        says("authors", "few", "different"),
        says("year", "1 apart", "2 apart", "far"),
        says("journal", "unclear", "different"),
        says("pages", "adjacent", "overlap", "different"),
        *(says(name, "different") for name in ("volume", "issue", "abstract", "doi")),
    )
    >= 3,
)
# A title of a word, or what several people call a special issue that they introduce; its journal and year: they may have written one more.
OF_A_WORD = (
    says("title", "same, short")
    & same("authors")
    & pl.col("one_list")
    & ((both("curt") & same("year")) | (pl.col("worded") & YEARS & ~either("conference")))
    & says("journal", "same", "within")
    & none_different("volume", "issue", "pages", "doi", "abstract")
)
# 'Abstracts of the 12th Soil Congress': its number tells it from the others of its name.
OF_ONE_NUMBER = (
    says("title", "same, short")
    & pl.col("numbered")
    & same("year")
    & none_different("authors", "journal", "volume", "issue", "pages", "doi", "abstract")
)
ONE_SUMMARY = (
    says("abstract", "equal") & same("year") & says("journal", "same", "within") & none_different("volume", "issue", "pages", "doi")
)
# The same people, or one text where nobody is named.
SAME_HANDS = same("authors") | (missing("authors") & says("abstract", "equal"))
# The beginning of one abstract, by one author.
ONE_TEXT = (
    says("abstract", "equal", "same") & says("authors", "same", "order") & YEARS & none_different("journal", "volume", "pages", "doi")
)
# One text under a short title, or under titles in two languages, where all else is missing.
A_TEXT_AND_NO_MORE = (
    says("abstract", "equal")
    & missing("authors")
    & YEARS
    & none_different("journal", "volume", "issue", "pages", "doi")
    & ~either("conference")
)
# A number behind one title that may be a footnote's, and, at the place of the other, is.
FOOTMARK = asked(
    "footmark",
    pl.col("footnote") & says("authors", "same", "missing") & same("year") & none_different("journal", "volume", "issue", "pages", "doi"),
)
FOOTNOTE = asked(
    "of a footnote", FOOTMARK & (SAME_DOI | (says("pages", "range", "same") & same("volume") & says("journal", "same", "within")))
)
# A digit was lost in the title of one of them: p6 for p16.
MISCOUNTED = (
    pl.col("within") & (pl.col("alike") >= 98) & same("authors", "year", "journal", "volume") & none_different("issue", "pages", "doi")
)
# The main title, or a long one with a slip, at the same pages.
CUT_SHORT = asked("cut short", WHOLE & says("title", "weak") & (pl.col("alike") >= 90))
# The same with a main title of a word or two, which many documents may have: 'Clinical images: …'.
CUT_TO_A_WORD = asked(
    "cut to a word",
    says("title", "weak", "part", "different")
    & pl.col("goes_on")
    & SAME_HANDS
    & YEARS
    & none_different("journal", "volume", "issue", "doi")
    & (
        (says("pages", "range") & same("volume"))
        | (says("abstract", "equal") & none_different("pages"))
        | (says("title", "weak") & pl.col("marked") & pl.col("one_list") & same("journal", "year") & (ONE_PAGE | missing("pages")))
    ),
)
# A title that was cut off within a word, in one volume: no subtitle is missing.
CUT_OFF = asked("cut off", pl.col("cut") & same("authors", "year", "journal", "volume") & none_different("pages", "issue"))
# A subtitle that one of them lacks, on the page where both begin; behind a mark, where of one no page is known, or where a page has several
# abstracts by the same people, of gardeners, and of gardeners in towns, only what a title says of the design.
BEHIND_A_MARK = pl.col("marked") & ~pl.col("companion")
SUBTITLED = asked(
    "subtitled",
    says("title", "part")
    & BESIDE
    & (
        (ONE_PAGE & (says("pages", "range") | ~IN_A_SUPPLEMENT | (BEHIND_A_MARK & pl.col("design") & ~says("abstract", "unclear"))))
        | (missing("pages") & BEHIND_A_MARK & pl.col("one_list") & (pl.col("numbers") | pl.col("tailed")) & ~IN_A_SUPPLEMENT)
    ),
)
A_SUBTITLE_MORE = (
    says("title", "part")
    & (~ONE_PAGE | (either("conference") & ~says("pages", "range") & (pl.col("numbers") | pl.col("goes_on"))))
    & ~SAME_DOI
    & ~says("abstract", "equal")
    & ~CUT_OFF
    & ~SUBTITLED
)
# Its numbers, unless they are those of a subtitle that the other lacks.
NUMBERS_ALONE = (
    ~pl.col("numbers")
    & ~FOOTNOTE
    & ~(pl.col("tailed") & SUBTITLED)
    & ~CUT_OFF
    & (~ONE_PLACE | ((pl.col("goes_on") | (pl.col("a_part") & either("conference"))) & ~says("pages", "range") & ~SAME_DOI))
)
# Part 2 of it, or the same in another year: at pages of its own, it is no subtitle that the other lacks.
A_PART_ELSEWHERE = ~pl.col("numbers") & says("title", "part") & ~pl.col("tailed") & says("pages", "different", "adjacent") & UNPROVED
# At other pages of one volume: an erratum or an abstract may have the very title of the article, and no type tells; a slip in the pages leaves them as many.
ELSEWHERE_IN_VOLUME = says("pages", "different") & (missing("issue") | pl.col("lengths")) & ~pl.col("one_supplement") & UNPROVED
WHOLE_REFERENCE = EQUAL & same("authors", "year") & (pl.col("one_list") | pl.col("same_names")) & ~either("yearly")
# A wrong DOI, as programs that look one up by the title give it. (Some databases write abstracts of their own.)
A_WRONG_DOI = (
    SAME_DOI
    & says("title", "part")
    & (
        (says("abstract", "different") & ~(says("pages", "range") & same("authors")))
        | says("year", "2 apart", "far")
        | ~none_different("volume", "pages")
    )
)
# Titles that count two parts of one work, and one that names a notice.
TWO_PARTS = ~pl.col("numbers") & ~pl.col("within")
A_NOTICE = NOTICE & ~says("title", "same, long", "same", "missing")
# Nor is every PMID the right one: of a part, a notice or another title at other pages somebody looked it up, or mistook it.
A_WRONG_PMID = (
    SAME_PMID
    & ~ONE_PAGE
    & (
        TWO_PARTS
        | (A_NOTICE & ~either("generic"))
        | (says("title", "weak", "different") & says("pages", "different", "adjacent", "unclear") & says("doi", "different"))
    )
)
# One DOI or PMID, and two places: programs that look a number up by the title give an article's to the abstract or the thesis.
ANOTHERS_NUMBER = (
    (SAME_DOI | SAME_PMID)
    & ALIKE
    & ~AGREE
    & ~says("abstract", "equal")
    & (
        (says("volume", "different") & says("pages", "different"))
        | (
            says("journal", "different")
            & (
                says("volume", "different")
                | says("pages", "different", "unclear")
                | says("year", "2 apart", "far")
                | differ("thesis")
                | differ("conference")
            )
        )
    )
)
# Two that differ in their identifier, their place or what their titles count.
OF_ONE_STUDY = (
    says("doi", "different")
    | says("pmid", "different")
    | (says("volume", "different") & says("pages", "different"))
    | ((TWO_PARTS | A_NOTICE) & ~ONE_PAGE)
)
# One DOI stands for all abstracts of a supplement, and one group gives several of them, under titles that begin alike.
ONE_OF_MANY = (
    SAME_DOI
    & IN_A_SUPPLEMENT
    & says("title", "weak")
    & ((pl.col("alike") < 96) | pl.col("reworded"))
    & ~pl.col("goes_on")
    & ~says("pages", "range")
    & ~says("abstract", "equal", "same")
)
# One has a DOI, and the people, the pages or the text too, whatever became of the title; or a running number is where the pages should be.
DOI_AND_MORE = SAME_DOI & (
    says("abstract", "equal")
    | (says("authors", "same", "order", "first") & ~says("pages", "different"))
    | (missing("authors") & ~says("pages", "different", "adjacent") & ~says("abstract", "different"))
    | (~either("conference") & (says("pages", "range") | (same("authors") & says("title", "weak") & (pl.col("alike") >= 90))))
)
# Of what may be told of one document by several: each letter about an article, and each review of a book, has its title.
ONE_OF_SEVERAL = kind("erratum", "reply", "comment", "book review")
# What is known of one of them is a long title, its journal and its year.
BARE_BUT_WHOLE = (
    says("title", "same, long")
    & ~ONE_OF_SEVERAL
    & missing("authors", "volume", "pages")
    & same("journal", "year")
    & none_different("doi", "abstract", "issue")
    & neither("conference", "yearly", "generic", "cochrane")
)
# A short title, and all that is known of either is the same.
SHORT_BUT_WHOLE = (
    says("title", "same, short")
    & same("authors", "journal", "year")
    & pl.col("one_list")
    & missing("volume", "pages")
    & none_different("doi", "abstract", "issue")
    & neither("conference", "yearly", "generic")
)
# Its year and its pages are the university's, or those of the volume of abstracts.
ONE_DISSERTATION = (
    both("thesis")
    & (EQUAL | (says("title", "part") & same("volume", "issue") & pl.col("numbers")))
    & same("authors")
    & pl.col("one_list")
    & (YEARS | (either("announced") & says("year", "2 apart")))
    & none_different("doi", "abstract")
    & (either("announced") | ~says("journal", "different"))
    & ~pl.col("two_books")
)
# The names of its people and of its journal are in another script too: the numbers of its place are all that can be compared.
IN_ANOTHER_SCRIPT = (
    differ("script")
    & says("pages", "range")
    & same("year", "volume", "issue")
    & ~says("authors", "different", "few")
    & ~says("journal", "different")
    & none_different("doi", "pmid", "abstract")
    & (pl.col("span") <= 60)
)
# At one place, where numbers tell no two parts apart: what the one language has in digits, the other may spell. (At a meeting there may be two
# abstracts on one page, or of one DOI.)
ANOTHER_TITLE = says("title", "different") & (
    (WHOLE & (differ("english") | differ("script"))) | ((WHOLE | SAME_DOI) & ~either("conference")) | ONE_BEGINNING
)
# At the very same pages: who is named first by the one of two family names has another name by the other.
IN_TWO_LANGUAGES = asked(
    "in two languages", ONE_SPACE & says("title", "different") & differ("english") & ~differ("script") & ~says("authors", "different")
)
TRANSLATED = (
    says("title", "different", "weak")
    & (differ("english") | differ("script"))
    & same("authors", "year", "journal", "volume", "issue")
    & missing("pages")
    & none_different("doi", "abstract")
    & ~either("conference")
)
# What comes out each year stands at the same pages again.
EACH_YEAR = (
    either("yearly")
    & (says("year", "1 apart", "2 apart", "far") | (missing("year") & ~same("volume")))
    & (
        (NO_PAGE & ~same("volume"))
        | (says("volume", "different") & ~says("pages", "range") & ~SAME_DOI)
        | (missing("volume") & AGREE & ~(says("pages", "range") & pl.col("deep") & ~says("doi", "different")) & ~SAME_DOI)
    )
)
# Where every article begins at page 1, or each special issue with its introduction, or a column stands in each under a DOI of its own; and in the
# proceedings of two years, where in those of one the pages of each paper are counted from 1.
TWO_BEGINNINGS = (
    (
        (says("issue", "different") | says("volume", "different"))
        & (
            says("title", "near", "part", "same, short")
            | says("doi", "different")
            | both("editorial")
            | ((pl.col("lengths") | says("title", "same")) & UNPROVED)
        )
        & AGREE
    )
    | (both("conference") & missing("volume") & APART_IN_TIME & (AGREE | (says("pages", "unclear") & UNPROVED)))
) & ((~(AGREE & pl.col("deep")) | (says("issue", "different") & says("doi", "different") & ~says("abstract", "equal"))) & ~SAME_DOI)
# One text in two places of a journal.
TEXT_TWICE = (
    NEAR
    & same("journal")
    & YEARS
    & says("pages", "different")
    & (~none_different("volume", "issue", "doi") | (either("conference") & says("year", "1 apart")))
    & says("abstract", "equal", "same")
    & ~SAME_DOI
)
# One text sent to the meetings of two societies, whose journals have nearly one name: Hepatology, Journal of Hepatology.
GIVEN_AGAIN = asked("given again", either("conference") & says("journal", "unclear") & NO_PLACE)
# Another word is no slip: two abstracts of one group stand on one page of a supplement, the one of rats and the other of mice.
ANOTHER_WORD = pl.col("reworded") & ~says("pages", "range") & UNPROVED
# Two abstracts of one group, one behind the other: a word of the titles is another, and so is the page, the text, or who is named first.
NEXT_TO_IT = (
    says("title", "weak")
    & (~CLOSE | pl.col("reworded"))
    & ~pl.col("goes_on")
    & either("conference")
    & (says("pages", "adjacent") | says("authors", "order", "few", "different") | says("abstract", "different"))
    & UNPROVED
)
# A slip at one place, or in one text.
A_LETTER_OFF = (
    CLOSE
    & ~ANOTHER_WORD
    & (PLACED | (ONE_TEXT & says("abstract", "equal")))
    & same("authors", "year")
    & (~either("conference") | (says("abstract", "equal") & pl.col("numbers")))
    & ~either("generic")
)
