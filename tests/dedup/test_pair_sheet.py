"""The unsure pairs as a sheet to fill in, and what comes back of it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support import Small
from tools import at

from review.dedup.sitting import Question
from review.model.record import Link, Record

A = Record(key="a:1", title="=Gardens and sleep", authors=("Roe, A.", "Doe, B."), year=2010, journal="Soil", abstract="Soil " * 9000)
B = Record(key="b:1", title="Gardens and sleep", year=2011, journal="Soil")
PAIR = Question(
    Link(a="a:1", b="b:1", probability=0.6, rule="of one no place is known", evidence="same title", verdict="unsure"), A, B, False
)


def test_two_rows_a_pair_with_why_it_is_asked_and_what_differs_coloured() -> None:
    sheets = at("review.dedup.pair_sheet")
    table, workbook, columns, choices = sheets.table, sheets.workbook, sheets.HEADER, sheets.CHOICES
    header, first, second = table([PAIR])
    assert header == list(columns)
    assert (first[:6], second[:6]) == (["1", "", "", "a:1", "b:1", A.title], ["1", "", "", "b:1", "a:1", B.title])
    assert first[-1] == "60% likely the same; what keeps it from being sure: of one no place is known; same title"
    assert at("review.dedup.explain").likely(PAIR.link.rule, 0.02) == f"2% likely the same; what speaks against it: {PAIR.link.rule}"
    assert workbook([PAIR], ["how"]) == workbook([PAIR], ["how"])
    book = load_workbook(io.BytesIO(workbook([PAIR], ["how"])))
    sheet = book["pairs"]
    assert [c.data_type for c in sheet["F"]] == ["s", "s", "s"]  # a title is never a formula
    colours = {columns[c.column - 1] for c in sheet[2] if c.fill.fgColor.rgb == "00FBE0B8"}
    assert colours == {"year"}
    (check,) = sheet.data_validations.dataValidation
    assert check.formula1 == f'"{",".join(choices)}"'
    assert len(check.formula1) <= 257  # Excel takes no longer list


def test_markup_is_no_difference_and_is_not_shown() -> None:
    sheets = at("review.dedup.pair_sheet")
    marked = Question(PAIR.link, Record(key="a:1", title="Drinking H<sub>2</sub>O"), Record(key="b:1", title="Drinking H2O"), False)
    _, first, _ = sheets.table([marked])
    assert first[5] == "Drinking H2O"
    sheet = load_workbook(io.BytesIO(sheets.workbook([marked], ["how"])))["pairs"]
    assert not [c for c in sheet[2] if c.fill.fgColor.rgb == "00FBE0B8"]


def test_what_was_filled_in_comes_back_each_pair_once_and_what_can_not_be_taken_with_its_line() -> None:
    back = at("review.dedup.pair_sheet").back
    rows = [
        ("Same", "", "a:1", "b:1"), ("", "", "b:1", "a:1"),
        ("", "", "a:2", "b:2"), ("version of", "a preprint", "b:2", "a:2"),
        ("yes", "", "a:3", "b:3"), ("no", "", "b:3", "a:3"),
        ("d", "", "a:4", "b:4"), ("different", "", "b:4", "a:4"),
        ("perhaps", "", "a:5", "b:5"), ("same", "", "a:6", ""), ("same",),
    ]  # fmt: skip
    told, wrong = back(("Say", "Note", "record", "Other record"), list(enumerate(rows, 2)))
    assert [(t.line, t.pair, t.same, t.relation, t.note) for t in told] == [
        (2, ("a:1", "b:1"), True, "", ""), (5, ("a:2", "b:2"), False, "version_of", "a preprint"), (8, ("a:4", "b:4"), False, "", ""),
    ]  # fmt: skip
    assert [line for line, _ in wrong] == [7, 10, 11, 12]
    assert "line 6" in wrong[0][1]
    assert "'perhaps' is none of: same, different" in wrong[1][1]
    with pytest.raises(KeyError, match="other record"):
        back(("say", "record"), [])


def test_a_note_in_either_row_goes_with_the_word_and_one_without_a_word_is_told_of() -> None:
    rows = [
        ("same", "", "a:1", "b:1"), ("", "seen in print", "b:1", "a:1"),
        ("no", "two trials", "a:2", "b:2"), ("no", "two towns", "b:2", "a:2"),
        ("", "ask Dov", "a:3", "b:3"), ("", "", "b:3", "a:3"),
    ]  # fmt: skip
    told, wrong = at("review.dedup.pair_sheet").back(("say", "note", "record", "other record"), list(enumerate(rows, 2)))
    assert [(t.line, t.note) for t in told] == [(2, "seen in print"), (4, "two trials; two towns")]
    assert [line for line, why in wrong if "a note without a word" in why] == [6]


@pytest.mark.parametrize(
    ("typed", "relation"),
    [
        ("Erratum", "erratum_or_retraction_of"),
        ("retraction of", "erratum_or_retraction_of"),
        ("preprint", "version_of"),
        ("Conference abstract", "abstract_of"),
        ("comment", "reply_to"),
        ("co-publication", "co_publication"),
    ],
)
def test_a_relation_is_taken_in_the_words_in_which_people_write_it(typed: str, relation: str) -> None:
    told, wrong = at("review.dedup.pair_sheet").back(("say", "record", "other record"), [(2, (typed, "a:1", "b:1"))])
    assert ([(t.same, t.relation) for t in told], wrong) == ([(False, relation)], [])


@pytest.mark.slow
def test_a_sheet_goes_out_and_comes_back_as_a_persons_words(filled: Small, tmp_path: Path) -> None:
    entry = "TY  - JOUR\nAN  - {0}-9{1}\nTI  - Orchards and sleep in older people number {1}x\n{2}ER  - \n\n"
    for source, place in (("alpha", "PY  - 2012\nJO  - Soil\n"), ("beta", "")):
        (filled.root / "more.ris").write_text("".join(entry.format(source, n, place) for n in range(3)), encoding="utf-8")
        filled("import", "more.ris", "--source", source, "--date", "2025-06-01")
    file = tmp_path / "pairs.xlsx"
    assert "3 pairs" in filled("dedup", "--sheet", str(file), "--as", "AB").stdout
    book = load_workbook(file)
    sheet = book["pairs"]
    sheet["B2"], sheet["B5"], sheet["B6"] = "same", "different", "maybe"
    book.save(file)
    done = filled("dedup", "--take", str(file), "--as", "AB", code=3)
    assert "2 words of AB taken, 0 known already, 1 refused" in done.stdout
    assert f"{file}:6: refused: 'maybe' is none of" in done.stderr
    assert filled.json("dedup", "--take", str(file), "--as", "AB", code=3)["known"] == 2
    assert [(w["by"], w["said"]) for w in filled.json("dedup", "--said")["said"]] == [("AB", "same"), ("AB", "different")]
    again = tmp_path / "again.csv"
    assert "1 pair" in filled("dedup", "--sheet", str(again), "--as", "CD").stdout  # what was said is not asked again
    assert len(again.read_text(encoding="utf-8-sig").splitlines()) == 3
    assert "more.ris: is no sheet of pairs" in filled("dedup", "--take", "more.ris", "--as", "AB", code=1).stderr
    for name in (file.name, "said.csv", "noted.csv", "dunno.csv", "column.csv", "precious.csv"):  # whether its words were taken or not
        kept, table = tmp_path / name, again.read_text(encoding="utf-8")
        if name == "precious.csv":
            kept.write_text("id,amount\n1,20\n", encoding="utf-8")
        elif name != file.name:
            row = {"said.csv": "1,same,,", "noted.csv": "1,,ask Eve,", "dunno.csv": "1,dunno,,", "column.csv": "1,,,"}[name]
            table = table.replace("\n1,,,", f"\n{row}", 1)
            kept.write_text(
                table.replace("why asked", "why asked,mine", 1).rstrip() + ",x\n" if name == "column.csv" else table, encoding="utf-8"
            )
        before = kept.read_bytes()
        told = filled("dedup", "--sheet", str(kept), "--as", "AB", code=2).stderr
        assert ("no such sheet" if name == "precious.csv" else f"review dedup --take {kept} --as AB") in told
        assert kept.read_bytes() == before
    assert "1 pair" in filled("dedup", "--sheet", str(again), "--as", "AB").stdout  # nobody wrote in it
    for words, told in (
        (("--sheet", "pairs.doc", "--as", "AB"), ".xlsx or .csv"),
        (("--take", str(file), "--undo", "--as", "AB"), "two things to do"),
        (("-o", "x.csv"), "outside a review"),
        (("--why", "so"), "--same or --different"),
        (("--relation", "version_of", "a", "b"), "Give --different A B with it."),
        (("undo",), "Did you mean --undo?"),
    ):
        assert told in filled("dedup", *words, code=2).stderr
    (tmp_path / "cd.csv").write_text(
        "".join(
            ",".join((say, *[str(c.value) for c in sheet[n][3:5]])) + "\n" for n, say in ((1, "say"), (2, "version of"), (5, "different"))
        )
    )
    other = filled("dedup", "--take", str(tmp_path / "cd.csv"), "--as", "CD")
    assert "2 words of CD taken" in other.stdout
    (line,) = [x for x in other.stderr.splitlines() if "replaced: " in x]  # who says the same replaces nothing
    assert line.startswith("  replaced: AB: ")
    assert "are the same report. Now: CD: " in line
    assert line.endswith("linked as version of")
