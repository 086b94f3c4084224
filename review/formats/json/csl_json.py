"""CSL-JSON (citeproc), and the plain JSON lists of Reflib and Crossref that say the same in their own names; for others see `foreign_json`.

Names: the CSL-JSON schema 1.0.2 (citationstyles.org); Crossref's REST API where it differs (`title` as a list,
`container-title`, `subject`); Reflib (`recNumber`, `authors`, `journal`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.markup import paragraphs
from review.formats.characters.stream import Window
from review.formats.characters.stream import pieces as pieces_of
from review.formats.characters.text import doi_in, is_only, unescape
from review.formats.citations.bibtex_keys import is_made
from review.formats.citations.citation import Citation, looks_like_citation, parse_citation
from review.formats.citations.meant import as_meant
from review.formats.entries.json_items import kept, lists, parted, scalar, texts
from review.formats.json import bibtex_json, csl_write, europepmc_json, pubmed_json
from review.formats.json.archive_json import is_beside, is_written
from review.formats.json.csl_write import CSL_TYPES
from review.formats.json.foreign_json import NEEDS, as_csl, codes_in, is_foreign, is_known, with_codes
from review.formats.json.json_dates import date_in_words, year_of
from review.formats.json.json_opening import SPLIT, listed, opening
from review.formats.json.json_people import affiliations_in, more_of, orcids_in, people_in
from review.formats.json.json_tables import OWN, is_work, tells_works, under_csl, unwrapped, works
from review.formats.people.author_lists import split_authors, without_others
from review.formats.values.addresses import at_arxiv, doi_of
from review.formats.values.bag import Bag
from review.formats.values.carried import MARK, apply, take
from review.formats.values.fields import says_nothing, serials, tidy
from review.formats.values.ids import own_pmid, pmcid_among, pmcid_in, pmid_in
from review.formats.values.keyword_lists import split_keywords, uncoded
from review.formats.values.kinds import is_about, is_whole, kind_of
from review.formats.values.numbers import known_pages, numbered, pages
from review.formats.values.subtitles import with_subtitle
from review.model.patterns import lazy
from review.model.record import Record, Reject

NAMES = {
    "container-title-short": "abbreviation", "journalAbbreviation": "abbreviation", "short-container-title": "abbreviation",
    "address": "affiliation", "event-title": "conference", "event": "conference", "source": "database",
    "issued": "date", "date": "date", "edition": "edition", "editor": "editor", "note": "note", "notes": "note",
    "original-title": "original-title", "publisher-place": "place", "publisher-location": "place", "city": "place", "publisher": "publisher",
    "collection-title": "series", "title-short": "short-title", "shortTitle": "short-title",
}  # fmt: skip
_STAY = OWN | frozenset(NAMES)  # whatever they are called in tables: `source` is a database here
_PEOPLE = frozenset(
    {"author", "editor", "translator", "container-author", "collection-editor", "director", "interviewer", "recipient", "reviewed-author"}
)
_DATES = frozenset(
    {"issued", "accessed", "submitted", "original-date", "event-date", "published-print", "published-online", "published", "posted"}
)
_KEYWORDS = ("keyword", "keywords", "categories", "subject")
_NEEDS = frozenset({"title", "DOI", "doi", "author", "authors", "container-title", "recNumber"}) | NEEDS
_HEAD = 1 << 16  # characters in which the list begins
_LONG_HEAD = 1 << 24  # or, where it is one name of an object: others may go before it
_CSL = lazy(r'"(?:container-title|issued|date-parts|DOI|citation-key|publisher-place|event-place|recNumber)"\s*:')
_TYPE = lazy(r'"type"\s*:\s*"([a-z_-]+)"')
_TITLE = lazy(r'"(?:article[ _]?)?title"\s*:', re.IGNORECASE)
_WORK = lazy(
    r'"(?:authors?|journal|doi|year|abstract|pmid|pubmed_id|venue|pub(?:lication)?_?(?:date|year)|volume|issn|isbn)"\s*:', re.IGNORECASE
)
_NUMBERED = lazy(r'"(?:doi|pmid|pubmed_id)"\s*:\s*"?(?:https?://[\w.]+/)?(?:10\.\d{4}|[1-9]\d{3})', re.IGNORECASE)
_DOI_LINE = lazy(r"^DOI: *(?=10\.|http)", re.MULTILINE)  # in Zotero's Extra, of works that have no field for it


def score(head: str) -> float:
    """0.9 for JSON with names that only CSL or Reflib uses, 0.6 for objects with a title and two more names of a work."""
    if head.lstrip(" \t\r\n")[:1] not in ("[", "{") or '"resultList"' in head or ('"esummary"' in head and '"fulljournalname"' not in head):
        return 0.0  # Europe PMC's own; what esummary answers of genes and the like
    if is_foreign(head) or '"BetterBibTeX JSON"' in head:
        return 0.9
    if (
        '"review_record"' in head
        or (_CSL.search(head) and re.search(r'"(?:title|type|id)"\s*:', head))
        or any(m[1] in CSL_TYPES for m in _TYPE.finditer(head))
    ):
        return 0.9
    if _TITLE.search(head) and len({m[0].casefold() for m in _WORK.finditer(head)}) > 1:
        return 0.6
    if SPLIT.search(head) or (_TITLE.search(head) and _NUMBERED.search(head)):
        return 0.6
    return 0.6 if tells_works(head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each item of a list, of `{"items": […]}`, or of objects one after another.

    Raises FormatError where the text is no JSON at all.
    """
    window = Window(pieces_of(data, b","))
    window.more(_HEAD)
    if window.text.lstrip()[:1] not in ("[", "{"):
        raise FormatError("no JSON in it", "CSL-JSON is a list of objects: [{…}, …].")
    if window.text.lstrip().startswith("{") and not listed(window.text):  # the numbers of what is in a collection may go before
        window.more(_LONG_HEAD)
    codes = codes_in(window.text)
    for item in lists(window, opening, _NEEDS, _is_work):
        if isinstance(item, Reject):
            yield item
            continue
        found, line, raw = item
        found = with_codes(found, codes) if codes else found
        if is_beside(found):
            if is_written(found):
                yield Reject(line=line, reason="a note that somebody wrote beside a work, and no reference", raw=raw)
            continue
        inner = [] if _is_plain(found) else [(one, kept(one)) for one in works(found, is_known)]
        for one, text in inner or [(found, raw)]:
            yield entry(one, line, text)


_SURE = frozenset({"author", "authors", "DOI", "doi", "container-title", "abstract"})


def _is_plain(found: dict[str, Any]) -> bool:
    """Whether an object is a work at first sight, as most are."""
    title = found.get("title")
    return (isinstance(title, str) or (isinstance(title, list) and len(title) < 2)) and not _SURE.isdisjoint(found)


def _is_work(found: dict[str, Any]) -> bool:
    return is_work(found, is_known)


def entry(found: dict[str, Any], line: int, raw: str) -> Record | Reject:
    """What one item is, also one that a note of ours goes with."""
    told = _told(found)
    found = found if _is_plain(found) else unwrapped(found, is_known)
    if europepmc_json.is_result(found):  # a list of them without what Europe PMC answers around it
        return europepmc_json.record(found, line, raw)
    result = pubmed_json.read(found, line, raw) or record(found, line, raw)
    if told is not None:
        return apply(result, told)
    if says_nothing(result):
        return Reject(line=line, reason="the entry has no title, abstract, author or identifier", raw=raw)
    return result


def _told(found: dict[str, Any]) -> dict[str, Any] | None:
    custom = found.get("custom")
    text = custom.get("review_record") if isinstance(custom, dict) else None
    return take(Bag([("told", MARK + text)]), "told") if isinstance(text, str) else None


def record(found: dict[str, Any], line: int, raw: str) -> Record:
    """The record that an item tells of; what has no field of ours is in `extra`, structures as JSON."""
    authors: tuple[str, ...] = ()
    pairs: list[tuple[str, str]] = []
    found = under_csl(as_csl(bibtex_json.plain(found)), _STAY)
    for name, value in found.items():
        if name == "author" or name == "authors":
            authors, others = (
                (authors, ()) if authors else without_others(split_authors(value) if isinstance(value, str) else tuple(people_in(value)))
            )
            pairs += [("author", text) for text in others]
            pairs += [("address", text) for text in dict.fromkeys(affiliations_in(value))]
            pairs += [("AUID", text) for text in orcids_in(value)]
            pairs += more_of("author", value)
        elif (
            name == "container-title" and isinstance(value, list) and len(both := texts(value)) == 2 and found.get("type") == "book-chapter"
        ):
            pairs += zip(("collection-title", name), both, strict=True)  # Crossref has the series before the book
        elif name in _PEOPLE:
            pairs += [(name, person) for person in people_in(value)]
            pairs += more_of(name, value)
        elif name in _DATES:
            pairs += [(name, date) for date in [date_in_words(value)] if date]
        elif name in ("abstract", "note", "notes", "address") and isinstance(value, str):
            pairs.append((name, paragraphs(value)))
        elif name == "custom" and isinstance(value, dict) and "review_record" in value:
            pairs += [(name, text) for text in [kept({k: v for k, v in value.items() if k != "review_record"})] if text]
        elif isinstance(value, list) and all(isinstance(v, str | int | float) for v in value):
            pairs += [(name, text) for text in texts(value)]
        elif isinstance(value, list) and all(isinstance(v, dict) and v.keys() == {"name"} for v in value):
            pairs += [(name, scalar(v["name"])) for v in value]
        elif name in _STAY and isinstance(value, dict | list):  # Crossref's `event`; what is left of Web of Science's `source`
            pairs += parted(name, value)
        else:
            pairs.append((name, kept(value)))
    # A comma in an item of a list is the item's own: `Administration, Cutaneous`.
    listed = any(isinstance(found.get(name), list) and len(found[name]) > 1 for name in _KEYWORDS)
    bag = Bag(pairs)
    year, dates = year_of(bag)
    pmid, pmcid = _pubmed_ids(bag)
    issn, isbn, unread = serials([v for value in bag.all("ISSN", "ISBN", "issn", "isbn") for v in re.split(r"[\r,;]", value)])
    doi = next((doi_in(v) for v in bag.peek("DOI", "doi") if doi_in(v)), "")
    doi = doi or next((doi_in(v[said.end() :]) for v in bag.peek("note") if (said := _DOI_LINE.search(v))), "")
    doi = doi or next(filter(None, map(doi_of, bag.peek("URL", "url"))), "")
    for value in bag.peek("DOI", "doi"):
        if doi and is_only(doi, value):
            bag.drop(value, "DOI", "doi")
    told = next(iter(bag.peek("citation")), "")  # ERIC's and BASE's, which stays in `extra`
    cited = parse_citation(told) if looks_like_citation(told) else Citation(journal=told)
    title = with_subtitle(tidy(bag.one("title")), tidy(bag.one("subtitle")))  # Crossref's, now and then said by the title too
    kind = _kind(bag)
    issue = bag.one("issue", *(() if kind_of(kind).name == "preprint" else ("number",)))
    (volume, issue), ahead = numbered((("volume", bag.one("volume")), ("issue", issue)), ())
    paged, unpaged = known_pages("page", bag.one("page", "pages", "article-number"))
    result = Record(
        line=line,
        raw=raw,
        title=title,
        abstract="\n".join(bag.all("abstract")),
        authors=authors,
        year=year or cited.year,
        journal=tidy(bag.one("container-title", "journal", "publicationTitle") or cited.journal),
        volume=volume or cited.volume,
        issue=issue or cited.issue,
        pages=pages(paged) or (bag.one("number-of-pages") if is_whole(kind) else "") or cited.pages,
        doi=doi,
        pmid=pmid,
        pmcid=pmcid,
        issn=issn,
        isbn=isbn,
        url=unescape(bag.one("URL", "url", "urls")) or next(filter(None, map(at_arxiv, bag.peek("number"))), ""),
        language=bag.one("language"),
        keywords=tuple(dict.fromkeys(k for v in bag.all(*_KEYWORDS) for k in split_keywords(v, comma=not listed))),
        type=kind,
        accession=bag.one("accession", "recNumber"),
    )
    key = bag.one("id", "citation-key")
    named = [("citation-key", key)] if key and not is_made(key, result) else []
    serial = [("ISSN", v.strip()) for v in unread if v.strip()]
    return as_meant(replace(result, extra=(*named, *serial, *dates, *ahead, *unpaged, *bag.rest(NAMES))), "author")


def _kind(bag: Bag) -> str:
    """The source's own word for the kind (`genre`) where the type follows from it, else the type. CSL's `article` is a preprint, where it is in nothing
    and has who published it; other programs call an article so."""
    kind = "; ".join(map(uncoded, bag.one("type").split("; ")))
    for stated in bag.peek("genre"):
        if kind_of(stated).csl == kind and not is_about(stated, kind):
            bag.drop(stated, "genre")
            return stated
    alone = kind == "article" and bag.has("publisher") and not bag.has("container-title", "journal", "publicationTitle", "volume")
    return "preprint" if alone else kind


_NUMBERS = lazy(r"\d \d")  # those of other papers too


def _pubmed_ids(bag: Bag) -> tuple[str, str]:
    pmid = pmcid = ""
    for name in ("PMID", "pmid"):
        for value in bag.peek(name):
            if not pmid and (pmid := pmid_in(value, bare=True)) and not _NUMBERS.search(value):
                bag.drop(value, name)
    pmid = pmid or next(filter(None, chain(map(own_pmid, bag.peek("note", "notes")), map(pmid_in, bag.peek("URL")))), "")
    for name in ("PMCID", "pmcid", "custom2"):
        for value in bag.peek(name):
            if not pmcid and (pmcid := pmcid_in(value, bare=name != "custom2")) in (value.upper(), f"PMC{value}"):
                bag.drop(value, name)
    return pmid, pmcid or pmcid_among(bag.peek("URL", "url"), bag.peek("note", "notes"))


def write(records: Iterable[Record], carried: Counter[str] | None = None, *, notes: bool = True) -> Iterator[bytes]:
    """A list of items that `read` reads again; see `csl_write`."""
    return csl_write.write(records, lambda item: record(item, 0, ""), carried, notes)


FORMAT = Format(
    "csl-json",
    "JSON of references (CSL and others)",
    score,
    read,
    write,
    (".json",),
)
