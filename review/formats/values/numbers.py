"""Volumes, issues and pages, in whatever form they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from review.formats.characters.text import unescape
from review.model.patterns import lazy

_NULL = lazy(r"(?:^|-)(?:null|undefined|nan?|none|n/a)(?=-|$)", re.IGNORECASE)  # EBSCO's `22-null`, ProQuest's `n/a`, R's `NA`
ARTICLE = r"[A-Za-z]{0,6}\d{1,8}(?:-\d\d)?"  # the number of one in a journal that has no pages: `1634`, `e80092`, `e01408-19`
_NO_PAGES = ("no pagination", "no page", "[no pag", "no-specified", "no specified", "n.pag", "n. pag")
# What stands for pages that are not known: Wiley's `no-no` of what is in no issue yet, a publisher's `[np]`, and what only calls them.
_NO_PAGE = frozenset({"", "no", "no-no", "np", "n.p", "unpaginated", "unpaged", "p", "pp"})
_NOTHING = frozenset({"NA", "NAN", "NULL", "NONE", "UNDEFINED", *map(str.upper, _NO_PAGE)})
# `pp. 3-9`, ERIC's `p3-9`; the number of an article: Web of Science's `UNSP 1722034`, `ARTN e12`, others' `Article no. 12`;
# in other languages `S. 3-9`, `págs. 3-9`, `С. 3-9`
_PAGES_PREFIX = lazy(
    r"^(?:(?:pages?|pp?)(?:\.\s*|:\s*|\s+)(?=\w)|(?-i:pp?)(?=\d+-\d)|(?:ss?|seiten?|p[áa]gs?|стр|с)\.\s*(?=\d)|(?:unsp|artn|art(?:icle)?\.?(?: (?:no|num(?:ber)?|id)\b\.?)?)[:.]?\s+(?=\w*\d))",
    re.IGNORECASE,
)
# A dash that a program could not write is a `?` between two numbers; Korea and Japan have `~` for it.
_DASHES = lazy(r"(?<!\s)\s*(?:--+|[\u2010-\u2015\u2212\uff0d-]|(?<=\d)[?\ufffd~\u301c\uff5e](?=\d)|(?<=\d) to (?=\d))\s*")


# What publishers write where a volume or an issue has no number yet (Wiley's `n/a`), and programs where they have none.
_NO_NUMBER = frozenset({"n/a", "na", "nan", "null", "none", "undefined"})
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
# and what says that pages, a volume or an issue are not known yet, with the day of it or without: `Epub`, `In press`, `Publish Ahead of Print`
_AHEAD = lazy(
    r"(?i)[\[(]?(?:(?:e-?pub(?:lished)?|publish(?:ed)?|advance[ds]?)?[ -]?(?:online )?ahead[ -]of[ -]print|e-?pub|pap|(?:articles?|papers?|manuscripts?)?[ -]?in[ -]press"
    r"|(?:published |available |first )?online(?:[ -]?(?:first|early|only))?|early[ -](?:view|access|online|release)|advance[ -](?:access|articles?|publication|online(?: publication)?)"
    rf"|(?:just[ -])?accepted(?:[ -](?:articles?|manuscripts?))?|forthcoming)(?:[^\w\n]+(?:{_MONTH}|\d{{1,4}})){{0,3}}[^\w\n]{{0,3}}"
)


def is_ahead(text: str) -> bool:
    """Whether what stands in the place of pages, of a volume or an issue only says that these are not known yet."""
    return len(text) < _LONGEST and _AHEAD.fullmatch(text) is not None


def known_pages(tag: str, text: str) -> tuple[str, list[tuple[str, str]]]:
    """The pages, and under the tag what stands there where they are not known yet."""
    return ("", [(tag, text)]) if is_ahead(text) else (text, [])


# `3 (Mar)`, Web of Science's `4, Spring`
_IN_TIME = lazy(
    rf"(\d\w{{0,5}})(?: ?\(|, ?)(?:{_MONTH}|spring|summer|autumn|fall|winter)(?:[ /&-]{{1,3}}(?:{_MONTH}|\d{{4}}|spring|summer|autumn|fall|winter)){{0,2}}\)?",
    re.IGNORECASE,
)


_OF_A_YEAR = lazy(r"Volume (\d{1,4}) - (?:19|20)\d\d")  # Frontiers's

# Embase's addresses of the authors, which Zotero and Covidence take for the issue: `(Roe J.; Poe K.) University of …`.
_ADDRESSES = lazy(r"\([^()]{1,80}[A-Z]\.(?:[,;][^()]{0,400})?\)\s*[^\W\d]")

_CITED = lazy(r"\((?:19|20)\d\d[a-z]?\)\. ")  # a reference, which Zotero has in the place of the issue from Ovid's PsycINFO
_LONGEST = 30  # letters


def is_number(text: str) -> bool:
    """Whether what stands in the place of a volume or an issue may be one, and says nothing else."""
    return not text or text.isdecimal() or number_in(text) == text


def number_in(text: str) -> str:
    """The number of a volume or an issue, without the month or season that some have behind it; "" for what is none."""
    if (
        text.casefold() in _NO_NUMBER
        or is_ahead(text)
        or (len(text) > _LONGEST and _CITED.search(text))
        or (text[:1] == "(" and _ADDRESSES.match(text))
    ):
        return ""
    found = _IN_TIME.fullmatch(text) if text[:1].isdecimal() else _OF_A_YEAR.fullmatch(text)
    return found[1] if found else text


def numbered(told: Iterable[tuple[str, str]], kept: Iterable[tuple[str, str]]) -> tuple[list[str], list[tuple[str, str]]]:
    """The numbers of a volume and an issue, each under its tag, "" for what is none; and what is kept already, with what else they say."""
    pairs = [(tag, text, number_in(text)) for tag, text in told]
    return [number for _, _, number in pairs], [
        *kept,
        *(
            ("affiliation" if text[0] == "(" and not is_ahead(text) else tag, text)
            for tag, text, number in pairs
            if number != text and text != "nan"
        ),
    ]


BOTH = lazy(
    r"(?:vol(?:ume)?\b\.?\s*)?(?P<volume>\w{1,6})\s*[,;:]?\s*(?:\((?:no\.?|issue)?\s*(?P<in>[\w/-]{1,12}|(?:\d{1,3} )?(?:suppl?|pt|part)\b[\w. -]{0,12})\)|(?:no|nr|iss(?:ue)?|n[°º])\b\.?\s*(?P<behind>[\w/-]{1,12}))",
    re.IGNORECASE,
)
# `Vol. 12`, `n° 3`, `Bd. 12`, `v. 12`; `S2` and `e12` are part of a number.
_CALLED = lazy(
    r"^(?:(?:vol(?:ume)?|tom[eo]?|bd|band|jg|jahrgang|cilt|том|n[ro°º]|№|n[úu]m(?:ber|ero)?|numéro|iss(?:ue)?|heft|fasc|sayı)[.:]?|[vnthт][.:])\s*(?=\d)"
    r"|^[vnt]\s+(?=\d)",
    re.IGNORECASE,
)


# China's, Japan's and Korea's `第34卷`, `3期`, `제12권`, and `34卷3期`; `12-20頁`
_EASTERN_VOLUME = lazy(r"[第제]?\s?(\d{1,5})\s?[卷巻권](?:[,，\s]?[第제]?\s?(\d{1,5})\s?[期号號호])?")
_EASTERN_ISSUE = lazy(r"[第제]?\s?(\d{1,5}(?:[-/]\d{1,5})?)\s?[期号號호]")
_EASTERN_PAGE = lazy(r"(?<=\d)\s?[頁页쪽](?=$|[-\u2010-\u2015~])")


def whole(number: str) -> str:
    """A number as it was before a data frame with gaps made `46.0` of 46, or a spreadsheet `46,0` of that."""
    return number[:-2] if number.endswith((".0", ",0")) and number[:-2].isdecimal() else number


def _is_bare(number: str) -> bool:
    """Whether it is surely a number without a name for it, or nothing."""
    return not number or (number.isascii() and number.isalnum() and number[0].isdecimal())


def volume_and_issue(volume: str, issue: str) -> tuple[str, str]:
    """Both without what they are called, and apart where the volume has both: `12(3)`."""
    if _is_bare(volume) and _is_bare(issue):  # as most
        return volume, issue
    if not volume.isascii() and (found := _EASTERN_VOLUME.fullmatch(volume)):
        volume, issue = found[1], issue or found[2] or ""
    if not issue.isascii() and (found := _EASTERN_ISSUE.fullmatch(issue)):
        issue = found[1]
    if volume and not issue and (both := BOTH.fullmatch(volume)):
        return both["volume"], "" if _YEAR.fullmatch(both["in"] or "") else both["in"] or both["behind"]  # `12 (2015)`
    volume, issue = (whole(_CALLED.sub("", text, count=1)) for text in (volume, issue))
    return volume, issue


_YEAR = lazy(r"(?:19|20)\d\d")
_SUPPLEMENT = lazy(r"(?:suppl(?:ement)?\.? ?|s)?(\d{0,3}[A-Z]?)", re.IGNORECASE)


def with_supplement(issue: str, told: str) -> str:
    """The issue with what is told of a supplement, as PubMed has it: `4 Suppl 2`; "" where that is none."""
    found = _SUPPLEMENT.fullmatch(told)
    return " ".join(filter(None, (issue, "Suppl", found[1]))) if found else ""


_EACH_P = lazy(r"^(?:p|pp\.? ?)(\d+) ?- ?(?:p|pp\.? ?)(\d+)$")  # Taylor & Francis's `p12 - p19`


def pages(start: str, end: str = "") -> str:
    """Pages as `start-end`: a plain hyphen, no `pp.`; a range already in `start` is not doubled by `end`."""
    if start in ("", "0", "0-0") and end in ("", "0"):  # where a program has none it writes 0
        return ""
    if start.endswith("쪽)"):  # RISS's `11-20(10쪽)`, with the number of pages
        start = start.partition("(")[0]
    if not (start.isascii() and end.isascii()):
        start, end = _EASTERN_PAGE.sub("", start), _EASTERN_PAGE.sub("", end)
    if not start and end:
        start, end = end, ""
    if start.isalnum() and start.upper() not in _NOTHING and (not end or end.isdecimal()):  # as they mostly are
        return f"{start}-{end}" if end not in ("", "0", start) else start
    if not end:
        first, _, last = start.partition("-")
        if first.isdecimal() and last.isdecimal():
            return start if first != last else first
    if "&" in start:
        start = unescape(start)
    start = _EACH_P.sub(r"\1-\2", start)
    start = _NULL.sub("", _DASHES.sub("-", _PAGES_PREFIX.sub("", start.strip()))).strip("- ")
    end = _NULL.sub("", _DASHES.sub("-", _PAGES_PREFIX.sub("", end.strip()))).strip("- ")
    if start.casefold().startswith(_NO_PAGES) or (start.casefold(), end.casefold()) == ("no", "specified"):
        start, end = "", "" if end.casefold().startswith(("specified", *_NO_PAGES)) else end
    if start[-1:] == "." and start[-2:-1].isdigit():  # that of a sentence
        start = start[:-1]
    if start.casefold().strip("[(.)]") in _NO_PAGE and end.casefold().strip("[(.)]") in _NO_PAGE:
        return ""
    half = len(start) // 2
    if start[half : half + 1] == "-" and start[:half] == start[half + 1 :]:  # Covidence's `m12-m12`
        start = start[:half]
    if not start or not end or start == end or "-" in start:
        return start or end
    if end == "+":  # Web of Science's, of pages that do not follow each other
        return start + end
    if end.startswith(f"{start}-"):  # EP holds the whole range
        return end
    return f"{start}-{end}"
