"""Zotero's RDF: items, and beside them the journals and books that they name. Elements: Zotero's export translators "Zotero RDF" and
"Bibliontology RDF", in which people too stand beside the works.

Each element below the root is cut out and parsed by itself; what an item names by `rdf:resource` is looked up among the others,
so the text is held whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input, whole
from review.formats.characters.text import collapse, collapsed_lines, decode, normalise, unescape
from review.formats.entries.xml_entries import alone, blanked, text_of
from review.formats.tagged.labelled import of_pairs
from review.formats.values.ids import own_pmid, pmcid_in
from review.model.patterns import lazy
from review.model.record import Record, Reject
from review.model.tags import LIKE_A_TAG

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_TAG = lazy(r"<(/?)([A-Za-z][\w:.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_ABOUT = lazy(r"rdf:(?:about|nodeID)=\"([^\"]*)\"")
_ITEM = lazy(r"<z:itemType>\s*(\w+)\s*</z:itemType>")
# A person's note on an item: HTML, as text.
_NOTED = lazy(r"isReferencedBy rdf:resource=\"([^\"]*)\"")
_MARKUP = lazy(LIKE_A_TAG)
_FILE = lazy(r"<rdf:resource rdf:resource=\"([^\"]*)\"")
_MADE = frozenset(
    {
        "inventors",
        "presenters",
        "programmers",
        "directors",
        "artists",
        "interviewees",
        "podcasters",
        "performers",
        "composers",
        "cartographers",
    }
)  # works that have no authors
_BESIDE = lazy(
    r"<(?:bib:(?:Journal|Periodical|Series|Memo)|z:(?:Attachment|Collection)|bibo:(?:Journal|Periodical|Series|Newspaper|Magazine|Note)|foaf:\w+|rdf:Seq)[\s>]"
)  # what has no type, and is no work
_NO_WORKS = frozenset({"attachment", "note", "annotation"})
_NAMES = {
    "abstract": "abstract", "alternative": "journal abbreviation", "date": "date", "edition": "edition", "itemType": "type", "language": "language",
    "libraryCatalog": "database", "number": "issue", "pages": "pages", "shortTitle": "short title", "title": "title", "volume": "volume",
}  # fmt: skip
_LISTS = frozenset({"authors", "editors", "keywords"})


def score(head: str) -> float:
    """0.95 for RDF in Zotero's words, else 0."""
    return 0.95 if "<rdf:RDF" in head and "zotero.org/namespaces/export" in head else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each item but attachments and notes, in file order. Raises FormatError where the file is no such RDF."""
    text = normalise(decode(whole(data)).text)
    root = text.find("<rdf:RDF")
    if root < 0:
        raise FormatError("no RDF in it", "Export from Zotero as Zotero RDF, or as RIS.")
    spans = list(_below(text, text.find(">", root) + 1))
    about = {found[1]: text[start:end] for start, end in spans if (found := _ABOUT.search(text, start, text.find(">", start)))}
    collections = _collections(about.values())
    named = {found[1] for found in _NOTED.finditer(text)}
    line = counted = 0
    for start, end in spans:
        line, counted = line + text.count("\n", counted, start), start
        raw = text[start:end]
        kind = _ITEM.search(raw)
        if kind[1] not in _NO_WORKS if kind else not _BESIDE.match(raw):
            yield alone(raw, line + 1, lambda root, line, raw: of_pairs(line, raw, _pairs(root, about, collections), {}, _LISTS))
        elif raw.startswith("<bib:Memo") and (key := _ABOUT.search(raw)) and key[1] not in named:
            yield Reject(line=line + 1, reason="a note that somebody wrote beside a work, and no reference", raw=raw)


def _below(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Where each element directly below the root begins and ends; one that is cut off ends with the text."""
    scan = blanked(text)
    depth, start = 0, at
    for tag in _TAG.finditer(scan, at):
        if tag[1]:
            depth -= 1
            if depth == 0:
                yield start, tag.end()
            elif depth < 0:
                return
        elif not tag[4]:
            if depth == 0:
                start = tag.start()
            depth += 1
    if depth > 0:
        yield start, len(text)


_ROLES = {
    "authorList": "authors",
    "creator": "authors",
    "editorList": "editors",
    "editor": "editors",
}  # of Bibliontology; the list has the order


def _collections(elements: Iterable[str]) -> dict[str, list[str]]:
    """The names of the collections that each item is in."""
    found: dict[str, list[str]] = {}
    for raw in elements:
        held = _held(raw) if raw.startswith("<z:Collection") else None
        for part in held.findall("hasPart") if held is not None else ():
            found.setdefault(part.get("resource", ""), []).append(collapse(held.findtext("title") or "") if held is not None else "")
    return found


def _beside(child: Element, about: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What a note or a file says that an item names."""
    raw = about.get(child.get("resource", ""), "")
    held = _held(raw)
    if held is None:
        return
    yield "note", collapse(unescape(_MARKUP.sub(" ", unescape(held.findtext("value") or ""))))
    yield from (("note keyword", text_of(tag)) for tag in held.findall("subject"))
    if file := _FILE.search(raw):
        yield "file", unescape(file[1])
    if held.tag == "Attachment":
        yield "file title", collapse(held.findtext("title") or "")
        yield "file url", collapse(held.findtext("identifier/URI/value") or "")


def _pairs(root: Element, about: Mapping[str, str], collections: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    yield from (("collection", name) for name in collections.get(root.get("about", ""), ()))
    wrote = root.find("authors") is not None
    told = {role for name, role in _ROLES.items() if name.endswith("List") and root.find(name) is not None}
    for child in root:
        name, text = str(child.tag), text_of(child)
        if (role := _ROLES.get(name)) and not text and not child.findall(".//Person"):
            if name.endswith("List") or role not in told:
                yield from ((role, person) for person in _people(child, about))
        elif name != "publisher" and (people := list(child.iter("Person"))):
            role = name if name in ("authors", "editors") or wrote or name not in _MADE else "authors"
            yield from ((role, _name(person)) for person in people)
        elif name == "subject":
            yield "keywords", text
        elif name == "description":
            yield "pubmed id", own_pmid(_lines(child))
            yield "pmcid", pmcid_in(text)
            yield "note", _lines(child)
        elif name == "abstract":
            yield "abstract", _lines(child)
        elif name == "publisher":
            yield "publisher", collapse(child.findtext(".//name") or text)
            if place := child.findtext(".//adr/Address/locality"):
                yield "place", collapse(place)
        elif name == "identifier":
            yield from _identifier(text)
        elif name == "presentedAt":
            yield "conference name", collapse(child.findtext(".//title") or "")
        elif name == "isPartOf":
            yield from _container(child, about)
        elif name in ("isReferencedBy", "link") and child.get("resource") in about:
            yield from _beside(child, about)
        elif name not in ("link", "isReferencedBy", "dateSubmitted", "rights") or text:
            yield _NAMES.get(name, name), text


def _name(person: Element) -> str:
    given = person.findtext("givenName") or person.findtext("givenname") or ""
    name = ", ".join(filter(None, (collapse(person.findtext("surname") or ""), collapse(given))))
    return name or collapse(person.findtext("name") or "")


def _people(child: Element, about: Mapping[str, str], deeper: bool = True) -> Iterator[str]:
    """The people whom an element names by where they stand, itself or in a list."""
    for named in child.iter():
        held = _held(about.get(named.get("resource") or named.get("nodeID") or "", ""))
        if held is not None and held.tag == "Seq" and deeper:
            yield from _people(held, about, False)
        elif held is not None and (name := _name(held)):
            yield name


def _held(raw: str) -> Element | None:
    """The element that a text is of."""
    kept: list[Element] = []

    def keep(root: Element, line: int, raw: str) -> Record:
        kept.append(root)
        return Record()

    if raw:
        alone(raw, 1, keep)
    return kept[0] if kept else None


def _lines(element: Element) -> str:
    return collapsed_lines("".join(element.itertext()))


def _identifier(text: str) -> Iterator[tuple[str, str]]:
    kind, _, number = text.partition(" ")
    if kind in ("DOI", "ISSN", "ISBN") and number:
        yield kind.casefold(), number
    elif text:
        yield "url" if text.startswith("http") else "identifier", text


def _container(child: Element, about: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the work is part of: said here, or elsewhere under the address that is given."""
    held = next(iter(child), None)
    if held is None:
        held = _held(about.get(child.get("resource") or child.get("nodeID") or "", ""))
    for part in held if held is not None else ():
        name, text = str(part.tag), text_of(part)
        if name == "identifier":
            yield from _identifier(text)
        elif name == "title":
            yield ("series" if held is not None and held.tag == "Series" else "journal"), text
        elif name == "isPartOf":
            yield from _container(part, about)
        elif text:
            yield _NAMES.get(name, name), text


FORMAT = Format("zotero-rdf", "Zotero RDF", score, read)
