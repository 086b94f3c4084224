"""The features of a record's text: its words and pairs of words, its characters, its keywords and its title, each a sparse vector."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from review.model.patterns import lazy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = {"words": 0.6, "characters": 0.3, "keywords": 0.15, "title": 0.1}
WORD_BUCKETS, CHARACTER_BUCKETS = 1 << 20, 1 << 19  # features are hashed: no vocabulary to keep in memory
_WORD = lazy(r"\w\w+")


@dataclass(frozen=True, slots=True)
class Text:
    """What is read of a record. keywords: one text, or empty; year: of publication, 0 where it is not known."""

    title: str
    abstract: str = ""
    keywords: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """Weighed features of one kind, a row a document. Columns that many documents have are dense: far quicker to multiply."""

    common: Any
    rare: Any

    def rows(self, which: Any) -> Block:
        return Block(self.common[which], self.rare[which])


@dataclass(frozen=True, slots=True)
class Weighing:
    """idf: of each feature, ln((1+n)/(1+df)) + 1; 0 for what only one landmark has, which can tell nothing of another record."""

    idf: Any
    common: Any  # the columns of features that more than 1 in 12 landmarks have

    @classmethod
    def of(cls, counts: list[Any]) -> Weighing:
        """From the counts of all landmarks, in parts."""
        import numpy as np

        n = sum(part.shape[0] for part in counts)
        df = sum(np.bincount(part.indices, minlength=part.shape[1]) for part in counts)
        idf = np.log((1 + n) / (1 + df)) + 1
        idf[df < min(2, n)] = 0
        return cls(idf.astype(np.float32), np.flatnonzero(df > max(20, n / 12)))

    def __call__(self, counts: Any) -> Block:
        """tf-idf rows of length 1 from counts."""
        import numpy as np

        found = counts.copy()
        found.data = (1 + np.log(found.data)) * self.idf[found.indices]
        row = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
        length = np.sqrt(np.bincount(row, found.data**2, found.shape[0]))
        found.data /= np.where(length > 0, length, 1)[row].astype(np.float32)
        place = np.full(found.shape[1], -1)
        place[self.common] = np.arange(len(self.common))
        there = place[found.indices]
        dense = np.zeros((found.shape[0], len(self.common)), np.float32)
        dense[row[there >= 0], there[there >= 0]] = found.data[there >= 0]
        found.data[there >= 0] = 0
        found.eliminate_zeros()
        return Block(dense, found)


def similarity(a: list[Block], b: list[Block]) -> Any:
    """The sum of the blocks' cosines, as a dense matrix."""
    import numpy as np

    found = np.zeros((a[0].rare.shape[0], b[0].rare.shape[0]), np.float32)
    for weight, x, y in zip(WEIGHTS.values(), a, b, strict=True):
        found += weight * (x.common @ y.common.T + (x.rare @ y.rare.T).toarray())
    return found


class Reader:
    """Counts of the features of texts. Remembers each word's n-grams, since a text's n-grams are those of its words."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._grams: list[NDArray[np.int32]] = []

    def read(self, texts: Sequence[Text]) -> list[Any]:
        """One sparse matrix of counts a block, in the order of WEIGHTS."""
        whole, keywords, titles = ([self._numbers(text) for text in column] for column in (
            (f"{t.title} . {t.abstract}" for t in texts), (t.keywords for t in texts), (t.title for t in texts),
        ))  # fmt: skip
        hashes = self._hashes()
        return [
            _counted([_words(hashes, numbers) for numbers in whole], WORD_BUCKETS),
            _counted([self._characters(numbers) for numbers in whole], CHARACTER_BUCKETS),
            _counted([_words(hashes, numbers) for numbers in keywords], WORD_BUCKETS),
            _counted([_words(hashes, numbers) for numbers in titles], WORD_BUCKETS),
        ]

    def _hashes(self) -> Any:
        import numpy as np

        return np.fromiter((zlib.crc32(w.encode()) for w in self._number), np.int64, len(self._number))

    def _numbers(self, text: str) -> Any:
        """A text as the numbers of its words."""
        import numpy as np

        number = self._number
        return np.array([number.setdefault(w, len(number)) for w in _WORD.findall(text.casefold())], np.int64)

    def _characters(self, numbers: Any) -> Any:
        """The hashed character 3-, 4- and 5-grams of the words of a text."""
        import numpy as np

        if len(self._grams) < len(self._number):
            new = list(self._number)[len(self._grams) :]
            self._grams += [np.fromiter(_grams(w), np.int32) for w in new]
        return np.concatenate([self._grams[k] for k in numbers.tolist()]) if len(numbers) else numbers


def _grams(word: str) -> Iterator[int]:
    padded = f" {word} "
    for size in (3, 4, 5):
        for start in range(max(1, len(padded) - size + 1)):
            yield zlib.crc32(padded[start : start + size].encode()) % CHARACTER_BUCKETS


def _words(hashes: Any, numbers: Any) -> Any:
    """The hashed words of a text and its pairs of neighbours."""
    import numpy as np

    single = hashes[numbers]
    pairs = (single[:-1] * 31 + single[1:] * 1_000_003) % 4_294_967_291
    return np.concatenate([single, pairs]) % WORD_BUCKETS


def _counted(rows: list[Any], width: int) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix

    lengths = [len(r) for r in rows]
    columns = np.concatenate(rows) if rows else np.zeros(0)
    indptr = np.concatenate([[0], np.cumsum(lengths)])
    found = csr_matrix((np.ones(len(columns), np.float32), columns.astype(np.int32), indptr), shape=(len(rows), width))
    found.sum_duplicates()
    return found
