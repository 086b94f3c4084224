"""The sheet of what a person has still to screen: out, filled in elsewhere, and back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from support import PROTOCOL, Small

from review.formats.ballots import read_ballots
from review.model.protocol_yaml import load
from review.model.record import Record, Report
from review.model.related import Relation
from review.screening import sheets

protocol = load(PROTOCOL, "p.yaml")
REASONS = protocol.reasons("title-abstract")


def report(n: int, title: str = "A title") -> Report:
    record = Record(
        key=f"a:{n}", source="a", title=title, abstract="BACKGROUND: words\n\nRESULTS: more", year=2000 + n, journal="J", doi=f"10.1/{n}"
    )
    return Report(key=record.key, records=(record,))


def test_a_workbook_has_what_is_read_what_is_asked_and_lists_to_choose_from() -> None:
    about = sheets.how(protocol, "full-text", "AB", REASONS, reason_required=True)
    made = sheets.workbook(sheets.rows([report(1), report(2, "=1+1")], "AB", 2), about, REASONS)
    assert made == sheets.workbook(sheets.rows([report(1), report(2, "=1+1")], "AB", 2), about, REASONS)
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert [s.title for s in book] == ["screening", "about", "choices"]
    said = "\n".join(str(row[0].value or "") for row in book["about"].iter_rows())
    for wanted in ("Ann B (AB)", "Q1  Does it work?", "1. kind: include data", "needs its reason: No data; Wrong place"):
        assert wanted in said
    lists = [(str(v.sqref), v.formula1) for v in book["screening"].data_validations.dataValidation]
    assert lists == [("F2:F3", "choices!$A$1:$A$3"), ("G2:G3", "choices!$A$4:$A$5")]
    back = read_ballots(made, "s.xlsx")
    assert not back.others  # nobody is told of a sheet that is not read
    first, second = back.rows
    assert (first.cells["key"], first.cells["abstract"], first.cells["reviewer"], first.cells["verdict"]) == (
        "a:1", "BACKGROUND: words\n\nRESULTS: more", "AB", "",
    )  # fmt: skip
    assert second.cells["title"] == "=1+1"
    assert sheets.round_of(first) == 2


def test_a_workbook_of_nothing_and_a_phase_without_reasons() -> None:
    back = read_ballots(sheets.workbook(sheets.rows([], "AB"), [], ()), "s.xlsx")
    assert back.rows == []
    assert sheets.ROUND not in back.header


def fill(file: Path, **cells: str) -> None:
    """Write verdicts (or 'verdict: reason') by key, as somebody would in a spreadsheet."""
    with file.open(encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(f))
    for row in rows:
        if said := cells.get(row["key"].replace("-", "_").partition(":")[2]):
            row["verdict"], _, row["reason"] = said.partition(": ")
    with file.open("w", encoding="utf-8", newline="") as f:
        made = csv.DictWriter(f, list(rows[0]))
        made.writeheader()
        made.writerows(rows)


@pytest.mark.slow
def test_a_sheet_goes_out_and_comes_back_twice_and_into_nobody_elses_ledger(filled: Small) -> None:
    filled("run")
    keys = json.loads(filled("decisions", "sheet", "s.csv", "--as", "AB", "--json").stdout)
    assert keys == {"file": "s.csv", "rows": keys["left"], "left": keys["left"], "phase": "title-abstract", "round": 0}
    assert "Does it work?" in (filled.root / "s-about.txt").read_text()
    with (filled.root / "s.csv").open(encoding="utf-8-sig") as f:
        names = [row["key"].replace("-", "_").partition(":")[2] for row in csv.DictReader(f)]
    fill(filled.root / "s.csv", **{names[0]: "include", names[1]: "exclude: No data", names[2]: "wibble"})
    told = filled("decisions", "import", "s.csv", code=3)
    assert "appended 2 decisions of AB" in told.stdout
    assert "s.csv:4, verdict: refused: 'wibble' is not a verdict" in told.stderr
    again = filled("decisions", "import", "s.csv", code=3)
    assert "appended 0 decisions of AB, tags" not in again.stdout
    assert "appended 0 decisions of AB, 2 known already" in again.stdout
    assert "rows are of other people" in filled("decisions", "import", "s.csv", "--as", "CD").stdout
    written = (filled.root / "s.csv").read_bytes()  # with 'wibble', which nobody took
    told = filled("decisions", "sheet", "s.csv", "--as", "AB", "--limit", "1", code=2).stderr
    assert "s.csv is there, and filled in: it would be lost." in told
    assert "review decisions import s.csv --as AB" in told
    assert (filled.root / "s.csv").read_bytes() == written
    rest = json.loads(filled("decisions", "sheet", "rest.csv", "--as", "AB", "--limit", "1", "--json").stdout)
    assert (rest["rows"], rest["left"]) == (1, keys["left"] - 2)
    assert json.loads(filled("decisions", "sheet", "cd.csv", "--as", "CD", "--json").stdout)["left"] == keys["left"]
    assert "include" not in (filled.root / "cd.csv").read_text(encoding="utf-8")  # AB's verdicts are in nobody else's sheet
    # At full text a vote on what title-abstract excluded is refused; what is not settled there yet may come first.
    fill(filled.root / "cd.csv", **{names[1]: "exclude"})
    filled("decisions", "import", "cd.csv")
    fill(filled.root / "cd.csv", **{names[0]: "include", names[1]: "include"})
    late = filled("decisions", "import", "cd.csv", "--phase", "full-text", code=3)
    assert "appended 1 decision of CD" in late.stdout
    assert "was excluded at title-abstract: " in late.stderr


@pytest.mark.slow
def test_what_somebody_wrote_is_not_written_over_nor_is_a_file_that_is_no_sheet(filled: Small) -> None:
    def again(name: str, code: int) -> str:
        before = (filled.root / name).read_bytes()
        told = filled("decisions", "sheet", name, "--as", "AB", "--limit", "2", code=code).stderr
        assert code == 0 or (filled.root / name).read_bytes() == before
        return told

    for name in ("s.csv", "s.xlsx", "s.ris"):
        filled("decisions", "sheet", name, "--as", "AB")
        again(name, 0)  # nobody wrote in it
    text = (filled.root / "s.csv").read_text(encoding="utf-8")
    (filled.root / "s.csv").write_text(text.replace(",,,,AB,", ",,,ask Eve,AB,", 1), encoding="utf-8")  # tags alone
    book = openpyxl.load_workbook(filled.root / "s.xlsx")
    book["screening"]["H3"] = "ask Eve"
    book.save(filled.root / "s.xlsx")
    screened = (filled.root / "s.ris").read_text().replace("ER  -", 'N1  - RAYYAN-INCLUSION: {"Ann"=>"Included"}\nER  -', 1)
    (filled.root / "s.ris").write_text(screened)
    for name in ("s.csv", "s.xlsx", "s.ris"):
        assert f"{name} is there, and" in again(name, 2)
    (filled.root / "precious.csv").write_text("id,amount\n1,20\n")
    assert "is no such sheet" in again("precious.csv", 2)
    (filled.root / "photo.ris").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    for name in ("alpha.ris", "photo.ris"):
        assert "not as this command writes it" in again(name, 2)


@pytest.mark.slow
def test_in_a_pilot_the_sheet_is_its_rounds_and_its_verdicts_are_kept_apart(small: Small) -> None:
    path = small.root / "protocols/small.yaml"
    path.write_text(path.read_text().replace("votes: 2, adjudicator: EF}", "votes: 2, adjudicator: EF, pilot: {n: 2, target: 0.9}}", 1))
    small("protocol", "lock")
    small.bring_in()
    small("run")
    whole = json.loads(small("decisions", "sheet", "ab.csv", "--as", "AB", "--json").stdout)
    assert (whole["left"], whole["round"]) == (2, 1)
    assert "pilot" in small("decisions", "sheet", "ab.ris", "--as", "AB", code=2).stderr
    with (small.root / "ab.csv").open(encoding="utf-8-sig") as f:
        names = [row["key"].replace("-", "_").partition(":")[2] for row in csv.DictReader(f)]
    small("decisions", "sheet", "cd.csv", "--as", "CD")
    fill(small.root / "ab.csv", **dict.fromkeys(names, "include"))
    fill(small.root / "cd.csv", **dict.fromkeys(names, "exclude"))
    for file in ("ab.csv", "cd.csv"):
        assert "appended 2" in small("decisions", "import", file).stdout
    folder = small.root / "screening/small"
    assert not (folder / "title-abstract").exists()
    assert (folder / "title-abstract-pilot/AB.jsonl").exists()
    assert "not reached" in small("pilot", "status").stdout
    assert "2 known already" in small("decisions", "import", "ab.csv").stdout  # the same file twice
    fill(small.root / "ab.csv", **dict.fromkeys(names, "maybe"))
    assert "round 1 of the pilot is over" in small("decisions", "import", "ab.csv", code=3).stderr
    # A table from elsewhere says nothing of the pilot: its verdicts count in the phase, which is told.
    rows = [line.replace(",pilot 1,", ",,") for line in (small.root / "ab.csv").read_text(encoding="utf-8").splitlines()]
    (small.root / "phase.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert "has not reached its agreement" in small("decisions", "import", "phase.csv").stderr
    assert (folder / "title-abstract/AB.jsonl").exists()


def test_what_bears_on_a_report_has_a_column_of_its_own_where_there_is_any() -> None:
    reports = [Report(key=key, records=(Record(key=key, title="T"),)) for key in ("a:1", "a:2")]
    related = {"a:2": (Relation("b:1", "retraction", True, "RETRACTED: Places, 2016 [b:1]"),)}
    assert [row[-1] for row in sheets.rows(reports, "AB", related=related)] == ["related reports", "", "RETRACTED: Places, 2016 [b:1]"]
    assert next(sheets.rows(reports, "AB"))[-1] == "pmid"


def test_a_sheet_has_no_markup_in_it() -> None:
    record = Record(key="a:1", source="a", title="Growth of <i>E. coli</i>", abstract="<p>AIMS: one</p><p>RESULTS: CO<sub>2</sub></p>")
    _, row = sheets.rows([Report(key="a:1", records=(record,))], "AB")
    assert row[1:3] == ["Growth of E. coli", "AIMS: one\n\nRESULTS: CO2"]
