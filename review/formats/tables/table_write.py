"""Records as a table: our fields, what many formats share beyond them, what else these records have, and a last column for what
no cell could hold.

Whatever a spreadsheet would run as a formula has an apostrophe before it; the reader takes it away again, in tables with
that last column only, which are ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from review.formats.characters.text import normalise
from review.formats.columns.csv_columns import ASIDE, BLANK, EXTRAS, FIELDS, TOLD, extra_of, field_of
from review.formats.columns.mapped import Mapped, map_columns
from review.formats.columns.table_header import STRATEGY
from review.formats.tables.csv_line import guarded, line
from review.formats.tables.table_rows import Row, entry
from review.formats.values.carried import MARK, note, same
from review.model.patterns import lazy
from review.model.record import Record

_LOOKED_AT = 1_000  # records in which columns of the table's own are looked for
_MOST = 60  # of them
# What names the record elsewhere, as tables of decisions have it; and addresses beside that of the field, since no two columns may have one name.
_CALLED = {"ID": "key", "url": "other urls"}
_ODD_NAME = lazy(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]|/_type$|.{100}")
_NO_TEXT = lazy("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table, and what they are to its reader. extras: those from `Record.extra`."""

    header: list[str]
    extras: tuple[str, ...]
    mapped: Mapped


def laid_out(records: Iterable[Record]) -> tuple[Layout, Iterator[Record]]:
    """The layout for the records, and these again. What the first thousand have in `extra` has columns of its own, under its name,
    where no reader would take that for the name of a field, else with a word behind it."""
    rest = iter(records)
    first = list(islice(rest, _LOOKED_AT))
    found = dict.fromkeys(name for record in first for name, _ in record.extra)
    own = {name: heading for name in found if name not in EXTRAS and name not in _CALLED and (heading := _heading(name))}
    extras = (*EXTRAS, *(name for name in _CALLED if name in found and name not in EXTRAS), *islice(own, _MOST))
    header = [*FIELDS, *(own.get(name) or _CALLED.get(name, name) for name in extras), TOLD]
    return Layout(header, extras, map_columns(header)), chain(first, rest)


def _heading(name: str) -> str:
    """The heading of a column of the table's own: its name, where that would be taken for a field's with what says that it is none, of a tag none then."""
    if _is_free(name):
        return name
    return aside if not _TAG.fullmatch(name) and _is_free(aside := name + ASIDE) else ""


_TAG = lazy(r"[A-Z][A-Z0-9]")


def _is_free(name: str) -> bool:
    plain = name == name.strip(BLANK) != "" and guarded(name) == name and not _ODD_NAME.search(name) and not STRATEGY.search(name)
    return plain and field_of(name) is None and extra_of(name) == name and name not in (*FIELDS, TOLD)


def cells(record: Record, layout: Layout, safe: Callable[[str], str], carried: Counter[str] | None = None) -> list[str]:
    """The cells of a record; `safe` makes a cell such as the file can hold. carried: counts what the last one holds."""
    row = [
        record.title, record.abstract, _names(record.authors), str(record.year) if record.year is not None else "", record.journal,
        record.volume, record.issue, record.pages, record.doi, record.pmid, record.pmcid, record.issn, record.isbn, record.url,
        record.language, _names(record.keywords), record.type, record.accession,
        *("; ".join(text for tag, text in record.extra if tag == name) for name in layout.extras),
    ]  # fmt: skip
    row = [safe(text) for text in row]
    # With a note that says nothing, the reader takes even an empty row for a record.
    back = entry(Row(0, [*row, "{}"], ""), layout.header, layout.mapped)
    assert isinstance(back, Record)
    bare = isinstance(entry(Row(0, [*row, ""], ""), layout.header, layout.mapped), Record)
    return [*row, "" if bare and same(record, back) else note(record, back, carried).removeprefix(MARK)]


def _names(names: tuple[str, ...]) -> str:
    """Joined by semicolons; one alone that has a comma is closed by one, or it would be taken for two."""
    return "; ".join(names) + (";" if len(names) == 1 and "," in names[0] else "")


def write(records: Iterable[Record], carried: Counter[str] | None = None, *, notes: bool = True) -> Iterator[bytes]:
    """CSV with a byte-order mark, without which Excel takes UTF-8 for its own encoding; rows end with CRLF (RFC 4180)."""
    return _written(records, carried, notes, ",")


def write_tsv(records: Iterable[Record], carried: Counter[str] | None = None, *, notes: bool = True) -> Iterator[bytes]:
    """The same with tabs between the cells. A tab within one becomes a space: most programs split at every tab."""
    return _written(records, carried, notes, "\t")


def _written(records: Iterable[Record], carried: Counter[str] | None, notes: bool, delimiter: str) -> Iterator[bytes]:
    last = None if notes else -1  # the column of notes
    layout, records = laid_out(records)
    safe = _one_kind_of_line_end if delimiter == "," else _one_line
    yield b"\xef\xbb\xbf" + line(layout.header[:last], delimiter)
    for record in records:
        yield line(cells(record, layout, lambda text: guarded(safe(text)), carried)[:last], delimiter)


def _one_kind_of_line_end(text: str) -> str:
    return normalise(_NO_TEXT.sub(" ", text)).strip(BLANK)


def _one_line(text: str) -> str:
    return _one_kind_of_line_end(text).replace("\t", " ").replace("\n", " ")
