"""Microsoft Word's bibliography (Sources.xml), also as JabRef writes it. Elements: ECMA-376 part 1, 22.6 (Bibliography)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.bibtex.bibtex_names import names
from review.formats.characters.markup import break_lines, unmarked
from review.formats.characters.text import doi_in, is_only, year_in
from review.formats.entries.xml_entries import read_entries, text_of
from review.formats.values.bag import Bag
from review.formats.values.fields import says_nothing, serials, tidy
from review.formats.values.ids import pmid_in
from review.formats.values.keyword_lists import split_keywords
from review.formats.values.numbers import pages
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

NAMES = {
    "Author/Editor": "editor", "Author/BookAuthor": "container-author", "City": "place", "Comments": "note", "ConferenceName": "conference", "Edition": "edition",
    "Day": "day", "Institution": "publisher", "Month": "month", "Publisher": "publisher", "ShortTitle": "short-title", "Tag": "citation-key", "ThesisType": "genre",
}  # fmt: skip
_NAME = ("Last", "First", "Middle")


def score(head: str) -> float:
    """0.95 for XML with Word's sources in it, 0 otherwise."""
    return 0.95 if re.search(r"<(?:\w+:)?Sources?[\s>]", head) and re.search(r"officeDocument|<(?:\w+:)?SourceType>", head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <Source>, in file order. Raises FormatError where the text has none."""
    missing = FormatError("no <Source> in it", "Word keeps its bibliography in Sources.xml.")
    yield from read_entries(data, "Source", _record, r"<(?:\w+:)?Sources[\s/>]", missing)


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    bag = Bag(list(_pairs(root)))
    kind, entry_type = bag.one("SourceType"), bag.one("BIBTEX_Entry")
    issn, isbn, unread = serials(bag.all("StandardNumber", "ISSN", "BIBTEX_ISSN", "BIBTEX_ISBN"))
    date = "-".join(v.zfill(2) for v in (bag.peek("Month") + bag.peek("Day")) if v)
    year = bag.one("Year")
    seen = " ".join(bag.all("DayAccessed", "MonthAccessed", "YearAccessed"))
    for value in bag.peek("Publisher"):
        bag.drop(value, "Institution")  # which people name twice
    doi = next((doi_in(v) for v in bag.peek("DOI", "URL", "StandardNumber") if doi_in(v)), "")
    for value in bag.peek("DOI"):
        if is_only(doi, value):
            bag.drop(value, "DOI")
    title = bag.one("Title")
    journal = bag.one("JournalName", "PeriodicalTitle", "PublicationTitle", "InternetSiteTitle", "BookTitle")
    if not journal and kind == "ConferenceProceedings":  # as Word asks for the title of the proceedings
        journal = bag.one("ConferenceName")
    found = Record(
        line=line,
        raw=raw,
        title=tidy(title),
        abstract=break_lines(bag.one("BIBTEX_Abstract", "Abstract")),
        authors=tuple(bag.all("Author/Author") or bag.all("Author/Inventor", "Author/Artist", "Author/Director")),
        year=year_in(year),
        journal=tidy(journal),
        volume=bag.one("Volume"),
        issue=bag.one("Issue", "PatentNumber", "CaseNumber"),
        pages=pages(bag.one("Pages")),
        doi=doi,
        pmid=next((p for v in bag.peek("URL", "BIBTEX_PMID") if (p := pmid_in(v))), ""),
        issn=issn,
        isbn=isbn,
        url=bag.one("URL"),
        language=bag.one("BIBTEX_Language", "LCID"),
        keywords=tuple(k for v in bag.all("BIBTEX_KeyWords", "BIBTEX_Keywords") for k in split_keywords(v, comma=True)),
        type=entry_type if entry_type and kind == "Misc" else kind,
        extra=(
            *([("BIBTEX_Entry", entry_type)] if entry_type else []),
            *([("date", year)] if year and str(year_in(year)) != year else []),
            *(("StandardNumber", value) for value in unread),
            *([("date", f"{year}-{date}")] if date.replace("-", "").isdecimal() else []),
            *([("accessed", seen)] if seen else []),
            *bag.rest(NAMES),
        ),
    )
    found = unmarked(found)
    if says_nothing(found):
        return Reject(line=line, reason="no title, abstract, author or identifier", raw=raw)
    return found


def _pairs(root: Element) -> Iterator[tuple[str, str]]:
    """(element, text); people as `Author/Editor`, each `Last, First Middle`."""
    for child in root:
        if child.tag == "Author":
            for role in child:
                for person in role.iter("Person"):
                    last, first, middle = (" ".join(map(text_of, person.findall(name))) for name in _NAME)
                    for name in _people(", ".join(p for p in (last, f"{first} {middle}".strip()) if p)):
                        yield f"Author/{role.tag}", name
                for body in role.iter("Corporate"):
                    for name in _people(text_of(body)):
                        yield f"Author/{role.tag}", name
        elif child.tag not in ("Guid", "RefOrder") and not (
            child.tag == "LCID" and text_of(child).isdecimal()
        ):  # Windows's number of a language
            yield str(child.tag), text_of(child)


def _people(text: str) -> list[str]:
    """A person or body as it stands; but the people of BibTeX (`Doe, Jane and Roe, R.`), which JabRef writes as one, each for themselves."""
    parts = text.split(" and ")
    several = len(parts) > 1 and all(part.count(",") == 1 for part in parts)
    return names(text) if several or "\\" in text else [text] if text else []


FORMAT = Format("msbib", "Word bibliography (XML)", score, read)
