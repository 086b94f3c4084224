"""Entries as XML elements, and what is read from them again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import XML, ParseError

from review.formats.characters.text import decode
from review.formats.characters.xml_signs import mended
from review.formats.entries.xml_entries import text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class BadEntry(ValueError):
    """An entry that can't be a record; its message says why."""


def parsed(raw: bytes) -> Element:
    """The element of an entry. Raises BadEntry."""
    return parsed_and_mended(raw)[0]


def parsed_and_mended(raw: bytes) -> tuple[Element, bytes]:
    """The element of an entry, and its text in UTF-8 without the names of HTML's characters. Raises BadEntry.

    An entry is cut out of its file and begins with its own tag: no document type, so no entity and no external
    reference, can stand in it, and the standard library's parser is safe on it.
    """
    try:
        return XML(raw), raw
    except ParseError as error:
        first = error
    text = mended(decode(raw).text)
    try:
        return XML(text), text.encode()
    except ParseError:
        raise BadEntry(f"not well-formed XML: {first}") from None


def each(element: Element | None, *tags: str) -> list[Element]:
    """All elements below by these steps."""
    found = [] if element is None else element.findall(tags[0])
    for tag in tags[1:]:
        found = [below for one in found for below in one.findall(tag)]
    return found


def texts(element: Element | None, *tags: str) -> list[str]:
    """Their texts, without empty ones."""
    return [t for t in map(text_of, each(element, *tags)) if t]
