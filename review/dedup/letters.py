"""What programs do to letters, put right: entities, UTF-8 decoded twice, Greek letters spelled out, signs that are set for those that are typed."""

# ruff: noqa: SIM905  # lists of words read better as words
from __future__ import annotations

import html
import re
from contextlib import suppress

from review.model.patterns import lazy

_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        (
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega"
        ).split(),
        strict=True,
    )
)
_LETTERS = str.maketrans(
    {
        **{letter: f" {name} " for letter, name in _GREEK.items()},
        **{letter.upper(): f" {name} " for letter, name in _GREEK.items() if letter != "ς"},
        "µ": " mu ",
        **dict(zip("øØłŁđĐðÐþÞıæÆœŒ", ("o", "O", "l", "L", "d", "D", "d", "D", "th", "Th", "i", "ae", "AE", "oe", "OE"), strict=True)),
        **dict(zip("یىکة", "ييكه", strict=True)),  # as keyboards of Persian and of Arabic write one letter
        "×": "x",
        "{": "",
        "}": "",
        "\\": "",
    }
)
# What a program sets for what is typed: curled quotation marks, hyphens that don't break, blanks of all widths; and what shows nothing.
_TYPED = str.maketrans(
    {
        **dict.fromkeys("‘’‛´ʼ", "'"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\xa0\u2002\u2003\u2009\u202f\u3000", " "),
        **dict.fromkeys("\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff™®©", ""),
        "：": ": ",
        "；": "; ",
    }
)
_SPELLED_ONES, _TYPED_ONES = frozenset(map(chr, _LETTERS)), frozenset(map(chr, _TYPED))
_GREEK_TEXT = lazy("[α-ω]{3}", re.IGNORECASE)  # Greek prose, not a symbol: its letters stay
# UTF-8 that was read as Windows has it: what leads two or three bytes of letters of Latin, Greek and Cyrillic, or of signs; and what follows.
_BYTES = {bytes([n]).decode("cp1252", "ignore") or chr(n): n for n in range(128, 256)} | {chr(n): n for n in range(128, 160)}
_FOLLOWS = "".join(c for c, n in _BYTES.items() if n < 192)
_MOJIBAKE = lazy(f"[ÂÃÄÅÎÏÐÑ][{_FOLLOWS}]|[âï][{_FOLLOWS}]{{2}}|â€")
_QUOTES = lazy("â€[œ™˜“”¦\x9d\x93\x94]?")  # quotation marks that lost a byte can't be decoded
_AMPERSAND = lazy(r"\s+\\?&\s+")
# Typed for a beta: TNFß, but FLUß among capitals.
_ESZETT = lazy(r"\bß(?=[^A-Za-zß]|[a-z]{3}|$)|(?<=\d)ß|(?<=[A-Z])ß(?=[^A-Za-z]|$)(?=.*[a-z])")
_REGISTERED = lazy(r"(?<=[A-Za-z]{2})\((?:R|TM)\)(?!-)")  # ® and ™, as Web of Science writes them; an (R) before a hyphen is a hand


def _letter(misread: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[c] for c in misread[0]).decode()
    except UnicodeDecodeError:
        return misread[0]


def mended(text: str) -> str:
    """Entities, double-encoded UTF-8 and spelled-out Greek put right, as far as that is safe."""
    if "&" in text:
        text = _AMPERSAND.sub(" and ", html.unescape(html.unescape(text)))  # some exports escape twice
    if _MOJIBAKE.search(text):
        for misread_as in ("cp1252", "latin-1"):  # of which the latter has control characters too
            with suppress(UnicodeEncodeError, UnicodeDecodeError):
                text = text.encode(misread_as).decode("utf-8")
                break
        text = _QUOTES.sub(" ", _MOJIBAKE.sub(_letter, text))  # in text of which the rest is right
    if "(" in text:
        text = _REGISTERED.sub("", text)
    if "ß" in text:
        text = _ESZETT.sub(" beta ", text)
    # Most have none of these signs: to look for them is quicker than to replace what is not there.
    text = text if text.isascii() or _TYPED_ONES.isdisjoint(text) else text.translate(_TYPED)
    typed = text.isascii() and "{" not in text and "\\" not in text
    return text if typed or _SPELLED_ONES.isdisjoint(text) or _GREEK_TEXT.search(text) else text.translate(_LETTERS)
