"""The outcome as tables: the CSV files of `review dedup` and of the reports folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import polars as pl

from review.dedup.engine import Grouped


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def write_clusters(found: Grouped) -> str:
    """Every record with its report, by record."""
    return found.records.select(record_id="key", report_id="report").write_csv(quote_style="necessary")


def write_unsure(found: Grouped) -> str:
    """The pairs that a person should look at."""
    keys = found.records["key"]
    unsure = found.links.filter(pl.col("verdict") == "unsure").sort("probability", "a", "b", descending=[True, False, False])
    table = unsure.select(record_id_a=keys.gather(unsure["a"]), record_id_b=keys.gather(unsure["b"]), probability="probability")
    return table.write_csv(float_precision=4)
