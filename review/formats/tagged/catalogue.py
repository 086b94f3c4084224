"""Tagged text of catalogues and older databases, one small dialect each: Copac, Biblioscape, INSPEC, and `AU: value` as
SilverPlatter and the Cochrane Library print it. What their tags mean is what they mean in tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from review.formats.base import Format, Input
from review.formats.characters.stream import first_block
from review.formats.characters.text import normalise
from review.formats.tagged.labelled import read as read_labelled
from review.formats.tagged.labels import Labels, by
from review.model.patterns import lazy
from review.model.record import Record, Reject

_TAGS = {
    "AB": "abstract", "AD": "affiliation", "AN": "accession number", "AU": "authors", "BK": "book title", "CA": "affiliation", "CY": "place", "DE": "descriptors", "DOI": "doi",
    "DT": "document type", "ED": "editors", "IB": "isbn", "ID": "record id", "IP": "issue", "IS": "issn", "ISBN": "isbn", "ISSN": "issn", "JN": "journal", "JT": "journal",
    "KY": "keywords", "KW": "keywords", "LA": "language", "NO": "issue", "NR": "number of references", "OT": "original title", "PB": "publisher", "PG": "pages", "PM": "pubmed id",
    "PT": "publication type", "PU": "publisher", "PY": "year", "SE": "series", "SN": "issn", "SO": "source", "TI": "title", "UR": "url", "US": "url", "VL": "volume",
    "XR": "pubmed id", "YR": "year", "RT": "document type",
}  # fmt: skip
_LISTS = frozenset({"authors", "keywords", "editors", "descriptors"})
_RECORD = lazy(r"\s*Record(?: #?\d+ of \d+|\.\*INSPEC|[^\n]{0,20}- INSPEC| INSPEC(?: \d+)?$|[ .:#-]{0,3}\d{1,6}\s*$).*", re.IGNORECASE)


def _dialect(tag: str, names: Mapping[str, str], closes: frozenset[str] = frozenset()) -> Labels:
    return Labels(by(tag), {**_TAGS, **names}, closes=closes, heading=_RECORD, lists=_LISTS, titles=frozenset({"TI"}), here=_here)


def _here(found: Mapping[str, list[str]]) -> Mapping[str, str]:
    """SP is the page where a work begins, or in words who paid for it (ERIC)."""
    return {} if any(map(str.isdigit, " ".join(found.get("SP", ())))) else {"SP": "sponsor"}


# (a mark that the dialect bears, how it reads)
_DIALECTS = (
    (
        lazy(r"^--[A-Z]{2}-- ", re.MULTILINE),
        _dialect(
            r"--([A-Z][A-Z0-9])--(?: +(.*)|$)",
            # Its own tags (www.biblioscape.com/tips/tip_010710.htm), some of which mean otherwise elsewhere.
            {"ST": "journal", "YP": "year", "NB": "issue", "PS": "start page", "PE": "end page", "RT": "type", "TW": "type of work", "LG": "language",
             "TS": "book title", "AT": "url", "IE": "isbn", "CT": "place", "NT": "note", "EM": "email", "PP": "place", "SA": "editors", "TT": "series",
             "ED": "edition", "AC": "accession number", "TH": "short title", "C1": "custom 1", "CA": "category", "DE": "physical description",
             "DI": "date entered", "LA": "label", "SE": "section", "TA": "tertiary authors"},
            frozenset({"------"}),
        ),
    ),
    (
        lazy(r"^[A-Z]{2} ~ ", re.MULTILINE),
        _dialect(r"([A-Z]{2,4}) ~ ?(.*)", {"ID": "keywords", "CC": "classification", "CT": "index terms", "RT": "type", "AF": "affiliation"}),
    ),
    (
        lazy(r"^TI- .+\n(?:.+\n){0,60}?(?:AU|PY|PU)- ", re.MULTILINE),
        _dialect(r"([A-Z]{2})- (.*)", {"IS": "issn isbn", "PD": "physical description", "NT": "note", "DT": "type", "HL": "held at", "UT": "uniform title"}),
    ),
    # CSA Illumina has the name of the field, and the value below it.
    (
        lazy(r"^TI: Title[ \t]*\n[ \t]+\S", re.MULTILINE),
        _dialect(r"([A-Z]{2}): [A-Z][A-Za-z /()-]{1,40}$()", {"AF": "affiliation", "CL": "classification", "DN": "database", "ID": "identifiers"}),
    ),
    (lazy(r"^ID: C[ND]-?\d", re.MULTILINE), _dialect(r"([A-Z]{2,4}): +(.*)", {"ID": "accession number"})),  # Cochrane
    (lazy(r"^(?:AU|TI|SO|AB): +\S", re.MULTILINE), _dialect(r"([A-Z]{2,4}): +(.*)", {})),
)  # fmt: skip


def _labels(head: str) -> Labels | None:
    found = next((labels for mark, labels in _DIALECTS if mark.search(head)), None)
    if found is None:
        return None
    tags = {label[0] for line in head.split("\n") if (label := found.label(line))}
    return found if len(tags) >= 3 and tags & {"TI", "AU"} else None


def score(head: str) -> float:
    """0.7 for text with three tags or more in one of the dialects, a title or an author among them, else 0."""
    head = normalise(head)
    return 0.7 if _labels(head) and not re.search(r"^(?:TY|PMID) *-", head, re.MULTILINE) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry. Raises FormatError where there is none."""
    labels = _labels(first_block(data))
    for entry in read_labelled(data, labels or _DIALECTS[-1][1], "TI- A title"):
        yield _spaced(entry) if isinstance(entry, Record) else entry


_HYPHENED = lazy(r"([^\W\d_][^\d,;]*?)-([A-Z](?:-?[A-Z]){0,3})|([^,;]+),-([^,;\d]+)")


def _spaced(record: Record) -> Record:
    """SilverPlatter's `Doe-J-A`, `Doe,-Jane-A` and `J-Health-Serv`, whose hyphens stand for blanks."""
    journal = record.journal.replace("-", " ") if " " not in record.journal and record.journal.count("-") > 1 else record.journal
    found = [_HYPHENED.fullmatch(name) for name in record.authors]
    if not found or not all(found):
        return replace(record, journal=journal) if journal != record.journal else record
    people = tuple(f"{m[1]}, {m[2]}" if m[1] else f"{m[3]}, {m[4].replace('-', ' ')}" for m in found if m)
    return replace(record, authors=people, journal=journal if " " in journal else journal.replace("-", " "))


FORMAT = Format("catalogue", "tagged text of catalogues (Copac, Biblioscape, INSPEC, SilverPlatter, Cochrane)", score, read)
