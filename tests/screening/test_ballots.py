"""Votes from and for other tools: each with its owner, named by row and cell where they can't be taken, unchanged on a way there and back."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from support import TITLES, Small

from review.cli.common import amended
from review.errors import FormatError
from review.formats.ballots import read_ballots
from review.formats.registry import by_name
from review.formats.tables.xlsx import write_rows
from review.model.events import Note, Tags, Unblinding
from review.model.record import Record, Report
from review.screening.exports import record_of
from review.workspace import find

RAYYAN = 'TY  - JOUR\r\nTI  - {title}\r\nN1  - RAYYAN-INCLUSION: {{"Ann B"=>"Included", "Cas D"=>"{cas}"}} | USER-NOTES: {{"Ann B"=>["a, b"]}}\r\nER  - \r\n\r\n'


def ledger(small: Small, who: str) -> str:
    path = small.root / f"screening/small/title-abstract/{who}.jsonl"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_rayyans_votes_go_to_each_persons_own_ledger(filled: Small) -> None:
    (filled.root / "r.ris").write_text(
        RAYYAN.format(title=TITLES[0], cas="Excluded") + RAYYAN.format(title=TITLES[1], cas="Maybe"), encoding="utf-8"
    )
    told = filled.json("decisions", "import", "r.ris")
    assert told["by"] == {"AB": 2, "CD": 2}
    assert ledger(filled, "AB").count('"verdict":"include"') == 2
    assert '"note":"a, b"' in ledger(filled, "AB")
    assert ('"verdict":"exclude"' in ledger(filled, "CD"), '"verdict":"maybe"' in ledger(filled, "CD")) == (True, True)
    assert filled.json("decisions", "import", "r.ris")["appended"] == 0


def test_a_name_that_nobody_has_is_refused_by_row_and_cell_and_can_be_told(filled: Small) -> None:
    filled.table(
        "v.csv",
        [{"title": TITLES[0], "reviewer": "Zoe", "verdict": "include"}, {"title": TITLES[1], "reviewer": "cas d", "verdict": "perhaps"}],
    )
    told = filled.json("decisions", "import", "v.csv", code=3)
    assert [(r["line"], r["column"]) for r in told["refused"]] == [(2, "reviewer"), (3, "verdict")]
    assert filled.json("decisions", "import", "v.csv", "--map", "Zoe=AB", "--map", "perhaps=maybe")["by"] == {"AB": 1, "CD": 1}


def test_whoever_takes_only_their_own_is_told_of_names_that_nobody_has(filled: Small) -> None:
    name = filled.table("v.csv", [{"title": TITLES[0], "reviewer": who, "verdict": "include"} for who in ("Zoe", "Zoe", "CD", "AB")])
    told = filled.json("decisions", "import", name, "--as", "AB")
    assert (told["by"], told["others"]) == ({"AB": 1}, 3)
    assert told["understood"] == ["'Zoe' is nobody of the team; if they are AB, say --map 'Zoe=AB'"]


def test_where_one_ledger_is_in_use_nobodys_is_written_to(filled: Small) -> None:
    name = filled.table("both.csv", [{"title": TITLES[0], "reviewer": who, "verdict": "yes"} for who in ("AB", "CD")])
    with find(start=filled.root).ledger("title-abstract", "CD").session():
        assert "in use by another session" in filled("decisions", "import", name, code=1).stderr
    assert ledger(filled, "AB") == ""
    assert filled.json("decisions", "import", name)["by"] == {"AB": 1, "CD": 1}


def test_a_workbook_names_the_cell(filled: Small) -> None:
    (filled.root / "v.xlsx").write_bytes(
        b"".join(write_rows([["title", "verdict"], [TITLES[0], "include"], ["Nothing like it at all", "exclude"]], "votes"))
    )
    told = filled("decisions", "import", "v.xlsx", "--as", "AB", code=3)
    assert "v.xlsx:3, A (title): refused" in told.stderr
    assert "include" in ledger(filled, "AB")


def test_a_column_for_each_person(filled: Small) -> None:
    filled.table(
        "wide.csv", [{"title": TITLES[0], "first": "include", "second": "exclude"}, {"title": TITLES[1], "first": "", "second": "include"}]
    )
    assert filled.json("decisions", "import", "wide.csv", "--map", "AB=first", "--map", "CD=second")["by"] == {"AB": 1, "CD": 2}


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx", "all.ris"])
def test_what_goes_out_comes_in_as_it_was(filled: Small, tmp_path: Path, name: str) -> None:
    filled.decide("AB", {TITLES[0]: "include", TITLES[1]: "exclude", TITLES[2]: "maybe"}, reasons={TITLES[1]: "No data"})
    filled.decide("CD", {TITLES[0]: "include", TITLES[1]: "exclude", TITLES[2]: "exclude"}, reasons={TITLES[1]: "Wrong place"})
    before = ledger(filled, "AB"), ledger(filled, "CD")
    filled("decisions", "export", name)
    again = filled.json("decisions", "import", name)
    assert (again["appended"], again["known"], again["refused"]) == (0, 6, [])
    assert before == (ledger(filled, "AB"), ledger(filled, "CD"))
    data = (filled.root / name).read_bytes()
    filled("decisions", "export", name)
    assert data == (filled.root / name).read_bytes()


@pytest.mark.parametrize("name", ["ris", "nbib", "bibtex", "endnote-xml", "csl-json", "csv", "tsv", "xlsx"])
def test_the_key_of_a_report_goes_out_in_every_format_and_is_known_again(name: str) -> None:
    write = by_name(name).write
    assert write
    told = (
        Record(key="alpha:A-1", source="alpha", title="Wardens of towns", accession="A-1", type="Journal Article", extra=(("ID", "12"),)),
        Record(key="beta:71", source="beta", title="Walks", pmid="71", accession="71", type="article", extra=(("note", "read"),)),
        Record(key="beta:5f", source="beta", title="Wells", type="book", extra=(("citation-key", "Roe2001"), ("label", "mine"))),
    )
    left: Counter[str] = Counter()
    data = b"".join(write([record_of(Report(key=r.key, records=(r,)), "") for r in told], left, notes=False))
    assert [row.cells["key"] for row in read_ballots(data, "back").rows] == [r.key for r in told]
    assert b"review_record" not in data
    assert left.keys() <= {"citation-key", "label", "accession"}, "what is in the file is not left out of it"


@pytest.mark.parametrize("suffix", ["ris", "nbib", "bib", "xml", "json", "csv", "xlsx"])
def test_votes_on_every_report_come_back_by_its_key_alone(filled: Small, suffix: str) -> None:
    out = filled("table", "reports", "-o", f"all.{suffix}")
    assert "left out" not in out.stderr
    only_key = [word for field in ("title", "abstract", "doi", "pmid") for word in ("--map", f"{field}=year")]
    told = filled.json("decisions", "import", f"all.{suffix}", "--as", "AB", "--map", "verdict=include", *only_key)
    assert (told["appended"], told["refused"]) == (int(out.stderr.split()[0]), [])


@pytest.mark.parametrize("name", ["mine.csv", "mine.ris"])
def test_tags_go_out_and_come_back(filled: Small, name: str) -> None:
    filled.decide("AB", {TITLES[0]: "include", TITLES[1]: "exclude"})
    key = filled.json("rank", "--as", "CD", "--by", "key")[0]["report"]
    tags = Tags(record=key, records=(key,), phase="title-abstract", tags=("background", "ask Cas"))
    find(start=filled.root).ledger("title-abstract", "AB").append(tags)
    filled("decisions", "export", name, "--as", "AB")
    again = filled.json("decisions", "import", name, "--as", "AB")
    assert (again["appended"], again["known"], again["tagged"]) == (0, 2, 0)
    (filled.root / "screening/small/title-abstract/AB.jsonl").unlink()
    again = filled.json("decisions", "import", name, "--as", "AB")
    assert (again["appended"], again["tagged"]) == (2, 1)
    assert '"tags":["background","ask Cas"]' in ledger(filled, "AB")


def test_notes_and_tags_go_out_with_votes_that_all_may_know(filled: Small) -> None:
    filled.decide("AB", {TITLES[0]: "include", TITLES[1]: "include"})
    filled.decide("CD", {TITLES[0]: "exclude"})
    keys = {r["title"]: r["report"] for r in filled.json("rank", "--as", "CD", "--by", "key")}
    open_ = keys[TITLES[1]]
    settled = next(f"alpha:A-{n:06}" for n in range(7) if f"alpha:A-{n:06}" not in keys.values())
    mine = find(start=filled.root).ledger("title-abstract", "AB")
    for key, said in ((settled, "all may read this"), (open_, "nobody yet")):
        mine.append(Note(record=key, records=(key,), phase="title-abstract", note=said))
        mine.append(Tags(record=key, records=(key,), phase="title-abstract", tags=(f"tag {said}",)))
    filled("decisions", "export", "all.csv")
    table = (filled.root / "all.csv").read_text(encoding="utf-8-sig")
    assert "all may read this,tag all may read this" in table
    assert "nobody yet" not in table


def test_asreview_takes_and_gives_one_persons_labels(filled: Small) -> None:
    filled.decide("AB", {TITLES[0]: "include", TITLES[1]: "exclude", TITLES[2]: "maybe"})
    filled("decisions", "export", "l.csv", "--for", "asreview", "--as", "AB")
    rows = read_ballots((filled.root / "l.csv").read_bytes(), "l.csv").rows
    assert [r.cells["asreview_label"] for r in rows[:4]] == ["include", "exclude", "", ""]
    assert filled.json("decisions", "import", "l.csv", "--as", "CD")["appended"] == 2
    assert filled("decisions", "import", "l.csv", code=2).stderr  # nobody is named in it


def test_a_cell_that_a_spreadsheet_would_run_is_text(filled: Small) -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(b"".join(write_rows([["note"], ["=1+1"]], "x")))).active
    assert sheet
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert (sheet["A1"].font.b, sheet["A2"].font.b, sheet.auto_filter.ref) == (True, False, "A1:A2")
    wide = load_workbook(io.BytesIO(b"".join(write_rows([["note", "x"], ["a long one " * 20]], "x")))).active
    assert wide
    assert [wide.column_dimensions[name].width for name in "AB"] == [60, 8]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "an old Word or Excel file"),
        (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "the sheet can't be read"),
        (b"%PDF-1.7", "a PDF"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(data: bytes, says: str) -> None:
    with pytest.raises(FormatError, match=says) as error:
        read_ballots(data, "x.xls")
    assert "as .xlsx" in str(error.value.hint)


def test_an_archive_that_is_none_is_called_by_its_name() -> None:
    with pytest.raises(FormatError, match=r"\Avotes\.xlsx: the ZIP archive is damaged"):
        read_ballots(b"PK\x03\x04 and no more", "votes.xlsx")


@pytest.mark.parametrize(("data", "code", "says"), [
    (b"", 1, "bad.csv: has no header"), (b"PK\x03\x04 xl/ broken", 1, "the workbook can't be read"), (b"a\nb\n", 2, "No column holds the verdict"),
])  # fmt: skip
def test_what_is_no_table_is_refused_in_words(filled: Small, data: bytes, code: int, says: str) -> None:
    (filled.root / "bad.csv").write_bytes(data)
    assert says in filled("decisions", "import", "bad.csv", "--as", "AB", code=code).stderr
    assert ledger(filled, "AB") == ""


# -- line by line -----------------------------------------------------------------------------------------------


def typed(small: Small, text: str, code: int = 0, words: tuple[str, ...] = ("screen", "--as", "AB")) -> str:
    return small(*words, "--plain", code=code, typed=text).stdout


def test_a_whole_sitting_line_by_line(filled: Small) -> None:
    said = typed(
        filled, "?\ni\nn a note\nt x, y\ne 2\nm\nu\nf my includes\nf all\ng kitchens\n/ flood\nc\np\nb\ns\nl\nq\nthis is not read\n"
    )
    for words in (
        "Saved: include",
        "Note saved",
        "Saved: exclude (Wrong place)",
        "Undone",
        "Shown: 1 records",
        "Community kitchens",
        "1. kind: include data",
        "2 of 7 decided",
    ):
        assert words in said
    assert [w for w in ledger(filled, "AB").split('"kind":"')[1:] if w][-1].startswith("undo")


def test_a_protocol_changed_meanwhile_is_seen(filled: Small) -> None:
    changed = amended(find(start=filled.root))
    assert not changed()
    os.utime(filled.protocol, ns=(1, 1))
    assert not changed()  # another time, the same text
    filled.protocol.write_text(filled.protocol.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    assert changed()
    filled.protocol.unlink()
    assert not changed()  # the next command says what is wrong


def test_a_script_stops_at_the_first_line_that_was_not_done(filled: Small) -> None:
    said = typed(filled, "i\ne nonsense\ni\n", code=1)
    assert "Stopped at line 2" in said
    assert ledger(filled, "AB").count('"verdict"') == 1
    assert "'yes' is no command" in typed(filled, "yes\n", code=1)


@pytest.mark.slow
def test_conflicts_line_by_line(filled: Small) -> None:
    filled.decide("AB", {TITLES[0]: "include", TITLES[1]: "exclude", TITLES[2]: "include"}, reasons={TITLES[1]: "No data"})
    filled.decide("CD", {TITLES[0]: "exclude", TITLES[1]: "include", TITLES[2]: "include"})
    settle = ("adjudicate", "--as", "EF")
    said = typed(filled, "?\nn it fits\ni\ne 2\nu\nb\np\nc\nl\n", words=settle)
    for words in (
        "Conflict 1 of 2, 2 left",
        "Ann B (AB): exclude, No data",
        "Saved: include",
        "Saved: exclude (Wrong place)",
        "Undone",
        "1 settled, 1 left",
    ):
        assert words in said
    assert '"note":"it fits"' in ledger(filled, "EF")
    assert "You settle this one" in typed(filled, "o\n", code=1, words=settle)
    said = typed(filled, "b\nr the note was wrong\ne\n", words=settle)
    assert "Reopened." in said
    assert [w for w in ledger(filled, "EF").split('"kind":"')[1:] if w][-1].startswith("resolution")
    assert "Stopped at line 1" in typed(filled, "maybe\n", code=1, words=settle)


def test_a_vote_does_not_change_after_the_others_were_seen(filled: Small) -> None:
    keys = {r["title"]: r["report"] for r in filled.json("rank", "--as", "CD", "--by", "key")}
    filled.decide("AB", {TITLES[0]: "include", TITLES[1]: "include"})
    filled.decide("CD", {TITLES[0]: "exclude"})
    find(start=filled.root).ledger("title-abstract", "AB").append(Unblinding(phase="title-abstract", records=(keys[TITLES[0]],)))
    name = filled.table("late.csv", [{"title": TITLES[0], "verdict": "exclude"}, {"title": TITLES[1], "verdict": "exclude"}])
    told = filled.json("decisions", "import", name, "--as", "AB", code=3)
    assert told["appended"] == 1
    assert ["votes on it were seen" in r["why"] for r in told["refused"]] == [True]


VOTED = 'RAYYAN-INCLUSION: {"Ann B"=>"Excluded", "Cas D"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: too small | RAYYAN-LABELS: rct,uk | USER-NOTES: {"Ann B"=>["see \\"x\\" first"]}'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("articles.bib", "@article{{rayyan-1,\n  title={{{title}}},\n  note={{{votes}}}\n}}\n"),
        ("articles.enw", "%0 Journal Article\n%T {title}\n%Z {votes}\n\n"),
        ("articles.ris", "TY  - JOUR\nTI  - {title}\nN1  - {votes}\nER  - \n"),
        ("export.zip", "TY  - JOUR\nTI  - {title}\nN1  - {votes}\nER  - \n"),
    ],
)
def test_rayyans_votes_in_each_of_its_exports(filled: Small, name: str, text: str) -> None:
    data = text.format(title=TITLES[0], votes=VOTED).encode()
    if name.endswith(".zip"):
        with zipfile.ZipFile(filled.root / name, "w") as archive:
            archive.writestr("articles.ris", data)
            archive.writestr("customizations_log.csv", "article_id,user_email,key,value\n1,a@example.org,included,-1\n")
    else:
        (filled.root / name).write_bytes(data)
    told = filled.json("decisions", "import", name)
    assert told["by"] == {"AB": 1, "CD": 1}
    assert [row["why"] for row in told["noted"]] == [
        "reason 'too small' was left: Rayyan does not say whose",
        "labels 'rct, uk' were left: Rayyan does not say whose",
    ]
    assert '"note":"see \\"x\\" first"' in ledger(filled, "AB")


def test_a_row_that_nobody_voted_on_is_told_and_a_vote_of_nobody_refused(filled: Small) -> None:
    rows = [("AB", "include"), ("", ""), ("", "exclude")]
    name = filled.table("v.csv", [{"title": t, "reviewer": w, "verdict": v} for t, (w, v) in zip(TITLES, rows, strict=False)])
    told = filled.json("decisions", "import", name, code=3)
    assert (told["by"], told["blank_lines"]) == ({"AB": 1}, [3])
    (refused,) = told["refused"]
    assert (refused["line"], refused["column"]) == (4, "reviewer")
    assert "nobody is named" in refused["why"]


def test_what_a_row_without_a_verdict_says_is_told(filled: Small) -> None:
    empty = {"verdict": "", "reason": "", "note": "", "tags": ""}
    rows = [
        {"title": TITLES[n], **empty, **said}
        for n, said in enumerate(({"note": "ask Cas"}, {"tags": "soil"}, {"reason": "Wrong place"}, {}))
    ]
    told = filled.json("decisions", "import", filled.table("v.csv", rows), "--as", "AB", code=3)
    assert (told["appended"], told["blank_lines"]) == (0, [2, 3, 5])
    assert [(r["line"], r["column"]) for r in told["refused"]] == [(4, "reason")]
    assert [(r["line"], r["why"]) for r in told["noted"]] == [
        (2, "it has no verdict, so its note was not taken"), (3, "it has no verdict, so its tags were not taken")
    ]  # fmt: skip


def test_a_list_of_what_has_one_verdict(filled: Small) -> None:
    name = filled.table("irrelevant.csv", [{"Title": TITLES[0], "Notes": "seen"}, {"Title": TITLES[1], "Notes": ""}])
    assert "of a list of one verdict, say which: --map verdict=exclude" in filled("decisions", "import", name, "--as", "AB", code=2).stderr
    assert filled.json("decisions", "import", name, "--as", "AB", "--map", "verdict=exclude")["by"] == {"AB": 2}
    assert ledger(filled, "AB").count('"verdict":"exclude"') == 2


@pytest.mark.parametrize("name", ["excluded.csv", "excluded.ris"])
def test_covidences_notes_tell_of_exclusions(filled: Small, name: str) -> None:
    note = "Exclusion reason: Too small; Ann B (2024-01-02 03:04:05)(Select): why; "
    if name.endswith(".csv"):
        rows = [(TITLES[0], "#1", note), (TITLES[1], "#2", "")]
        filled.table(name, [{"Title": t, "Covidence #": n, "Notes": said} for t, n, said in rows])
    else:
        text = f"TY  - JOUR\nT1  - {TITLES[0]}\nN1  - Notes: {note}\nID  - #1\nER  - \n\nTY  - JOUR\nT1  - {TITLES[1]}\nID  - #2\nER  - \n"
        (filled.root / name).write_text(text, encoding="utf-8")
    told = filled.json("decisions", "import", name, "--as", "AB")
    assert (told["by"], told["blank"]) == ({"AB": 1}, 1)
    assert '"verdict":"exclude"' in ledger(filled, "AB")
    assert "Ann B (2024-01-02 03:04:05)(Select): why / reason given: Too small" in ledger(filled, "AB")


def test_a_web_page_is_no_table_of_decisions(filled: Small) -> None:
    (filled.root / "login.csv").write_text("<!DOCTYPE html><html><body><form>Sign in</form></body></html>", encoding="utf-8")
    assert "login.csv: is a web page, not an export" in filled("decisions", "import", "login.csv", "--as", "AB", code=1).stderr


def test_a_verdict_for_a_whole_list_does_not_turn_those_that_it_has(filled: Small) -> None:
    (filled.root / "said.csv").write_text("title,verdict\nOne thing about towns,exclude\nAnother,include\n", encoding="utf-8")
    told = filled("decisions", "import", "said.csv", "--as", "AB", "--map", "verdict=include", code=2).stderr
    assert "It is no list of one verdict: line 2 says exclude." in told
    name = filled.table("blank.csv", [{"Title": TITLES[0], "verdict": ""}])
    assert filled.json("decisions", "import", name, "--as", "AB", "--map", "verdict=include")["by"] == {"AB": 1}


LOG = """created_at,user_id,user_email,article_id,key,value
2024-01-01T10:00:00.000Z,7,ann@example.org,101,included,1
2024-01-01T10:00:01.000Z,7,ann@example.org,101,\"\"\"__EXR__too small\"\"\",1
2024-01-01T10:00:02.000Z,7,ann@example.org,101,included,-1
2024-01-01T10:00:03.000Z,8,cas@example.org,101,\"\"\"__EXR__no data\"\"\",1
2024-01-01T10:00:04.000Z,8,cas@example.org,101,included,-1
2024-01-01T10:00:05.000Z,8,cas@example.org,101,\"\"\"uk, rural\"\"\",1
2024-01-01T10:00:06.000Z,7,ann@example.org,102,\"\"\"__EXR__too small\"\"\",1
2024-01-01T10:00:07.000Z,7,ann@example.org,102,\"\"\"__EXR__too small\"\"\",deleted
2024-01-01T10:00:08.000Z,7,ann@example.org,102,included,1
2024-01-01T10:00:09.000Z,8,cas@example.org,102,included,0
2024-01-01T10:00:10.000Z,8,cas@example.org,103,included,1
2024-01-01T10:00:11.000Z,8,cas@example.org,103,included,deleted
2024-01-01T10:00:12.000Z,8,cas@example.org,103,\"\"\"seen\"\"\",1
2024-01-01T10:00:12.000Z,8,cas@example.org,999,included,1
"""
ARTICLES = [
    ("rayyan-101", TITLES[0], 'RAYYAN-INCLUSION: {"Ann B"=>"Excluded", "Cas D"=>"Excluded"} | RAYYAN-LABELS: uk; rural | RAYYAN-EXCLUSION-REASONS: too small,no data'),
    ("rayyan-102", TITLES[1], 'RAYYAN-INCLUSION: {"Ann B"=>"Included", "Cas D"=>"Maybe"} '),
    ("rayyan-103", TITLES[2], "RAYYAN-LABELS: seen"),
]  # fmt: skip


def test_rayyans_log_beside_its_records_tells_whose_a_reason_and_a_label_is(filled: Small) -> None:
    text = "key,title,notes\n" + "".join('"{}","{}","{}"\n'.format(*(c.replace('"', '""') for c in row)) for row in ARTICLES)
    with zipfile.ZipFile(filled.root / "export.zip", "w") as archive:
        archive.writestr("review-7/articles.csv", text)
        archive.writestr("review-7/customizations_log.csv", LOG)
    told = filled.json("decisions", "import", "export.zip", code=0)
    assert (told["by"], [row["why"] for row in told["noted"]]) == ({"AB": 2, "CD": 2}, ["label 'seen' was left: Rayyan does not say whose"])
    assert ('"note":"reason given: too small"' in ledger(filled, "AB"), "no data" in ledger(filled, "AB").casefold()) == (True, False)
    assert '"reason":"No data"' in ledger(filled, "CD")
    assert '"tags":["uk, rural"]' in ledger(filled, "CD")


@pytest.mark.slow
def test_rayyans_log_by_itself(filled: Small) -> None:
    (filled.root / "customizations_log.csv").write_text(LOG, encoding="utf-8")
    found = read_ballots(LOG.encode(), "log.csv")
    assert [(r.cells["key"], r.cells["reviewer"][:3], r.cells["verdict"], r.cells["reason"]) for r in found.rows] == [
        ("rayyan-101", "ann", "exclude", "too small"),
        ("rayyan-101", "cas", "exclude", "no data"),
        ("rayyan-102", "ann", "include", ""),
        ("rayyan-102", "cas", "maybe", ""),
        ("rayyan-103", "cas", "", ""),
        ("rayyan-999", "cas", "include", ""),
    ]
    names = ("--map", "ann@example.org=AB", "--map", "cas@example.org=CD")
    told = filled.json("decisions", "import", "customizations_log.csv", *names, code=3)
    assert {row["why"] for row in told["refused"]} == {f"no report has this key (rayyan-{n})" for n in (101, 102, 999)}
    # Once its records are in, their numbers are known.
    records = "".join(f"TY  - JOUR\nAN  - {key}\nTI  - {title}\nER  - \n\n" for key, title, _ in ARTICLES)
    (filled.root / "articles.ris").write_text(records, encoding="utf-8")
    filled("import", "--source", "beta", "articles.ris")
    told = filled.json("decisions", "import", "customizations_log.csv", *names, code=3)
    assert (told["by"], told["blank"], [row["line"] for row in told["refused"]]) == ({"AB": 2, "CD": 2}, 1, [15])
    assert [row["why"] for row in told["noted"]] == ["label 'seen' was left: cas@example.org said nothing else of rayyan-103"]


def test_where_two_voted_alike_the_log_does_not_tell_who_is_who() -> None:
    log = LOG.split("\n")[0] + '\n1,7,a@example.org,1,"""__EXR__x""",1\n2,7,a@example.org,1,included,-1\n3,8,b@example.org,1,included,-1\n'
    notes = 'RAYYAN-INCLUSION: {""A""=>""Excluded"", ""B""=>""Excluded""} | RAYYAN-EXCLUSION-REASONS: x'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("articles.csv", f'key,title,notes\nrayyan-1,A title,"{notes}"\n')
        archive.writestr("customizations_log.csv", log)
    found = read_ballots(packed.getvalue(), "export.zip")
    assert ([r.cells["reason"] for r in found.rows], len(found.left)) == (["", ""], 1)


def test_a_member_is_known_by_their_address(filled: Small) -> None:
    path = filled.root / "protocols/small.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('name: "Ann B"', 'name: "Ann B", email: ann@example.org'), encoding="utf-8")
    filled("protocol", "amend", "--what", "an address", "--why", "it was missing", "--stage", "screening")
    name = filled.table("v.csv", [{"title": TITLES[0], "user_email": "Ann@example.org", "verdict": "include"}])
    assert filled.json("decisions", "import", name)["by"] == {"AB": 1}


def test_covidences_tags_are_parted_at_semicolons(filled: Small) -> None:
    note = "Exclusion reason: No data; "
    name = filled.table("t.csv", [{"Title": TITLES[0], "Covidence #": "#1", "Notes": note, "Tags": "Narrative review; Ethics, law"}])
    filled("decisions", "import", name, "--as", "AB")
    assert '"tags":["Narrative review","Ethics, law"]' in ledger(filled, "AB")
    told = filled.json("decisions", "import", filled.table("u.csv", [
        {"Title": TITLES[1], "Covidence #": "#2", "Notes": note, "Tags": ""}, {"Title": TITLES[2], "Covidence #": "#3", "Notes": "", "Tags": "rct"},
    ]), "--as", "AB")  # fmt: skip
    assert [n["why"] for n in told["noted"]] == ["label 'rct' was left: the study has no verdict here"]


def test_a_row_that_says_something_else_than_what_it_was_found_by_is_taken_and_told(filled: Small) -> None:
    rows = [
        {"key": "alpha:A-000000", "title": "A wholly other paper on whales and their songs", "year": "", "verdict": "include"},
        {"key": "", "title": TITLES[1], "year": "1901", "verdict": "exclude"},
        {"key": "alpha:A-000002", "title": "", "year": "", "verdict": "exclude"},
    ]
    told = filled.json("decisions", "import", filled.table("w.csv", rows), "--as", "AB")
    assert told["appended"] == 3
    assert [(n["line"], n["why"].partition(":")[0].partition(", and not")[0]) for n in told["noted"]] == [
        (2, "found by its key, but its title is another"), (3, "found by its title, but its year is 1901")
    ]  # fmt: skip


@pytest.mark.parametrize("second", ["include", "exclude"])
def test_each_vote_keeps_its_note_where_two_reports_become_one(filled: Small, second: str) -> None:
    rows = [{"key": "alpha:A-000000", "verdict": "include", "note": "one"}, {"key": "alpha:A-000002", "verdict": second, "note": "two"}]
    filled("decisions", "import", filled.table("n.csv", rows), "--as", "AB")
    filled("dedup", "--same", "alpha:A-000000", "alpha:A-000002", "--as", "EF")
    filled("decisions", "export", "out.csv", "--as", "AB")
    with (filled.root / "out.csv").open(encoding="utf-8", newline="") as file:
        told = sorted((row["verdict"], row["note"]) for row in csv.DictReader(file))
    assert told == ([("include", "one / two")] if second == "include" else [("exclude", "two"), ("include", "one")])


def test_asreviews_tags(filled: Small) -> None:
    rows = [
        {"title": TITLES[n], "asreview_label": "1", "asreview_tag_place_north": tick, "asreview_tag_place_sea, lake": "1"}
        for n, tick in enumerate("10")
    ]
    filled("decisions", "import", filled.table("t.csv", rows), "--as", "AB")
    assert '"tags":["place_north","place_sea, lake"]' in ledger(filled, "AB")
    assert '"tags":["place_sea, lake"]' in ledger(filled, "AB")


def test_a_note_in_rayyan_of_somebody_without_a_vote_is_told(filled: Small) -> None:
    for file in ("r.ris", "r.csv"):
        note = 'RAYYAN-INCLUSION: {"Ann B"=>"Included"} | USER-NOTES: {"Ann B"=>["mine"], "Cas D"=>["ask me"]}'
        alone = 'RAYYAN-INCLUSION: {"Cas D"=>"Undecided"} | USER-NOTES: {"Cas D"=>["alone"]}'
        if file == "r.ris":
            text = "".join(f"TY  - JOUR\nTI  - {title}\nN1  - {n}\nER  - \n\n" for title, n in zip(TITLES, (note, alone), strict=False))
            (filled.root / file).write_text(text, encoding="utf-8")
        else:
            filled.table(file, [{"title": title, "notes": n} for title, n in zip(TITLES, (note, alone), strict=False)])
        told = filled.json("decisions", "import", file)
        assert [n["why"] for n in told["noted"]] == [
            "note 'ask me' was left: Cas D gave no verdict",
            "note 'alone' was left: Cas D gave no verdict",
        ]


def test_asreviews_own_notes_and_people(filled: Small) -> None:
    row = {
        "title": TITLES[0],
        "notes": "Accession Number: 1",
        "asreview_label": "0",
        "asreview_note": "too old",
        "asreview_user_name": "Ann B",
    }
    name = filled.table("asreview.csv", [row])
    assert filled.json("decisions", "import", name)["by"] == {"AB": 1}
    assert '"note":"too old"' in ledger(filled, "AB")
    old = filled.table("old.csv", [{"title": TITLES[1], "notes": "Accession Number: 1", "included": "1", "asreview_ranking": "7"}])
    filled("decisions", "import", old, "--as", "CD")
    assert ("include" in ledger(filled, "CD"), "Accession" in ledger(filled, "CD")) == (True, False)


def test_a_sheet_of_open_document(filled: Small) -> None:
    cells = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{c}</text:p></table:table-cell>' for c in row)}</table:table-row>"
        for row in (("title", "verdict"), (TITLES[0], "include"), (TITLES[1], "perhaps"))
    )
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    with zipfile.ZipFile(filled.root / "v.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml", f'<office:document-content {names}><table:table table:name="x">{cells}</table:table></office:document-content>'
        )
    told = filled("decisions", "import", "v.ods", "--as", "AB", code=3)
    assert "v.ods:3, B (verdict): refused" in told.stderr
    assert "include" in ledger(filled, "AB")


def test_the_columns_and_words_of_other_tools(filled: Small) -> None:
    head = ["(internal) id", "title", "tags", "consensus", "labeled_at", "Ann", "labeled_at"]
    rows = [["1", TITLES[0], "", "x", "", "1", ""], ["2", TITLES[1], "", "-1", "", "-1", ""], ["3", TITLES[2], "", "o", "", "0", ""]]
    (filled.root / "abstrackr.csv").write_text("\n".join(",".join(f'"{c}"' for c in row) for row in [head, *rows]), encoding="utf-8")
    filled("decisions", "import", "abstrackr.csv", "--map", "AB=Ann")
    assert [v in ledger(filled, "AB") for v in ('"verdict":"include"', '"verdict":"exclude"', '"verdict":"maybe"')] == [True] * 3
    colandr = [{"citation_title": TITLES[0], "citation_screening_status": "included"}]
    assert filled.json("decisions", "import", filled.table("c.csv", colandr), "--as", "CD")["by"] == {"CD": 1}
    distiller = [{"Refid": "1", "User": "Cas D", "Title": TITLES[1], "Q1: Include?": "Can't Tell"}]
    assert filled.json("decisions", "import", filled.table("d.csv", distiller))["by"] == {"CD": 1}
    unnamed = [{"ItemId": "1", "Title": TITLES[1], "First look": "yes", "Second look": "no"}]
    assert "--map ID='First look' --map ID='Second look' (" in filled("decisions", "import", filled.table("u.csv", unnamed), code=2).stderr
