"""References that people wrote out in one cell, as their journal wanted them: read beside the title that the row gives too.

Without the title nobody can tell where the names end and the journal begins, but in the forms that `reference_title` knows; with it,
what stands before it is the authors, and what stands behind it the journal: APA, Harvard, Vancouver, AMA, Chicago, MLA, IEEE, Nature.
"""

from __future__ import annotations

import re

from review.formats.characters.text import doi_in, year_in
from review.formats.citations.citation import Citation
from review.formats.citations.reference_title import bare
from review.formats.people.author_habits import FAMILY
from review.formats.people.author_lists import split_authors
from review.formats.values.numbers import pages
from review.model.patterns import lazy

_SHORTEST = 12  # letters: a shorter title is found anywhere
_WORD = lazy(r"[^\W_]+")
_ADDRESS = lazy(r"(?:\b(?:available|retrieved|doi)\b|https?://).*$", re.IGNORECASE)
_JOURNAL = r"(?P<journal>[^\d\W](?:[^;:()]|[;:](?= [^\W\d])|\([A-Z][^()\d]*(?:\d{4})?\)){1,220}?)"  # `Walking : the journal of the W.`
_VOLUME = r"(?P<volume>(?!\d+(?:st|nd|rd|th)\b)[A-Za-z]{0,3}\d[\w/-]{0,8}|[IVXLC]+)"
_ISSUE = r"(?P<issue>[^()]{1,30})"
_PAGES = r"(?P<pages>[A-Za-z]{0,4}\.?\d[\w.]{0,20}(?: ?[-\u2010-\u2015] ?\w{1,12})?)"
_PAGED = rf"(?:(?:pp?\.?|S\.|pages|[Aa]rt(?:icle)?\.?(?: (?:no\.?|number|id))?) ?)?{_PAGES}"
_FORMS = (
    # MDPI, of a book, which stands in nothing: `Soil Press: Leeds, UK, 2019; pp. 1-9`
    rf"[^;:()]{{2,80}}: [^;:()]{{2,80}}, (?P<year>\d{{4}}); pp?\. ?{_PAGES}",
    # Scopus: `(2019) Journal of Health, 40 (2), pp. 250-260.`
    rf"\((?P<year>\d{{4}})\) {_JOURNAL}, {_VOLUME}(?: ?\({_ISSUE}\))?(?:, {_PAGED})?",
    # ABNT: `Journal of Health, Leeds, v. 40, n. 2, p. 250-260, abr. 2019.`
    rf"{_JOURNAL}(?:, [^,\d]{{2,40}})?, v\. ?{_VOLUME}(?:, n\. ?(?P<issue>[\w/-]{{1,12}}))?(?:, {_PAGED})?(?:, (?:[a-z.]{{3,8}}[/ ])*(?P<year>\d{{4}}))?",
    # ISO 690: `Journal of Health. 2019. Vol. 40, no. 2, p. 250–260.`
    rf"{_JOURNAL}\. (?:[A-Z][a-z]+ )?(?P<year>\d{{4}})\. Vol\. {_VOLUME}(?:, no\. (?P<issue>[\w/-]{{1,12}}))?(?:, {_PAGED})?",
    # ACM: `Journal of Health 40, 2 (March 2019), 250–260.`
    rf"{_JOURNAL} {_VOLUME}, (?P<issue>\w{{1,8}}) \([A-Z][a-z]+ (?P<year>\d{{4}})\)(?:, {_PAGED})?",
    # APA, of what is in no issue yet
    rf"{_JOURNAL}\. [Aa]dvance online publication",
    # A part of a book: `In: Roe J, editor. A book. 2nd ed. Leeds: Sage; 2012. p. 1-9`
    rf"[Ii]n:? [^.]{{1,300}}, (?:editors?|eds?)\. (?P<journal>[^;]{{2,300}}?)\. (?:[^.]{{2,20}} ed\. )?[^.:]{{2,60}}: [^;]{{2,150}}; ?(?P<year>\d{{4}})(?:\. {_PAGED})?",
    # and `In J. Roe (Ed.), A book (pp. 1–9). Sage`, `in Roe, J. (ed.) A book. Leeds: Sage, pp. 1-9`
    rf"[Ii]n:? [^()]{{1,300}}\((?:[Ee]ds?|[Hh]rsg)\.?\)[.,]? (?P<journal>[^().]{{2,300}})(?:[(.][^()]{{0,200}}?\bpp?\. ?{_PAGES})?",
    # and `In Proceedings of the Kerbs (Vol. 3, pp. 1–9). Sage`
    rf"[Ii]n:? (?P<journal>(?![A-Z]\. )[^()]{{2,300}}(?: \([^()]{{2,30}}\))?) \((?:[Vv]ol\. ?{_VOLUME}, |[^()]{{1,40}}, )?pp?\. ?{_PAGES}\)",
    # and: `In: Proceedings of the Kerbs; 2012 Jun 3-5; Leeds, UK. London: Sage; 2012. p. 1-9`
    rf"(?:[Ii]n: )?(?P<journal>[^;]{{2,300}}); (?P<year>\d{{4}})(?: [A-Z][^;]{{2,30}})?; [^;:]{{2,150}}(?:: [^;]{{2,150}})?; ?\d{{4}}(?:\. {_PAGED})?",
    # and `in Proc. 3rd Conf. Kerbs, Leeds, UK, 2012, pp. 1–9`
    rf"in (?P<journal>[^;:()]{{2,300}}?(?: \([\w' ’-]{{2,20}}\))?),(?: [^;:()\d]{{2,60}},)? (?P<year>\d{{4}}), pp?\. ?{_PAGES}",
    # and `In A Book, edited by Jane Roe, 1–9. Leeds: Sage`, `A Book, edited by Jane Roe, Sage, 2012, pp. 1-9`
    rf"(?:In )?(?P<journal>[^,]{{2,300}}), edited by (?:[^\d]{{2,300}}?, (?:[^.]{{0,200}}?\bpp\. ?)?{_PAGES}(?:\.|$))?",
    # Vancouver, AMA: `J Health. 2019 Apr;40(2):250-60`, `J Health 2019, 40(2):250-60`
    rf"{_JOURNAL}[.,]? (?P<year>\d{{4}})[^;.:,]{{0,15}}(?:;|,(?= ?\d+ ?[(:])) ?{_VOLUME}?(?: ?\({_ISSUE}\))?(?:[:,] ?{_PAGED})?",
    # Nature: `Journal of Health 40, 250–260 (2019)`
    rf"{_JOURNAL},? {_VOLUME}, ?{_PAGED} ?\((?P<year>\d{{4}})\)",
    # Chicago, MLA of old: `Journal of Health 40, no. 2 (April 2019): 250–60`, `Journal of Health 40.2 (2019): 250-60`
    rf"{_JOURNAL},? {_VOLUME}(?:(?:, no\. |\.)(?P<issue>[\w/\u2010-\u2015-]{{1,12}}))?,? \([^()\d]{{0,20}}(?P<year>\d{{4}}|n\.d\.)\)(?:: ?{_PAGED})?",
    # IEEE, MLA, Harvard: `Journal of Health, vol. 40, no. 2, pp. 250–260, 2019`
    (
        rf"{_JOURNAL},? [Vv]ol(?:ume)?\.? ?{_VOLUME}(?:(?:, ?| )?(?:\(| ?(?:[Nn]o|[Ii]ss(?:ue)?)\.? ?)(?P<issue>[\w/-]{{1,12}})\)?)?"
        rf"(?:, (?:[A-Z][a-z]+\.? )?(?P<year>\d{{4}}))?(?:[,:] ?{_PAGED})?"
    ),
    # MDPI, ACS: `J. Health 2019, 40, 250–260`
    rf"{_JOURNAL},? (?P<year>\d{{4}}), ?(?!(?:1[89]|20)\d\d\b){_VOLUME}(?: ?\({_ISSUE}\))?, ?{_PAGED}(?!\w|, ?\d)(?=[\s.,;]|$)",
    # APA, Harvard, Nature: `Journal of Health, 40(2), 250–260`, `Journal of Health 40, 250-260 (2019)`
    rf"{_JOURNAL},? (?!(?:1[89]|20)\d\d\b){_VOLUME}(?: ?\({_ISSUE}\))?(?:[,:] ?{_PAGED}(?!\w|, ?\d))?(?: ?\((?P<year>\d{{4}})\))?(?=[\s.,;]|$)",
    r"(?P<journal>[^\d\W][^;:()]{1,220}?),? \(?(?P<year>\d{4})\)?\.?$",  # no `Leeds: Soil Press, 2012`
)
_PATTERNS = tuple(map(lazy, _FORMS))


def parse_reference(text: str, title: str) -> tuple[tuple[str, ...], Citation] | None:
    """(authors, the rest) of a reference that holds this title; None where it does not, or holds nothing else."""
    if len(text) < len(title) + _SHORTEST or text.startswith(("Source:", "Description:")):  # BASE's
        return None
    first = _WORD.search(title)
    if first is None or first[0].casefold() not in text.casefold():  # as most citations, which name no title
        return None
    text = bare(text)
    parted = _around(text, title)
    if parted is None:
        return None
    before, behind = parted[0].rstrip(" [(\"'“‘«"), parted[1]
    doi, year = doi_in(text), year_in(before) or year_in(_ADDRESS.sub("", behind))
    names = split_authors(_POINT.sub("", (before[:-60] + _YEAR_BEHIND.sub("", before[-60:])).strip(" ,:;\"'“”‘’«»")))
    behind = _OF_A_KIND.sub("", _ADDRESS.sub("", behind)).rstrip(" .,;")
    goes_on = behind.lstrip()[:1] in (":", "-", "–", "—")  # the title does
    behind = "" if goes_on else behind.lstrip(" .,;?!\"'“”‘’«»)]")
    for pattern in _PATTERNS:
        if found := pattern.match(behind):
            part = {"journal": "", "volume": "", "issue": "", "pages": ""} | {k: v or "" for k, v in found.groupdict().items()}
            return names, Citation(
                part["journal"].removeprefix("In: ").strip(" .,"), year_in(part.get("year", "")) or year, part["volume"], part["issue"].strip(),
                pages(part["pages"].rstrip(".")), doi=doi,
            )  # fmt: skip
    return (names, Citation(year=year, doi=doi)) if names else None


_OF_A_KIND = lazy(r"^ ?\[[JMDCRNSPZ](?:/OL)?\]")  # GB/T 7714: `[J]`
_POINT = lazy(r"(?<=[^\W\d_]{3})\.$")  # of the reference, not of an initial
_YEAR_BEHIND = lazy(r"[\s,;]*\(?\b(?:\d{4}[a-z]?|n\.d\.)(?:, [^()]{1,20})?\)?[\s.,:;\"'“”‘’]*$")


def _around(text: str, title: str) -> tuple[str, str] | None:
    """What stands before and behind the title, whatever signs are within it; a short one has to stand by itself."""
    wanted = "".join(c for c in title.casefold() if c.isalnum())
    if len(wanted) < _SHORTEST:
        found = (
            re.search(rf"(?<=[.:,)?!\"'“‘] ){re.escape(title)}(?=[.?!,\"'”’]| \[)|(?<=[\"'“‘]){re.escape(title)}(?=[,\"'”’])", text)
            if wanted
            else None
        )
        return (text[: found.start()], text[found.end() :]) if found else None
    letters = [(c, n) for n, whole in enumerate(text) for c in whole.casefold() if c.isalnum()]
    at = "".join(c for c, _ in letters).find(wanted)
    if at < 0:
        return None
    return text[: letters[at][1]], text[letters[at + len(wanted) - 1][1] + 1 :]


_LONGEST_LIST = 500  # no name is longer, and the pattern is slow on what is
_DATED = lazy(r"(.*[^\W\d].*?)(?P<sign>[\s,;]*[(\[]|[\s,;]+)((?:1[89]|20)\d\d)(?:[a-z]|/\d{2,4})?[)\]]?(?: ?\[\d{1,4}\])?")


_LABEL = lazy(rf"{FAMILY.pattern}(?:(?:, {FAMILY.pattern}){{0,4}},? (?:&|and) {FAMILY.pattern})?(?:,? et al\.?)?,?")


def is_label(text: str) -> bool:
    """Whether a text calls a work by families and a year, and says no more: `Roe and Poe, 2016`, `Roe et al. (2019)`."""
    dated = dated_name(text, always=True) if len(text) < 80 else None
    return dated is not None and _LABEL.fullmatch(dated[0]) is not None


def in_label(text: str) -> tuple[str, ...]:
    """The two families by which a study is called, `Roe & Poe`, where else it may be one body's name; () for any other label."""
    both = text.split(" & ")
    return tuple(both) if len(both) == 2 and all(map(FAMILY.fullmatch, both)) else ()


def dated_name(name: str, always: bool) -> tuple[str, int] | None:
    """`Roe et al. (2019)` without its year, and the year. always: `Roe 2019` too, which else may be a body's name: `GBD 2019`."""
    found = _DATED.fullmatch(name) if len(name) < _LONGEST_LIST and any(map(str.isdecimal, name[-6:])) else None
    sure = found and (always or found["sign"][-1] in "([" or found[1].rstrip(".").endswith("et al"))
    return (found[1], int(found[3])) if found and sure else None
