"""Where in its journal a document stands: volume, issue and pages, read from whatever form they have, and pages compared."""

# ruff: noqa: SIM905  # lists of words read better as words
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

from review.dedup.levels import BOTH_WAYS, level
from review.formats.tables.spreadsheet import numbers_of_day
from review.model.patterns import lazy

_MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DAYS = 31  # of a month: with more it is a year, and the month's number comes first
_MONTH_OF = 1_000_000
_MONTH = lazy(rf"\W*(?:(?:{'|'.join(_MONTHS)})[a-z]*(?:\W+|$)){{1,2}}$", re.IGNORECASE)  # or two: Jul-Aug
_NONE = lazy(
    r"^\W*(?:(?:unknown|n/?a|nan|none|null|no pagination.*|not specified|unpaginated|in press|online|(?<=#)\w+[?!]?)\W*)?$", re.IGNORECASE
)
_ROMAN = lazy(r"^[ivxlc]+$")
_PAGE = lazy(r"([a-z]{0,4})[ .:]?0*(\d{1,15})([a-z]?)")
_PLAIN_PAGES = lazy(r"(\d{1,4})(?:-(\d{1,4}))?")
_DASHES = "\u2010-\u2015\u2043\u2212\ufe63\uff0d"
_DASH = lazy(rf"[{_DASHES}]|--|(?<=\d)(?: to |/|_)(?=\d)")  # and what some write for it
_ASIDE = lazy(r"\b(?:suppl\w*|pt|part|vyp)[. ]*\d+|(?<=\d{5})[a-z]\d\b")  # a part's number, and what kind of patent US9123456B2 is
_NUMBERS = rf"^\s*([0-9]{{1,4}})(?:(?:--?|[{_DASHES}])([0-9]{{1,4}}))?\s*$"
_DECIMAL = lazy(r"^\s*(\d+)[.,]0+\s*$")  # 12.0, as programs write a column of numbers that has gaps
_BEFORE_PAGES = lazy(  # volume and issue in words; year, volume and issue
    r"^vol(?:ume)?\b.*\bpp?\b[.:\s]*(?=[a-z]{0,3}\d)|^(?:(?:19|20)\d\d\s*;\s*)?(?:\d{1,4}\s*(?:\([^()]*\)\s*)?:\s*)?(?=[a-z]{0,3}\d)"
)
_EARLY = lazy(
    r"^(?:epub\b|e-?pub\b|10\.\d{4,}[/-]|(?:pii\W*)?s\d{4}-?\d{3}[\dx]\(\d\d\)|published online|online first|early view|ahead of print)"
)  # of what has no page yet
_FRONT_MATTER = lazy(r"^[ivxlc]+(?:-[ivxlc]+)?\s*[,;]\s*(?=\d)")  # iii-iv, 1-113
_SERIES = lazy(r"\b\d{1,2}(?=s\d)")  # of supplements: 2S37-2S42
_NUMBERED = "abstract"  # in place of the letters: it is the number of an abstract, not its page
_IN_A_SESSION = 10_000
# Letters before the pages of a supplement, of abstracts, of posters, and of what is late-breaking.
OF_ABSTRACTS = ["s", "a", "p", "lb", _NUMBERED]
_ABSTRACT = lazy(r"abstr(?:act)?\.?\s*(?:no|nr|number|#)?[.:\s]*(\d{1,6})$")
# A session, and a number in it: 501.9, P1.045, P3-045. No last page begins with 0 where the first one doesn't.
_IN_SESSION = lazy(r"(?:abstr(?:act)?\.?[ -]*)?(?:no\.?[ -]*)?([a-z]{0,3})(?:(\d{1,4})\.(\d{1,3})|(?<=[a-z])([1-9]\d{0,2})-(0\d{1,3}))$")
_HYPHENED = lazy(r"^([a-z]{1,2}|(?![ivxlcdm]+-)[a-z]{3})-(?=\d|[a-z]{2}\d)")  # S-23, of a supplement; MON-123, TH-PO123, of a day
_IN_BRACKETS = lazy(r"\s*\((.*)\)\s*")
_OF_SUPPLEMENT = lazy(r"\s*(\d*)\s*s\s*\d{0,2}\s*", re.IGNORECASE)  # S2, 6S2
_LEFT_OF_PART = lazy(r"^t-\d+$")  # of '98(5 Pt 1):833-6', which was taken apart at the blanks
_COUNT = lazy(r"^\d+ ?(?:p|pp|pages|leaves)\.?$")
# 2.05E+15, 2050310000000000: what a spreadsheet makes of a long number is that of many.
_ROUNDED = lazy(r"^\d[.,]?\d*e\+\d{1,3}\b|^\d{5,}0{6}$")


@dataclass(frozen=True, slots=True)
class Pages:
    """firsts holds more than one number only where a spreadsheet made a date of the range."""

    firsts: frozenset[int] = frozenset()
    last: int = 0
    letters: str = ""  # S of S528, e of e001469; _NUMBERED
    locator: bool = False  # an article number rather than a page

    @property
    def span(self) -> int:
        return self.last - min(self.firsts) if self.firsts and self.last else 0


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[c] for c in text]
    return sum(-v if values[n + 1 : n + 2] > [v] else v for n, v in enumerate(values))


def _last(number: int, digits: str) -> int:
    """The last page, where it may be cut down to the digits that changed; 0 where it makes no sense."""
    last = int(digits)
    if last < number and len(str(last)) < len(str(number)):
        last = int(str(number)[: -len(str(last))] + str(last))
    return last if last >= number else 0


def pages_of(text: str) -> Pages:
    """'123-9', '123--129', 'S12', 'e001469', '01-Aug' (was 1-8), 'Jan-14' (was 1-14)."""
    text = _DASH.sub("-", text.strip().casefold())
    if plainly := _PLAIN_PAGES.fullmatch(text):  # most of them
        if not (number := int(plainly[1])):
            return Pages()  # 00-00
        return Pages(frozenset((number,)), _last(number, plainly[2]) if plainly[2] else 0)
    text = _SERIES.sub("", _BEFORE_PAGES.sub("", _FRONT_MATTER.sub("", text)))
    if abstract := _ABSTRACT.match(text):
        return Pages(frozenset((int(abstract[1]),)), 0, _NUMBERED)
    if both := numbers_of_day(text):
        return Pages(frozenset(n for n in both if n <= _DAYS), both[1])
    if whole := _DECIMAL.match(text):
        return Pages(frozenset((int(whole[1]),)))
    if _NONE.match(text) or _COUNT.match(text) or _EARLY.match(text) or _LEFT_OF_PART.match(text) or _ROUNDED.match(text):
        return Pages()
    if session := _IN_SESSION.match(text):
        number = int(session[2] or session[4]) * _IN_A_SESSION + int(session[3] or session[5])
        return Pages(frozenset((number,)), 0, session[1] or _NUMBERED)
    text = _HYPHENED.sub(r"\1", text)
    parts = re.split(r"\s*[-,;+]\s*", re.sub(r"^(?:pp?|pages?|art(?:icle)?(?: no)?)[. :]+", "", text), maxsplit=2)
    first = _PAGE.search(parts[0])
    if first is None:
        if _ROMAN.match(parts[0]):
            return Pages(frozenset((_roman(parts[0]),)), _roman(parts[1]) if len(parts) > 1 and _ROMAN.match(parts[1]) else 0, "roman")
        return Pages()  # what stands there lost its first page
    number, letters = int(first[2]), first[1] or first[3]
    last = 0
    if len(parts) > 1 and (end := _PAGE.search(parts[1])):
        last = _last(number, end[2])
        if letters == "p" and last > number + 1:
            letters = ""  # of 'page': an abstract is no longer than a page or two
    locator = not last and (
        len(first[2]) > 4
        or letters in ("e", "cd", "art", "article", "no", "id")
        or number > 9999
        or (letters in ("a", "b", "c", "f", "g", "h", "k") and number > 999)
    )  # BMJ's
    return Pages(frozenset((number,)), last, letters, locator)


def numbers_of(text: str) -> frozenset[int]:
    """The volume or issue numbers in a crooked text: '66 (Supplement 1)' gives 66, 'Korsakova. Part 2. 117' 2 and 117, '12.0' 12, '0' none."""
    text = _DECIMAL.sub(r"\1", text.strip().casefold())
    if _NONE.match(text) or re.fullmatch(r"\(?\d+\)", text):  # '2)' is the end of something lost, '(2)' an issue
        return frozenset()
    if _ROMAN.match(text):
        return frozenset((_roman(text),))
    if text[:3] in _MONTHS and not any(c.isdigit() for c in text):
        return frozenset((_MONTHS[text[:3]],))
    text = re.sub(r"\(.*", "", text) or text
    return frozenset(int(n) for n in re.findall(r"[1-9]\d{0,14}", _ASIDE.sub("", text) or text)[:4])


def volume_of(text: str) -> frozenset[int]:
    """The volume's number; a month is none."""
    return frozenset() if _MONTH.match(text) else numbers_of(text)


def issue_of(text: str) -> frozenset[int]:
    """The issue number; a supplement without a number of its own gives none. A running number, as weeklies have it, only where it is alone.
    A month is its number, and one that no issue has: it is no other than a number, but than another month."""
    if _MONTH.match(text):
        month = _MONTHS[text.strip("\t .,;:([-")[:3].casefold()]
        return frozenset((month, _MONTH_OF + month))
    if bracketed := _IN_BRACKETS.fullmatch(text):  # '(2)', as Embase and Cochrane's register write it
        text = bracketed[1]
    if re.match(r"\s*s?uppl|\s*meeting", text, re.IGNORECASE):
        return frozenset()
    if short := _OF_SUPPLEMENT.fullmatch(text):
        text = short[1]
    found = frozenset(n for n in numbers_of(text) if not 1900 <= n <= 2100)  # no year
    return frozenset(n for n in found if n < 100) or found


def pages_columns(texts: pl.Series) -> pl.DataFrame:
    """Pages as columns: page (-1: none), page2 (the other reading of a date, else page), last (0: none), letters, locator."""
    frame = _plain_pages(texts)
    odd = frame["page"].is_null().arg_true()
    if odd.is_empty():
        return frame
    found = [pages_of(t) for t in texts.gather(odd).to_list()]
    firsts = [sorted(p.firsts) or [-1] for p in found]
    told: dict[str, list[Any]] = {
        "page": [f[0] for f in firsts],
        "page2": [f[-1] for f in firsts],
        "last": [p.last for p in found],
        "letters": [p.letters for p in found],
        "locator": [p.locator for p in found],
    }
    return frame.with_columns(frame[name].scatter(odd, pl.Series(values, dtype=frame[name].dtype)) for name, values in told.items())


def _plain_pages(texts: pl.Series) -> pl.DataFrame:
    """The same of numbers alone, most of them, as `pages_of` has it; page null for all else."""
    page, last = pl.col("page"), pl.col("last")
    # Of 1234-9 as many digits are left out as 9 is short of.
    scale = pl.when(last < 10).then(10).when(last < 100).then(100).when(last < 1000).then(1000).otherwise(10_000)
    whole = pl.when((last < page) & (page >= scale)).then(page // scale * scale + last).otherwise(last)
    found = pl.DataFrame({"page": texts.str.extract(_NUMBERS, 1), "last": texts.str.extract(_NUMBERS, 2)}).cast(pl.Int64)
    first = pl.when(page == 0).then(-1).otherwise(page)
    return found.select(
        page=first,
        page2=first,
        last=pl.when((page > 0) & (whole >= page)).then(whole).otherwise(0),
        letters=pl.lit(""),
        locator=pl.lit(value=False),
    )


def counts_of(texts: pl.Series, read: Callable[[str], frozenset[int]]) -> pl.DataFrame:
    """Volumes or issues as lists of numbers."""
    return pl.DataFrame({"n": [sorted(read(t)) for t in texts.to_list()]}, schema={"n": pl.List(pl.Int64)})


def pages_level() -> pl.Expr:
    """The level of the pages of two records, side by side."""
    page, page2, last = pl.col("page"), pl.col("page2"), pl.col("last")
    page_b, page2_b, last_b = pl.col("page_b"), pl.col("page2_b"), pl.col("last_b")
    letters, letters_b = pl.col("letters"), pl.col("letters_b")
    meet = (page == page_b) | (page == page2_b) | (page2 == page_b) | (page2 == page2_b)
    shared = pl.when((page == page_b) | (page == page2_b)).then(page).otherwise(page2)
    span, span_b = last - page, last_b - page_b
    roman = (letters == "roman") | (letters_b == "roman")

    def holds(low: pl.Expr, high: pl.Expr, wide: pl.Expr, *others: pl.Expr) -> pl.Expr:
        return (high > 0) & (wide < 60) & pl.any_horizontal(*((low <= n) & (n <= high) for n in others))

    elsewhere = (
        (pl.col("volume").list.len() > 0)
        & (pl.col("volume_b").list.len() > 0)
        & (pl.col("volume").list.set_intersection("volume_b").list.len() == 0)
    )
    within = (
        (letters == letters_b)
        & ~elsewhere
        & (holds(page, last, span, page_b, page2_b, last_b) | holds(page_b, last_b, span_b, page, page2, last))
    )
    # The number of an article, c566, and page 566: of one journal, which lost the letter, only where a volume or a bare number says so.
    lettered = pl.any_horizontal(
        (pl.col(f"letters{one}") != "")
        & (pl.col(f"last{one}") == 0)
        & (pl.col(f"letters{other}") == "")
        & (elsewhere | ((pl.col(f"last{other}") > 0) & (pl.col("volume").list.set_intersection("volume_b").list.len() == 0)))
        for one, other in BOTH_WAYS
    )
    # BMJ's article numbers of 2008 began with an a; any other such page is an abstract's.
    abstracts = pl.any_horizontal(
        pl.col(f"letters{side}").is_in(["s", "p"]) | ((pl.col(f"letters{side}") == "a") & (pl.col(f"year{side}") != 2008))
        for side in ("", "_b")
    )
    # Ahead of print the pages are counted from 1, or the article's number: its place is not known yet.
    ahead = pl.any_horizontal(
        (pl.col(f"volume{one}").list.len() == 0)
        & (pl.col(f"issue{one}").list.len() == 0)
        & ((pl.col(f"page{one}") == 1) | (pl.col(f"locator{one}") & ~pl.col(f"locator{other}")))
        & (pl.col(f"volume{other}").list.len() > 0)
        & ~pl.col(f"conference{one}")
        & ~pl.col(f"conference{other}")
        for one, other in BOTH_WAYS
    )
    # How many pages it has, in place of where they are, or counted from 1.
    counted = pl.any_horizontal(
        (pl.col(f"letters{one}") == "")
        & (pl.col(f"last{other}") > pl.col(f"page{other}"))
        & (
            ((pl.col(f"last{one}") == 0) & (pl.col(f"page{one}") == length))
            | ((pl.col(f"page{one}") == 1) & (pl.col(f"last{one}") == length) & (length > 4))
        )
        for one, other, length in (("", "_b", span_b + 1), ("_b", "", span + 1))
    )
    # The number of a part stands for the first page, and the last one is cut down: of '53(Pt 2):125-8' 2-8 is left.
    torn = pl.any_horizontal(
        (pl.col(f"issue{one}").list.len() == 0)
        & (pl.col(f"page{one}") < 10)
        & (pl.col(f"last{one}") > pl.col(f"page{one}"))
        & pl.any_horizontal(
            (pl.col(f"last{one}") < ten)
            & (pl.col(f"last{other}") % ten == pl.col(f"last{one}"))
            & (pl.col(f"last{other}") // ten == pl.col(f"page{other}") // ten)
            & (pl.col(f"page{other}") > ten)
            & (pl.col(f"last{other}") > pl.col(f"page{other}") + 2)
            for ten in (10, 100)
        )
        for one, other in BOTH_WAYS
    ) & (letters == "") & (letters_b == "")  # fmt: skip
    # i428, as some supplements are paged, was read as 1428.
    misread = pl.any_horizontal(
        (here == "i") & (there == "") & (one >= 10) & (other - one).is_in([100, 1000])
        for here, there, one, other in ((letters, letters_b, page, page_b), (letters_b, letters, page_b, page))
    )
    # An abstract has a number, and a page; what has three pages is none.
    numbered = ((letters == _NUMBERED) & (span_b < 2)) != ((letters_b == _NUMBERED) & (span < 2))
    # 54321 is no page of the volume that has the other on page 123.
    beyond = (pl.max_horizontal(page, page_b) >= 10_000) & (pl.max_horizontal(page, page_b) >= 10 * pl.min_horizontal(page, page_b))
    article = (pl.col("locator") != pl.col("locator_b")) & ~abstracts & ((page == 1) | (page_b == 1) | (letters != letters_b) | beyond)
    # Where all articles are numbered, some databases count the pages of each: 1-12, and 345. That of an abstract in a supplement is a page.
    alone = pl.any_horizontal(
        (pl.col(f"page{one}") == 1) & (pl.col(f"last{one}") > 1) & (pl.col(f"last{other}") == 0)
        & (pl.col(f"page{other}") > pl.col(f"last{one}"))
        & (pl.col(f"supplement{other}").is_null() | pl.col(f"supplement{one}").is_not_null())
        for one, other in BOTH_WAYS
    ) & (letters == letters_b)  # fmt: skip
    return level(
        "pages",
        ((page < 0) | (page_b < 0), "missing"),
        (roman & (letters != letters_b), "different"),
        (meet & (letters == "roman") & ((page <= 10) | (last != last_b)), "page 1"),  # every editorial begins at i or iii
        (meet & lettered, "unclear"),
        (meet & (letters != letters_b) & (letters.is_in(OF_ABSTRACTS) | letters_b.is_in(OF_ABSTRACTS)), "page 1"),
        (meet & (last > 0) & (span >= 2) & (last == last_b), "range"),
        # The number of an article is no other's; a Cochrane review's is that of all its versions.
        (meet & pl.col("locator") & pl.col("locator_b") & (letters == letters_b) & (letters != "cd") & (page >= 1000), "range"),
        (meet & (shared <= 1), "page 1"),
        (meet & (last > 0) & (last_b > 0) & (last != last_b), "first"),
        (meet | misread, "same"),
        (
            (letters == letters_b)
            & ~letters.str.contains(f"p|{_NUMBERED}")  # two numbers are two posters
            & ~pl.col("locator")
            & ~pl.col("locator_b")
            & ((page - page_b).abs() == 1)
            & (page > 1)
            & (page_b > 1),
            "adjacent",
        ),
        (within, "overlap"),
        (article | alone | ahead | counted | numbered | torn, "unclear"),
        otherwise="different",
    )
