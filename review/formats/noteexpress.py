"""NoteExpress's text (`{Title}: …`), as CNKI, Wanfang and VIP export it, and CNKI's own text (`Title-题名: …`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from review.formats.base import Format, Input
from review.formats.labelled import Labels
from review.formats.labelled import read as read_labelled
from review.formats.text import normalise
from review.model.record import Record, Reject

_BRACED = re.compile(r"\ufeff?\{([A-Z][A-Za-z/ ]{1,40})\} ?: ?(.*)")
_DOUBLE = re.compile(r"\ufeff?([A-Z][A-Za-z]{1,30})-[\u4e00-\u9fff][^:：]{0,20}[:：] ?(.*)")


def _label(line: str) -> tuple[str, str] | None:
    found = _BRACED.match(line) or _DOUBLE.match(line)
    return (found[1], found[2].strip().rstrip(";；") if found[1] in _PEOPLE else found[2]) if found else None


_PEOPLE = frozenset({"Author", "Keywords", "Keyword", "Organ", "Author Address"})  # a semicolon behind the last one, too
_LABELS = Labels(
    label=_label,
    opens=frozenset({"Reference Type", "SrcDatabase"}),
    names={
        "Abstract": "abstract", "Accession Number": "accession number", "Author": "authors", "Author Address": "affiliation", "DOI": "doi",
        "Database Provider": "provider", "Date": "date", "Edition": "edition", "ISBN/ISSN": "issn isbn", "ISBN": "isbn", "ISSN": "issn", "Issue": "issue",
        "Journal": "journal", "Keyword": "keywords", "Keywords": "keywords", "Language": "language", "Notes": "note", "Organ": "affiliation", "Page": "pages",
        "PageCount": "pages", "Pages": "pages", "Period": "issue", "Place Published": "place", "PubTime": "date", "Publisher": "publisher", "Reference Type": "reference type",
        "Roll": "volume", "Secondary Title": "secondary title", "Source": "journal", "SrcDatabase": "database", "Subsidiary Author": "editors",
        "Summary": "abstract", "Tertiary Title": "series", "Title": "title", "Translated Title": "original title", "URL": "url", "Volume": "volume",
        "Year": "year",
    },
)  # fmt: skip


def score(head: str) -> float:
    """0.95 for text with `{Reference Type}: ` or `Title-题名: ` at the beginning of a line, else 0."""
    head = normalise(head)
    return 0.95 if re.search(r"^\ufeff?(?:\{Reference Type\} ?:|(?:SrcDatabase|Title)-[\u4e00-\u9fff]+[:：])", head, re.MULTILINE) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry. Raises FormatError where there is none."""
    return read_labelled(data, _LABELS, "{Reference Type}: Journal Article")


FORMAT = Format("noteexpress", "NoteExpress text (CNKI, Wanfang, VIP)", score, read)
