"""`review describe` and `review convert`, as they are used: anywhere, on anything."""

from __future__ import annotations

import csv
import json
import os
import threading
from pathlib import Path

import pytest
from forked import Forked
from support import Small

RIS = (
    "TY  - JOUR\r\nTI  - Ärger mit &amp; ohne\r\nAU  - Marx, Karl\r\nPY  - 2001\r\nDO  - 10.1000/x\r\nXX  - odd\r\nER  - \r\n\r\n"
    "TY  - JOUR\r\nPY  - 2002\r\nER  - \r\n\r\n"
    "TY  - JOUR\r\nTI  - Ã©tude of a long title\r\nPY  - 2003\r\nER  - \r\nTY  - JOUR\r\nTI  - Ã©tude of a long title\r\nPY  - 2003\r\nER  - \n"
)


@pytest.fixture
def here(tmp_path: Path) -> Small:
    """A folder without a review."""
    (tmp_path / "in.txt").write_bytes(b"\xef\xbb\xbf" + RIS.encode())
    return Forked(tmp_path)


def test_describe_tells_what_an_import_would_bring(here: Small) -> None:
    (told,) = here.json("describe", "in.txt")["files"]
    assert (told["file"], told["format"], told["records"], told["entries"]) == ("in.txt", "ris", 3, 4)
    assert told["rejects"] == [{"line": 9, "reason": "no title, abstract or identifier", "raw": "TY  - JOUR\nPY  - 2002\nER  -"}]
    assert (told["missing"]["title"], told["missing"]["abstract"], told["missing"]["doi"]) == (0, 3, 2)
    assert told["years"] == {"2001": 1, "2003": 2}
    assert told["kept"] == {"XX": 1}
    assert told["duplicates"] == 1
    assert (told["mojibake"], told["mojibake_lines"]) == (2, [13, 17])
    assert told["encoding"] == "utf-8 with byte-order mark"
    assert told["line_ends"] == {"CRLF": 19, "LF": 1}
    text = here("describe", "in.txt").stdout
    for word in ("4 entries = 3 records + 1 rejected", "in.txt:9: rejected", "2001 to 2003", "mis-decoded", "CRLF 19, LF 1"):
        assert word in text


def test_describe_tells_which_columns_are_no_field(here: Small) -> None:
    (here.root / "hand.csv").write_text("Title,Year,Remarks,Our\u00a0decision\nA walk,2001,nice,yes\nA run,2002,,no\n", encoding="utf-8")
    assert "in no field, kept as it came: Our decision 2, Remarks 1\n" in here("describe", "hand.csv").stdout
    wide = [f"own {n}" for n in range(20)]
    (here.root / "wide.csv").write_text(f"Title,{','.join(wide)}\nA walk{',x' * len(wide)}\n", encoding="utf-8")
    assert "own 18 1, own 19 1 and 8 more (--json)\n" in here("describe", "wide.csv").stdout
    assert list(here.json("describe", "wide.csv")["files"][0]["kept"]) == sorted(wide)


def test_describe_goes_on_after_a_file_that_cannot_be_read(here: Small) -> None:
    (here.root / "x.ris").write_text("Dear all,\n")
    done = here("describe", "x.ris", "gone.ris", ".", "in.txt", code=2)
    assert "in.txt: RIS" in done.stdout
    assert "`x.ris` is in no format" in done.stderr
    assert "gone.ris: there is no such file" in done.stderr
    assert "is a folder" in done.stderr
    files = here.json("describe", "x.ris", "in.txt", code=1)["files"]
    assert [f["format"] for f in files] == [None, "ris"]
    assert files[0]["error"]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("suffix", ["ris", "nbib", "bib", "xml", "json", "csv", "xlsx"])
def test_convert_there_and_back(here: Small, suffix: str) -> None:
    done = here("convert", "in.txt", "-o", f"out.{suffix}", "--rejects", "rejects.jsonl", code=3)
    assert "3 records" in done.stdout
    assert "in.txt:9: rejected: no title" in done.stderr
    assert "4 entries = 3 records + 1 rejected" in done.stderr
    (reject,) = [json.loads(line) for line in (here.root / "rejects.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (reject["file"], reject["line"]) == ("in.txt", 9)
    here("convert", f"out.{suffix}", "-o", "back.csv")
    here("convert", "in.txt", "-o", "direct.csv", code=3)
    rows = [list(csv.reader((here.root / name).open(encoding="utf-8-sig", newline=""))) for name in ("back.csv", "direct.csv")]
    assert [r[:18] for r in rows[0]] == [r[:18] for r in rows[1]]
    assert dict(zip(rows[0][0], rows[0][1], strict=True))["XX"] == "odd"


def test_convert_tells_a_script(here: Small) -> None:
    told = here.json("convert", "in.txt", "-o", "out.nbib", "--plain", code=3)
    assert (told["output"], told["format"], told["records"]) == ("out.nbib", "nbib", 3)
    assert told["files"] == [{"file": "in.txt", "format": "ris", "records": 3}]
    assert [(r["file"], r["line"]) for r in told["rejects"]] == [("in.txt", 9)]
    assert set(told["left_out"]) == set(here.json("convert", "in.txt", "-o", "out.nbib", code=3)["in_notes"])
    assert "can't hold both" in here("convert", "in.txt", "-o", "-", "--to", "ris", "--json", code=2).stderr


def test_convert_says_what_the_format_cannot_hold(here: Small) -> None:
    assert "not native to bibtex, kept in notes: XX (1)" in here("convert", "in.txt", "-o", "out.bib", code=3).stderr


@pytest.mark.parametrize("suffix", ["ris", "nbib", "bib", "xml", "json", "csv", "xlsx"])
def test_convert_for_the_programs_of_others(here: Small, suffix: str) -> None:
    done = here("convert", "in.txt", "-o", f"out.{suffix}", "--plain", code=3)
    assert "XX (1)" in done.stderr or suffix in ("ris", "nbib", "csv", "xlsx")
    assert "kept in notes" not in done.stderr
    assert b"review_record" not in (here.root / f"out.{suffix}").read_bytes()
    (told,) = here.json("describe", f"out.{suffix}")["files"]
    assert told["records"] == 3


def test_text_that_no_field_holds_has_a_name_in_json_too(here: Small) -> None:
    (here.root / "numbered.ris").write_text("1.\nTY  - JOUR\nTI  - Wardens\nER  - \n\n2.\nTY  - JOUR\nTI  - Walks\nER  - \n")
    assert here.json("convert", "numbered.ris", "-o", "out.csv")["in_notes"] == {"text outside entries": 2}


def test_convert_guards_what_a_spreadsheet_would_run(here: Small) -> None:
    (here.root / "evil.ris").write_text("TY  - JOUR\nTI  - =HYPERLINK(1)\nAU  - +49\nAB  - @x\nJO  - -1\nER  -\n")
    here("convert", "evil.ris", "-o", "out.csv")
    (row,) = csv.DictReader((here.root / "out.csv").open(encoding="utf-8-sig", newline=""))
    assert (row["title"], row["authors"], row["abstract"], row["journal"]) == ("'=HYPERLINK(1)", "'+49", "'@x", "'-1")
    here("convert", "out.csv", "-o", "back.ris")
    assert b"TI  - =HYPERLINK(1)\r\n" in (here.root / "back.ris").read_bytes()


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("in.txt", "-o", "out.foo"), 2, "--to NAME"),
        (("in.txt", "-o", "."), 2, ". is a folder"),
        (("in.txt", "-o", "out.xml", "--to", "pubmed-xml"), 2, "is read, not written"),
        (("in.txt", "-o", "out.ris", "--to", "riss"), 2, "Did you mean `ris`"),
        (("in.txt", "-o", "out.ris", "--to", "Rayyan"), 2, "It takes ris: --to ris"),
        (("in.txt", "-o", "in.txt", "--to", "ris"), 2, "is one of the files to read"),
        (("in.txt", "-o", "out.ris", "--rejects", "in.txt"), 2, "is one of the files to read"),
        (("in.txt", "-o", "out.ris", "--rejects", "./out.ris"), 2, "out.ris is named for two things"),
        (("in.txt", "gone.ris", "-o", "out.ris"), 2, "gone.ris: there is no such file"),
        (("in.txt", "bad.ris", "-o", "out.ris"), 1, "bad.ris"),
        (("in.txt", "-o", "out.ris", "--from", "bibtex"), 1, "in.txt: no BibTeX entry"),
    ],
)
def test_convert_refuses_and_writes_nothing(here: Small, words: tuple[str, ...], code: int, says: str) -> None:
    (here.root / "bad.ris").write_text("Dear all,\n")
    done = here("convert", *words, code=code)
    assert says in done.stderr
    assert not [p for p in here.root.iterdir() if p.name.startswith((".out", "out"))]
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_standard_input_and_output(here: Small) -> None:
    data = (here.root / "in.txt").read_text(encoding="utf-8")
    (told,) = json.loads(here("describe", "-", "--json", input=data).stdout)["files"]
    assert (told["file"], told["format"], told["records"]) == ("standard input", "ris", 3)
    done = here("convert", "-", "-o", "-", "--to", "csl-json", code=3, input=data)
    assert len(json.loads(done.stdout)) == 3  # nothing but the records
    assert "standard output: 3 records" in done.stderr
    assert "standard input:9: rejected" in done.stderr
    assert "the format must be named" in here("convert", "in.txt", "-o", "-", code=2).stderr
    failed = here("convert", "in.txt", "gone.ris", "-o", "-", "--to", "ris", code=2)
    assert failed.stdout == ""  # nothing half-written
    assert "`standard input` is empty" in here("describe", "-", code=1, input="").stderr
    assert sorted(p.name for p in here.root.iterdir()) == ["in.txt"]


@pytest.mark.slow
def test_an_import_takes_standard_input(small: Small) -> None:
    data = "TY  - JOUR\nTI  - One\nER  - \n"
    words = ("import", "-", "--source", "alpha", "--date", "2025-05-01")
    assert "standard input: ris, 1 entry = 1 record + 0 rejected" in small(*words, input=data).stdout
    assert "standard input: imported before" in small(*words, input=data).stdout
    small(*words, input=data.replace("One", "Two"))
    kept = sorted(p.read_text() for p in (small.root / "queries/small/alpha/2025-05-01").iterdir() if p.suffix != ".json")
    assert kept == [data, data.replace("One", "Two")]  # unchanged, one beside the other
    assert "`standard input` is empty" in small(*words, code=1, input="").stderr


def test_a_link_stays_and_a_pipe_is_written_to(here: Small) -> None:
    (here.root / "link.nbib").symlink_to("named.nbib")
    here("convert", "in.txt", "-o", "link.nbib", code=3)
    assert (here.root / "link.nbib").is_symlink()
    assert "PMID" in (here.root / "named.nbib").read_text(encoding="utf-8")
    os.mkfifo(here.root / "pipe.nbib")
    end = os.open(here.root / "pipe.nbib", os.O_RDONLY | os.O_NONBLOCK)
    here("convert", "in.txt", "-o", "pipe.nbib", code=3)
    assert os.read(end, 1 << 16).startswith(b"PMID")
    os.close(end)
    assert (here.root / "pipe.nbib").is_fifo()


def test_a_pipe_is_read(here: Small) -> None:
    os.mkfifo(here.root / "pipe")
    content = (here.root / "in.txt").read_bytes()
    for words in (("describe", "pipe"), ("dedup", "pipe", "-o", "clean.ris")):  # which reads its files more than once
        writer = threading.Thread(target=(here.root / "pipe").write_bytes, args=(content,), daemon=True)
        writer.start()
        shown = here(*words, code=None)
        writer.join(10)
        assert "3 records" in shown.stdout + shown.stderr, shown
    assert "TY  - " in (here.root / "clean.ris").read_text(encoding="utf-8")


def test_a_file_that_was_there_is_said_to_be_replaced(here: Small) -> None:
    (here.root / "out.nbib").write_text("before")
    assert "in place of the file that was there" in here("convert", "in.txt", "-o", "out.nbib", code=3).stdout
    assert here("describe", "out.nbib").stdout.startswith("out.nbib: PubMed")


def test_which_sheets_of_a_workbook_were_read_is_told(here: Small) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for name, rows in {
        "Scopus": (["Title", "Year", "DOI"], ["A title in Scopus", 2001, "10.1/a"], ["A second one", 2002, ""], ["", 2003, ""]),
        "PubMed": (["Title", "Year", "PMID"], ["A title in PubMed", 2001, 7]),
        "Included": (["Title", "Year", "Why"], ["A second one", 2002, "on topic"]),
        "Notes": (["Seen", "by Ann"],),
    }.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(here.root / "two.xlsx")
    notes = [
        "sheets read: 'Scopus' (2 records), 'PubMed' (1 record)",
        "not read: sheet 'Included', whose rows stand in 'Scopus' too: save it as a file of its own, if its works are to be read",
        "not read: sheet 'Notes', in which no row names columns: save it as a file of its own, if its works are to be read",
    ]
    (found,) = here.json("describe", "two.xlsx")["files"]
    assert (found["records"], found["notes"]) == (3, notes)
    assert [(reject["line"], reject["reason"]) for reject in found["rejects"]] == [(4, "no title, abstract or identifier (sheet 'Scopus')")]
    for command in (("convert", "two.xlsx", "-o", "two.ris"), ("dedup", "two.xlsx", "-o", "clean.ris")):
        assert f"note: two.xlsx: {notes[0]}\n" in here(*command, code=3 if command[0] == "convert" else None).stderr
    assert "PubMed" in (here.root / "two.ris").read_text()


@pytest.mark.parametrize("command", [("describe",), ("convert", "-o", "out.nbib"), ("dedup", "-o", "out.ris")])
def test_a_mapping_of_columns_and_a_format_that_a_file_is_not_in_are_told(here: Small, command: tuple[str, ...]) -> None:
    (here.root / "a.ris").write_text(_WHOLE)
    done = here(command[0], "a.ris", *command[1:], "--map", "title=Name")
    assert "--map says what the columns of a table are, and this is none (ris): it was read without it" in done.stdout + done.stderr
    if command[0] != "dedup":
        done = here(command[0], "a.ris", *command[1:], "--format", "nbib")
        assert "a.ris: it looks like ris, and is read as nbib because --format says so" in done.stderr
    (here.root / "b.txt").write_text("Name of it|When\nOn kerbs|2001\nOn kerbs|2001\n")
    done = here(command[0], "b.txt", *command[1:], "--map", "title=Name of it", "--map", "year=When")
    assert "2 records" in done.stdout + done.stderr


def test_a_notice_that_there_is_no_abstract_and_its_line_ends_are_not_told_as_abstracts_lost(here: Small) -> None:
    (here.root / "s.csv").write_text(
        'Title,Abstract,EID\nOne,[No abstract available],2-s2.0-1\nTwo,"Aims\nMethods",2-s2.0-2\n', encoding="utf-8"
    )
    for command in (("convert", "s.csv", "-o", "s.nbib", "--plain"), ("dedup", "s.csv", "-o", "clean.nbib")):
        assert "left out: line ends of the abstract (1)\n" in here(*command).stderr


_WHOLE = "TY  - JOUR\nTI  - Ferries and their towns\nPY  - 2004\nER  - \n\n"
_WOS = "PT J\nAU Maker, A\nTI Ferries and their towns\nPY 2004\nUT WOS:{}\nER\n\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (_WHOLE + "TY  - JOUR\nTI  - Bakeries and th", 6),
        (_WHOLE + "TY  - JOUR\nTI  - Bakeries and their streets\nPY  - 2005\nER  -", 0),
        (_WHOLE.replace("ER  - \n", "") * 2, 0),  # its writer sets no ends
        ("FN Clarivate Analytics Web of Science\nVR 1.0\n" + _WOS.format("A1") + _WOS.format("B2")[:40], 10),
        ("FN Clarivate Analytics Web of Science\nVR 1.0\n" + _WOS.format("A1") + _WOS.format("B2") + "EF\n", 0),
    ],
)
def test_a_file_that_was_cut_in_its_last_entry_is_told(here: Small, text: str, line: int) -> None:
    (here.root / "part.txt").write_text(text)
    (found,) = here.json("describe", "part.txt")["files"]
    assert found["records"] == 2
    cut = [note for note in found["notes"] if "cut off" in note]
    assert [f"at line {line}," in note for note in cut] == [True] * bool(line)
    for command in (("convert", "part.txt", "-o", "out.csv"), ("dedup", "part.txt", "-o", "out.ris")):
        assert ("cut off" in here(*command).stderr) == bool(line)


def test_what_works_cite_is_said_to_be_left_in_the_file(here: Small) -> None:
    entry = "<PubmedArticle><MedlineCitation><PMID>{0}</PMID><Article><ArticleTitle>A{0}</ArticleTitle></Article></MedlineCitation>{1}</PubmedArticle>"
    cites = "<PubmedData><ReferenceList><Reference><Citation>Roe, 2001</Citation></Reference></ReferenceList></PubmedData>"
    (here.root / "cites.xml").write_text(
        f"<PubmedArticleSet>{entry.format(1, cites)}{entry.format(2, '')}</PubmedArticleSet>", encoding="utf-8"
    )
    assert "the references of 1 record were left in the file" in here("describe", "cites.xml").stdout
    assert "the references of 1 record were left in the file" in here("convert", "cites.xml", "-o", "cites.ris").stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_costs_no_other(here: Small) -> None:
    (here.root / "shut.ris").write_text(RIS)
    (here.root / "shut.ris").chmod(0)
    done = here("describe", "shut.ris", "in.txt", code=1)
    assert "shut.ris: can't be read" in done.stderr
    assert "in.txt: RIS" in done.stdout


def test_a_file_that_is_named_twice_is_converted_once(here: Small) -> None:
    done = here("convert", "in.txt", "./in.txt", "-o", "out.csv", code=3)
    assert "named twice" in done.stderr
    assert "out.csv: 3 records" in done.stdout
