"""EBSCOhost's XML (`<rec>` with a header of CINAHL, PsycInfo …). What an element is called is what its tables call the column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.text import collapse
from review.formats.entries.xml_entries import read_entries, text_of
from review.formats.tagged.labelled import of_pairs
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

# By the last steps of the path of an element; what is not here stays under its own name.
_NAMES = {
    "aug/affil": "affiliation", "aug/au": "authors", "artinfo/ab": "abstract", "artinfo/doctype": "document type", "artinfo/ppf": "start page",
    "artinfo/pubtype": "source type", "artinfo/ppct": "page count", "bkinfo/btl": "book title", "bkinfo/isbn": "isbn", "bkinfo/aug/au": "editors", "controlInfo/language": "language",
    "jinfo/issn": "issn", "jinfo/jid": "journal id", "jinfo/jtl": "journal", "jinfo/jtl/abbr": "journal abbreviation", "pLink/url": "url", "place": "place",
    "pubinfo/dt": "date", "pubinfo/iid": "issue", "pubinfo/pub": "publisher", "pubinfo/vid": "volume", "sug/subj": "subjects", "tig/atl": "title",
}  # fmt: skip
_LISTS = frozenset({"authors", "subjects", "affiliation", "editors"})
_IDS = {"doi": "doi", "pmid": "pubmed id", "pmcid": "pmcid"}


def score(head: str) -> float:
    """0.95 for XML with EBSCOhost's records in it, 0 otherwise."""
    return 0.95 if "<rec " in head + " " and re.search(r"<header\s[^<>]*\b(?:shortDbName|uiTerm)=", head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <rec>, in file order. Raises FormatError where the text has none."""
    missing = FormatError("no <rec> in it", "Export from EBSCOhost again, as RIS or CSV.")
    yield from read_entries(data, "rec", _record, "<records", missing)


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    return of_pairs(line, raw, _pairs(root), {}, _LISTS)


def _pairs(root: Element) -> Iterator[tuple[str, str]]:
    header = root.find("header")
    if header is not None:
        yield "accession number", collapse(header.get("uiTerm", ""))
        yield "database", collapse(header.get("longDbName", "") or header.get("shortDbName", ""))
    for path, element in _leaves(root, ""):
        text = text_of(element)
        tail = next((t for steps in (3, 2, 1) if (t := "/".join(path.split("/")[-steps:])) in _NAMES), "")
        if path.endswith("/ui"):
            yield _IDS.get(element.get("type", "").casefold(), f"id {element.get('type', '')}"), text
        elif path.endswith("pubinfo/dt"):
            yield "year", element.get("year", "")
            yield "date", text or "-".join(filter(None, (element.get(part, "") for part in ("year", "month", "day"))))
        else:
            yield _NAMES.get(tail, path.rpartition("/")[2]), text


def _leaves(element: Element, path: str) -> Iterator[tuple[str, Element]]:
    """Elements without others below them, but for what is only how their text looks."""
    below = [child for child in element if child.tag not in ("i", "b", "sub", "sup", "p", "br", "emphasis")]
    if not below and path:
        yield path, element
    for child in below:
        yield from _leaves(child, f"{path}/{child.tag}")


FORMAT = Format("ebsco-xml", "EBSCOhost XML (CINAHL, PsycInfo …)", score, read)
