"""The day, month or season of a record among its dates, in whatever form they are written."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from functools import lru_cache

from review.formats.characters.text import year_in
from review.formats.values.kinds import kind_for, kind_of
from review.model.patterns import lazy
from review.model.record import Record

_TIME = r"[T /]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?"  # of the day, as Zotero has it
_DATE = lazy(
    rf"(\d{{4}})(?:[-/](\d{{1,2}})(?:[-/](\d{{1,2}})(?:{_TIME}|/[A-Za-z][\w ,-]{{0,30}})?)?)?/*|(\d{{4}})([01]\d)([0-3]\d)|((?:19[5-9]|20\d)\d)([01]\d)"
    r"|(\d{4})\.(\d{1,2})\.(\d{1,2})|(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?|(\d{4})//(\d\d)[ /](\d\d)"
)
_SLASHED = lazy(r"(\d{1,2})/(\d{1,2})/(\d{4})")  # the day first, or the month, of which one that is above twelve tells
_DAY_FIRST = lazy(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")  # German's, and most of Europe's
_NAMED = lazy(r"[A-Za-z]+|\d+")
_WEEKDAY = lazy(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? ", re.IGNORECASE)
_REST = ("uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@lru_cache(maxsize=1024)  # most of a search is from a few dozen years
def dated(dates: tuple[str, ...]) -> tuple[int | None, tuple[tuple[str, str], ...]]:
    """The year from the first date that has one, and as extras the dates that say more than that year, or another: `2016-07`, `2015`."""
    year = next(filter(None, map(year_in, dates)), None)
    return year, tuple(("date", date) for date in dates if date.strip("/ ") != str(year))


def date_in(text: str) -> list[int]:
    """Year, month and day of a date, as far as it tells them: `2019-03-12`, `2019/03/`, `20190312`, `12.03.2019`, `2019 Mar 12`, `March 2019`, `Friday, March 1, 2019`, Zotero's
    `2019-03-12 10:20:30`, RIS's `2019/03/12/Spring`; of a range of months the first, of one of days none. Empty for what is no such date; a month
    or day that there is not is none: `2015/16`, `2015/00/00`."""
    behind = _DAY_FIRST.fullmatch(text)
    if found := behind or _DATE.fullmatch(text):
        told = [int(part) for part in found.groups() if part]
        year, month, day = [*(told[::-1] if behind else told), 0, 0][:3]
        if not 0 < month <= len(MONTHS):
            return [year]
        return [year, month, day] if _is_day(day, year, month) else [year, month]
    if slashed := _SLASHED.fullmatch(text):
        day, month, year = map(int, slashed.groups())
        month, day = (day, month) if month > len(MONTHS) else (month, day)
        return [year, month, day] if day > len(MONTHS) >= month > 0 and _is_day(day, year, month) else []
    text = _WEEKDAY.sub("", text, count=1) if text[:1].isalpha() else text
    parts = _NAMED.findall(text) if len(text) < 40 else []
    years, days = ([part for part in parts if part.isdecimal() and len(part) in sizes] for sizes in ((4,), (1, 2)))
    words = [part.casefold() for part in parts if part.isalpha()]
    named = [n for word in words for n, month in enumerate(MONTHS, 1) if word[:3] == month and f"{month}{_REST[n - 1]}".startswith(word)]
    if len(years) != 1 or not words or len(named) < len(words) or len(years) + len(days) + len(words) < len(parts):
        return []
    year, month = int(years[0]), named[0]
    return [year, month, *(map(int, days) if len(days) == len(words) == 1 and _is_day(int(days[0]), year, month) else ())]


def in_figures(text: str) -> list[int]:
    """As `date_in`, of what names no more than one day or month: of `2016 Jul-Aug` nothing, whose end figures would not tell."""
    parts = date_in(text)
    told = _NAMED.findall(text)
    words = sum(1 for word in told if word.isalpha() and len(word) > 1)  # no T or Z of the time of day
    return parts if len(parts) > 1 and (not words or (words == 1 and len(told) == len(parts))) else []


def _is_day(day: int, year: int, month: int) -> bool:
    return 0 < day <= monthrange(year, month)[1]


_SEASON = lazy(r"(?:(\d{4})[ ,]+)?(spring|summer|autumn|fall|winter)(?:[ ,]+(\d{4}))?", re.IGNORECASE)


def own_date(record: Record) -> str:
    """The date among the extras that is of the record's year, or of none, else its month and day where these are told apart, as BibTeX has them:
    `2016-07-12`; "" where there is none. One of another year is that of another appearance, ahead of print or online."""
    if not record.extra:
        return ""
    dates = (text for name, text in record.extra if name == "date")
    found = next((text for text in dates if record.year is None or year_in(text) in (None, record.year)), "")
    return found or (_month_and_day(record) if record.year else "")


def _month_and_day(record: Record) -> str:
    told = dict(reversed(record.extra))
    month, day = told.get("month", ""), told.get("day", "")
    if not month:
        return ""
    parts = date_in("-".join(filter(None, (str(record.year), month, day))) if month.isdecimal() else f"{record.year} {day} {month}")
    return iso(parts) if len(parts) > 1 else ""


def iso(parts: Iterable[int]) -> str:
    """`2016-07-12` of year, month and day, as far as they are told (ISO 8601)."""
    return "-".join(f"{part:02}" for part in parts)


def day_and_season(record: Record) -> tuple[list[int], str]:
    """Year, month and day of the record as far as its own date tells them, and the season where that does; EndNote's have no year."""
    text = own_date(record)
    parts = date_in(text) or date_in(f"{record.year} {text}")
    season = _SEASON.fullmatch(text) if not parts and len(text) < 20 else None
    return parts, season[2] if season else ""


def dates_apart(record: Record) -> list[tuple[str, str]]:
    """The extras of a record as programs may read them that take any date for that of the work: one of another year than the record's, or a second
    one, is that of an article ahead of print, or left out. A month and a day are a date."""
    own = own_date(record)
    told = [] if not own or ("date", own) in record.extra else [("date", own)]
    if all(name != "date" or text == own for name, text in record.extra):  # as mostly
        return [*told, *record.extra]
    article = kind_for(record).csl == "article-journal"
    for name, text in record.extra:
        other = name == "date" and text != own
        if other and article and len(date_in(text)) > 1:
            told.append(("ahead-of-print", text))
        elif not other or year_in(text) in (None, record.year):
            told.append((name, text))
    return told


def days_named(extra: Iterable[tuple[str, str]], kind: str) -> list[tuple[str, str]]:
    """The extras of a work of that kind, where a day in the place of an article's edition is called what it is: EndNote has there when it appeared
    ahead of print."""
    article = kind_of(kind).csl == "article-journal"
    return [("ahead-of-print" if article and name == "edition" and len(date_in(text)) > 1 else name, text) for name, text in extra]
