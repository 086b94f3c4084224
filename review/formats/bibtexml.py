"""BibTeX as XML (BibTeXML, bibtexml.sf.net): the same entries and fields, read as BibTeX's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats import bibtex
from review.formats.base import Format, Input, whole
from review.formats.bibtex_syntax import Entry
from review.formats.fields import is_bare
from review.formats.text import collapse, decode, normalise
from review.formats.xml_entries import entries
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only


def score(head: str) -> float:
    """0.95 for XML in BibTeXML's name space, 0 otherwise."""
    return 0.95 if "bibtexml.sf.net" in head and re.search(r"<(?:\w+:)?(?:file|entry)[\s>]", head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <entry>, in file order. Raises FormatError where the text has none."""
    text = normalise(decode(whole(data)).text)
    found = False
    for entry in entries(text, "entry", _record):
        found = True
        yield entry
    if not found and "bibtexml" not in text:
        raise FormatError("no <entry> in it", "BibTeXML has one for each work.")


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    kind = next(iter(root), None)
    fields = [(str(child.tag).casefold(), collapse("".join(child.itertext()))) for child in (kind if kind is not None else ())]
    entry = Entry(line, raw, str(kind.tag).casefold() if kind is not None else "misc", root.get("id", ""), [f for f in fields if f[1]])
    found = bibtex.record(entry)
    if is_bare(found) and not found.authors and not found.journal:
        return Reject(line=line, reason="no title, abstract, author or identifier", raw=raw)
    return found


FORMAT = Format("bibtexml", "BibTeXML", score, read)
