"""Embase.com's plain text: the name of a field in capitals on a line of its own, and its values on the lines below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from review.formats.base import Format, Input
from review.formats.characters.text import normalise
from review.formats.tagged.labelled import read as read_labelled
from review.formats.tagged.labels import Labels
from review.model.patterns import lazy
from review.model.record import Record, Reject

_NAMES = frozenset(
    {
        "TITLE", "ORIGINAL TITLE", "AUTHOR NAMES", "AUTHOR ADDRESSES", "CORRESPONDENCE ADDRESS", "AUTHOR KEYWORDS", "SOURCE", "SOURCE TITLE", "CONFERENCE NAME",
        "CONFERENCE DATE", "CONFERENCE LOCATION", "EDITORS", "PUBLICATION YEAR", "DATE OF PUBLICATION", "PUBLICATION TYPE", "VOLUME", "ISSUE", "FIRST PAGE",
        "LAST PAGE", "ISSN", "ISBN", "BOOK PUBLISHER", "ABSTRACT", "LANGUAGE OF ARTICLE", "LANGUAGE OF SUMMARY", "MEDLINE PMID", "EMBASE ACCESSION ID", "PUI", "DOI",
        "FULL TEXT LINK", "EMBASE LINK", "COPYRIGHT", "EMTREE DRUG INDEX TERMS", "EMTREE DRUG INDEX TERMS (MAJOR FOCUS)", "EMTREE MEDICAL INDEX TERMS",
        "EMTREE MEDICAL INDEX TERMS (MAJOR FOCUS)", "CAS REGISTRY NUMBERS", "CLINICAL TRIAL NUMBERS", "EMBASE CLASSIFICATIONS", "DRUG MANUFACTURERS",
        "DEVICE MANUFACTURERS", "DRUG TRADE NAMES", "DEVICE TRADE NAMES", "MOLECULAR SEQUENCE NUMBERS",
    }
)  # fmt: skip
_NAME_LINE = lazy(r"^(?:TITLE|AUTHOR NAMES|SOURCE|ABSTRACT|PUI|DOI|EMBASE LINK|PUBLICATION TYPE)[ \t]*$", re.MULTILINE)


def _label(line: str) -> tuple[str, str] | None:
    name = line.strip()
    return (name, "") if name in _NAMES else None


_LABELS = Labels(
    label=_label,
    opens=frozenset({"TITLE"}),
    names={"AUTHOR NAMES": "author names", "AUTHOR KEYWORDS": "author keywords", "ABSTRACT": "abstract"},
    lists=frozenset({"author names", "author keywords", *(name for name in _NAMES if "INDEX TERMS" in name)}),
    heading=lazy(r"\s*RECORD \d+\s*$"),
)


def score(head: str) -> float:
    """0.9 for text with three of Embase's names of fields each on a line of its own, TITLE among them, else 0."""
    found = {m[0].strip() for m in _NAME_LINE.finditer(normalise(head))}
    return 0.9 if "TITLE" in found and len(found) >= 3 else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each entry, in file order. Raises FormatError where there is none."""
    return read_labelled(data, _LABELS, "TITLE")


FORMAT = Format("embase-text", "Embase.com plain text", score, read)
