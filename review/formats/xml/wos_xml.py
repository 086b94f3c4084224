"""Web of Science's XML (its web services, the API Expanded and its dumps): read as its JSON is, in which an attribute is a name beside the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.entries.xml_entries import INLINE, read_entries, text_of
from review.formats.json import csl_json
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only


def score(head: str) -> float:
    """0.95 for XML with one of its records in it, 0 otherwise."""
    return 0.95 if "<REC" in head and "<static_data" in head else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each REC, in file order. Raises FormatError where there is none."""
    missing = FormatError("no record of Web of Science in it", "Export as plain text, tab-delimited or RIS.")
    yield from read_entries(data, "REC", lambda root, line, raw: csl_json.entry(_object(root), line, raw), r"<REC\b", missing)


def _value(element: Element) -> Any:
    """What its JSON has in the place of the element: a text, an object, or a text beside others."""
    inner = [child for child in element if child.tag not in INLINE or (child.tag == "p" and element.tag == "abstract_text")]
    if not inner and not element.attrib:
        return text_of(element)
    found = _object(element) if inner else dict(element.attrib)
    text = "" if inner else text_of(element)
    return {**found, "content": text} if text else found


def _object(element: Element) -> dict[str, Any]:
    found: dict[str, Any] = dict(element.attrib)
    lists: dict[str, list[Any]] = {}
    for child in element:
        lists.setdefault(str(child.tag), []).append(_value(child))
    return found | {name: several if len(several) > 1 else several[0] for name, several in lists.items()}


FORMAT = Format("wos-xml", "Web of Science's XML", score, read)
