"""What is to be told of a file as a whole, once its entries were read: that it was cut off, which sheets of a workbook were read, that what works
cite was left in it, that a mapping of columns was of no use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from review.formats.base import Format
from review.formats.entries.cut import Ends
from review.formats.tables.workbook import Sheets
from review.model.record import Record, Reject
from review.model.words import counted


@dataclass(slots=True)
class Cited:
    """Counts the entries of PubMed's XML with the lists of what they cite, which tell of other works and are in no field."""

    _found: int = 0

    def over(self, entries: Iterable[Record | Reject]) -> Iterator[Record | Reject]:
        """The entries, as they are."""
        for entry in entries:
            self._found += isinstance(entry, Record) and "<ReferenceList" in entry.raw
            yield entry

    def told(self) -> tuple[str, ...]:
        """What a person is to be told, once the last entry was seen."""
        return (
            (f"the references of {counted(self._found, 'record')} were left in the file: they tell of other works",) if self._found else ()
        )


class Remarks:
    """Looks at the entries of a file of a format as they pass. columns: what a person said of them."""

    def __init__(self, form: Format, columns: Mapping[str, str]) -> None:
        self._passing = Sheets() if form.binary else Cited() if form.name == "pubmed-xml" else Ends(form.name)
        self._idle = (
            (f"--map says what the columns of a table are, and this is none ({form.name}): it was read without it",)
            if columns and not form.mapped
            else ()
        )

    def over(self, entries: Iterable[Record | Reject]) -> Iterator[Record | Reject]:
        """The entries, as they are."""
        return self._passing.over(entries)

    def told(self) -> tuple[str, ...]:
        """What a person is to be told, once the last entry was seen."""
        return (*self._idle, *self._passing.told())
