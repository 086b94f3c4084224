"""The founding review: the worked example in this repository."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from recount import recount
from support import PROJECT

from review.model.protocol_yaml import load

NAME = "healthy-communities"
NOTICE = "Worked example, decided from titles and bibliographic records only. It is not a set of findings."


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The review's files alone, in another folder, run there from nothing."""
    root = tmp_path_factory.mktemp("clone")
    for folder in ("protocols", "queries", "screening"):
        shutil.copytree(PROJECT / folder, root / folder)
    done = subprocess.run([sys.executable, "-m", "review", "run", f"protocols/{NAME}.yaml"], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return root


def test_the_committed_report_is_what_the_files_give(clone: Path) -> None:
    made, kept = clone / "reports" / NAME, PROJECT / "reports" / NAME
    files = sorted(p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(kept).as_posix() for p in kept.rglob("*") if p.is_file())
    for name in files:
        assert (made / name).read_bytes() == (kept / name).read_bytes(), f"{name} differs: run 'make demo' and read the difference"


def test_it_is_finished_and_recounts(clone: Path) -> None:
    found = json.loads((clone / "reports" / NAME / "flow.json").read_text())
    assert found["interim"] is False
    protocol = load((clone / "protocols" / f"{NAME}.yaml").read_text(), "p")
    plan = {
        "kinds": {s.id: s.kind for s in protocol.sources},
        "reviewers": {p.name: list(p.reviewers) for p in protocol.phases},
        "votes": {p.name: p.votes for p in protocol.phases},
        "reasons": list(protocol.reasons("full-text")),
    }
    again = recount(clone, NAME, plan)
    assert found["flow"]["included_studies"] == again["studies"]
    for arm in ("main", "other"):
        flow = found["flow"][arm]
        assert {k: (dict(flow[k]) if k == "reasons" else flow[k]) for k in again[arm]} == again[arm]


def test_who_is_to_appraise_is_asked_before_the_first_judgement(clone: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "review", "status"], cwd=clone, capture_output=True, text=True, check=True)
    assert "nobody has begun: 'review appraise --as ER1' and 'review appraise --as ER2'" in " ".join((done.stdout + done.stderr).split())


def test_every_page_says_that_it_is_an_example(clone: Path) -> None:
    reports = clone / "reports" / NAME
    for name in ("report.html", "report.md"):
        assert NOTICE in (reports / name).read_text()
    assert json.loads((reports / "flow.json").read_text())["notice"] == NOTICE
    for path in sorted((clone / "screening" / NAME).rglob("*.jsonl")):
        assert json.loads(path.read_text().splitlines()[0])["notice"] == NOTICE
    for path in sorted(reports.rglob("*.csv")):
        for row in path.read_text().splitlines()[1:]:
            assert NOTICE in row or "\n" in row, path.name


def test_no_abstract_and_no_value_without_its_words(clone: Path) -> None:
    """Facts only: no abstracts in the files, and each quote is in the title it is taken from."""
    from review.model.plain_text import squashed

    titles = {}
    with (clone / "reports" / NAME / "lists" / "included.csv").open(newline="") as f:
        titles = {row["key"]: row["title"] for row in csv.DictReader(f)}
    answers = 0
    for path in (clone / "screening" / NAME / "extraction").glob("*.jsonl"):
        for line in map(json.loads, path.read_text().splitlines()):
            if line["kind"] not in ("answer", "consensus") or not line.get("value"):
                continue
            answers += 1
            assert line["locator"] == "title"
            assert squashed(line["quote"]) in squashed(titles[line["record"]]), line["quote"]
    assert answers > 100
    for path in (clone / "queries" / NAME).rglob("*"):
        if path.is_file() and path.suffix in (".nbib", ".ris"):
            assert "\nAB  -" not in path.read_text()


def test_the_code_knows_nothing_of_the_questions() -> None:
    for path in sorted((PROJECT / "review").rglob("*.py")):
        text = path.read_text().lower()
        for word in ("statutory", "healthy communities", "healthy-communities"):
            assert word not in text or (word == "healthy-communities" and path.name == "init.py"), f"{path}: {word}"


@pytest.mark.slow
def test_the_machine_does_not_show(clone: Path) -> None:
    """Another time zone, language, hash seed and folder: the same bytes."""
    again = clone.parent / "again"
    shutil.copytree(clone, again, ignore=shutil.ignore_patterns(".review", "reports"))
    env = {**os.environ, "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}
    subprocess.run([sys.executable, "-m", "review", "run", f"protocols/{NAME}.yaml"], cwd=again, check=True, capture_output=True, env=env)
    for path in sorted((clone / "reports").rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (again / path.relative_to(clone)).read_bytes()
