"""All formats. A new one is a line here, or an entry point in the group `review.formats` of another package."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points

from review.errors import FormatError, UsageError
from review.formats.base import NO_COLUMNS, Format
from review.formats.bibtex import bibtex
from review.formats.characters.dress import undressed
from review.formats.characters.text import decode, normalise
from review.formats.columns.table_header import MAP
from review.formats.endnote import endnote_xml
from review.formats.json import csl_json, europepmc_json, yaml_items
from review.formats.pubmed import nbib, pubmed_xml
from review.formats.ris import ris
from review.formats.tables import csv_table, html_table, ods, xls, xlsx
from review.formats.tables.foreign import recognised
from review.formats.tagged import (
    catalogue,
    ebsco_text,
    embase_rows,
    embase_text,
    field_text,
    named_text,
    nep_text,
    noteexpress,
    ovid,
    proquest_text,
    pubmed_text,
    refer,
    refworks,
    sciencedirect_text,
    scopus_text,
    wos,
)
from review.formats.xml import (
    arxiv_atom,
    bibtexml,
    citavi,
    dublin_core,
    ebsco_xml,
    endnote7_xml,
    esummary_xml,
    europepmc_xml,
    jats,
    marcxml,
    mods,
    msbib,
    ovid_xml,
    pica,
    revman,
    service_xml,
    tei,
    trials_xml,
    wos_xml,
    xml_rows,
    zotero_rdf,
)
from review.model.patterns import lazy
from review.model.words import nearest

FORMATS: tuple[Format, ...] = (
    pubmed_xml.FORMAT,
    nbib.FORMAT,
    ris.FORMAT,
    wos.FORMAT,
    wos_xml.FORMAT,
    refer.FORMAT,
    refworks.FORMAT,
    ovid.FORMAT,
    ovid_xml.FORMAT,
    catalogue.FORMAT,
    msbib.FORMAT,
    bibtexml.FORMAT,
    mods.FORMAT,
    marcxml.FORMAT,
    pica.FORMAT,
    dublin_core.FORMAT,
    jats.FORMAT,
    citavi.FORMAT,
    trials_xml.FORMAT,
    service_xml.FORMAT,
    revman.FORMAT,
    tei.FORMAT,
    pubmed_text.FORMAT,
    proquest_text.FORMAT,
    ebsco_text.FORMAT,
    ebsco_xml.FORMAT,
    arxiv_atom.FORMAT,
    scopus_text.FORMAT,
    sciencedirect_text.FORMAT,
    named_text.FORMAT,
    nep_text.FORMAT,
    field_text.FORMAT,
    noteexpress.FORMAT,
    embase_rows.FORMAT,
    embase_text.FORMAT,
    bibtex.FORMAT,
    endnote_xml.FORMAT,
    endnote7_xml.FORMAT,
    esummary_xml.FORMAT,
    europepmc_json.FORMAT,
    europepmc_xml.FORMAT,
    csl_json.FORMAT,
    zotero_rdf.FORMAT,
    yaml_items.FORMAT,
    xml_rows.FORMAT,
    csv_table.FORMAT,
    xlsx.FORMAT,
    xls.FORMAT,
    html_table.FORMAT,
    ods.FORMAT,
)

_HEAD = 65536  # characters that `score` sees
_LEAST = 0.5  # a lower score is a guess
_CERTAIN = 0.95
_CLOSED = frozenset({bibtex.FORMAT, csv_table.FORMAT})  # their values stand in braces or quotation marks, with whatever lines

_BINARY = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x1f\x8b", "a gzip archive (unpack it first)"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", _DATABASE := "an SQLite database (such as an EndNote or Zotero library)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
)


_CONTROL = lazy("[\x00-\x08\x0e-\x1f]")
# Of a reference manager's own library, which only it can read.
LIBRARY = "In EndNote: File, Export, with the output style RefMan (RIS) or as XML. In Zotero: File, Export Library. In Mendeley or Papers: Export as RIS."


@cache
def formats() -> tuple[Format, ...]:
    """The formats of this package, then those that other packages bring."""
    brought = (point.load() for point in entry_points(group="review.formats"))
    return (*FORMATS, *(f for f in brought if isinstance(f, Format)))


_EXPORT = "Export it as RIS, PubMed (.nbib), BibTeX, EndNote XML, CSV or Excel."
_ALSO = {"bib": "bibtex", "biblatex": "bibtex", "endnote": "endnote-xml", "medline": "nbib", "pubmed": "nbib", "excel": "xlsx", "json": "csl-json", "enw": "refer", "csl": "csl-json"}  # fmt: skip


def by_name(name: str) -> Format:
    """The format of that name, or of one that people give it. Raises UsageError, which lists the names and says the nearest."""
    known = {f.name: f for form in formats() for f in (form, *form.variants)}
    asked = name.strip().casefold().removeprefix(".")
    found = known.get(asked) or known.get(_ALSO.get(asked, ""))
    if found:
        return found
    near = nearest(name, known)
    meant = f"Did you mean `{near}`? " if near else ""
    raise UsageError(f"there is no format `{name}`", f"{meant}The formats are: {', '.join(known)}.")


def detect(data: bytes, name: str = "", columns: Mapping[str, str] = NO_COLUMNS) -> Format:
    """The format that the content looks most like; `name` of the file only makes the message readable. Whoever says what its `columns` are says
    that it is a table, where no format fits.

    Raises FormatError for an empty file, for what is no text, and where no format fits.
    """
    called = f"`{name}`" if name else "the file"
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise FormatError(f"{called} is empty", "Export it again; a search without results needs no file.")
    if found := next((f for f in formats() if f.binary and f.binary(data)), None):
        return found
    if kind := binary_kind(data):
        mend = LIBRARY if kind == _DATABASE else "Unpack it, and name the files in it." if "archive" in kind else _EXPORT
        raise FormatError(f"{called} is {kind}, not text", mend)
    head = decode(data[: 4 * _HEAD]).text.rstrip("\x00")
    lines = normalise(head)
    plain = _plain(lines)
    head = head[:_HEAD]
    if head.count("\x00") + head.count("\ufffd") > len(head) // 10 or len(_CONTROL.findall(head)) > len(head) // 20:
        raise FormatError(f"{called} is binary, not text", LIBRARY if name.casefold().endswith(".enl") else _EXPORT)
    scored = [(f.score(plain), f) for f in formats()]
    best, found = max(scored, key=lambda pair: pair[0])  # the first of equals: the order of the list
    # What begins as one of these is no other format for the lines of an abstract in it.
    first = "\n".join(lines[:_HEAD].lstrip("\n ").split("\n", 2)[:2])
    found = next((f for score, f in scored if f in _CLOSED and score >= _CERTAIN and f.score(first) >= _CERTAIN), found)
    if best < _LEAST and columns:
        return csv_table.FORMAT
    if best < _LEAST or head.startswith("{\\rtf"):  # in which values would be read with its commands
        kind, mend = recognised(head)
        if kind:
            raise FormatError(f"{called} is {kind}", mend)
        raise FormatError(f"{called} is in no format that is known here", _how())
    return found


def doubt(data: bytes, form: Format) -> str:
    """What is to be said where somebody named this format, and the beginning of the file is surely another one's; else ""."""
    try:
        found = detect(data)
    except FormatError:
        return ""
    fits = form.binary(data) if form.binary else form.score(_plain(normalise(decode(data[: 4 * _HEAD]).text))) >= _LEAST
    same = fits or form in (found, *found.variants)
    return "" if same else f"it looks like {found.name}, and is read as {form.name} because --format says so"


def _plain(text: str) -> str:
    """The beginning of a text without what a mail or a browser put round it."""
    return "".join(undressed(iter([text])))[:_HEAD]


def _how() -> str:
    known = "ris, nbib, bibtex, endnote-xml, refer (.enw), wos, ovid, refworks, csl-json or csv"
    return f"{_EXPORT} {MAP} If you know its format, name it: --format {known}; `--format list` tells of the others."


def binary_kind(data: bytes) -> str:
    """What a file is that is no text, by its first bytes; '' for text."""
    for magic, kind in _BINARY:
        if data.startswith(magic):
            return kind
    if data.startswith(b"PK\x03\x04"):
        if b"opendocument.spreadsheet" in data[:256]:
            return "an OpenDocument sheet (save it as .xlsx)"
        return "a Word document (docx)" if b"word/" in data else "a ZIP archive (unpack it first)"
    return ""
