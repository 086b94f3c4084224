"""The numbers that databases give a record: PubMed's, and their own, wherever exporters put them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from review.formats.characters.text import unescape
from review.model.patterns import lazy
from review.model.record import Record

# What exporters call the database whose accession numbers are PMIDs: `Medline`, `MEDLINE Complete`, `Ovid MEDLINE(R) ALL <1946 to …>`.
_MEDLINE = lazy(r"nlm|pubmed|cmedm|mnh|mdc|mdl|(?:ovid )?medline\b(?!.*embase|.*;).*", re.IGNORECASE)


@lru_cache(maxsize=256)  # a file names a few
def is_medline(database: str) -> bool:
    """Whether a database of that name numbers its records by their PMIDs."""
    return _MEDLINE.fullmatch(database) is not None


_PMID_URL = lazy(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|europepmc\.org/(?:article|abstract)/med)/(?:\?term=)?(\d{1,8})\b"
    # MEDLINE by Ovid and by EBSCOhost, whose numbers are PMIDs
    r"|ovid\.com/\S{0,300}?[?&]D=(?:med|prem|ppez)\w*(?:&\w+=[^&\s]*){0,9}?&AN=(\d{1,8})\b|[?&]db=(?:cmedm|mnh|mdc|mdl)&AN=(\d{1,8})\b",
    re.IGNORECASE,
)
# pymed gives a paper's number with those of the papers that it cites behind it.
_BARE = lazy(r"\s*(?:\d{9,12}; )?0*(\d{1,8})(?:\.0)?(?:\s+\d{5,8})*\s*(?:[;,/|]\s*PMC ?\d{3,9}\s*)?(?:\[|$)")
_PMID_WORD = lazy(
    r"\b(?=\d{1,8}\s*\[PMID\])(\d{1,8})|(?:\bPMID[:/]?|\bPUBMED(?: ID)?[:\s]|^(?:MED(?:LINE)?|PM):|^NLM|^mdl-)\s*(?:NLM)?(\d{1,8})\b",
    re.IGNORECASE,
)
_PROQUEST = lazy(r"\b(?:PCID|PublisherXID|MSTARLegacyID): ")  # in whose notes PMID is the number of a journal
_PMCID = lazy(r"\bPMC ?(\d{3,9})\b|/pmc/articles/(\d{3,9})\b", re.IGNORECASE)


def is_place(number: str) -> bool:
    """Whether what should be a database's own number may be no more than a place in somebody's library: one of four digits at the most."""
    return len(number) < 5 and number.isdecimal()


def pmid_in(text: str, bare: bool = False) -> str:
    """A PMID that the text names as one (`PMID: 1`, a PubMed address); with `bare`, also a number alone."""
    # Ovid writes `37481009 [https://…]`, a data frame `37481009.0`, ProQuest its own number before MEDLINE's.
    if bare and (number := _BARE.match(text)):
        return number[1].lstrip("0")
    text = unescape(text)  # `&amp;` in an address
    low = text.lower()
    if not (
        "pmid" in low or "pubmed" in low or "/med/" in low or "&an=" in low or low.startswith(("med", "nlm", "mdl-", "pm:"))
    ):  # as in most: looking for these is cheaper
        return ""
    found = _PMID_URL.search(text) or (None if _PROQUEST.search(text) else _PMID_WORD.search(text))
    return next((group for group in found.groups() if group), "") if found else ""


# EBSCO's, and the American Psychological Association's.
_OF_EBSCO = lazy(r"\bPMID: NLM\d|\bNLM UID: \d.{0,300}?\bPMID: \d|^Accession Number: [\w-]+\. PMID: \d", re.IGNORECASE)
# A note that leads to another work, and what one that is of ids alone may say.
_OF_ANOTHER = lazy(
    r"\b(?:comments?|commentary|errat\w+|correct\w+|retract\w+|republish\w*|updates?|updated|summary|references?|related|similar|duplicates?|companion"
    r"|cit(?:es|ed|ing|ation)s?|see|reply|original(?:ly)?|reprint\w*)\b",
    re.IGNORECASE,
)
_OF_IDS = lazy(
    r"PMC\d+|\b10\.\d{4,9}/\S+|https?://\S+|\b(?:pubmed|central|pmid|pmcid|pmc|doi|epub|ids?|medline|indexed for|ahead of print|in process|free|article|url|link|available|from|at)\b",
    re.IGNORECASE,
)


def own_pmid(note: str) -> str:
    """The PMID that a note names as that of its own record: in EBSCO's words, or in a line or a part of one that says nothing else. What a note tells
    of other works, that they comment on this one or are cited in it, may have a PMID too."""
    if not (found := pmid_in(note)) or _OF_EBSCO.search(note):
        return found
    lines = (line for line in note.split("\n") if not _OF_ANOTHER.search(line))
    named = (part for line in lines for part in (line, *line.split(";")) if not any(map(str.isalpha, _OF_IDS.sub("", part))))
    return next(filter(None, map(pmid_in, named)), "")


def pmcid_in(text: str, bare: bool = False) -> str:
    """A PMCID in the text, as `PMC123`, or ""; with `bare`, also of a number alone."""
    if "pmc" in text.lower() and (found := _PMCID.search(text)):
        return f"PMC{found[1] or found[2]}"
    number = _BARE.fullmatch(text) if bare else None
    return f"PMC{number[1]}" if number and int(number[1]) else ""


_NAMES_PMCID = lazy(r"PMCID|PubMed Central")


def pmcid_among(addresses: Iterable[str], notes: Iterable[str]) -> str:
    """The PMCID in the addresses, else the one that a note names as its own: others in it are of what it cites."""
    named = (note[found.start() :] for note in notes if (found := _NAMES_PMCID.search(note)))
    return next(filter(None, map(pmcid_in, chain(addresses, named))), "")


_OWN_IN_URL = lazy(
    r"scopus\.com/\S{0,500}?[?&]eid=(2-s2\.0-\d+)|scopus\.com/pages/publications/(\d{8,})|embase\.com/\S{0,500}?\bid=(L\d+)|ebscohost\.com/\S{0,500}?[?&]((?:db=\w{1,9}&)?AN=[\w.-]+)"
    r"|proquest\.com/\S{0,200}?docview/(\d{6,})|eric\.ed\.gov/\S{0,100}?[?&]id=(E[DJ]\d+)|cochranelibrary\.com/central/\S{0,100}?/(CN-\d+)"
    r"|(?:webofscience|webofknowledge)\.com/\S{0,500}?((?:WOS|MEDLINE|BCI|KJD|SCIELO|CABI|FSTA|INSPEC|ZOOREC)(?::|%3A)\w+)"
    r"|^<Go to ISI>://(\w+:\w+)$",  # EndNote's, which is no address
    re.IGNORECASE,
)


def own_id_in(url: str) -> str:
    """The id that a database gives a record, where only the address of the record tells it; else ""."""
    url = unescape(url)
    found = _OWN_IN_URL.search(url) if ".com/" in url or ".gov/" in url or url.startswith("<") else None
    own = next((group for group in found.groups() if group), "").replace("%3A", ":") if found else ""
    if own.isdigit() and "scopus.com/" in url:  # the address since 2025, which leaves out what all of its numbers begin with
        return f"2-s2.0-{own}"
    # EBSCO's databases number their records each for itself: `db=aph&AN=176404503`
    return own.replace("db=", "").replace("&AN=", ":").replace("AN=", "") if "AN=" in own else own


_NOTED = lazy(r"([\w-]{4,40})[.;] +[A-Z][A-Za-z ]{2,20}: ")


def id_before(text: str) -> str:
    """The id before what EBSCO's exports say behind it: `107520452. Language: English. Entry Date: 20190101.`; "" where nothing is said."""
    found = _NOTED.match(text) if ": " in text else None
    return found[1] if found else ""


def id_alone(record: Record, name: str) -> Record:
    """The record with nothing but an id as its accession; what that came with goes to `extra`, under the name."""
    own = id_before(record.accession)
    return replace(record, accession=own, extra=(*record.extra, (name, record.accession))) if own else record
