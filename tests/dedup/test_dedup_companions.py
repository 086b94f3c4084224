"""Real meeting abstracts, and the article that might have come of each, in the same journal and under the same title: both are kept."""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from tools import deduplicate

from review.model.record import Record

SETS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "dedup"
FILES = [path for name in ("asysd_diabetes", "sra_cytology", "sra_stroke") if (path := SETS / f"{name}.csv.gz").exists()]
ONE_PAGE = re.compile(r"(?i)^[sap]\d+$")


def abstracts(path: Path) -> list[Record]:
    """One record of each report that was given at a meeting."""
    csv.field_size_limit(sys.maxsize)
    found = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            told = ONE_PAGE.search(row["pages"]) or ". Conference" in row["journal"]
            if told and len(row["title"]) > 40 and row["author"] and row["year"][:4].isdigit() and re.search(r"\d", row["volume"]):
                found[row["cluster_id"]] = Record(
                    key=f"{path.stem} {row['record_id']}", source="embase", title=row["title"], year=int(row["year"][:4]), journal=row["journal"],
                    authors=tuple(a for a in row["author"].split(" and ") if a.strip()), volume=row["volume"], issue=row["number"],
                    pages=row["pages"], abstract=row["abstract"],
                )  # fmt: skip
    return list(found.values())


def article_of(meeting: Record, nth: int) -> Record:
    sentences = re.split(r"(?<=[.;]) ", meeting.abstract)
    number = re.search(r"\d+", meeting.volume)
    return replace(
        meeting, key=f"article:{meeting.key}", source="pubmed", journal=re.sub(r"\. Conference.*", "", meeting.journal),
        volume=number[0] if number else "", issue=str(9 + nth % 3), pages=f"{600 + nth}-{608 + nth}", doi=f"10.1016/j.article.{nth}",
        abstract=" ".join([*sentences[1:], *sentences[:1]]),
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(not FILES, reason=f"no labelled sets at {SETS}")
def test_a_meetings_abstract_and_its_article_are_both_kept() -> None:
    records, truth = [], {}
    for nth, meeting in enumerate(record for path in FILES for record in abstracts(path)):
        article = article_of(meeting, nth)
        other = replace(meeting, key=f"wos:{meeting.key}", source="wos", title=meeting.title.upper(), abstract="")
        ahead = replace(article, key=f"ahead:{meeting.key}", source="ahead", volume="", issue="", pages="", doi="", abstract="")
        short = replace(article, key=f"scopus:{meeting.key}", source="scopus", pages=article.pages.split("-")[0], doi="")
        for record, report in ((meeting, "meeting"), (other, "meeting"), (article, "article"), (ahead, "article"), (short, "article")):
            records.append(record)
            truth[record.key] = f"{report}:{meeting.key}"
    written = set(truth.values())
    assert len(written) > 400
    outcome = deduplicate(records, certain=0.95, unsure=0.3)
    kept = {Counter(truth[key] for key in report.keys).most_common(1)[0][0] for report in outcome.reports}
    assert len(written - kept) <= 0.01 * len(written)
    # The article's two records are one report all the same, or asked about.
    reports = {key: report.key for report in outcome.reports for key in report.keys}
    asked = {frozenset((reports[link.a], reports[link.b])) for link in outcome.links if link.verdict == "unsure"}
    articles = [
        {reports[record.key], reports[record.key.replace("article", "scopus", 1)]} for record in records if record.source == "pubmed"
    ]
    assert sum(len(both) == 1 or frozenset(both) in asked for both in articles) >= 0.99 * len(articles)
