"""Real, labelled sets where they are at hand. A few labels are wrong: the bounds leave room for them."""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from tools import deduplicate

from review.model.record import Record

SETS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "dedup"
FILES = sorted(SETS.glob("*.csv.gz"))


def record(row: dict[str, str]) -> Record:
    return Record(
        key=row["record_id"],
        title=row["title"],
        authors=tuple(a for a in row["author"].split(" and ") if a.strip()),
        year=int(row["year"][:4]) if row["year"][:4].isdigit() else None,
        journal=row["journal"],
        volume=row["volume"],
        issue=row["number"],
        pages=row["pages"],
        doi=row["doi"],
        pmid=row["pmid"],
        isbn=row["isbn"],
        abstract=row["abstract"],
        type=row["entrytype"],
    )


@pytest.mark.skipif(not FILES, reason=f"no labelled sets at {SETS}")
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_no_report_is_lost(path: Path) -> None:
    csv.field_size_limit(sys.maxsize)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    truth = {row["record_id"]: row["cluster_id"] for row in rows}
    outcome = deduplicate([record(row) for row in rows], certain=0.95, unsure=0.5)
    found = {key: report.key for report in outcome.reports for key in report.keys}

    def pairs(of: dict[str, str]) -> set[tuple[str, ...]]:
        members = defaultdict(list)
        for key, cluster in of.items():
            members[cluster].append(key)
        return {pair for keys in members.values() for pair in combinations(sorted(keys), 2)}

    kept = {Counter(truth[key] for key in report.keys).most_common(1)[0][0] for report in outcome.reports}
    true, said = pairs(truth), pairs(found)
    unsure = sum(link.verdict == "unsure" for link in outcome.links)
    assert set(truth.values()) <= kept
    assert len(said - true) == 0
    assert len(true & said) / len(true) >= 0.985
    assert unsure <= 0.03 * len(rows)
