"""MODS, the Library of Congress's bibliographic XML (www.loc.gov/standards/mods), as library catalogues and Zotero export it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.entries.xml_entries import read_entries, text_of
from review.formats.entries.xml_rest import with_rest
from review.formats.tagged.labelled import of_pairs
from review.formats.values.subtitles import with_subtitle
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_DATES = ("dateIssued", "copyrightDate", "dateCreated", "dateOther")
# What has no field of ours.
_REST = (
    "tableOfContents",
    "targetAudience",
    "classification",
    "accessCondition",
    "physicalDescription/extent",
    "physicalLocation",
    "shelfLocator",
)
_IDENTIFIERS = {
    "doi": "doi",
    "isbn": "isbn",
    "issn": "issn",
    "eissn": "issn",
    "pmid": "pubmed id",
    "pubmed": "pubmed id",
    "pmc": "pmcid",
    "citekey": "citation-key",
    "uri": "url",
}
# What a work is by what it is in, where nobody says it of the work itself (Bibutils).
_WITHIN = {
    "periodical": "journal article", "academic journal": "journal article", "journal": "journal article", "magazine": "magazine article",
    "newspaper": "newspaper article", "book": "book chapter", "collection": "book chapter", "conference publication": "conference paper",
}  # fmt: skip
_GRANTS = ("degree grantor", "dgg")  # whom other formats have as the publisher of a thesis


def score(head: str) -> float:
    """0.95 for XML with MODS in it, 0.5 for text that goes on with such, 0 otherwise."""
    if not re.search(r"<(?:\w+:)?mods(?:Collection)?[\s>]", head):
        return 0.0
    return 0.95 if head.lstrip()[:1] == "<" else 0.5


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <mods>, in file order. Raises FormatError where the text has none."""
    missing = FormatError("no <mods> in it", "Export as MODS again, or as RIS.")
    yield from read_entries(data, "mods", _record, r"<(?:\w+:)?modsCollection[\s/>]", missing)


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    return of_pairs(line, raw, with_rest(root, list(_pairs(root)), "mods", _is_code), {})


def _is_code(element: Element) -> bool:
    """`aut`, `enk`: a word beside it, or the name of a field, says the same."""
    return element.get("type") == "code" or element.tag == "roleTerm"


def _pairs(root: Element) -> Iterator[tuple[str, str]]:
    host = next((item for item in root.findall("relatedItem") if item.get("type") == "host"), None)
    for title in root.findall("titleInfo"):
        yield ("title" if title.get("type") is None else f"title {title.get('type')}"), _title(title)
    yield from _people(root.findall("name"))
    yield "abstract", "\n".join(filter(None, (text_of(e) for e in root.findall("abstract"))))
    holders = (root,) if host is None else (root, host)
    dates = [text_of(e) for path in _DATES for item in holders for e in item.findall(f"originInfo/{path}")]
    part_date = [text_of(e) for item in reversed(holders) for e in item.findall("part/date")]
    for date in filter(None, (*dates, *part_date)):
        yield "date", date
    for column, path in (("publisher", "publisher"), ("place", "place/placeTerm"), ("edition", "edition")):
        yield column, next(filter(None, (text_of(item.find(f"originInfo/{path}")) for item in holders)), "")
    held = "" if host is None else next((kind for genre in host.findall("genre") if (kind := _WITHIN.get(text_of(genre).casefold()))), "")
    kinds = [text_of(genre) for genre in root.findall("genre") if genre.get("type") != "contentTypeCode"]  # DiVA's: refereed
    yield "type", next(iter(kinds), "") or held or text_of(root.find("typeOfResource"))
    yield "language", text_of(root.find("language/languageTerm"))
    for subject in root.findall("subject"):
        for topic in subject:
            yield "keywords", _name(topic) if topic.tag == "name" else text_of(topic)
    for path in _REST:
        yield from ((path.rpartition("/")[2], text_of(found)) for found in root.iterfind(f".//{path}"))
    for note in root.findall("note"):
        yield "note", text_of(note)
    for item in holders:
        for found in item.findall("identifier"):
            kind = (found.get("type") or "identifier").casefold()
            yield _IDENTIFIERS.get(kind, f"identifier {kind}"), text_of(found)
        yield from _part(item)
    for url in root.findall("location/url"):
        yield "url", text_of(url)
    yield "record id", text_of(root.find("recordInfo/recordIdentifier")) or root.get("ID", "")
    if host is not None:
        yield "journal", _title(host.find("titleInfo"))
        for title in host.findall("titleInfo")[1:]:
            yield ("journal abbreviation" if title.get("type") == "abbreviated" else "host title"), _title(title)
        yield from (pair for pair in _people(host.findall("name")) if pair[0] != "authors")
        yield from (("series", _title(item.find("titleInfo"))) for item in host.findall("relatedItem") if item.get("type") == "series")
    for item in root.findall("relatedItem"):
        if item is not host:
            yield ("series" if item.get("type") == "series" else "related"), _title(item.find("titleInfo"))


def _part(item: Element) -> Iterator[tuple[str, str]]:
    for detail in item.findall("part/detail"):
        if (kind := detail.get("type", "")) in ("volume", "issue", "number"):
            yield ("volume" if kind == "volume" else "issue"), text_of(detail.find("number"))
        elif kind == "page":  # as Bibutils writes the only one
            yield "pages", text_of(detail.find("number"))
    for extent in item.findall("part/extent"):
        if extent.get("unit") in ("page", "pages", None):
            yield "start page", text_of(extent.find("start"))
            yield "end page", text_of(extent.find("end"))
            yield "pages", text_of(extent.find("list")) or text_of(extent.find("total"))


def _people(names: list[Element]) -> Iterator[tuple[str, str]]:
    """Who wrote it, where the roles tell (marcrelator's codes or words), else whoever is named first; all others by their role."""
    roles = [text_of(name.find("role/roleTerm")).casefold() for name in names]
    wrote = [role in ("", "aut", "author", "cre", "creator") for role in roles]
    edited = [role.startswith(("edi", "edt")) for role in roles]
    for role, name, author, editor in zip(roles, names, wrote, edited, strict=True):
        author = author or (not editor and not any(wrote) and role == roles[0])
        yield "authors" if author else "editors" if editor else "publisher" if role in _GRANTS else role, _name(name)
        yield "dates of a name", " ".join(text_of(p) for p in name.findall("namePart") if p.get("type") == "date")
        for place in name.findall("affiliation"):
            yield "affiliation", text_of(place)


def _name(name: Element) -> str:
    family, given, terms, other = (
        " ".join(text_of(p) for p in name.findall("namePart") if p.get("type") in kinds)
        for kinds in (("family",), ("given",), ("termsOfAddress", "suffix"), (None,))  # a suffix is Bibutils's
    )
    return ", ".join(p for p in (family or other, given, terms) if p)


def _title(found: Element | None) -> str:
    if found is None:
        return ""
    title = " ".join(filter(None, (text_of(found.find("nonSort")), text_of(found.find("title")))))
    title = with_subtitle(title, text_of(found.find("subTitle")))
    return ". ".join(filter(None, (title, text_of(found.find("partNumber")), text_of(found.find("partName")))))


FORMAT = Format("mods", "MODS (XML of library catalogues)", score, read)
