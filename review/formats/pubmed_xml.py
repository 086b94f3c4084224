"""PubMed's XML of every age: PubmedArticle, PubmedBookArticle, and the bare MedlineCitation of MEDLINE's files before 2015.

Each entry is cut out of the text and parsed by itself, so that no more than a block of the file and one entry's tree are in
memory, several sets in one file (as batches are saved) are no trouble, and a broken or cut-off entry costs no other.
A DeleteCitation list names records that the NLM withdrew; it is no entry, but what it names in its own file is rejected, and so is
a version of a record that another follows (Update Files, and PMID with its Version: NLM, MEDLINE/PubMed Data Element Descriptions).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING
from xml.etree.ElementTree import XML, ParseError
from xml.parsers.expat import ErrorString

from review.formats.base import Format, Input
from review.formats.fields import pmcid_in
from review.formats.pubmed_cut import entries
from review.formats.stream import elements
from review.formats.text import collapse, doi_in, pages, year_in
from review.formats.xml_entries import mended
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEAD = 1 << 16
_BLOCK = 1 << 20
_LONGEST = 1 << 25  # bytes of a list of what is withdrawn

# What has no field of ours and a reviewer may still want to read. The reference list is left to `raw`.
_EXTRA = frozenset(
    {
        "VernacularTitle", "OtherAbstract", "CopyrightInformation", "CoiStatement", "GeneralNote", "Affiliation", "NlmUniqueID",
        "MedlineTA", "ISSNLinking", "NameOfSubstance", "SupplMeshName", "GeneSymbol", "DataBank", "Grant", "CommentsCorrections", "OtherID",
        "Investigator", "PersonalNameSubject", "CollectionTitle", "PublisherName", "PublisherLocation", "Edition", "LocationLabel",
        "SpaceFlightMission", "CitationSubset", "MedlineID",
    }
)  # fmt: skip
NAMES = {
    "Affiliation": "affiliation", "CollectionTitle": "series", "Edition": "edition", "GeneralNote": "note", "MedlineTA": "abbreviation",
    "PublisherLocation": "place", "PublisherName": "publisher", "VernacularTitle": "original-title",
}  # fmt: skip


def score(head: str) -> float:
    """1 for text with a PubMed or MEDLINE set or entry in it, 0 otherwise."""
    return 1.0 if re.search(r"(?:<|&lt;)(?:PubmedArticle|PubmedBookArticle|MedlineCitation)(?:Set)?(?:\s|/?>|&gt;)", head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each PubmedArticle, PubmedBookArticle and bare MedlineCitation, in file order.

    Raises FormatError where the file declares entities of its own (an attack, never PubMed) or is no PubMed XML.
    """
    withdrawn = _withdrawn(data)
    pieces = elements(data)
    head = next(pieces, "")
    if len(head) < _HEAD:
        head += next(pieces, "")
    if "<PubmedArticle" not in head and "&lt;PubmedArticle" in head:
        found = entries([html.unescape("".join([head, *pieces]))])  # PubMed's pages once showed the XML inside <pre>
    else:
        found = entries(chain([head], pieces))
    held: Record | Reject | None = None
    for raw, line, why in found:
        entry = Reject(line=line, reason=why, raw=raw) if why else _entry(raw, line)
        if isinstance(entry, Record) and entry.accession in withdrawn:
            entry = Reject(line=line, reason=f"withdrawn: the DeleteCitation list of the file names PMID {entry.accession}", raw=raw)
        if isinstance(entry, Record) and isinstance(held, Record) and held.accession == entry.accession:
            held, entry = _later(held, entry)
        if held is not None:
            yield held
        held = entry
    if held is not None:
        yield held


def _later(a: Record, b: Record) -> tuple[Record | Reject, Record | Reject]:
    """Two records of one PMID: the earlier of two versions is rejected."""
    versions = [int(found[1]) if (found := _VERSION.search(record.raw)) else 1 for record in (a, b)]
    if versions[0] == versions[1]:
        return a, b
    reason = f"version {min(versions)} of PMID {a.accession}, of which the file has version {max(versions)}"
    older = a if versions[0] < versions[1] else b
    rejected = Reject(line=older.line, reason=reason, raw=older.raw)
    return (rejected, b) if older is a else (a, rejected)


_VERSION = re.compile(r"<PMID [^<>]*\bVersion=[\"'](\d{1,3})[\"']")
_PMID = re.compile(rb"<PMID[^<>]*>\s*(\d{1,9})")


def _withdrawn(data: Input) -> frozenset[str]:
    """The PMIDs in the file's lists of what is withdrawn; these stand at its end, and are looked for before anything is read."""
    if isinstance(data, bytes):
        found: set[str] = set()
        for name in (b"DeleteCitation>", b"DeleteDocument>"):
            at = data.find(b"<" + name)
            while at >= 0:
                end = data.find(b"</" + name, at)
                end = end if end >= 0 else len(data)
                found.update(pmid.decode() for pmid in _PMID.findall(data, at, end))
                at = data.find(b"<" + name, end)
        return frozenset(found)
    if not data.seekable():
        return frozenset()
    start = data.tell()
    kept = b""
    while (chunk := data.read(_BLOCK)) and len(kept) < _LONGEST:
        kept += chunk
        at = kept.find(b"<Delete")
        kept = kept[at:] if at >= 0 else kept[-16:]
    data.seek(start)
    return _withdrawn(kept)


# A library on disk numbers from here what has no PMID, so that PubMed's own form can carry it: no PMID, but an id.
LOCAL = 1 << 52


def _entry(raw: str, line: int) -> Record | Reject:
    try:
        root = _parsed(raw)
    except ParseError as error:
        at = line + error.position[0] - 1
        return Reject(line=line, reason=f"not well-formed XML: {ErrorString(error.code)}, in line {at}", raw=raw)
    citation = root if root.tag == "MedlineCitation" else root.find("MedlineCitation")
    book = root.find("BookDocument") if citation is None else None
    holder = citation if citation is not None else book
    pmid = "" if holder is None else _text(holder.find("PMID"))
    if holder is None or not pmid:
        return Reject(line=line, reason="the entry has no PMID", raw=raw)
    try:
        return _record(root, holder, book is not None, pmid, line, raw)
    except RecursionError:
        return Reject(line=line, reason="not XML that may be read: nested too deeply", raw=raw)


def _parsed(raw: str) -> Element:
    """The tree of an entry, which begins with its own tag: no document type, so no entity and no external reference, can
    stand in it, and the standard library's parser is safe on it. Raises ParseError.

    The reference lists of an article, often half of it, are not looked at: they tell of other papers.
    """
    start, end = raw.find("<ReferenceList"), raw.rfind(_REFERENCES_END)
    try:
        if 0 <= start < end and raw.startswith("<PubmedArticle"):
            return XML(raw[:start] + raw[end + len(_REFERENCES_END) :])
        return XML(raw)
    except ParseError:
        return XML(mended(raw))


_REFERENCES_END = "</ReferenceList>"


def _record(root: Element, citation: Element, is_book: bool, pmid: str, line: int, raw: str) -> Record:
    found = citation.find("Article")
    article = citation if found is None else found
    journal = article.find("Journal")
    issue = _down(journal, "JournalIssue")
    title, container = _text(article.find("ArticleTitle")), _text(_down(journal, "Title"))
    container = container or _text(_down(journal, "ISOAbbreviation")) or _text(_down(citation, "MedlineJournalInfo", "MedlineTA"))
    dated = [_down(issue, "PubDate"), article.find("ArticleDate")]
    people = article.findall("AuthorList")
    isbn = ""
    if is_book:
        issue = book = citation.find("Book")
        whole_title = _text(_down(book, "BookTitle"))
        title, container = (title, whole_title) if title else (whole_title, "")
        dated = [_down(book, "PubDate"), citation.find("ContributionDate"), _down(book, "BeginningDate")]
        people += [] if book is None else book.findall("AuthorList")
        isbn = "; ".join([] if book is None else _texts(book, "Isbn"))
    # Direct children only: below ReferenceList, ArticleIds are those of other people's papers.
    ids = [
        (i.get("IdType", ""), _text(i))
        for held in (article.find("ArticleIdList"), _down(root, "PubmedBookData" if is_book else "PubmedData", "ArticleIdList"))
        if held is not None
        for i in held.findall("ArticleId")
    ]
    types = article.find("PublicationTypeList")
    return Record(
        line=line,
        raw=raw,
        title=title or _text(article.find("VernacularTitle")),
        abstract=_abstract(article.find("Abstract")),
        authors=_authors(people),
        year=next((y for d in dated if d is not None and (y := year_in(_spaced(d)))), None),
        journal=container,
        volume=_text(_down(issue, "Volume")),
        issue=_text(_down(issue, "Issue")),
        pages=_pages(article.find("Pagination")),
        doi=_doi(article, ids),
        pmid="" if pmid.isdecimal() and int(pmid) >= LOCAL else pmid,
        pmcid=next((p for kind, text in ids if kind == "pmc" and (p := pmcid_in(text))), ""),
        issn=_text(_down(journal, "ISSN")),
        isbn=isbn,
        language="; ".join(_texts(article, "Language")),
        keywords=_keywords(citation),
        type="; ".join(_texts(article if types is None else types, "PublicationType")),
        accession=pmid,
        extra=_extra(citation, ids),
    )


def _down(element: Element | None, *tags: str) -> Element | None:
    """The first element below by these steps: one tag a step is found in C, a path with slashes in Python."""
    for tag in tags:
        if element is None:
            return None
        element = element.find(tag)
    return element


def _text(element: Element | None) -> str:
    """Every text node below the element, on one line."""
    if element is None:
        return ""
    if len(element):
        return " ".join("".join(element.itertext()).split())
    return " ".join(element.text.split()) if element.text else ""


def _spaced(element: Element) -> str:
    """The texts of the elements below, with spaces between them; letters in italics are no elements of their own."""
    if all(child.tag in _MARKUP for child in element):
        return _text(element)
    texts = [element.text or ""]
    for child in element:
        texts += (_spaced(child), child.tail or "")
    return " ".join(" ".join(texts).split())


_MARKUP = frozenset(("i", "b", "u", "sub", "sup", "DispFormula"))


def _texts(element: Element, tag: str) -> list[str]:
    return [t for t in map(_text, element.findall(tag)) if t]


def _abstract(element: Element | None, between: str = "\n") -> str:
    if element is None:
        return ""
    sections = []
    for part in element.findall("AbstractText"):
        text, label = _text(part), collapse(part.get("Label", ""))
        if text:
            sections.append(f"{label}: {text}" if label else text)
    return between.join(sections)


def _authors(lists: list[Element]) -> tuple[str, ...]:
    """Of several lists that of the authors (books have one of editors too). A name that was corrected stands in the list
    once more, as ValidYN="N": NLM, MEDLINE/PubMed XML Element Descriptions, AuthorList."""
    chosen = next(
        (one for one in lists if one.get("Type") == "authors"), next((one for one in lists if one.get("Type") != "editors"), None)
    )
    if chosen is None:
        chosen = next(iter(lists), None)
    if chosen is None:
        return ()
    everyone = chosen.findall("Author")
    valid = [a for a in everyone if a.get("ValidYN") != "N"] or everyone
    return tuple([name for name in map(_name, valid) if name])


def _name(author: Element) -> str:
    """`Family, Given`, or the name of the group. Initials only where there is no forename."""
    parts = {child.tag: child for child in author}
    if collective := _text(parts.get("CollectiveName")):
        return collective
    given = _text(parts.get("ForeName"))
    if not given:  # FirstName and MiddleName: before 2008
        given = f"{_text(parts.get('FirstName'))} {_text(parts.get('MiddleName'))}".strip() or _text(parts.get("Initials"))
    return ", ".join([part for part in (_text(parts.get("LastName")), given, _text(parts.get("Suffix"))) if part])


def _pages(element: Element | None) -> str:
    if element is None:
        return ""
    return pages(_text(element.find("MedlinePgn"))) or pages(_text(element.find("StartPage")), _text(element.find("EndPage")))


def _doi(article: Element, ids: list[tuple[str, str]]) -> str:
    for place in article.findall("ELocationID"):
        if place.get("EIdType") == "doi" and place.get("ValidYN") != "N" and (doi := doi_in(_text(place))):
            return doi
    return next((doi for kind, text in ids if kind == "doi" and (doi := doi_in(text))), "")


def _keywords(citation: Element) -> tuple[str, ...]:
    """MeSH as MEDLINE writes it (`Hearing Loss/*diagnosis`), then the keywords of the authors."""
    headings = citation.find("MeshHeadingList")
    words = [
        "/".join([f"*{_text(term)}" if term.get("MajorTopicYN") == "Y" else _text(term) for term in heading])
        for heading in (() if headings is None else headings)
    ]
    for held in citation.findall("KeywordList"):
        words += _texts(held, "Keyword")
    return tuple(dict.fromkeys(words))


def _extra(citation: Element, ids: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    found = [
        (element.get("RefType") or NAMES.get(element.tag, element.tag), _told(element))
        for element in citation.iter()
        if element.tag in _EXTRA
    ]
    found += [(f"ArticleId {kind}", text) for kind, text in ids if kind not in ("pubmed", "doi", "pmc")]
    return tuple(dict.fromkeys([(tag, text) for tag, text in found if text]))


def _told(element: Element) -> str:
    return _abstract(element, " ") if element.tag == "OtherAbstract" else _spaced(element)


FORMAT = Format("pubmed-xml", "PubMed XML (PubmedArticleSet)", score, read)
