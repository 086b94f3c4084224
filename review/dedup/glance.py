"""Which of very many pairs need no further look: told by numbers, and by how alike the titles are letter by letter.

Of the pairs that share a block most end here. What is let go is what `judge.worth`, which looks at the texts, would let go too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import polars as pl

from review.dedup.likeness import REWRITTEN, UNLIKE, ratios

# Of each record, as a number that is the same where the thing is the same; 0 where there is none.
_IDENTITIES = ("doi", "pmid", "trial", "same_id", "begins")
_PLACE = ("page", "page2", "last", "year")
_FEATURES = (*_PLACE, "volumes", "squash")
_MANY = 4  # words on either side that the other has not, of which none is held in the other
_SLACK = 0.01  # of a likeness, as the machine rounds it
Column = TypeVar("Column", np.ndarray, pl.Expr)


def numbers_of(features: pl.DataFrame) -> pl.DataFrame:
    """The columns that a glance is made of, beside those of `features_of`. The words of a title are a set of 64 bits: of two titles, a bit
    that is in one alone is a word, at least, that is in one alone."""
    texts = {name: features[name] for name in ("doi", "pmid", "trial", "same_id", "leader")}
    return pl.DataFrame(
        [
            *(_number(text).alias(f"glance {name}") for name, text in texts.items()),
            features["begins"].fill_null(0).alias("glance begins"),
            _words(features["normal"]).alias("glance words"),
            features["squash"].str.len_chars().alias("glance letters"),
            (features["also"] != "").alias("glance also"),
        ]
    )


def volumes_of(features: pl.DataFrame) -> pl.Series:
    """The numbers of volume, issue and supplement, any of which stands for another at times, as a set of 64 bits; all of them where no volume is
    known. Two records whose sets have nothing in common are of two volumes."""
    found = np.zeros(features.height, np.uint64)
    for name in ("volume", "issue"):
        told = features[name].list.len() > 0
        numbers = features[name].filter(told)
        found[told.to_numpy()] |= _set_of(numbers, numbers.explode() % 64)
    supplement = features["supplement"].cast(pl.Int64, strict=False)
    found[supplement.is_not_null().to_numpy()] |= _bits(supplement.drop_nulls() % 64)
    found[(features["volume"].list.len() == 0).to_numpy()] = 2**64 - 1
    return pl.Series(found)


def one_page(of: Callable[[str], tuple[Column, Column]]) -> Column:
    """The first pages of two records are one, in either reading. of: a feature of both."""
    (page, page_b), (page2, page2_b) = of("page"), of("page2")
    found: Column = (page > 0) & ((page == page_b) | (page2 == page_b) | (page == page2_b))
    return found


def one_place(of: Callable[[str], tuple[Column, Column]], one_leader: Column) -> Column:
    """Two records at one place, as far as pages, volumes and years tell: whatever their titles are, they get a further look. one_leader: the first
    authors have one name."""
    (last, last_b), (year, year_b), (volumes, volumes_b) = of("last"), of("year"), of("volumes")
    found: Column = one_page(of) & ((volumes & volumes_b) != 0) & (((last > 0) & (last == last_b)) | (one_leader & (year == year_b)))
    return found


def _number(texts: pl.Series) -> pl.Series:
    return texts.hash(1).set(texts == "", 0)


def _words(normal: pl.Series) -> pl.Series:
    words = normal.str.split(" ")
    return pl.Series(_set_of(words, words.explode().hash(1) // 2**58))


def _set_of(lists: pl.Series, places: pl.Series) -> np.ndarray:
    """lists: none of them empty; places: of their elements, 0 to 63."""
    if lists.is_empty():
        return np.zeros(0, np.uint64)
    sizes = lists.list.len().to_numpy()
    found: np.ndarray = np.bitwise_or.reduceat(_bits(places), np.cumsum(sizes, dtype=np.int64) - sizes)
    return found


def _bits(places: pl.Series) -> np.ndarray:
    return np.uint64(1) << places.cast(pl.UInt64).to_numpy()


COLUMNS = tuple(f"glance {name}" for name in (*_IDENTITIES, "leader", "words", "letters", "also"))


@dataclass(frozen=True, slots=True)
class Glance:
    """Of all records, by key. titles: squashed."""

    numbers: dict[str, np.ndarray]
    titles: list[str]

    def hopeful(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """The places of the pairs of rows a and b that need a further look, in order."""

        def of(name: str) -> tuple[np.ndarray, np.ndarray]:
            numbers = self.numbers[name]
            return numbers[a], numbers[b]

        def same(name: str) -> np.ndarray:
            x, y = of(name)
            found: np.ndarray = (x == y) & (x != 0)
            return found

        one_leader = same("glance leader")
        letters, letters_b = of("glance letters")
        also, also_b = of("glance also")
        look = (letters == 0) | (letters_b == 0) | also | also_b | one_place(of, one_leader)
        for name in _IDENTITIES:
            look |= same(f"glance {name}")

        rest = np.flatnonzero(~look)
        words, words_b = self.numbers["glance words"][a[rest]], self.numbers["glance words"][b[rest]]
        apart = np.minimum(np.bitwise_count(words & ~words_b), np.bitwise_count(words_b & ~words))
        titles = self.titles
        alike = ratios([titles[n] for n in a[rest].tolist()], [titles[n] for n in b[rest].tolist()])
        x, y = letters[rest].astype(np.float32), letters_b[rest].astype(np.float32)
        # No more alike are two titles of these lengths than if the one stood within the other.
        within = alike >= 200 * np.minimum(x, y) / (x + y) - _SLACK
        unlike = alike < UNLIKE
        look[rest] = within | (~unlike & ((alike >= REWRITTEN) | (apart < 2))) | (unlike & one_leader[rest] & (apart < _MANY))
        return np.flatnonzero(look)


def glance_of(columns: pl.DataFrame) -> Glance:
    """columns: COLUMNS, and what `_FEATURES` names, of all records by key."""
    numbers = {name: columns[name].to_numpy() for name in (*COLUMNS, *_PLACE, "volumes")}
    return Glance(numbers, columns["squash"].to_list())


NEEDED = (*COLUMNS, *_FEATURES)
