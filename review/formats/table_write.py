"""Records as a table: our fields, what many formats share beyond them, and a last column for what no cell could hold.

Whatever a spreadsheet would run as a formula has an apostrophe before it; the reader takes it away again, in tables with
that last column only, which are ours.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from review.formats.carried import MARK, note, same
from review.formats.csv_cells import guarded
from review.formats.csv_columns import TOLD, map_columns
from review.formats.table_rows import Row, entry
from review.model.record import Record

_FIELDS = (
    "title", "abstract", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "pmcid", "issn", "isbn", "url", "language",
    "keywords", "type", "accession",
)  # fmt: skip
_EXTRAS = (
    "citation-key", "note", "date", "editor", "publisher", "place", "edition", "series", "conference", "abbreviation", "original-title",
    "short-title", "affiliation", "database", "provider",
)  # fmt: skip
HEADER = [*_FIELDS, *_EXTRAS, TOLD]
_MAPPED = map_columns(HEADER)
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def cells(record: Record, safe: Callable[[str], str], carried: Counter[str] | None = None) -> list[str]:
    """The cells of a record, under HEADER; `safe` makes a cell such as the file can hold. carried: counts what the last one holds."""
    row = [
        record.title, record.abstract, _names(record.authors), str(record.year) if record.year is not None else "", record.journal,
        record.volume, record.issue, record.pages, record.doi, record.pmid, record.pmcid, record.issn, record.isbn, record.url,
        record.language, _names(record.keywords), record.type, record.accession,
        *("; ".join(text for tag, text in record.extra if tag == name) for name in _EXTRAS),
    ]  # fmt: skip
    row = [safe(text) for text in row]
    # With a note that says nothing, the reader takes even an empty row for a record.
    back = entry(Row(0, [*row, "{}"], ""), HEADER, _MAPPED)
    assert isinstance(back, Record)
    bare = isinstance(entry(Row(0, [*row, ""], ""), HEADER, _MAPPED), Record)
    return [*row, "" if bare and same(record, back) else note(record, back, carried).removeprefix(MARK)]


def _names(names: tuple[str, ...]) -> str:
    """Joined by semicolons; one alone that has a comma is closed by one, or it would be taken for two."""
    return "; ".join(names) + (";" if len(names) == 1 and "," in names[0] else "")


def write(records: Iterable[Record], carried: Counter[str] | None = None, *, notes: bool = True) -> Iterator[bytes]:
    """CSV with a byte-order mark, without which Excel takes UTF-8 for its own encoding; rows end with CRLF (RFC 4180)."""
    last = None if notes else -1  # the column of notes
    yield b"\xef\xbb\xbf" + line(HEADER[:last])
    for record in records:
        yield line([guarded(c) for c in cells(record, _one_kind_of_line_end, carried)[:last]])


def line(row: Iterable[str]) -> bytes:
    """One row as CSV."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(row)
    return buffer.getvalue().encode()


def _one_kind_of_line_end(text: str) -> str:
    return _NO_TEXT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
