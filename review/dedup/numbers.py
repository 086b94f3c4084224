"""The numbers in a title: what tells parts, phases and years of one series apart."""

# ruff: noqa: SIM905  # lists of words read better as words
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from review.model.patterns import lazy

WORDS = 1 << 15  # remembered
_SMALL_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_UNITS = {w: str(n) for n, w in enumerate(_SMALL_NUMBERS.split()) if n > 1}
_TENS = {w: n for n, w in zip(range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True)}
_ORDINALS = {w: str(n) for n, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)}
_TEENTHS = "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
NTH = {  # third, fourteenth, fortieth, forty fifth
    **_ORDINALS,
    **{w: str(n) for n, w in enumerate(_TEENTHS, 11)},
    **{f"{w[:-1]}ieth": str(n) for w, n in _TENS.items()},
    **{f"{ten} {w}": str(n + int(one)) for ten, n in _TENS.items() for w, one in _ORDINALS.items() if w != "tenth"},
}
_ROMAN = {w: str(n) for n, w in enumerate("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(), 1)}
_LONE = {"i", "v", "x"}  # letters as often as numbers: numbers only behind one of these words, or at the end
_PARTS = set("part pt parte partie teil deel volume vol tome chapter section paper session case lesson module".split())
COUNTED = _PARTS | set("parts phase type study stage grade class factor".split())
COUNTS = rf"\d|\b(?:{'|'.join((*_UNITS, *_TENS, *_ORDINALS, *_ROMAN, *_PARTS))})\b"  # a title without any of these has no number
# Numbers that one database spells out and another does not: 'two hundred and fifty cases', 'one-year', 'phase IIb', 'twenty-first', 'three-dimensional',
# '2004-05', 'coronavirus disease 2019'.
_ONES = "|".join(("one", *list(_UNITS)[:8]))
_BELOW_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})(?: ?(?:{_ONES}))?|one|{'|'.join(_UNITS)})"
_HUNDREDS = rf"(?:a|{_BELOW_HUNDRED}) hundred(?: (?:and )?{_BELOW_HUNDRED})?"
_THOUSANDS = rf"(?:{_HUNDREDS}|a|{_BELOW_HUNDRED}) thousand(?: (?:and )?(?:{_HUNDREDS}|{_BELOW_HUNDRED}))?"
_LETTERED = "(?:phase|stage|grade|type|class|genotype)"
_SPELLED = lazy(
    rf"\b(?P<number>{_THOUSANDS}|{_HUNDREDS}|(?:{'|'.join(_TENS)}) ?(?:{_ONES}))\b(?! (?:hundred|thousand)\b)"
    r"|\b(?P<one>one)(?= (?:year|month|week|day|hour|session)s?\b)"
    rf"|\b(?P<tens>{'|'.join(_TENS)}) (?P<last>{'|'.join(list(_ORDINALS)[:9])})\b"
    rf"|(?P<of>\b{_LETTERED} )(?P<roman>i{{1,3}}|iv|v)(?P<letter>[a-c])\b"
    r"|\b(?P<sides>two|three|four|[234])(?: dimensional\b)|\b(?P<since>(?:19|20)\d\d) (?P<until>\d\d)\b(?! \d)"
    r"|\b(?P<covid>(?:novel )?corona ?virus disease (?:20)?19(?: covid ?19)?|covid ?(?:20)?19)\b"
)
_A_SPAN = 30  # years that a title may tell of
_GLUED = lazy(rf"({'|'.join(_TENS)})(?=[a-z])")  # twentyfive
_POINT = lazy(r"(?<!\d )\b(\d{1,2}) (\d)\b(?! \d)")  # of a title made plain: where its point was
# A title without any of these has none of them.
SPELLED = (
    rf"\b(?:hundred|thousand|one (?:year|month|week|day|hour|session)s?|(?:{'|'.join(_TENS)})(?:{_ONES})?|{_LETTERED} [iv]+[a-c]"
    r"|dimensional|(?:19|20)[0-9][0-9] [0-9][0-9]|covid ?2019|covid19|(?:corona)?virus disease (?:20)?19)\b"
)


def in_digits(normal: str) -> str:
    """A title, made plain, with such numbers in digits."""
    return _SPELLED.sub(_digits, normal)


def _digits(found: re.Match[str]) -> str:
    if found["number"]:
        return str(_value(_GLUED.sub(r"\1 ", found["number"]).split(" ")))
    if found["tens"]:
        ending = {"first": "st", "second": "nd", "third": "rd"}.get(found["last"], "th")
        return f"{_TENS[found['tens']] + int(_ORDINALS[found['last']])}{ending}"
    if found["since"]:
        return f"{found['since']} {_full_year(found['since'], found['until'])}"
    if found["sides"]:
        return f"{number_of(found['sides'])}d"
    if found["covid"]:
        return "covid 19"
    return "1" if found["one"] else f"{found['of']}{_ROMAN[found['roman']]}{found['letter']}"


def _full_year(since: str, until: str) -> str:
    """The last year of 2004-05, or 1998-02, in four digits; as it is where it can be none."""
    years = (int(until) - int(since)) % 100
    return str(int(since) + years) if 0 < years <= _A_SPAN else until


def _value(words: Sequence[str]) -> int:
    """'two', 'thousand', 'and', 'nine': 2009."""
    thousands = number = 0
    for word in words:
        if word == "thousand":
            thousands, number = number * 1000, 0
        elif word == "hundred":
            number *= 100
        elif word != "and":
            number += 1 if word in ("a", "one") else _TENS.get(word) or int(_UNITS[word])
    return thousands + number


def _below_ten(word: str) -> int:
    number = _UNITS.get(word, "1" if word == "one" else "")
    return int(number) if len(number) == 1 else 0


def numbers_in(words: Sequence[str]) -> str:
    """Every number in a title, in order, run together; roman numerals, spelled-out ones and part markers included."""
    found: list[str] = []
    before = ""
    for n, word in enumerate(words):
        last = n == len(words) - 1
        if word in _ROMAN and (word not in _LONE or before in COUNTED or (last and n > 2)):
            found.append(_ROMAN[word])
        elif before in _PARTS and len(word) == 1 and word.isalpha():
            found.append(word)
        elif before in COUNTED and word == "one":
            found.append("1")
        elif word in _TENS:
            found.append(str(_TENS[word] + (0 if last else _below_ten(words[n + 1]))))
        elif before in _TENS and _below_ten(word):
            pass  # said with the tens
        elif word in _UNITS or word in _ORDINALS:
            found.append(_UNITS.get(word) or _ORDINALS[word])
        elif not word.isalpha():
            found.extend(c for c in word if c.isdigit())
        before = word
    return "".join(found)


def pointed(normal: str, other: str) -> bool:
    """A number of one title, made plain, has a point, and in the other, of the same letters, none: 2.5 mg, 25 mg."""
    return any(whole + part in text.split(" ") for one, text in ((normal, other), (other, normal)) for whole, part in _POINT.findall(one))


@lru_cache(maxsize=WORDS)
def number_of(word: str) -> str:
    """A number that is spelled out, roman or an ordinal in digits, any other word as it is."""
    if word[:-2].isdecimal() and word[-2:] in ("st", "nd", "rd", "th"):
        return word[:-2]
    if word in ("vs", "v"):
        return "versus"
    if word in _TENS:
        return str(_TENS[word])
    return _UNITS.get(word) or _ORDINALS.get(word) or (_ROMAN.get(word, word) if len(word) > 1 else word)
