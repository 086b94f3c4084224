"""What the tags of RIS mean, exporter by exporter: (tag, text) pairs in, a Record out.

Where exporters differ, the first of a list wins and the others stay in `extra`: the title is TI, T1, CT, BT or ST; the
journal JF, T2, JO, JT, JA, J2, J1 or BT; the abstract AB or N2; the year that of PY, Y1, YR or DA. Several of `extra` have
names of their own (see `csv_columns.EXTRAS`), so that another format can write them under its tag.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from review.formats.characters.latex import spelled, unbraced
from review.formats.characters.markup import break_lines, unmarked
from review.formats.characters.text import doi_in, unescape
from review.formats.citations.bibtex_keys import key_apart
from review.formats.citations.citation import Citation, journal_apart, looks_like_citation, parse_citation
from review.formats.citations.title_alone import titled, titled_by_journal
from review.formats.people.author_lists import one_each, without_editors, without_more, without_others
from review.formats.people.beside_names import bare_names, has_degree
from review.formats.people.editors import by_role, parted
from review.formats.ris import ris_glued, ris_ids
from review.formats.ris.ris_kinds import elsewhere, fits, kind_told, proceedings
from review.formats.values.bag import Bag, Places, places_of
from review.formats.values.carried import apply, take
from review.formats.values.dates import dated
from review.formats.values.fields import (
    article_in,
    bare_title,
    is_neat,
    mails,
    names,
    says_none,
    says_nothing,
    serials,
    several_urls,
    tidy,
    with_own_number,
)
from review.formats.values.ids import id_alone
from review.formats.values.journal_names import full_name
from review.formats.values.keyword_lists import keywords
from review.formats.values.numbers import is_number, known_pages, numbered, pages, volume_and_issue
from review.formats.values.registrations import registered
from review.formats.values.subtitles import with_subtitle
from review.formats.values.title_notes import without_notes
from review.model.patterns import lazy
from review.model.record import Record

NAMES = {
    "A2": "editor", "ED": "editor", "AD": "affiliation", "CY": "place", "PP": "place", "DA": "date", "PY": "date", "Y1": "date",
    "YR": "date", "DB": "database", "DP": "provider", "ET": "edition", "J1": "abbreviation", "J2": "abbreviation", "JA": "abbreviation",
    "JO": "abbreviation", "J9": "abbreviation", "JI": "abbreviation", "M3": "genre", "N1": "note", "OP": "original-title", "PB": "publisher", "PI": "place",
    "PU": "publisher", "ST": "short-title", "T3": "series",
    "UR": "url", "Y2": "accessed", "CA": "caption", "CN": "call-number", "NV": "number-of-volumes", "RI": "reviewed-item", "RN": "research-notes",
    "RP": "reprint-edition", "SE": "section", "TA": "translated-author", **{f"U{n}": f"user-{n}" for n in range(1, 6)},
}  # fmt: skip

_NOWHERE = Citation()


# Where each field may stand, the likeliest tag first.
_PLACES = {
    "title": ("TI", "T1", "CT", "BT", "ST"),
    "abstract": ("AB", "N2"),
    "authors": ("AU", "A1"),
    "year": ("PY", "Y1", "YR", "DA"),
    "journal": ("JF", "T2", "JO", "JT", "JA", "J2", "J1", "BT"),
    "volume": ("VL", "VO"),
    "issue": ("IS", "NO"),
    "url": ("UR", "LK", "US"),
    "accession": ("AN", "ID", "UT", "UI"),
    "doi": ("DO", "DI"),
    "doi elsewhere": (
        "M3", "M2", "L3", "UR", "LK", "L2", "L1", "L4", "N1", "AN", "ID", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "U1", "U2", "U3", "U4", "U5",
        "SP",
    ),
    "database": ("DB", "DP"),
    "glued": ris_glued.PLACES,
    "pubmed": ris_ids.PLACES,
    "pubmed's own": ("C2", "PM"),
    "own id": ("U1", "U2", "N1"),
    "signs": tuple(dict.fromkeys((*ris_glued.PLACES, *ris_ids.PLACES))),
    "links": ("L2", "UR", "LK"),
    "note": ("N1",),
    "stated": ("PT", "M3"),  # the former is Ovid's
    "start": ("SP",),
    "end": ("EP", "LP"),  # the latter is HighWire's
    "parted": ("A2", "A3", "A4", "ED", "ET"),
    "place": ("CY", "PP"),
}  # fmt: skip


_places = places_of(_PLACES)
_single = itemgetter("title", "start", "end", "journal", "url", "accession", "volume", "issue")


def record(line: int, raw: str, bag: Bag, around: Sequence[str] = ()) -> Record | None:
    """The record that the bag tells of, or None where it names nothing to screen or to look up. `around`: lines outside the entry."""
    places = _places(bag.tags)
    signs = _signs(bag, places)
    if ("  - " in signs or " op - " in signs or "ur - http" in signs) and ris_glued.is_glued(bag.peek(*places["glued"])):
        bag = Bag(ris_glued.parted(bag.pairs()))
        places = _places(bag.tags)
        signs = _signs(bag, places)
    told = take(bag, "N1") if places["note"] else None  # first: what is told in it is nobody's PMID
    if told is None and "\\" in raw and ("\\text" in raw or "{" in raw):  # a single sign is found much sooner
        bag = Bag([(tag, spelled(value)) for tag, value in bag.pairs()])
        signs = _signs(bag, places)
    if kept := bag.sift("TY", "TI", "T1"):
        places = _places(bag.tags)
    kind = kind_told(bag, places)
    if "publication type: " in signs and (stated := ris_ids.told_by_ebsco(bag, "Publication Type")) and fits(stated, kind):
        kind = stated
    for value in bag.peek(*places["abstract"]):
        if says_none(value):
            kept.append(("AB", value))
            bag.drop(value, "AB", "N2")
    parts = bag.each("AB") or bag.each("N2")
    abstract = "\n".join(dict.fromkeys(parts))
    if "N2" in places["abstract"]:
        for value in parts:
            bag.drop(value, "N2")
    issn, isbn, unread = serials(_numbers(bag))
    resource = bag.peek(*places["doi"])
    doi = ris_ids.doi(bag, places, resource)
    pmid, pmcid = ris_ids.pubmed(bag, places, signs)
    given: list[str] = []
    for tag in places["year"]:
        given += dict.fromkeys(bag.each(tag))
    year, dates = dated(tuple(given))
    words = bag.each("KW")
    if aside := elsewhere(bag, places, kind):
        places = _places(tuple([tag for tag in bag.tags if tag not in aside]))
    under = _subtitle(bag, places, doi) if doi and places["own id"] else ""
    title, start, end, journal, url, accession, volume, issue = bag.ones(_single(places))
    if not (is_number(volume) and is_number(issue)):
        (volume, issue), kept = numbered((("VL", volume), ("IS", issue)), kept)
    if start and not start.isdecimal():
        start, unpaged = known_pages("SP", start)
        kept += unpaged
    volume, issue = volume_and_issue(volume, issue)
    if unread:
        issue, unread = with_own_number(kind, issue, unread)
    journal, cited = journal.removeprefix("- "), _NOWHERE  # RefWorks's `- 2013 Conference on Gardens`
    if not journal and bag.has("SO"):  # Cochrane's journal; others' citation, which stays in `extra`
        cited = parse_citation(bag.peek("SO")[0]) if looks_like_citation(bag.peek("SO")[0]) else _NOWHERE
        journal = cited.journal or ("" if cited is not _NOWHERE else bag.one("SO"))
    if not journal and (told_in := next(filter(looks_like_citation, bag.peek("OP")), "")):  # EBSCO's, by way of Mendeley
        cited = parse_citation(told_in)
        journal = cited.journal
    elif not journal and bag.has("C3"):
        journal = proceedings(bag, kind)
    elif len(places["journal"]) > 1 and (full := full_name(journal, bag.peek(*places["journal"]))) != journal:  # SAGE's: JF is short
        kept.append(("abbreviation", journal))
        bag.drop(full, *places["journal"])
        journal = full
    # Looking at these all at once is cheaper than tidying each.
    together = "|".join((title, journal, *words))
    neat, marked = is_neat(together), "<" in together or "&" in together
    url, urls = several_urls(url)
    if not accession and (url or places["own id"]):
        accession = ris_ids.own(bag, url)
    listed = _twice(bag) if len(places["authors"]) > 1 else bag.all(*places["authors"])
    if listed and listed[-1].endswith(_MORE) and (known := without_more(listed[-1])) != listed[-1]:
        kept.append(("AU", listed[-1][len(known) :].strip(" ,;")))
        listed = [*listed[:-1], known]
    together = "\n".join(listed)
    if (
        "0000-" in together
        or ", 1" in together
        or ", 2" in together
        or ", author" in together
        or ", editor" in together
        or has_degree(together)
    ):
        bare, beside = bare_names(together)
        listed, kept = bare.split("\n"), kept + [("AU" if name == "authors" else name, text) for name, text in beside]
    if "{" in title or "{" in journal or "{" in together:
        title, journal, *listed = map(unbraced, (title, journal, *listed))
    people = names(one_each(listed))
    if "@" in together:
        kept += mails(listed)
    people, others = without_others(people)  # BibTeX's "and others", by way of Mendeley
    kept += [("AU", text) for text in others]
    article = article_in(resource) if not end and start.isdecimal() else ""
    if article:  # EndNote has Web of Science's count of pages where they should be
        kept.append(("SP", start))
    people, edited = without_editors(people)
    extra = [("", text) for text in around] + kept + [("editor", name) for name in edited]
    extra += [("SN", value) for value in unread]
    extra += dates
    extra += [("url", value) for value in urls]
    found = Record(
        line=line,
        raw=raw,
        # ` /` stands before who is responsible, in catalogues
        title=with_subtitle(bare_title(title if neat else tidy(title)).removesuffix(" /"), under),
        abstract=break_lines(unescape(abstract)),
        authors=people,
        year=year or cited.year,
        journal=journal if neat else tidy(journal),
        volume=volume or cited.volume,
        issue=issue or cited.issue,
        pages=article
        or pages(start, end)
        or pages(bag.one("C7"))
        or pages(bag.one("PG"))
        or cited.pages
        or _article(bag, doi)
        or article_in(resource),
        doi=doi,
        pmid=pmid,
        pmcid=pmcid,
        issn=issn,
        isbn=isbn,
        url=url,
        language="; ".join(dict.fromkeys(bag.each("LA") or bag.each("LG")))
        or (ris_ids.told_by_ebsco(bag, "Language") if "language: " in signs else ""),
        keywords=keywords(words, neat),
        type=kind,
        accession=accession,
        extra=tuple(
            extra
            + (
                parted(by_role(bag.rest(NAMES), kind, written=bool(people)), kind)
                if places["parted"] or _is_marked(bag, places)
                else bag.rest(NAMES)
            )
        ),
    )
    found = registered(key_apart(id_alone(without_notes(journal_apart(unmarked(found) if marked else found)), "AN")), "AU")
    if told is not None:
        return apply(found, told)
    if found.title:
        return titled(found)
    return None if says_nothing(found) else titled_by_journal(found)


def _is_marked(bag: Bag, places: Places) -> bool:
    """Whether the imprint is that of a catalogue, `London :`."""
    return bool(places["place"]) and any(place[-1:] == ":" for place in bag.peek(*places["place"]))


def _signs(bag: Bag, places: Places) -> str:
    """All values that tell of an exporter's habits, in small letters: most do not, and looking in all at once is cheaper than in each."""
    return "\n".join(bag.peek(*places["signs"])).lower()


def _subtitle(bag: Bag, places: Places, doi: str) -> str:
    """Pure's, in the place of the journal: it has that in JF or BT, and the DOI once more in U2."""
    told = bag.peek(*(tag for tag in places["journal"] if tag in ("JF", "BT")))
    found = bag.peek("T2") if told and doi in map(doi_in, bag.peek("U2")) else []
    if len(found) != 1 or found[0] in told or full_name(told[0], found) != told[0] or full_name(found[0], told) != found[0]:
        return ""  # or it is the journal's other name
    return tidy(bag.first("T2"))


def _numbers(bag: Bag) -> list[str]:
    """The ISSNs and ISBNs; those of books have a place of their own in Web of Science's."""
    books = [value for value in bag.peek("BN") if not serials([value])[2]] if bag.has("BN") else []
    for value in books:
        bag.drop(value, "BN")
    return [*(bag.each("SN") or bag.each("EI")), *books]


def _article(bag: Bag, doi: str) -> str:
    """The number of an article in M1 (MDPI), which may be many things: the one that its DOI ends with; in a note (Embase by Ovid)."""
    number = next(iter(bag.peek("M1")), "")
    if number.isdecimal() and doi.endswith(number):
        return bag.one("M1")
    return next((found[1] for note in bag.peek("N1") if (found := _NUMBERED.search(note))), "")


_NUMBERED = lazy(r"\bArticle Number: (?:Article )?([\w./-]*\w)")


def _twice(bag: Bag) -> list[str]:
    """The people under AU and A1, once where they differ in points and commas only (Embase.com: `Popay, J.` and `Popay J.`)."""
    people, again = bag.each("AU"), bag.each("A1")
    told = {_NOT_LETTERS.sub("", name).casefold() for name in people}
    return people + [name for name in again if _NOT_LETTERS.sub("", name).casefold() not in told]


_NOT_LETTERS = lazy(r"[\W_]+")


_MORE = ("al", "al.", "others")
