"""Where a document appeared, made comparable: journal, volume, issue, pages, identifiers."""

# ruff: noqa: SIM905  # lists of words read better as words
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl
from rapidfuzz import fuzz

from review.dedup.titles import mended
from review.model.record import plain

_MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_SMALL = set("the of and for in on de la le et und a an fur der des di del i online electronic resource".split())
_NONE = re.compile(
    r"^\W*(?:unknown|n/?a|nan|none|null|no pagination.*|not specified|unpaginated|in press|online|#\w+[?!]?|\W*)\W*$", re.IGNORECASE
)
# `<…::…>` is part of a SICI, as Wiley's of before 2002 have it: page and initials, in which alone two articles of an issue differ
# (ANSI/NISO Z39.56-1996); any other `<` begins markup.
_DOI = r"(10\.\d{4,9}/(?:[^\s\"<>]|<[^\s\"<>]*::[^\s\"<>]*>)+)"
_ESCAPED = {"%2f": "/", "%28": "(", "%29": ")", "%3a": ":", "%3b": ";", "%3c": "<", "%3e": ">", "%23": "#", "%5b": "[", "%5d": "]",
            "&lt;": "<", "&gt;": ">", "&amp;": "&"}  # fmt: skip
_SICI_END = r">\d\.\d\.[a-z]{2};2.*$"  # versions and a check digit, which exports lose
_OF_AN_ISSUE = r"/\d{4}-\d{3}[\dx]\(\d{4,8}\)\d+:\d+$"  # what is left of a SICI where markup was taken out
_OF_AN_ENTRY = "10.1002/central/"  # Cochrane's register gives one to its own entry for an article
# What a publisher's page has behind the DOI in its address.
_PAGE_OF_DOI = r"(?:[?#].*|;jsessionid.*|/(?:abstract|full|fulltext|full-text|pdf|epdf|pdfdirect|meta|summary|html|references|figures?|suppinfo)|\.(?:pdf|full|abstract|html?|short|full-text))+$"
# Deposits and preprints whose every version has a DOI of its own, or seems to have one.
_VERSION = (
    r"^(10\.(?:1101|6084|7287|25384|21203|20944|22541|26434|312\d\d|36227|48550)/\S+?)[-./_]?v(\d{1,2})$|^(10\.17632/[^.]+)\.(\d{1,2})$"
)
ISBN = r"\b97[89]\d{10}\b"
ISSN = r"\b\d{4}-?\d{3}[\dxX]\b"
_JOURNAL_TAIL = re.compile(
    r"\s*(?:\([^()]*\)?|\[[^\[\]]*\]?|\. conference\b.*|\s:\s.*|: (?:official|the official|an? |journal).*|, vols? .*)", re.IGNORECASE
)
# Which of a series of meetings it was: what is left tells the series.
_SERIES = re.compile(
    r"\b(?:proceedings|proc|annual|\d+(?:st|nd|rd|th)|(?:twenty |thirty |forty |fifty )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|(?:19|20)\d\d"
    r"|tenth|eleventh|twelfth|\w+teenth|twentieth|thirtieth|fortieth|fiftieth)\b"
)
_ROMAN = re.compile(r"^[ivxlc]+$")
_PAGE = re.compile(r"([a-z]{0,4})[ .:]?0*(\d{1,15})([a-z]?)")
_PLAIN_PAGES = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")
_NUMBERS = r"^\s*([0-9]{1,4})(?:(?:--?|[–—])([0-9]{1,4}))?\s*$"
_DATE = re.compile(r"^(?:(\d{1,2})[-/ .]([a-z]{3})[a-z]*|([a-z]{3})[a-z]*[-/ .](\d{1,4}))$")
_DECIMAL = re.compile(r"^\s*(\d+)[.,]0+\s*$")  # 12.0, as programs write a column of numbers that has gaps
_BEFORE_PAGES = re.compile(r"^(?:(?:19|20)\d\d\s*;\s*)?(?:\d{1,4}\s*(?:\([^()]*\)\s*)?:\s*)?(?=[a-z]{0,3}\d)")  # year, volume and issue
_EARLY = re.compile(r"^(?:epub\b|e-?pub\b|10\.\d{4,}/|published online|online first|early view|ahead of print)")  # of what has no page yet
# The volume of what has none yet: IEEE's PP (whose issue is 99), and what stands there elsewhere.
AHEAD = r"(?i)^\s*(?:pp|(?:e-?pub )?ahead[ -]of[ -]print|online[ -]first|early (?:view|access)|in press|forthcoming|0+)\s*$"
_COUNT = re.compile(r"^\d+ ?(?:p|pp|pages|leaves)\.?$")
_SERVER = re.compile(r"(?i)\b(arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|ssrn|research square|preprints\.org)\b")
_BRACKETED = re.compile(r"^(.{4,}?)\s*(?:\[\s*([^\[\]]{9,}?)\s*\]?|\s=\s(.{9,}))\s*$")  # a name in two languages
_CUT_NAME = re.compile(r"^\s*(?:…|\.\.\.)|(?:…|\.\.\.)\W*$")
_MEDIUM = re.compile(r"(?i)electronic|online|internet|print|resource|serial|suppl")
_PREPRINT = r"(?i)rxiv\b|\bssrn\b|\bpreprints?\b|\bresearch square\b|\bosf\b|\brepec\b|\bauthorea\b|\b(?:working|discussion) papers?\b|\bmpra\b|\bnber\b"
_PREPRINT_DOI = r"^10\.(?:1101/(?:\d{6}|20\d\d\.)|2139/ssrn|48550/|21203/|312[123]\d/|31730/|20944/|26434/|22541/|36227/|64898/|3386/w|2196/preprints\.)"
_PREPRINT_PAGE = r"(?i)\b(?:\w+rxiv\.org|ssrn\.com|researchsquare\.com|preprints\.org|osf\.io/preprints)\b"
# Where dissertations are announced, or kept: no journal.
_DISSERTATIONS = (
    r"(?i)\bdiss(?:ertations?)?\W+abs|\bmaster'?s'?\W+(?:theses\W+)?abs|\bproquest llc\b|\bdissertations\b|\btheses\b|(?-i:EThOS)|^\W*(?:ph\.? ?d|d\.? ?phil)\b"
    r"|\b(?:ph\.? ?d|doctoral|master'?s?)\.? (?:thesis|dissertation)"
)
_CONFERENCE = r"(?i)\b(?:conference|proceedings|proc|symposium|congress|meeting|workshop|abstracts?|annual scientific)\b"
SUPPLEMENT = r"(?i)(?:suppl\w*|meeting\w*|abstracts?)[. ]*(\d*)"  # and its number
_SUPPLEMENT = r"(?i)suppl|abstract|meeting|^\d+\)"  # '1)' is what is left of '(Suppl. 1)'


@dataclass(frozen=True, slots=True)
class Pages:
    """firsts holds more than one number only where a spreadsheet made a date of the range."""

    firsts: frozenset[int] = frozenset()
    last: int = 0
    letters: str = ""  # S of S528, e of e001469
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
    text = text.strip().casefold().replace("\u2013", "-").replace("\u2014", "-").replace("--", "-")
    if plainly := _PLAIN_PAGES.fullmatch(text):  # most of them
        number = int(plainly[1])
        return Pages(frozenset((number,)), _last(number, plainly[2]) if plainly[2] else 0)
    text = _BEFORE_PAGES.sub("", text)
    if whole := _DECIMAL.match(text):
        return Pages(frozenset((int(whole[1]),)))
    if _NONE.match(text) or _COUNT.match(text) or _EARLY.match(text):
        return Pages()
    if date := _DATE.match(text):
        month, day = (date[2], date[1]) if date[1] else (date[3], date[4])
        if month in _MONTHS:
            both = sorted({_MONTHS[month], int(day)})
            return Pages(frozenset(both if int(day) <= 31 else both[:1]), both[-1])
    text = re.sub(r"^([a-z]{1,2})-(?=\d)", r"\1", text)  # S-23, of a supplement
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
    if _NONE.match(text) or re.fullmatch(r"\d+\)", text):  # '2)' is the end of something lost
        return frozenset()
    if _ROMAN.match(text):
        return frozenset((_roman(text),))
    if text[:3] in _MONTHS and not any(c.isdigit() for c in text):
        return frozenset((_MONTHS[text[:3]],))
    text = re.sub(r"\(.*", "", text) or text
    return frozenset(int(n) for n in re.findall(r"[1-9]\d{0,14}", re.sub(r"\b(?:suppl\w*|pt|part|vyp)[. ]*\d+", "", text) or text)[:4])


def issue_of(text: str) -> frozenset[int]:
    """The issue number; a supplement without a number of its own gives none. A running number, as weeklies have it, only where it is alone."""
    if re.match(r"\s*s?uppl|\s*meeting", text, re.IGNORECASE):
        return frozenset()
    found = frozenset(n for n in numbers_of(text) if not 1900 <= n <= 2100)  # no year
    return frozenset(n for n in found if n < 100) or found


def names_of(text: str) -> str:
    """The words of a journal's name, and behind a '|' those of the name that it has in another language."""
    if cut := _CUT_NAME.search(text):  # 'American Journal of …' is the beginning of many
        words = journal_of(_CUT_NAME.sub(" ", text))
        return " ".join(("…", *words) if cut.start() == 0 else (*words, "…")) if len(words) > 2 else ""
    two = _BRACKETED.match(text)
    other = (two[2] or two[3]) if two else ""
    return "|".join(" ".join(journal_of(t)) for t in ((two[1], other) if two and not _MEDIUM.search(other) else (text,)))


def journal_of(text: str) -> tuple[str, ...]:
    """The words that tell journals apart."""
    text = mended(text)
    if server := _SERVER.search(text):
        return (server[1].casefold(),)
    normal = plain(_JOURNAL_TAIL.sub(" ", text)) or plain(text)
    normal = _SERIES.sub(" ", normal).strip() or normal
    words = normal.split()
    return () if normal in ("unknown", "na", "n a", "none", "nan") else tuple(w for w in words if w not in _SMALL) or tuple(words)


def _begins(short: list[str], long: list[str]) -> bool:
    """A subtitle, a society or a second name stands before or behind: 'BJOG: an international journal …'."""
    n = len(short)
    return all(map(_abbreviates, short, long[:n])) or all(map(_abbreviates, short, long[-n:]))


def _abbreviates(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if long.startswith(short) or fuzz.ratio(a, b) >= 80:
        return True
    rest = iter(long)
    return 2 <= len(short) <= 6 and short[0] == long[0] and len(long) > len(short) and all(c in rest for c in short)  # Intl, Natl, Dtsch


def _compare_cut(a: list[str], b: list[str]) -> str:
    """Names of which one at least was cut off: within, where the other has its words at that end, else missing."""
    if "…" in (a[-1], b[-1]):
        a, b = a[::-1], b[::-1]  # its beginning is compared as an end
    if (a[0] == "…" and a[-1] == "…") or "…" in (a[-1], b[-1]):
        return "missing"
    fewest = min(len(w) - (w[0] == "…") for w in (a, b))
    whole = all(w[0] == "…" or len(w) >= len(other) - 1 for w, other in ((a, b), (b, a)))
    return "within" if whole and all(map(_abbreviates, a[-fewest:], b[-fewest:])) else "missing"


@lru_cache(maxsize=200_000)
def compare_journals(x: str, y: str) -> str:
    """same | within | unclear | different | missing, of what `journal_of` gives, joined with spaces."""
    if not x or not y:
        return "missing"
    if "…" in x or "…" in y:
        return _compare_cut(x.split(" "), y.split(" "))
    if x == y:
        return "same"
    if "|" in x or "|" in y:
        found = {compare_journals(one, other) for one in x.split("|") for other in y.split("|")}
        return next(level for level in ("same", "within", "unclear", "different", "missing") if level in found)
    a, b = x.split(" "), y.split(" ")
    if (len(a) == len(b) and all(map(_abbreviates, a, b))) or fuzz.ratio("".join(a), "".join(b)) >= 88:
        return "same"
    short, long = sorted((a, b), key=len)
    if len(short) == 1 and len(long) > 2 and short[0] in ("".join(w[0] for w in long), "".join(w[0] for w in long[:-1])):
        return "same"  # JAMA
    if _begins(short, long):
        return "within" if len(short) > 1 else "unclear"
    if sum(any(_abbreviates(w, v) for v in long) for w in short) * 2 > len(short):
        return "unclear"
    return "different"


def dois_of(column: pl.Expr) -> pl.Expr:
    """Bare, lower case, without what exports hang on to it; '' where there is none."""
    return column.map_batches(_dois, return_dtype=pl.String)


def _dois(texts: pl.Series) -> pl.Series:
    # Step by step: within one expression each step would be worked out again for every mention.
    text = texts.str.to_lowercase()
    coded = (text.str.contains("%", literal=True) | text.str.contains("&", literal=True)).fill_null(value=False)
    if coded.any():
        text = text.scatter(coded.arg_true(), text.filter(coded).str.replace_many(_ESCAPED))
    found = text.str.extract(_DOI).str.replace(_PAGE_OF_DOI, "").str.replace(r"(?:\(\d\)|[.,;/\]]|\[doi\])+$", "")
    bare = found.str.replace(_SICI_END, ">").str.replace("/(sici)", "/", literal=True).fill_null("")
    bare = bare.set(bare.str.contains(_OF_AN_ISSUE) | bare.str.starts_with(_OF_AN_ENTRY), "")
    loose = bare.str.count_matches("(", literal=True) < bare.str.count_matches(")", literal=True)
    return bare.scatter(loose.arg_true(), bare.filter(loose).str.replace(r"[).,;]+$", ""))


def pmids_of(column: pl.Expr) -> pl.Expr:
    """Without blanks around and zeros before; '' where there is none."""
    return column.str.strip_chars().str.strip_chars_start("0")


def versions_of(doi: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The DOI that stands for all versions of a deposit, and which of them it is: '' where it does not say."""
    groups = [doi.str.extract(_VERSION, n) for n in range(1, 5)]
    return pl.coalesce(groups[0], groups[2], doi), pl.coalesce(groups[1], groups[3], pl.lit(""))


def journals_of(texts: pl.Series) -> pl.DataFrame:
    """The words that tell journals apart, as text; whether it names a preprint server, a meeting, the Cochrane library; announced: where dissertations
    are announced; held: the year in it."""
    words = [names_of(t) for t in texts.to_list()]
    text = pl.col("text")
    frame = pl.DataFrame({"text": texts, "journal": words}, schema={"text": pl.String, "journal": pl.String})
    return frame.select(
        "journal",
        preprint=text.str.contains(_PREPRINT),
        meeting=text.str.contains(_CONFERENCE),
        announced=text.str.contains(_DISSERTATIONS),
        held=text.str.extract(r"\b((?:19|20)\d\d)\b").fill_null(""),
        cochrane=pl.col("journal").str.contains("cochrane", literal=True),
    )


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
    return found.select(
        "page",
        page2=page,
        last=pl.when(whole >= page).then(whole).otherwise(0),
        letters=pl.lit(""),
        locator=pl.lit(value=False),
    )


def counts_of(texts: pl.Series, read: Callable[[str], frozenset[int]]) -> pl.DataFrame:
    """Volumes or issues as lists of numbers."""
    return pl.DataFrame({"n": [sorted(read(t)) for t in texts.to_list()]}, schema={"n": pl.List(pl.Int64)})


def preprint(server: pl.Expr, doi: pl.Expr, url: pl.Expr, unplaced: pl.Expr) -> pl.Expr:
    """unplaced: there is no journal. A copy of many an article lies on a server: its address alone says nothing."""
    address = pl.when(unplaced).then(url).otherwise(pl.lit(""))
    return server | doi.str.contains(_PREPRINT_DOI) | address.str.contains(_PREPRINT_PAGE)


def conference(meeting: pl.Expr, issue: pl.Expr, letters: pl.Expr, span: pl.Expr) -> pl.Expr:
    """A paper or abstract given at a meeting, as far as its place shows it. span: of its pages; an abstract has not three."""
    return meeting | ((issue.str.contains(_SUPPLEMENT) | letters.is_in(["s", "a", "p"])) & (span < 2))
