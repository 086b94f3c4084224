"""PubMed's XML: PubmedArticle and PubmedBookArticle, in a set or bare, one after another.

Each entry is cut out of the text and parsed by itself, so that memory holds one entry's tree, several sets in one
file (as batches are saved) are no trouble, and a broken or cut-off entry costs no other. A DeleteCitation list
names records that the NLM withdrew; it cites nothing and is no entry.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from html.entities import html5
from typing import TYPE_CHECKING
from xml.parsers.expat import ErrorString

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from review.errors import FormatError
from review.formats.base import Format, Input, whole
from review.formats.fields import pmcid_in
from review.formats.text import collapse, decode, doi_in, normalise, pages, year_in
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only: parsing is defusedxml's

_START = re.compile(r"<(PubmedArticle|PubmedBookArticle)(?:\s[^<>]*)?>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CUT_TAG = re.compile(r"<(P[A-Za-z]*)\s*\Z")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")
_XML_OWN = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})

# What has no field of ours and a reviewer may still want to read. The reference list is left to `raw`.
_EXTRA = frozenset(
    {
        "VernacularTitle", "OtherAbstract", "CopyrightInformation", "CoiStatement", "GeneralNote", "Affiliation", "NlmUniqueID",
        "MedlineTA", "NameOfSubstance", "SupplMeshName", "GeneSymbol", "DataBank", "Grant", "CommentsCorrections", "OtherID",
        "Investigator", "PersonalNameSubject", "CollectionTitle", "PublisherName", "PublisherLocation", "Edition", "LocationLabel",
    }
)  # fmt: skip


def score(head: str) -> float:
    """1 for text with a PubMed set or entry in it, 0 otherwise."""
    return 1.0 if re.search(r"(?:<|&lt;)(?:PubmedArticle|PubmedBookArticle)(?:Set)?(?:\s|/?>|&gt;)", head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each PubmedArticle and PubmedBookArticle, in file order.

    Raises FormatError where the file declares entities of its own (an attack, never PubMed) or is no PubMed XML.
    """
    text = normalise(decode(whole(data)).text)
    if "<PubmedArticle" not in text and "&lt;PubmedArticle" in text:
        text = html.unescape(text)  # PubMed's pages once showed the XML inside <pre>
    # Comments may quote an entry; they are blanked for the search, at the same length.
    scan = _COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text) if "<!--" in text else text
    first = _START.search(scan)
    prolog = scan[: first.start()] if first else scan
    if "<!ENTITY" in prolog:
        raise FormatError(
            "the XML declares entities of its own, which is how files attack their reader; it was not read",
            "Export it from PubMed again, or remove the DOCTYPE.",
        )
    if not first and "<PubmedArticleSet" not in scan and "<PubmedBookArticleSet" not in scan and not _CUT_TAG.search(scan):
        raise FormatError("no PubmedArticle in it", "Save the search results from PubMed as XML, or name the format.")
    yield from _read(text, scan)


def _read(text: str, scan: str) -> Iterator[Record | Reject]:
    line, counted, end = 1, 0, 0
    start = _START.search(scan)
    while start:
        line += text.count("\n", counted, start.start())
        counted = start.start()
        following = _START.search(scan, start.end())
        limit = following.start() if following else len(scan)
        closing = f"</{start[1]}>"
        found = scan.find(closing, start.end(), limit)
        if found < 0:
            end = limit
            raw = text[counted:end].rstrip()
            yield Reject(line=line, reason=f"the entry is cut off or broken: it has no {closing}", raw=raw)
        else:
            end = found + len(closing)
            yield _entry(text[counted:end], line)
        start = following
    cut = _CUT_TAG.search(scan, end)
    if cut and ("PubmedArticle".startswith(cut[1]) or "PubmedBookArticle".startswith(cut[1])):
        line += text.count("\n", counted, cut.start())
        yield Reject(line=line, reason="the file is cut off in the opening tag of an entry", raw=text[cut.start() :])


def _character(match: re.Match[str]) -> str:
    """An HTML entity without the DTD that would explain it, as its character; unknown ones are left to fail."""
    if match[1] in _XML_OWN:
        return match[0]
    return html.unescape(match[0]) if match[1] in html5 else match[0]


# A library on disk numbers from here what has no PMID, so that PubMed's own form can carry it: no PMID, but an id.
LOCAL = 1 << 52


def _entry(raw: str, line: int) -> Record | Reject:
    try:
        root: Element = fromstring(_NAMED.sub(_character, raw), forbid_dtd=True)
    except ParseError as error:
        at = line + error.position[0] - 1
        return Reject(line=line, reason=f"not well-formed XML: {ErrorString(error.code)}, in line {at}", raw=raw)
    except (DefusedXmlException, ValueError) as error:
        return Reject(line=line, reason=f"not XML that may be read: {error}", raw=raw)
    citation = root.find("MedlineCitation")
    if citation is None:
        citation = root.find("BookDocument")
    pmid = _text(citation.find("PMID")) if citation is not None else ""
    if citation is None or not pmid:
        return Reject(line=line, reason="the entry has no PMID", raw=raw)
    article = citation.find("Article")
    book = citation if article is None else None
    return _record(root, citation, article if article is not None else citation, book, pmid, line, raw)


def _record(root: Element, citation: Element, article: Element, book: Element | None, pmid: str, line: int, raw: str) -> Record:
    data = root.find("PubmedBookData" if book is not None else "PubmedData")
    # Direct children only: below ReferenceList, ArticleIds are those of other people's papers.
    ids = [*article.findall("ArticleIdList/ArticleId")] + ([] if data is None else data.findall("ArticleIdList/ArticleId"))
    title = _text(article.find("ArticleTitle"))
    issue = article.find("Journal/JournalIssue")
    container = _text(article.find("Journal/Title")) or _text(article.find("Journal/ISOAbbreviation"))
    container = container or _text(citation.find("MedlineJournalInfo/MedlineTA"))
    dates: tuple[str, ...] = ("Journal/JournalIssue/PubDate", "ArticleDate")
    author_list = article.find("AuthorList[@Type='authors']")
    if author_list is None:
        author_list = article.find("AuthorList")
    if book is not None:
        issue = book.find("Book")
        book_title = _text(book.find("Book/BookTitle"))
        title, container = (title, book_title) if title else (book_title, "")
        dates = ("Book/PubDate", "ContributionDate", "Book/BeginningDate")
        if author_list is None:
            author_list = book.find("Book/AuthorList")
    return Record(
        line=line,
        raw=raw,
        title=title or _text(article.find("VernacularTitle")),
        abstract=_abstract(article.find("Abstract")),
        authors=tuple(n for n in map(_name, author_list.findall("Author") if author_list is not None else ()) if n),
        year=next((y for d in dates if (y := year_in(_text(article.find(d), " ")))), None),
        journal=container,
        volume=_text(issue.find("Volume")) if issue is not None else "",
        issue=_text(issue.find("Issue")) if issue is not None else "",
        pages=_pages(article.find("Pagination")),
        doi=_doi(article, ids),
        pmid="" if pmid.isdecimal() and int(pmid) >= LOCAL else pmid,
        pmcid=next((p for i in ids if i.get("IdType") == "pmc" and (p := pmcid_in(_text(i)))), ""),
        issn=_text(article.find("Journal/ISSN")),
        isbn="; ".join(_texts(article, "Book/Isbn")),
        language="; ".join(_texts(article, "Language")),
        keywords=_keywords(citation),
        type="; ".join(_texts(article, "PublicationTypeList/PublicationType") or _texts(article, "PublicationType")),
        accession=pmid,
        extra=_extra(citation, ids),
    )


def _text(element: Element | None, between: str = "") -> str:
    """Every text node below the element, on one line."""
    return "" if element is None else collapse(between.join(element.itertext()))


def _texts(element: Element, path: str) -> list[str]:
    return [t for t in map(_text, element.findall(path)) if t]


def _abstract(element: Element | None) -> str:
    if element is None:
        return ""
    sections = []
    for part in element.findall("AbstractText"):
        text, label = _text(part), collapse(part.get("Label", ""))
        if text:
            sections.append(f"{label}: {text}" if label else text)
    return "\n".join(sections)


def _name(author: Element) -> str:
    """`Family, Given`, or the name of the group. Initials only where there is no forename."""
    if collective := _text(author.find("CollectiveName")):
        return collective
    given = _text(author.find("ForeName")) or _text(author.find("FirstName")) or _text(author.find("Initials"))
    suffix = _text(author.find("Suffix"))
    return ", ".join(part for part in (_text(author.find("LastName")), given, suffix) if part)


def _pages(element: Element | None) -> str:
    if element is None:
        return ""
    return pages(_text(element.find("MedlinePgn"))) or pages(_text(element.find("StartPage")), _text(element.find("EndPage")))


def _doi(article: Element, ids: list[Element]) -> str:
    for place in article.findall("ELocationID"):
        if place.get("EIdType") == "doi" and place.get("ValidYN") != "N" and (doi := doi_in(_text(place))):
            return doi
    return next((doi for i in ids if i.get("IdType") == "doi" and (doi := doi_in(_text(i)))), "")


def _keywords(citation: Element) -> tuple[str, ...]:
    """MeSH as MEDLINE writes it (`Hearing Loss/*diagnosis`), then the keywords of the authors."""
    words = []
    for heading in citation.findall("MeshHeadingList/MeshHeading"):
        terms = [("*" if term.get("MajorTopicYN") == "Y" else "") + _text(term) for term in heading]
        words.append("/".join(terms))
    words += _texts(citation, "KeywordList/Keyword")
    return tuple(dict.fromkeys(words))


def _extra(citation: Element, ids: list[Element]) -> tuple[tuple[str, str], ...]:
    found = [(element.get("RefType") or element.tag, _text(element, " ")) for element in citation.iter() if element.tag in _EXTRA]
    found += [(f"ArticleId {i.get('IdType', '')}", _text(i)) for i in ids if i.get("IdType") not in ("pubmed", "doi", "pmc")]
    return tuple(dict.fromkeys((tag, text) for tag, text in found if text))


FORMAT = Format("pubmed-xml", "PubMed XML (PubmedArticleSet)", score, read)
