"""What tells two records apart, field by field: the words that one of them lacks, and what decides first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from review.dedup.signs import ONE_SIGN
from review.model.patterns import lazy
from review.model.plain_text import plain
from review.model.reading import one_line
from review.model.record import Record, text_of

FIELDS = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "abstract")
SIGNS = ("differ", "close", "missing", "agree")  # in the order in which they are shown
SHOWN = {"doi": "DOI", "pmid": "PMID"}
_AGREE = ("same", "within", "range", "first", "page 1", "order", "near")
_WORDS = ("title", "abstract", "pages", "doi", "pmid")  # of which each word counts, whatever the rules make of the whole
_ALIKE = 30  # words in a row that both have: of more, the middle is left out
_LONG_TEXT = 1000  # words
_FEW = 2  # words in common between others that differ: of long texts these tell nothing
_KEPT = 8  # words, at either side of it
_CUT = 100  # letters of what a third record says
_LONG_KEY, _HASH = 40, 12  # letters
_ENDS_IN_INITIALS = lazy(r"(?<=\s)(?:[^\W\d_a-z][.-]*\s?){1,3}$")
_NAMES = 12  # of more authors, those that one of the two lacks, and the first
# Scripts that put no spaces between words: each sign is one.
_SIGN = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
TOKEN = lazy(rf"\s+|[{_SIGN}]|[^\s{_SIGN}]+")
_UNIT = lazy(rf"\s*(?:[{_SIGN}]|[^\s{_SIGN}]+)")  # a word with the space before it
_TITLE_UNIT = lazy(rf"\s*(?:[<>≤≥±]\s*)?(?:[{_SIGN}]|[^\s{_SIGN}]+)")  # also with its sign
# In a title, what turns the sense of a word or number and is no letter: <65, CD25+, CD25-, CD25(-), -5 %, C#.
_TURNS = lazy(r"[<>+−±#]|(?<=[A-Za-z\d])-(?=[\s,;:.)/\]]|$)|(?:(?<=[\s(\[])|^)-(?=\d)|(?<=\()-(?=\))")
_LONG_WORD = 16  # letters: of longer ones, DOIs mostly, only those that differ are marked


class Piece(NamedTuple):
    """Text, and whether the other record lacks it."""

    text: str
    differs: bool


class Row(NamedTuple):
    """One field of two records. sign: one of SIGNS; same: both say the same, which then is in `a`: what only capitals, punctuation and
    given names for initials tell apart is the same there, unless all is shown."""

    name: str
    sign: str
    a: list[Piece]
    b: list[Piece]
    same: bool


def rows(a: Record, b: Record, levels: Mapping[str, str], *, whole: bool = False) -> list[Row]:
    """The fields that either has: the title, then those that differ, those that only one has, those that agree; the abstract, which is
    long, last, so that the rest is seen at once.

    levels: how the rules say that each compares; whole: without it the middle of what is long and alike is left out.
    """
    found = [row for name in FIELDS if (row := _row(name, a, b, levels.get(name, ""), whole=whole))]
    # The title says what it is about.
    return sorted(found, key=lambda row: (row.name != "title", row.name == "abstract", SIGNS.index(row.sign)))


def _row(name: str, a: Record, b: Record, level: str, *, whole: bool) -> Row | None:
    """One field, of `rows`; None where neither has it."""
    x, y = shown(a, name), shown(b, name)
    if not x and not y and name != "title":
        return None
    sign = _sign(name, level, x, y)
    if one_way := x if x == y else "" if whole or sign != "agree" else _once(name, x, y):
        one = _authors(one_way, one_way, whole=whole)[0] if name == "authors" else [Piece(one_way, False)]
        return Row(name, sign, one if whole else list(_folded(one)), [], True)
    return Row(name, sign, *_compared(name, x, y, agree=sign == "agree", whole=whole), False)


def what(same: bool, relation: str = "", first: str = "", which: str = "") -> str:
    """A word on a pair in words. first: the key of the one that a person named as the erratum, the version …; which: else, of `Pairs.which`."""
    named = f", which {short_key(first)} is" if first else f" ({which})" if which else ""
    return "the same report" if same else f"{relation.replace('_', ' ')}{named}" if relation else "different reports"


def short_key(key: str) -> str:
    """A key as it is shown: of a long one, a hash, the beginning, which names it as well."""
    head, mark, twin = key.partition("#")  # #2: the same content again
    return key if len(key) <= _LONG_KEY else f"{head[: head.find(':') + 1 + _HASH]}…{mark}{twin}"


def told_in_a_line(record: Record) -> str:
    """A record beside others: its key, its title, and where and when it appeared."""
    place = ", ".join(p for p in (record.journal, str(record.year or ""), ":".join(p for p in (record.volume, record.pages) if p)) if p)
    return f"{short_key(record.key)}: {one_line(record.title) or '(no title)'}{f' ({place})' if place else ''}"


def differences(a: Record, b: Record, names: Collection[str]) -> list[str]:
    """Of the fields of these names, as they are shown, what both say: `year: ‹2001› / ‹2003›`. Of abstracts, a line would say nothing."""
    told = []
    for name in FIELDS[:-1]:
        if (called := SHOWN.get(name, name)) in names and (row := _row(name, a, b, "", whole=False)):
            one, other = (one_line("".join(map(marked, side)), _CUT) for side in (row.a, row.a if row.same else row.b))
            told.append(f"{called}: {one} / {other}")
    return told


def read_like(kinds: tuple[str, str]) -> list[str]:
    """What the titles of a pair read like, in words."""
    if kinds[0] == kinds[1] != "":
        return [f"both read like: {kinds[0]}"]
    return [f"the {side} reads like: {kind}" for side, kind in zip(("first", "second"), kinds, strict=True) if kind]


def marked(piece: Piece) -> str:
    """The text, between ‹ and › where the other lacks it."""
    core = piece.text.strip()
    return piece.text.replace(core, f"‹{core}›", 1) if piece.differs else piece.text


def shown(record: Record, name: str) -> str:
    """A field as it is shown: authors as they are, all else without markup and on one line."""
    text = text_of(getattr(record, name))
    return normalize("NFC", text) if name == "authors" else one_line(text)


def _sign(name: str, level: str, a: str, b: str) -> str:
    if not a or not b:
        return "missing"
    level = level.partition(", ")[0] if name == "title" else level
    if plain(a) == plain(b) != "":
        return "close" if name == "title" and _signed(a) != _signed(b) else "agree"
    if level in _AGREE or level.startswith("same"):
        x, y = a.split("; "), b.split("; ")
        lacks = name in _WORDS or (name == "authors" and any((*_lacking(x, y), *_lacking(y, x))))
        return "close" if lacks else "agree"
    # missing: both say something, of which the rules can make nothing.
    return "differ" if level in ("different", "few", "far", "missing", "") else "close"


def _once(name: str, x: str, y: str) -> str:
    """The one way to write it that is enough; '' where both are to be seen.

    PubMed ends a title with a point, Web of Science has journals in capitals, and each names people in its own way: twice the lines, for nothing.
    """
    if name in ("title", "authors", "journal") and plain(x) == plain(y):
        return x
    if name == "authors":
        people = zip(map(_person, x.split("; ")), map(_person, y.split("; ")), strict=False)
        same = x.count("; ") == y.count("; ") and all(
            (family, initials) == (family_b, initials_b) and (given <= given_b or given_b <= given)
            for (family, initials, given), (family_b, initials_b, given_b) in people
        )
        return max(x, y, key=len) if same else ""
    return ""


def _person(name: str) -> tuple[str, str, set[str]]:
    """A name's family name, initials and given names: Roe, Anna K.; Roe, A.K.; Roe AK."""
    family, comma, given = name.partition(",")
    if not comma and (ending := _ENDS_IN_INITIALS.search(name)):
        family, given = name[: ending.start()], ending[0]
    names = {w for word in re.split(r"[\s.,]+", given) if not (word.isupper() and len(word) < 4) for w in plain(word).split()}
    return plain(family), "".join(filter(str.isupper, given)), names


def _compared(name: str, x: str, y: str, *, agree: bool, whole: bool) -> tuple[list[Piece], list[Piece]]:
    """Both texts with what differs; what only writes the same in another way (`agree`) is not marked."""
    alike = "alike"
    if not x or not y:
        pair = [Piece(x or "–", False)], [Piece(y or "–", False)]
        alike = "more words"
    elif name == "authors":
        return _authors(x, y, whole=whole)
    elif agree:
        pair = [Piece(x, False)], [Piece(y, False)]
    else:
        pair = _words(x, y, title=name == "title")
    return pair if whole else (list(_folded(pair[0], alike)), list(_folded(pair[1], alike)))


def _turns(text: str) -> str:
    return "".join(_TURNS.findall(text.translate(ONE_SIGN))).replace("-", "−")


def _signed(title: str) -> list[str]:
    """The words of a title that bear a sign, with it."""
    return [plain(unit) + _turns(unit) for unit in _TITLE_UNIT.findall(title) if _turns(unit)]


@lru_cache(maxsize=64)  # what is shown is drawn again with every key
def _words(x: str, y: str, *, title: bool) -> tuple[list[Piece], list[Piece]]:
    """Two texts in stretches that both have, in one order, and that one of them lacks; case and punctuation tell nothing apart, but for
    the signs that turn the sense of a title."""

    def told(text: str) -> str:
        return plain(text) + (_turns(text) if title else "")

    mine, other = (_TITLE_UNIT if title else _UNIT).findall(x), (_TITLE_UNIT if title else _UNIT).findall(y)
    left: list[Piece] = []
    right: list[Piece] = []
    # Of two long texts, a word or two in common amid what differs tells nothing: 'of the', 'in'.
    few = _FEW if min(len(mine), len(other)) > _ALIKE else 0
    start = [0, 0]
    for i, j, k, m in _in_both(list(map(told, mine)), list(map(told, other))):
        if 0 < j - i <= few and i > 0 and j < len(mine):
            continue
        texts = "".join(mine[start[0] : i]), "".join(other[start[1] : k])
        within = _within(*texts) if start[0] + 1 == i and start[1] + 1 == k else None
        for n, (found, units, end, upto) in enumerate(((left, mine, i, j), (right, other, k, m))):
            if within:
                found += within[n]
            elif texts[n]:
                found.append(Piece(texts[n], bool(told(texts[n]))))
            if text := "".join(units[end:upto]):
                found.append(Piece(text, False))
        start = [j, m]
    return left, right


def _in_both(mine: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that two lists have in common, in one order: from, to in the one, from, to in the other; at last their ends."""
    head = _alike_from_the_start(mine, other)
    tail = min(_alike_from_the_start(mine[::-1], other[::-1]), len(mine) - head, len(other) - head)
    ends = len(mine) - tail, len(other) - tail
    yield 0, head, 0, head
    middles = mine[head : ends[0]], other[head : ends[1]]
    # In long ones what is everywhere ('of the') begins no stretch: else texts of 40,000 letters take seconds.
    matcher = SequenceMatcher(None, *middles, autojunk=max(map(len, middles)) > _LONG_TEXT)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            yield head + i, head + j, head + k, head + m
    yield ends[0], len(mine), ends[1], len(other)


def _alike_from_the_start(x: Sequence[str], y: Sequence[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(x, y, strict=False)) if a != b), min(len(x), len(y)))


def _within(x: str, y: str) -> tuple[list[Piece], list[Piece]] | None:
    """Two long words that begin and end alike, with the letters between; None for others."""
    if min(len(x), len(y)) < _LONG_WORD:
        return None
    head = _alike_from_the_start(x, y)
    tail = min(_alike_from_the_start(x[::-1], y[::-1]), len(x) - head, len(y) - head)
    if 2 * (head + tail) < max(len(x), len(y)):
        return None
    one, two = ([Piece(z[:head], False), Piece(z[head : len(z) - tail], True), Piece(z[len(z) - tail :], False)] for z in (x, y))
    return [p for p in one if p.text], [p for p in two if p.text]


def _folded(pieces: Sequence[Piece], what: str = "alike") -> Iterator[Piece]:
    """The pieces without the middle of what is long and the same in both. what: is said of the words that are left out."""
    for piece in pieces:
        tokens = TOKEN.findall(piece.text)
        words = [m for m, token in enumerate(tokens) if not token.isspace()]
        if piece.differs or len(words) <= _ALIKE:
            yield piece
            continue
        begin, end = "".join(tokens[: words[_KEPT]]).rstrip(), "".join(tokens[words[-_KEPT] :])
        yield Piece(f"{begin} [… {len(words) - 2 * _KEPT} {what} …] {end}", False)


def _authors(x: str, y: str, *, whole: bool) -> tuple[list[Piece], list[Piece]]:
    """Two lists of authors with the names that one of them lacks; initials for a given name are no difference."""
    lists = x.split("; "), y.split("; ")
    found: list[list[Piece]] = []
    for names, others in (lists, lists[::-1]):
        differs = [False] * len(names) if x == y else _lacking(names, others)
        shown = [n for n in range(len(names)) if whole or len(names) <= _NAMES or n < 3 or differs[n]]
        if not whole and len(shown) > 2 * _NAMES:
            shown = shown[: 2 * _NAMES]
        pieces: list[Piece] = []
        before = -1
        for n in shown:
            pieces += [Piece("… ", False)] if n > before + 1 else []
            pieces += [Piece(names[n], differs[n]), Piece("; " if n + 1 < len(names) else "", False)]
            before = n
        if len(shown) < len(names):
            pieces.append(Piece(f"{'…' if before + 1 < len(names) else ''} ({len(names):,} authors)", False))
        found.append(pieces)
    return found[0], found[1]


def _lacking(names: Sequence[str], others: Sequence[str]) -> list[bool]:
    """Of each name, whether the others have none that may be the same person's: no family name in common."""
    known = {word for name in others for word in _words_of(name)}
    return [known.isdisjoint(_words_of(name.partition(",")[0])) for name in names]


def _words_of(name: str) -> set[str]:
    """The words of a name, without initials."""
    words = plain(name).split()
    return {word for word in words if len(word) > 1 or not word.isascii()} or set(words)
