"""Free-text citations, as PubMed, Ovid, Embase.com and BASE print them where a table has no columns for the parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from review.formats.numbers import pages
from review.formats.text import collapse, doi_in, year_in
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


_VOLUME = "(?:[Vv]ol|[Vv]|Bd|Tom|Том|[Cc]ilt)"
_ISSUE = "(?:[Nn]o|[Nn]r|[Nn]|[Nn][úu]m|[Nn][º°]|№|Sayı|Issue)"
# DOAJ, and who takes from it (BASE, CORE, OpenAIRE): `Journal of Health, Vol 40, Iss 2, Pp 250-260 (2015)`, `…, Iss , p 12- (2015)`
_DOAJ = (
    r"(?P<journal>[^;]+?)(?=, (?:Vol|Iss) )(?:, Vol (?P<volume>[\w./-]*))?(?:, Iss (?P<issue>[^,;()]*(?:\([^()]*\))?))?(?:, [Pp]p? (?P<pages>[\w.-]+))?"
    r",? ?\((?P<year>\d{4})\)"
)
_FORMS = (
    _DOAJ,
    # CSSCI, whose journal has a line of its own: `2019,12(05):12-20`
    r"(?P<year>\d{4}),(?P<volume>[\w-]*)\((?P<issue>\w[\w-]*)\):(?P<pages>\d[\d+,-]*)",
    # The search of the NHS until 2022: `BMJ; Jan 2015; vol. 350 (no. 3); p. 512-520`
    (
        r"(?P<journal>[^;]+?); (?P<year>(?:[A-Z][a-z]{2,8} )?\d{4}); vol\. (?P<volume>[\w-]+) ?(?:\(no\. (?P<issue>[^()]+)\) ?)?"
        r"(?:; pp?\. ?(?P<pages>[\w-]+))?"
    ),
    # CAB Abstracts by Ovid: `Journal of Health; 2019. 40(2):250-260. 30 ref.`
    r"(?P<journal>[^;]+?); (?P<year>\d{4})\. (?P<volume>[\w-]+)(?:\((?P<issue>[^()]+)\))?(?:: ?(?P<pages>[\w-]+))?\.",
    # Scopus: `(2019) Journal of Health, 40 (2), pp. 250-260.`
    (
        r"\((?P<year>\d{4})\) (?P<journal>[^;()]+?), (?P<volume>[\w-]+)(?: ?\((?P<issue>[^()]+)\))?"
        r"(?:, (?:pp?\. ?(?P<pages>[\w-]+)|art\. no\. (?P<article>[\w.-]*\w)))?"
    ),
    # A part of a book, in EconLit and others: `In: Doe, J., ed. A Book. London: Sage, 1999, pp. 1-20`
    r"In: .*[ ,](?P<year>\d{4})[,.;:]? pp?\. ?(?P<pages>[\w-]+)",
    # Open Journal Systems, in many languages: `Journal of Health; Vol. 3 No. 2 (2018): Title of the issue; 12-15`
    (
        rf"(?P<journal>[^;]+); *(?=(?:{_VOLUME}|{_ISSUE})\.? ?\w)(?:{_VOLUME}\.? ?(?P<volume>[\w.-]+),? ?)?"
        rf"(?:{_ISSUE}\.? ?(?P<issue>[\w./-]+),? ?)?\((?P<year>\d{{4}})\)[^;]*(?:; *(?P<pages>[\w-]+))?"
    ),
    # Embase by Ovid: `Neuron. 53(5) (pp 663-675), 2007. Date of Publication: 01 Mar 2007.` and `… (no pagination), 2022. Article Number: e05`
    (
        r"(?P<journal>.+?)\. (?:Conference.*\. )?(?P<volume>[\w./-]*)\s*(?:\((?P<issue>[^()]*)\))?\s*"
        r"\((?:pp? ?(?P<pages>[^()]+)|no pagination)\),? (?P<year>\d{4})(?:\. Article Number: (?:Article )?(?P<article>[\w./-]*\w))?"
    ),
    # PsycInfo by Ovid: `Neurological Sciences. Vol.45,(3), 2024, pp. 1209-1216.`
    (
        r"(?P<journal>.+?)\. (?:Vol\.? ?(?P<volume>[^,(]+))?(?:,? ?\((?P<issue>[^)]*)\))?,? ?(?:[A-Z][a-z]{2,8} ?\d{0,2}, )?"
        r"(?P<year>\d{4}), (?:Article \S+ ?)?(?:ArtID (?P<article>[\w-]+)|pp?\. (?P<pages>[\w-]+(?:-\w+)?))?"
    ),
    # MEDLINE by Ovid: `Ear & Hearing. 41(3):615-622, 2020 May/Jun.`, `Gut. 41 Suppl 2:S3-9; discussion S10, 2020.`
    (
        r"(?P<journal>.+?)\. (?P<volume>[\w./-]+(?: [\w.-]{1,7}){0,3})?(?:\((?P<issue>[^()]*(?:\([^()]*\))?)\))?"
        r":(?P<pages>(?=[\w+.-]*\d|[ivxlc]+\b)[^,;:]+(?:[,;] [^,;:]+){0,3}?), (?P<year>\d{4})(?=[ .]|$)"
    ),
    # Ovid, older: `Very Long Title. 28(2):103-106, April 2015.` and `Very Long Title. Vol 28(2) April 2015, 103-106.`
    (
        r"(?P<journal>.+?)\. +(?P<volume>[\w./-]+)(?:\((?P<issue>[^()]*)\))?:(?P<pages>[\w.-]+), "
        r"(?:[A-Z][a-z]+\.?[ /-]?\d{0,2},? ?){1,3}(?P<year>\d{4})"
    ),
    (
        r"(?P<journal>.+?)\. +Vol\.? ?(?P<volume>[\w./-]+?)(?:\((?P<issue>[^()]*)\))?,? (?:[A-Z][a-z]+\.?[ /-]?\d{0,2},? ?){0,3}"
        r"(?P<year>\d{4}), (?:pp?\. |ArtID )?(?P<pages>[\w-]+)"
    ),
    # PsycInfo by Ovid, of a book: `Editor (2015). Very Long Title. (pp. 103-106) xii, 320 pp. Address: Publisher`
    r"[^()]{0,300}\((?P<year>\d{4})\)\. +(?P<journal>.+?)\.? *(?:\(pp\.? (?P<pages>[\w-]+)\)|[xvi, ]*\d+ pp\.)",
    # AGRIS by SilverPlatter: `Journal-of-Health. (2015). v. 40(2) p. 250-260.`
    r"(?P<journal>.+?)\. \((?P<year>\d{4})\)\. v\. (?P<volume>[\w-]+)(?:\((?P<issue>[^()]+)\))?(?: p\. (?P<pages>[\w-]+))?",
    # Embase.com: `Endoscopic Ultrasound (2014) 3:3 (152-160). Date of Publication: 2014` and `… 3:3 Article Number: 12. Date …`
    (
        r"(?P<journal>.+?) \((?P<year>\d{4})\)(?: (?!Article Number)(?P<volume>[^\s:(]+)(?::(?P<issue>(?:SUPPL(?:EMENT)?\.? \w+|[^\s(]+?)(?=\.? |\.?$)))?)?(?: \((?P<pages>[^()]+)\))?"
        r"(?: Article Number: (?:Article )?(?P<article>[\w./-]*\w))?"
    ),
    # EBSCOhost: `Journal of Health (J HEALTH), Apr2015; 40(2): 250-260. (11p)`
    (
        r"(?P<journal>[^;]+?)(?: \((?:[^()a-z]+)\))?, (?P<year>(?:[A-Z][\w/ ]{1,20})?\d{4}[\w ]{0,12}); *(?:Vol\. )?(?P<volume>[\w-]+) ?"
        r"(?:\((?P<issue>[^()]+)\))?(?:: *(?P<pages>[^.;( ]+))?"
    ),
    # and `Journal of Health. Apr2015, Vol. 40 Issue 2, p250-260. 11p.`, of old `Journal of Health; Apr2015, …`
    (
        r"(?P<journal>[^;]+?)[.;] (?P<year>(?:\d{1,2}/\d{1,2}/|[A-Z][\w/, -]{1,20})?\d{4}),? Vol\. (?P<volume>[\w-]+)(?:,? Issue (?P<issue>[\w/-]+))?"
        r"(?:,? pp?(?P<pages>\w[\w-]*))?"
    ),
    # PsycNet: `Journal of Health, Vol 40(2), Apr 2015, 250-260.`, at EBSCOhost `…, Apr, 2015. pp. 250-260.`
    (
        r"(?P<journal>[^;]+?), Vol\.? ?(?P<volume>[\w-]+)(?:\((?P<issue>[^()]+)\))?, (?P<year>(?:[A-Z][\w, -]{1,20})?\d{4})"
        r"(?:(?:, |\. (?=pp?\.))(?:pp?\. )?(?:Article )?(?P<pages>[\w-]+))?"
    ),
    # ERIC: `Journal of Health, v40 n2 p250-260 Apr 2015`, by SilverPlatter `Journal-of-Health. v40 n2 p. 250-260 Apr 2015`
    r"(?P<journal>[^;]+?)[,.] v(?P<volume>\d[\w.-]*)(?: n(?P<issue>[\w/-]+))?(?: p(?:\. )?(?P<pages>\w[\w-]*))?(?P<year>[\w /-]{0,30} \d{4})",
    # INSPEC: `Journal of Health, vol.40, no.2, April 2015, pp. 250-60`, by SilverPlatter `Journal. vol.40, no.2; April 2015; p.250-60`; CSA: `Journal of Health, vol. 40, no. 2, pp 250-260, Apr 2015`
    (
        r"(?P<journal>[^;]+?)[,.] vol\.? ?(?P<volume>[\w-]+)(?:, ?no\.? ?(?P<issue>[\w/-]+))?[,;]? ?(?:(?:pp?\. ?|pp? )(?P<pages>\w[\w-]*),? ?)?"
        r"(?P<year>[\w .-]{0,30}\d{4})?(?:[,;]? ?pp?\. ?(?P<behind>\w[\w-]*))?"
    ),
    # Primo: `Journal of Health, 2019-04, Vol.40 (2), p.250-260`
    (r"(?P<journal>.+?), (?P<year>\d{4})[\d-]{0,6}, Vol\.(?P<volume>[\w-]+)(?: \((?P<issue>[^()]+)\))?(?:, pp?\.(?P<pages>[\w-]+))?"),
    # INSPEC, of a paper in proceedings: `Walks and Health, Leeds, UK, 2001, p. 12-19`
    r"(?P<journal>(?!https?:)[^;]+?), (?P<year>\d{4}), pp?\. ?(?P<pages>\w[\w-]*)(?: vol\.\d+)?\.?$",
    # EconLit by SilverPlatter: `Journal of Health. April 2015; 40(2): 250-60`
    (
        r"(?P<journal>.+?)\. [A-Z][\w/ -]{1,25} (?P<year>\d{4}); (?P<volume>[\w-]+)(?:\((?P<issue>[^()]+)\))?"
        r"(?:: ?(?P<pages>[\w-]+))?"
    ),
    # VHL: `Rev Panam Salud Publica; 18(1): 123-130, 2018.`, `Rev. saúde; 12(3):101-10, jan.-mar. 2004. tab`
    (
        r"(?P<journal>(?:(?!(?:1[89]|20)\d\d)[^;])+); *(?=[\w(])(?P<volume>[\w.-]*)(?: ?\((?P<issue>[^()]+)\))?(?:: *(?P<pages>[\w-]+))?, *"
        r"(?:(?:\d{1,2} )?[^\W\d_]{3,9}\.?(?:[-/ ](?:\d{1,2} )?[^\W\d_]{3,9}\.?)? ?(?:\d{1,2},? )?)?(?P<year>\d{4})"
    ),
    # The Cochrane Library: `Journal of Health, 2019, 40(2), 250\u2010260`
    (
        r"(?P<journal>(?!https?:)[^;]+?), (?P<year>\d{4}), (?=[\w(])(?P<volume>(?:[A-Za-z]{1,6}\.? ?)?\d[\w./-]{0,18})?(?:\((?P<issue>[^()]{1,30})\))?"
        r"(?:, (?P<pages>[\w.-]{1,20}(?:[-\u2010-\u2013]\w{1,12})?))?\.?$"
    ),
    # and of an entry of a register its page: `https://clinicaltrials.gov/show/NCT01234567, 2010`
    r"(?P<journal>https?://[^\s,;]+), (?P<year>\d{4})\b",
    # PubMed: `Ear Hear. 2019 Jul/Aug;40(4):918-926. doi: ...`; PsycInfo by SilverPlatter: `Ear-and-Hearing. 2019 Jul; Vol 40(4): 918-926`
    (
        r"(?:Version \d+\. )?(?P<journal>.+?)\. (?P<year>\d{4})[^;.]*(?:\.|$|;(?: Vol\.? )?(?P<volume>[^(:;.]*)(?:\((?P<issue>[^)]*)\))?"
        r"(?::(?P<pages>(?:[^.;]|\.(?=\w))*))?)"
    ),
    # SinoMed: `中国公共卫生 2019;35(3):123-134`; with a month, PEDro and others: `Physical Therapy 2019 Jan-Feb;35(3):123-134`
    (
        r"(?P<journal>[^;.]+?),? (?P<year>\d{4})(?: (?:Jan|Feb|Ma[ry]|Apr|Ju[nl]|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)[\w/. -]{0,20})? ?; ?(?P<volume>[\w-]+)?"
        r"(?:\((?P<issue>[^()]+)\))?(?:[:：] ?(?P<pages>[\w-]+))?"
    ),
    # A column of people's own: `Journal of Health, 40(2), 250-260`
    r"(?P<journal>[^;\d]+?),? (?P<volume>\d{1,4}) ?\((?P<issue>[^()]{1,16})\)[,:] ?(?:pp?\.? ?)?(?P<pages>\w+(?: ?[-\u2010-\u2015] ?\w+)?)(?:, (?P<year>\d{4}))?\.?$",
    # and `Journal of Health 40: 250-260`
    r"(?P<journal>[^;:\d]+?),? (?P<volume>\d{1,4}): ?(?P<pages>\d+ ?[-\u2010-\u2015] ?\d+)\.?$",
)
_PATTERNS = tuple(map(lazy, _FORMS))


def parse_citation(text: str) -> Citation:
    """Read a citation; where its shape is unknown, only the year, if it has one. Never raises."""
    text = collapse(text)
    if text.startswith(("Source:", "Description:")) or _BASE_PLACE.match(text):
        return _base(text)
    text = text[:2000]  # a citation is short; the patterns are slow on what is not
    if found := _SCIELO.fullmatch(text):
        return Citation(journal=found[1], volume=found[2], issue=found[3], pages=pages(found[4].strip("-")))
    said = _DOI_SAID.search(text)
    doi = doi_in(said[0]) if said else ""
    for pattern in _PATTERNS:
        found = pattern.match(text)
        if found:
            part = {"journal": "", "year": "", "volume": "", "issue": "", "pages": ""} | {
                name: (value or "").strip() for name, value in found.groupdict().items()
            }
            if pattern is _PATTERNS[0] and part["issue"] == part["pages"]:  # of journals whose articles have numbers
                part["issue"] = ""
            if part["pages"] and not part["volume"] and not _PAGED.search(part["pages"]):
                continue
            return Citation(
                journal=part["journal"],
                year=year_in(part["year"]),
                volume=part["volume"],
                issue=part["issue"],
                # `pp. No Pagination Specified`
                pages=pages(part["pages"] or part.get("behind", "") or part.get("article", "")) if part["pages"] != "No" else "",
                doi=doi,
            )
    return Citation(year=year_in(text), doi=doi)


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
    if journal and ", " in journal["journal"] and _PATTERNS[0].fullmatch(journal["journal"]):
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


_IN_PLACE = lazy(rf"[^;]{{2,300}}; *(?:{_VOLUME}|{_ISSUE})\.? ?\w[^;()]{{0,40}}\((?:19|20)\d\d\)")


_BY_PRIMO = lazy(r".{2,300}?, \d{4}[\d-]{0,6}, Vol\.\w")


# No two years are one, by which JSTOR tells of a name how long it was that: `Public Health Reports (1896-1970)`.
_WITH_ISSN = lazy(r"(.{2,300}?) ?\((?!(?:1[5-9]|20)\d\d-(?:1[5-9]|20)\d\d\))(\d{4}-?\d{3}[\dXx])\)")


def journal_apart(record: Record) -> Record:
    """The record with the parts of its citation apart, where a program or a person put one in the place of the journal's name (Primo; Zotero,
    from the pages of Open Journal Systems); the whole goes to `extra`. EBSCOhost has the ISSN behind the name. Any other record as it is."""
    if record.journal[-1:] == ")" and (both := _WITH_ISSN.fullmatch(record.journal)):
        known = both[2].replace("-", "") in record.issn.replace("-", "")
        issn = record.issn if known else "; ".join(filter(None, (record.issn, both[2])))
        record = replace(record, journal=both[1], issn=issn)
    alone = not (record.volume or record.pages) and any(map(str.isdigit, record.journal)) and looks_like_citation(record.journal)
    if (
        not alone
        and not (", Vol." in record.journal and _BY_PRIMO.match(record.journal))
        and not (";" in record.journal and _IN_PLACE.match(record.journal))
    ):
        return record
    found = parse_citation(record.journal)
    numbered = any(map(str.isdigit, found.pages)) if found.pages else found.issue or found.year  # pages of letters are words of the name
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
    r"\bVol\.? ?\d|; {0,2}volume \w|\(\d{4}\)|[;,:.] {0,2}(?:[A-Z][a-z]+ )?\d{4}\b|\d{4}[^;.]*;|\(pp|pp\. |[,.] v(?:ol\. ?)?\d|\(no pagination\)|^\d{4},\w*\(|[A-Za-z.],? \d{1,4} ?\([^()]{1,16}\)[,:] ?\w|[A-Za-z.],? \d{1,4}: ?\d+ ?[-\u2010-\u2015] ?\d+\.?$"
)


def looks_like_citation(text: str) -> bool:
    """True for a citation, False for the mere name of a journal or database."""
    return bool(_CITING.search(text[:2000])) or text.startswith("Source:") or ("); " in text and _SCIELO.fullmatch(text[:2000]) is not None)
