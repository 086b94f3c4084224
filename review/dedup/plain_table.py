"""A table that numbers its records itself, read a column at a time, where nothing in it takes more reading."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import polars as pl

from review.dedup.columns import ABSTRACT, SCHEMA, mend_where
from review.dedup.parts import PART, Parts, Spill
from review.formats.characters.literal import LITERAL_LIST, literal_list
from review.formats.columns.csv_columns import IMPRINT, extra_of
from review.formats.columns.mapped import map_columns
from review.formats.columns.table_header import find_header
from review.model.patterns import lazy

NUMBERED = "record_id"  # the column by which a table numbers its records itself
_NOTHING = ["", "nan", "NaN", "None", "NULL", "null", "NA", "N/A"]
# Fields whose cells mean what they say; a table that has other columns of ours is read row by row.
_PLAIN = {"title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "abstract", "type"}
_UNUSED = {"keywords", "language"}
_CR_ALONE = lazy(rb"\r[^\n]")


def table_of(path: Path, name: str, head: bytes, tell: Callable[[str, int, int], None], spill: Spill | None) -> Parts | None:
    """A table as it lies there, where every row is plain: UTF-8, the header first, a column for each field; else None.

    name: what tells the file from others; head: its first bytes; spill: where many records are laid aside.
    What it gives is what the reader of such tables gives, but for what comparison does away with.
    """
    if _crooked(path):
        return None
    try:
        first = next(csv.reader(io.StringIO(head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode())), [])
    except UnicodeDecodeError:
        return None
    if not any(cell.strip().casefold() == NUMBERED for cell in first):
        return None  # by another sign than the comma
    header = find_header([first])
    mapped = map_columns(first, {"accession": NUMBERED})
    fields = {name: numbers for name, numbers in mapped.fields.items() if numbers}
    serial = [n for name in ("issn", "isbn") for n in fields.pop(name, ())]
    known = _PLAIN | _UNUSED | {"pmcid", "own id", "record id", "accession", "citation"}
    if (
        header is None
        or mapped.told >= 0
        or len(set(first)) < len(first)
        or any(len(n) > 1 for n in fields.values())
        or fields.keys() - known
    ):
        return None
    printed = {n: IMPRINT[told] for n, cell in enumerate(first) if (n,) not in fields.values() and (told := extra_of(cell)) in IMPRINT}
    houses = [first[n] for n, told in printed.items() if told == "publisher"]
    if len(houses) > 1 or set(printed.values()) - {"publisher", *(() if "type" in fields else ("date",))}:  # a day is told by the type
        return None
    names = {name: first[fields[name][0]] for name in SCHEMA if name in fields}
    cells = {name: pl.col(column) for name, column in names.items()}
    if "pmcid" in fields:
        cells["pmcid"] = pl.col(first[fields["pmcid"][0]])
    if "citation" in fields:
        cells["citation"] = pl.col(first[fields["citation"][0]])
    cells["serial"] = pl.concat_str([pl.col(first[n]).fill_null("") for n in serial], separator=" ") if serial else pl.lit("")
    if houses:
        cells["imprint"] = pl.col(houses[0])
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
    stripped = text.fill_null("").str.strip_chars(" \t\n\ufeff")
    told = pl.when(stripped.str.starts_with('="')).then(stripped.str.replace(r'^="(.*)"$', "$1")).otherwise(stripped)
    return pl.when(told.is_in(_NOTHING)).then(pl.lit("")).otherwise(told.str.slice(0, 4 * ABSTRACT))


def _whole(table: pl.DataFrame, source: str, latex: bool) -> pl.DataFrame | None:
    missing = [pl.lit("").alias(name) for name in (*SCHEMA, "pmcid") if name not in table.columns]
    table = table.with_columns(missing)
    if "citation" in table.columns and table.select(((pl.col("journal") == "") & (pl.col("citation") != "")).any()).item():
        return None  # a source may be a citation: that takes reading
    if (table["accession"] == "").any():
        return None
    if latex:
        table = table.with_columns(
            mend_where(table[name], r"[\\{]", _typed) for name in ("title", "authors", "journal", "abstract", "imprint")
        )
    table = table.with_columns(mend_where(table["authors"], LITERAL_LIST, lambda some: ["; ".join(literal_list(t)) or t for t in some]))
    year = pl.col("year").str.extract(r"(?:^|\D)((?:1[5-9]|20|21[0-4])\d\d)(?:\D|$|\d{4})").cast(pl.Int32).fill_null(0)
    pmid = pl.col("pmid").str.extract(r"^\D{0,10}(\d{1,9})(?:\.0)?$").fill_null("")
    table = table.with_columns(year=year, pmid=pmid)
    return table.with_columns(
        imprint=_imprints(table),
        abstract=pl.col("abstract").str.slice(0, ABSTRACT),
        key="accession",
        source=pl.lit(source),
    ).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _imprints(table: pl.DataFrame) -> pl.Series:
    """`formats.imprint` of each row; publishers stand in its place."""
    bare = pl.all_horizontal(pl.col(name) == "" for name in ("doi", "pmid", "volume"))
    house = pl.col("imprint").str.replace_all(r"\s+", " ").str.replace_all(";", ",", literal=True)
    printed = pl.when(bare & (house != "")).then(pl.concat_str(pl.lit("publisher: "), house)).otherwise(pl.lit(""))
    more = pl.any_horizontal(
        pl.col("pmcid") != "",
        *(pl.col(name).str.contains(r"S[0-9]{4}-?[0-9]{3}") for name in ("pages", "accession")),
        pl.col("type").str.contains(r"(?i)^p(?:at|$)"),
        pl.col("abstract").str.contains("egist|NCT"),
    )
    found = table.select(printed).to_series()
    at = table.select(bare & more).to_series().arg_true()
    return found if at.is_empty() else found.scatter(at, _made(table[at]))


def _made(rows: pl.DataFrame) -> list[str]:
    """Of rows that may have more than a publisher: to load what tells takes as long as to read ten thousand others."""
    from review.formats.columns.imprint import imprint
    from review.formats.values.ids import pmcid_in
    from review.model.record import Record

    return [
        imprint(
            Record(extra=(("publisher", house),), pmcid=pmcid_in(pmcid, bare=True), pages=pages, accession=own, type=kind, abstract=text)
        )
        for house, pmcid, pages, own, kind, text in rows.select("imprint", "pmcid", "pages", "accession", "type", "abstract").iter_rows()
    ]


def _typed(texts: pl.Series) -> list[str]:
    from review.formats.characters.latex import from_latex

    return [from_latex(text) for text in texts]


def _crooked(path: Path) -> bool:
    """A NUL, or a carriage return that no line feed follows."""
    open_ = False  # whether the last block ended with a carriage return
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            if b"\0" in block or (open_ and block[:1] != b"\n") or _CR_ALONE.search(block):
                return True
            open_ = block.endswith(b"\r")
    return open_
