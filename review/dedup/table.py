"""The outcome as tables: the CSV files of `review dedup` and of the reports folder."""

from __future__ import annotations

import csv
import sys
from collections.abc import Collection, Sequence

import polars as pl

from review.dedup.engine import Grouped
from review.formats.tables.csv_frame import csv_of, row_of
from review.model.words import are, counted


def _csv(header: Sequence[str], rows: pl.DataFrame, notice: str, ready: Collection[str]) -> bytes:
    """CSV text whose every row carries the review's notice, where it has one. ready: see `csv_of`."""
    if notice:
        header, rows = [*header, "notice"], rows.with_columns(pl.lit(notice).alias("notice"))
    return csv_of(header, rows, ready)


def write_clusters(found: Grouped) -> str:
    """Every record with its report, by record."""
    return found.records.select(record_id="key", report_id="report").write_csv(quote_style="necessary")


def unsure_told(links: pl.DataFrame, unsure: float) -> str:
    """How many pairs a person is asked about, in words, and how many of these only since the list is short: those of a probability
    below `unsure`. `10 pairs are unsure, 6 of them unlikely`."""
    asked = links.filter(pl.col("verdict") == "unsure")["probability"]
    unlikely = int((asked < unsure).sum())
    return f"{counted(len(asked), 'pair')} {are(len(asked))} unsure" + (f", {unlikely:,} of them unlikely" if unlikely else "")


def write_unsure(found: Grouped) -> str:
    """The pairs that a person should look at."""
    keys = found.records["key"]
    unsure = found.links.filter(pl.col("verdict") == "unsure").sort("probability", "a", "b", descending=[True, False, False])
    table = unsure.select(record_id_a=keys.gather(unsure["a"]), record_id_b=keys.gather(unsure["b"]), probability="probability")
    return table.write_csv(float_precision=4)


_SHOWN = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid")
_BLANKS = r"[\s\x1c-\x1f]+"  # what `str.split` takes for blanks


def _shown(records: pl.DataFrame) -> pl.DataFrame:
    """What is shown of records: each on one line, and nothing that a spreadsheet would run."""
    from review.formats.tables.csv_line import FORMULA

    texts = records.select(
        pl.when(pl.col("year") != 0).then("year").cast(pl.String).fill_null("") if n == "year" else pl.col(n) for n in _SHOWN
    )
    lines = texts.with_columns(pl.all().str.replace_all(_BLANKS, " ").str.strip_chars(" "))
    return lines.select(pl.when(pl.col(n).str.contains(FORMULA)).then(pl.concat_str(pl.lit("'"), n)).otherwise(n).alias(n) for n in _SHOWN)


def cells_of(records: pl.DataFrame) -> pl.Series:
    """What is shown of each record, as cells of a CSV file."""
    return row_of(_shown(records))


def _beside(rows: pl.DataFrame, key: str, records: pl.DataFrame, name: str) -> pl.DataFrame:
    """The rows with what is shown of the record in the column `key`, in a column of that name. records: as in `excluded_duplicates`."""
    some = records.filter(pl.col("key").is_in(rows[key].implode()))
    cells = some["shown"] if "shown" in some.columns else cells_of(some)
    return rows.join(pl.DataFrame([some["key"].alias(key), cells.alias(name)]), on=key, how="left", maintain_order="left")


def beside_kept(several: pl.DataFrame, *order: str | pl.Expr) -> pl.DataFrame:
    """Each removed record beside the one that stays, the first of its report in this order: what is told of that has `kept_` before its name.

    several: report, record, and what else is to be told, of the records of reports that have more than one.
    """
    ordered = several.sort("report", *order)
    first = ordered.with_row_index().select(pl.col("index").min().over("report")).to_series()
    kept = ordered.select(pl.exclude("report").name.prefix("kept_"))[first]
    return ordered.hstack(kept).filter(pl.col("record") != pl.col("kept_record"))


def excluded_duplicates(
    records: pl.DataFrame, members: pl.DataFrame, links: pl.DataFrame, notice: str = "", main: Collection[str] = ()
) -> bytes:
    """Each record that was removed as a duplicate, beside the record that stands for its report, and why.

    records: columns of SCHEMA, and `shown` where `cells_of` is known; members, links: of `deduplicate`. main: the sources that are databases or
    registers: what these gave is kept before what came by other ways (PRISMA 2020 counts the two apart).
    """
    of = records.select("key", "source", *(["shown"] if "shown" in records.columns else _SHOWN))
    several = members.filter(pl.col("report").is_duplicated()).join(of, left_on="record", right_on="key")
    several = several if "shown" in of.columns else several.with_columns(cells_of(several).alias("shown"))
    several = several.select("report", "record", "source", "shown")
    removed = beside_kept(several, ~pl.col("source").is_in(list(main)), "record")
    joined = links.filter(pl.col("verdict") == "duplicate").select("a", "b", "rule", "evidence")
    ways = pl.concat(
        [joined.rename({"a": "record", "b": "by"}), joined.rename({"b": "record", "a": "by"}).select("record", "by", "rule", "evidence")]
    )
    # What joins it to the one that is kept; else to the first of the others.
    why = removed.select("record", "kept_record").join(ways, on="record").sort("record", pl.col("by") != pl.col("kept_record"), "by")
    rows = removed.join(why.unique("record", keep="first").select("record", "rule", "evidence"), on="record", how="left").sort(
        "report", "record"
    )
    header = ["removed", "removed source", "kept", "kept source", "rule", "evidence"]
    ready = ["shown", "kept_shown"]  # put together once: most stand in the file as removed, or several times as kept
    wanted = rows.select("record", "source", "kept_record", "kept_source", pl.col("rule", "evidence").fill_null(""), *ready)
    return _csv([*header, *(f"{side} {name}" for side in ("removed", "kept") for name in _SHOWN)], wanted, notice, ready)


def related_reports(records: pl.DataFrame, told: Sequence[tuple[str, str, str]], links: pl.DataFrame, notice: str = "") -> bytes:
    """The pairs of reports that belong together without being one, what the one is to the other, and why.

    told: of each of the links, the two reports, and which is which; the rest: as in `excluded_duplicates`.
    """
    related = links.filter(~pl.col("verdict").is_in(["duplicate", "unsure", "different"]))
    rows = related.hstack(pl.DataFrame(told, schema=dict.fromkeys(("report", "other report", "which is which"), pl.String), orient="row"))
    ready = ["shown", "other shown"]
    rows = _beside(_beside(rows, "a", records, ready[0]), "b", records, ready[1]).with_columns(
        relation=pl.col("verdict").str.replace_all("_", " ", literal=True)
    )
    said = ["relation", "report", "other report", "which is which", "rule", "evidence"]
    rows = rows.select(*said, *ready).sort(said)
    if (
        rows.select(said).is_duplicated().any()
    ):  # of several records of the same two reports people said the same: by what is shown of these
        csv.field_size_limit(sys.maxsize)
        rows = pl.DataFrame(sorted(rows.iter_rows(), key=lambda row: (row[:-2], *csv.reader(row[-2:]))), schema=rows.schema, orient="row")
    return _csv([*said, *_SHOWN, *(f"other {name}" for name in _SHOWN)], rows, notice, ready)


def _folded(texts: pl.Series) -> pl.Series:
    """Caseless, as Python has it: what is not ASCII is not folded alike everywhere."""
    odd = (texts.str.len_bytes() != texts.str.len_chars()).arg_true()
    folded = texts.str.to_lowercase()
    return folded.scatter(odd, [text.casefold() for text in texts.gather(odd)]) if odd.len() else folded


def shared_dois(records: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The DOIs that several reports have: doi, report, by these. records: key and doi; members: record and report."""
    given = records.select("key", pl.col("doi").map_batches(_folded, return_dtype=pl.String))
    of = (
        given.filter((pl.col("doi") != "") & pl.col("doi").is_duplicated())
        .join(members, left_on="key", right_on="record")
        .select("doi", "report")
        .unique()
    )
    return of.filter(pl.len().over("doi") > 1).sort("doi", "report")


def doi_collisions(records: pl.DataFrame, shared: pl.DataFrame, notice: str = "") -> bytes:
    """The reports that share a DOI with another report: one of them has it wrongly, or it is that of a whole issue.

    records: as in `excluded_duplicates`, at least those that the reports are called by; shared: of `shared_dois`.
    """
    return _csv(["shared doi", "report", *_SHOWN], _beside(shared, "report", records, "shown"), notice, ["shown"])
