"""The outcome as tables: the CSV files of `review dedup` and of the reports folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Sequence

import polars as pl

from review.dedup.engine import Grouped
from review.dedup.said import pair_of
from review.formats.csv_cells import guarded
from review.model.record import Link, Record, Report, survivor
from review.model.related import role


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]], notice: str) -> str:
    """CSV text whose every row carries the review's notice, where it has one."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*header, "notice"] if notice else header)
    writer.writerows([*row, notice] if notice else row for row in rows)
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


_SHOWN = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid")


def _shown(record: Record) -> list[str]:
    values = (getattr(record, name) for name in _SHOWN)
    return [guarded(" ".join(("; ".join(v) if isinstance(v, tuple) else str(v or "")).split())) for v in values]


def excluded_duplicates(reports: Iterable[Report], links: Iterable[Link], notice: str = "", main: Collection[str] = ()) -> str:
    """Each record that was removed as a duplicate, beside the record that stands for its report, and why. main: see `survivor`."""
    why = {(link.a, link.b): (link.rule, link.evidence) for link in links if link.verdict == "duplicate"}
    rows = []
    for report in reports:
        if len(report.records) < 2:
            continue
        kept = survivor(report, main)
        shown = _shown(kept)
        for record in report.records:
            if record is kept:
                continue
            direct = why.get(pair_of(kept.key, record.key))
            through = next((why[pair] for other in report.records if (pair := pair_of(other.key, record.key)) in why), ("", ""))
            rule, evidence = direct or through
            rows.append([record.key, record.source, kept.key, kept.source, rule, evidence, *_shown(record), *shown])
    header = ["removed", "removed source", "kept", "kept source", "rule", "evidence"]
    return _csv([*header, *(f"removed {name}" for name in _SHOWN), *(f"kept {name}" for name in _SHOWN)], rows, notice)


def related_reports(reports: Iterable[Report], links: Iterable[Link], notice: str = "") -> str:
    """The pairs of reports that belong together without being one, what the one is to the other, and why."""
    related = [link for link in links if link.verdict not in ("duplicate", "unsure", "different")]
    wanted = {key for link in related for key in (link.a, link.b)}
    found = {record.key: (r, record) for r in reports for record in r.records if record.key in wanted}
    rows = []
    for link in related:
        (report, a), (other, b) = found[link.a], found[link.b]
        which = role(link.verdict, report, other)
        rows.append([link.verdict.replace("_", " "), report.key, other.key, which, link.rule, link.evidence, *_shown(a), *_shown(b)])
    header = ["relation", "report", "other report", "which is which", "rule", "evidence"]
    return _csv([*header, *_SHOWN, *(f"other {name}" for name in _SHOWN)], sorted(rows), notice)


def doi_collisions(reports: Iterable[Report], notice: str = "") -> str:
    """The reports that share a DOI with another report: one of them has it wrongly, or it is that of a whole issue."""
    by_doi: dict[str, list[Report]] = {}
    for report in reports:
        for doi in sorted({record.doi.casefold() for record in report.records if record.doi}):
            by_doi.setdefault(doi, []).append(report)
    rows = [[doi, report.key, *_shown(report.records[0])] for doi, shared in sorted(by_doi.items()) if len(shared) > 1 for report in shared]
    return _csv(["shared doi", "report", *_SHOWN], rows, notice)
