"""Text as it is compared: what one source writes with accents, capitals and signs, another writes without."""

from __future__ import annotations

import re
import unicodedata

from review.model.patterns import lazy

NOT_WORD = lazy(r"[^\w]+", re.UNICODE)
_MARKUP = lazy(r"<[^<>]{1,60}>")
# UTF-8 as cp1252 shows it: a byte that leads is a letter with an accent, those that follow it are signs. Beside such letters languages have
# some signs of their own (KÂTÎ’NİN, 3 Å², “está»…): where those are a pair's they are passed over, and scripts told by several letters.
_SIGN = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_PAIR = lazy(f"[Â-ï]{_SIGN}")
_MISREAD = lazy(
    rf"Ã|Â[\xa0-\xbf]|â[€‚„†ˆ‰ŠŒ\x80-\x8c]{_SIGN}"  # é · – ≥ − → ™
    r"|Î(?:[£¦¨©¬®±´-¸º-¿]|(?<![^\W\d_]Î)[²³¹])|Ï[€\x80\x81‚ƒ„†‡ˆ‰]"  # α β μ π
    r"|(?<=[a-zß-ÿ])(?:Ä|Å[^²³±·–—’”…])|(?:[ÄÅ][ŒŽ†šžƒ°½‘\x80-\x9f]|Ä±)(?=[^\W\d_])"  # ş ć ł İ Š
    rf"|á[º»](?![–—’”]){_SIGN}(?=[a-z])|ï(?:¬[€\x80\x81‚ƒ„…†]|»¿|¿½)"  # ạ ễ ﬁ, a byte-order mark, a lost letter
    rf"|(?:[Ä-ß]{_SIGN}){{3}}|(?:[à-ï]{_SIGN}{{2}}){{2}}"  # Вли, 医学
)


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
    # To search for the pairs first is many times as fast as for all that they may be.
    return not text.isascii() and any(_MISREAD.match(text, pair.start()) for pair in _PAIR.finditer(text))
