"""Where a document appeared, made comparable: journal, volume, issue, pages, identifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from review.dedup.titles import mended
from review.model.record import plain

_MONTHS = {m: n for n, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
_SMALL = {
    "the",
    "of",
    "and",
    "for",
    "in",
    "on",
    "de",
    "la",
    "le",
    "et",
    "und",
    "a",
    "an",
    "fur",
    "der",
    "des",
    "di",
    "del",
    "i",
    "online",
    "electronic",
    "resource",
}
_NONE = re.compile(
    r"^\W*(?:unknown|n/?a|nan|none|null|no pagination.*|not specified|unpaginated|in press|online|#\w+[?!]?|\W*)\W*$", re.IGNORECASE
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_ISSN = re.compile(r"\b(\d{4})-?(\d{3}[\dxX])\b")
_JOURNAL_TAIL = re.compile(
    r"\s*(?:\([^()]*\)?|\[[^\[\]]*\]?|\. conference\b.*|\s:\s.*|: (?:official|the official|an? |journal).*|, vols? .*)", re.IGNORECASE
)
_ROMAN = re.compile(r"^[ivxlc]+$")
_PAGE = re.compile(r"([a-z]{0,4})[ .:]?0*(\d+)([a-z]?)")
_DATE = re.compile(r"^(?:(\d{1,2})[-/ .]([a-z]{3})[a-z]*|([a-z]{3})[a-z]*[-/ .](\d{1,4}))$")
_COUNT = re.compile(r"^\d+ ?(?:p|pp|pages|leaves)\.?$")
_PREPRINT = re.compile(r"rxiv\b|\bssrn\b|\bpreprints?\b|\bresearch square\b|\bosf\b|\brepec\b", re.IGNORECASE)
_PREPRINT_DOI = re.compile(r"^10\.(?:1101/(?:\d{6}|20\d\d\.)|2139/ssrn|48550/|21203/|31219/|20944/|31234/|31235/)")
_CONFERENCE = re.compile(
    r"\b(?:conference|proceedings|proc|symposium|congress|meeting|workshop|abstracts?|annual scientific)\b", re.IGNORECASE
)
_SUPPLEMENT = re.compile(r"suppl|abstract|meeting", re.IGNORECASE)


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


def pages_of(text: str) -> Pages:
    """'123-9', '123--129', 'S12', 'e001469', '01-Aug' (was 1-8), 'Jan-14' (was 1-14)."""
    text = text.strip().casefold().replace("\u2013", "-").replace("\u2014", "-").replace("--", "-")
    if _NONE.match(text) or _COUNT.match(text):
        return Pages()
    if date := _DATE.match(text):
        month, day = (date[2], date[1]) if date[1] else (date[3], date[4])
        if month in _MONTHS:
            both = sorted({_MONTHS[month], int(day)})
            return Pages(frozenset(both if int(day) <= 31 else both[:1]), both[-1])
    parts = re.split(r"\s*[-,;+]\s*", re.sub(r"^(?:pp?|pages?|art(?:icle)?(?: no)?)[. :]+", "", text), maxsplit=2)
    first = _PAGE.search(parts[0])
    if first is None:
        if _ROMAN.match(parts[0]):
            return Pages(frozenset((_roman(parts[0]),)), _roman(parts[1]) if len(parts) > 1 and _ROMAN.match(parts[1]) else 0, "roman")
        return Pages()  # what stands there lost its first page
    number, letters = int(first[2]), first[1] or first[3]
    last = 0
    if len(parts) > 1 and (end := _PAGE.search(parts[1])):
        digits = str(int(end[2]))
        last = int(end[2])
        if last < number and len(digits) < len(str(number)):
            last = int(str(number)[: -len(digits)] + digits)
        last = last if last >= number else 0
    locator = not last and (
        len(first[2]) > 4
        or letters in ("e", "cd", "art", "article", "no", "id")
        or number > 9999
        or (letters in ("a", "b", "c", "f", "g", "h", "k") and number > 999)
    )  # BMJ's
    return Pages(frozenset((number,)), last, letters, locator)


def numbers_of(text: str) -> frozenset[int]:
    """The volume or issue numbers in a crooked text: '66 (Supplement 1)' gives 66, 'Korsakova. Part 2. 117' 2 and 117."""
    text = text.strip().casefold()
    if _NONE.match(text) or re.fullmatch(r"\d+\)", text):  # '2)' is the end of something lost
        return frozenset()
    if _ROMAN.match(text):
        return frozenset((_roman(text),))
    if text[:3] in _MONTHS and not any(c.isdigit() for c in text):
        return frozenset((_MONTHS[text[:3]],))
    text = re.sub(r"\(.*", "", text) or text
    return frozenset(int(n) for n in re.findall(r"\d+", re.sub(r"\b(?:suppl\w*|pt|part|vyp)[. ]*\d+", "", text) or text)[:4])


def issue_of(text: str) -> frozenset[int]:
    """The issue number; a supplement without a number of its own gives none."""
    return frozenset() if re.match(r"\s*s?uppl|\s*meeting", text, re.IGNORECASE) else numbers_of(text)


def doi_of(text: str) -> str:
    """Bare, lower case, without what exports hang on to it."""
    found = _DOI.search(text.casefold().replace("%2f", "/"))
    return re.sub(r"(?:\(\d\)|[.,;)\]]|\[doi\])+$", lambda m: m[0] if m[0] == ")" and "(" in found[0] else "", found[0]) if found else ""


def issns_of(text: str) -> frozenset[str]:
    return frozenset((a + b).lower() for a, b in _ISSN.findall(text))


def journal_of(text: str) -> tuple[str, ...]:
    """The words that tell journals apart."""
    text = mended(text)
    normal = plain(_JOURNAL_TAIL.sub(" ", text)) or plain(text)
    words = normal.split()
    return () if normal in ("unknown", "na", "n a", "none", "nan") else tuple(w for w in words if w not in _SMALL) or tuple(words)


def _abbreviates(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if long.startswith(short) or fuzz.ratio(a, b) >= 80:
        return True
    rest = iter(long)
    return 2 <= len(short) <= 6 and short[0] == long[0] and len(long) > len(short) and all(c in rest for c in short)  # Intl, Natl, Dtsch


@lru_cache(maxsize=65536)
def compare_journals(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    """same | unclear | different | missing"""
    if not a or not b:
        return "missing"
    if a == b or (len(a) == len(b) and all(map(_abbreviates, a, b))) or fuzz.ratio("".join(a), "".join(b)) >= 88:
        return "same"
    short, long = sorted((a, b), key=len)
    if len(short) == 1 and len(long) > 2 and short[0] in ("".join(w[0] for w in long), "".join(w[0] for w in long[:-1])):
        return "same"  # JAMA
    if any(len(w) > 3 and w in long for w in short) or sum(any(_abbreviates(w, v) for v in long) for w in short) * 2 >= len(short):
        return "unclear"
    return "different"


def is_preprint(journal: str, doi: str, type_: str) -> bool:
    return bool(_PREPRINT.search(journal) or _PREPRINT_DOI.match(doi) or "preprint" in type_.casefold())


def is_conference(journal: str, issue: str, type_: str, letters: str) -> bool:
    """A paper or abstract given at a meeting, as far as a record shows it."""
    return bool(
        _CONFERENCE.search(journal)
        or _SUPPLEMENT.search(issue)
        or re.search(r"conference|proceedings|abstract", type_, re.IGNORECASE)
        or letters in ("s", "a", "p")
    )
