"""Files outside a review as columns: a plain table as `plain_table` has it, anything else record by record."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import polars as pl

from review.dedup.columns import SCHEMA, frame_of
from review.dedup.parts import Parts, Spill
from review.dedup.plain_table import NUMBERED, table_of
from review.errors import FormatError, ReviewError, unreadable
from review.formats.base import NO_COLUMNS
from review.formats.characters.text import marked
from review.formats.packed import Part, parts
from review.opening import called, opened, short_names

if TYPE_CHECKING:
    from review.formats.base import Format
    from review.model.record import Record, Reject

T = TypeVar("T")
_HEAD = 1 << 18  # bytes that tell the format
_LINE = 1 << 14  # bytes that hold a header
_CHUNK = 20_000  # records turned into columns at a time
_OF_A_SHEET = {"pair", "other record", "why asked"}  # columns of `pair_sheet.HEADER` that no export has


@dataclass
class Aside:
    """What of the files is in no record: rejects with the file they stand in; notes on what was not read at all."""

    rejects: list[tuple[str, Reject]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_files(paths: Iterable[Path], tell: Callable[[str, int, int], None]) -> tuple[pl.DataFrame, tuple[tuple[str, Reject], ...]]:
    """`read_parts` in one frame."""
    records, aside = read_parts(paths, tell)
    return records.whole(), tuple(aside.rejects)


def read_parts(
    paths: Iterable[Path], tell: Callable[[str, int, int], None], spill: Spill | None = None, columns: Mapping[str, str] = NO_COLUMNS
) -> tuple[Parts, Aside]:
    """All records of the files (the columns of SCHEMA), and what is in none of them. Raises ReviewError or FormatError
    where a file can't be read.

    spill: where many records are laid aside; columns: what a person said of those of tables (field -> column).
    """
    records = Parts(spill.keep if spill else None)
    aside = Aside()
    records.extend(_all_frames(paths, aside, tell, spill, columns))
    if not len(records):
        records.append(pl.DataFrame(schema=SCHEMA))
    _tell_apart(records)
    return records, aside


def _all_frames(
    paths: Iterable[Path], aside: Aside, tell: Callable[[str, int, int], None], spill: Spill | None, columns: Mapping[str, str]
) -> Iterator[pl.DataFrame | Parts]:
    paths = list(paths)
    for path, name in zip(paths, short_names(paths), strict=True):
        tell(f"reading {name}", 0, 0)
        yield from _each_part(path, partial(_frames, path, name, aside=aside, tell=tell, spill=spill, given=columns), aside.notes)


def _each_part(path: Path, read: Callable[[Part, bytes], Iterator[T]], notes: list[str]) -> Iterator[T]:
    """What `read` gives of a file, or of each file in a ZIP, and its first bytes. Raises ReviewError, which names the file, where it can't be read.

    notes: is told which files of a ZIP were left aside, and why.
    """
    try:
        with opened(path) as file, _named(called(path)):
            for part in parts(file):
                if part.aside:
                    notes.append(f"{called(path)}{_inside(part)}: not read: {part.aside}")
                    continue
                with _named(f"{called(path)}{_inside(part)}"):
                    head = part.stream.read(_HEAD)
                    part.stream.seek(0)
                    yield from read(part, head)
    except OSError as error:
        raise unreadable(path, error) from None


def _inside(part: Part) -> str:
    return f"/{part.inner}" if part.inner else ""


def _frames(
    path: Path,
    name: str,
    part: Part,
    head: bytes,
    aside: Aside,
    tell: Callable[[str, int, int], None],
    spill: Spill | None,
    given: Mapping[str, str],
) -> Iterator[pl.DataFrame | Parts]:
    """The records of a file, or of one in a ZIP. name: what tells the file from the others; head: its first bytes."""
    # A table that numbers its records itself keeps its numbers.
    if (
        NUMBERED in _first_line(head)
        and not part.packed
        and not given
        and str(path) != "-"
        and (table := table_of(path, name, head, tell, spill)) is not None
    ):
        yield table
        return
    format_, columns = _format(head, f"{called(path)}{_inside(part)}", given)
    yield from _records(format_, _whole_stream(format_, part), columns, path, f"{name}{_inside(part)}", aside, tell, _inside(part))


def again(paths: Iterable[Path], known: pl.DataFrame, given: Mapping[str, str] = NO_COLUMNS) -> Iterator[Record]:
    """The records of the files once more, now with all that they hold. known: key and source of each, in the order of `read_parts`; given: the
    columns that it was given.

    Raises ReviewError where a file is not as it was.
    """
    from review.formats.columns.imprint import imprint
    from review.model.record import Record

    nth = known.select("key", "source").iter_rows()

    def read(path: Path, part: Part, head: bytes) -> Iterator[Record]:
        format_, columns = _format(head, f"{called(path)}{_inside(part)}", given)
        for entry in format_.read(_whole_stream(format_, part), columns):
            if isinstance(entry, Record):
                key, source = next(nth, ("", ""))
                if not key or (columns and not key.startswith(entry.accession)):
                    raise ReviewError(f"{path} is not as it was a moment ago.", "Run it again when nothing writes to the file.")
                yield replace(entry, key=key, source=source, imprint=imprint(entry))

    for path in paths:
        yield from _each_part(path, partial(read, path), [])
    if next(nth, None) is not None:
        raise ReviewError("A file has fewer records than a moment ago.", "Run it again when nothing writes to the files.")


def _format(head: bytes, name: str, given: Mapping[str, str]) -> tuple[Format, Mapping[str, str]]:
    """The format of a file, called so, and the columns of a table that are told to its reader: those that a person gave, and that of its own numbers."""
    from review.formats.registry import detect  # many formats: loaded where the file is not so plain

    format_ = detect(head, name, columns=given)
    numbers = _own_numbers(_begun(head)) if format_.name == "csv" else ""
    return format_, {"accession": numbers, **given} if numbers else given


def _own_numbers(head: str) -> str:
    """The column by which a table numbers its records itself, where no database's number stands beside it; "" where there is none."""
    from review.formats.columns.mapped import map_columns
    from review.formats.tables.csv_table import column_names

    names = column_names(head)
    if NUMBERED in names:
        return NUMBERED
    mapped = map_columns(names)
    return "" if mapped.of("own id") else next((names[n] for n in mapped.of("record id")), "")


def _begun(head: bytes) -> str:
    """The beginning of a file as text; a letter may be lost."""
    wide, mark = marked(head)
    return head[mark:].decode(wide or "utf-8", "replace")


def _first_line(head: bytes) -> str:
    """As text, whatever ends the line."""
    return _begun(head[:_LINE]).lstrip("\r\n").partition("\n")[0].partition("\r")[0]


def _whole_stream(format_: Format, part: Part) -> BinaryIO:
    """A workbook is read from its end, which is not to be had before all of it is unpacked."""
    return io.BytesIO(part.stream.read()) if format_.binary and part.packed else part.stream


@contextmanager
def _named(name: str) -> Iterator[None]:
    """What is wrong with a file names it."""
    try:
        yield
    except FormatError as error:
        raise error if error.message.startswith((name, f"`{name}")) else FormatError(f"{name}: {error.message}", error.hint) from None


def _records(
    format_: Format,
    file: BinaryIO,
    columns: Mapping[str, str],
    path: Path,
    name: str,
    aside: Aside,
    tell: Callable[[str, int, int], None],
    inner: str = "",
) -> Iterator[pl.DataFrame]:
    from review.formats.remarks import Remarks
    from review.model.record import Record

    done = 0

    def good() -> Iterator[Record]:
        whole = Remarks(format_, columns)
        for entry in whole.over(format_.read(file, columns)):
            if not isinstance(entry, Record):
                aside.rejects.append((f"{path}{inner}", entry))
                continue
            yield entry
        aside.notes += [f"{path}{inner}: {words}" for words in whole.told()]

    entries = good()
    while chunk := list(islice(entries, _CHUNK)):
        if not done and {name for name, _ in chunk[0].extra} >= _OF_A_SHEET:
            raise FormatError(
                f"{path}{inner} is a sheet of pairs, not an export.",
                f"Fill it in, and give it with --take {path}; as references it would be counted.",
            )
        numbered = frame_of(chunk).with_columns(
            source=pl.lit(name), key=pl.concat_str(pl.lit(f"{name}:"), pl.int_range(done + 1, done + 1 + pl.len()))
        )
        given = pl.col("accession") != ""
        yield numbered.with_columns(key=pl.when(given).then("accession").otherwise("key"))
        done += len(chunk)
        tell(f"reading {name}", done, 0)


def _tell_apart(records: Parts) -> None:
    """Keys that repeat get a number behind them, as in a review: the second record of id 9 is 9#2."""
    keys = records.columns(["key"])
    if keys["key"].n_unique() == keys.height:
        return
    nth = pl.int_range(pl.len()).over("key")
    again = pl.concat_str("key", (nth + 1).cast(pl.String), separator="#")
    told = keys.select(key=pl.when(nth > 0).then(again).otherwise("key"))["key"]
    start = 0
    for n, height in enumerate(records.heights):
        records.replace(n, records.part(n).with_columns(told[start : start + height]))
        start += height
