"""Europe PMC's JSON: the `core` results of its search, one page a file, as the service sends them.

Each result is cut out of the text and read by itself, so that a page that was cut off costs its last entry only.
Source: Europe PMC RESTful web service, reference guide (fields of resultType=core), and records that others published.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.markup import paragraphs
from review.formats.characters.stream import Window
from review.formats.characters.stream import pieces as pieces_of
from review.formats.characters.text import collapse, doi_in, year_in
from review.formats.entries.json_items import lists
from review.formats.values.fields import is_bare, serials, tidy
from review.formats.values.numbers import pages
from review.model.patterns import lazy
from review.model.record import Record, Reject
from review.model.tags import untagged

_LIST = lazy(r'"resultList"\s*:\s*\{\s*"result"\s*:\s*\[')
_NEEDS = frozenset({"source", "title", "authorString", "pubYear"})  # of which each result has one
_HEAD = 1 << 16  # characters in which the list begins
_TAKEN = frozenset(
    {
        "title", "abstractText", "authorList", "authorString", "pubYear", "journalInfo", "journalTitle", "journalVolume", "journalIssn",
        "issue", "pageInfo", "doi", "pmid", "pmcid", "language", "keywordList", "meshHeadingList", "pubTypeList", "pubType", "id", "source",
    }
)  # fmt: skip
_ISSNS = ("issn", "ISSN", "essn", "ESSN")  # its XML has capitals
# Flags and links that say how Europe PMC holds the record, not what it is.
_DROPPED = lazy(
    r"(?:has|in|is)[A-Z].*|fullText(?:UrlList|IdList)|.*AuthMan|authMan|citedByCount|dateOf.*|subsetList|dataLinks.*|tmAccession.*|dbCrossReference.*"
)


def score(head: str) -> float:
    """1 for JSON with a result list in it, 0 otherwise."""
    return 1.0 if head.lstrip(" \t\r\n").startswith("{") and _LIST.search(head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each result, in file order. Raises FormatError where there is no list of results."""
    window = Window(pieces_of(data, b","))
    window.more(_HEAD)
    if not _LIST.search(window.text):
        raise FormatError("no list of results in it", "Save the search from Europe PMC as JSON (format=json, resultType=core).")
    for item in lists(window, _opening, _NEEDS, lambda found: "title" in found):
        yield item if isinstance(item, Reject) else record(*item)


def _opening(text: str) -> int:
    found = _LIST.search(text)
    return found.end() - 1 if found else 0


def is_result(found: dict[str, Any]) -> bool:
    """Whether an object is one of the results."""
    return "authorString" in found and ("pubYear" in found or "journalInfo" in found)


def record(found: dict[str, Any], line: int, raw: str) -> Record | Reject:
    """What one result is."""
    info = _dict(found.get("journalInfo"))
    journal = _dict(info.get("journal"))
    book = _dict(found.get("bookOrReportDetails"))
    first, _, last = _text(found.get("pageInfo")).partition("-")
    identity, base = _text(found.get("id")), _text(found.get("source"))
    pmid = _text(found.get("pmid")) or (identity if base == "MED" else "")
    result = Record(
        line=line,
        raw=raw,
        title=_plain(found.get("title")),
        abstract=_abstract(found.get("abstractText")),
        authors=_authors(found),
        year=_year(found.get("pubYear"), info.get("yearOfPublication"), found.get("firstPublicationDate"), book.get("yearOfPublication")),
        journal=_plain(journal.get("title") or found.get("journalTitle") or book.get("publisher")),
        volume=_text(info.get("volume") or found.get("journalVolume")),
        issue=_text(info.get("issue") or found.get("issue")),
        pages=pages(first, last),
        doi=doi_in(_text(found.get("doi"))),
        pmid=pmid if pmid.isdigit() else "",
        pmcid=_text(found.get("pmcid")),
        issn="; ".join(dict.fromkeys(filter(None, (_text(journal.get(name)) for name in _ISSNS))))
        or serials([_text(found.get("journalIssn"))])[0],
        isbn=_text(book.get("isbn13") or book.get("isbn10")),
        language=_text(found.get("language")),
        keywords=_keywords(found),
        type="; ".join(_list(found.get("pubTypeList"), "pubType")) or _text(found.get("pubType")),
        accession=f"{base}:{identity}" if base and identity else identity,
        extra=_extra(found),
    )
    if is_bare(result):
        return Reject(line=line, reason="the entry has no title, abstract or identifier", raw=raw)
    return result


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    """A scalar as text; lists and objects are none."""
    return collapse(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _plain(value: Any) -> str:
    return collapse(untagged(tidy(_text(value))))


def _list(value: Any, name: str) -> list[str]:
    """The texts in `{"name": [...]}`, each once."""
    items = _dict(value).get(name)
    found = [_plain(i) for i in (items if isinstance(items, list) else [items])]
    return [f for f in dict.fromkeys(found) if f]


def _items(value: Any, name: str) -> list[dict[str, Any]]:
    items = _dict(value).get(name)
    return [i for i in items if isinstance(i, dict)] if isinstance(items, list) else []


def _abstract(value: Any) -> str:
    """The abstract as text; its headings (`<h4>Methods</h4>`) end with a colon."""
    return collapse(paragraphs(value)) if isinstance(value, str) else ""


def _authors(found: dict[str, Any]) -> tuple[str, ...]:
    names = []
    for author in _items(found.get("authorList"), "author"):
        family, given = _plain(author.get("lastName")), _plain(author.get("firstName") or author.get("initials"))
        names.append(f"{family}, {given}" if family and given else family or _plain(author.get("fullName") or author.get("collectiveName")))
    if not any(names):
        names = [_plain(n) for n in _text(found.get("authorString")).rstrip(".").split(", ")]
    return tuple(n for n in names if n)


def _year(*values: Any) -> int | None:
    return next((year for v in values if (year := year_in(_text(v)))), None)


def _keywords(found: dict[str, Any]) -> tuple[str, ...]:
    """MeSH as MEDLINE writes it (`Hearing Loss/*diagnosis`), then the keywords of the authors."""
    words = []
    for heading in _items(found.get("meshHeadingList"), "meshHeading"):
        terms = [_starred(heading, "descriptorName")]
        terms += [_starred(q, "qualifierName") for q in _items(heading.get("meshQualifierList"), "meshQualifier")]
        words.append("/".join(t for t in terms if t))
    words += _list(found.get("keywordList"), "keyword")
    return tuple(dict.fromkeys(w for w in words if w))


def _starred(term: dict[str, Any], name: str) -> str:
    text = _plain(term.get(name))
    return f"*{text}" if text and term.get("majorTopic_YN") == "Y" else text


def _extra(found: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What has no field of ours, as it came; structures as JSON on one line."""
    info = _dict(found.get("journalInfo"))
    journal = _dict(info.get("journal"))
    people = _items(found.get("authorList"), "author")
    places = [
        _plain(place.get("affiliation")) for a in people for place in _items(a.get("authorAffiliationDetailsList"), "authorAffiliation")
    ]
    orcids = [_text(_dict(a.get("authorId")).get("value") or a.get("authorId")) for a in people]
    dated = _text(info.get("dateOfPublication"))
    pairs = [
        ("date", dated if len(dated) > 4 else ""),  # more than the year
        ("abbreviation", _text(journal.get("isoabbreviation") or journal.get("ISOAbbreviation") or journal.get("medlineAbbreviation"))),
        *(("affiliation", place) for place in dict.fromkeys(places) if place != _plain(found.get("affiliation"))),
        *(("AUID", f"ORCID: {number}") for number in orcids if number),
    ]
    pairs = [pair for pair in pairs if pair[1]]
    for name, value in found.items():
        if name in _TAKEN or _DROPPED.fullmatch(name):
            continue
        text = _plain(value) or (json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) and value else "")
        if text:
            pairs.append((name, text))
    return tuple(pairs)


FORMAT = Format("europepmc-json", "Europe PMC JSON (core results)", score, read)
