"""What the elements that mean a field leave unsaid of an XML entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from review.formats.entries.xml_entries import text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only


def with_rest(
    root: Element, pairs: Sequence[tuple[str, str]], prefix: str, but: Callable[[Element], bool], text: Callable[[Element], str] = text_of
) -> list[tuple[str, str]]:
    """The pairs, then (prefix and tag, text) of each element whose text is in none of these: under a name that is no column's.

    but: whether an element, with what is below it, says nothing more. text: how the pairs have that of an element.
    """
    told = "\n".join(value for _, value in pairs)
    return [*pairs, *((f"{prefix}:{found.tag}", text_of(found)) for found in _speaking(root, but) if text(found) not in told)]


def _speaking(element: Element, but: Callable[[Element], bool]) -> Iterator[Element]:
    """The elements that have text of their own, and not just within the elements below."""
    if but(element):
        return
    if any(part and not part.isspace() for part in (element.text, *(child.tail for child in element))):
        yield element
        return
    for child in element:
        yield from _speaking(child, but)
