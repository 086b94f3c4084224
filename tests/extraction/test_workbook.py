"""The forms as a workbook: out with drop-downs and help, in again with every error named by its cell."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook
from support import TITLES, Small

from review.errors import FormatError
from review.extraction import workbook, workbook_back
from review.model.protocol_evidence import ExtractionPlan, Form, FormField
from review.model.record import Record, Report
from review.model.related import Relation

PLAN = ExtractionPlan(
    reviewers=("AB", "CD"),
    forms=(
        Form(
            question="Q1",
            fields=(
                FormField(id="country", label="Country", required=True, help="As the report says"),
                FormField(id="n", label="Sample", type="number"),
                FormField(id="design", label="Design", type="choice", choices=("trial", "survey")),
                FormField(id="outcome", label="Outcome", group="outcome"),
                FormField(id="effect", label="Effect", type="effect", group="outcome"),
            ),
        ),
    ),
)
UNITS = [Report(key="a:1", records=(Record(key="a:1", title="=One"),)), Report(key="a:2", records=(Record(key="a:2", title="Two"),))]


def made() -> Any:
    return load_workbook(io.BytesIO(workbook.write(PLAN, UNITS, {}, {"a:1": "=Roe (2011)"})))


def column(sheet: Any, name: str) -> int:
    return next(c.column for c in sheet[2] if c.value == name)


def back(book: Any) -> tuple[list[Any], dict[int, str], list[tuple[str, str]]]:
    data = io.BytesIO()
    book.save(data)
    return workbook_back.read(data.getvalue(), PLAN, "x.xlsx")


def test_who_extracts_in_a_workbook_is_told_of_a_retraction_too() -> None:
    related = {"a:2": (Relation("b:1", "retraction", True, "RETRACTED: Places, 2016 [b:1]"),)}
    data = workbook.write(PLAN, UNITS, {}, {"a:1": "Roe (2011)", "a:2": "Doe (2012)"}, related=related)
    sheet = load_workbook(io.BytesIO(data))["Q1"]
    assert [sheet.cell(n, 2).value for n in (3, 4)] == ["Roe (2011)", "Doe (2012)\nRETRACTED: Places, 2016 [b:1]"]
    rows, _, wrong = workbook_back.read(data, PLAN, "x.xlsx")
    assert (rows, wrong) == ([], [])
    header, *long = workbook.long(PLAN, UNITS, {}, "AB", related)
    assert {row[0]: row[header.index("related reports")] for row in long} == {"a:1": "", "a:2": "RETRACTED: Places, 2016 [b:1]"}
    assert workbook.long(PLAN, UNITS, {}, "AB")[0] == list(workbook.HEADER)


def test_choices_have_drop_downs_and_the_help_is_with_the_column() -> None:
    assert workbook.write(PLAN, UNITS, {}, {}) == workbook.write(PLAN, UNITS, {}, {})
    book = made()
    sheet = book["Q1"]
    (check,) = sheet.data_validations.dataValidation
    assert check.type == "list"
    first = check.formula1.replace("choices!$A$1:$A$", "")
    assert [c.value for c in book["choices"]["A"]][: int(first)] == ["trial", "survey", "NR", "UC", "NA"]
    assert sheet.cell(1, column(sheet, "country")).comment.text == "As the report says"
    assert sheet.row_dimensions[2].hidden
    assert sheet["B3"].data_type == "s"
    assert sheet["A4"].value == "a:2"


def test_what_was_filled_in_comes_back_with_its_cells() -> None:
    book = made()
    sheet = book["Q1"]
    for name, value in {
        "country": "Wales",
        "country.quote": "in Wales",
        "country.where": "p. 3",
        "n": 120.0,
        "design": "nr",
        "outcome": "trust",
        "effect": "RR 0.9",
    }.items():
        sheet.cell(3, column(sheet, name)).value = value
    sheet.cell(5, 1).value, sheet.cell(5, 3).value = "a:1", 2
    sheet.cell(5, column(sheet, "outcome")).value = "power"
    rows, places, wrong = back(book)
    assert wrong == []
    told = {(r.cells["field"], r.cells["instance"]): (r.cells["value"], r.cells["missing"]) for r in rows}
    assert told == {
        ("country", ""): ("Wales", ""), ("n", ""): ("120", ""), ("design", ""): ("", "NR"), ("outcome", "1"): ("trust", ""), ("effect", "1"): ("RR 0.9", ""),
        ("outcome", "2"): ("power", ""),
    }  # fmt: skip
    assert rows[0].cells["quote"] == "in Wales"
    assert places[1] == "Q1!D3"


def test_every_error_is_named_by_its_cell() -> None:
    book = made()
    sheet = book["Q1"]
    sheet.cell(3, column(sheet, "n.quote")).value = "a quote alone"
    sheet.cell(4, 3).value = 2
    sheet.cell(4, column(sheet, "country")).value = "Wales"
    sheet.cell(6, column(sheet, "country")).value = "nobody's"
    book.create_sheet("my notes")
    wrong = dict(back(book)[2])
    assert "no value" in wrong[f"Q1!{sheet.cell(3, column(sheet, 'n')).column_letter}3"]
    assert "not repeatable" in wrong["Q1!D4"]
    assert "no key" in wrong["Q1!A6"]
    assert "no form" in wrong["my notes"]


def test_what_spreadsheets_make_of_cells_is_not_taken_for_an_answer() -> None:
    """A date made of a range, a formula never computed, an error, merged cells; a whole number typed as one with a point is one."""
    book = made()
    sheet = book["Q1"]
    letter = {name: sheet.cell(3, column(sheet, name)).column_letter for name in ("country", "n", "design", "outcome")}
    sheet[f"{letter['country']}3"] = dt.datetime(2026, 2, 1)
    sheet[f"{letter['n']}3"] = "=60*2"
    sheet[f"{letter['outcome']}3"] = "#REF!"
    sheet[f"{letter['outcome']}3"].data_type = "e"
    sheet[f"{letter['design']}3"] = "trial"
    sheet.merge_cells(f"{letter['design']}3:{letter['design']}4")
    rows, _, wrong = back(book)
    told = dict(wrong)
    assert rows == []
    assert "holds a date (2026-02-01)" in told[f"Q1!{letter['country']}3"]
    assert "formula without its result" in told[f"Q1!{letter['n']}3"]
    assert "#REF!" in told[f"Q1!{letter['outcome']}3"]
    assert "merged" in told[f"Q1!{letter['design']}3:{letter['design']}4"]


def test_a_workbook_of_an_older_form_gives_what_still_has_a_place(finished: Small) -> None:
    """A column that moved goes where its field is now; one that is gone is named; a study's row may be gone too."""
    finished("extraction", "export", "--as", "AB", "-o", "old.xlsx")
    before = finished.protocol.read_text()
    text = before.replace(
        "    - question: Q2\n", "    - question: study\n      fields:\n        - {id: place, label: Place}\n    - question: Q2\n", 1
    )
    text = text.replace("        - {id: country, label: Country, required: true}\n", "")
    text = text.replace("  forms:\n", "  moved: {Q1.country: study.place}\n  forms:\n", 1)
    text = text.replace("        - {id: design, label: Design, type: choice, choices: [trial, survey]}\n", "")
    finished.protocol.write_text(text)
    finished("protocol", "amend", "--what", "places asked once", "--why", "they differed", "--stage", "extraction")
    path = finished.root / "old.xlsx"
    book = load_workbook(path)
    sheet = book["Q1"]
    sheet.cell(3, column(sheet, "country")).value = "Scotland"
    sheet.cell(3, column(sheet, "design")).value = "survey"
    sheet.cell(1, column(sheet, "n")).value = "renamed by hand"
    sheet.delete_rows(4)
    book.save(path)
    told = finished("extraction", "import", "old.xlsx", "--as", "AB", code=3)
    assert "appended 1 answers of AB" in told.stdout
    assert "changes an earlier answer 'Wales' to 'Scotland'" in told.stderr
    assert "study.place" in told.stderr
    assert "no field 'design' (any more)" in told.stderr
    line = json.loads((finished.root / "screening/small/extraction/AB.jsonl").read_text().splitlines()[-1])
    assert (line["question"], line["field"], line["value"]) == ("study", "place", "Scotland")


@pytest.mark.parametrize("data", [b"PK nothing", b""])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="can't be read"):
        workbook_back.read(data, PLAN, "x.xlsx")


def test_two_extractors_workbooks_with_errors_in_them(finished: Small) -> None:
    finished("extraction", "export", "--as", "AB", "-o", "AB.xlsx")
    assert "3 known" not in finished("extraction", "import", "AB.xlsx", "--as", "AB").stdout
    assert finished.json("extraction", "import", "AB.xlsx", "--as", "AB")["appended"] == 0  # the same twice changes nothing
    path = finished.root / "AB.xlsx"
    book = load_workbook(path)
    sheet = book["Q1"]
    sheet.cell(3, column(sheet, "design")).value = "opinion"
    sheet.cell(4, column(sheet, "n")).value = "many"
    sheet.cell(4, column(sheet, "design")).value = "survey"
    book.save(path)
    told = finished("extraction", "import", "AB.xlsx", "--as", "AB", code=3)
    assert "appended 1 answers of AB" in told.stdout
    assert "Q1!J3: refused: Q1.design: 'opinion' is not a choice" in told.stderr
    assert "Q1!G4: refused: Q1.n: 'many' is not a number" in told.stderr
    finished("extraction", "export", "--as", "CD", "-o", "CD.csv")
    assert finished.json("extraction", "import", "CD.csv", "--as", "CD")["appended"] == 0


def test_one_persons_answers_do_not_become_anothers(finished: Small) -> None:
    ledger = finished.root / "screening/small/extraction/CD.jsonl"
    before = ledger.read_bytes()
    for file, mend in (("AB.xlsx", "the line 'Extractor: AB' of its sheet 'how to'"), ("AB.csv", "its column 'extractor'")):
        finished("extraction", "export", "--as", "AB", "-o", file)
        told = finished("extraction", "import", file, "--as", "CD", code=2).stderr
        assert f"{file}: holds the answers of AB, not of CD; nothing was taken." in told
        assert mend in told
        assert finished.json("extraction", "import", file, "--as", "AB")["appended"] == 0
    assert ledger.read_bytes() == before
    path = finished.root / "AB.csv"
    mixed = path.read_text(encoding="utf-8-sig").replace(",AB\n", ",Cas D\n", 1)
    path.write_text(mixed)
    assert finished.json("extraction", "import", "AB.csv", "--as", "AB")["others"] == 1


@pytest.mark.parametrize("name", ["AB.xlsx", "AB.csv"])
def test_answers_that_were_not_taken_are_not_written_over_nor_is_a_file_that_is_no_form(finished: Small, name: str) -> None:
    path = finished.root / name

    def export(code: int = 0) -> str:
        before = path.read_bytes()
        told = finished("extraction", "export", "--as", "AB", "-o", name, code=code).stderr
        assert code == 0 or path.read_bytes() == before
        return told

    def write(cells: dict[str, str]) -> None:
        """In the row of the first study: its country and what is beside it, or a column of one's own."""
        if name == "AB.xlsx":
            book = load_workbook(path)
            sheet = book["Q1"]
            for part, text in cells.items():
                place = column(sheet, {"value": "country", "quote": "n.quote"}[part]) if part != "mine" else sheet.max_column + 1
                sheet.cell(3, place).value = text
            book.save(path)
            return
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
        rows[0 if "value" in cells else 2] |= cells
        finished.table(name, rows)

    finished("extraction", "export", "--as", "AB", "-o", name)
    export()  # nobody wrote in it
    blank = path.read_bytes()
    for cells in ({"value": "Kenya"}, {"quote": "of ten"}, {"mine": "ask Eve"}):
        path.write_bytes(blank)
        write(cells)
        assert f"review extraction import {name} --as AB" in export(2)
    path.write_bytes(blank)
    write({"value": "Kenya"})
    finished("extraction", "import", name, "--as", "AB")
    export()  # what was taken stands in it again
    path.write_bytes(blank)
    export()  # what was taken back was said before, and is on record
    path.write_bytes(b"id,amount\n1,20\n")
    assert "holds no forms of this review" in export(2)


def test_a_changed_form_lists_what_must_be_looked_at_again(finished: Small) -> None:
    assert finished.json("extraction", "again") == []
    text = finished.protocol.read_text().replace(
        "{id: country, label: Country, required: true}",
        "{id: country, label: Country, type: choice, choices: [England, Scotland], required: true}",
    )
    finished.protocol.write_text(text)
    finished("run", code=4)  # a change of the locked protocol is an amendment
    finished("protocol", "amend", "--what", "countries are chosen", "--why", "to compare", "--stage", "extraction")
    (line,) = finished.json("extraction", "again")
    assert (line["answer"], line["field"]) == ("Wales", "country")
    assert "not a choice" in line["why"]
    table = finished("table", "Q1", "-f", "json").stdout
    assert "Wales" in table
    assert "to be looked at again" in table
    finished("check", "--strict", code=3)


def test_what_a_table_has_no_column_for_stays_as_it_was(finished: Small) -> None:
    """A note on a field that is no judgement, and the quotes of a column that somebody deleted."""
    rows = [
        {
            "title": TITLES[2],
            "question": "Q1",
            "field": "country",
            "value": "Kenya",
            "quote": "in Kenya",
            "locator": "p. 3",
            "note": "by the map",
        }
    ]
    finished("extraction", "import", finished.table("noted.csv", rows), "--as", "AB")
    ledger = finished.root / "screening/small/extraction/AB.jsonl"
    before = ledger.read_bytes()
    finished("extraction", "export", "--as", "AB", "-o", "AB.xlsx")
    path = finished.root / "AB.xlsx"
    book = load_workbook(path)
    sheet = book["Q1"]
    sheet.delete_cols(column(sheet, "country.quote"))
    sheet.insert_rows(1)  # as a program does that writes a header of its own
    book.save(path)
    assert finished.json("extraction", "import", "AB.xlsx", "--as", "AB")["appended"] == 0
    assert ledger.read_bytes() == before
    finished(
        "extraction",
        "import",
        finished.table("bare.csv", [{k: rows[0][k] for k in ("title", "question", "field")} | {"value": "Peru"}]),
        "--as",
        "AB",
    )
    last = json.loads(ledger.read_text().splitlines()[-1])
    assert (last["value"], last["quote"], last["locator"], last["note"]) == ("Peru", "in Kenya", "p. 3", "by the map")


def test_errors_of_place_and_of_rows_that_contradict_each_other_are_named(finished: Small) -> None:
    rows = [{"title": TITLES[2], "question": "Q1", "field": "country", "value": v} for v in ("Kenya", "Peru", "Kenya")]
    told = finished("extraction", "import", finished.table("twice.csv", rows), "--as", "AB", "--dry-run", code=3)
    assert "line 2 says something else of the same field of the same study" in told.stderr
    finished("extraction", "export", "--as", "AB", "-o", "AB.xlsx")
    path = finished.root / "AB.xlsx"
    book = load_workbook(path)
    sheet = book["Q1"]
    where = column(sheet, "country.where")
    sheet.cell(3, column(sheet, "country")).value, sheet.cell(3, where).value = "Wales", "o"
    sheet.cell(4, column(sheet, "n.quote")).value = "of ten"
    letter, quoted = sheet.cell(3, where).column_letter, sheet.cell(4, column(sheet, "n.quote")).column_letter
    sheet.cell(2, column(sheet, "n")).value = None
    book.save(path)
    told = finished("extraction", "import", "AB.xlsx", "--as", "AB", "--dry-run", code=3)
    assert f"Q1!{letter}3: refused: Country: 'o' is no place" in told.stderr
    assert f"Q1!{quoted}4: refused: Sample: a quote, place or reason, but no value (its column is gone)" in told.stderr


@pytest.mark.parametrize(
    ("content", "says"), [(b"%PDF-1.4\n", "is a PDF, no table"), (b"<!DOCTYPE html><p>Sign in</p>", "is a web page, not an export")]
)
def test_what_is_no_table_is_called_what_it_is(finished: Small, content: bytes, says: str) -> None:
    (finished.root / "forms.csv").write_bytes(content)
    assert f"forms.csv: {says}" in finished("extraction", "import", "forms.csv", "--as", "AB", code=1).stderr
