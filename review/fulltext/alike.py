"""Whether two texts that are nearly alike say the same: a slip of the keyboard or of character recognition is forgiven, nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from review.fulltext.plain import JOINERS, PREFIXES, SAME, hyphened, unreferenced, unspaced
from review.model.patterns import lazy

_TOKEN = lazy(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|-(?=\.?\d)|[+<>=≤≥±%‰×÷/*£$€~≈≠^]")
_NEGATION = lazy(r"\b(?:not|no|never|nor|neither|none|without|cannot|fail(?:s|ed)? to)\b|n't\b", re.IGNORECASE)
_ARTICLES = frozenset(("a", "an", "the"))
_PARTED = PREFIXES | {"not", "no"}  # of which 'notable' and 'not able', 'atypical' and 'a typical' are made
_RECOGNISED = (("rn", "m"), ("cl", "d"), ("vv", "w"))  # what character recognition takes for one another
_SPELT = (("our", "or"), ("ae", "e"), ("oe", "e"), ("z", "s"))  # British and American


def words(text: str) -> list[str]:
    """Words, numbers with their signs, and signs of relation; without punctuation, capitals and breaks of lines."""
    text = re.sub(rf"[{JOINERS}]\s*", "", hyphened(text))
    text = unicodedata.normalize("NFKC", text).translate(SAME).casefold()
    text = re.sub(r"(?<=[^\W\d_])-[ \t]*\r?\n?\s*(?=[^\W\d_])", "", text)
    return _TOKEN.findall(text)


def negated(text: str) -> bool:
    """Whether a text holds a word that turns what is said."""
    return bool(_NEGATION.search(unicodedata.normalize("NFKC", text).translate(SAME)))


def regrouped(quote: str, here: str) -> str:
    """Why two texts of the same letters are not the same: 'a typical' for 'atypical'; '' where they are."""
    ours, theirs = words(quote), words(here)
    return "" if ours == theirs else _parted(ours, theirs)


def changed(quote: str, here: str, known: Container[str]) -> str:
    """What tells the quote from the document, in words; '' where it is at most a slip.

    known: the words of the document: another of them is no slip.
    """
    ours = words(quote)
    said = [_between(ours, theirs, known) for theirs in (words(here), words(unreferenced(here)))]
    return "" if "" in said else said[0]


def _between(ours: list[str], theirs: list[str], known: Container[str]) -> str:
    if [t for t in ours if _number(t)] != [t for t in theirs if _number(t)]:
        quoted, there = (", ".join(t for t in ts if t[0].isdigit()) for ts in (ours, theirs))
        if quoted == there:
            return "a sign (such as <, − or %) differs"
        return f"the document has {there or 'no number'} where the quote has {quoted or 'none'}"
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        one, two = ours[i1:i2], theirs[j1:j2]
        if tag == "equal" or "".join(one) == "".join(two):
            continue
        if i1 and i2 < len(ours):  # at its ends, the article is the quote's own
            one, two = ([t for t in ts if t not in _ARTICLES] for ts in (one, two))
        if _slips(one, two, known):
            continue
        if negated(" ".join(one)) != negated(" ".join(two)):
            return "a negation differs"
        if not one or not two:
            return f"‘{' '.join(one or two)}’ is in the {'quote' if one else 'document'} only"
        return f"the document says ‘{' '.join(two)}’ where the quote says ‘{' '.join(one)}’"
    return _parted(ours, theirs)


def _parted(ours: Sequence[str], theirs: Sequence[str]) -> str:
    """What only a space tells apart, in words: 'a typical' and 'atypical'. Spaces lost elsewhere are the typesetter's."""
    for one, two in ((ours, theirs), (theirs, ours)):
        for first, second in pairwise(one):
            if first in _PARTED and len(second) > 3 and first + second in two and first + second not in one:
                said = f"{first} {second}", first + second
                quoted, there = said if one is ours else said[::-1]
                return f"the document says ‘{there}’ where the quote says ‘{quoted}’"
    return ""


def _number(token: str) -> bool:
    return not token[0].isalpha()


def _slips(ours: Sequence[str], theirs: Sequence[str], known: Container[str]) -> bool:
    """Whether each word is the other's, or a slip of it, also where one of the two has it in two parts."""
    if not ours or not theirs:
        return not ours and not theirs
    for a, b in ((1, 1), (2, 1), (1, 2)):
        one, two = "".join(ours[:a]), "".join(theirs[:b])
        parted = a + b > 2 and _PARTED & {*ours[:a], *theirs[:b]}
        if (
            (one == two or (not parted and _slip(one, two, known)))
            and len(ours) >= a
            and len(theirs) >= b
            and _slips(ours[a:], theirs[b:], known)
        ):
            return True
    return False


def _slip(quoted: str, there: str, known: Container[str]) -> bool:
    """Whether a word is another one mistyped or misread: one letter of it, and what came of it is no word of the document."""
    from rapidfuzz.distance import OSA

    for pairs in (_RECOGNISED, _SPELT):
        folded = [quoted, there]
        for a, b in pairs:
            folded = [w.replace(a, b) for w in folded]
        if folded[0] == folded[1]:
            return True
    if min(len(quoted), len(there)) < 4 or quoted in known or any(map(unspaced, there)):  # of those scripts a run is no word
        return False
    # A letter more or less at its head is a prefix: 'amoral', 'moral'.
    return OSA.distance(quoted, there) == 1 and quoted[1:] != there and quoted != there[1:]
