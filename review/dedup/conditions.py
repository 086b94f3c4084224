"""What the rules ask of a pair of records, in words: conditions over the levels of its fields (`compare`)."""

from __future__ import annotations

import polars as pl

_ASKED: list[dict[str, pl.Expr]] = []  # the first rest on the levels, each of the others on those before it too
_STEP: dict[str, int] = {}  # of a question


def _asked(question: str, answer: pl.Expr) -> pl.Expr:
    """A column for what many rules ask, so that it is worked out once, not for each mention."""
    if question not in _STEP:
        step = max((_STEP[name] + 1 for name in answer.meta.root_names() if name in _STEP), default=0)
        _STEP[question] = step
        _ASKED.extend({} for _ in range(step + 1 - len(_ASKED)))
        _ASKED[step][question] = answer
    return pl.col(question)


def answered(levels: pl.DataFrame) -> pl.DataFrame:
    """The levels of pairs, with a column for each of the questions below, as the rules refer to them."""
    for questions in _ASKED:
        levels = levels.with_columns(**questions)
    return levels


def says(name: str, *levels: str) -> pl.Expr:
    answer = pl.col(name).is_in(levels) if len(levels) > 1 else pl.col(name) == levels[0]
    return _asked(f"{name}: {' or '.join(levels)}", answer)


def either(name: str) -> pl.Expr:
    return _asked(f"either {name}", pl.col(name) | pl.col(f"{name}_b"))


def both(name: str) -> pl.Expr:
    return _asked(f"both {name}", pl.col(name) & pl.col(f"{name}_b"))


def differ(name: str) -> pl.Expr:
    return _asked(f"differ {name}", pl.col(name) != pl.col(f"{name}_b"))


def kind(*kinds: str) -> pl.Expr:
    return _asked(f"kind {' or '.join(kinds)}", pl.col("kind").is_in(kinds) | pl.col("kind_b").is_in(kinds))


def differ_somewhere() -> pl.Expr:
    return pl.any_horizontal(*(says(name, "different") for name in ("volume", "pages", "doi")))


def none_different(*names: str) -> pl.Expr:
    return _asked(f"none different: {', '.join(names)}", ~pl.any_horizontal(*(says(name, "different") for name in names)))


ALIKE = says("title", "same, long", "same", "same, short", "near", "part")
AGREE = says("pages", "same", "range", "first", "page 1", "adjacent")
YEARS = says("year", "same", "1 apart")
SAME_DOI, SAME_PMID, OTHER_PMIDS = says("doi", "same"), says("pmid", "same"), says("pmid", "different")
NEAR = _asked("near", says("title", "same", "same, long", "near") & says("authors", "same", "order") & ~either("generic"))
# One tells of the other, and by its title of which: an erratum or a reply of what stands in its own journal, a protocol of any results.
NOTICE = (differ("kind") & ~(says("title", "same, long", "same") & ~either("typed"))) | says("title", "notice")
NOTED = (
    NOTICE
    & (ALIKE | says("title", "notice"))
    & ~says("title", "same, short")
    & (
        says("journal", "same", "within")
        | (says("authors", "same", "order") & (says("journal", "missing") | kind("protocol", "reprint", "data")))
    )
    & ~either("generic")
)
# One text, by the same people, within a year (or a Cochrane review and its update): where it stands twice, a person may call it one report.
TWICE = (
    says("title", "same, long", "same")
    & says("authors", "same")
    & (YEARS | both("cochrane"))
    & ~either("generic")
    & ~differ("kind")
    & ~differ("preprint")
    & pl.col("numbers")
)
# Both stand at the same place: same pages, and nothing else about the place disagrees.
PLACED = _asked(
    "placed",
    says("pages", "range", "same", "first")
    & (says("volume", "same") | (says("journal", "same") & YEARS))
    & none_different("volume", "journal")
    & ~says("year", "far"),
)
# Of real duplicates hardly one has two fields that contradict, and none three.
THREE_AGAINST = (
    pl.sum_horizontal(
        says("authors", "few", "different"),
        says("year", "1 apart", "2 apart", "far"),
        says("journal", "unclear", "different"),
        says("pages", "adjacent", "overlap", "different"),
        *(says(name, "different") for name in ("volume", "issue", "abstract", "doi")),
    )
    >= 3
)
# Each stands at a place of its own.
ELSEWHERE = ~AGREE & ((says("journal", "different") & ~says("volume", "same")) | (says("volume", "different") & says("pages", "different")))
# Nothing known that would tell them apart, where one volume, or the issue too, has them; of a number of meetings one.
OPEN = (
    (
        (says("authors", "same") & (says("pages", "missing") | pl.col("deep") | says("issue", "same")))
        | (says("authors", "missing") & pl.col("numbered") & says("pages", "missing"))
    )
    & says("year", "same")
    & says("journal", "same", "within")
    & says("volume", "same")
    & none_different("issue", "pages", "doi")
)
# One issue has one editorial, or introduction, by the same people.
IN_ONE_ISSUE = OPEN & both("editorial") & says("authors", "same") & says("issue", "same")
# A number behind one title, at the place of the other: a footnote's.
FOOTNOTE = (
    pl.col("footnote")
    & says("authors", "same")
    & says("year", "same")
    & none_different("journal", "volume", "issue", "pages")
    & (SAME_DOI | (says("pages", "range", "same") & says("volume", "same") & says("journal", "same", "within") & none_different("doi")))
)
# A digit was lost in the title of one of them: p6 for p16.
MISCOUNTED = (
    pl.col("within")
    & (pl.col("alike") >= 98)
    & says("authors", "same")
    & says("year", "same")
    & says("journal", "same")
    & says("volume", "same")
    & none_different("issue", "pages", "doi")
)
# A title that many documents have, at one place all the same.
STEADY = (
    (says("volume", "same") | (says("volume", "missing") & pl.col("deep") & says("pages", "range") & says("authors", "same")))
    & says("year", "same", "missing")
    & none_different("issue", "doi", "authors", "journal")
)
ONE_SUMMARY = (
    says("abstract", "equal") & says("year", "same") & says("journal", "same", "within") & none_different("volume", "issue", "pages", "doi")
)
NEARLY = (
    says("pages", "range", "same")
    & (says("volume", "same") | (says("volume", "missing") & says("authors", "same") & says("journal", "same")))
    & YEARS
    & (pl.col("deep") | ~says("issue", "different"))
    & (~says("doi", "different") | says("issue", "same"))
    & none_different("journal", "authors")
)
# In one book each page stands once; in what has no volume a long range of them too.
IN_ONE_BOOK = (
    says("pages", "range", "same")
    & says("authors", "same")
    & (
        (pl.col("one_book") & YEARS)
        | (
            says("pages", "range")
            & pl.col("span").is_between(8, 60)
            & says("journal", "same")
            & says("volume", "missing")
            & says("year", "same")
            & none_different("issue", "doi")
        )
    )
)
# Where each issue begins at page 1, its editorial stands at page 5 every time.
KNOWN = (
    SAME_DOI
    | IN_ONE_BOOK
    | (((says("pages", "range", "same") & pl.col("deep")) | (says("pages", "range", "same", "page 1") & says("issue", "same"))) & STEADY)
)
WHOLE = _asked(
    "whole",
    says("pages", "range")
    & (says("volume", "same") | (says("volume", "missing") & says("journal", "same")))
    & says("authors", "same")
    & YEARS
    & none_different("journal", "issue", "abstract", "doi")
    & (pl.col("span") <= 60)
    & (says("year", "same") | says("volume", "same") | (pl.col("deep") & ~either("yearly"))),
)
# Both in full at one place: no two documents have the same pages there.
ONE_SPACE = _asked(
    "one space",
    says("pages", "range")
    & says("volume", "same")
    & says("journal", "same", "within")
    & says("year", "same")
    & none_different("issue", "doi", "pmid", "abstract")
    & (pl.col("span") <= 60)
    & ~either("conference")
    & ~either("generic"),
)
# The main title, or a long one with a slip, at the same pages.
CUT_SHORT = _asked("cut short", WHOLE & says("title", "weak") & (pl.col("alike") >= 90))
# The same with a main title that many documents have: 'Clinical images: …'.
CUT_TO_A_WORD = (
    says("title", "weak", "part", "different")
    & pl.col("goes_on")
    & says("authors", "same")
    & YEARS
    & none_different("journal", "volume", "issue", "doi")
    & ((says("pages", "range") & says("volume", "same")) | (says("abstract", "equal") & none_different("pages")))
)
# By the same people, in one volume.
BESIDE = (
    says("authors", "same")
    & says("year", "same")
    & says("journal", "same", "within")
    & says("volume", "same")
    & none_different("issue", "doi", "abstract")
)
# A subtitle that one of them lacks, on the page where both begin.
SUBTITLED = says("title", "part") & BESIDE & says("pages", "range", "same", "first")
VOTE = pl.col("vote")  # the probability that the fields give
# The beginning of one abstract, by one author.
ONE_TEXT = (
    says("abstract", "equal", "same") & says("authors", "same", "order") & YEARS & none_different("journal", "volume", "pages", "doi")
)


def either_way(yes: pl.Expr, p: float, q: float) -> pl.Expr:
    return pl.when(yes).then(p).otherwise(q)


def at_most(p: float) -> pl.Expr:
    """What the fields say, as far as that goes."""
    return pl.min_horizontal(pl.lit(p), VOTE)


ONE_PLACE = _asked("one place", PLACED | SAME_DOI)
# A protocol is not in the volume of its results: one of the two lost 'study protocol' from its title.
CUT = kind("protocol") & says("volume", "same") & says("journal", "same", "within") & says("pages", "missing")
SOMEWHERE = _asked("somewhere", AGREE | SAME_DOI | says("volume", "same"))
# A protocol, a reprint or what was withdrawn, whose title does not always say so: where it stands there is no room for another.
NO_ROOM = (
    kind("protocol", "reprint", "withdrawn")
    & (ALIKE | says("title", "notice"))
    & (SAME_DOI | WHOLE | (BESIDE & says("pages", "range", "same")))
)
# A title that was cut off within a word, in one volume: no subtitle is missing.
CUT_OFF = (
    pl.col("cut")
    & says("authors", "same")
    & says("year", "same")
    & says("journal", "same")
    & says("volume", "same")
    & none_different("pages", "issue")
)
ANOTHER_SORT = differ("conference") | differ("preprint") | differ("monograph")
# In one volume, as far as that goes, by the very same people; an abstract has not three pages.
OF_ONE_YEAR = (
    (pl.col("same_names") | pl.col("one_list"))
    & says("year", "same")
    & says("volume", "same")
    & ((pl.col("span") < 3) | says("issue", "same"))
)
WHOLE_REFERENCE = (
    says("title", "same, long", "same")
    & says("authors", "same")
    & (pl.col("one_list") | pl.col("same_names"))
    & says("year", "same")
    & ~either("yearly")
)
