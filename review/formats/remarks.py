"""What is to be told of a file as a whole, once its entries were read: that it was cut off, which sheets of a workbook were read, that a mapping
of columns was of no use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from review.formats.base import Format
from review.formats.cut import Ends
from review.formats.workbook import Sheets
from review.model.record import Record, Reject


class Remarks:
    """Looks at the entries of a file of a format as they pass. columns: what a person said of them."""

    def __init__(self, form: Format, columns: Mapping[str, str]) -> None:
        self._passing = Sheets() if form.binary else Ends(form.name)
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
