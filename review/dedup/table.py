"""The outcome as CSV text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from review.dedup.clusters import Deduplicated


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def write_clusters(outcome: Deduplicated) -> str:
    """Every record with its report, by record."""
    return _csv(("record_id", "report_id"), sorted((key, report.key) for report in outcome.reports for key in report.keys))


def write_unsure(outcome: Deduplicated) -> str:
    """The pairs that a person should look at."""
    rows = ((link.a, link.b, f"{link.probability:.4f}") for link in outcome.links if link.verdict == "unsure")
    return _csv(("record_id_a", "record_id_b", "probability"), rows)
