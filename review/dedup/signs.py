"""Signs in a title that carry its meaning: over 65 and under 65, CD25+ and CD25−, (+)- and (−)-catechin."""

from __future__ import annotations

from review.model.patterns import lazy
from review.model.tags import LIKE_A_TAG

# A quick look that leaves the rest of the work to the few titles that need it.
SIGNED = r"[<>≤≥≦≧⩽⩾+⁺＋−⁻±]|[A-Za-z\d]-(?:[\s,;:.)/\]]|$)|(?:^|[\s(\[])-\d|\(-\)"
ONE_SIGN = str.maketrans({**dict.fromkeys("≤≦⩽", "<"), **dict.fromkeys("≥≧⩾", ">"), **dict.fromkeys("⁺＋", "+"), "⁻": "−"})
_MARKUP = lazy(LIKE_A_TAG)
_LIMIT = lazy(r"([<>])\s*(?:=|or\s*=|or equal(?: to)?)?\s*(\d+(?:\.\d+)?)")
# A hyphen is a minus only where nothing is joined by it.
_BEHIND = lazy(r"([a-z\d]+)(?:\s?\(([+−-])\)|([+−])(?!\d)|(-)(?=[\s,;:.)/\]]|$))")
_BEFORE = lazy(r"(?:^|[\s(\[])(?:\(([+−±-])\)-?\s?([a-z]\w*)|([+−-])(\d+(?:\.\d+)?))")


def signs_of(text: str) -> str:
    """Each word or number of a title that bears a sign, with it, in order and without repetition: '65< cd25+'."""
    text = _MARKUP.sub("", text).translate(ONE_SIGN).casefold()
    found = {f"{number}{sign}" for sign, number in _LIMIT.findall(text)}
    found |= {f"{word}{''.join(signs)}" for word, *signs in _BEHIND.findall(text)}
    found |= {f"{word}{number}{sign}{before}" for sign, word, before, number in _BEFORE.findall(text)}
    return " ".join(sorted(found)).replace("-", "−")


def contrary(a: str, b: str) -> bool:
    """Of two titles' signs (`signs_of`), whether a word or number bears one in the one and another in the other."""
    signs: dict[str, set[str]] = {}
    for bearer in a.split(" "):
        signs.setdefault(bearer[:-1], set()).add(bearer[-1])
    other: dict[str, set[str]] = {}
    for bearer in b.split(" "):
        other.setdefault(bearer[:-1], set()).add(bearer[-1])
    return any(signs[word].isdisjoint(found) for word, found in other.items() if word in signs)
