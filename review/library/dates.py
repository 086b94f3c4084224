"""Dates: from the parts of a record to days, from a range to the tokens that cover it.

PubMed takes the first day of what a date leaves out: a year alone is its 1 January, a month its first. A season is the
first of its first month as MEDLINE sorts it: winter January, spring April, summer July, autumn October.
"""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from review.model.patterns import lazy

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type only

FIRST, LAST = 1600, 2199  # years; `3000` is "and later"
_MONTHS = {m: i for i, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}
_SEASONS = {"win": 1, "spr": 4, "sum": 7, "aut": 10, "fal": 10}
_YEAR = lazy(r"(?<!\d)(1[6-9]\d\d|2[01]\d\d)(?!\d)")
_WORD = lazy(r"[A-Za-z]{3}")
_DAY = lazy(r"[A-Za-z]{3,9}\.?\s+(\d{1,2})(?!\d)")


def month(text: str) -> int:
    """1..12 from a number or an English name or season; 0 where it is neither."""
    text = text.strip()
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else 0
    key = text[:3].lower()
    return _MONTHS.get(key, 0) or _SEASONS.get(key, 0)


def day(year: int, of_month: int = 1, of_day: int = 1) -> int:
    """YYYYMMDD, or 0 where the year is none; months and days that do not exist are the first."""
    if not FIRST <= year <= LAST:
        return 0
    of_month = of_month if 1 <= of_month <= 12 else 1
    of_day = of_day if 1 <= of_day <= monthrange(year, of_month)[1] else 1
    return year * 10_000 + of_month * 100 + of_day


def free(text: str) -> int:
    """The first day that a free date names: `1998 Dec-1999 Jan`, `2000 Spring`, `2018 Jan 5`; 0 where it names none."""
    found = _YEAR.search(text)
    if not found:
        return 0
    after = text[found.end() :]
    name = _WORD.search(after)
    number = _DAY.search(after)
    return day(int(found[1]), month(name[0]) if name else 1, int(number[1]) if number else 1)


def element_day(element: Element | None) -> int:
    """The day in an element with Year, Month, Day, Season or MedlineDate."""
    if element is None:
        return 0
    parts = {child.tag: (child.text or "").strip() for child in element}
    year = parts.get("Year", "")
    if not year.isdecimal():
        return free(parts.get("MedlineDate", ""))
    number = parts.get("Day", "")
    return day(int(year), month(parts.get("Month", "") or parts.get("Season", "")), int(number) if number.isdecimal() else 1)


def bounds(start: str, end: str) -> tuple[int, int] | None:
    """The first and last day of a range as a strategy writes it (`2010`, `2010/05`, `2010/05/31`); None for no dates."""
    low, high = _bound(start, last=False), _bound(end, last=True)
    return (low, high) if low and high else None


def _bound(text: str, *, last: bool) -> int:
    parts = text.split("/")
    if not 1 <= len(parts) <= 3 or not all(p.isdecimal() for p in parts) or len(parts[0]) != 4:
        return 0
    year = min(max(int(parts[0]), FIRST), LAST)
    if year != int(parts[0]):
        return year * 10_000 + (1231 if last else 101)
    if len(parts) == 1:
        return year * 10_000 + (1231 if last else 101)
    of_month = int(parts[1])
    if not 1 <= of_month <= 12:
        return 0
    longest = monthrange(year, of_month)[1]
    if len(parts) == 2:
        return year * 10_000 + of_month * 100 + (longest if last else 1)
    if not 1 <= int(parts[2]) <= 31:
        return 0
    return year * 10_000 + of_month * 100 + min(int(parts[2]), longest)


def covering(kind: str, low: int, high: int) -> list[str]:
    """The tokens of whole years, whole months and single days that make up the days from low to high."""
    found: list[str] = []
    if low > high:
        return found
    for year in range(low // 10_000, high // 10_000 + 1):
        if low <= year * 10_000 + 101 and year * 10_000 + 1231 <= high:
            found.append(f"{kind}_{year:04}")
            continue
        for of_month in range(1, 13):
            base = year * 10_000 + of_month * 100
            longest = monthrange(year, of_month)[1]
            if low <= base + 1 and base + longest <= high:
                found.append(f"{kind}_{base // 100:06}")
            else:
                found.extend(f"{kind}_{base + d:08}" for d in range(1, longest + 1) if low <= base + d <= high)
    return found
