"""What is printed in a book, a thesis, a report or on a page, and tells it from another of its name: who brought it out, its number, edition and day."""

from __future__ import annotations

from review.formats.csv_columns import IMPRINT
from review.formats.dates import date_in
from review.formats.kinds import kind_of
from review.model.reading import one_line
from review.model.record import Record

_DAILY = frozenset(("newspaper", "magazine", "web"))  # of which one comes out in a day
_LONGEST = 24


def imprint(record: Record) -> str:
    """`publisher: …; number: …; edition: …; date: 2015-03-02`, as far as the record has them; '' for what a DOI, a PMID or a volume tells from others.

    The day is that of newspapers, magazines and pages alone: of a book it is one of several.
    """
    if record.doi or record.pmid or record.volume or not record.extra:
        return ""
    told: dict[str, str] = {}
    for tag, text in record.extra:
        name = IMPRINT.get(tag, "")
        if name == "date":
            found = date_in(text)
            text = "-".join(f"{part:02}" for part in found) if len(found) > 1 and kind_of(record.type).name in _DAILY else ""
        elif name == "number" and (len(text) > _LONGEST or not any(map(str.isdigit, text))):  # words about it, or a reference
            text = ""
        if name and text:
            told.setdefault(name, one_line(text).replace(";", ","))
    return "; ".join(f"{name}: {told[name]}" for name in dict.fromkeys(IMPRINT.values()) if name in told)
