"""Files outside a review as columns: a plain table in one go, anything else record by record."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import polars as pl

from review.dedup.columns import ABSTRACT, SCHEMA, frame_of
from review.dedup.parts import PART, Parts, Spill
from review.errors import FormatError, ReviewError, unreadable
from review.formats.base import NO_COLUMNS
from review.formats.csv_columns import map_columns
from review.formats.literal import LITERAL_LIST, literal_list
from review.formats.packed import Part, parts
from review.formats.rows import read_rows
from review.formats.table_header import find_header
from review.formats.text import marked
from review.opening import called, opened, short_names

if TYPE_CHECKING:
    from review.formats.base import Format
    from review.model.record import Record, Reject

T = TypeVar("T")
_HEAD = 1 << 18  # bytes that tell the format
_LINE = 1 << 14  # bytes that hold a header
_NUMBERED = "record_id"  # the column by which a table numbers its records itself
_CHUNK = 20_000  # records turned into columns at a time
_NOTHING = ["", "nan", "NaN", "None", "NULL", "null", "NA", "N/A"]
# Fields whose cells mean what they say; a table that has other columns of ours is read row by row.
_PLAIN = {"title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "abstract", "type"}
_OF_A_SHEET = {"pair", "other record", "why asked"}  # columns of `pair_sheet.HEADER` that no export has
_UNUSED = {"keywords", "language", "pmcid"}


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
        _NUMBERED in _first_line(head)
        and not part.packed
        and not given
        and str(path) != "-"
        and (table := _table(path, name, head, tell, spill)) is not None
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
    from review.model.record import Record

    nth = known.select("key", "source").iter_rows()

    def read(path: Path, part: Part, head: bytes) -> Iterator[Record]:
        format_, columns = _format(head, f"{called(path)}{_inside(part)}", given)
        for entry in format_.read(_whole_stream(format_, part), columns):
            if isinstance(entry, Record):
                key, source = next(nth, ("", ""))
                if not key or (columns and not key.startswith(entry.accession)):
                    raise ReviewError(f"{path} is not as it was a moment ago.", "Run it again when nothing writes to the file.")
                yield replace(entry, key=key, source=source)

    for path in paths:
        yield from _each_part(path, partial(read, path), [])
    if next(nth, None) is not None:
        raise ReviewError("A file has fewer records than a moment ago.", "Run it again when nothing writes to the files.")


def _format(head: bytes, name: str, given: Mapping[str, str]) -> tuple[Format, Mapping[str, str]]:
    """The format of a file, called so, and the columns of a table that are told to its reader: those that a person gave, and that of its own numbers."""
    from review.formats.registry import detect  # many formats: loaded where the file is not so plain

    format_ = detect(head, name, columns=given)
    first = _first_line(head)
    numbered = _NUMBERED in first and format_.name == "csv" and _NUMBERED in read_rows(first.encode(), name)[0]
    return format_, {"accession": _NUMBERED, **given} if numbered else given


def _first_line(head: bytes) -> str:
    """As text, whatever ends the line; a letter may be lost."""
    wide, mark = marked(head)
    return head[mark:_LINE].decode(wide or "utf-8", "replace").lstrip("\r\n").partition("\n")[0].partition("\r")[0]


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


def _table(path: Path, name: str, head: bytes, tell: Callable[[str, int, int], None], spill: Spill | None) -> Parts | None:
    """A table as it lies there, where every row is plain: UTF-8, the header first, a column for each field; else None.

    What it gives is what the reader of such tables gives, but for what comparison does away with.
    """
    if _crooked(path):
        return None
    try:
        first = next(csv.reader(io.StringIO(head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode())), [])
    except UnicodeDecodeError:
        return None
    if not any(cell.strip().casefold() == _NUMBERED for cell in first):
        return None  # by another sign than the comma
    header = find_header([first])
    mapped = map_columns(first, {"accession": _NUMBERED})
    fields = {name: numbers for name, numbers in mapped.fields.items() if numbers}
    serial = [n for name in ("issn", "isbn") for n in fields.pop(name, ())]
    known = _PLAIN | _UNUSED | {"own id", "record id", "accession", "citation"}
    if (
        header is None
        or mapped.told >= 0
        or len(set(first)) < len(first)
        or any(len(n) > 1 for n in fields.values())
        or fields.keys() - known
    ):
        return None
    names = {name: first[fields[name][0]] for name in SCHEMA if name in fields}
    cells = {name: pl.col(column) for name, column in names.items()}
    if "citation" in fields:
        cells["citation"] = pl.col(first[fields["citation"][0]])
    cells["serial"] = pl.concat_str([pl.col(first[n]).fill_null("") for n in serial], separator=" ") if serial else pl.lit("")
    wanted = [_cell(text).alias(name) for name, text in cells.items()]
    found = Parts(spill.keep if spill else None)
    lots = pl.scan_csv(path, infer_schema=False, truncate_ragged_lines=False).select(wanted).collect_batches(chunk_size=PART)
    try:
        for lot in lots:
            table = _whole(lot.rechunk(), name, latex="entrytype" in mapped.marks)
            if table is None:
                break
            found.append(table)
            tell(f"reading {name}", found.height, 0)
        else:
            keys = found.columns(["accession"])["accession"] if len(found) else pl.Series("accession", [], pl.String)
            if keys.n_unique() == keys.len():
                return found
    except pl.exceptions.PolarsError:
        pass
    for _ in found.taken():  # a row to reject, perhaps: its reason and line are the reader's to say
        pass
    return None


def _cell(text: pl.Expr) -> pl.Expr:
    stripped = text.fill_null("").str.strip_chars(" \t\n\ufeff").str.replace(r'^="(.*)"$', "$1")
    return pl.when(stripped.is_in(_NOTHING)).then(pl.lit("")).otherwise(stripped.str.slice(0, 4 * ABSTRACT))


def _whole(table: pl.DataFrame, source: str, latex: bool) -> pl.DataFrame | None:
    missing = [pl.lit("").alias(name) for name in SCHEMA if name not in table.columns]
    table = table.with_columns(missing)
    if "citation" in table.columns and table.select(((pl.col("journal") == "") & (pl.col("citation") != "")).any()).item():
        return None  # a source may be a citation: that takes reading
    if (table["accession"] == "").any():
        return None
    texts = ("title", "authors", "journal", "abstract")
    if latex:
        for name in texts:
            marked = table[name].str.contains(r"[\\{]")
            if marked.any():
                from review.formats.latex import from_latex

                read = [from_latex(text) if odd else text for text, odd in zip(table[name], marked, strict=True)]
                table = table.with_columns(pl.Series(name, read, pl.String))
    if (listed := table["authors"].str.contains(LITERAL_LIST)).any():
        names = ["; ".join(literal_list(text)) or text if as_list else text for text, as_list in zip(table["authors"], listed, strict=True)]
        table = table.with_columns(pl.Series("authors", names, pl.String))
    year = pl.col("year").str.extract(r"(?:^|\D)((?:1[5-9]|20|21[0-4])\d\d)(?:\D|$|\d{4})").cast(pl.Int32).fill_null(0)
    pmid = pl.col("pmid").str.extract(r"^\D{0,10}(\d{1,9})(?:\.0)?$").fill_null("")
    return table.with_columns(
        year=year, pmid=pmid, abstract=pl.col("abstract").str.slice(0, ABSTRACT), key="accession", source=pl.lit(source)
    ).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _crooked(path: Path) -> bool:
    """A NUL, or a carriage return that no line feed follows."""
    open_ = False  # whether the last block ended with a carriage return
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            if b"\0" in block or (open_ and block[:1] != b"\n"):
                return True
            open_ = block.endswith(b"\r")
            if block.count(b"\r") != block.count(b"\r\n") + open_:
                return True
    return open_
