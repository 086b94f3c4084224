"""Articles in JATS XML, as PubMed Central, publishers and preprint servers give them: what the front matter says of the article.

The text itself and its references stay in `raw`. Elements: JATS 1.3 (jats.nlm.nih.gov), and the NLM DTDs before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import reduce
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.text import collapse
from review.formats.entries.xml_entries import read_entries
from review.formats.entries.xml_rest import with_rest
from review.formats.tagged.labelled import of_pairs
from review.formats.values.subtitles import with_subtitle
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_LISTS = frozenset({"authors", "keywords", "editors", "affiliation", "AUID"})
_IDS = {"doi": "doi", "pmid": "pubmed id", "pmc": "pmcid", "pmcid": "pmcid", "publisher-id": "publisher id", "manuscript": "manuscript id"}
# Which date is that of the issue: PubMed's order.
_DATES = ("ppub", "collection", "pub", "epub", "epub-ppub", "preprint", "")
_MARK = lazy(r"<(?:\w+:)?article\s[^<>]*(?:article-type|dtd-version|xlink)|<(?:\w+:)?article(?:-meta)?[\s>]")
_TOLD = frozenset({"abstract", "trans-abstract", "pub-date", "history", "xref", "label"})
_MINOR = frozenset({"xref", "fn", "label", "institution-id", "email", "contrib-group"})


def score(head: str) -> float:
    """0.95 for XML with an <article> and its <front> in it, 0 otherwise."""
    return 0.95 if _MARK.search(head) and re.search(r"<(?:\w+:)?(?:article-meta|journal-meta)[\s>]", head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <article>, in file order. Raises FormatError where the text has none."""
    missing = FormatError("no <article> in it", "Save the article again as JATS XML, or its record from PubMed.")
    yield from read_entries(data, "article", _record, "<(?:[a-z]+:)?pmc-articleset", missing)


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    pairs = [(name, text) for name, text in _pairs(root) if text]
    front = root.find("front")
    return of_pairs(line, raw, pairs if front is None else with_rest(front, pairs, "jats", _is_told, _text), {}, _LISTS)


def _is_told(element: Element) -> bool:
    """Whether the text is told otherwise than it stands there, or is the mark of a note or address."""
    return element.tag in _TOLD or element.get("contrib-id-type") == "orcid"


def _pairs(root: Element) -> Iterator[tuple[str, str]]:
    journal, meta = root.find("front/journal-meta"), root.find("front/article-meta")
    yield "type", root.get("article-type", "")
    yield "language", root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    if journal is not None:
        yield "journal", _text(journal.find(".//journal-title"))
        for name in journal.findall("journal-id"):
            if name.get("journal-id-type") in ("nlm-ta", "iso-abbrev"):
                yield "journal abbreviation", _text(name)
        yield from (("issn", _text(number)) for number in journal.findall("issn"))
        yield "publisher", _text(journal.find("publisher/publisher-name"))
        yield "place", _text(journal.find("publisher/publisher-loc"))
    if meta is None:
        return
    yield from ((_IDS.get(kind := number.get("pub-id-type", ""), f"{kind} id"), _id(kind, number)) for number in meta.findall("article-id"))
    titles = meta.find("title-group")
    if titles is not None:
        yield "title", reduce(with_subtitle, map(_text, titles.findall("subtitle")), _text(titles.find("article-title")))
        yield from (("original title", _text(title)) for title in (*titles.iter("trans-title"), *titles.findall("alt-title")))
    for group in meta.findall("contrib-group"):
        for person in group.findall("contrib"):
            kind = person.get("contrib-type") or group.get("content-type") or "author"
            yield {"author": "authors", "authors": "authors", "editor": "editors"}.get(kind, kind), _name(person)
            yield from (("collaborator", _name(member)) for member in person.iterfind("collab//contrib"))
            yield from (
                ("AUID", f"ORCID: {_text(number).rstrip('/').rpartition('/')[2]}")
                for number in person.findall("contrib-id")
                if number.get("contrib-id-type") == "orcid"
            )
    yield from (("affiliation", _text(place)) for place in (*meta.findall("contrib-group/aff"), *meta.findall("aff")))
    dates = _dates(meta)
    yield "date", next(iter(dates.values()), "")
    yield (
        "History",
        "; ".join(f"{kind} {day}".strip() for kind, day in [*list(dates.items())[1:], *_days(meta.findall("history/date")).items()] if day),
    )
    yield "volume", _text(meta.find("volume"))
    yield "issue", _text(meta.find("issue"))
    yield "start page", _text(meta.find("fpage"))
    yield "end page", _text(meta.find("lpage"))
    yield "article number", _text(meta.find("elocation-id"))
    yield "isbn", _text(meta.find("isbn"))
    for abstract in (*meta.findall("abstract"), *meta.findall("trans-abstract")):
        own = abstract.tag == "abstract" and abstract.get("abstract-type") in (None, "section", "sections", "structured")
        yield "abstract" if own else f"abstract {abstract.get('abstract-type') or 'translated'}", "\n".join(_paragraphs(abstract))
    for words in meta.findall("kwd-group"):
        yield from (("keywords", _text(word)) for word in words.iter("kwd"))
    yield from (("subject group", _text(word)) for word in meta.findall("article-categories//subject"))
    yield from (("conference name", _text(name)) for name in meta.findall("conference/conf-name"))
    yield from (("related article", " ".join([other.get("related-article-type", ""), other.get("href", "")]).strip()) for other in meta.findall("related-article"))  # fmt: skip
    yield "copyright", _text(meta.find("permissions/copyright-statement"))
    yield from (("license", " ".join(map(_text, terms))) for terms in meta.findall("permissions/license"))
    for award in meta.findall("funding-group//award-group"):
        yield "funding", " ".join(filter(None, (_text(part) for tag in ("funding-source", "award-id") for part in award.iter(tag))))
    yield from (("funding", _text(source)) for source in meta.findall("funding-group/funding-source"))


def _id(kind: str, number: Element) -> str:
    text = _text(number)
    return f"PMC{text}" if kind == "pmc" and text.isdecimal() else text


def _name(person: Element) -> str:
    name = person.find("name")
    name = person.find("name-alternatives/name") if name is None else name
    if name is None:
        named = next((found for tag in ("string-name", "collab", "anonymous") if (found := person.find(tag)) is not None), None)
        if named is None or named.find("surname") is None:
            return _text(named)
        name = named
    family = " ".join(filter(None, (_text(name.find("prefix")), _text(name.find("surname")))))
    return ", ".join(filter(None, (family, _text(name.find("given-names")), _text(name.find("suffix")))))


def _dates(meta: Element) -> dict[str, str]:
    """The days on which the article came out by their kinds, that of the issue first."""
    found = _days(meta.findall("pub-date"))
    return {kind: found[kind] for kind in (*(kind for kind in _DATES if kind in found), *found)}


def _days(dates: list[Element]) -> dict[str, str]:
    return {date.get("pub-type") or date.get("date-type") or "": _day(date) for date in reversed(dates)}


def _day(date: Element) -> str:
    year, *day = [_text(date.find(part)) for part in ("year", "month", "day")]
    return "-".join([year, *(part.zfill(2) for part in day if part.isdecimal())]) or _text(date.find("string-date"))


def _paragraphs(element: Element, heading: str = "") -> Iterator[str]:
    """Each paragraph below, the first of a part behind its heading."""
    for child in element:
        if child.tag == "title":
            text = _text(child).rstrip(":.")
            heading = heading if text.casefold() in ("abstract", "summary") else text
        elif child.tag == "sec":
            yield from _paragraphs(child)
        elif text := _text(child):
            yield f"{heading}: {text}" if heading else text
            heading = ""


def _text(element: Element | None) -> str:
    """The text below, without the marks of notes and addresses."""
    return "" if element is None else collapse("".join(_shown(element)))


def _shown(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in _MINOR:
            yield from _shown(child)
        yield child.tail or ""


FORMAT = Format("jats", "articles in JATS XML (PubMed Central, publishers)", score, read)
