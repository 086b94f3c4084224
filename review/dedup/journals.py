"""Whether two names are those of one journal or meeting: abbreviations, acronyms, other spellings and languages."""

# ruff: noqa: SIM905  # lists of words read better as words
from __future__ import annotations

from functools import lru_cache
from itertools import takewhile

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Prefix

from review.dedup.words import spelled
from review.model.patterns import lazy

_MEETINGS = frozenset("conference symposium workshop congress meeting".split())
_HOLDERS = frozenset("acm ieee ifip aaai usenix joint".split())
_ANY_MEETING = _MEETINGS | _HOLDERS | {"international", "annual"}  # words that tell none from the others
_SCIENCE = lazy(r"(?:log(?:y|ie|ia)|iatry|metry|pathy|graphy|scopy|nomy|ics|ine)$")  # of these one letter makes another
_NOT_MEANT = {
    ("farm", "farmacol"),
    ("fyz", "fyziol"),
}  # of two abbreviations Pharm. is pharmaceutical, Phys. physics (ISO 4); as they are `spelled`
# Words that the names of journals have in other languages alone, and what is left of them where they are abbreviated.
_ANOTHER_LANGUAGE = lazy(
    r"zhong(?:hua|guo)|zazhi$|xuebao|xue$|bao$|nippon|nihon|zasshi|rinsho|gakkai|taehan|zhurnal$|vestn|vopr|arkhiv$|zeitschrift$|wochenschr|zentralbl"
    r"|revue$|revista$|archivos|boletin|gaceta|anales$|giorn|rivista$|tids[sk]kr|tidning|laeger?$|ugeskr|tijdschr|geneesk|orvosi$|hetil|casopis|przegl|vjesnik|psiquiatr|enferm(?!a)|biull|farmakol"
)
_MOST_WORDS = 100  # of a name


def _begins(short: list[str], long: list[str]) -> bool:
    """One name is the beginning or the end of the other."""
    n = len(short)
    return all(map(_abbreviates, short, long[:n])) or all(map(_abbreviates, short, long[-n:]))


def _named_after(short: list[str], long: list[str]) -> bool:
    """Of such names: what one has more makes it another journal's, and is no subtitle, society, meeting or second name: BMC Public Health,
    Journal of Nursing Research, Veterinary Record Open."""
    n = len(short)
    if all(map(_abbreviates, short, long[:n])):
        more = long[n:]
        return len(more) <= 2 and not _OF_ONE.issuperset(more) and not all(map(_of_any_meeting, more)) and not _stands_for(more[0], short)
    more = long[:-n]
    if _MEETINGS.isdisjoint(short) and any(map(_of_one_more, more)):
        return True
    return not all(map(_of_any_meeting, more)) and not _in_another_language(more)


def _of_one_more(word: str) -> bool:
    """Before the name of a journal it makes another's: International Journal of Cardiology, Ann Surg Oncol."""
    return word.startswith(("ann", "int"))


# Behind a name what is left out as often as not: `J Bone Joint Surg Am`, `… American Volume`, `… Supplement`, `Proc Natl Acad Sci U S A`
_OF_ONE = frozenset("suppl supplement supplements supplementum am american br british volume u s ed edition online print internet".split())


def _parted(short: list[str], long: list[str]) -> bool:
    """A word of the one is two of the other: Neuroendocrinology, Neuro Endocrinol."""
    return len(long) == len(short) + 1 and any(
        word.startswith(long[n])
        and len(word) > len(long[n]) + 2
        and min(map(_alike, short, [*long[:n], long[n] + long[n + 1], *long[n + 2 :]])) == 2
        for n, word in enumerate(short)
    )


def _unabbreviated(name: list[str]) -> list[str]:
    """A name without its own acronym before or behind it: AJR American Journal of Roentgenology."""
    if not 4 <= len(name) <= _MOST_WORDS:
        return name
    return name[1:] if _stands_for(name[0], name[1:]) else name[:-1] if _stands_for(name[-1], name[:-1]) else name


def _stands_for(word: str, names: list[str]) -> bool:
    """A word that is made of the beginnings of others, or begins with the initials of the first three."""
    return 3 <= len(word) <= 8 and (word.startswith("".join(name[0] for name in names[:3])) or _initials(word, names))


def _initials(word: str, names: list[str]) -> bool:
    """An acronym: beginnings of all the words, in order, but for those that any meeting has: AMCIS, Americas Conference on Information Systems."""
    if not word or not names:
        return not word and all(name in _ANY_MEETING for name in names)
    longest = Prefix.similarity(word, names[0])
    return any(_initials(word[n:], names[1:]) for n in range(1, longest + 1)) or (names[0] in _ANY_MEETING and _initials(word, names[1:]))


def _turned(a: list[str], b: list[str]) -> bool:
    """The same words in another order: 'Software Engineering (ICSE), 2020 International Conference on'."""
    left = list(b)
    for word in a:
        match = next((w for w in left if _abbreviates(word, w)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _one_meeting(a: list[str], b: list[str]) -> bool:
    """Two names of a meeting that say of what it is and who holds it in one way, wherever in the name and whatever its acronym:
    'Software Maintenance, 2008. ICSM 2008. IEEE International Conference on'. A workshop is not the conference, nor is a magazine."""
    if max(len(a), len(b)) > _MOST_WORDS or _HOLDERS.intersection(a) != _HOLDERS.intersection(b):
        return False
    kinds = [{kind for kind in _MEETINGS for word in name if len(word) > 3 and kind.startswith(word)} for name in (a, b)]
    (of_a, acronym_a), (of_b, acronym_b) = _held_on(a), _held_on(b)
    known = all(kind or acronym for kind, acronym in zip(kinds, (acronym_a, acronym_b), strict=True))
    if not known or not any(kinds) or (all(kinds) and kinds[0].isdisjoint(kinds[1])):
        return False
    return len(of_a) == len(of_b) > 0 and (all(map(_abbreviates, of_a, of_b)) if len(of_a) > 1 else of_a == of_b)


def _held_on(name: list[str]) -> tuple[list[str], bool]:
    """The words of a name that no meeting on another subject has, without an acronym of them, and whether there is one."""
    subject = list(dict.fromkeys(word for word in name if not _of_any_meeting(word) and not word.isdecimal()))
    for n, word in enumerate(subject):
        others = subject[:n] + subject[n + 1 :]
        if 2 <= len(word) <= 8 and len(others) >= 2 and word.endswith("".join(other[0] for other in others)):
            return others, True
    return subject, False


def _of_acronyms(short: list[str], long: list[str]) -> bool:
    """A name of acronyms that stand for words of a meeting's: VL/HCC, SIGSOFT FSE."""
    initials = "".join(word[0] for word in long)
    return not _ANY_MEETING.isdisjoint(long) and all(
        (2 <= len(word) <= 8 and word in initials) or any(_near(word, other) for other in long) for word in short
    )


def _abbreviates(a: str, b: str) -> bool:
    """Two words of names are one, or may be."""
    return _alike(a, b) > 0


def _near(a: str, b: str) -> bool:
    return _abbreviates(a, b) or (a[0] == b[0] and fuzz.ratio(a, b) >= 80 and not _two_sciences(a, b))


def _alike(a: str, b: str) -> int:
    """Of two words of names: 2, one is the other, abbreviated or in another spelling; 1, they may be one, misspelled or with an ending of another
    language; 0, neither. Hepatology is no hematology, nor is circulation microcirculation."""
    short, long = sorted((spelled(a), spelled(b)), key=len)
    if (short, long) in _NOT_MEANT:
        return 0
    if long.startswith(short) or a.startswith(b) or b.startswith(a):
        return 2
    if short[0] != long[0]:
        return 0
    rest = iter(long)
    if 2 <= len(short) <= 6 and len(long) > len(short) and all(c in rest for c in short):
        return 2  # Intl, Natl, Dtsch
    common = Prefix.similarity(short, long)
    if common >= 6 and len(long) - common <= 3:
        return 1
    slip = fuzz.ratio(short, long) >= 90 or (len(short) >= 5 and OSA.distance(short, long, score_cutoff=1) <= 1)
    return int(slip and not _two_sciences(a, b))


def _two_sciences(a: str, b: str) -> bool:
    return bool(_SCIENCE.search(a) and _SCIENCE.search(b))


def _compare_cut(a: list[str], b: list[str]) -> str:
    """Names of which one at least was cut off: within, where the other has its words at that end, three or more; unclear, where they begin with
    other words; else missing."""
    if min(len(w) for w in (a, b) if "…" in w) <= 3:
        return "unclear" if "…" not in (a[0], b[0]) and _begin_apart(a, b) else "missing"
    if "…" in (a[-1], b[-1]):
        a, b = a[::-1], b[::-1]  # its beginning is compared as an end
    if (a[0] == "…" and a[-1] == "…") or "…" in (a[-1], b[-1]):
        return "missing"
    fewest = min(len(w) - (w[0] == "…") for w in (a, b))
    whole = all(w[0] == "…" or len(w) >= len(other) - 1 for w, other in ((a, b), (b, a)))
    return "within" if whole and all(map(_abbreviates, a[-fewest:], b[-fewest:])) else "missing"


def _begin_apart(a: list[str], b: list[str]) -> bool:
    """Of the words that tell anything two are others, before one of the names is cut off, and neither is an acronym that may hold the other."""
    pairs = zip(*([w for w in words if not _of_any_meeting(w)] for words in (a, b)), strict=False)
    told = takewhile(lambda pair: "…" not in pair, pairs)
    return any(not _near(x, y) and not (min(len(a), len(b)) == 1 and x[0] == y[0]) for x, y in told)


def _of_any_meeting(word: str) -> bool:
    """It, or what it is short for: Int."""
    return word in _ANY_MEETING or (len(word) >= 3 and any(name.startswith(word) for name in _ANY_MEETING))


@lru_cache(maxsize=200_000)
def compare_journals(x: str, y: str) -> str:
    """same | within | unclear | different | missing, of what `journal_of` gives, joined with spaces."""
    if not x or not y:
        return "missing"
    if "…" in x or "…" in y:
        return _compare_cut(x.split(" "), y.split(" "))
    if x == y:
        return "same"
    if "|" in x or "|" in y:
        found = {compare_journals(one, other) for one in x.split("|") for other in y.split("|")}
        return next(level for level in ("same", "within", "unclear", "different", "missing") if level in found)
    a, b = x.split(" "), y.split(" ")
    joined = "".join(a), "".join(b)
    ratio = fuzz.ratio(*joined)
    surest = min(map(_alike, a, b)) if len(a) == len(b) else 0
    if len(a) == len(b) == 1 and (x == f"{y}s" or y == f"{x}s"):
        return "unclear"  # Vaccine and Vaccines: a name of one word is not abbreviated
    # In a short name a word in four may tell it from another's: Software, or Web Engineering.
    if (
        surest == 2
        or ratio >= 97
        or (ratio >= 88 and min(map(len, joined)) >= 30 and min(len(a), len(b)) >= 5 and not _of_two_fields(a, b))
    ):
        return "same"
    if surest:
        return "within" if len(a) > 1 else "unclear"
    short, long = sorted((a, b), key=len)
    if len(short) == 1 and len(long) > 2 and short[0] in ("".join(w[0] for w in long), "".join(w[0] for w in long[:-1])):
        return "same"  # JAMA
    if len(short) == 1 and 3 <= len(short[0]) <= 8 and len(long) > 2 and short[0] not in long and _initials(short[0], long):
        return "same"
    if _one_meeting(a, b):
        return "within"
    whole = [_unabbreviated(w) for w in (short, long)]
    if whole != [short, long]:
        return compare_journals(*(" ".join(w) for w in whole))
    if _parted(short, long):
        return "same"
    if _begins(short, long):
        return "within" if len(short) > 1 and not _named_after(short, long) else "unclear"
    if len(short) == len(long) >= 4 and _turned(a, b):
        return "within"
    shared = [w for w in short if any(_near(w, v) for v in long)]
    if (ratio >= 88 and len(short) > 1) or (len(shared) * 2 > len(short) and not _OF_MANY.issuperset(shared)):
        return "unclear"
    if len(short) > 1 and _of_acronyms(short, long):
        return "unclear"
    translated = x.isascii() != y.isascii() or _in_another_language(a) != _in_another_language(b)
    return "unclear" if translated else "different"


# What journals have in common that are two: American Journal of Psychiatry, American Journal of Cardiology.
_OF_MANY = frozenset(
    "journal j american amer am european eur british brit br international int intl canadian can australian aust asian world acta annals ann archives arch".split()
)


def _of_two_fields(a: list[str], b: list[str]) -> bool:
    """Names of meetings that have most words in common, as all have, and each a word of its own: Data Mining, Data Engineering."""

    def own(one: list[str], other: list[str]) -> bool:
        return any(len(w) > 2 and w.isalpha() and not _of_any_meeting(w) and not any(_near(w, v) for v in other) for w in one)

    return any(name in _ANY_MEETING for name in a) and own(a, b) and own(b, a)


def _in_another_language(name: list[str]) -> bool:
    """As one database romanises the name of a journal and the other translates it: Zhonghua …, Chinese Journal of …"""
    return any(_ANOTHER_LANGUAGE.match(word) for word in name)
