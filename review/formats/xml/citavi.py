"""Citavi's projects and backups (.ctv5bak, .ctv6bak: a ZIP with one XML), and that XML alone (CitaviExchangeData).

A reference names its people, keywords and publishers by ids; lists of `reference;one;two` tie them together.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input, whole
from review.formats.characters.text import collapse, collapsed_lines, decode, normalise
from review.formats.characters.xml_signs import mended
from review.formats.entries.mixed import settled
from review.formats.entries.xml_entries import entries
from review.formats.tagged.labelled import of_pairs
from review.formats.values.subtitles import with_subtitle
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_BIGGEST = 1 << 30  # bytes unpacked
_NAMES = {
    "Abstract": "abstract", "BibTeXKey": "citation-key", "CitationKey": "citation-key", "DOI": "doi", "Doi": "doi", "Edition": "edition", "ISBN": "isbn",
    "ISSN": "issn", "Language": "language", "Notes": "note", "Number": "issue", "OnlineAddress": "url", "PlaceOfPublication": "place", "PubMedID": "pubmed id",
    "PubMedId": "pubmed id", "PageRange": "pages", "ReferenceType": "type", "SeriesTitle": "series", "ShortTitle": "short title", "SpecificField4": "number of pages",
    "Title": "title", "Volume": "volume", "Year": "year", "Date": "date", "PageCount": "page count",
}  # fmt: skip
# How Citavi holds and sorts it, and the same text again in RTF.
_OWN = lazy(
    r"(?:Created|Modified)(?:By|On)|HasLabel\d|.*(?:Formatted|UpdateType|ForSorting|IsComplex|SourceTextFormat|NumeralSystem)|CoverPath|Rating|"
    r"SequenceNumber|PageRangeNumber(?:ingType)?|TextLinks|(?:Series|Library|Group)\w*I[Dd]|Uuid|Protected"
)


def score(head: str) -> float:
    """0.97 for Citavi's XML, 0 otherwise."""
    return 0.97 if head.lstrip("\ufeff \t\r\n").startswith("<") and "<CitaviExchangeData" in head else 0.0


def is_backup(head: bytes) -> bool:
    """Whether these first bytes are those of a ZIP with a Citavi project in it."""
    return head.startswith(b"PK\x03\x04") and head[26:].find(b"itavi", 0, 400) >= 0 and b".xml" in head[:400]


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <Reference>, in file order. Raises FormatError where the file is damaged or has none."""
    text = normalise(decode(_unpacked(whole(data))).text)
    if "<CitaviExchangeData" not in text:
        raise FormatError("no Citavi project in it", "Export from Citavi as RIS, or make a backup.")
    tied = _Tied(text)
    start, end = text.find("<References>"), text.find("</References>")
    lines = text.count("\n", 0, max(start, 0))
    body = text[start : end if end >= 0 else len(text)] if start >= 0 else ""
    yield from settled(entries(body, "Reference", lambda root, line, raw: of_pairs(line + lines, raw, tied.pairs(root), _NAMES)))


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(b"PK\x03\x04"):
        return data
    hint = "Open it in Citavi and export as RIS."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            part = next((p for p in packed.infolist() if p.filename.casefold().endswith(".xml")), None)
            if part is None or part.file_size > _BIGGEST:
                raise FormatError("the backup has no project of less than 1 GB in it", hint)
            return packed.read(part)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise FormatError(f"the backup is damaged ({error})", hint) from None


class _Tied:
    """People, keywords, publishers and what was noted, and which reference has which."""

    def __init__(self, text: str) -> None:
        self._people = dict(_named(text, "Person", _person))
        self._words = dict(_named(text, "Keyword", _told("Name")))
        self._houses = dict(_named(text, "Publisher", _told("Name")))
        self._journals = {
            column: dict(_named(text, "Periodical", _told(tag)))
            for column, tag in (("journal", "Name"), ("issn", "ISSN"), ("journal abbreviation", "StandardAbbreviation"))
        }
        self._series = dict(_named(text, "SeriesTitle", _told("Name")))
        self._categories = dict(_named(text, "Category", _told("Name")))
        self._noted: dict[str, list[str]] = {}
        for held in dict(_named(text, "KnowledgeItem", _noted)).values():
            reference, _, note = held.partition(" ")
            self._noted.setdefault(reference, []).append(note)
        self._places: dict[str, list[str]] = {}
        for held in dict(_named(text, "Location", _place)).values():
            reference, _, place = held.partition(" ")
            self._places.setdefault(reference, []).append(place)
        self._titles: dict[str, str] = {}
        self._lists = {
            name: _ties(text, tag)
            for name, tag in (
                ("authors", "ReferenceAuthors"), ("editors", "ReferenceEditors"), ("keywords", "ReferenceKeywords"), ("publisher", "ReferencePublishers"),
                ("organizations", "ReferenceOrganizations"), ("Category", "ReferenceCategories"), ("Collaborator", "ReferenceCollaborators"),
                ("OtherInvolved", "ReferenceOthersInvolved"),
            )
        }  # fmt: skip
        self._parent = {child: parent for parent, *children in _tied_ids(_block(text, "ReferenceReferences")) for child in children}
        if self._parent:
            self._titles = dict(_named(text, "Reference", _told("Title")))

    def pairs(self, root: Element) -> Iterator[tuple[str, str]]:
        key = root.get("id", "")
        for name, ties in self._lists.items():
            for one in ties.get(key, ()):
                if text := self._people.get(one) or self._words.get(one) or self._houses.get(one) or self._categories.get(one):
                    yield ("authors" if name == "organizations" and key not in self._lists["authors"] else name), text
        journal = root.findtext("PeriodicalID") or root.findtext("PeriodicalId") or ""
        yield from ((column, known[journal]) for column, known in self._journals.items() if known.get(journal))
        if series := self._series.get(root.findtext("SeriesTitleID") or ""):
            yield "series", series
        yield from (("note", note) for note in self._noted.get(key, ()))
        if book := self._titles.get(self._parent.get(key, "")):
            yield "book title", book
        subtitle = collapse(root.findtext("Subtitle") or "")
        told: set[str] = set()
        for child in root:
            tidied = collapsed_lines if child.tag in ("Abstract", "Notes") else collapse
            text = tidied("".join(child.itertext()))
            if child.tag in ("PageRange", "PageCount"):
                text = _pages(child.text or "")
            if child.tag == "Title" and subtitle:
                text = with_subtitle(text, subtitle)
            if text and child.tag not in ("Subtitle", "PeriodicalID", "PeriodicalId") and not _OWN.fullmatch(str(child.tag)):
                told.add(text)
                yield str(child.tag), text
        for place in self._places.get(key, ()):
            if place not in told:
                yield ("url" if place.startswith(("http:", "https:", "www.")) else "Location"), place


def _named(text: str, tag: str, name: Callable[[Element], str]) -> Iterator[tuple[str, str]]:
    from defusedxml.ElementTree import ParseError, fromstring

    openings = list(re.finditer(rf"<{tag}(?: [^<>]*)? id=\"([^\"<>]+)\"[^<>]*>", text))
    for found, following in zip(openings, [*openings[1:], None], strict=False):
        end = text.find(f"</{tag}>", found.end(), following.start() if following else len(text))
        if end < 0:
            continue
        try:
            yield found[1], collapse(name(fromstring(mended(f"{text[found.start() : end]}</{tag}>"), forbid_dtd=True)))
        except (ParseError, ValueError):
            continue


def _told(tag: str) -> Callable[[Element], str]:
    return lambda element: element.findtext(tag) or ""


def _person(element: Element) -> str:
    last, prefix = element.findtext("LastName") or "", element.findtext("Prefix") or ""
    first = " ".join(filter(None, (element.findtext("FirstName"), element.findtext("MiddleName"))))
    return ", ".join(filter(None, (f"{prefix} {last}".strip(), first, element.findtext("Suffix"))))


def _noted(element: Element) -> str:
    """The id of the reference that a person noted something of, and what."""
    return " ".join([element.findtext("ReferenceID") or "-", *(element.findtext(tag) or "" for tag in ("CoreStatement", "Text"))])


def _place(element: Element) -> str:
    """The id of the reference that is to be had somewhere, and where."""
    return f"{element.findtext('ReferenceID') or '-'} {element.findtext('Address') or ''}"


def _ties(text: str, tag: str) -> dict[str, list[str]]:
    return {key: others for key, *others in _tied_ids(_block(text, tag))}


def _block(text: str, tag: str) -> str:
    """What the first element of the tag holds."""
    _, _, behind = text.partition(f"<{tag}>")
    inside, closing, _ = behind.partition(f"</{tag}>")
    return inside if closing else ""


def _tied_ids(text: str) -> Iterator[list[str]]:
    for found in re.finditer(r"<OnetoN>([^<>]+)</OnetoN>", text):
        yield found[1].strip().split(";")


def _pages(text: str) -> str:
    """`<sp><n>273</n>…<os>273</os></sp><ep>…</ep><os>12-15</os>`, escaped within the element: the text as the person wrote it."""
    whole_range = re.findall(r"<os>([^<>]*)</os>", text)
    if whole_range:
        return collapse(whole_range[-1])
    told = collapse(re.sub(r"<[^<>]*>", " ", text))
    first, _, rest = told.partition(" ")
    return rest if rest.startswith(f"{first}-") else told  # `512 512-520`: where they begin, and all of them


FORMAT = Format("citavi", "Citavi project or backup", score, read, binary=is_backup)
