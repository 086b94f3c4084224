"""The line that Google Scholar prints under a title, as scripts keep it: `J Doe, K Roe… - Journal of Boats, 2004 - Springer`."""

from __future__ import annotations

from typing import NamedTuple

from review.model.patterns import lazy

_LINE = lazy(r"(\D{1,500}?)\s+[-\u2013]\s+(?:(.{1,300}),\s+)?((?:1[5-9]|20)\d\d)(?:\s+[-\u2013]\s+(.{1,100}))?")
_NAME = lazy(r"[^\W\d_a-z]{1,6} [^\W\d_][\w'\u2019 .-]*\u2026?")


class ScholarLine(NamedTuple):
    """What such a line says; the journal may be cut, with `…` at either end."""

    people: str = ""
    journal: str = ""
    year: int | None = None
    publisher: str = ""


def scholar_line(text: str) -> ScholarLine | None:
    """What the line says, or None if the text is none: its people have their initials before their names."""
    if not (found := _LINE.fullmatch(text.strip())):
        return None
    people, journal, year, publisher = found.groups()
    return ScholarLine(people, journal or "", int(year), publisher or "") if all(map(_NAME.fullmatch, people.split(", "))) else None
