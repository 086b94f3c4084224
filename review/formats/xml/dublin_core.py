"""Dublin Core in XML: what repositories and journals give to harvesters (OAI-PMH), catalogues to SRU, DSpace exports, and what centres send to AGRIS.

Elements: DCMI Metadata Terms; the AGRIS Application Profile (FAO); `source` as Open Journal Systems writes it. The head of an OAI record belongs to the entry; one
that says that the record was deleted there is a Reject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input, head_of
from review.formats.characters.text import collapse, year_in
from review.formats.entries.xml_entries import read_entries, text_of
from review.formats.tagged.labelled import of_pairs
from review.formats.values.addresses import doi_of
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_NAMES = {
    "abstract": "abstract", "alternative": "alternative title", "bibliographicCitation": "citation", "creator": "authors", "description": "description",
    "isPartOf": "journal", "language": "language", "publisher": "publisher", "subject": "keywords", "title": "title",
}  # fmt: skip
_AGRIS = {
    "citationChronology": "date of the issue", "citationIdentifier": "identifier", "citationNumber": "volume issue", "citationTitle": "isPartOf", "creatorConference": "conference name",
    "creatorCorporate": "creator", "creatorPersonal": "creator", "dateIssued": "issued", "extent": "pages", "publisherName": "publisher", "publisherPlace": "place",
    "subjectThesaurus": "subject",
}  # fmt: skip
_LISTS = frozenset({"authors", "keywords", "editors"})
_MARK = lazy(r"purl\.org/dc/(?:elements|terms)/|<dublin_core[\s>]")
_ENTRY = lazy(r"<(?:(?:[A-Za-z][\w.-]*:)?(?=(?:dc|qualifieddc|dublin_core)[\s>])|ags:(?=resource[\s>]))(\w+)")
_EUROPEPMC = lazy(r"<rdf:(Description)\s+rdf:about=[\"']https?://(?:www\.)?europepmc\.org/")
_ISSN = lazy(r"(?:ISSN:? ?|urn:issn:)?(\d{4}-\d{3}[\dXx])", re.IGNORECASE)
_ISBN = lazy(r"(?:(?:urn:)?ISBN:? ?)(97[89][\d-]{10,14}|\d[\d-]{8,11}[\dXx])", re.IGNORECASE)
_STATE = lazy(
    r"(?:info:eu-repo/semantics/)?(?:published|accepted|submitted|draft|updated)Version|(?:Non)?Peer-?Reviewed|Text", re.IGNORECASE
)
_LONG = 120  # letters: of several descriptions, a shorter one says how the text came there


def score(head: str) -> float:
    """0.9 for XML with a record in Dublin Core, 0 otherwise; RDF is left to its readers, but for Europe PMC's."""
    if ("<rdf:RDF" in head and not _EUROPEPMC.search(head)) or not _MARK.search(head):
        return 0.0
    return (
        0.9
        if _ENTRY.search(head) or (re.search(r"<dc:(?:title|creator)[\s>]", head) and re.search(r"<(?:\w+:)?record[\s>]", head))
        else 0.0
    )


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each record, in file order. Raises FormatError where the text has none."""
    head = head_of(data)
    named = None if re.search(r"<(?:\w+:)?OAI-PMH[\s>]", head) else _EUROPEPMC.search(head) or _ENTRY.search(head)
    missing = FormatError("no record in it", "Harvest it again (metadataPrefix=oai_dc), or export as RIS.")
    yield from read_entries(data, named[1] if named else "record", _record, "<(?:[a-z]+:)?(?:ListRecords|records|resources)", missing)


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    if any(header.get("status") == "deleted" for header in root.iter("header")):
        return Reject(line=line, reason="the repository says that this record was deleted there", raw=raw)
    return of_pairs(line, raw, [(name, text) for name, text in _pairs(root) if text], {}, _LISTS)


def _pairs(root: Element) -> Iterator[tuple[str, str]]:
    told: dict[str, list[str]] = {}
    header = root.find("header")
    for element in root.iter():
        name, text = str(element.tag), text_of(element)
        if name == "dcvalue":  # DSpace's: the name is an attribute
            name = element.get("qualifier", "none")
            name = name if name in ("abstract", "alternative", "issued", "isPartOf") else element.get("element", "")
        if len(element) or not text or (header is not None and element in header):
            continue
        told.setdefault(_AGRIS.get(name, name), []).append(text)
    yield "record id", next((text for name, text in root.attrib.items() if name.rpartition("}")[2].rpartition(":")[2] == "ARN"), "")
    yield "record id", collapse(header.findtext("identifier") or "") if header is not None else ""
    if "creator" not in told and "contributor" in told:
        told["creator"] = told.pop("contributor")
    described = told.pop("description", [])
    chosen = [text for text in described if len(text) >= _LONG] or [max(described, key=len, default="")]
    yield "abstract", "\n".join([*told.pop("abstract", []), *chosen])
    yield from (("description", text) for text in described if text not in chosen)
    yield from _dates(told)
    kinds = [kind.rpartition("semantics/")[2] for kind in told.pop("type", [])]
    yield from (("document status" if _STATE.fullmatch(kind) else "type", kind) for kind in dict.fromkeys(kinds))
    for text in (*told.pop("identifier", []), *told.pop("source", [])):
        yield from _identifier(text)
    for name, texts in told.items():
        yield from ((_NAMES.get(name, name), text) for text in texts)


def _dates(told: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """The year of what was issued; days with an hour are those of the repository."""
    dates = [*told.pop("issued", []), *told.pop("date", []), *told.pop("created", [])]
    issued = next((date for date in dates if year_in(date) and "T" not in date), next(iter(sorted(dates)), ""))
    yield "date", issued
    yield from (("date", date) for date in dict.fromkeys(dates) if date != issued)


def _identifier(text: str) -> Iterator[tuple[str, str]]:
    if issn := _ISSN.fullmatch(text):
        yield "issn", issn[1]
    elif isbn := _ISBN.fullmatch(text):
        yield "isbn", isbn[1]
    elif doi_of(text):
        yield "doi", text
    elif text.startswith(("http://", "https://")):
        yield "url", text
    else:
        yield ("citation" if year_in(text) else "identifier"), text


FORMAT = Format("dublin-core", "Dublin Core (repositories, OAI-PMH)", score, read)
