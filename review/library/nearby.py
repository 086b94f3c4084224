"""Proximity. FTS5's NEAR does it alone where it means the same; else it only proposes, and the text itself decides.

PubMed: "terms appear within N words of each other, in any order" (Help, "Proximity searching"); N counts the words that
stand among the terms and are none of them. NEAR(a b c, M) asks for at most M tokens between the end of the first and the
start of the last, so M = N + the words of those between. It differs from N where two terms could be the same word,
where terms of several words make it unclear which stand between, and where M is wider than the gap between two values.
"""

from __future__ import annotations

from review.library.entry import MORE_COLUMNS, TEXT_COLUMNS, entry_of
from review.library.leaves import Near
from review.library.words import GAP, GAP_SIZE, words
from review.store.library import Library, Phrase
from review.store.library_hits import docs, hits


def near_hits(library: Library, leaf: Near) -> int:
    operands = leaf.operands
    lengths = sorted(len(p.words) for p in operands)
    # Of the words of the terms, those of the outer two do not lie in the window.
    window = leaf.between if len(operands) == 2 else leaf.between + sum(lengths) - 2 * lengths[0]
    proposed = library.near(leaf.index, leaf.columns, operands, window)
    if (len(operands) == 2 or lengths[-1] == 1) and window < GAP_SIZE and not _overlap(operands):
        return proposed
    names = TEXT_COLUMNS if leaf.index == "words" else MORE_COLUMNS
    places = [names.index(c) for c in leaf.columns]
    kept = []
    for doc in docs(proposed & library.alive):
        entry = entry_of(library.entry(doc))
        columns = entry.text if leaf.index == "words" else entry.more
        if any(within(words(value), operands, leaf.between) for i in places for value in columns[i].split(GAP)):
            kept.append(doc)
    return hits(kept, library.size)


def _overlap(operands: tuple[Phrase, ...]) -> bool:
    """Whether a word of one operand could be a word of another."""
    for i, one in enumerate(operands):
        for other in operands[i + 1 :]:
            for a, a_open in _marked(one):
                for b, b_open in _marked(other):
                    if a == b or (a_open and b.startswith(a)) or (b_open and a.startswith(b)):
                        return True
    return False


def _marked(phrase: Phrase) -> list[tuple[str, bool]]:
    return [(w, phrase.prefix and i == len(phrase.words) - 1) for i, w in enumerate(phrase.words)]


def within(text: list[str], operands: tuple[Phrase, ...], between: int) -> bool:
    """Whether all operands stand in the text, none on another, with at most `between` other words among them."""
    places = [_places(text, p) for p in operands]
    if not all(places):
        return False
    total = sum(len(p.words) for p in operands)
    widest = between + total  # words from the first to the last, both included
    order = sorted(range(len(operands)), key=lambda i: len(places[i]))

    def place(n: int, low: int, high: int, taken: frozenset[int]) -> bool:
        if n == len(order):
            return True
        size = len(operands[order[n]].words)
        for at in places[order[n]]:
            if n and (max(high, at + size) - min(low, at) > widest):
                continue
            mine = range(at, at + size)
            if taken.isdisjoint(mine) and place(
                n + 1, min(low, at) if n else at, max(high, at + size) if n else at + size, taken.union(mine)
            ):
                return True
        return False

    return place(0, 0, 0, frozenset())


def _places(text: list[str], phrase: Phrase) -> list[int]:
    size = len(phrase.words)
    last = phrase.words[-1]
    return [
        at
        for at in range(len(text) - size + 1)
        if text[at : at + size - 1] == list(phrase.words[:-1])
        and (text[at + size - 1].startswith(last) if phrase.prefix else text[at + size - 1] == last)
    ]
