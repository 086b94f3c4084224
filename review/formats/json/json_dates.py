"""The dates of a work in JSON: in CSL's parts, in words, and in whatever other names services have for a day."""

from __future__ import annotations

from typing import Any

from review.formats.characters.text import year_in
from review.formats.entries.json_items import kept, scalar, texts
from review.formats.values.bag import Bag
from review.formats.values.dates import date_in


def date_in_words(value: Any) -> str:
    """`2016-12-20`, `2016`, a range with a slash; raw and literal dates as they are."""
    if not isinstance(value, dict):
        return kept(value)
    found = value.get("date-parts")
    days = []
    for part in found if isinstance(found, list) else []:
        numbers = texts(part)
        if numbers:
            days.append("-".join([numbers[0], *(n.zfill(2) for n in numbers[1:])]))
    if not days and (plain := {name.casefold(): scalar(part) for name, part in value.items()}).get("year"):
        return " ".join(part for name in ("year", "month", "day") if (part := plain.get(name)))
    if (
        len(days) == 1
        and len(days[0]) == 4
        and (season := scalar(value.get("season"))).isalpha()
        and value.keys() <= {"date-parts", "season"}
    ):
        return f"{days[0]} {season}"
    more = [f"{name} {scalar(value[name])}".strip() for name in ("season", "circa") if days and value.get(name)]
    # What a date that is told in numbers says in words beside them.
    more += [text for name in ("literal", "raw") if days and any(map(str.isalpha, text := scalar(value.get(name))))]
    return ", ".join(["/".join(days), *more]).strip(", ") or next(
        (scalar(value[name]) for name in ("raw", "literal", "edtf", "date-time", "season") if value.get(name)), ""
    )


def year_of(bag: Bag) -> tuple[int | None, list[tuple[str, str]]]:
    """The year; a date that says more is kept."""
    year: int | None = None
    dates: list[tuple[str, str]] = []
    for name in ("issued", "year", "published-print", "published-online", "published", "posted"):
        for value in bag.all(name):
            year = year or year_in(value)
            if value != str(year):
                dates.append(("date" if name == "issued" else name, value))
    year = year or next((y for v in bag.peek("date") if (y := year_in(v))), None)
    if not dates and not bag.has("date"):
        days = [(name, day) for name in _DAYS for day in bag.peek(name) if len(date_in(day)) > 1 and date_in(day)[0] == year]
        for name, day in days[:1]:
            bag.drop(day, name)
            dates.append(("date", day))
    return year, dates


_DAYS = (
    "publicationDate",
    "publication_date",
    "date_published",
    "datePublished",
    "publishedDate",
    "published_date",
    "publicationdate",
    "pubdate",
    "coverDate",
)  # services' day, beside a year
