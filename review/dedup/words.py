"""The words that one title has and another has not: spelling and joins forgiven, opposites not."""

# ruff: noqa: SIM905  # lists of words read better as words
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from review.dedup.numbers import WORDS, number_of
from review.model.patterns import lazy

LOST = "ˀ"  # stands for a letter, or two, that some program could not write
_MOST_LOST = 30  # signs; of a title that lost more too little is left
GREEK = "alpha beta gamma delta epsilon kappa lambda omega sigma theta micro".split()
_SMALL = frozenset(
    "a an the of in on for and or to with by from at as is are de la le et der die das und y en s percent degrees deg".split()
)
# What a title has more, where it is that of a notice about the other.
NOTICES = frozenset(
    "reply replies response responses rejoinder comment comments commentary correction corrections corrigendum erratum errata addendum"
    " retraction retracted withdrawn withdrawal notice note statement expression concern letter discussion author authors editor editors"
    " publisher re respond responds rebuttal critique invited editorial expert correspondence concerns remarks query".split()
)
ABOUT = frozenset("about regarding concerning".split())  # beside one of these
# A title that has one of these more says the contrary.
_TURNS = frozenset("not no non without never neither nor un lack absence except anti".split())
_WAYS = frozenset("by to for from".split())
# Words that a misspelling may seem to make of one another, and that tell of whom, which or how much: women and men, male and female, high and low.
_TELLING = _TURNS | frozenset(
    "men man women woman male males female females boy boys girl girls rat rats cat cats mouse mice dog dogs pig pigs cow cows low high more less".split()
)
# Opposites that begin with the same letter: (x, y) stands for x… and y….
_OPPOSITE = (("hyper", "hypo"), ("intra", "inter"), ("pre", "post"), ("micro", "macro"), ("mono", "multi"), ("mono", "mult"), ("", "in"), ("in", "im"), ("endo", "exo"),
             ("endo", "ecto"), ("ab", "ad"), ("sub", "super"), ("homo", "hetero"), ("iso", "in"), ("anti", "ante"), ("tri", "tetra"), ("di", "de"))  # fmt: skip
# Words of one letter's difference that are both words: endings of chemistry and of medicine, and whole ones.
_ENDINGS = (
    ("ate", "ite"),
    ("ide", "ine"),
    ("ane", "ene"),
    ("ene", "yne"),
    ("ine", "ene"),
    ("gia", "sia"),
    ("gic", "sic"),
    ("al", "ol"),
    ("an", "in"),
)
_WORDS = frozenset(map(frozenset, ((("perineal", "peroneal"), ("humeral", "humoral"), ("cystine", "cysteine"), ("facial", "fascial"), ("ileum", "ilium"), ("ileal", "ilial"),
                                    ("arteriolar", "arterial"), ("thymine", "thiamine"), ("vesical", "vesicle"), ("shanxi", "shaanxi")))))  # fmt: skip
# How two spellings of one word are made one: British and American ones, for the most part.
_SPELLINGS = (
    ("oeuvre", "euver"), ("ae", "e"), ("oe", "e"), ("ph", "f"), ("mould", "mold"), ("our", "or"), ("actis", "actic"), ("disc", "disk"),
    ("is", "iz"), ("ys", "yz"), ("tered", "terd"), ("tre", "ter"), ("bre", "ber"), ("ageing", "aging"), ("gement", "gment"),
    ("inium", "inum"), ("ence", "ense"), ("exion", "ection"), ("ciality", "cialty"), ("grey", "gray"), ("artef", "artif"),
    ("scept", "skept"), ("towards", "toward"), ("ocuss", "ocus"), ("ogue", "og"), ("ll", "l"), ("mme", "m"),
)  # fmt: skip


_OF_A_SERIES = lazy(r"(.*\d)[a-rt-z]?")
_COUNT = frozenset("abc")  # letters that do
_IDEOGRAPHS = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))  # letters that are words, or syllables
_SCANNED = str.maketrans("oil", "011")  # letters that a scanner reads as digits, and the other way round


def misread(a: str, b: str) -> bool:
    """Two words with digits in them, one as a scanner may read the other: CO2 and C02, 18F and l8F. 11 is no II, IC50 no LC50."""
    return (
        not (a + b).isalpha()
        and a.translate(_SCANNED) == b.translate(_SCANNED)
        and all(x == y or x.isdigit() != y.isdigit() for x, y in zip(a, b, strict=True))
        and number_of(a) == a
        and number_of(b) == b
    )


def scanned(a: str, b: str) -> bool:
    """Two titles, made plain, of which one is the other's reading by a scanner, as far as digits go: whatever else became of their words."""
    words, words_b = a.split(" "), b.split(" ")
    return len(words) == len(words_b) and all(x == y or misread(x, y) or _numberless(x, y) for x, y in zip(words, words_b, strict=True))


def _numberless(*words: str) -> bool:
    return all(len(word) > 2 and word.isalpha() and number_of(word) == word for word in words)


@lru_cache(maxsize=WORDS)
def _respelled(word: str) -> str:
    for one, other in _SPELLINGS:
        word = word.replace(one, other)
    return word


def spelled(word: str) -> str:
    """A word as all its spellings are, and a scanner's reading of it."""
    return _respelled(word).replace("rn", "m")


def one_wording(a: str, b: str) -> bool:
    """Two titles, made plain, of the same words in the same order, in whatever spelling: randomised, randomized; multi-centre, multicenter."""
    return "".join(map(_respelled, a.split(" "))) == "".join(map(_respelled, b.split(" ")))


def _flat(word: str) -> str:
    """Umlauts that are spelled out, as if they had been left out."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _one_word(a: str, b: str) -> bool:
    """Two spellings or scanner's readings of one word, or two ways to write one number. What is short may be an acronym: AMI and AML, RAS and RAAS."""
    if number_of(a) == number_of(b) or misread(a, b):
        return True
    if LOST in a or LOST in b:
        return _filled(a, b) or _filled(b, a)
    shorter = min(len(a), len(b))
    acronyms = 2 < shorter < 5
    if not acronyms and a.replace("aa", "a") == b.replace("aa", "a") and frozenset((a, b)) not in _WORDS:  # på, paa
        return True
    if shorter > 4 and a.replace("i", "l") == b.replace("i", "l"):
        return True
    return shorter > 2 and (spelled(a) == spelled(b) or _flat(a) == _flat(b))


def _filled(lossy: str, whole: str) -> bool:
    """What is left of a word, with a letter or two in place of each that was lost."""
    parts = lossy.split(LOST)
    return len("".join(parts)) >= 3 and re.fullmatch(r"\w{1,2}".join(parts), whole) is not None


def refilled(lossy: str, whole: str, names: Sequence[str] = ()) -> bool:
    """What is left of a title, squashed, with up to two letters, or one of the names, in place of each sign that was lost."""
    first, *rest = lossy.split(LOST)
    if not 0 < len(rest) <= _MOST_LOST or not whole.startswith(first):
        return False
    ends = {len(first)}
    for part in rest:
        filled = {end + n for end in ends for n in range(3) if not n or whole[end : end + n].isalpha()}
        filled |= {end + len(name) for end in ends for name in names if whole.startswith(name, end)}
        ends = {start + len(part) for start in filled if whole.startswith(part, start)}
    return len(whole) in ends


def _typo(a: str, b: str) -> bool:
    """One is a misspelling of the other.

    What changes how a word begins changes what it means (afferent and efferent, typical and atypical), and so do more letters than one
    (prednisone and prednisolone, colectomy and colostomy).
    """
    if min(len(a), len(b)) < 3:
        return False
    if fuzz.ratio(a, b, score_cutoff=78) < 78 or OSA.distance(a, b, score_cutoff=1) > 1:
        return False
    if a[0] != b[0] or _ideographic(a):
        return False
    if (one := _OF_A_SERIES.fullmatch(a)) and (other := _OF_A_SERIES.fullmatch(b)) and one[1] == other[1]:
        return False  # Wnt3 and Wnt3a, IL17a and IL17f
    if {a[-1], b[-1]} <= _COUNT and a[:-1] == b[:-1]:
        return False  # GABAA and GABAB
    if any(long[-1] in "bc" and long[:-1] == short for short, long in ((a, b), (b, a))):
        return False  # GABA and GABAB
    if any({a, b} == {a[: -len(x)] + x, a[: -len(x)] + y} or {a, b} == {a[: -len(y)] + y, a[: -len(y)] + x} for x, y in _ENDINGS):
        return False
    return not _opposite(a, b)


def _ideographic(word: str) -> bool:
    return not word.isascii() and any(low <= c <= high for c in word for low, high in _IDEOGRAPHS)


def _opposite(a: str, b: str) -> bool:
    """Two words, however few letters tell them apart."""
    if frozenset((a, b)) in _WORDS:
        return True
    return any({a, b} == {x + rest, y + rest} for x, y in _OPPOSITE for rest in {a[len(x) :], b[len(y) :], b[len(x) :], a[len(y) :]})


def reworded(only_a: Sequence[str], only_b: Sequence[str]) -> bool:
    """One whole word stands for another: rats for mice, men for women, hypo- for hyperglycaemia, prednisolone for prednisone: more than a letter
    is another, however it is spelt. Of what `apart` leaves of two titles."""
    if len(only_a) != 1 or len(only_b) != 1:
        return False
    a, b = only_a[0], only_b[0]
    if _ideographic(a):
        return True
    return a in _TELLING or b in _TELLING or _opposite(a, b) or (min(len(a), len(b)) >= 4 and OSA.distance(spelled(a), spelled(b)) > 1)


def turned(only: Sequence[str]) -> bool:
    """The words that one title has more do nothing but turn its sense, or name one of a series: 'without', the B of hepatitis B."""
    return bool(only) and all(w in _TURNS or (len(w) == 1 and "a" <= w <= "h") for w in only)


def _turned_round(a: Sequence[str], b: Sequence[str]) -> bool:
    """Titles of the same words: they stand in another order, or the small ones that tell who does what to whom are others. A subtitle may stand
    before the title as well as behind it."""
    if len(a) == len(b) and any([*b[n:], *b[:n]] == [*a] for n in range(1, len(b))):
        return False
    x, y = ([w for w in words if w not in _SMALL] for words in (a, b))
    return (x != y and sorted(x) == sorted(y)) or _WAYS & frozenset(a) != _WAYS & frozenset(b)


def _more(a: Sequence[str], b: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words of both titles that each has more often."""
    both = [w for w in dict.fromkeys(a) if w in b and w not in _SMALL]
    return [w for w in both if a.count(w) > b.count(w)], [w for w in both if b.count(w) > a.count(w)]


def _unjoined(a: Sequence[str], b: Sequence[str], only_a: list[str], only_b: list[str]) -> tuple[list[str], list[str]]:
    """Without what is two words in the one and one in the other, in any spelling: multi-centre, multicenter; `in active` is no `in inactive`."""
    joins_a, joins_b = ({spelled(x + y): (x, y) for x, y in pairwise(words)} for words in (a, b))
    both = joins_a.keys() & joins_b.keys()
    joined = {
        w
        for joins, own, words in ((joins_a, a, b), (joins_b, b, a))
        for j in both | (joins.keys() & frozenset(map(spelled, words)))
        if j in both or all(own.count(part) > words.count(part) for part in joins[j])
        for w in (j, *joins[j])
    }
    only_a, only_b = ([w for w in only if joined.isdisjoint((w, spelled(w)))] for only in (only_a, only_b))
    return only_a, only_b


def _unabbreviated(a: Sequence[str], b: Sequence[str], only_a: list[str], only_b: list[str]) -> tuple[list[str], list[str]]:
    """Without the acronyms of a, and the words of b, two or more, that they stand for and a has not: RCT, randomised controlled trial."""
    for words in (b, [w for w in b if w not in _SMALL]):
        initials = "".join(w[0] for w in words)
        for acronym in (w for w in dict.fromkeys(a) if w in only_a or (len(w) > 2 and w not in _SMALL)):
            at = initials.find(acronym)
            meant = [] if at < 0 or len(acronym) < 2 else [w for w in words[at : at + len(acronym)] if w not in _SMALL]
            if len(meant) > 1 and set(meant) <= set(only_b):
                only_a = [w for w in only_a if w != acronym]
                only_b = [w for w in only_b if w not in meant]
    return only_a, only_b


def _unexplained(words: Sequence[str], only: list[str]) -> list[str]:
    """Without the acronyms that stand behind what they are short for: household air pollution (HAP)."""
    known = [w for n, w in enumerate(words) if w in only and 2 < len(w) <= n and "".join(x[0] for x in words[n - len(w) : n]) == w]
    return [w for w in only if w not in known]


def apart(a: Sequence[str], b: Sequence[str]) -> tuple[list[str], list[str], bool]:
    """The words of each that the other has not; 'pure tone' meets 'puretone', a misspelling its word, 'twelve' 12. And whether what was
    forgiven may not be the same all the same: a letter, the order of the words."""
    in_a, in_b = frozenset(a), frozenset(b)
    only_a = [w for w in dict.fromkeys(a) if w not in in_b and w not in _SMALL]
    only_b = [w for w in dict.fromkeys(b) if w not in in_a and w not in _SMALL]
    if bool(only_a) != bool(only_b):
        only_a, only_b = _unexplained(a, only_a), _unexplained(b, only_b)
    if only_a and only_b:
        only_a, only_b = _unjoined(a, b, only_a, only_b)
        if not only_a or not only_b:
            return only_a, only_b, False
    if len(only_b) > 1:
        only_a, only_b = _unabbreviated(a, b, only_a, only_b)
    if len(only_a) > 1:
        only_b, only_a = _unabbreviated(b, a, only_b, only_a)
    if len(in_a) < len(a) or len(in_b) < len(b):
        # 'Stroke and the risk of dementia' is not 'Stroke and the risk of stroke', and what turns the sense counts each time.
        more_a, more_b = _more(a, b)
        swapped = (only_a or more_a) and (only_b or more_b)
        only_a += [w for w in more_a if swapped or w in _TURNS]
        only_b += [w for w in more_b if swapped or w in _TURNS]
    if not only_a or not only_b:
        # The a of hepatitis A is no article.
        if "a" in in_a and "a" not in in_b and turned(only_b):
            only_a = ["a"]
        if "a" in in_b and "a" not in in_a and turned(only_a):
            only_b = ["a"]
        return only_a, only_b, not only_a and not only_b and _turned_round(a, b)
    left: list[str] = []
    slip = False
    for word in only_a:
        match = next((w for w in only_b if _one_word(word, w)), None) or next((w for w in only_b if _typo(word, w)), None)
        if match is None:
            left.append(word)
        else:
            slip = slip or not _one_word(word, match)
            only_b.remove(match)
    return left, only_b, slip
