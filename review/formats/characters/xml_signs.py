"""What programs write into XML that a parser does not take: HTML's names of characters, bare `&`, prefixes that the head of the file declares."""

from __future__ import annotations

import html
import re
from html.entities import html5

from review.formats.characters.text import NOT_XML
from review.model.patterns import lazy

_NAMED = lazy(r"&([A-Za-z][A-Za-z0-9]*;)")
_BARE = lazy(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);)")
_XML_OWN = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_PREFIX = lazy(r"(</?)[A-Za-z][\w.-]*:(?=[A-Za-z])|(?<=[\s\"'])(?!xml:|xmlns:)[A-Za-z][\w.-]*:(?=[A-Za-z][\w.-]*=[\"'])")
_PREFIXED = lazy(":[A-Za-z]")  # much sooner looked for
# Of NOT_XML, by number.
_NOT_XML_NUMBERED = lazy(r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.IGNORECASE)


def unprefixed(text: str) -> str:
    """The text of an entry without the prefixes that the file's head declares, and an entry cut out of it no longer does."""
    return _PREFIX.sub(lambda found: found[1] or "", text) if _PREFIXED.search(text) else text


def mended(text: str) -> str:
    """XML with the names of HTML's characters as those characters, other names and bare `&` as they stand, and spaces for
    what XML has no place for. In CDATA an `&` is one."""
    if "&" in text:
        parts: list[str] = []
        at = 0
        while (start := text.find("<![CDATA[", at)) >= 0 and (end := text.find("]]>", start)) >= 0:
            parts += (_named(text[at:start]), text[start:end])
            at = end
        text = "".join([*parts, _named(text[at:])])
    return NOT_XML.sub(" ", text)


def _named(text: str) -> str:
    return _NOT_XML_NUMBERED.sub(" ", _NAMED.sub(_character, _BARE.sub("&amp;", text)))


def _character(match: re.Match[str]) -> str:
    """An HTML entity without the DTD that would explain it, as its character; an unknown one as it is written."""
    if match[1] in _XML_OWN:
        return match[0]
    return html.unescape(match[0]) if match[1] in html5 else f"&amp;{match[1]}"
