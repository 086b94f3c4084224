"""Which record first, before any model is ready: those that share the most telling words with the question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

from review.model.patterns import lazy
from review.screening.vectors import Text

_WORD = lazy(r"\w{3,}")
K, B = 1.2, 0.75
TITLE = 3  # a word of the title counts so often


def by_words(texts: Sequence[Text], question: str) -> list[int]:
    """The places of the texts, the likeliest first; ties in their own order.

    BM25 (Robertson & Zaragoza 2009, doi 10.1561/1500000019) with the question as the query.
    """
    asked = set(_WORD.findall(question.casefold()))
    found, lengths = [], []
    for text in texts:
        title = _WORD.findall(text.title.casefold())
        rest = _WORD.findall(f"{text.abstract} {text.keywords}".casefold())
        counts = Counter(w for w in rest if w in asked)
        for word in title:
            if word in asked:
                counts[word] += TITLE
        found.append(counts)
        lengths.append(TITLE * len(title) + len(rest))
    n = len(texts)
    usual = sum(lengths) / max(1, n) or 1
    have = Counter(word for counts in found for word in counts)
    worth = {word: log(1 + (n - df + 0.5) / (df + 0.5)) for word, df in have.items()}

    def score(place: int) -> float:
        damp = K * (1 - B + B * lengths[place] / usual)
        return sum(worth[word] * tf * (K + 1) / (tf + damp) for word, tf in sorted(found[place].items()))

    return sorted(range(n), key=lambda place: (-score(place), place))
