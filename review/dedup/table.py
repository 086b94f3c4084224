"""The outcome as tables: the CSV files of `review dedup` and of the reports folder."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from review.dedup.engine import Grouped
from review.formats.csv_frame import csv_of, row_of


def _csv(header: Sequence[str], rows: pl.DataFrame, notice: str, ready: Collection[str] = ()) -> bytes:
    """CSV text whose every row carries the review's notice, where it has one. ready: see `csv_of`."""
    if notice:
        header, rows = [*header, "notice"], rows.with_columns(pl.lit(notice).alias("notice"))
    return csv_of(header, rows, ready)


def write_clusters(found: Grouped) -> str:
    """Every record with its report, by record."""
    return found.records.select(record_id="key", report_id="report").write_csv(quote_style="necessary")


def write_unsure(found: Grouped) -> str:
    """The pairs that a person should look at."""
    keys = found.records["key"]
    unsure = found.links.filter(pl.col("verdict") == "unsure").sort("probability", "a", "b", descending=[True, False, False])
    table = unsure.select(record_id_a=keys.gather(unsure["a"]), record_id_b=keys.gather(unsure["b"]), probability="probability")
    return table.write_csv(float_precision=4)


_SHOWN = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid")
_BLANKS = r"[\s\x1c-\x1f]+"  # what `str.split` takes for blanks


def _shown(records: pl.DataFrame) -> pl.DataFrame:
    """key and source, and what is shown of records: each on one line, and nothing that a spreadsheet would run."""
    from review.formats.csv_line import FORMULA

    texts = records.select(
        "key",
        "source",
        *(pl.when(pl.col("year") != 0).then("year").cast(pl.String).fill_null("") if n == "year" else pl.col(n) for n in _SHOWN),
    )
    lines = texts.with_columns(pl.col(_SHOWN).str.replace_all(_BLANKS, " ").str.strip_chars(" "))
    return lines.with_columns(
        pl.when(pl.col(n).str.contains(FORMULA)).then(pl.concat_str(pl.lit("'"), n)).otherwise(n).alias(n) for n in _SHOWN
    )


def cells_of(records: pl.DataFrame) -> pl.Series:
    """What is shown of each record, as cells of a CSV file."""
    return row_of(_shown(records).select(_SHOWN))


def _beside(rows: pl.DataFrame, key: str, shown: pl.DataFrame, name: str) -> pl.DataFrame:
    """The rows with what is shown of the record of a column, each in a column of that name before its own."""
    named = shown.select(pl.all().name.prefix(name))
    return rows.join(named, left_on=key, right_on=f"{name}key", how="left", maintain_order="left")


def excluded_duplicates(
    records: pl.DataFrame, members: pl.DataFrame, links: pl.DataFrame, notice: str = "", main: Collection[str] = ()
) -> bytes:
    """Each record that was removed as a duplicate, beside the record that stands for its report, and why.

    records: columns of SCHEMA, and `shown` where `cells_of` is known; members, links: of `deduplicate`. main: the sources that are databases or
    registers: what these gave is kept before what came by other ways (PRISMA 2020 counts the two apart).
    """
    told = records.filter(pl.col("key").is_in(members.filter(pl.col("report").is_duplicated())["record"].implode()))
    told = told.select("key", "source", "shown" if "shown" in told.columns else cells_of(told).alias("shown"))
    several = members.join(told.select("key", "source"), left_on="record", right_on="key").sort("report", "record")
    first = several.select("report", "record", other=~pl.col("source").is_in(list(main))).sort("report", "other", "record")
    kept = first.unique("report", keep="first", maintain_order=True).select("report", kept="record")
    removed = several.select("report", "record").join(kept, on="report", how="left").filter(pl.col("record") != pl.col("kept"))
    joined = links.filter(pl.col("verdict") == "duplicate").select("a", "b", "rule", "evidence")
    ways = pl.concat(
        [joined.rename({"a": "record", "b": "by"}), joined.rename({"b": "record", "a": "by"}).select("record", "by", "rule", "evidence")]
    )
    # What joins it to the one that is kept; else to the first of the others.
    why = removed.select("record", "kept").join(ways, on="record").sort("record", pl.col("by") != pl.col("kept"), "by")
    rows = removed.join(why.unique("record", keep="first").select("record", "rule", "evidence"), on="record", how="left").sort(
        "report", "record"
    )
    # Most stand in the file once as removed or several times as kept: their cells are put together once.
    rows = _beside(_beside(rows, "record", told, "removed "), "kept", told, "kept ")
    header = ["removed", "removed source", "kept", "kept source", "rule", "evidence"]
    ready = ["removed shown", "kept shown"]
    wanted = rows.select("record", "removed source", "kept", "kept source", pl.col("rule", "evidence").fill_null(""), *ready)
    return _csv([*header, *(f"{side} {name}" for side in ("removed", "kept") for name in _SHOWN)], wanted, notice, ready)


def related_reports(records: pl.DataFrame, told: Sequence[tuple[str, str, str]], links: pl.DataFrame, notice: str = "") -> bytes:
    """The pairs of reports that belong together without being one, what the one is to the other, and why.

    told: of each of the links, the two reports, and which is which; the rest: as in `excluded_duplicates`.
    """
    related = links.filter(~pl.col("verdict").is_in(["duplicate", "unsure", "different"]))
    rows = related.hstack(pl.DataFrame(told, schema=dict.fromkeys(("report", "other report", "which is which"), pl.String), orient="row"))
    shown = _shown(records.filter(pl.col("key").is_in(pl.concat([related["a"], related["b"]]).implode())))
    rows = _beside(_beside(rows, "a", shown, ""), "b", shown, "other ").with_columns(
        relation=pl.col("verdict").str.replace_all("_", " ", literal=True)
    )
    header = ["relation", "report", "other report", "which is which", "rule", "evidence", *_SHOWN, *(f"other {name}" for name in _SHOWN)]
    return _csv(header, rows.select(header).sort(pl.all()), notice)


def _folded(texts: pl.Series) -> pl.Series:
    """Caseless, as Python has it: what is not ASCII is not folded alike everywhere."""
    odd = (texts.str.len_bytes() != texts.str.len_chars()).arg_true()
    folded = texts.str.to_lowercase()
    return folded.scatter(odd, [text.casefold() for text in texts.gather(odd)]) if odd.len() else folded


def doi_collisions(records: pl.DataFrame, members: pl.DataFrame, notice: str = "") -> bytes:
    """The reports that share a DOI with another report: one of them has it wrongly, or it is that of a whole issue."""
    given = records.select("key", pl.col("doi").map_batches(_folded, return_dtype=pl.String)).filter(pl.col("doi") != "")
    of = given.join(members, left_on="key", right_on="record").select("doi", "report").unique()
    shared = of.filter(pl.len().over("doi") > 1).sort("doi", "report")
    shown = _shown(records.filter(pl.col("key").is_in(shared["report"].implode())))
    rows = _beside(shared.rename({"doi": "shared doi"}), "report", shown, "")
    return _csv(["shared doi", "report", *_SHOWN], rows.select("shared doi", "report", *_SHOWN), notice)
