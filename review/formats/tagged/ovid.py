"""Ovid's text: entries numbered `<1>`, each field's name on a line of its own and its value indented below it, or two-letter tags.

Names and tags: Ovid's export as "Citation", "Reprint/Medlars" and "Brackets"; they are those of its tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from review.formats.base import Format, Input
from review.formats.characters.stream import first_block
from review.formats.characters.text import normalise
from review.formats.columns.csv_columns import EXTRAS, extra_of, field_of
from review.formats.tagged.labelled import read as read_labelled
from review.formats.tagged.labels import Labels
from review.formats.values.fields import names
from review.model.patterns import lazy
from review.model.record import Record, Reject

TAGS = {
    "AB": "abstract", "AN": "accession number", "AU": "au", "BN": "isbn", "BT": "book title", "CP": "place", "DB": "database name",
    "DI": "doi", "DO": "doi", "DP": "date", "ED": "editors", "EP": "electronic date of publication", "FA": "authors", "IB": "isbn", "ID": "keywords", "IN": "affiliation", "IP": "issue", "IS": "issn", "IT": "eissn",
    "JN": "journal", "KW": "keywords", "LG": "language", "MH": "mesh terms", "NJ": "journal", "NO": "grant number", "ES": "eissn", "EA": "email", "NR": "number of references", "OT": "original title", "PB": "publisher", "PG": "pages", "PM": "pubmed id",
    "PT": "publication type", "SH": "subject headings", "SO": "source", "TI": "title", "UI": "unique identifier", "UR": "url", "VO": "volume",
    "VI": "version", "YR": "year",
}  # fmt: skip
_NAMES = {
    "author": "au", "authors": "au", "authors full name": "authors", "author name": "au", "institution": "affiliation",
    "e-issn": "eissn", "issn print": "issn", "issn electronic": "eissn", "digital object identifier": "doi", "nlm journal name": "journal",
    "mesh subject headings": "mesh terms", "keyword heading": "keywords", "publication type": "publication type", "chapter title": "chapter title",
    "year of publication": "year", "publication history status": "status", "date of publication": "date", "book author": "editors", "link to the ovid full text or citation": "url",
}  # fmt: skip
LISTS = frozenset({"authors", "au", "keywords", "mesh terms", "editors", "publication type", "subject headings"})
_NUMBERED = lazy(r"\s{0,2}<\s*\d+\.?\s*>\s*$")
_ENTRY = lazy(r"^\s{0,2}<\s*\d+\.?\s*>\s*\n ?(?:[A-Z][\w .,/&()-]{1,60}|[A-Z]{2}\s+- .*)\s*$", re.MULTILINE)
_NAME_LINE = lazy(r"(?:(Link to the [A-Z][A-Za-z ]{2,50}):|([A-Z][\w .,/&()'-]{0,60}?))\s*$")
_TAG_LINE = lazy(r" ?([A-Z][A-Z0-9])\s{0,3}- ?(.*)")


_INDENTED = lazy(r"^ {1,8}[^\s<]", re.MULTILINE)
_NEXT = lazy(r"\d{1,6}\. *")  # the number of the next entry, where each begins with VN
_MEDLINES = lazy(
    r"^Unique Identifier[ \t]*$|^ ?(?:RO  - From MEDLINE|ST  - (?:MEDLINE|PubMed))|L=\"Unique Identifier\"", re.MULTILINE
)  # others have an Accession Number
_PMID = lazy(r"[1-9]\d{3,7}")


def _label(line: str) -> tuple[str, str] | None:
    """A tag with its value, or the name of a field, in lower case, whose value is below it."""
    if tag := _TAG_LINE.match(line):
        return tag[1], tag[2]
    name = _NAME_LINE.match(line)
    return ((name[1] or name[2]).casefold(), "") if name else None


def _known(line: str) -> tuple[str, str] | None:
    """As `_label`, but only the names that are known."""
    found = _label(line)
    name = found[0] if found else ""
    return (
        found if name.isupper() or name in _NAMES or name.startswith("link to the ") or field_of(name) or extra_of(name) in EXTRAS else None
    )


_LABELS = Labels(
    label=_label,
    heading=_NUMBERED,
    opens=frozenset({"VN"}),
    names=TAGS | _NAMES,
    lists=LISTS,
    follows=lambda line: not _NEXT.fullmatch(line),
    titles=frozenset({"title", "TI"}),
)


def score(head: str) -> float:
    """0.95 for text with entries numbered `<1>`, or Ovid's tags with its name among them, 0 otherwise."""
    head = normalise(head)
    if _ENTRY.search(head):
        return 0.95
    return 0.8 if re.search(r"^ ?VN  - Ovid", head, re.MULTILINE) and not re.search(r"^TY  -", head, re.MULTILINE) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry; MEDLINE's own number is the PMID. Raises FormatError where there is none."""
    # Of a text that was pasted the values are no longer indented, and may be taken for names.
    labels = _LABELS if _INDENTED.search(first_block(data)) else replace(_LABELS, label=_known)
    for entry in read_labelled(data, labels, "<1>"):
        yield as_meant(entry) if isinstance(entry, Record) else entry


def as_meant(entry: Record) -> Record:
    """What Ovid writes in its own way: MEDLINE's number, lists of people, editors, the date of entry under ED."""
    databases = [text for name, text in entry.extra if name == "database"]
    medline = any("MEDLINE" in text for text in databases) or (not databases and _MEDLINES.search(entry.raw) is not None)
    if medline and not entry.pmid and _PMID.fullmatch(entry.accession):
        entry = replace(entry, pmid=entry.accession)
    kinds = filter(None, _KINDS.split(entry.type)) if "." in entry.type else (entry.type,)
    entry = _everybody(replace(entry, authors=_parted(entry.authors), type="; ".join(kinds)))
    if any(name == "editor" and text.isdecimal() for name, text in entry.extra):  # MEDLINE's ED is the date of entry
        entry = replace(entry, extra=tuple(("ED" if n == "editor" and t.isdecimal() else n, t) for n, t in entry.extra))
    return entry


_KINDS = lazy(r"(?<!\.[A-Z])\.(?:\s+|\Z)")  # `Journal Article. Research Support, U.S. Gov't, P.H.S.. Review.`
_INITIALLED = lazy(r"[^\W\d_][\w'’ -]{0,60} [^\W\d_a-z]{1,4}")
_BEFORE_NEXT = lazy(r"\.\s+(?=[^,.]{1,80}, )")


def _parted(authors: tuple[str, ...]) -> tuple[str, ...]:
    """`Smith JA. Doe J.` and `Smith, Ann B.. Doe, Jane.` as two people: Ovid ends each with a full stop where they stand on one line."""
    if len(authors) != 1 or ". " not in authors[0]:
        return authors
    parts = re.split(r"\.\s+", authors[0].rstrip("."))
    if all(map(_INITIALLED.fullmatch, parts)):
        return tuple(parts)
    parts = _BEFORE_NEXT.split(authors[0])
    if len(parts) < 2 or not all(", " in part for part in parts):
        return authors
    *others, last = parts
    return (*others, last.removesuffix(".") if re.search(r"\w{2}\.$|\.\.$", last) else last)


def _everybody(entry: Record) -> Record:
    """The short names where there are more of them than of the full ones."""
    short = next(((label, text) for label, text in entry.extra if label in ("AU", "author", "authors")), None)
    people = names(short[1].split("\n")) if short else ()
    if short is None or len(people) <= len(entry.authors):
        return entry
    full = ("author full names", "\n".join(entry.authors))
    return replace(entry, authors=people, extra=tuple(full if pair == short else pair for pair in entry.extra))


FORMAT = Format("ovid", "Ovid text (numbered <1>)", score, read)
