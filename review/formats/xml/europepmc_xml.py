"""Europe PMC's search results as XML (`<responseWrapper>`, resultType=core or lite): what its JSON says, in elements of the same names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from review.errors import FormatError
from review.formats.base import Format, Input
from review.formats.entries.xml_entries import read_entries
from review.formats.json import europepmc_json
from review.model.patterns import lazy
from review.model.record import Record, Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

_MARK = lazy(r"<(?:\w+:)?(?:responseWrapper|resultList)[\s>]")
_RUNNING = frozenset({"title", "abstractText", "affiliation", "keyword"})  # whose elements are only how their text looks


def score(head: str) -> float:
    """0.95 for XML with Europe PMC's list of results, else 0."""
    return 0.95 if head.lstrip(" \t\r\n").startswith("<") and _MARK.search(head) and "<result" in head else 0.0


def read(data: Input, columns: Mapping[str, str] | None = None) -> Iterator[Record | Reject]:
    """Yield a Record or Reject for each <result>, in file order. Raises FormatError where the text has none."""
    missing = FormatError("no <result> in it", "Save the search from Europe PMC again, with resultType=core.")
    yield from read_entries(data, "result", _record, "<resultList", missing)


def _record(root: Element, line: int, raw: str) -> Record | Reject:
    return europepmc_json.record(_value(root), line, raw)


def _value(element: Element) -> Any:
    """An element as the JSON has it: `…List` holds a list, other elements one of each, text is text."""
    tag = str(element.tag)
    if tag in _RUNNING:
        return _inner(element)
    if not len(element):
        return element.text or ""
    told: dict[str, Any] = {}
    for child in element:
        name = str(child.tag)
        if tag.endswith("List"):
            told.setdefault(name, []).append(_value(child))
        elif name in told:
            told[name] = [*(told[name] if isinstance(told[name], list) else [told[name]]), _value(child)]
        else:
            told[name] = _value(child)
    return told


def _inner(element: Element) -> str:
    """The text with the tags in it, which tell where a heading or a paragraph is."""
    parts = [element.text or ""]
    for child in element:
        parts += [f"<{child.tag}>", _inner(child), f"</{child.tag}>", child.tail or ""]
    return "".join(parts)


FORMAT = Format("europepmc-xml", "Europe PMC XML (search results)", score, read)
