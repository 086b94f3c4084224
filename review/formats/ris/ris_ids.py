"""The identifiers that an entry of RIS bears: its DOI, its numbers in PubMed, the database's own, each where its exporter puts it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from review.formats.characters.text import doi_in, untorn
from review.formats.values.addresses import doi_in_path, doi_named, doi_of
from review.formats.values.bag import Bag, Places
from review.formats.values.ids import is_medline, is_place, own_id_in, own_pmid, pmcid_among, pmcid_in, pmid_in
from review.model.patterns import lazy

PLACES = ("AN", "C2", "C3", "C5", "PM", "ID", "DO", "DI", "U1", "U2", "N1", "UR", "L1", "L2", "L4", "LK")  # of a PMID
_NOTES = ("N1", "U1", "U2")


def doi(bag: Bag, places: Places, told: Sequence[str]) -> str:
    """The DOI from DO, where it is told; else from where exporters put it instead, if it is a DOI and nothing but that. It is no kind of work: M3
    has it at Atypon's publishers."""
    found = _doi(bag, places, told)
    for value in bag.peek("M3") if found else ():
        if "10." in value and doi_in(value) == found and _only(value, found):
            bag.drop(value, "M3")
    return found


def _doi(bag: Bag, places: Places, told: Sequence[str]) -> str:
    for value in told:
        if found := doi_in(value):
            if _only(value, found):
                bag.drop(value, "DO", "DI")
            return found
    for value in bag.peek(*places["doi elsewhere"]):
        for part in value.split() if value.startswith("http") else (value,):  # RefWorks has several addresses in one
            if "10." in part and (found := doi_in(part)) and (_only(part, found) or ("=" in part and (found := doi_of(part)))):
                bag.drop(value, "SP", "C7")  # of what is in no issue yet: it is no page
                return found
    named = next(filter(None, map(doi_named, bag.peek("N1"))), "")
    if named or not any(value.startswith("Query date:") for value in bag.peek("M1")):
        return named
    return next(filter(None, map(doi_in_path, bag.peek("UR"))), "")  # by Publish or Perish: Google Scholar's address is that of the work


_DOI_DRESS = lazy(
    r"^(?:https?://)?(?:dx\.)?(?:www\.)?(?:doi[.-]org[\w.-]*/|doi:?)?\s*(?:doi:?)?\s*|^papers\d?://publication/doi/|\s*\[doi\]$",
    re.IGNORECASE,
)


def _only(value: str, doi: str) -> bool:
    return len(value) <= len(doi) + 2 or len(_DOI_DRESS.sub("", untorn(value)).strip()) <= len(doi) + 2


def pubmed(bag: Bag, places: Places, told: str) -> tuple[str, str]:
    """PMID and PMCID: EndNote gives them as AN and C2, Scopus and Cochrane as C2 and C3, others in an address or note.

    told: all that stands in those places, in small letters, and more.
    """
    databases = bag.peek(*places["database"])
    medline = any(map(is_medline, databases))
    embase = "C5" in places["pubmed"] and _embase_id(bag) is not None
    if not (  # as most, which name neither
        medline
        or embase
        or places["pubmed's own"]
        or "pmid" in told
        or "med" in told
        or "pmc" in told
        or "nlm" in told
        or "pm:" in told
        or "mdl-" in told
        or "&an=" in told
    ):
        return "", ""
    scopus = "Scopus" in databases
    pmid = pmcid = ""
    for tag in places["pubmed"]:
        for value in bag.peek(tag):
            # A short number in C2 is somebody's own id unless AN is the same (PubMed's of old), as is one that C1 repeats, and one in ID (where
            # Ovid gives MEDLINE's).
            long = len(value) > (5 if scopus else 6) or (value in bag.peek("AN") and not is_place(value))
            alone = tag == "C2" and long and value not in bag.peek("C1")
            alone = alone or (tag == "ID" and medline and len(value) > 6)
            bare = (tag == "AN" and medline and not is_place(value)) or alone or tag == "PM" or (tag == "C5" and embase)
            pmid = pmid or (own_pmid(value) if tag in _NOTES else pmid_in(value, bare))
            pmcid = pmcid or (pmcid_among((), (value,)) if tag == "N1" else pmcid_in(value))
    bag.drop(pmid, "C2", "PM", *(("C5",) if embase else ()))
    bag.drop(pmcid, "C2")
    return pmid, pmcid


def own(bag: Bag, url: str) -> str:
    """The database's own id where neither AN nor ID tells it: Embase's in U2, Engineering Village's in U1, EBSCO's in a note,
    others' in the address."""
    if (embase := _embase_id(bag)) is not None:
        bag.drop(embase, "U2")
        return embase
    if bag.has("U2") or any(v.startswith("Compilation and indexing terms") for v in bag.peek("N1")):
        for value in filter(_VILLAGE_ID.fullmatch, bag.peek("U1")):
            bag.drop(value, "U1")
            return value
    told = next((found[1] for v in bag.peek("N1") if (found := _EBSCO_ID.match(v))), "")
    return own_id_in(url) or told


def _embase_id(bag: Bag) -> str | None:
    return next((v for v in bag.peek("U2") if _EMBASE_ID.fullmatch(v)), None)


_EMBASE_ID = lazy(r"L\d{6,}")
_VILLAGE_ID = lazy(r"\d{7,8}|(?:19|20)\d{9,12}")  # Inspec's and Compendex's
_EBSCO_ID = lazy(r"Accession Number: ([\w.-]{4,}?)(?=;|$|\. )")


def told_by_ebsco(bag: Bag, name: str) -> str:
    """The language or the kind of publication, which EBSCOhost tells among the rest in a note that begins with its number."""
    notes = (value for value in bag.peek("N1") if value.startswith("Accession Number: "))
    return next((found[1] for note in notes if (found := _BY_EBSCO[name].search(note))), "")


_BY_EBSCO = {
    "Language": lazy(r"[.;] Language: ([A-Z][a-z]+)(?=[.;]|$)"),
    "Publication Type": lazy(r"[.;] Publication Type: ([^.:]{2,200})(?:[.;](?= |$)|$)"),
}
