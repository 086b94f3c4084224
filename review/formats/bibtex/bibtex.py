"""BibTeX and BibLaTeX. Syntax: `bibtex_syntax`; this module says what the fields mean, and writes them.

Field names: O. Patashnik, BibTeXing (1988), and the BibLaTeX manual; `document_type`, `art_number` and `affiliation`
are Scopus's. A child takes what it lacks from the entry that its `crossref` names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.bibtex import bibtex_write
from review.formats.bibtex.bibtex_inherit import inherit, parents
from review.formats.bibtex.bibtex_names import names
from review.formats.bibtex.bibtex_syntax import Entry, entries
from review.formats.bibtex.bibtex_values import issue_of_wos, keywords, plain
from review.formats.characters.markup import break_lines
from review.formats.characters.stream import blocks
from review.formats.characters.text import collapse, doi_in, is_only, normalise, unescape, year_in
from review.formats.citations.bibtex_keys import is_made
from review.formats.citations.meant import as_meant
from review.formats.entries import mixed
from review.formats.values.addresses import at_arxiv, doi_named, doi_of
from review.formats.values.bag import Bag
from review.formats.values.carried import apply, take
from review.formats.values.fields import article_in, bare_title, says_none, says_nothing, serials, several_urls, tidy
from review.formats.values.ids import own_id_in, own_pmid, pmcid_among, pmcid_in, pmid_in
from review.formats.values.kinds import is_whole, kind_of
from review.formats.values.numbers import known_pages, numbered, pages
from review.formats.values.subtitles import with_subtitle
from review.model.patterns import lazy
from review.model.record import Record, Reject

NAMES = {
    "address": "place", "location": "place", "affiliation": "affiliation", "affiliations": "affiliation", "date": "date", "abbrev_source_title": "abbreviation",
    "edition": "edition", "editor": "editor", "eventtitle": "conference", "journal-abbreviation": "abbreviation", "journal-iso": "abbreviation",
    "shortjournal": "abbreviation", "note": "note", "annote": "note", "annotation": "note", "origtitle": "original-title", "publisher": "publisher",
    "holder": "publisher", "school": "publisher", "university": "publisher", "institution": "publisher", "organization": "publisher", "series": "series", "shorttitle": "short-title", "source": "database", "type": "genre", "urldate": "accessed", "volumes": "number-of-volumes",
}  # fmt: skip

_PEOPLE = frozenset({"author", "editor", "translator", "group-author"})
_ADDRESS = lazy(r"https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*")
# Copied from a page or a list with what stood before it there: a blank of another kind, a mark or a number.
_ENTRY = lazy(
    r"(?:^|\n)[ \t\xa0\x0c\u200b-\u200f]*+(?:[>*\u2022\u2013-]|\[?\d{1,4}[.)\]])?[ \t\xa0]*@[ \t]*([A-Za-z][\w-]*(?: [A-Z][a-z]{2,12}(?=\{))?)\s*[{(]\s*+[^\n,=]*+\s*+(?:[,=]|\Z)"
)
_BOTH = lazy(r"(\d{1,4}) (\d{1,4})|Volume (\d{1,4}), Issue (\d{1,4})")  # volume and issue
_KEYED = lazy(r"pmid:?([1-9]\d{3,7})", re.IGNORECASE)
_IN_SERIES = frozenset(
    {"book", "inbook", "incollection", "inproceedings", "conference", "proceedings", "collection"}
)  # whose number is the series'
_CENTRAL = lazy(r"CN-\d+")
_NOT_ENTRIES = frozenset({"comment", "preamble", "string"})


def score(head: str) -> float:
    """0.95 for text with a BibTeX entry at the beginning of a line, 0 otherwise."""
    head = normalise(head)
    found = next((m for m in _ENTRY.finditer(head) if m[1].casefold() not in _NOT_ENTRIES), None)
    return 0.95 if found and ("=" in head or "," in found[0]) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry; @string, @preamble and @comment are none.

    Comments and other text between entries go to `extra` of the entry after them (at the end: the one before).
    Raises FormatError where there is no entry.
    """
    missing = FormatError("no BibTeX entry found in it", "An entry begins with a line such as `@article{key,`.")
    yield from mixed.with_own(_read(data), missing)


def _read(data: Input) -> Iterator[Record | Reject]:
    by_key = parents(data)
    held: Entry | None = None
    around: list[str] = []
    for entry in entries(blocks(data)):
        entry.around[:0], around = around, []
        if entry.kind == "xdata" and entry.key.casefold() in by_key:  # no work: others have taken what it says
            around = [*entry.around, entry.raw]
            continue
        if held is None:
            if not entry.kind:
                break
        elif entry.kind:
            yield _entry(held, by_key)
        else:
            held.around += entry.around
            break
        held = entry
    if held is not None:
        held.around += around
        yield _entry(held, by_key)


def _entry(entry: Entry, by_key: Mapping[str, Entry]) -> Record | Reject:
    if entry.broken:
        return Reject(line=entry.line, reason=entry.broken, raw="\n".join([*entry.around, entry.raw]))
    told = any(name == "review_record" for name, _ in entry.fields)
    if not told:
        inherit(entry, by_key)
    found = record(entry)
    if not told and says_nothing(found):
        return Reject(line=entry.line, reason="no title, abstract, author or identifier", raw="\n".join([*entry.around, entry.raw]))
    return found


_NAMESAKE = lazy(r"\s0\d{3}\s*\Z|\s0\d{3},")  # DBLP's number of a person of that name, which is no part of it


def record(entry: Entry) -> Record:
    """The record that an entry tells of; what has no field of ours is in `extra`, in the order of the entry."""
    authors: tuple[str, ...] = ()
    bodies: list[str] = []  # Web of Science's, which has people only among its authors
    pairs: list[tuple[str, str]] = [("", text) for text in entry.around]
    for name, value in entry.fields:
        if name in _PEOPLE and not says_none(value):
            people = names(value)
            if name == "author" and not authors:
                authors = tuple(p for p in people if p != "others")
                pairs += [("author", "others")] if "others" in people else []
                pairs += [("namesake", name) for name in collapse(value).split(" and ") if _NAMESAKE.search(name)] if " 0" in value else []
            elif name == "group-author":
                bodies += people
            else:
                pairs += [(name, p) for p in people]
        else:
            pairs.append((name, plain(name, value)))
    if {"address", "location"} <= {name for name, _ in pairs}:  # ACM's: that of the publisher, and that of the conference
        pairs = [("event-place" if name == "location" else name, text) for name, text in pairs]
    bag = Bag(pairs)
    told = take(bag, "review_record")
    none = bag.sift("title")
    pmid, pmcid = _pubmed_ids(bag)
    if not pmid and (keyed := _KEYED.fullmatch(entry.key)):
        pmid = keyed[1]
    # The Cochrane Library's `CN-01234567 PUBMED 25700000`
    central = next((code[0] for v in bag.peek("accession_number") if (code := _CENTRAL.match(v))), "")
    bag.drop(central, "accession_number")
    year, dates = _year(bag)
    books = bag.all("isbn")
    issn, isbn, unread = serials([*bag.all("issn"), *bag.all("eissn"), *books])
    for value in bag.peek("abstract"):
        if says_none(value):
            bag.drop(value, "abstract")
            none.append(("abstract", value))
    title = with_subtitle(bare_title(tidy(bag.one("title"))), tidy(bag.one("subtitle")))
    resource = bag.peek("doi")
    kind = _kind(entry.kind, bag)
    if entry.kind in _IN_SERIES and bag.has("series"):
        none += [("collection-number", number) for number in bag.each("number")]
    volume, issue = bag.one("volume"), bag.one("number", "issue")
    if not issue and (both := _BOTH.fullmatch(volume)):  # Semantic Scholar's, Episciences'
        volume, issue = filter(None, both.groups())
    if bag.has("unique-id", "uniqueid"):
        issue, beside = issue_of_wos(issue)
        none += beside
    (volume, issue), none = numbered((("volume", volume), ("number", issue)), none)
    paged, unpaged = known_pages("pages", bag.one("pages").removesuffix("-+"))
    doi = _doi(bag) or _doi_key(entry.key)
    url, urls = several_urls(bag.one("url", "bdsk-url-1"))  # the latter is BibDesk's
    found = Record(
        line=entry.line,
        raw=entry.raw,
        title=title,
        abstract=break_lines(unescape("\n".join(dict.fromkeys(bag.all("abstract", "abstractnote"))))),
        authors=(*authors, *bodies),
        year=year,
        journal=tidy(bag.one("journal", "journaltitle", "booktitle")),
        volume=volume,
        issue=issue,
        pages=pages(paged)
        or (bag.one("pagetotal") if is_whole(kind) else "")
        or bag.one("art_number", "eid", "article-number", "articleno", "elocation-id")
        or article_in(resource),
        doi=doi,
        pmid=pmid,
        pmcid=pmcid,
        issn=issn,
        isbn=isbn,
        url=url or _published_at(bag) or _at_archive(bag),
        language=bag.one("language", "langid"),
        keywords=keywords(bag),
        type=kind,
        accession=bag.one("accession", "unique-id", "uniqueid") or central or own_id_in(url),
    )
    key = [("citation-key", entry.key)] if entry.key and not is_made(entry.key, found) else []
    left = bag.rest(NAMES)
    around = tuple(pair for pair in left if not pair[0])
    rest = tuple(pair for pair in left if pair[0])
    serial = (("isbn" if value in books else "issn", value) for value in unread)
    extra = (*around, *key, *none, *unpaged, *dates, *serial, *(("url", address) for address in urls), *rest)
    found = as_meant(replace(found, extra=extra), "author")
    return found if told is None else apply(found, told)


def _published_at(bag: Bag) -> str:
    """The address in `howpublished`, where classic BibTeX has that of a web page; a text that says more stays."""
    told = next(iter(bag.peek("howpublished")), "")
    found = _ADDRESS.search(told)
    url = found[0].rstrip(".,;") if found else ""
    bag.drop(url, "howpublished")
    return url.replace("\u223c", "~")  # `$\sim$`


def _at_archive(bag: Bag) -> str:
    """The address of what only its number in an archive, arXiv's mostly, or ADS tells of; the number stays."""
    told = bag.peek("eprint")
    archives = [name.casefold() for name in bag.peek("archiveprefix", "eprinttype")] or ["arxiv"]
    numbers = told if archives == ["arxiv"] else []
    return next(filter(None, (*map(at_arxiv, numbers), *(t for t in told if _ADDRESS.fullmatch(t)), *bag.peek("adsurl"))), "")


def _kind(entry_type: str, bag: Bag) -> str:
    """The source's own word for the kind where the entry's type follows from it, else the entry's type."""
    for name in ("document_type", "type"):  # Scopus's, of old and of now
        for stated in bag.peek(name):
            if kind_of(stated).bibtex == kind_of(entry_type).bibtex:
                bag.drop(stated, name)
                return stated
    return entry_type


def _doi(bag: Bag) -> str:
    for value in bag.peek("doi"):
        if doi := doi_in(value):
            if is_only(doi, value):
                bag.drop(value, "doi")
            return doi
    if [t.casefold() for t in bag.peek("eprinttype", "archiveprefix")] == ["doi"] and (doi := doi_in(bag.one("eprint"))):
        bag.all("eprinttype", "archiveprefix")
        return doi
    told = next(filter(None, map(doi_of, bag.peek("url", "howpublished", "bdsk-url-1"))), "")
    return told or next(filter(None, map(doi_named, bag.peek("note"))), "")


def _doi_key(key: str) -> str:
    """The DOI that publishers take for a key (`doi:10.1000/x`, Wiley of old), and JSTOR does not tell otherwise."""
    return doi if "/" in key and (doi := doi_in(key)) and is_only(doi, key) else ""


def _pubmed_ids(bag: Bag) -> tuple[str, str]:
    if [t.casefold() for t in bag.peek("eprinttype", "archiveprefix")] in (["pubmed"], ["pmid"]):
        named = bag.peek("eprint")
    else:
        named = []
    pmid = pmcid = ""
    for value in (*bag.peek("pmid", "pubmed_id", "pubmed-id", "pubmedid"), *named):
        if not pmid and (pmid := pmid_in(value, bare=True)):
            bag.drop(value, "pmid", "pubmed_id", "pubmed-id", "pubmedid", *(("eprint",) if named else ()))
            if named:
                bag.all("eprinttype", "archiveprefix")
    for value in bag.peek("pmcid", "pmc"):
        if not pmcid and (pmcid := pmcid_in(value, bare=True)) in (value, f"PMC{value}"):
            bag.drop(value, "pmcid", "pmc")
    told, notes = bag.peek("url", "doi", "accession_number", "unique-id"), bag.peek("note", "annote", "annotation")
    pmid = pmid or next(filter(None, chain(map(pmid_in, told), map(own_pmid, notes))), "")
    return pmid, pmcid or pmcid_among(bag.peek("url"), notes)


def _year(bag: Bag) -> tuple[int | None, list[tuple[str, str]]]:
    """The year; a date that says more is kept as it came."""
    year: int | None = None
    kept = []
    if dates := bag.peek("pubdate"):
        for month in bag.peek("month"):
            if month.casefold() in dates[0].casefold():
                bag.drop(month, "month")
    for name in (
        "year",
        "date",
        "pubdate",
        "pub_year",
        "earlyaccessdate",
        "early-access-date",
    ):  # Web of Science's, of what is in no issue yet
        for value in bag.all(name) if year is None or not name.startswith("early") else ():
            found = year_in(value)
            year = year or found
            if str(year) != value:  # that of print beside that of the first appearance, too
                kept.append(("date", value))
    return year, kept


def write(records: Iterable[Record], carried: Counter[str] | None = None, *, notes: bool = True) -> Iterator[bytes]:
    """BibTeX that `read` reads again; see `bibtex_write`."""
    return bibtex_write.write(records, record, carried, notes)


FORMAT = Format("bibtex", "BibTeX, BibLaTeX", score, read, write, (".bib",))
