"""XML of RefWorks (its tags as elements), DataCite (schema 4, also as OAI-PMH gives it), Crossref (UNIXREF) and the NLM's catalogue, what DBLP answers to a search and publishers send to PubMed,
each a way to `(column, text)` pairs.

What Crossref deposits for machines (works cited, licences, relations) stays in the record's raw text alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input, head_of
from review.formats.characters.text import collapse
from review.formats.entries.xml_entries import read_entries
from review.formats.entries.xml_rest import with_rest
from review.formats.people.beside_names import ORCID
from review.formats.tagged.labelled import of_pairs
from review.formats.tagged.refworks import NAMES as REFWORKS
from review.formats.values.subtitles import with_subtitle
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

Pairs = Iterator[tuple[str, str]]


def _refworks(root: Element) -> Pairs:
    for child in root:
        name = str(child.tag).upper()
        yield REFWORKS.get(name, str(child.tag)), _text(child)


def _datacite(root: Element) -> Pairs:
    for child in root:
        name = str(child.tag)
        if name == "identifier":
            yield ("doi" if child.get("identifierType", "").upper() == "DOI" else "identifier"), _text(child)
        elif name == "resourceType":
            yield "type", child.get("resourceTypeGeneral", "") or _text(child)
            yield "resource type", _text(child)
        elif name == "creators":
            for one in child:
                family, given = _text(one.find("familyName")), _text(one.find("givenName"))
                yield "authors", f"{family}, {given}" if family and given else _text(one.find("creatorName"))
                yield from (("affiliation", _text(place)) for place in one.findall("affiliation"))
                yield from _orcids(one.findall("nameIdentifier"))
        elif name == "descriptions":
            for one in child:
                yield ("abstract" if one.get("descriptionType") == "Abstract" else "note"), _text(one)
        elif name == "titles":
            for n, one in enumerate(child):
                yield ("title" if not n else "other title"), _text(one)
        elif name == "relatedItems":
            for one in child:
                if one.get("relationType") == "IsPublishedIn":
                    yield "journal", _text(one.find("titles/title"))
                    for part, column in (("volume", "volume"), ("issue", "issue"), ("firstPage", "start page"), ("lastPage", "end page")):
                        yield column, _text(one.find(part))
        else:
            for one in child if len(child) else (child,):
                yield _DATACITE.get(name, name), _text(one)


_DATACITE = {
    "publicationYear": "year", "subjects": "keywords", "language": "language", "publisher": "publisher", "dates": "other dates", "contributors": "contributor names",
}  # fmt: skip
_WORKS = "journal_article|conference_paper|content_item|posted_content|dissertation|report-paper_metadata|standard_metadata|dataset|book_metadata|book_series_metadata"
_CROSSREF = {
    "full_title": "journal", "abbrev_title": "journal abbreviation", "proceedings_title": "journal", "volume": "volume", "issue": "issue", "issn": "issn", "isbn": "isbn",
    "publisher_name": "publisher", "publisher_place": "place", "conference_name": "conference name", "first_page": "start page", "last_page": "end page",
    "item_number": "article number", "abstract": "abstract", "language": "language",
}  # fmt: skip


def _crossref(root: Element) -> Pairs:
    work = next((found for name in _WORKS.split("|") if (found := next(root.iter(name), None)) is not None), root)
    yield "type", str(work.tag).removesuffix("_metadata").replace("_", " ")
    title = with_subtitle(_text(work.find("titles/title")), _text(work.find("titles/subtitle")))
    yield "title", title
    for one in work.iter("person_name"):
        name = ", ".join(filter(None, (_text(one.find("surname")), _text(one.find("given_name")), _text(one.find("suffix")))))
        yield ("authors" if one.get("contributor_role", "author") == "author" else "editors"), name
        yield from _orcids(one.findall("ORCID"))
    for one in work.iter("organization"):
        yield ("authors" if one.get("contributor_role", "author") == "author" else "organization"), _text(one)
    days = [
        "-".join(filter(None, (_text(date.find(part)) for part in ("year", "month", "day"))))
        for date in (*work.iter("publication_date"), *work.iter("posted_date"), *work.iter("approval_date"), *root.iter("publication_date"))
    ]
    yield "date", next(filter(None, days), "")
    yield "doi", _text(work.find("doi_data/doi")) or _text(work.find("doi"))
    yield "url", _text(work.find("doi_data/resource"))
    if work.tag == "content_item":  # a part of a book
        yield "book title", _text(root.find(".//book_metadata/titles/title"))
    told: dict[str, list[str]] = {}
    for one in root.iter():
        if column := _CROSSREF.get(str(one.tag)):
            texts = told.setdefault(column, [])
            if (text := _text(one)) not in texts and (not texts or column in ("issn", "isbn")):
                texts.append(text)
    yield from ((column, "; ".join(texts)) for column, texts in told.items())


def _orcids(told: list[Element]) -> Pairs:
    """As PubMed writes them."""
    yield from (("AUID", f"ORCID: {found[0]}") for one in told if (found := re.search(ORCID, _text(one))))


def _dblp(root: Element) -> Pairs:
    for child in root.find("info") or ():
        name = str(child.tag)
        for one in child if len(child) else (child,):
            yield _DBLP.get(name, name), _text(one).removesuffix(".") if name == "title" else _text(one)


_DBLP = {"venue": "journal", "number": "issue", "ee": "url", "url": "dblp", "key": "accession"}


def _publisher(root: Element) -> Pairs:
    """What publishers send to PubMed (NLM, PubMed XML Tagged Format)."""
    for one in root.iterfind("AuthorList/Author"):
        family, given, suffix = (_text(one.find(part)) for part in ("LastName", "FirstName", "Suffix"))
        given = " ".join(filter(None, (given, _text(one.find("MiddleName")))))
        yield "authors", ", ".join(filter(None, (family, given, suffix))) or _text(one.find("CollectiveName"))
        yield from (("affiliation", _text(place)) for place in one.iter("Affiliation"))
    date = root.find("Journal/PubDate")
    yield "date", "-".join(filter(None, (_text(part) for part in date))) if date is not None else ""
    for place in (root.find("Journal"), root):
        for child in place if place is not None else ():
            name = str(child.tag)
            if name in ("Abstract", "OtherAbstract") and len(child):
                parts = ((part.get("Label", ""), _text(part)) for part in child.iter("AbstractText"))
                yield (
                    ("abstract" if name == "Abstract" else "other abstract"),
                    "\n".join(f"{label}: {text}" if label else text for label, text in parts),
                )
            elif name in _PUBLISHER:
                yield _PUBLISHER[name], _text(child)
    for one in (*root.iterfind("ArticleIdList/ArticleId"), *root.iterfind("ELocationID")):
        kind = one.get("IdType") or one.get("EIdType") or "identifier"
        yield ("pmid" if kind == "pubmed" else "pmcid" if kind == "pmc" else kind), _text(one)
    yield from (("keywords", _text(one)) for one in root.iterfind("ObjectList/Object/Param"))


_PUBLISHER = {
    "PublisherName": "publisher", "JournalTitle": "journal", "Issn": "issn", "Volume": "volume", "Issue": "issue", "ArticleTitle": "title", "VernacularTitle": "original title",
    "FirstPage": "start page", "LastPage": "end page", "Language": "language", "PublicationType": "type", "Abstract": "abstract", "OtherAbstract": "other abstract",
    "CopyrightInformation": "copyright",
}  # fmt: skip


def _catalogue(root: Element) -> Pairs:
    """A book or journal of the NLM's catalogue (NLM, NLMCatalogRecordSet DTD)."""
    for one in root.iterfind("AuthorList/Author"):
        name = ", ".join(filter(None, (_text(one.find("LastName")), _text(one.find("ForeName")))))
        yield ("editors" if "edit" in _text(one.find("Role")).casefold() else "authors"), name or _text(one.find("CollectiveName"))
    for one in root.iterfind("MeshHeadingList/MeshHeading"):
        yield "keywords", "/".join(_text(part) for part in one)
    for path, column in _CATALOGUE.items():
        yield from ((column, _text(one)) for one in root.iterfind(path))


_CATALOGUE = {
    "NlmUniqueID": "accession number", "TitleMain/Title": "title", "PublicationInfo/Imprint/DateIssued": "date issued", "PublicationInfo/PublicationFirstYear": "publication year",
    "PublicationInfo/Imprint/Entity": "publisher", "PublicationInfo/Imprint/Place": "place", "PublicationInfo/Edition": "edition", "Language": "language", "ISBN": "isbn",
    "ISSN": "issn", "PublicationTypeList/PublicationType": "type", "MedlineTA": "abbreviation", "Abstract/AbstractText": "abstract", "ELocationList/ELocation/ELocationID": "url",
}  # fmt: skip


def _text(element: Element | None) -> str:
    return "" if element is None else collapse(" ".join(element.itertext()) if len(element) else element.text or "")


# (what its files bear, the elements that are its entries, what holds them, how one is read)
_SERVICES: tuple[tuple[re.Pattern[str], str, str, Callable[[Element], Pairs]], ...] = (
    (lazy(r"<refworks[\s>]|<reference>\s*<rt>"), "reference", "<refworks", _refworks),
    (lazy(r"<(?:\w+:)?resource\s[^<>]*datacite\.org/schema/kernel"), "resource", "datacite", _datacite),
    (lazy(r"<(?:\w+:)?doi_records?[\s>]|<crossref_result\s|crossref\.org/xschema"), "doi_record", "<crossref_result|<doi_records", _crossref),
    (lazy(r"<hits\s[^<>]*\bcomputed="), "hit", "<hits", _dblp),
    (lazy(r"<NLMCatalogRecord[\s>]"), "NLMCatalogRecord", "<NLMCatalogRecordSet", _catalogue),
    (lazy(r"<ArticleSet[\s>]"), "Article", "<ArticleSet", _publisher),
)  # fmt: skip


def score(head: str) -> float:
    """0.95 for XML of one of the services, 0 otherwise."""
    return 0.95 if head.lstrip("\ufeff \t\r\n").startswith("<") and any(mark.search(head) for mark, *_ in _SERVICES) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry, in file order. Raises FormatError where the text has none."""
    head = head_of(data)
    _, tag, holder, pairs = next((service for service in _SERVICES if service[0].search(head)), _SERVICES[0])
    lists = frozenset({"authors", "keywords", "editors"})
    missing = FormatError("no entry of RefWorks, DataCite, Crossref, DBLP, the NLM's catalogue or a publisher in it", "Export as RIS.")

    def record(root: Element, line: int, raw: str) -> Record | Reject:
        # The references tell of other works.
        told = with_rest(root, list(pairs(root)), tag, lambda element: element.tag in ("citation_list", "ORCID"), _text)
        return of_pairs(line, raw, told, {}, lists)

    yield from read_entries(data, tag, record, holder, missing)


FORMAT = Format("service-xml", "XML of RefWorks, DataCite, Crossref, DBLP, the NLM's catalogue and publishers", score, read)
