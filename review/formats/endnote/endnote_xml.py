"""EndNote's XML, as EndNote, Zotero, Reflib, SyRF and others export it. Elements and numbers: EndNote's RSXML.dtd."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.markup import break_lines, unmarked
from review.formats.characters.text import collapse, doi_in, is_only, year_in
from review.formats.citations.bibtex_keys import key_apart
from review.formats.endnote import endnote_write
from review.formats.entries.xml_entries import INLINE, read_entries, written
from review.formats.people.author_lists import one_each, without_others
from review.formats.people.editors import by_role, parted
from review.formats.values.addresses import doi_named, doi_of
from review.formats.values.bag import Bag
from review.formats.values.carried import MARK, apply, take
from review.formats.values.fields import article_in, names, says_none, says_nothing, serials, several_urls, tidy, with_own_number
from review.formats.values.ids import id_alone, is_medline, is_place, own_id_in, own_pmid, pmcid_among, pmcid_in, pmid_in
from review.formats.values.journal_names import full_name
from review.formats.values.keyword_lists import split_keywords
from review.formats.values.kinds import KINDS, is_about, kind_of
from review.formats.values.numbers import known_pages, numbered, pages
from review.formats.values.registrations import registered
from review.formats.values.title_notes import without_notes
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_NUMBERED = {str(kind.endnote[1]): kind.endnote[0] for kind in KINDS}  # where only the number of the type is told
_NAMES = {path: name for name, path in endnote_write.PATHS.items()} | {endnote_write.TAGS[tag]: tag for tag in ("A3", "A4", "TT")}
# What says how EndNote holds the record, not what it is; it stays in `raw`.
_HOUSEKEEPING = frozenset({"database", "source-app", "foreign-keys/key"})
# What EndNote keeps in the places of others: a thesis's department and degree, and when somebody looked at a web page.
_MEANT_OTHERWISE = {"thesis": ("titles/secondary-title", "volume"), "web": ("volume", "number")}
_ARTICLES = frozenset({"journal", "electronic article"})  # of which custom 7 is the number
_MARK = lazy(r"<(?:ref-type|source-app|rec-number|contributors|titles|foreign-keys)[\s>/]")


def score(head: str) -> float:
    """0.95 for XML with `records` and what EndNote puts in a record, 0 otherwise."""
    return 0.95 if re.search(r"<records?>", head) and _MARK.search(head) and "<PubmedArticle" not in head else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <record>, in file order. Raises FormatError where there is none, or for an attack."""
    missing = FormatError("no <record> in it", "Export the library from EndNote as XML, or name the format.")
    yield from read_entries(data, "record", record, "<records", missing)


def _apart(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Our note, which stands behind a person's research notes where there are any, by itself."""
    notes, _, told = text.rpartition(f"\n{MARK}") if name == "research-notes" else ("", "", "")
    yield from ((name, notes), (name, MARK + told)) if notes else ((name, text),)


def record(root: Element, line: int, raw: str) -> Record | Reject:
    """The record that a <record> tells of."""
    bag = Bag([pair for name, text in _pairs(root) for pair in _apart(name, text)])
    told = take(bag, "research-notes")
    issn, isbn, unread = serials([v for value in bag.all("isbn") for v in value.split("\n")])
    year, dates = _year(bag)
    resource = bag.peek("electronic-resource-num")
    doi = _doi(bag)
    pmid, pmcid = _pubmed_ids(bag)
    kind, kept = _kind(bag)
    of = kind_of(kind).name
    for path in _MEANT_OTHERWISE.get(of, ()):
        if path != "volume" or of != "thesis" or not any(map(str.isdigit, "".join(bag.peek(path)))):
            kept += [(path, value) for value in bag.all(path)]
    url, urls = several_urls(tidy(bag.one("urls/related-urls/url", "urls/web-urls/url")))
    told_as = (("volume", tidy(bag.one("volume"))), ("number", tidy(bag.one("number", "issue"))))  # the latter is Mendeley's
    (volume, issue), kept = numbered(told_as, kept)
    issue, unread = with_own_number(kind, issue, unread)
    paged, unpaged = known_pages("pages", tidy(bag.one("pages")))
    for value in bag.peek("abstract"):
        if says_none(value):
            bag.drop(value, "abstract")
            kept.append(("abstract", value))
    people = names(one_each([name for value in bag.all("contributors/authors/author") for name in value.split("\n")]))
    people, others = without_others(people)
    kept += [("contributors/authors/author", text) for text in others]
    journal = bag.one(
        "periodical/full-title", "titles/secondary-title", "alt-periodical/full-title", "titles/alt-title", "periodical/abbr-1"
    )
    # EndNote's list of terms takes the first name that it met for the full one.
    if (full := full_name(journal, bag.peek(*_ABBREVIATED))) != journal:
        bag.drop(full, *_ABBREVIATED)
        kept.append(("abbreviation", journal))
    found = Record(
        line=line,
        raw=raw,
        title=tidy(bag.one("titles/title")),
        abstract=break_lines("\n".join(dict.fromkeys(bag.all("abstract")))),
        authors=people,
        year=year,
        journal=tidy(full),
        volume=volume,
        issue=issue,
        pages=pages(paged) or (pages(tidy(bag.one("custom7"))) if of in _ARTICLES else "") or article_in(resource),
        doi=doi,
        pmid=pmid,
        pmcid=pmcid,
        issn=issn,
        isbn=isbn,
        url=url,
        language=tidy(bag.one("language")),
        keywords=tuple(dict.fromkeys(k for value in bag.all("keywords/keyword") for k in split_keywords(value))),
        type=kind,
        accession=tidy(bag.one("accession-num")) or own_id_in(url),
        extra=(
            *(("isbn", v) for v in unread),
            *(("url", address) for address in urls),
            *kept,
            *unpaged,
            *dates,
            *parted(by_role(bag.rest(_NAMES), kind, written=bool(people)), kind),
        ),
    )
    found = registered(key_apart(id_alone(without_notes(unmarked(found)), "accession-num")), "contributors/authors/author")
    if told is not None:
        return apply(found, told)
    if says_nothing(found):
        return Reject(line=line, reason="no title, abstract, author or identifier", raw=raw)
    return found


def _pairs(root: Element) -> Iterator[tuple[str, str]]:
    """(path, text) of each element that holds text; what only tells how it looks is part of it, &#xD; is where a line ends."""
    for child in root:
        if child.tag == "ref-type":
            told = collapse(child.get("name") or "".join(child.itertext()))
            yield "ref-type", _NUMBERED.get(told, told)
            continue
        yield from _leaves(child, str(child.tag))


def _leaves(element: Element, path: str) -> Iterator[tuple[str, str]]:
    inner = [child for child in element if child.tag not in INLINE]
    if inner and path not in _HOUSEKEEPING:
        for child in inner:
            yield from _leaves(child, f"{path}/{child.tag}")
        text = "".join([element.text or "", *(child.tail or "" for child in element)])  # which has no place there
    else:
        text = written(element)
    lines = (collapse(line) for line in text.split("\r"))
    if path not in _HOUSEKEEPING and (text := "\n".join(line for line in lines if line)):
        yield path, text


def _kind(bag: Bag) -> tuple[str, list[tuple[str, str]]]:
    """The source's own word for the kind where the reference type follows from it, else the reference type."""
    reference, stated = bag.one("ref-type"), bag.one("work-type")
    if stated and kind_of(stated).endnote[0] == reference and not is_about(stated, reference):
        return stated, []
    return reference, [("genre", stated)] if stated else []


def _doi(bag: Bag) -> str:
    for value in bag.peek("electronic-resource-num"):
        if doi := doi_in(value):
            if is_only(doi, value):
                bag.drop(value, "electronic-resource-num")
            return doi
    told = next(filter(None, map(doi_of, bag.peek("urls/related-urls/url", "urls/web-urls/url"))), "")
    told = told or next((doi for value in bag.peek(*_ELSEWHERE) if is_only(doi := doi_in(value), value)), "")
    return told or next(filter(None, map(doi_named, bag.peek("notes"))), "")


_ABBREVIATED = ("periodical/abbr-1", "periodical/abbr-2", "titles/alt-title", "alt-periodical/full-title")
_ELSEWHERE = ("accession-num", "label", "call-num", *(f"custom{n}" for n in range(1, 8)))


def _pubmed_ids(bag: Bag) -> tuple[str, str]:
    medline = any(map(is_medline, bag.peek("remote-database-name", "remote-database-provider")))
    pmid = ""
    for path in ("accession-num", "electronic-resource-num", "urls/related-urls/url", "notes"):
        for value in bag.peek(path):
            pmid = pmid or (
                own_pmid(value) if path == "notes" else pmid_in(value, bare=path == "accession-num" and medline and not is_place(value))
            )
    pmcid = next((v.upper() for v in bag.peek("custom2") if pmcid_in(v) == v.upper()), "")
    if pmcid:
        for value in bag.peek("custom2"):
            if value.upper() == pmcid:
                bag.drop(value, "custom2")
    return pmid, pmcid or pmcid_among(bag.peek("urls/related-urls/url"), bag.peek("notes"))


def _year(bag: Bag) -> tuple[int | None, list[tuple[str, str]]]:
    """The year; where the element says more than a year, that is kept as it came."""
    values = bag.all("dates/year")
    year = next((y for v in values if (y := year_in(v))), None)
    kept = [("dates/year", v) for v in values if v != str(year)]
    return year or next((y for v in bag.peek("dates/pub-dates/date") if (y := year_in(v))), None), kept


def write(records: Iterable[Record], carried: Counter[str] | None = None, *, notes: bool = True) -> Iterator[bytes]:
    """EndNote XML that `read` reads again; see `endnote_write`."""
    return endnote_write.write(records, record, carried, notes)


FORMAT = Format("endnote-xml", "EndNote XML", score, read, write, (".xml",))
