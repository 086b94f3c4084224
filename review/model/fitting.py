"""Which of several reports of one title, or of one DOI, a row of somebody's table means: the one that the rest of the row fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from review.model.patterns import lazy
from review.model.people import family
from review.model.plain_text import plain, squashed
from review.model.record import Report

_FIRST_NUMBER = lazy(r"([a-z]?)0*(\d+)")


def best_fitting(row: Mapping[str, str], reports: Iterable[Report]) -> list[str]:
    """The keys of those reports that no other fits better: several where nothing tells them apart. row: our field names -> text.

    Each field in which both agree speaks for a report, each in which they differ against it. One fits better where more speaks for it and
    no more against it, or less against it and no less for it; where more does both, it must be two fields ahead, since of a report of which
    little is known little can differ.
    """
    fits = {report.key: _fit(row, report) for report in reports}
    return [key for key, fit in fits.items() if not any(_is_better(other, fit) for other in fits.values())]


def _is_better(one: tuple[int, int], two: tuple[int, int]) -> bool:
    agrees, differs = one[0] - two[0], one[1] - two[1]
    return agrees - differs > (0 if agrees >= 0 >= differs else 1)


def _fit(row: Mapping[str, str], report: Report) -> tuple[int, int]:
    """In how many fields the row agrees with the report, and in how many it differs. What only one of them has, says nothing."""
    agrees = differs = 0
    for name, compare in _FIELDS.items():
        if text := row.get(name, "").strip():
            said = {compare(text, value) for record in report.records if (value := getattr(record, name))}
            agrees += True in said
            differs += said == {False}
    return agrees, differs


# Each says whether a row's text and a record's value agree; None: they may be the same or not.


def _same(text: str, value: str) -> bool:
    return squashed(text) == squashed(value)


def _year(text: str, value: int) -> bool | None:
    """Online and in print are a year apart as often as not."""
    apart = abs(int(text[:4]) - value) if text[:4].isdecimal() else 1
    return None if apart == 1 else not apart


def _journal(text: str, value: str) -> bool | None:
    """A name and what may be short for it, word by word, tell nothing."""
    one, two = sorted((plain(text), plain(value)), key=len)
    left = iter(two.split())
    short = all(any(word.startswith(begun) for word in left) for begun in one.split())
    return True if one == two else None if short else False


def _number(text: str, value: str) -> bool | None:
    """Of a volume, an issue or pages the first number, with the letter before it."""
    one, two = _FIRST_NUMBER.search(plain(text)), _FIRST_NUMBER.search(plain(value))
    if not one or not two or (one[2] == two[2] and one[1] != two[1]):
        return None
    return one[2] == two[2]


def _authors(text: str, value: tuple[str, ...]) -> bool | None:
    """The record's first author is the row's first, or among them: an abstract and its article name the same people in another order."""
    name = plain(family(value[0]))
    if not name:
        return None
    first = re.split(r"[;|\n]| and | & ", text, maxsplit=1)[0]
    return True if _holds(first, name) else None if _holds(text, name) else False


def _holds(text: str, name: str) -> bool:
    return f" {name} " in f" {plain(text)} "


_FIELDS: Mapping[str, Callable[[str, Any], bool | None]] = {
    "doi": _same, "pmid": _same, "title": _same, "year": _year, "journal": _journal,
    "volume": _number, "issue": _number, "pages": _number, "authors": _authors,
}  # fmt: skip
