"""EndNote's XML before version 8 (until 2005), in capitals: `<RECORD><REFERENCE_TYPE>0</REFERENCE_TYPE>…`. Other programs still write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.text import collapse
from review.formats.entries.xml_entries import INLINE, read_entries, written
from review.formats.tagged.labelled import of_pairs
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_MARK = lazy(r"<RECORD>\s*(?:<[A-Z_]+>[^<>]*</[A-Z_]+>\s*){0,9}<(?:REFERENCE_TYPE|REFNUM|AUTHORS|TITLE)>")
_NAMES = {
    "ABSTRACT": "abstract", "ACCESSION_NUMBER": "accession number", "ALTERNATE_TITLE": "journal abbreviation", "AUTHOR": "authors",
    "AUTHOR_ADDRESS": "affiliation", "DATE": "date", "DOI": "doi", "EDITION": "edition", "ELECTRONIC_RESOURCE_NUMBER": "doi", "ISBN": "issn isbn",
    "KEYWORD": "keywords", "LABEL": "label", "LANGUAGE": "language", "NOTES": "note", "NUMBER": "issue", "PAGES": "pages", "PLACE_PUBLISHED": "place",
    "PUBLISHER": "publisher", "REFERENCE_TYPE": "type", "REFNUM": "record number", "SECONDARY_AUTHOR": "editors", "SECONDARY_TITLE": "secondary title",
    "SHORT_TITLE": "short title", "TERTIARY_TITLE": "series", "TITLE": "title", "TRANSLATED_TITLE": "translated title", "URL": "url", "VOLUME": "volume", "YEAR": "year",
}  # fmt: skip
# EndNote 7's reference types, by the numbers that it writes for them.
_TYPES = (
    "Journal Article", "Book", "Thesis", "Conference Proceedings", "Personal Communication", "Newspaper Article", "Computer Program", "Book Section",
    "Magazine Article", "Edited Book", "Report", "Map", "Audiovisual Material", "Artwork", "", "Patent", "Electronic Source", "Bill", "Case", "Hearing",
    "Manuscript", "Film or Broadcast", "Statute",
)  # fmt: skip
_LISTS = frozenset({"authors", "keywords", "editors"})


def score(head: str) -> float:
    """0.95 for XML with records in capitals, else 0."""
    return 0.95 if "<RECORD>" in head and _MARK.search(head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <RECORD>, in file order. Raises FormatError where the text has none."""
    missing = FormatError("no <RECORD> in it", "Export the library from EndNote as XML again, or as RefMan (RIS).")
    yield from read_entries(data, "RECORD", _record, "<RECORDS", missing)


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    leaves = (element for element in root.iter() if element.tag not in INLINE and all(child.tag in INLINE for child in element))
    pairs = [(str(element.tag), text) for element in leaves if (text := collapse(written(element)))]
    return of_pairs(line, raw, [(tag, _type(text) if tag == "REFERENCE_TYPE" else text) for tag, text in pairs], _NAMES, _LISTS)


def _type(text: str) -> str:
    return (_TYPES[int(text)] if text.isdecimal() and len(text) < 3 and int(text) < len(_TYPES) else "") or text


FORMAT = Format("endnote7-xml", "EndNote XML before version 8", score, read)
