"""Free-text citations, as PubMed, Ovid, Embase.com and BASE print them where a table has no columns for the parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from review.formats.characters.text import collapse, doi_in, year_in
from review.formats.citations.citation_forms import DOAJ, FORMS, ISSUE, VOLUME
from review.formats.values.numbers import pages
from review.model.patterns import lazy
from review.model.record import Record


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts that could be read; each is empty where the text does not say."""

    journal: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    abstract: str = ""
    issn: str = ""
    doi: str = ""


def parse_citation(text: str) -> Citation:
    """Read a citation; where its shape is unknown, only the year, if it has one. Never raises."""
    text = collapse(text)
    if text.startswith(("Source:", "Description:")) or _BASE_PLACE.match(text):
        return _base(text)
    text = _IN.sub("", text[:2000].partition(" | added to CENTRAL")[0])  # a citation is short; the patterns are slow on what is not
    if not text.isascii():
        text = _RANGES.sub("-", text)
    if found := _SCIELO.fullmatch(text):
        return Citation(journal=found[1], volume=found[2], issue=found[3], pages=pages(found[4].strip("-")))
    said = _DOI_SAID.search(text)
    doi = doi_in(said[0]) if said else ""
    for sign, pattern in FORMS:
        found = pattern.match(text) if sign in text else None
        if found:
            part = {"journal": "", "year": "", "volume": "", "issue": "", "pages": ""} | {
                name: (value or "").strip() for name, value in found.groupdict().items()
            }
            if pattern is DOAJ and part["issue"] == part["pages"]:  # of journals whose articles have numbers
                part["issue"] = ""
            if part["pages"] and not part["volume"] and not _PAGED.search(part["pages"]):
                continue
            return Citation(
                journal=_named(part["journal"], text),
                year=year_in(part["year"] or part.get("later", "")) or year_in(text[found.end() :]),
                volume=part["volume"],
                issue=part["issue"],
                # `pp. No Pagination Specified`
                pages=pages(part["pages"] or part.get("behind", "") or part.get("article", "")) if part["pages"] != "No" else "",
                doi=doi,
            )
    return Citation(year=year_in(text), doi=doi)


_SENTENCE = lazy(r"[^.]+ [^.]+\.")
_POINT = lazy(r"\. \d+ ?\([^()]*\):[^,]+, \d{4}")  # Ovid's: `Lancet. 1(2):3, 2016`


def _named(journal: str, text: str) -> str:
    """The name of a journal that a citation tells, without the point where that ends the name and no word of it."""
    ended = journal[-1:] == "." and (_SENTENCE.fullmatch(journal) or _POINT.match(text, len(journal) - 1))
    return journal[:-1] if ended else journal


_IN = lazy(r"^in (?=[A-Z\d])")  # IEEE's
_RANGES = lazy(r"(?<=\d) ?[\u2010-\u2015] ?(?=\w)")
_PAGED = lazy(r"\d|^[ivxlc]+\b|^No\b|^[A-Za-z]$", re.IGNORECASE)
_DOI_SAID = lazy(r"\bdoi(?:\.org/|:)\s*10\.\S+", re.IGNORECASE)

_SCIELO = lazy(r"([^;]+(?:; [^;]+)*); ([\w.-]*)\(([\w .-]*)\); ([\w+-]*)")  # `Estudios; 38(164); 320-333`, `Revista; (56); -`

_BASE_SOURCE = lazy(r"(?:Source:)?\s*(?P<journal>[^;]*?)\s*(?:;|$)")
_BASE_PLACE = lazy(r"[^;]{2,300}; {0,2}volume \w")
_BASE_PARTS = {
    "volume": lazy(r"\bvolume:?\s+([^\s,;]+)", re.IGNORECASE),
    "issue": lazy(r"\bissue:?\s+([^\s,;]+)", re.IGNORECASE),
    "pages": lazy(r"\bpages?:?\s+([\w,.\u2013-]+)", re.IGNORECASE),
    "issn": lazy(r"\bISSN:?\s+([\dXx-]{8,9})"),
}


def _base(text: str) -> Citation:
    """`Source: J ; volume 73, issue 11, page 8,9 ; ISSN 0745-7472 ; Description: the abstract`, by BASE."""
    head, _, abstract = text.partition("Description:")
    journal = _BASE_SOURCE.match(head)
    if journal and ", " in journal["journal"] and DOAJ.fullmatch(journal["journal"]):
        return replace(parse_citation(journal["journal"]), abstract=abstract.strip())
    part = {name: (found[1] if (found := pattern.search(head)) else "") for name, pattern in _BASE_PARTS.items()}
    return Citation(
        journal=journal["journal"] if journal else "",
        volume=part["volume"],
        issue=part["issue"],
        pages=pages(part["pages"].strip(",")),
        abstract=abstract.strip(),
        issn=part["issn"],
    )


_IN_PLACE = lazy(rf"[^;]{{2,300}}; *(?:{VOLUME}|{ISSUE})\.? ?\w[^;()]{{0,40}}\((?:19|20)\d\d\)")


_BY_PRIMO = lazy(r".{2,300}?, \d{4}[\d-]{0,6}, Vol\.\w")


# No two years are one, by which JSTOR tells of a name how long it was that: `Public Health Reports (1896-1970)`.
_WITH_ISSN = lazy(r"(.{2,300}?) ?\((?!(?:1[5-9]|20)\d\d-(?:1[5-9]|20)\d\d\))(\d{4}-?\d{3}[\dXx])\)")


_DATED = lazy(
    r"(?!.*(?:[Cc]onf|[Pp]roc|[Ss]ymp|[Cc]ongr|[Mm]eeting|[Ww]orkshop))([^;\d]{2,300}?)(?:,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?)?(?: \((\d{4})\)|, (\d{4}))\.?"
)  # a journal, no meeting, and behind it the year of the work
_WITH_VOLUME = lazy(r".{2,300}, [Vv]ol(?:ume)?\.? \d{1,4}")


def journal_apart(record: Record) -> Record:
    """The record with the parts of its citation apart, where a program or a person put one in the place of the journal's name (Primo; Zotero,
    from the pages of Open Journal Systems); the whole goes to `extra`. EBSCOhost has the ISSN behind the name. Any other record as it is."""
    if record.journal[-1:] == ")" and (both := _WITH_ISSN.fullmatch(record.journal)):
        known = both[2].replace("-", "") in record.issn.replace("-", "")
        issn = record.issn if known else "; ".join(filter(None, (record.issn, both[2])))
        record = replace(record, journal=both[1], issn=issn)
    if str(record.year) in record.journal and (dated := _DATED.fullmatch(record.journal)) and int(dated[2] or dated[3]) == record.year:
        return replace(record, journal=dated[1], extra=(*record.extra, ("citation", record.journal)))
    alone = not (record.volume or record.pages) and any(map(str.isdigit, record.journal)) and looks_like_citation(record.journal)
    if (
        not alone
        and not (", Vol." in record.journal and _BY_PRIMO.match(record.journal))
        and not (";" in record.journal and _IN_PLACE.match(record.journal))
    ):
        return record
    found = parse_citation(record.journal)
    # Pages of letters are words of the name.
    numbered = any(map(str.isdigit, found.pages)) if found.pages else found.issue or found.year or _WITH_VOLUME.fullmatch(record.journal)
    if not found.journal or not (found.volume and numbered if alone else found.volume or found.issue):
        return record
    return replace(
        record,
        journal=found.journal,
        year=record.year or found.year,
        volume=record.volume or found.volume,
        issue=record.issue or found.issue,
        pages=record.pages or found.pages,
        extra=(*record.extra, ("citation", record.journal)),
    )


_CITING = lazy(
    r"\bVol\.? ?\d|; {0,2}volume \w|\(\d{4}\)|[;,:.] {0,2}(?:[A-Z][a-z]+ )?\d{4}\b|\d{4}[^;.]*;|\(pp|pp\. |[,.] v(?:ol\. ?)?\d|\(no pagination\)|^\d{4},\w*\(|[A-Za-z.],? \d{1,4} ?\([^()]{1,16}\)[,:] ?\w|[A-Za-z.],? \d{1,4}: ?\d+ ?[-\u2010-\u2015] ?\d+\.?$|[A-Za-z.],? \d{1,4} ?\(\d{1,3}(?:[/-]\d{1,3})?\)$|, [Vv]ol(?:ume)?\.? \d|\([A-Z][a-z]{2,8}\.? \d{4}\): \d|\. Publish Ahead of Print"
)


def looks_like_citation(text: str) -> bool:
    """True for a citation, False for the mere name of a journal or database."""
    return bool(_CITING.search(text[:2000])) or text.startswith("Source:") or ("); " in text and _SCIELO.fullmatch(text[:2000]) is not None)
