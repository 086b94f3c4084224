"""MARC 21 as XML (www.loc.gov/standards/marcxml), as library catalogues answer: the fields that a reference has; the rest stays in `extra`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.labelled import of_pairs
from review.formats.text import collapse
from review.formats.xml_entries import read_entries
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

# Field and subfields to the column they stand for. The codes are those of MARC 21 Format for Bibliographic Data.
_FIELDS = {
    "020": ("a", "isbn"), "022": ("a", "issn"), "041": ("a", "language"), "250": ("a", "edition"), "490": ("a", "series"), "520": ("a", "abstract"),
    "500": ("a", "note"), "502": ("abcd", "note"), "650": ("a", "keywords"), "653": ("a", "keywords"), "655": ("a", "type"), "856": ("u", "url"), "300": ("a", "extent"),
}  # fmt: skip
_EDITORS = ("edt", "hrsg", "herausgeb", "editor", "hg")
_PAGES = re.compile(r"(?:pages?:|pp?\. ?|Seiten? ?|S\. ?)(\d[\w-]*)", re.IGNORECASE)
_PARTS = {"volume": re.compile(r"(?:volume:|vol\. ?|Bd\. ?)([\w./-]+)", re.I), "issue": re.compile(r"(?:number:|no\. ?|issue:|Heft ?)([\w./-]+)", re.I),
          "year": re.compile(r"(?:year:|\()(\d{4})", re.I)}  # fmt: skip


def score(head: str) -> float:
    """0.96 for XML with MARC's data fields, 0 otherwise."""
    return 0.96 if re.search(r"<(?:\w+:)?datafield\s[^<>]*tag=[\"']\d{3}", head) else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <record> with fields in it, in file order. Raises FormatError where there is none."""
    missing = FormatError("no MARC record in it", "Export it again as MARCXML, or as RIS.")
    yield from read_entries(data, "record", _record, r"(?!)", missing, _unwrapped)


def _unwrapped(text: str) -> str:
    """An answer of a catalogue wraps each record in a record of its own."""
    return re.sub(r"</?zs:record(?=[\s>])", lambda m: m[0].replace("zs:record", "zs:answer"), text)


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    return of_pairs(line, raw, _pairs(root), {})


def _pairs(root: Element) -> Iterator[tuple[str, str]]:
    for control in root.findall("controlfield"):
        if control.get("tag") == "001":
            yield "record id", _text(control)
        elif control.get("tag") == "008" and re.fullmatch(r"\d{4}", (control.text or "")[7:11]):
            yield "dp", (control.text or "")[7:11]
    for field in root.findall("datafield"):
        tag = field.get("tag", "")
        if tag in _FIELDS:
            codes, name = _FIELDS[tag]
            yield name, " ".join(filter(None, (_sub(field, code) for code in codes)))
        elif tag in ("100", "110", "111", "700", "710", "711"):
            role = (_sub(field, "4") + " " + _sub(field, "e")).casefold()
            yield ("editors" if any(mark in role for mark in _EDITORS) else "authors"), _sub(field, "a").rstrip(" ,")
        elif tag == "245":
            title = ": ".join(filter(None, (_sub(field, "a").rstrip(" :/"), _sub(field, "b").rstrip(" :/"))))
            yield "title", title.rstrip(".") if title.endswith(" .") else title
        elif tag in ("260", "264"):
            yield "place", _sub(field, "a").rstrip(" :,")
            yield "publisher", _sub(field, "b").rstrip(" :,")
            yield "year", _sub(field, "c")
        elif tag == "024" and _sub(field, "2").casefold() == "doi":
            yield "doi", _sub(field, "a")
        elif tag == "773":
            yield "journal", _sub(field, "t").rstrip(" .")
            yield "issn", _sub(field, "x")
            where = " ".join(_text(s) for s in field.findall("subfield") if s.get("code") == "g")
            yield "part", where
            yield "pages", found[1] if (found := _PAGES.search(where)) else ""
            for name, pattern in _PARTS.items():
                yield name, found[1] if (found := pattern.search(where)) else ""
        else:
            yield tag, " ".join(f"${s.get('code')} {_text(s)}" for s in field.findall("subfield"))


def _sub(field: Element, code: str) -> str:
    return next((_text(s) for s in field.findall("subfield") if s.get("code") == code), "")


def _text(element: Element) -> str:
    return collapse("".join(element.itertext()))


FORMAT = Format("marcxml", "MARCXML (library catalogues)", score, read)
