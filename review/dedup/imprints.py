"""Two imprints compared: whether what two records of one name tell of house, number, edition, day and archive can be of one document."""

from __future__ import annotations

import re

import polars as pl

from review.dedup.levels import of_two
from review.model.patterns import lazy
from review.model.plain_text import plain

# Who lends, sells or lists what others bring out, and words that many houses have in their names.
_LISTS = lazy(
    r"\b(?:proquest|umi|ethos|british library|eric|ebsco|google|amazon|researchgate|academia edu|lulu|oclc|worldcat|no publisher|unknown)\b"
)
_JOINING = {"the", "of", "and", "for", "in"}
_HOUSES = (
    "the of and for de la le der die das und et y e en in at university universidad universidade universite universitat univ universiteit press presses verlag"
    " publishing publishers publisher publications publication editions editorial books book inc ltd limited llc plc gmbh co company corp group"
    " school college faculty department dept institute international national sn"
)
_COMMON = set(_HOUSES.split())


def two_imprints(c: pl.DataFrame) -> pl.Series:
    """Of two records' imprints what can't be of one document, in words, row by row; '' where nothing is against it."""
    return of_two(c, "imprint", told_apart, otherwise="").alias("two_imprints")


def told_apart(one: str, other: str) -> str:
    """`publisher, date`: what of two imprints, as `formats.imprint` makes them, is surely of two documents."""
    a, b = (dict(part.split(": ", 1) for part in text.split("; ")) if text else {} for text in (one, other))
    return ", ".join(name for name, two in _APART.items() if name in a and name in b and two(a[name], b[name]))


def _two_houses(a: str, b: str) -> bool:
    """Not a word in common, nor is one made of the other's initials, in their order: NICE, and IEEE before an Inc."""
    names = plain(a), plain(b)
    if any(_LISTS.search(name) for name in names):
        return False
    words = [{word for word in name.split() if word not in _COMMON and len(word) > 1} for name in names]
    if not all(words) or words[0] & words[1] or names[0].startswith(names[1]) or names[1].startswith(names[0]):
        return False
    initials = ["".join(word[0] for word in name.split() if word not in _JOINING) for name in names]
    return not any(in_order(word, long) for short, long in ((words[0], initials[1]), (words[1], initials[0])) for word in short)


def in_order(letters: str, text: str) -> bool:
    """An acronym's letters stand in the text, one behind the other."""
    left = iter(text)
    return all(letter in left for letter in letters)


def _two_numbers(a: str, b: str) -> bool:
    """Numbers that differ in more than how they are written: NG44 and NG 44, No. 7 and 7."""
    x, y = (re.sub(r"\W+", "", text).casefold() for text in (a, b))
    short, long = sorted((x, y), key=len)
    behind = long.removesuffix(short)
    return not short or not long.endswith(short) or (behind[-1:].isdecimal() and short[0].isdecimal())


def _two_editions(a: str, b: str) -> bool:
    x, y = (re.findall(r"\d+", text)[:1] for text in (a, b))  # a year may follow
    return bool(x and y) and x != y


def _two_days(a: str, b: str) -> bool:
    return not (a.startswith(b) or b.startswith(a))


def _two_entries(a: str, b: str) -> bool:
    """Of one archive; what lies in two may be one."""
    (archive, number), (archive_b, number_b) = (re.split(r"[/=](?=[^/=]*$)", text, maxsplit=1) for text in (a, b))
    return archive == archive_b and number != number_b


_APART = {"publisher": _two_houses, "number": _two_numbers, "edition": _two_editions, "date": _two_days, "entry": _two_entries}
