"""Ovid's XML: a record of fields `<F C="TI" L="Title"><D type="c">…</D></F>`, whose codes are the tags of its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.characters.text import collapse
from review.formats.entries.xml_entries import read_entries
from review.formats.tagged.labelled import of_pairs
from review.formats.tagged.ovid import LISTS, TAGS, as_meant
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_FIELD = lazy(r"<record[\s>][^<]{0,300}<F\s(?:[^<>]*\s)?C=[\"'][A-Z]{2}[\"']")


def score(head: str) -> float:
    """0.95 for a record whose first field has a code of two letters, 0 otherwise."""
    return 0.95 if _FIELD.search(head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each record, in file order. Raises FormatError where there is none."""
    missing = FormatError("no record of Ovid's in it", "Export from Ovid as RIS.")
    yield from read_entries(data, "record", _record, "<records", missing)


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    fields = [(one.get("C", ""), one.get("L", ""), collapse("".join(part.itertext()))) for one in root.iter("F") for part in one.iter("D")]
    found = of_pairs(line, raw, [(code if code in TAGS else label or code, text) for code, label, text in fields], TAGS, LISTS)
    return as_meant(found) if isinstance(found, Record) else found


FORMAT = Format("ovid-xml", "Ovid XML", score, read)
