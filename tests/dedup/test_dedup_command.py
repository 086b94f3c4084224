"""`review dedup FILES` as scripts call it, and as a person may."""

from __future__ import annotations

import csv
import errno
import io
import json
import marshal
import re
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import Mock
from zipfile import ZipFile

import pytest
import typer

from review.cli.app import Loaded
from review.cli.dedup_beside import Aside
from review.cli.dedup_explain import explain_pair
from review.cli.dedup_files import deduplicate, plainly
from review.cli.dedup_lists import Lists
from review.cli.dedup_outside import Beyond
from review.errors import FormatError, IntegrityError, ReviewError, RowsRefusedError, UsageError
from review.formats.registry import detect
from review.formats.ris import ris
from review.model.record import Record


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.csv", "b.ris"):
        Path(name).touch()


def _read_by_the_command(words: list[str]) -> dict[str, Any]:
    command = Loaded()["dedup"]
    given: dict[str, Any] = command.make_context("dedup", list(words)).params
    return {name: value for name, value in given.items() if value}


@pytest.mark.parametrize(
    "words",
    [
        ["a.csv"],
        ["a.csv", "b.ris", "-o", "out.csv"],
        ["--unsure", "u.csv", "a.csv", "--output", "out.csv"],
        ["-o", "out.csv", "a.csv", "--unsure", "u.csv", "b.ris"],
    ],
)
def test_what_is_asked_plainly_is_what_the_command_reads(words: list[str]) -> None:
    asked = plainly(words)
    assert asked
    named = dict(zip(("files", "output", "unsure"), asked, strict=True))
    assert {name: value for name, value in named.items() if value} == _read_by_the_command(words)


def test_what_is_asked_plainly() -> None:
    assert plainly(["a.csv", "-o", "out.csv", "b.ris"]) == ([Path("a.csv"), Path("b.ris")], Path("out.csv"), None)
    assert plainly(["--unsure", "u.csv", "--output", "out.csv", "a.csv"]) == ([Path("a.csv")], Path("out.csv"), Path("u.csv"))


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["-o", "out.csv"],
        ["explain", "A", "B", "a.csv"],
        ["a.csv", "-o"],
        ["a.csv", "-o", "--unsure"],
        ["a.csv", "-o", "x", "--output", "y"],
        ["a.csv", "--output=out.csv"],
        ["a.csv", "--help"],
        ["--review", "name"],
        ["missing.csv"],
        [""],
    ],
)
def test_what_the_command_has_to_read(words: list[str]) -> None:
    assert plainly(words) is None


RIS = """TY  - JOUR
TI  - Community gardens and wellbeing in northern towns
AU  - Harlow, Ines
PY  - 2010
JO  - Soil
VL  - 3
SP  - 1
EP  - 9
ER  -

TY  - JOUR
TI  - {title}
PY  - 2009
AU  - Quince, Peter
JO  - Botany
N1  - kept
ER  -
"""
OTHER = """TY  - JOUR
TI  - Community gardens & wellbeing in northern towns.
AU  - Harlow I
AB  - Gardens were dug.
PY  - 2010
JO  - Soil
VL  - 3
SP  - 1-9
DO  - 10.1000/soil.1
ER  -
"""
UNSURE = ("Allotments and sleep in older men of the northern towns", "Allotments and sleep in older women of the northern towns")


@pytest.fixture
def two() -> list[Path]:
    """Two files: a pair of duplicates, and two records of which the rules are unsure."""
    Path("a.ris").write_text(RIS.format(title=UNSURE[0]))
    Path("b.ris").write_text(OTHER + RIS.format(title=UNSURE[1]).split("\n\n")[1])
    return [Path("a.ris"), Path("b.ris")]


def test_the_references_each_report_once_with_the_best_of_each_field(two: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    deduplicate(two, Path("clean.ris"), Path("unsure.csv"), Beyond(two, lists=Lists(Path("gone.csv"))))
    told = capsys.readouterr()
    assert told.out == ""
    assert "4 records, 3 reports, 1 duplicate" in told.err
    found = [r for r in ris.FORMAT.read(Path("clean.ris").read_bytes(), {}) if isinstance(r, Record)]
    assert [r.title for r in found] == [UNSURE[0], "Community gardens and wellbeing in northern towns", UNSURE[1]]
    assert (found[1].doi, found[1].abstract, found[1].authors) == ("10.1000/soil.1", "Gardens were dug.", ("Harlow, Ines",))
    assert ("note", "kept") in found[0].extra  # a record by itself stays as it was
    deduplicate(two, Path("ids.csv"), None)
    assert "ids.csv: a table, record_id,report_id; --keep FILE.csv writes the references as a table" in capsys.readouterr().err
    gone = list(csv.DictReader(Path("gone.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["removed"], row["kept"], row["removed source"]) for row in gone] == [("b.ris:1", "a.ris:1", "b.ris")]
    assert Path("unsure.csv").read_text().splitlines()[0] == "record_id_a,record_id_b,probability"


@pytest.mark.parametrize("name", ["gone.ris", "gone.bib", "gone.json"])
def test_the_removed_records_as_references_are_whole(two: list[Path], name: str, capsys: pytest.CaptureFixture[str]) -> None:
    two[1].write_text(two[1].read_text().replace("PY  - 2010", "KW  - soil\nXX  - my own\nPY  - 2010", 1))
    deduplicate(two, Path("clean.ris"), None, Beyond(two, lists=Lists(Path(name))))
    assert f"{name}: 1 removed record, as " in capsys.readouterr().err
    (gone,) = detect(Path(name).read_bytes()).read(Path(name).read_bytes(), {})
    assert isinstance(gone, Record)
    assert (gone.title, gone.authors, gone.journal, gone.keywords) == (
        "Community gardens & wellbeing in northern towns.", ("Harlow I",), "Soil", ("soil",)
    )  # fmt: skip
    assert {("XX", "my own"), ("note", "Removed as a duplicate of a.ris:1 (a.ris)")} <= set(gone.extra)


@pytest.mark.parametrize("name", ["pairs.csv", "pairs.xlsx"])
def test_the_unsure_pairs_are_filled_in_and_given_back(two: list[Path], name: str, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = Path(name)
    deduplicate(two, None, None, Beyond(two, sheet=sheet))
    assert "1 pair that may be one report" in capsys.readouterr().err
    with pytest.raises(FormatError, match="is a sheet of pairs, not an export") as error:  # named among the files, as * does
        deduplicate([*two, sheet], Path("clean.ris"), None)
    assert f"--take {sheet}" in error.value.hint
    fill(sheet, 2, "same")
    with pytest.raises(UsageError, match="filled in"):
        deduplicate(two, None, None, Beyond(two, sheet=sheet))
    deduplicate(two, Path("clean.bib"), Path("unsure.csv"), Beyond(two, take=sheet))
    told = capsys.readouterr().err
    assert "4 records, 2 reports, 2 duplicates; 0 pairs are unsure" in told
    assert "give it with the next one too" in told  # a run without it goes by the rules again
    assert Path("clean.bib").read_text().count("@") == 2
    Path("a.ris").write_text(RIS.format(title="Another record altogether"))
    with pytest.raises(RowsRefusedError, match="1 row"):
        deduplicate(two, Path("groups.csv"), None, Beyond(two, take=sheet))
    assert "a.ris:2 says something else now" in capsys.readouterr().err
    rows = list(csv.reader(Path(name).read_text(encoding="utf-8-sig").splitlines())) if name == "pairs.csv" else []
    for row in rows:  # names without what the record says, as somebody may write them: the title tells
        row[3:5] = [cell.partition("#")[0] for cell in row[3:5]]
    if rows:
        with Path("bare.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        with pytest.raises(RowsRefusedError, match="1 row"):
            deduplicate(two, Path("groups.csv"), None, Beyond(two, take=Path("bare.csv")))
        assert "has another title in these files" in capsys.readouterr().err


WEEKS = "".join(
    f"TY  - RPRT\nTI  - Weekly soil report for Hull\nAU  - Soil Agency\nPY  - 2022\nUR  - https://soil.example/{page}\nER  -\n\n"
    for page in ("week-01", "week-01.pdf", "week-44")
)


def together(file: Path) -> set[str]:
    """The addresses of the records that stand in one report with another, by the ids in clean.csv."""
    report = {row["record_id"]: row["report_id"] for row in csv.DictReader(Path("clean.csv").read_text().splitlines())}
    urls = dict(zip(report, re.findall(r"UR  - (.*)", file.read_text()), strict=True))
    return {urls[key] for key, of in report.items() if list(report.values()).count(of) > 1}


@pytest.mark.parametrize("by", ["screen", "pairs.csv", "pairs.xlsx"])
def test_a_word_keeps_to_its_records_where_only_their_addresses_tell_them_apart_and_they_come_in_another_order(
    by: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, sheet = Path("weeks.ris"), Path(by)
    file.write_text(WEEKS)
    if by == "screen":
        decide([file], "s\nd\nq\n", monkeypatch, "clean.csv")
        assert "URL, different:\n  https://soil.example/week-‹" in capsys.readouterr().out
    else:
        deduplicate([file], None, None, Beyond([file], sheet=sheet))
        fill(sheet, 2, "same")
        fill(sheet, 4, "different")
    take = None if by == "screen" else Beyond([file], take=sheet)
    deduplicate([file], Path("clean.csv"), None, take)
    said = together(file)
    assert len(said) == 2
    for order in ((2, 1, 0), (1, 2, 0), (2, 0, 1)):
        entries = WEEKS.strip().split("\n\n")
        file.write_text("\n\n".join(entries[n] for n in order) + "\n")
        deduplicate([file], Path("clean.csv"), None, take and Beyond([file], take=sheet))
        assert together(file) == said


@pytest.mark.parametrize("name", ["pairs.csv", "pairs.xlsx"])
def test_what_somebody_wrote_in_a_sheet_is_not_written_over_nor_is_a_file_that_is_none(two: list[Path], name: str) -> None:
    from openpyxl import Workbook

    sheet = Path(name)
    deduplicate(two, None, None, Beyond(two, sheet=sheet))
    deduplicate(two, None, None, Beyond(two, sheet=sheet))  # nobody wrote in it
    blank = sheet.read_bytes()
    book = Workbook()
    book.active.append(("id", "amount"))  # type: ignore[union-attr]
    book.save("precious.xlsx")
    Path("precious.csv").write_text("id,amount\n1,20\n")
    precious = Path(f"precious{sheet.suffix}").read_bytes()
    for made, why in (
        (lambda: fill(sheet, 2, "dunno"), "filled in"),
        (lambda: fill(sheet, 3, "ask Eve", 3), "filled in"),  # a note alone
        (lambda: sheet.write_bytes(precious), "no such sheet"),
        (lambda: sheet.write_bytes(b"PK\x03\x04 or something else"), "no such sheet"),
        (lambda: sheet.write_bytes(b""), "no such sheet"),
    ):
        sheet.write_bytes(blank)
        made()
        there = sheet.read_bytes()
        with pytest.raises(UsageError, match=why):
            deduplicate(two, None, None, Beyond(two, sheet=sheet))
        assert sheet.read_bytes() == there


def decide(files: list[Path], typed: str, monkeypatch: pytest.MonkeyPatch, output: str = "clean.ris") -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    deduplicate(files, Path(output), None, Beyond(files, look=True, plain=True, who="AB"))


def count(name: str) -> int:
    return len(list(ris.FORMAT.read(Path(name).read_bytes(), {})))


@pytest.mark.slow
def test_the_unsure_pairs_are_decided_here_and_every_later_run_follows(
    two: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(two, "s\n", monkeypatch)
    told = capsys.readouterr()
    assert "Allotments and sleep in older ‹men› of the northern towns" in told.out
    assert "AB: 1 pair decided, 0 left." in told.out
    assert "4 records, 2 reports, 2 duplicates; 0 pairs are unsure" in told.err
    assert count("clean.ris") == 2
    # The same records, at other places of other files.
    Path("c.ris").write_text(RIS.format(title="Another record altogether").split("\n\n")[1] + two[0].read_text())
    later = [two[1], Path("c.ris")]
    deduplicate(later, Path("clean.csv"), None)
    told = capsys.readouterr().err
    assert "5 records, 3 reports" in told
    assert "clean.said.jsonl: 1 word followed\n" in told
    assert plainly(["c.ris", "-o", "clean.csv"]) is None  # words to follow: not so plain
    assert plainly(["c.ris", "-o", "other.csv"])
    # Another record at the place of one that was spoken of.
    Path("a.ris").write_text(RIS.format(title="Another record altogether"))
    deduplicate(two, Path("clean.ris"), None)
    told = capsys.readouterr().err
    assert "0 words followed, 1 on records that are not in these files" in told
    assert "  not followed: AB: a.ris:2 and b.ris:2 are the same report: a.ris:2 says something else now\n" in told  # which, and why
    assert count("clean.ris") == 3
    Path("a.ris").write_text(RIS.partition("\n\n")[0])
    deduplicate(two, Path("clean.ris"), None)
    assert "a.ris:2 and b.ris:2 are the same report: a.ris:2 is not there\n" in capsys.readouterr().err


@pytest.mark.slow
def test_what_was_said_beside_an_output_is_what_explain_tells(
    two: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(two, "s\n", monkeypatch)
    written = Path("clean.ris").read_bytes()
    capsys.readouterr()
    for output, told in (
        (None, "stand in two reports; a person is asked"),
        (Path("clean.csv"), "stand in one report; duplicate, decided by AB"),
    ):
        explain_pair(["a.ris:2", "b.ris:2"], two, output, as_json=False, review="")
        assert told in capsys.readouterr().out
    assert not Path("clean.csv").exists()
    assert Path("clean.ris").read_bytes() == written
    assert sorted(path.name for path in Path().glob("*clean*")) == ["clean.ris", "clean.said.jsonl"]


@pytest.mark.slow
def test_a_word_is_taken_back_in_a_later_sitting_and_merged_pairs_are_taken_apart(
    two: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(two, "s\nm\nd\n", monkeypatch)
    assert count("clean.ris") == 3
    decide(two, "u\nu\nu\n", monkeypatch)
    told = capsys.readouterr()
    assert "There is nothing to undo." in told.out
    assert told.err.endswith("with --sheet PAIRS.xlsx it writes them to be filled in, for --take\n")
    assert count("clean.ris") == 3
    decide(two, "s\n", monkeypatch)
    sheet = Path("pairs.csv")
    sheet.write_text("say,record,other record\ndifferent,a.ris:2,b.ris:2\n")
    capsys.readouterr()
    deduplicate(two, Path("clean.ris"), None, Beyond(two, take=sheet))  # what a sheet says now stands above
    assert count("clean.ris") == 3
    told = capsys.readouterr().err
    assert "clean.said.jsonl: 0 words followed, 1 replaced\n" in told
    assert "  replaced: AB: a.ris:2 and b.ris:2 are the same report. Now: a person: a.ris:2 and b.ris:2 are different reports\n" in told
    sheet.write_text("say,record,other record\nsame,a.ris:2,b.ris:2\n")
    deduplicate(two, Path("clean.ris"), None, Beyond(two, take=sheet))  # the same again
    told = capsys.readouterr().err
    assert "clean.said.jsonl: 1 word followed\n" in told
    assert "replaced" not in told
    before = Path("clean.said.jsonl").read_bytes()
    with pytest.raises(typer.Exit):
        decide(two, "nonsense\n", monkeypatch)
    assert Path("clean.said.jsonl").read_bytes() == before


@pytest.mark.slow
def test_what_was_laid_aside_is_there_until_all_is_in_words(two: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "aside").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "aside"))
    for name in ("parts", "plain_table"):
        monkeypatch.setattr(import_module(f"review.dedup.{name}"), "PART", 2)
    deduplicate(two, Path("clean.ris"), None, Beyond(two, lists=Lists(Path("gone.csv")), sheet=Path("pairs.csv")))
    assert len(Path("gone.csv").read_text(encoding="utf-8").splitlines()) == 2
    assert len(Path("pairs.csv").read_text(encoding="utf-8").splitlines()) == 3
    decide(two, "s\n", monkeypatch)
    assert count("clean.ris") == 2
    assert list((tmp_path / "aside").iterdir()) == []


def test_where_the_pairs_can_not_be_decided_here(two: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for output, beyond, why in (
        (None, Beyond(two, look=True, plain=True), "kept beside the output"),
        (Path("clean.ris"), Beyond(two, look=True, plain=True, take=Path("pairs.csv")), "two ways"),
        (Path("clean.ris"), Beyond([Path("-")], look=True, plain=True), "where you would type"),
        (Path("clean.ris"), Beyond(two, look=True), "needs a terminal"),
    ):
        with pytest.raises(UsageError, match=why):
            deduplicate(beyond.files, output, None, beyond)
    assert not Path("clean.ris").exists()
    decide(two, "s\n", monkeypatch)
    ledger = Path("clean.said.jsonl")
    ledger.write_text(ledger.read_text().replace('"same":true', '"same":false'))
    with pytest.raises(IntegrityError):
        deduplicate(two, Path("clean.ris"), None)


def test_review_before_a_file_is_the_screen(two: list[Path]) -> None:
    given = _read_by_the_command(["--review", "a.ris", "b.ris", "-o", "clean.ris"])
    assert given["look"]
    assert given["files"] == two
    assert _read_by_the_command(["--review", "mine"]) == {"review": "mine"}
    with pytest.raises(UsageError, match="for a script"):
        Loaded()["dedup"].main(["a.ris", "-o", "clean.ris", "--review", "--json"], standalone_mode=False)


def fill(sheet: Path, line: int, word: str, column: int = 2) -> None:
    if sheet.suffix == ".csv":
        rows = list(csv.reader(sheet.read_text(encoding="utf-8-sig").splitlines()))
        rows[line - 1][column - 1] = word
        with sheet.open("w", newline="") as file:
            csv.writer(file).writerows(rows)
        return
    import openpyxl

    book = openpyxl.load_workbook(sheet)
    book["pairs"].cell(line, column).value = word
    book.save(sheet)


def test_what_can_not_be_written_is_said_before_anything_is_read(two: list[Path]) -> None:
    Path("folder").mkdir()
    Path("pairs.csv").write_text("say\n")
    for output, unsure, beyond, why in (
        (None, Path("pairs.XLSX"), None, "table of ids"),
        (None, None, Beyond(two, lists=Lists(Path("gone.doc"))), "names no format"),
        (None, None, Beyond(two, sheet=Path("pairs.ris")), "no sheet"),
        (None, None, Beyond(two, keep=Path("clean.doc")), "names no format"),
        (Path("b.ris"), None, None, "one of the files to read"),
        (None, None, Beyond(two, keep=Path("a.ris")), "one of the files to read"),
        (
            None,
            None,
            Beyond(two, keep=Path("clean.ris"), take=Path("pairs.csv"), lists=Lists(Path("pairs.csv"))),
            "one of the files to read",
        ),
        (Path("out.csv"), Path("out.csv"), None, "named for two things"),
        (Path("out.csv"), None, Beyond(two, lists=Lists(Path("folder/../out.csv"))), "named for two things"),
        (Path("folder"), None, None, "is a folder"),
        (None, None, Beyond(two, lists=Lists(Path("folder"))), "is a folder"),
        (Path("clean.ris"), None, Beyond(two, keep=Path("clean.csv")), "two files for the references"),
    ):
        with pytest.raises(UsageError, match=why):
            deduplicate(two, output, unsure, beyond)
    assert two[1].read_text().startswith(OTHER)


def test_standard_input_is_read_as_often_as_it_is_needed(two: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    deduplicate(two, Path("clean.ris"), None, Beyond(two, lists=Lists(Path("gone.csv")), sheet=Path("pairs.csv")))
    files = [two[0], Path("-")]
    with two[1].open() as given:
        monkeypatch.setattr("sys.stdin", given)
        deduplicate(files, Path("piped.ris"), None, Beyond(files, lists=Lists(Path("gone too.csv")), sheet=Path("pairs too.csv")))
    for name, count in (("clean.ris", 3), ("piped.ris", 3)):
        assert len(list(ris.FORMAT.read(Path(name).read_bytes(), {}))) == count
    for name in ("gone", "pairs"):
        rows, others = (Path(f"{name}{more}.csv").read_text(encoding="utf-8").splitlines() for more in ("", " too"))
        assert len(rows) == len(others) > 1
    with pytest.raises(UsageError, match="named twice"):
        deduplicate([*files, Path("-")], None, None)


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    for folder, title in (("north", "Ferries and their towns"), ("south", "Bakeries and their streets")):
        Path(folder).mkdir()
        Path(folder, "export.ris").write_text(
            f"TY  - JOUR\nTI  - {title}\nPY  - 2004\nAU  - Maker, A.\nDO  - 10.1000/{title[:3]}\nER  -\n" * 2
        )
    files = [Path("north/export.ris"), Path("south/export.ris"), Path("b.ris")]
    files[2].write_text(files[0].read_text())
    deduplicate(files, Path("clean.csv"), None, Beyond(files, lists=Lists(Path("gone.csv"))))
    ids = [row["record_id"] for row in csv.DictReader(io.StringIO(Path("clean.csv").read_text()))]
    assert ids == ["b.ris:1", "b.ris:2", "north/export.ris:1", "north/export.ris:2", "south/export.ris:1", "south/export.ris:2"]
    gone = list(csv.DictReader(io.StringIO(Path("gone.csv").read_text(encoding="utf-8"))))
    assert {row["removed source"] for row in gone} <= {"north/export.ris", "south/export.ris", "b.ris"}
    assert "same source id" not in {row["rule"] for row in gone}  # a number in a file is no id of its source's


def test_what_was_removed_may_be_a_workbook_in_which_nothing_is_a_date_or_a_formula(
    two: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    two[0].write_text(
        "TY  - JOUR\nTI  - =Ferries and their towns\nPY  - 2004\nAU  - Maker, A.\nSP  - 3\nEP  - 5\nDO  - 10.1000/f\nER  -\n" * 2
    )
    deduplicate(two[:1], Path("clean.ris"), None, Beyond(two[:1], lists=Lists(Path("gone.xlsx")), sheet=Path("pairs.xlsx")))
    (row,) = written(Path("gone.xlsx"))
    assert (row["removed title"], row["removed pages"]) == ("=Ferries and their towns", "3-5")
    assert "Next:" not in capsys.readouterr().err  # there is no pair to be filled in


def test_a_file_that_is_named_twice_is_read_once(two: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    deduplicate([*two, Path.cwd() / two[0]], Path("clean.ris"), None)
    said = capsys.readouterr().err
    assert f"  2 from {two[0].name}, 2 from {two[1].name}\n" in said
    assert f"{two[0].name} is named twice" in said
    assert "4 records, 3 reports" in said


def test_a_file_that_was_downloaded_twice_is_told(two: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    again = two[0].with_name("again (1).ris")
    again.write_bytes(two[0].read_bytes())
    deduplicate([*two, again], Path("clean.ris"), None)
    said = capsys.readouterr().err
    assert f"{again} holds the same bytes as {two[0]}" in said
    assert said.count("the same bytes") == 1


def test_an_output_that_is_of_no_format_is_refused_before_anything_is_read(two: list[Path]) -> None:
    with pytest.raises(UsageError, match="names no format") as error:
        deduplicate(two, Path("clean.docx"), None)
    assert ".ris" in error.value.hint
    assert not Path("clean.docx").exists()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_linked_and_what_shares_a_doi_is_told_and_listed(two: list[Path], suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    more = OTHER.replace("TI  - ", "TI  - Erratum: ").replace("2010", "2011").replace("SP  - 1-9", "SP  - 99").replace("soil.1", "soil.9")
    wells = RIS.format(title="Wells").split("\n\n")[1].replace("N1", "DO  - 10.1000/SOIL.1\nN1")
    two[1].write_text(f"{two[1].read_text()}\n{more}\n{wells}")
    deduplicate(two, Path("clean.ris"), None)
    told = capsys.readouterr().err
    assert "1 pair belongs together without being one report (erratum or retraction 1): --related FILE.csv lists them" in told
    assert "1 DOI is shared by several reports: --doi-collisions FILE.csv lists them" in told
    related, shared = Path(f"related{suffix}"), Path(f"shared{suffix}")
    deduplicate(two, Path("clean.ris"), None, Beyond(two, lists=Lists(related=related, collisions=shared)))
    told = capsys.readouterr().err
    assert "--related" not in told
    assert "--doi-collisions" not in told
    rows = written(related)
    assert [(row["relation"], row["report"], row["other report"], row["which is which"]) for row in rows] == [
        ("erratum or retraction of", "a.ris:1", "b.ris:3", "the second is an erratum")
    ]
    assert [(row["shared doi"], row["report"], row["title"]) for row in written(shared)] == [
        ("10.1000/soil.1", "a.ris:1", "Community gardens and wellbeing in northern towns"), ("10.1000/soil.1", "b.ris:4", "Wells")
    ]  # fmt: skip
    with pytest.raises(UsageError, match="a table is written here"):
        deduplicate(two, Path("clean.ris"), None, Beyond(two, lists=Lists(related=Path("related.ris"))))


def written(table: Path) -> list[dict[str, str]]:
    if table.suffix == ".csv":
        return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    from openpyxl import load_workbook

    sheet = load_workbook(table).active
    assert sheet
    names, *rows = sheet.iter_rows(values_only=True)
    return [{str(n): str(cell or "") for n, cell in zip(names, row, strict=True)} for row in rows]


def test_what_a_person_said_two_are_counts_for_what_is_linked(two: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    sheet = Path("pairs.csv")
    deduplicate(two, None, None, Beyond(two, sheet=sheet))
    fill(sheet, 2, "version_of")
    deduplicate(two, Path("clean.ris"), None, Beyond(two, take=sheet, lists=Lists(related=Path("related.csv"))), as_json=True)
    assert json.loads(capsys.readouterr().out)["related"] == {"version_of": 1}
    assert [(row["relation"], row["rule"]) for row in written(Path("related.csv"))] == [("version of", "person")]


def test_nothing_to_deduplicate(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.csv").write_text("record_id,title,year\n")
    deduplicate([Path("a.csv")], Path("out.csv"), None)
    assert Path("out.csv").read_text().split() == ["record_id,report_id"]
    assert "0 records" in capsys.readouterr().err


def test_the_counts_as_json(two: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    deduplicate(two, None, None, as_json=True)
    told = json.loads(capsys.readouterr().out)
    files = [{"file": path.name, "records": 2} for path in two]
    assert told == {"records": 4, "reports": 3, "duplicates": 1, "unsure": 1, "related": {}, "files": files, "rejects": [], "notes": []}


def test_entries_that_are_not_among_the_references_are_told(two: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    two[0].write_text("TY  - JOUR\nER  -\n" + two[0].read_text())
    with pytest.raises(RowsRefusedError, match=r"1 entry rejected: not in clean.ris"):
        deduplicate(two, Path("clean.ris"), None)
    told = capsys.readouterr().err
    assert "a.ris:1: rejected" in told
    assert "Next: 1 pair may still be one report" in told  # that too, whatever was rejected
    assert Path("clean.ris").exists()


def test_records_that_are_laid_aside_come_back_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [
        Record(key="a.ris:1", title="Alläment \ud800", authors=("Žižek, S.", "O"), year=2011, keywords=("x",), extra=(("N1", "a\nb"),)),
        Record(key="a.ris:2"),
    ]
    aside = Aside(iter(records))
    assert ([*aside], len(aside)) == (["a.ris:1", "a.ris:2"], 2)
    assert [aside[r.key] for r in reversed(records)] == records[::-1]
    assert "a.ris:3" not in aside
    monkeypatch.setattr(marshal, "dump", Mock(side_effect=OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(ReviewError, match="laid aside there: No space left"):
        Aside(records)


def test_explain_of_one_record_asks_for_the_other_and_takes_no_file_for_it(two: list[Path]) -> None:
    with pytest.raises(UsageError, match="Two records are explained"):
        explain_pair(["a.ris:2", "a.ris"], two[1:], None, as_json=False, review="")


def test_explain_names_the_record_by_which_two_are_one(two: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    told = 'Gardens and their keepers in northern towns,"Roe, Ada; Poe, Ben",2012,Journal of Soil'
    Path("c.csv").write_text(
        f"ID,Title,Authors,Year,Journal,Volume,Pages\nx,{told},28,112-120\ny,{told},27,112-120\nz,{told},27,\n", encoding="utf-8"
    )
    explain_pair(["x", "z"], [Path("c.csv")], None, as_json=False, review="")
    first, then = capsys.readouterr().out.splitlines()[:2]
    assert first == "x and z stand in one report; through y, surely one with each of the two"
    assert then.startswith("unsure: another volume, no page in common")


def test_words_that_are_a_whole_title_name_the_record_of_that_title(two: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    two[0].write_text(two[0].read_text() + "\nTY  - JOUR\nTI  - Gardens\nPY  - 2001\nAU  - Roe, A\nJO  - Soil\nER  -\n")
    explain_pair(["gardens", "b.ris:2"], two, None, as_json=True, review="")
    assert json.loads(capsys.readouterr().out)["a_key"] == "a.ris:3"
    with pytest.raises(UsageError, match="'garden' is that of 3 records"):
        explain_pair(["garden", "b.ris:2"], two, None, as_json=False, review="")


def test_an_id_that_comes_again_is_told_apart_by_a_number_behind_it(two: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("c.csv", "d.csv"):
        Path(name).write_text(f"ID,Title,Year\n1,Gardens of {name} and their keepers,2012\n", encoding="utf-8")
    deduplicate([Path("c.csv"), Path("d.csv")], None, None)
    assert capsys.readouterr().out.split() == ["record_id,report_id", "1,1", "1#2,1#2"]


@pytest.mark.parametrize(("header", "sign"), [("Record ID", ","), ("ID", "\t"), ("record_id", "|"), ("Key", ";")])
def test_a_record_is_called_what_its_table_calls_it_also_where_some_have_a_pmid(
    two: list[Path], capsys: pytest.CaptureFixture[str], header: str, sign: str
) -> None:
    rows = [(header, "Title", "Year", "PMID"), ("r1", "Gardens and their keepers", "2012", "11111111"), ("r2", "Streets and their sweepers", "2013", "")]  # fmt: skip
    Path("c.csv").write_text("".join(sign.join(row) + "\n" for row in rows), encoding="utf-8")
    deduplicate([Path("c.csv")], None, None)
    assert capsys.readouterr().out.split() == ["record_id,report_id", "r1,r1", "r2,r2"]


def test_a_record_with_a_databases_number_is_called_by_that(two: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.csv").write_text("ID,Title,Year,Accession Number\n1,Gardens and their keepers,2012,WOS:000123\n", encoding="utf-8")
    deduplicate([Path("c.csv")], None, None)
    assert capsys.readouterr().out.split() == ["record_id,report_id", "WOS:000123,WOS:000123"]


def test_references_of_a_table_that_numbers_two_rows_alike(two: list[Path]) -> None:
    Path("c.csv").write_text(
        "record_id,title,year\nk3,Gardens and their keepers,2012\nk3,Streets and their sweepers,2013\n", encoding="utf-8"
    )
    deduplicate([Path("c.csv")], Path("clean.ris"), None)
    assert Path("clean.ris").read_text().count("TY  - ") == 2


def test_of_a_library_that_only_its_program_reads_it_is_said_how_to_get_the_records_out() -> None:
    Path("my.enl").write_bytes(b"\0\0\0\1enl" * 100)
    with pytest.raises(FormatError, match=r"^`my.enl` is binary, not text$") as error:
        deduplicate([Path("my.enl")], Path("out.csv"), None)
    assert "In EndNote: File, Export" in error.value.hint


def test_what_can_not_be_read_in_an_archive_is_named_once() -> None:
    with ZipFile("all.zip", "w") as archive:
        archive.writestr("letter.txt", "Dear all,\n")
    with pytest.raises(FormatError, match=r"^`all.zip/letter.txt` is in no format"):
        deduplicate([Path("all.zip")], Path("out.csv"), None)
