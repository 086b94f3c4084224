"""Records as EndNote XML, with the elements in EndNote's own order and every text in one <style>, as EndNote writes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html import escape  # that of xml.sax loads what fetches pages
from xml.etree.ElementTree import XML, Element  # parses what was composed here only

from review.formats.characters.text import UNPRINTABLE
from review.formats.people.editors import OF_BOOKS, PEOPLE
from review.formats.people.name_pieces import as_one, is_body_of
from review.formats.people.natural_names import is_a_bodys, with_commas
from review.formats.values.carried import note, same
from review.formats.values.dates import dates_apart
from review.formats.values.fields import number_of_its_own, serials_of
from review.formats.values.ids import is_place
from review.formats.values.kinds import in_words, is_reports_number, kind_for, says_no_more, series_of
from review.model.record import Record, Reject

# What many formats share, by the element that holds it.
PATHS = {
    "accessed": "access-date", "affiliation": "auth-address", "editor": "contributors/secondary-authors/author", "date": "dates/pub-dates/date",
    "ahead-of-print": "edition", "edition": "edition", "note": "notes", "abbreviation": "periodical/abbr-1", "place": "pub-location", "publisher": "publisher",
    "database": "remote-database-name", "provider": "remote-database-provider", "short-title": "titles/short-title",
    "series": "titles/tertiary-title", "original-title": "orig-pub", "url": "urls/related-urls/url",
    "call-number": "call-num", "ISSN": "isbn", "number-of-volumes": "num-vols", "translated-author": "contributors/translated-authors/author",
}  # fmt: skip
# RIS's tags that have a place of their own in EndNote.
TAGS = {
    "A3": "contributors/tertiary-authors/author", "A4": "contributors/subsidiary-authors/author", "LB": "label", "TT": "titles/translated-title", "L1": "urls/pdf-urls/url", "SN": "isbn",
    **{f"C{n}": f"custom{n}" for n in range(1, 8)},
}  # fmt: skip
_ROLES = {"archive": PATHS["provider"], "collection-editor": TAGS["A3"], "translator": TAGS["A4"]}
_OF_BOOKS = {**_ROLES, **{name: TAGS.get(tag, PATHS["editor"]) for name, tag in OF_BOOKS.items()}}
_ORDER = (
    "rec-number", "contributors/authors/author", "contributors/secondary-authors/author", "contributors/tertiary-authors/author",
    "contributors/subsidiary-authors/author", "contributors/translated-authors/author", "auth-address", "auth-affiliaton",
    "titles/title", "titles/secondary-title", "titles/tertiary-title", "titles/alt-title", "titles/short-title",
    "titles/translated-title", "periodical/full-title", "periodical/abbr-1", "periodical/abbr-2", "periodical/abbr-3",
    "alt-periodical/full-title", "alt-periodical/abbr-1", "pages", "volume", "number", "edition", "section", "num-vols",
    "keywords/keyword", "dates/year", "dates/pub-dates/date", "pub-location", "publisher", "orig-pub", "isbn", "accession-num",
    "call-num", "report-id", "abstract", "label", "caption", "notes", "research-notes", "work-type",
    "reviewed-item", "urls/web-urls/url", "urls/pdf-urls/url", "urls/text-urls/url", "urls/related-urls/url", "custom1", "custom2",
    "custom3", "custom4", "custom5", "custom6", "custom7", "electronic-resource-num", "remote-database-name",
    "remote-database-provider", "language", "access-date",
)  # fmt: skip
_FILLED = frozenset(  # from fields of ours: an extra of that name would come in their way
    [
        "contributors/authors/author", "titles/title", "periodical/full-title", "pages", "volume", "number", "keywords/keyword",
        "dates/year", "electronic-resource-num", "abstract", "work-type", "language",
    ]
)  # fmt: skip
# What EndNote's definition lets stand more than once; of all else it keeps several in one, of these in lines.
_REPEATED = ("contributors/", "keywords/", "urls/", "dates/pub-dates/")
_IN_LINES = frozenset({"auth-address", "notes", "isbn"})
_ABBREVIATIONS = ("periodical/abbr-1", "periodical/abbr-2", "periodical/abbr-3")
_STYLE = '<style face="normal" font="default" size="100%">'


def write(
    records: Iterable[Record],
    parse: Callable[[Element, int, str], Record | Reject],
    carried: Counter[str] | None = None,
    notes: bool = True,
) -> Iterator[bytes]:
    """The file, a record at a time; `parse` reads a record as the reader will. carried: counts what goes into notes; notes: whether these
    are written."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
    for record in records:
        text = _compose(record, "")
        back = parse(XML(text), 0, text)
        if isinstance(back, Reject) or not same(record, back):
            # With a note that says nothing, an entry that names nothing is read as a record.
            bare = parse(XML(_compose(record, "review_record: {}")), 0, "")
            assert isinstance(bare, Record)
            told = note(record, bare, carried)
            text = _compose(record, told) if notes else text
        yield f"{text if notes else _compose(record, '', plain=True)}\n".encode()
    yield b"</records></xml>\n"


def _named(name: str) -> str:
    """A name as EndNote has it: a comma behind that of a body, and two within it, tell it from a person's, whose family would come last."""
    if is_body_of(name):
        return name.replace(", ", ",, ", 1)
    return f"{name}," if " " in name and "," not in name and is_a_bodys(name) else as_one(name)


def _compose(record: Record, told: str, *, plain: bool = False) -> str:
    known = kind_for(record)
    kind = known.endnote
    said = record.type == kind[0] or (plain and says_no_more(record.type, known, kind[0]))
    stated = "" if said else in_words(record.type) if plain else record.type
    values: dict[str, list[str]] = {}
    roles = _OF_BOOKS if known.name == "book" else _ROLES
    for name, text in dates_apart(record):
        path = roles.get(name) or PATHS.get(name) or TAGS.get(name, name)
        if path in _ORDER and path not in _FILLED:
            # EndNote has the year by itself: its styles would print it twice.
            text = text.removeprefix(f"{record.year} ") if plain and name == "date" else text
            values.setdefault(path, []).append(_named(text) if name in PEOPLE else text)
    own = number_of_its_own(record)
    filled = {
        "contributors/authors/author": list(map(_named, with_commas(record.authors))),
        "titles/title": [record.title],
        "periodical/full-title": [record.journal],
        "pages": [record.pages],
        "volume": [record.volume],
        "number": [
            ("" if own else record.issue)
            or next((text for name, text in record.extra if kind[0] == "Report" and is_reports_number(name, text)), "")
        ],
        "keywords/keyword": list(record.keywords),
        "dates/year": [str(record.year)] if record.year is not None else [],
        "electronic-resource-num": [record.doi],
        "abstract": [record.abstract],
        "work-type": [next((text for name, text in record.extra if name == "genre"), stated)],
        "language": [record.language],
        "research-notes": ["\n".join([*values.get("research-notes", []), told]).strip("\n")],
    }
    values |= filled
    # EndNote's own field for what a work is in; `periodical` is its list of terms. Of theses and web pages it is something else.
    if record.journal and kind[0] not in ("Thesis", "Web Page"):
        values.setdefault("titles/secondary-title", [record.journal])
    # EndNote has one element for ISSN and ISBN, one for any accession number, and keeps the PMCID in custom 2.
    values["isbn"] = ["\n".join(serials_of(record, values.get("isbn", [])))]
    # What names the record elsewhere, and comes back from every program that reads the file.
    place = is_place(record.accession)
    if named := [*([record.accession] if place else []), *(text for name, text in record.extra if name == "ID")]:
        values["label"] = [*named, *values.get("label", [])]
    values["accession-num"] = [record.pmid if place else record.accession or record.pmid]
    values["custom2"] = [*([record.pmcid] if record.pmcid else []), *values.get("custom2", [])]
    values["urls/related-urls/url"] = [record.url, *values.get("urls/related-urls/url", [])]
    if record.pmid.isdecimal() and not place and record.accession not in ("", record.pmid):  # which has the only place for it
        values["urls/related-urls/url"].append(f"https://pubmed.ncbi.nlm.nih.gov/{record.pmid}/")
    elif record.pmid and "remote-database-provider" not in values:
        values["remote-database-provider"] = ["NLM"]
    if plain:
        if (series := series_of(record)) and "titles/secondary-title" not in values:
            values["titles/secondary-title"] = [series]
            values["titles/tertiary-title"] = [text for text in values["titles/tertiary-title"] if text != series]
        values = _once_each(values)
    parts = [
        "<record>",
        f'<source-app name="review" version="1">review</source-app><ref-type name="{escape(kind[0])}">{kind[1]}</ref-type>',
    ]
    opened: list[str] = []
    for path in _ORDER:
        texts = [t for text in values.get(path, ()) if (t := UNPRINTABLE.sub(" ", text))]
        if not texts:
            continue
        *outer, name = path.split("/")
        while opened != outer[: len(opened)]:
            parts.append(f"</{opened.pop()}>")
        for element in outer[len(opened) :]:
            parts.append(f"<{element}>")
            opened.append(element)
        parts += [f"<{name}>{_STYLE}{escape(t, quote=False).replace(chr(10), '&#xD;')}</style></{name}>" for t in texts]
    parts += [f"</{element}>" for element in reversed(opened)]
    return "".join([*parts, "</record>"])


def _once_each(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """The values of each path without those that come again, and one value where EndNote knows one: of the journal's short names one in each of its places."""
    several = {path: list(dict.fromkeys(filter(None, texts))) for path, texts in values.items()}
    first, *_ = _ABBREVIATIONS
    if len(short := several.get(first, [])) > 1:
        several |= {path: [text] for path, text in zip(_ABBREVIATIONS, [*short[:2], "; ".join(short[2:])], strict=True)}
    return {
        path: texts if path.startswith(_REPEATED) else [("\n" if path in _IN_LINES else "; ").join(texts)]
        for path, texts in several.items()
    }
