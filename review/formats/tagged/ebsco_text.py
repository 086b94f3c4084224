"""EBSCOhost's text, as it is saved or mailed: lines `Title: …`, in capitals or not, an entry from one title to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from review.formats.base import Format, Input
from review.formats.characters.text import normalise
from review.formats.tagged.labelled import read as read_labelled
from review.formats.tagged.labels import Labels
from review.model.patterns import lazy
from review.model.record import Record, Reject

_LINE = lazy(r"([A-Z][A-Za-z/'() -]{1,60}?): *(.*)")
_NAMES = {
    "abstract": "abstract", "accession number": "accession number", "author": "authors", "authors": "authors", "author affiliation": "affiliation",
    "author affiliations": "affiliation", "author-supplied keywords": "author keywords", "database": "database", "document type": "document type",
    "digital object identifier": "doi", "doi": "doi", "isbn": "isbn", "issn": "issn", "keywords": "keywords", "language": "language", "major subjects": "subjects",
    "medline info": "pubmed id", "mesh terms": "mesh terms", "minor subjects": "subject terms", "permalink": "link",
    "persistent link to this record": "link", "persistent link to this record (permalink)": "link", "publication date": "date",
    "publication type": "document type", "publisher": "publisher", "source": "source", "subject terms": "subject terms", "subjects": "subjects",
    "thesaurus terms": "subject terms", "title": "title",
}  # fmt: skip
_OTHERS = frozenset({
    "address", "affiliation", "age group", "cinahl", "classification", "company/entity", "conference", "conference information", "contained works", "copyright", "correction date", "correspondence", "cut and paste", "entry date", "format availability", "format covered", "full text word count",
    "geographic terms", "grant information", "instrumentation", "isbn/issn", "journal subset", "naics/industry codes", "nlm uid", "number of pages",
    "other publishers", "people", "pmid", "population", "pmcid", "psycinfo classification", "release date", "location", "methodology", "tests & measures", "translated title", "physical description", "publication", "reviews & products", "revision date", "series", "special interest", "volume",
})  # fmt: skip


def _label(line: str) -> tuple[str, str] | None:
    """Only labels that are known: an abstract may begin a line with `Background: `."""
    found = _LINE.match(line)
    label = found[1].casefold() if found else ""
    return (label, found[2].strip()) if found and (label in _NAMES or label in _OTHERS) else None


_RULE = lazy(r"\s*_{10,}\s*")  # between two
_LABELS = Labels(
    _label,
    _NAMES,
    opens=frozenset({"title"}),
    heading=lazy(r"\s*Record: \d+\s*$"),
    lists=frozenset({"authors", "subjects", "subject terms"}),
    follows=lambda line: not _RULE.fullmatch(line),
)


def score(head: str) -> float:
    """0.9 for text with lines of a title, an accession number and a database, as EBSCOhost names them, else 0."""
    head = normalise(head)
    return (
        0.9
        if all(re.search(rf"(?i)^{name}:\s{{0,9}}\S", head, re.MULTILINE) for name in ("title", "accession number", "database"))
        else 0.0
    )


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry. Raises FormatError where there is none."""
    return read_labelled(data, _LABELS, "Title: A title")


FORMAT = Format("ebsco-text", "EBSCOhost text", score, read)
