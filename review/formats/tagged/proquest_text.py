"""ProQuest's text export, meant for reading: `Document 1 of 9`, the title, then paragraphs `Name: value`, parted by rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.stream import lines
from review.formats.characters.text import collapse, normalise
from review.formats.columns.csv_columns import field_of
from review.formats.tagged.labelled import of_pairs
from review.model.patterns import lazy
from review.model.record import Record, Reject

_START = lazy(r"\s*Document \d+ of \d+\s*$")
_RULE = lazy(r"\s*[_=-]{20,}\s*$")
_FIELD = lazy(r"((?:e-)?[A-Z][A-Za-z /()-]{1,40}): +(\S.*)?$")
_NAMES = {
    "Author": "authors", "Publication title": "journal", "Publication info": "source", "Publication year": "year", "Publication date": "date",
    "ProQuest document ID": "accession number", "Document URL": "url", "Language of publication": "language", "Database": "database",
    "Subject": "subjects", "Identifier / keyword": "keywords", "Place of publication": "place", "Source type": "source type",
    "Links": "link to full text", "Title": "title", "DOI": "doi", "Pages": "pages", "First page": "start page",
}  # fmt: skip
# Its other headings: they begin a field though the blank lines were lost on the way, but not in an abstract, which has headings of its own.
_HEADINGS = frozenset(
    (
        "Abstract", "Accession number", "Advisor", "Classification", "Committee member", "Company / organization", "Copyright", "Correspondence author",
        "Country of publication", "Degree", "Degree date", "Department", "Document feature", "Document type", "Dissertation/thesis number",
        "e-ISSN", "Edition", "Electronic publication date", "First available", "Full text", "ISBN", "ISSN", "Issue", "Language", "Last updated",
        "Location", "Milestone dates", "Number of pages", "Number of references", "Online publication date", "People", "Publication history",
        "Publication subject", "Publisher", "School code", "Section", "Source", "University location", "University/institution", "Volume",
    )
)  # fmt: skip


def score(head: str) -> float:
    """0.95 for text with `Document 1 of 9` on a line and ProQuest's names of fields, else 0."""
    head = normalise(head)
    started = re.search(r"^[ \t]*Document \d+ of \d+[ \t]*$", head, re.MULTILINE)
    return 0.95 if started and re.search(r"^(?:ProQuest document ID|Publication title|Publication info): ", head, re.MULTILINE) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each document, in file order; what stands before the first goes to its `extra`.

    Raises FormatError where there is none.
    """
    above: list[str] = []
    entry: list[str] | None = None
    begun = 0
    for number, line in enumerate(lines(data), 1):
        if _START.match(line):
            if entry is not None:
                yield _record(begun, entry, above)
                above = []
            entry, begun = [line], number
        elif entry is None:
            above += [line.strip(" ")] if line.strip(" \t") and not _RULE.match(line) else []
        else:
            entry.append(line)
    if entry is None:
        raise FormatError("no document found in it", "A document begins with a line such as `Document 1 of 9`.")
    yield _record(begun, entry, above)


def _record(line: int, entry: list[str], above: list[str]) -> Record | Reject:
    pairs: list[tuple[str, list[str]]] = []
    blank = True
    for text in entry[1:]:
        if _RULE.match(text) or not text.strip():
            blank = True
            continue
        found = _FIELD.match(text.strip())
        known = found is not None and (found[1] in _NAMES or field_of(found[1]) is not None)
        inside = found is not None and (found[1] in _NAMES or (found[1] in _HEADINGS and bool(pairs) and pairs[-1][0] != "Abstract"))
        if found and (known if not pairs else blank or inside):  # a title may have a colon
            pairs.append((found[1], [found[2] or ""]))
        elif not pairs:
            pairs.append(("Title", [text]))
        elif blank and pairs[-1][0] != "Abstract":
            pairs.append(("", [text]))
        else:
            pairs[-1][1].append(text)
        blank = False
    # The people stand above and below the abstract.
    told = list(dict.fromkeys((name, collapse(" ".join(texts))) for name, texts in pairs))
    place = dict(told).get("Place of publication", "").partition(",")[0]
    # `Journal of Walks; London`
    apart = [(name, text.removesuffix(f"; {place}") if place and name == "Publication title" else text) for name, text in told]
    return of_pairs(line, "\n".join(entry).rstrip(), apart, _NAMES, above=above)


FORMAT = Format("proquest-text", "ProQuest text (Document 1 of 9)", score, read)
