"""PubMed's records as programs keep them in JSON: its XML by element (Biopython's `Entrez.read`, xmltodict), its tagged text by tag
(Biopython's `Medline.parse`), and what esummary answers.

The first two are turned into what they were made of, and read as that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from review.formats.characters.text import doi_in
from review.formats.entries.json_items import scalar, texts
from review.formats.entries.xml_entries import text_of
from review.formats.pubmed import nbib_fields, pubmed_fields
from review.formats.values.bag import Bag
from review.model.patterns import lazy
from review.model.record import Record

# Each of the records names one of them.
NEEDS = frozenset({"MedlineCitation", "BookDocument", "MedlineTA", "fulljournalname", "TI", "BTI"})
_TAGGED = frozenset({"DP", "JT", "TA", "JID", "PHST"})  # no other database's tags


def is_pubmed(head: str) -> bool:
    """Whether the head of a file shows one of them."""
    return (
        '"MedlineCitation"' in head
        or '"fulljournalname"' in head
        or ('"PMID"' in head and ('"TI"' in head or '"BTI"' in head) and any(f'"{tag}"' in head for tag in _TAGGED))
    )


def is_record(found: dict[str, Any]) -> bool:
    """Whether an object is one of PubMed's records, by element or by tag, or stands where esummary found none."""
    return _has_elements(found) or _has_tags(found) or found.keys() == {"uid", "error"}


def _has_elements(found: dict[str, Any]) -> bool:
    return any(isinstance(found.get(name), dict) for name in ("MedlineCitation", "BookDocument")) or (
        isinstance(found.get("Article"), dict) and "PMID" in found
    )


def _has_tags(found: dict[str, Any]) -> bool:
    return "PMID" in found and ("TI" in found or "BTI" in found) and not _TAGGED.isdisjoint(found)


def read(found: dict[str, Any], line: int, raw: str) -> Record | None:
    """The record that an object tells of, or None where it is none of PubMed's."""
    if _has_elements(found):
        return _of_elements(_element("MedlineCitation" if "Article" in found else "PubmedArticle", found), line, raw)
    if _has_tags(found):
        pairs = [(tag, text) for tag, value in found.items() for text in texts(value)]
        return nbib_fields.record(line, raw, Bag(pairs), [])
    return None


def summary(work: dict[str, Any]) -> dict[str, Any]:
    """What esummary answers of a record, under CSL's names (NLM, E-utilities: ESummary, version 2.0)."""
    ids = {one.get("idtype"): one.get("value") for one in _objects(work.get("articleids"))}
    pmcid = str(ids.get("pmc") or ids.get("pmcid") or "")
    uid = (
        None if pmcid and pmcid.removeprefix("PMC") == work.get("uid") else work.get("uid")
    )  # PubMed Central's own is the number of its article
    title = work.get("title") or work.get("booktitle") or work.get("bookname")
    taken = (
        "uid",
        "articleids",
        "authors",
        "lang",
        "pubdate",
        "fulljournalname",
        "issn",
        "essn",
        "pubtype",
        "pages",
        "title",
        "elocationid",
    )
    pages = scalar(work.get("pages")) or ("" if doi_in(scalar(work.get("elocationid"))) else scalar(work.get("elocationid")))
    return {
        **{name: value for name, value in work.items() if name not in taken and value not in ("", [], None)},
        "title": title,
        "author": [one.get("name") for one in _objects(work.get("authors")) if one.get("authtype") != "Editor"],
        "editor": [one.get("name") for one in _objects(work.get("authors")) if one.get("authtype") == "Editor"],
        "issued": work.get("pubdate") or work.get("epubdate"),
        "container-title": work.get("fulljournalname") or work.get("source"),
        "source": None,
        "abbreviation": work.get("source"),
        "ISSN": [number for number in (work.get("issn"), work.get("essn")) if number],
        "page": pages,
        "DOI": ids.get("doi") or doi_in(scalar(work.get("elocationid"))),
        "PMID": uid or ids.get("pubmed") or ids.get("pmid"),
        "PMCID": pmcid,
        "language": "; ".join(texts(work.get("lang"))),
        "type": "; ".join(texts(work.get("pubtype"))),
        "accession": uid or pmcid,
    }


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict))


def _of_elements(root: Element, line: int, raw: str) -> Record | None:
    citation = root if root.tag == "MedlineCitation" else root.find("MedlineCitation")
    book = root.find("BookDocument") if citation is None else None
    holder = citation if citation is not None else book
    if holder is None:
        return None
    return pubmed_fields.record(root, holder, book is not None, text_of(holder.find("PMID")), line, raw)


_TEXT = frozenset({"#text", "_", "$t", "$", "text", "content", "value"})  # what programs call an element's own text
_ID_TYPES = ((lazy(r"PMC\d+"), "pmc"), (lazy(r"\d{1,8}"), "pubmed"), (lazy(r"10\.\d{4,9}/\S+"), "doi"))


def _element(tag: str, value: Any) -> Element:
    """The element that a program made the value of."""
    element = Element(tag)
    _fill(element, value)
    return element


def _fill(element: Element, value: Any) -> None:
    if not isinstance(value, dict):
        element.text = scalar(value)
        if element.tag in ("ArticleId", "ELocationID"):  # `Entrez.read` keeps no attribute in JSON
            kind = next((kind for pattern, kind in _ID_TYPES if pattern.fullmatch(element.text)), "pii")
            element.set("IdType" if element.tag == "ArticleId" else "EIdType", kind)
        return
    worded = any(name in value and not isinstance(value[name], dict | list) for name in _TEXT)  # then all else of it are attributes
    for name, inner in sorted(value.items(), key=lambda pair: pair[0] == "QualifierName"):  # behind what it qualifies
        if name in _TEXT and not isinstance(inner, dict | list):
            element.text = scalar(inner)
        elif name.startswith("@") or (worded and not isinstance(inner, dict | list)):
            element.set(name.removeprefix("@"), scalar(inner))
        elif name in ("attributes", "$", "_attributes") and isinstance(inner, dict):
            for attribute, text in inner.items():
                element.set(attribute, scalar(text))
        elif inner is not None:
            _fill_with(element, name, inner)


def _fill_with(element: Element, name: str, inner: Any) -> None:
    """The children of a name. A list is of elements of that name, but that of a `…List` is of what it lists."""
    if not isinstance(inner, list):
        _fill(SubElement(element, name), inner)
        return
    if (
        name.endswith("List")
        and not (inner and all(isinstance(one, list) for one in inner))
        and not _holds(inner, name.removesuffix("List"))
    ):
        child = SubElement(element, name)
        for one in inner:
            _fill(SubElement(child, name.removesuffix("List")), one)
        return
    for one in inner:
        if isinstance(one, list):  # the lists of keywords, one a source
            _fill_with(element, name, one)
        else:
            _fill(SubElement(element, name), one)


def _holds(inner: list[Any], name: str) -> bool:
    return any(isinstance(one, dict) and name in one for one in inner)
