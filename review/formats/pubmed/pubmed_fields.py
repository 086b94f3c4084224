"""What the elements of PubMed's XML mean: NLM, MEDLINE/PubMed XML Element Descriptions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from review.formats.characters.markup import unmarked
from review.formats.characters.text import collapse, doi_in, is_only, year_in
from review.formats.entries.xml_entries import down, text_of
from review.formats.values.fields import is_untranslated, says_none
from review.formats.values.ids import pmcid_in
from review.formats.values.numbers import ARTICLE, pages
from review.model.patterns import lazy
from review.model.record import Record

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DATES = frozenset({"ArticleDate", "DateCompleted", "DateRevised", "DateCreated", "ContributionDate", "BeginningDate", "EndingDate"})
# A library on disk numbers from here what has no PMID, so that PubMed's own form can carry it: no PMID, but an id.
LOCAL = 1 << 52
# What has no field of ours and a reviewer may still want to read. The reference list is left to `raw`.
_EXTRA = frozenset(
    {
        "VernacularTitle", "OtherAbstract", "CopyrightInformation", "CoiStatement", "GeneralNote", "Affiliation", "NlmUniqueID",
        "MedlineTA", "ISSNLinking", "NameOfSubstance", "SupplMeshName", "GeneSymbol", "DataBank", "Grant", "CommentsCorrections", "OtherID",
        "Investigator", "PersonalNameSubject", "CollectionTitle", "PublisherName", "PublisherLocation", "Edition", "LocationLabel",
        "SpaceFlightMission", "CitationSubset", "ELocationID", "MedlineID", "Identifier", "Item", "RegistryNumber", "NumberOfReferences", "VolumeTitle", "ReportNumber", "Medium", "SectionTitle", "Object",
        *_DATES,
    }
)  # fmt: skip
NAMES = {
    "Affiliation": "affiliation", "CollectionTitle": "series", "Edition": "edition", "GeneralNote": "note", "Identifier": "AUID", "MedlineTA": "abbreviation",
    "PublisherLocation": "place", "PublisherName": "publisher", "VernacularTitle": "original-title",
}  # fmt: skip


def record(root: Element, citation: Element, is_book: bool, pmid: str, line: int, raw: str) -> Record:
    """The record that an entry tells of. citation: its MedlineCitation, or the BookDocument of a book; pmid: what it is known by."""
    found = citation.find("Article")
    article = citation if found is None else found
    journal = article.find("Journal")
    issue = down(journal, "JournalIssue")
    title, container = text_of(article.find("ArticleTitle")), text_of(down(journal, "Title"))
    container = container or text_of(down(journal, "ISOAbbreviation")) or text_of(down(citation, "MedlineJournalInfo", "MedlineTA"))
    dated = [down(issue, "PubDate"), article.find("ArticleDate")]
    people = article.findall("AuthorList")
    isbn, types, located = "", article.find("PublicationTypeList"), article
    kinds = _texts(article if types is None else types, "PublicationType")
    if is_book:
        issue = book = citation.find("Book")
        whole_title = text_of(down(book, "BookTitle"))
        is_chapter = title not in ("", whole_title)
        title, container = (title, whole_title) if is_chapter else (whole_title, "")
        kind = "Book Chapter" if is_chapter else "Book"  # which PubMed's text says, and its XML does not
        kinds += [kind] if kind not in kinds else []
        located = book if book is not None and not is_chapter else article
        dated = [down(book, "PubDate"), citation.find("ContributionDate"), down(book, "BeginningDate")]
        people += [] if book is None else book.findall("AuthorList")
        isbn = "; ".join([] if book is None else _texts(book, "Isbn"))
    # Direct children only: below ReferenceList, ArticleIds are those of other people's papers.
    ids = [
        (i.get("IdType", ""), text_of(i))
        for held in (article.find("ArticleIdList"), down(root, "PubmedBookData" if is_book else "PubmedData", "ArticleIdList"))
        if held is not None
        for i in held.findall("ArticleId")
    ]
    doi, authors = _doi(located, ids), _authors(people)
    if not title or is_untranslated(title):
        title = text_of(article.find("VernacularTitle")) or title
    volume = text_of(down(issue, "Volume"))
    # Some have only one by somebody else than the journal, or in another language.
    others = (text for one in citation.findall("OtherAbstract") if (text := _abstract(one)) and not says_none(text))
    told = Record(
        line=line,
        raw=raw,
        title=title,
        abstract=_abstract(article.find("Abstract")) or next(others, ""),
        authors=authors,
        year=next((y for d in dated if d is not None and (y := year_in(_spaced(d)))), None),
        journal=container,
        volume=volume,
        issue=text_of(down(issue, "Issue")),
        pages=_pages(article.find("Pagination")) or (_article(article) if volume else ""),
        doi=doi,
        pmid="" if pmid.isdecimal() and int(pmid) >= LOCAL else pmid,
        pmcid=next((p for kind, text in ids if kind == "pmc" and (p := pmcid_in(text))), ""),
        issn=text_of(down(journal, "ISSN")),
        isbn=isbn,
        url=next((text for kind, text in ids if kind == "url"), ""),
        language="; ".join(_texts(article, "Language")),
        keywords=_keywords(citation),
        type="; ".join(kinds),
        accession=pmid,
        extra=(
            *_extra(root, citation, dated[0], ids, doi),
            *(("editor", name) for name in _editors(people)),
            *_before_correction(people, authors),
        ),
    )
    return unmarked(told)


def _spaced(element: Element) -> str:
    """The texts of the elements below, with spaces between them; letters in italics are no elements of their own."""
    if all(child.tag in _MARKUP for child in element):
        return text_of(element)
    texts = [element.text or ""]
    for child in element:
        texts += (_spaced(child), child.tail or "")
    return " ".join(" ".join(texts).split())


_MARKUP = frozenset(("i", "b", "u", "sub", "sup", "DispFormula"))


def _texts(element: Element, tag: str) -> list[str]:
    return [t for t in map(text_of, element.findall(tag)) if t]


def _abstract(element: Element | None, between: str = "\n") -> str:
    if element is None:
        return ""
    sections = []
    for part in element.findall("AbstractText"):
        text, label = text_of(part), collapse(part.get("Label", ""))
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


def _before_correction(lists: list[Element], authors: tuple[str, ...]) -> list[tuple[str, str]]:
    """Names as they stood before they were corrected."""
    names = (_name(one) for held in lists for one in held.findall("Author") if one.get("ValidYN") == "N")
    return [("name before correction", name) for name in names if name and name not in authors]


def _editors(lists: list[Element]) -> tuple[str, ...]:
    """Those who edited what has authors of its own: a chapter's book, the proceedings that a paper stands in."""
    edited = [one for one in lists if one.get("Type") == "editors"]
    return _authors(edited[:1]) if len(edited) < len(lists) else ()


def _name(author: Element) -> str:
    """`Family, Given`, or the name of the group. Initials only where there is no forename."""
    parts = {child.tag: child for child in author}
    if collective := text_of(parts.get("CollectiveName")):
        return collective
    given = text_of(parts.get("ForeName"))
    if not given:  # FirstName and MiddleName: before 2008
        given = f"{text_of(parts.get('FirstName'))} {text_of(parts.get('MiddleName'))}".strip() or text_of(parts.get("Initials"))
    return ", ".join([part for part in (text_of(parts.get("LastName")), given, text_of(parts.get("Suffix"))) if part])


def _pages(element: Element | None) -> str:
    """The pages, the last one in full: MedlinePgn leaves out what both have (`228-42`), EndPage, where there is one, does not."""
    if element is None:
        return ""
    start, end = text_of(element.find("StartPage")), text_of(element.find("EndPage"))
    found = pages(text_of(element.find("MedlinePgn"))) or pages(start, end)
    first, _, last = found.partition("-")
    if last and first == start and end.endswith(last):
        return f"{start}-{end}"
    short = _SHORT.match(last)  # `42; discussion 43-4`
    if short is None or not first.isdecimal() or len(short[0]) >= len(first):
        return found
    whole = first[: -len(short[0])] + short[0]
    return f"{first}-{whole}{last[short.end() :]}" if whole > first else found


_SHORT = lazy(r"\d+(?![\w-])")


def _article(element: Element) -> str:
    """The number of an article in a volume without pages; not what a publisher calls it by: `S0140-6736(20)32600-1`."""
    told = (text_of(place) for place in element.findall("ELocationID") if place.get("EIdType") == "pii" and place.get("ValidYN") != "N")
    return next((text for text in told if _NUMBER.fullmatch(text)), "")


_NUMBER = lazy(ARTICLE)


def _doi(article: Element, ids: list[tuple[str, str]]) -> str:
    for place in article.findall("ELocationID"):
        if place.get("EIdType") == "doi" and place.get("ValidYN") != "N" and (doi := doi_in(text_of(place))):
            return doi
    return next((doi for kind, text in ids if kind == "doi" and (doi := doi_in(text))), "")


def _keywords(citation: Element) -> tuple[str, ...]:
    """MeSH as MEDLINE writes it (`Hearing Loss/*diagnosis`), then the keywords of the authors."""
    headings = citation.find("MeshHeadingList")
    words = [
        "/".join([f"*{text_of(term)}" if term.get("MajorTopicYN") == "Y" else text_of(term) for term in heading])
        for heading in (() if headings is None else headings)
    ]
    for held in citation.findall("KeywordList"):
        words += _texts(held, "Keyword")
    return tuple(dict.fromkeys(words))


def _extra(root: Element, citation: Element, dated: Element | None, ids: list[tuple[str, str]], doi: str) -> tuple[tuple[str, str], ...]:
    date = "" if dated is None else _spaced(dated)
    found = [("date", date)] if len(date) > 4 else []  # more than the year
    found += [(_called(element), _told(element)) for element in citation.iter() if element.tag in _EXTRA]
    found += [("place", text_of(down(citation, "MedlineJournalInfo", "Country"))), *_published(root)]
    iso, short = (
        text_of(place)
        for place in (down(citation, "Article", "Journal", "ISOAbbreviation"), down(citation, "MedlineJournalInfo", "MedlineTA"))
    )
    if iso.replace(".", "") != short:
        found.append(("ISOAbbreviation", iso))
    found += [(f"ArticleId {kind}", text) for kind, text in ids if kind not in ("pubmed", "pmc", "url")]
    # Of DOIs there may be another: one that was wrong, or that of the book.
    said = [pair for pair in found if pair[1] and not (pair[0] == "ArticleId doi" and doi_in(pair[1]) == doi and is_only(doi, pair[1]))]
    return tuple(dict.fromkeys(said))


def _day(element: Element) -> str:
    """`2019-05-02`, or as far as the element tells; months by name as they stand."""
    parts = [text_of(element.find(tag)) for tag in ("Year", "Month", "Day")]
    return (
        "-".join(filter(None, (part.zfill(2) for part in parts if part)))
        if all(p.isdecimal() or not p for p in parts)
        else _spaced(element)
    )


def _published(root: Element) -> Iterator[tuple[str, str]]:
    """What PubMed says of how and when the work came out, on one line each."""
    for data in (root.find("PubmedData"), root.find("PubmedBookData")):
        if data is not None:
            yield "PublicationStatus", text_of(data.find("PublicationStatus"))
            history = data.find("History")
            days = [f"{day.get('PubStatus')} {_day(day)}" for day in (() if history is None else history)]
            yield "History", "; ".join(days)


def _called(element: Element) -> str:
    if element.tag == "ELocationID":  # as the list of PubMed's own calls it
        return f"ArticleId {element.get('EIdType')}"
    if element.tag == "Identifier" and element.get("Source") != "ORCID":  # mostly that of where somebody works: ROR, GRID, ISNI
        return "Identifier"
    return element.get("RefType") or NAMES.get(element.tag, element.tag)


def _told(element: Element) -> str:
    if element.tag in _DATES:
        return _day(element)
    if element.tag == "Identifier":
        return f"{element.get('Source', '')}: {text_of(element)}"
    return _abstract(element, " ") if element.tag == "OtherAbstract" else _spaced(element)
