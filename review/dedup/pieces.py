"""Two texts beside each other in pieces: what both have, and what one of them lacks; names of people likewise."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from review.dedup.signs import ONE_SIGN
from review.model.patterns import lazy
from review.model.plain_text import plain

_ALIKE = 30  # words in a row that both have: of more, the middle is left out
_SIGNS = 3  # of a script without spaces: about a word
_LONG_TEXT = 1000  # words
_FEW = 2  # words in common between others that differ: of long texts these tell nothing
_KEPT = 8  # words, at either side of it
_NAMES = 12  # of more authors, those that one of the two lacks, and the first
# Scripts that put no spaces between words: each sign is one.
_SIGN = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
TOKEN = lazy(rf"\s+|[{_SIGN}]|[^\s{_SIGN}]+")
_IS_SIGN = lazy(rf"[{_SIGN}]")
_UNIT = lazy(rf"\s*(?:[{_SIGN}]|[^\s{_SIGN}]+)")  # a word with the space before it
_TITLE_UNIT = lazy(rf"\s*(?:[<>≤≥±]\s*)?(?:[{_SIGN}]|[^\s{_SIGN}]+)")  # also with its sign
# In a title, what turns the sense of a word or number and is no letter: <65, CD25+, CD25-, CD25(-), -5 %, C#.
_TURNS = lazy(r"[<>+−±#]|(?<=[A-Za-z\d])-(?=[\s,;:.)/\]]|$)|(?:(?<=[\s(\[])|^)-(?=\d)|(?<=\()-(?=\))")
_LONG_WORD = 16  # letters: of longer ones, DOIs mostly, only those that differ are marked


class Piece(NamedTuple):
    """Text, and whether the other record lacks it."""

    text: str
    differs: bool


def _turns(text: str) -> str:
    return "".join(_TURNS.findall(text.translate(ONE_SIGN))).replace("-", "−")


def signed(title: str) -> list[str]:
    """The words of a title that bear a sign, with it."""
    return [plain(unit) + _turns(unit) for unit in _TITLE_UNIT.findall(title) if _turns(unit)]


@lru_cache(maxsize=64)  # what is shown is drawn again with every key
def parted(x: str, y: str, *, title: bool) -> tuple[list[Piece], list[Piece]]:
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


def folded(pieces: Sequence[Piece], what: str = "alike") -> Iterator[Piece]:
    """The pieces without the middle of what is long and the same in both. what: is said of the words that are left out."""
    for piece in pieces:
        tokens = TOKEN.findall(piece.text)
        words = [m for m, token in enumerate(tokens) if not token.isspace()]
        lengths = [1 if _IS_SIGN.match(tokens[m]) else _SIGNS for m in words]
        if piece.differs or sum(lengths) <= _ALIKE * _SIGNS:
            yield piece
            continue
        head, tail = (bisect_right(list(accumulate(side)), _KEPT * _SIGNS) for side in (lengths, lengths[::-1]))
        begin, end = "".join(tokens[: words[head]]).rstrip(), "".join(tokens[words[-tail] :])
        yield Piece(f"{begin} [… {len(words) - head - tail} {what} …] {end}", False)


def authors(x: str, y: str, *, whole: bool) -> tuple[list[Piece], list[Piece]]:
    """Two lists of authors with the names that one of them lacks; initials for a given name are no difference."""
    lists = x.split("; "), y.split("; ")
    found: list[list[Piece]] = []
    for names, others in (lists, lists[::-1]):
        differs = [False] * len(names) if x == y else lacking(names, others)
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


def lacking(names: Sequence[str], others: Sequence[str]) -> list[bool]:
    """Of each name, whether the others have none that may be the same person's: no family name in common."""
    known = {word for name in others for word in _words_of(name)}
    return [known.isdisjoint(_words_of(name.partition(",")[0])) for name in names]


def _words_of(name: str) -> set[str]:
    """The words of a name, without initials."""
    words = plain(name).split()
    return {word for word in words if len(word) > 1 or not word.isascii()} or set(words)
