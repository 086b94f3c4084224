"""Small real sets in which every record, or those of one source, have one odd habit: nothing is lost by it, and little asked."""

from __future__ import annotations

import csv
import gzip
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from tools import deduplicate

from review.model.record import Record

SETS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "dedup"
FILES = sorted(SETS.glob("*.csv.gz"))
Habit = Callable[[Record], Record]


def without(*names: str) -> Habit:
    empty = {name: () if name == "authors" else None if name == "year" else "" for name in names}
    return lambda r: replace(r, **empty)  # type: ignore[arg-type]  # the fields vary


def year_after(r: Record) -> Record:
    return replace(r, year=r.year + 1 if r.year else None)


def capitals(r: Record) -> Record:
    return replace(r, title=r.title.upper(), journal=r.journal.upper(), authors=tuple(a.upper() for a in r.authors))


def ascii_only(r: Record) -> Record:
    return replace(r, **{name: getattr(r, name).encode("ascii", "ignore").decode() for name in ("title", "journal")})


def first_page(r: Record) -> Record:
    return replace(r, pages=r.pages.split("-")[0])


def et_al(r: Record) -> Record:
    return replace(r, authors=(*r.authors[:1], "et al.") if r.authors else ())


def in_one_string(r: Record) -> Record:
    return replace(r, authors=(", ".join(re.sub(r",", "", a) for a in r.authors),) if r.authors else ())


def addressed(r: Record) -> Record:
    return replace(r, doi="https://doi.org/" + r.doi.replace("/", "%2F") if r.doi else "")


# habit, whether all records have it or every other one of a report, the least recall, questions per hundred records
HABITS: dict[str, tuple[Habit, bool, float, float]] = {
    "no years": (without("year"), True, 0.98, 1),
    "no journals": (without("journal", "issn", "isbn"), True, 0.98, 1.5),
    "nobody named": (without("authors"), True, 0.97, 2),
    "anonymous": (lambda r: replace(r, authors=("Anonymous",)), True, 0.97, 2),
    "no DOIs, no PMIDs": (without("doi", "pmid"), True, 0.985, 1),
    "no DOIs, no pages": (without("doi", "pmid", "pages"), True, 0.97, 2),
    "one DOI for all": (lambda r: replace(r, doi="10.1016/j.journal"), True, 0.985, 1),
    "no abstract available": (lambda r: replace(r, abstract="No abstract available."), True, 0.985, 1),
    "a year later, in one": (year_after, False, 0.975, 2),
    "capitals, in one": (capitals, False, 0.985, 1),
    "ASCII, in one": (ascii_only, False, 0.985, 1),
    "first pages, in one": (first_page, False, 0.98, 1.5),
    "et al., in one": (et_al, False, 0.985, 1.5),
    "authors in one string, in one": (in_one_string, False, 0.985, 1.5),
    "DOIs as addresses, in one": (addressed, False, 0.985, 1),
}


def some(path: Path) -> tuple[list[Record], dict[str, str]]:
    """140 reports of a set, 60 of them in more than one record; and the report of each record."""
    csv.field_size_limit(sys.maxsize)
    members: dict[str, list[Record]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            record = Record(
                key=row["record_id"], title=row["title"], authors=tuple(a for a in row["author"].split(" and ") if a.strip()),
                year=int(row["year"][:4]) if row["year"][:4].isdigit() else None, journal=row["journal"], volume=row["volume"],
                issue=row["number"], pages=row["pages"], doi=row["doi"], pmid=row["pmid"], isbn=row["isbn"], abstract=row["abstract"],
                type=row["entrytype"],
            )  # fmt: skip
            members[row["cluster_id"]].append(record)
    reports = sorted(members)
    random.Random(path.name).shuffle(reports)
    picked = [r for r in reports if len(members[r]) > 1][:60] + [r for r in reports if len(members[r]) == 1][:80]
    return [record for report in picked for record in members[report]], {m.key: report for report in picked for m in members[report]}


def pairs(of: dict[str, str]) -> set[tuple[str, ...]]:
    members = defaultdict(list)
    for key, report in of.items():
        members[report].append(key)
    return {pair for keys in members.values() for pair in combinations(sorted(keys), 2)}


@pytest.mark.slow
@pytest.mark.skipif(not FILES, reason=f"no labelled sets at {SETS}")
@pytest.mark.parametrize("name", HABITS)
def test_an_odd_habit_costs_no_report(name: str) -> None:
    habit, everywhere, recall, asked = HABITS[name]
    found_pairs = true_pairs = questions = total = 0
    for path in FILES:
        records, truth = some(path)
        nth: Counter[str] = Counter()
        odd = []
        for record in records:
            nth[truth[record.key]] += 1
            odd.append(habit(record) if everywhere or nth[truth[record.key]] % 2 == 0 else record)
        outcome = deduplicate(odd, certain=0.95, unsure=0.3)
        said = pairs({key: report.key for report in outcome.reports for key in report.keys})
        true = pairs(truth)
        assert not said - true
        found_pairs, true_pairs, total = found_pairs + len(said & true), true_pairs + len(true), total + len(records)
        questions += sum(link.verdict == "unsure" for link in outcome.links)
    assert found_pairs >= recall * true_pairs
    assert questions <= asked / 100 * total
