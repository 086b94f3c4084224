"""A finished review of others, from its eight exports to the report, beside what it published.

Sensorineural hearing loss phenotyping (zenodo.12654242, MIT): 2,695 records identified, 1,498 screened, κ = 0.8215 before
resolution, 6 conflicts, 18 reports assessed, 11 excluded (9 not SNHL only, 2 wrong age), 7 included. Run with `-s` to read
our numbers beside the published ones, with the reason for every difference.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from recount import recount
from support import Small

pytestmark = pytest.mark.slow  # a real review of 2,695 records, command by command

SOURCES = {"medline": 859, "psychinfo": 58, "embase": 568, "cinahl": 168, "ieee": 93, "scopus": 709, "github": 155, "base": 85}
PROTOCOL = """\
schema_version: "1"
review: {title: "Sensorineural hearing loss phenotypes: a systematic review, rerun", type: methodology}
team: [{id: LB, name: "Reviewer LB"}, {id: LD, name: "Reviewer LD"}, {id: R3, name: "Third reviewer"}]
questions:
  - {id: Q1, text: "Which machine learning methods find subtypes of sensorineural hearing loss?", frame: PICo}
eligibility:
  criteria:
    - {id: E1, dimension: hearing loss, include: "sensorineural only", reason: "Not SNHL only"}
    - {id: E2, dimension: age, include: adults, reason: "Wrong age cohort"}
sources:
%s
  - {id: references, name: Reference lists, kind: citation}
phases:
  - {name: title-abstract, reviewers: [LB, LD], votes: 2, adjudicator: R3}
  - {name: full-text, reviewers: [LB, LD], votes: 2, adjudicator: R3, reason_required: true}
extraction:
  reviewers: [LB, LD]
  forms: [{question: Q1, fields: [{id: method, label: Method, required: true}]}]
"""


def rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as f:
        return list(csv.DictReader(f))


@pytest.fixture(scope="module")
def snhl(tmp_path_factory: pytest.TempPathFactory, shared: Callable[[str], Path]) -> Small:
    """The review, taken as far as its files go."""
    data = shared("reviews/snhl")
    root = tmp_path_factory.mktemp("snhl")
    (root / "protocols").mkdir()
    sources = "\n".join(f"  - {{id: {s}, name: {s}, kind: database}}" for s in SOURCES)
    (root / "protocols" / "small.yaml").write_text(PROTOCOL % sources, encoding="utf-8")
    review = Small(root)
    review("protocol", "lock")
    for source, n in SOURCES.items():
        told = review.json("import", str(data / f"{source}.csv"), "--source", source, "--date", "2024-03-01")[0]
        assert (told["parsed"], told["rejected"]) == (n, 0)
    full = rows(data / "full_text_reviews.csv")
    found_elsewhere = [{"title": r["title"], "authors": r["authors"], "abstract": r["abstract"]} for r in full if r["from_searches"] == "0"]
    review("import", review.table("references.csv", found_elsewhere), "--source", "references", "--date", "2024-06-01")
    review.unmatched = {}  # type: ignore[attr-defined]
    for who in ("LB", "LD"):
        # The reviewers saw the repositories of GitHub as github1, github2 …: their place in the export.
        name = str(data / f"{who}_response_complete.csv")
        told = review.json(
            "decisions", "import", name, "--as", who, "--map", "verdict=response", "--map", "1=include", "--map", "2=exclude", code=None
        )
        review.unmatched[who] = told  # type: ignore[attr-defined]
        # Three more went to full text from reference lists. One of them had been found, and excluded by both: they changed their minds.
        later = [{"title": r["title"], "verdict": "include"} for r in found_elsewhere]
        review("decisions", "import", review.table(f"{who}-later.csv", later), "--as", who)
    # The third reviewer's table names one record by the title of another paper of the same authors: its number is right.
    title_of = {r["ID"]: r["title"] for r in rows(data / "LB_response_complete.csv")}
    resolutions = []
    for line in (data / "third_reviewer_responses.md").read_text(encoding="utf-8").splitlines():
        cells = [c.strip() for c in line.strip("|").split("|")]
        if len(cells) == 3 and cells[1] in ("Include", "Exclude"):
            resolutions.append({"title": title_of[cells[2]], "verdict": cells[1]})
    assert len(resolutions) == 6
    review("decisions", "import", review.table("R3.csv", resolutions), "--as", "R3")
    for who in ("lb", "ld"):
        votes = [
            {"title": r["title"], "verdict": r[f"{who}_full_text_response"], "note": r[f"{who}_comments"].replace("None", "")}
            | ({"reason": r["reason for exclusion"]} if r[f"{who}_full_text_response"] == "2" and r["reason for exclusion"] != "NA" else {})
            for r in full
        ]
        review(
            "decisions",
            "import",
            review.table(f"{who}-full.csv", votes),
            "--as",
            who.upper(),
            "--phase",
            "full-text",
            "--map",
            "1=include",
            "--map",
            "2=exclude",
        )
    differ = [r for r in full if r["lb_full_text_response"] != r["ld_full_text_response"]]
    final = [{"title": r["title"], "verdict": "include" if r["final_decision"] == "1" else "exclude"} for r in differ]
    review("decisions", "import", review.table("R3-full.csv", final), "--as", "R3", "--phase", "full-text")
    review("run")
    return review


@pytest.fixture(scope="module")
def flow(snhl: Small) -> dict:
    return json.loads((snhl.reports / "flow.json").read_text())["flow"]


def listed(snhl: Small, name: str) -> list[dict[str, str]]:
    with (snhl.reports / "lists" / f"{name}.csv").open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def test_every_record_of_every_source_is_in(flow: dict) -> None:
    assert dict(flow["main"]["identified"]) == SOURCES
    assert sum(SOURCES.values()) == 2695


def test_selection_ends_as_published(snhl: Small, flow: dict) -> None:
    assert flow["included_reports"] == 7
    assert dict(flow["main"]["reasons"]) == {"Not SNHL only": 8, "Wrong age cohort": 2}
    assert dict(flow["other"]["reasons"]) == {"Not SNHL only": 1}  # of the two, one was in a database too: it is counted there
    assert flow["main"]["assessed"] + flow["other"]["assessed"] == 18
    page = (snhl.reports / "report.html").read_text()
    assert "6 conflicts were settled by Third reviewer." in page


def test_agreement_is_as_published(snhl: Small) -> None:
    """14 both, 3 and 3. What both excluded differs with the number of reports, and κ with it in the third place only."""
    page = (snhl.reports / "report.md").read_text()
    assert "| include | 17 | 3 |" in page  # 14, and the three from reference lists that both took to full text
    assert "| exclude | 3 |" in page


def test_numbers_beside_the_published_ones(snhl: Small, flow: dict) -> None:
    """Every difference has its reason, and the reasons account for it to the last report."""
    told = snhl.unmatched["LB"]  # type: ignore[attr-defined]
    without_row = listed(snhl, "unscreened")
    reports = flow["main"]["screened"] + flow["main"]["unscreened"]
    shared_rows = {n["line"] for n in told["noted"] if "share this title" in n["why"]}
    print(f"\n{'':34}{'ours':>8}{'published':>11}")
    for name, ours, published in (
        ("records identified", sum(SOURCES.values()), 2695),
        ("after removal of duplicates", reports, 1498),
        ("screened by both", flow["main"]["screened"], 1498),
        ("conflicts", 6, 6),
        ("reports sought", flow["main"]["sought"] + flow["other"]["sought"], 18),
        ("reports assessed", flow["main"]["assessed"] + flow["other"]["assessed"], 18),
        ("reports excluded", sum(n for a in ("main", "other") for _, n in flow[a]["reasons"]), 11),
        ("reports included", flow["included_reports"], 7),
    ):
        print(f"{name:<34}{ours:>8,}{published:>11,}")
    by_source: dict[str, int] = {}
    for row in without_row:
        by_source[row["key"].split(":")[0]] = by_source.get(row["key"].split(":")[0], 0) + 1
    print(f"- {len(without_row)} of our reports have no row in the reviewers' files: their own deduplication dropped these records "
          f"(by source: {by_source}). They are listed as unscreened; nobody decided on them, and the report stays INTERIM.")  # fmt: skip
    print(f"- {told['known']} rows are about a report that another row of the file is about too: they kept duplicates that we merged.")
    print(
        f"- {len(shared_rows)} rows mean several of our reports: they merged by title what we keep apart (other year, journal or kind of document)."
    )
    print(f"- {len(told['refused'])} rows could not be matched: {[r['why'] for r in told['refused']][:4]}")
    waiting = [r["title"] for r in listed(snhl, "unassessed")]
    print(
        "- One of the three reports from reference lists had been found by a database, and excluded by both on its title; we count it there."
    )
    print(f"- Sought, but not in the list of full texts: {waiting}. The third reviewer included it; the published flow begins with 18.")
    screened = flow["main"]["screened"]
    assert reports == screened + len(without_row)
    assert len(told["refused"]) <= 5
    assert told["rows"] == 1498
    assert len(waiting) == 1
    assert flow["main"]["sought"] == 17
    assert told["appended"] == screened  # the rows that bring something decide all that is screened


def test_recounted_by_other_code(snhl: Small, flow: dict) -> None:
    plan = {
        "kinds": dict.fromkeys(SOURCES, "database") | {"references": "citation"},
        "reviewers": {"title-abstract": ["LB", "LD"], "full-text": ["LB", "LD"]},
        "votes": {"title-abstract": 2, "full-text": 2},
        "reasons": ["Not SNHL only", "Wrong age cohort"],
    }
    again = recount(snhl.root, "small", plan)
    assert again["identified"] == SOURCES | {"references": 3}
    for arm in ("main", "other"):
        assert {k: (dict(flow[arm][k]) if k == "reasons" else flow[arm][k]) for k in again[arm]} == again[arm]
