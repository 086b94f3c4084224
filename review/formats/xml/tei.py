"""Bibliographies in TEI (`<biblStruct>`, TEI P5, 3.12), as Zotero exports them and GROBID reads them out of papers; and the papers themselves, whose
header tells of them (TEI P5, 2): what such a paper cites stays in `raw`, as does its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input, head_of
from review.formats.entries.xml_entries import read_entries, text_of
from review.formats.entries.xml_rest import with_rest
from review.formats.tagged.labelled import of_pairs
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_LISTS = frozenset({"authors", "editor", "keywords"})
_NUMBERS = {"doi": "doi", "pmid": "pubmed id", "pmcid": "pmcid", "pmc": "pmcid", "issn": "issn", "eissn": "issn", "issne": "issn", "isbn": "isbn", "url": "url", "callnumber": "call number"}  # fmt: skip
_PARTS = {"volume": "volume", "vol": "volume", "issue": "issue", "number": "issue", "no": "issue", "edition": "edition"}


def score(head: str) -> float:
    """0.95 for XML with structured entries of a bibliography in TEI, 0 otherwise."""
    return 0.95 if re.search(r"<(?:\w+:)?biblStruct[\s>]", head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <biblStruct>, or for each <TEI> whose header has one or that has a text of its own, in file order. Raises FormatError where the text has none."""
    missing = FormatError("no <biblStruct> in it", "Export as RIS or CSL JSON.")
    head = head_of(data)
    header = _HEADER.search(head)
    is_paper = header and (_BIBL.search(header[0]) or _PROSE.search(head, header.end()))
    yield from read_entries(data, "TEI" if is_paper else "biblStruct", _record, "<listBibl", missing)


_HEADER = lazy(r"<(?:\w+:)?teiHeader[\s>](?:[^<]|<(?!/(?:\w+:)?teiHeader))*")
_PROSE = lazy(r"<(?:\w+:)?body[\s>](?:[^<]|<(?!/?(?:\w+:)?(?:body|listBibl|biblStruct|p)[\s>/]))*<(?:\w+:)?p[\s>]")  # before any list in it
_BIBL = lazy(r"<(?:\w+:)?biblStruct[\s>]")
_SILENT = frozenset({"date", "encodingDesc", "revisionDesc"})


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    header = root.find("teiHeader") if root.tag == "TEI" else None
    pairs = list(_pairs(root) if header is None else _of_header(header))
    told = with_rest(root if header is None else header, pairs, "tei", lambda element: element.tag in _SILENT)
    return of_pairs(line, raw, told, {}, _LISTS)


def _of_header(header: Element) -> Iterator[tuple[str, str]]:
    """What the header of a paper tells: in the <biblStruct> of its source and beside that."""
    found = list(_pairs(source)) if (source := next(header.iter("biblStruct"), None)) is not None else []
    yield from found
    file, profile = header.find("fileDesc"), header.find("profileDesc")
    named = {name for name, text in found if text}
    if file is not None and "title" not in named:
        yield "title", text_of(file.find("titleStmt/title"))
    if file is not None and not found:
        yield from (("authors", _name(author)) for author in file.iterfind("titleStmt/author"))
        yield from _numbers(file)
    if file is not None and "date" not in named and (date := file.find("publicationStmt/date")) is not None:
        yield from _imprinted(date)
    if profile is not None:
        paragraphs = [text for part in profile.findall("abstract") for text in map(text_of, list(part.iter("p")) or [part]) if text]
        yield "abstract", "\n".join(paragraphs)
        words = profile.findall("textClass/keywords")
        yield from (("keywords", text_of(term)) for word in words for term in (list(word.iter("term")) or [word]))
        yield from (("language", language.get("ident", "")) for language in profile.iterfind("langUsage/language"))


def _pairs(root: Element) -> Iterator[tuple[str, str]]:
    part, whole = root.find("analytic"), root.find("monogr")
    yield "type", root.get("type", "")
    for n, level in enumerate(found for found in (part, whole) if found is not None):
        titles = [text for title in level.findall("title") if (text := text_of(title))]
        if not n:
            yield "title", ": ".join(dict.fromkeys(titles))
        else:
            yield "journal", next(iter(titles), "")
            yield from (("short journal", title) for title in titles[1:])
        for author in level.findall("author"):
            yield ("authors" if not n or level is part else "editor"), _name(author)
        for editor in level.findall("editor"):
            yield "editor", _name(editor)
    yield from _numbers(root)
    imprint = whole.find("imprint") if whole is not None else None
    for element in imprint if imprint is not None else ():
        yield from _imprinted(element)
    if whole is not None:
        yield "conference name", text_of(whole.find("meeting"))
    for series in root.findall("series/title"):
        yield "series", text_of(series)
    for pointer in root.iter("ptr"):
        yield "url", pointer.get("target", "")
    for note in root.findall("note"):
        yield ("abstract" if note.get("type") == "abstract" else "keywords" if note.get("type") == "tag" else "note"), text_of(note)
    yield "abstract", text_of(root.find("abstract"))


def _numbers(root: Element) -> Iterator[tuple[str, str]]:
    for number in root.iter("idno"):
        kind = number.get("type", "").casefold()
        yield _NUMBERS.get(kind, kind or "identifier"), text_of(number)


def _imprinted(element: Element) -> Iterator[tuple[str, str]]:
    text = text_of(element)
    if element.tag == "biblScope":
        unit = element.get("unit", element.get("type", "")).casefold()
        if unit in ("page", "pages", "pp"):
            yield "start page", element.get("from", "") or text
            yield "end page", element.get("to", "")
        else:
            yield _PARTS.get(unit, unit), text or element.get("from", "")
    elif element.tag == "date":
        yield "date", element.get("when", "") or text
    elif element.tag == "note":
        yield ("url" if element.get("type") == "url" else "note"), text
    else:
        yield {"pubPlace": "place"}.get(str(element.tag), str(element.tag)), text


def _name(element: Element) -> str:
    parts = {tag: " ".join(filter(None, map(text_of, element.iter(tag)))) for tag in ("surname", "forename", "genName")}
    return ", ".join(filter(None, (parts["surname"], parts["forename"], parts["genName"]))) or text_of(element)


FORMAT = Format("tei", "TEI (Zotero, GROBID)", score, read)
