"""What spreadsheets make of bibliographic numbers: of the issue 3-4 a day in April, of a day its number since 1900."""

from __future__ import annotations

from datetime import date, timedelta

from review.model.patterns import lazy

# As spreadsheets shorten them: in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish and Turkish.
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan janv ene gen sty oca", "feb févr fév fev lut şub", "mar mars mrz mär mrt", "apr avr abr kwi nis", "may mai mei mag maj",
            "jun juin giu cze haz", "jul juil lug lip tem", "aug août ago sie ağu", "sep sept set wrz eyl", "oct okt out ott paź eki",
            "nov lis kas", "dec déc dez dic gru ara",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_DAY = lazy(r"0?(\d{1,2})(?:[-/]|\. ?)([^\W\d_]{3,5})\.?")  # 3-Apr, German 03. Apr, Portuguese 03/abr
_MONTH = lazy(r"([^\W\d_]{3,5})\.?[- /](\d\d)")  # Apr-03
_WHOLE = lazy(r"\d{4}-(\d\d)-(\d\d)(?: 00:00:00)?")  # of a workbook
_NUMERIC = lazy(r"0?(\d{1,2})([./])0?(\d{1,2})\2(?:20)?\d\d")  # 3/4/2024, 04.05.2024, whatever comes first
_EASTERN = lazy(r"0?(\d{1,2})[月월] ?0?(\d{1,2})[日일]")
_SERIAL = lazy(r"(\d{5})(?:\.0)?")
_FIRST, _LAST = 25_569, 60_000  # 1970 to 2064: a year with a digit too many is below


def undated(text: str, any_range: bool) -> str:
    """The range that the cell of an issue or of pages was before a spreadsheet took it for a day: the smaller number comes first,
    whatever the country. A day of which that can't be told is "", all else stays as it is.

    any_range: pages; the issues of one number follow each other.
    """
    first, _, last = text.partition("-")
    if (text.isalnum() and text.isascii()) or (first.isdecimal() and last.isdecimal()) or len(text) > 20:  # as most
        return text
    whole = _WHOLE.fullmatch(text)
    # The first of a month may be that month of a year: 1-99 as January 1999.
    found = None if whole and int(whole[2]) == 1 else numbers_of_day(text)
    if not found and (day := _NUMERIC.fullmatch(text)) and (any_range <= (1 not in (int(day[1]), int(day[3])))):
        found = _of_year(int(day[1]), int(day[3]))
    if found and (found[1] - found[0] == 1 or (any_range and found[0] < found[1])):
        return f"{found[0]}-{found[1]}"
    return "" if whole else text


def numbers_of_day(text: str) -> tuple[int, int] | None:
    """The two numbers of which a spreadsheet may have made the day that stands in a cell, the smaller first; None for what is no day."""
    if day := _DAY.fullmatch(text):
        month = _MONTHS.get(day[2].casefold(), 0)
        return _sorted(int(day[1]), month) if month and 0 < int(day[1]) < 32 else None
    if year := _MONTH.fullmatch(text):
        month = _MONTHS.get(year[1].casefold(), 0)
        return _sorted(month, int(year[2])) if month and int(year[2]) else None
    if eastern := _EASTERN.fullmatch(text):
        return _of_year(int(eastern[1]), int(eastern[2]))
    whole = _WHOLE.fullmatch(text)
    return _sorted(int(whole[1]), int(whole[2])) if whole else None


def _of_year(one: int, other: int) -> tuple[int, int] | None:
    return _sorted(one, other) if 0 < min(one, other) < 13 and max(one, other) < 32 else None


def _sorted(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def year_of_serial(text: str) -> int | None:
    """The year of a day that a spreadsheet counts from 1900 on; None for what is no such number."""
    number = _SERIAL.fullmatch(text)
    return (date(1899, 12, 30) + timedelta(int(number[1]))).year if number and _FIRST < int(number[1]) < _LAST else None


_SHOWN = lazy(r"(?:\d{1,2}-)?([^\W\d_]{3,5})\.?-(\d\d)")  # Mar-19, 5-Mar-19
_CENTURY = 30  # years of two digits from here on are of the last century, to Excel


def year_shown_short(text: str) -> int | None:
    """The year of a month or day as a spreadsheet shows it, with two digits; None for what is no such day."""
    found = _SHOWN.fullmatch(text) if text[-3:-2] == "-" else None
    if not found or found[1].casefold() not in _MONTHS:
        return None
    year = int(found[2])
    return year + (2000 if year < _CENTURY else 1900)


_DAY_OF_1905 = lazy(r"1905-(\d\d)-(\d\d)(?: 00:00:00)?|(\d{1,2})[./-](\d{1,2})[./-]1905")
_FROM, _TO = 1930, 2040  # years whose number is a day of 1905


def year_shown_as_day(text: str) -> int | None:
    """The year that a spreadsheet took for the number of a day: 2015 is the 7th of July 1905. None for what is no such day.

    Of a day and a month that can be told in no other way, the later year.
    """
    found = _DAY_OF_1905.fullmatch(text) if "1905" in text else None
    if not found:
        return None
    one, other = (int(found[1] or found[3]), int(found[2] or found[4]))
    pairs = [(one, other)] if found[1] else [(one, other), (other, one)]
    years = [(date(1905, m, d) - date(1899, 12, 30)).days for m, d in pairs if 0 < m < 13 and 0 < d < 29 + (m != 2) + (m in (3, 5, 7, 8))]
    return max((year for year in years if _FROM < year < _TO), default=None)
