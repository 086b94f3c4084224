"""arXiv's answers (Atom): info.arxiv.org/help/api/user-manual, 3.3 (elements)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.text import collapse
from review.formats.entries.xml_entries import read_entries, text_of
from review.formats.tagged.labelled import of_pairs
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_NAMES = {"title": "title", "summary": "abstract", "published": "publication date", "doi": "doi", "comment": "note"}


def score(head: str) -> float:
    """0.95 for an Atom feed of arXiv, 0 otherwise."""
    return 0.95 if re.search(r"<(?:\w+:)?feed\s[^<>]*Atom", head) and "arxiv.org" in head else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <entry>, in file order. Raises FormatError where the text is no feed."""
    yield from read_entries(data, "entry", _record, "<(?:[a-z]+:)?feed", FormatError("no <entry> in it", "Ask arXiv again."))


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    return of_pairs(line, raw, _pairs(root), {}, frozenset({"authors", "keywords"}))


def _pairs(root: Element) -> Iterator[tuple[str, str]]:
    yield "type", "preprint"
    for child in root:
        text = text_of(child)
        if child.tag == "author":
            yield "authors", collapse(child.findtext("name") or "")
            for place in child.findall("affiliation"):
                yield "affiliation", collapse(place.text or "")
        elif child.tag == "id":
            yield "accession number", text.rpartition("/abs/")[2]
            yield "url", text
        elif child.tag == "category":
            yield "keywords", child.get("term", "")
        elif child.tag not in ("link", "primary_category"):
            yield _NAMES.get(child.tag, child.tag), text


FORMAT = Format("arxiv-atom", "arXiv (Atom)", score, read)
