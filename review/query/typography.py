"""Signs that word processors and PDF files put in the place of what was typed, and what they stand for.

PubMed reads none of them as the sign that was meant: a soft hyphen cuts a word in two, a ligature is a letter of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.model.patterns import lazy
from review.query.build import QUOTES, STARS

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
_WIDE = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
_NAMES = {"\u00ad": "a soft hyphen", "\u2011": "a hyphen that does not break", "\u2010": "a typographic hyphen", "\u2212": "a minus sign"}

_MEANT: dict[int, str | None] = {
    **{ord(c): "" for c in _INVISIBLE},
    **{ord(c): "-" for c in _HYPHENS},
    **{ord(c): meant for c, meant in (*_LIGATURES.items(), *_WIDE.items())},
}
_ODD = lazy(f"[{_INVISIBLE}\u2010\u2011\u2212{''.join(_LIGATURES)}{''.join(c for c in _WIDE if c not in STARS + QUOTES)}]")
_CURLY = lazy(f"[{QUOTES.replace(chr(34), '')}]")
_PLAIN = str.maketrans({**dict.fromkeys(STARS, "*"), **dict.fromkeys(QUOTES, '"'), **{chr(c): meant for c, meant in _MEANT.items()}})


def meant(word: str) -> str:
    """The word as it was meant. ASCII comes back as it is."""
    return word if word.isascii() else word.translate(_MEANT)


def plain(text: str) -> str:
    """A whole query as it was meant: quotation marks, asterisks and hyphens as a keyboard types them."""
    return text if text.isascii() else text.translate(_PLAIN)


def quotes(text: str) -> Iterator[tuple[int, int, str]]:
    """The first quotation mark of each line that no keyboard types: (line, column, mark), from 1 on. What follows // is a remark."""
    for n, line in enumerate(text.splitlines(), 1):
        if found := _CURLY.search(line.partition("//")[0]):
            yield n, found.start() + 1, found[0]


def odd(text: str) -> Iterator[tuple[int, str]]:
    """The first odd sign of each word, by its place, with its name. A mark at the very beginning is the file's own."""
    if text.isascii():
        return
    for word in re.finditer(r"\S+", text):
        found = _ODD.search(word.group(), 1 if word.start() == 0 and word.group()[0] == "\ufeff" else 0)
        if found:
            sign = found.group()
            name = _NAMES.get(sign) or (
                f"the ligature '{sign}'" if sign in _LIGATURES else f"'{sign}'" if sign in _WIDE else "an invisible sign"
            )
            yield word.start() + found.start(), name
