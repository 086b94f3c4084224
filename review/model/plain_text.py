"""Text as it is compared: what one source writes with accents, capitals and signs, another writes without."""

from __future__ import annotations

import re
import unicodedata

from review.model.patterns import lazy

NOT_WORD = lazy(r"[^\w]+", re.UNICODE)
_MARKUP = lazy(r"<[^<>]{1,60}>")
_MOJIBAKE = lazy("Ã[\x80-\xbf\u0152-\u2122]|Â[\xa0-\xbf]|â€[\x80-\xbf\u0152-\u2122]")


def unaccented(text: str) -> str:
    """Text with its letters bare and its signs in their simple forms (NFKD): `Résumé` as `Resume`, `ﬁ` as `fi`."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def plain(text: str) -> str:
    """Text for comparison: no markup, accents, punctuation or case; single spaces."""
    text = unaccented(_MARKUP.sub(" ", text))
    return NOT_WORD.sub(" ", text.casefold()).replace("_", " ").strip()


def squashed(text: str) -> str:
    """`plain` without spaces, so that `pure-tone` and `puretone` meet."""
    return plain(text).replace(" ", "")


def is_mojibake(text: str) -> bool:
    """Whether UTF-8 was read as cp1252 somewhere in the text before it came here (Ã© for é)."""
    # Looking for the three characters first is much faster than the pattern.
    return any(c in text for c in "ÃÂâ") and bool(_MOJIBAKE.search(text))
