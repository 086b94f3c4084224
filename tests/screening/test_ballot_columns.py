"""Tables as people and other tools make them: whose verdict stands where, what a cell says, and what to write where neither is plain."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook
from support import TITLES, Small

from review.errors import FormatError, UsageError
from review.formats.ballots import Ballots, read_ballots
from review.formats.tables.rows import Row, read_rows
from review.model.matching import Found, Matcher
from review.model.record import Record, Report
from review.screening.ballot_columns import Shares, share, sheets_of
from review.screening.imports import Ground, Planned, plan
from review.screening.verdicts import are_verdicts, numbers, read

TEAM = {"AB": "Ann Bell", "CD": "Carl Dorn", "EF": "Eve Frost"}
REASONS = ("Wrong population", "Wrong design")


def shared(rows: list[dict[str, str]], given: dict[str, str] | None = None, who: str = "", phase: str = "title-abstract") -> Shares:
    header = list(dict.fromkeys(k for row in rows for k in row))
    return share(header, [Row(n, row) for n, row in enumerate(rows, 2)], "", tuple(TEAM), TEAM, given or {}, who, phase)


def reports() -> list[Report]:
    records = [Record(key=f"alpha:{n}", title=title, doi=f"10.1234/{n}") for n, title in enumerate(TITLES)]
    return [Report(key=r.key, records=(r,)) for r in records]


def made(rows: list[dict[str, str]]) -> Ballots:
    return Ballots(list(dict.fromkeys(k for row in rows for k in row)), [Row(n, row) for n, row in enumerate(rows, 2)])


def planned(rows: list[dict[str, str]], given: dict[str, str] | None = None, **more: Any) -> Planned:
    return plan(made(rows), reports(), given or {}, Ground(phase="title-abstract", protocol="x", reasons=REASONS, **more))


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("Y", "include"), (" INCLUDED. ", "include"), ("N", "exclude"), ("Excl", "exclude"), ("M", "maybe"), ("?", "maybe"), ("Ja", "include"),
     ("TRUE", "include"), ("", "unscreened"), ("n/a", "unscreened"), ("conflict", ""), ("1", ""), ("include on title", "")],
)  # fmt: skip
def test_what_a_cell_says(cell: str, meant: str) -> None:
    assert read(cell, {})[0] == meant


def test_a_cell_may_hold_its_reason() -> None:
    assert read("Exclude: wrong population", {}) == ("exclude", "wrong population")
    assert read("Excluded (no adults)", {}) == ("exclude", "no adults")
    assert read("exclude", {"exclude": "maybe"}) == ("maybe", "")


def test_one_and_nought_are_read_where_nothing_else_is_there() -> None:
    assert numbers(["1", "0.0", "", "maybe"], {}) == {"1": "include", "0": "exclude"}
    for cells in (["1", "2"], ["1", "0", "-1"], ["1"], ["0"], ["1", "0", "2"]):
        assert numbers(cells, {}) == {}
    assert numbers(["1", "0"], {"1": "exclude"}) == {}
    assert are_verdicts(["1", "2", "1"])
    assert not are_verdicts(["2019", "2020"])
    assert are_verdicts(["yes", "no", "maybe", "see me", "?!?"])  # three of five are enough
    assert not are_verdicts(["yes", "no", "see me", "?!?"])
    assert not are_verdicts([""])


@pytest.mark.parametrize(
    "columns", [("AB", "CD", "EF"), ("TA screen AB", "TA screen CD", "TA screen EF"), ("Ann Bell", "Decision (Carl Dorn)", "eve frost")]
)
def test_columns_called_after_the_reviewers_are_theirs(columns: tuple[str, str, str]) -> None:
    found = shared(
        [{"Title": t, columns[0]: "1", columns[1]: "0", columns[2]: ""} for t in TITLES]
        + [{"Title": "x", columns[0]: "0", columns[1]: "1", columns[2]: "1"}]
    )
    assert list(found.rows) == ["AB", "CD", "EF"]
    assert [found.given[p]["verdict"] for p in found.rows] == list(columns)
    assert found.given["AB"]["1"] == "include"
    assert f"column '{columns[0]}' is the verdict of AB" in found.told


def test_each_has_their_own_reasons_and_one_that_is_for_all_is_nobodys() -> None:
    row = {"Title": "x", "AB decision": "no", "AB reason": "Wrong design", "CD decision": "no", "Comments": "both of us"}
    found = shared([row])
    assert (found.given["AB"]["reason"], found.given["CD"]["reason"], found.given["AB"]["note"]) == ("AB reason", "", "")
    assert any("'Comments' is of no reviewer" in t for t in found.told)
    assert shared([row], {"note": "Comments"}).given["CD"]["note"] == "Comments"
    assert shared([row], {"CD.reason": "Comments"}).given["CD"]["reason"] == "Comments"


def test_numbered_reviewers_are_asked_for_and_can_be_told() -> None:
    rows = [{"Title": "x", "Reviewer 1": "Y", "Reviewer 1 reason": "", "Reviewer 2": "N", "Reviewer 2 reason": "Wrong design"}]
    with pytest.raises(UsageError) as refused:
        shared(rows)
    assert "--map ID='Reviewer 1' --map ID='Reviewer 2'" in str(refused.value.hint)
    found = shared(rows, {"AB": "Reviewer 1", "cd": "Reviewer 2"})
    assert [(g["verdict"], g["reason"]) for g in found.given.values()] == [
        ("Reviewer 1", "Reviewer 1 reason"),
        ("Reviewer 2", "Reviewer 2 reason"),
    ]
    with pytest.raises(UsageError, match="whose these decisions are"):
        shared([{**rows[0], "Final decision": "Y"}])
    with pytest.raises(UsageError, match="no column 'Reviewer 9'"):
        shared(rows, {"AB": "Reviewer 9"})


def test_of_two_phases_in_one_table_the_one_asked_for_is_taken() -> None:
    rows = [{"Title": "x", "AB title/abstract": "yes", "AB full text": "no", "CD title/abstract": "yes", "CD full text": "yes"}]
    assert shared(rows).given["AB"]["verdict"] == "AB title/abstract"
    assert shared(rows, phase="full-text").given["AB"]["verdict"] == "AB full text"


@pytest.mark.parametrize("column", ["Reviewer", "Reviewer Name", "user_email", "Screened by"])
def test_a_row_for_each_vote(column: str) -> None:
    found = shared(
        [
            {"Title": "x", column: "ann bell", "Include? (Y/N/M)": "Y"},
            {"Title": "x", column: "CD", "Include? (Y/N/M)": "N"},
            {"Title": "x", column: "Zoe", "Include? (Y/N/M)": "N"},
        ]
    )
    assert {p: [r.line for r in rows] for p, rows in found.rows.items()} == {"AB": [2], "CD": [3]}
    assert found.given["AB"]["verdict"] == "Include? (Y/N/M)"
    assert "--map 'Zoe=ID'" in found.unknown[0].why


def test_a_column_of_abstracts_is_no_reviewers() -> None:
    rows = [{"TI": "x", "AB": "We asked people.", "decision": "yes"}]
    assert shared(rows, who="AB").given["AB"]["verdict"] == "decision"


def test_sheets_are_their_owners() -> None:
    assert sheets_of(("Notes", "Ann Bell", "CD screening"), TEAM, "title-abstract") == {"AB": "Ann Bell", "CD": "CD screening"}
    assert sheets_of(("TA AB", "FT AB"), TEAM, "full-text") == {"AB": "FT AB"}
    with pytest.raises(UsageError):
        sheets_of(("AB", "AB again"), TEAM, "title-abstract")


def test_reasons_in_words_of_ones_own() -> None:
    rows = [
        {"title": TITLES[0], "verdict": "no", "reason": "children only"},
        {"title": TITLES[1], "verdict": "no", "reason": "wrong design; Wrong population."},
    ]
    strict = planned(rows, reason_required=True)
    assert "--map 'children only=REASON'" in strict.refused[0].why
    free = planned(rows)
    assert [(e.reason, e.note) for e in free.events] == [("", "reason given: children only"), ("Wrong population", "also: Wrong design")]  # type: ignore[attr-defined]
    told = planned(rows, {"children only": "wrong population"})
    assert [e.reason for e in told.events] == ["Wrong population", "Wrong population"]  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="CELL=REASON"):
        planned(rows, {"children only": "Wrong age"})


def test_a_cell_that_is_no_decision_can_be_told() -> None:
    rows = [{"title": TITLES[0], "verdict": "conflict"}]
    assert "--map 'conflict=VERDICT'" in planned(rows).refused[0].why
    assert planned(rows, {"conflict": "unscreened"}).blanks == (2,)


def test_a_row_whose_title_is_another_reports_decides_on_neither() -> None:
    """As where one column of a sheet was sorted, or a DOI was filled down."""
    matcher = Matcher(reports())
    assert matcher.find({"doi": "10.1234/1", "title": TITLES[1]}).reports == ("alpha:1",)
    assert matcher.find({"doi": "10.1234/1", "title": "what nobody else is called"}).reports == ("alpha:1",)
    found = matcher.find({"doi": "10.1234/1", "title": TITLES[2]})
    assert (found.reports, found.why) == ((), "its DOI is that of alpha:1, its title that of alpha:2")


def test_who_settles_may_name_what_was_agreed_already() -> None:
    rows = [{"title": TITLES[0], "verdict": "include"}, {"title": TITLES[1], "verdict": "include"}]
    told = planned(rows, adjudicates=True, agreed={"alpha:0": "include", "alpha:1": "exclude"})
    assert (told.known, [r.line for r in told.refused], told.events) == (1, [3], ())


def test_a_workbook_with_a_sheet_for_each(filled: Small) -> None:
    book = Workbook()
    book.remove(book.active)
    for name, cells in (("Read me", ["Y is include"]), ("AB", ["Y", "N"]), ("Cas D", ["N", "what?"])):
        sheet = book.create_sheet(name)
        if name != "Read me":
            sheet.append(["Title", "Include?"])
        for title, cell in zip(TITLES, cells, strict=False):
            sheet.append([title, cell])
    data = io.BytesIO()
    book.save(data)
    (filled.root / "sheets.xlsx").write_bytes(data.getvalue())
    told = filled("decisions", "import", "sheets.xlsx", code=3)
    assert "sheet 'AB': 2 rows; appended 2 decisions of AB" in told.stdout
    assert "sheets.xlsx:'Cas D'!3, B (Include?): refused: 'what?' is not a verdict" in told.stderr
    assert filled.json("decisions", "import", "sheets.xlsx", "--as", "CD", "--map", "what?=unscreened")["by"] == {"CD": 0}


def test_what_is_said_alike_of_many_rows_is_said_once(filled: Small) -> None:
    name = filled.table("many.csv", [{"title": t, "verdict": "2"} for t in TITLES])
    said = filled("decisions", "import", name, "--as", "AB", code=3).stderr
    assert said.count("is not a verdict") == 1
    assert "many.csv:2, verdict: refused: '2' is not a verdict; say what it means: --map '2=VERDICT'" in said
    assert "(so are 3, 4, 5, 6, 7)" in said
    assert "review run" not in said


def test_a_table_below_a_title_and_one_in_markdown() -> None:
    header, rows = read_rows(b"Our form\n\nTitle;Decision\nA, b;yes\n", "x.csv")
    assert (header, [(r.line, r.cells["Decision"]) for r in rows]) == (["Title", "Decision"], [(4, "yes")])
    header, rows = read_rows(b"# Third reviewer\n\n| Title | Decision |\n|:--|:--|\n| A \\| b | Include |\n\nThe end | of it\n", "x.md")
    assert (header, [(r.line, r.cells["Title"]) for r in rows]) == (["Title", "Decision"], [(5, "A | b")])
    assert read_rows(b"key,Notes,Notes,\na,b,c,\n", "x.csv")[1][0].cells == {"key": "a", "Notes": "b", "Notes (2)": "c", "": ""}
    assert read_rows(b"title\nA | b\n", "x.csv")[1][0].cells == {"title": "A | b"}
    with pytest.raises(FormatError, match=r"x\.csv:3: a quotation mark .* never closed"):
        read_rows(b'key,verdict\na,include\nb,"exclude\nc,include\n', "x.csv")
    assert len(read_rows(b'key,note\na,"a ""b"" c"\nb,5" tall\n', "x.csv")[1]) == 2


def test_a_row_that_names_nobody_is_whose_the_file_is_said_to_be() -> None:
    rows = [
        {"title": "x", "reviewer": "Ann Bell", "verdict": "yes"},
        {"title": "y", "reviewer": "", "verdict": "no"},
        {"title": "z", "reviewer": "CD", "verdict": "no"},
    ]
    found = shared(rows)
    assert ({p: [r.line for r in theirs] for p, theirs in found.rows.items()}, found.others) == ({"AB": [2], "CD": [4]}, 0)
    found = shared(rows, who="AB")
    assert ({p: [r.line for r in theirs] for p, theirs in found.rows.items()}, found.others) == ({"AB": [2, 3]}, 1)


def test_where_it_is_not_plain_what_holds_the_verdicts_it_is_asked() -> None:
    with pytest.raises(UsageError, match="'Screening decision' and 'Decision twice' may be the verdicts") as told:
        shared([{"Title": "x", "Screening decision": "yes", "Decision twice": "no"}], who="AB")
    assert told.value.hint == "Say which: --map verdict='Screening decision', or another of them."
    rows = [{"Title": "x", "Ann Bell": "yes", "Carl Dorn": "no"}]
    with pytest.raises(UsageError, match="No column holds the verdicts of EF"):
        shared(rows, {"AB": "Ann Bell", "CD": "Carl Dorn"}, who="EF")


def test_a_verdict_that_changes_says_so_and_the_same_again_is_known() -> None:
    before = {"alpha:0": ("include", "", ""), "alpha:1": ("exclude", "Wrong design", "seen"), "alpha:2": ("exclude", "Wrong design", "")}
    rows = [
        {"title": TITLES[0], "verdict": "no", "reason": "Wrong design"},
        {"title": TITLES[1], "verdict": "no", "reason": "Wrong design"},  # there is no column of notes: the note stays
        {"title": TITLES[2], "verdict": "no", "reason": ""},  # there is one of reasons: now there is none
    ]
    told = planned(rows, votes=before)
    assert [(r.line, r.why) for r in told.noted] == [(2, "changes an earlier include to exclude: alpha:0")]
    assert [(e.record, e.reason) for e in told.events] == [("alpha:0", "Wrong design"), ("alpha:2", "")]  # type: ignore[attr-defined]
    assert told.known == 1


def test_what_a_table_has_no_column_of_is_no_change_and_another_note_is_one() -> None:
    before = {"alpha:0": ("exclude", "Wrong design", "seen")}
    assert planned([{"title": TITLES[0], "verdict": "no"}], votes=before).known == 1
    (event,) = planned([{"title": TITLES[0], "verdict": "no", "reason": "Wrong design", "note": "seen twice"}], votes=before).events
    assert event.note == "seen twice"  # type: ignore[attr-defined]


def test_what_can_not_be_taken_says_why_and_each_row_is_accounted_for() -> None:
    rows = [
        {"title": TITLES[0], "verdict": "yes"},
        {"title": TITLES[0], "verdict": "no"},
        {"title": TITLES[1], "verdict": "yes"},
        {"title": TITLES[2], "verdict": "yes"},
        {"title": "Of no report at all, whatever it is", "verdict": "yes"},
        {"title": TITLES[3], "verdict": "na"},
    ]
    told = planned(rows, closed={"alpha:1": "was excluded at title-abstract"}, disclosed={"alpha:2"})
    assert [e.record for e in told.events] == ["alpha:0"]
    assert {r.line: r.why for r in told.refused} == {
        3: "line 2 is about the same report (alpha:0) and says include, this one exclude",
        4: "was excluded at title-abstract: alpha:1",
        5: "the others' votes on it were seen, so this one can't change; say it in review adjudicate: alpha:2",
        6: "no report has this title: Of no report at all, whatever it is",
    }
    assert (told.blanks, told.known) == ((7,), 0)


def test_a_resolution_settles_the_votes_of_its_conflict_and_of_no_other() -> None:
    rows = [{"title": TITLES[0], "verdict": "yes", "tags": "x"}, {"title": TITLES[1], "verdict": "yes", "tags": ""}]
    told = planned(rows, adjudicates=True, conflicts={"alpha:0"}, settles={"alpha:0": ("1", "2")})
    assert [(type(e).__name__, e.record, e.settles) for e in told.events] == [("Resolution", "alpha:0", ("1", "2"))]  # type: ignore[attr-defined]
    assert [r.why for r in told.refused] == ["is not in conflict, so there is nothing to settle: alpha:1"]


def test_what_others_settled_is_not_settled_otherwise_by_a_sheet() -> None:
    rows = [{"title": TITLES[0], "verdict": "no"}, {"title": TITLES[1], "verdict": "yes"}]
    told = planned(
        rows,
        adjudicates=True,
        conflicts={"alpha:0", "alpha:1"},
        settled={"alpha:0": ("AB, CD", "include"), "alpha:1": ("AB, CD", "include")},
    )
    assert (told.events, told.known) == ((), 1)
    assert [r.why for r in told.refused] == [
        "AB, CD settled this conflict otherwise; open it again first, with a reason (review adjudicate): alpha:0"
    ]


def test_reports_of_one_title_are_decided_together_or_not_at_all() -> None:
    twins = [Report(key=k, records=(Record(key=k, title=TITLES[0]),)) for k in ("alpha:1", "beta:1")]
    ground = Ground(phase="title-abstract", protocol="x", reasons=REASONS)
    both = [Row(2, {"title": TITLES[0], "verdict": "yes"})]
    told = plan(Ballots(["title", "verdict"], both), twins, {}, ground)
    assert [e.record for e in told.events] == ["alpha:1", "beta:1"]
    assert [r.why for r in told.noted] == ["2 reports share this title; the verdict went to each: alpha:1, beta:1"]
    told = plan(Ballots(["title", "verdict"], [*both, Row(3, {"title": TITLES[0], "verdict": "no"})]), twins, {}, ground)
    assert told.events == ()
    assert [r.line for r in told.refused] == [2, 3]


def of_one_title() -> list[Report]:
    """An article, which two sources have, its abstract at a congress, and its registration."""
    common: dict[str, Any] = {"title": TITLES[0], "authors": ("Brook, Ada", "Stone, Ivo"), "year": 2020}
    records = [
        Record(key="alpha:article", journal="Journal of Hearing and Balance", volume="14", pages="123-9", doi="10.1234/art", **common),
        Record(
            key="alpha:congress", journal="Congress of Hearing", volume="12", pages="S44", doi="10.1234/suppl", **common | {"year": 2019}
        ),
        Record(key="alpha:registered", journal="ClinicalTrials.gov", **common | {"authors": ("University of Sandholm",), "year": 2016}),
    ]
    again = Record(key="beta:article", journal="J Hear Balance", volume="14", pages="123-129", **common)
    other = Record(key="alpha:other", journal="Congress of Hearing", doi="10.1234/suppl", **common | {"title": TITLES[1], "year": 2019})
    return [Report(key=r.key, records=(r, again) if r.key == "alpha:article" else (r,)) for r in (*records, other)]


def about(rows: list[dict[str, str]]) -> tuple[list[tuple[str, str]], Planned]:
    """Which verdict went to which report, and all that came of the rows."""
    told = plan(made(rows), of_one_title(), {}, Ground(phase="title-abstract", protocol="x", reasons=REASONS))
    return [(e.record.removeprefix("alpha:"), e.verdict) for e in told.events], told  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("row", "meant"),
    [
        ({"year": "2020"}, "article"),
        ({"journal": "J. Hear. Balance"}, "article"),
        ({"journal": "Journal of hearing & balance"}, "article"),
        ({"pages": "pp. 123-129", "year": "2019"}, "article"),  # online first
        (
            {"pages": "123-129", "volume": "12"},
            "article congress registered",
        ),  # one speaks for either, and nothing for or against the third
        ({"pages": "123-129", "volume": "14", "year": "2019"}, "article"),
        ({"volume": "12.0"}, "congress"),
        ({"start page": "S44"}, "congress"),
        ({"doi": "https://doi.org/10.1234/suppl"}, "congress"),  # which another title has too
        ({"doi": "10.9999/unknown", "year": "2019"}, "congress"),
        ({"journal": "ClinicalTrials.gov", "authors": "University of Sandholm"}, "registered"),
        ({"authors": "University of Sandholm"}, "registered"),
        ({"authors": "A. Brook and I. Stone"}, "article congress"),
        ({"year": "n.d.", "journal": "", "pages": "online"}, "article congress registered"),
    ],
)
def test_reports_of_one_title_are_told_apart_by_the_rest_of_the_row(row: dict[str, str], meant: str) -> None:
    events, told = about([{"title": TITLES[0], "verdict": "yes", **row}])
    assert (" ".join(sorted(key for key, _ in events)), told.refused) == (meant, ())


@pytest.mark.parametrize(
    "text",
    [
        'title,volume,pages,authors,notes\n{title},12,S44,"Brook, Ada and Stone, Ivo","RAYYAN-INCLUSION: {{""Ann""=>""Included""}}"\n',
        'TY  - JOUR\nTI  - {title}\nVL  - 12\nSP  - S44\nAU  - Brook, Ada\nN1  - RAYYAN-INCLUSION: {{"Ann"=>"Included"}}\nER  - \n',
    ],
)
def test_what_other_tools_write_tells_reports_of_one_title_apart(text: str) -> None:
    ballots = read_ballots(text.format(title=TITLES[0]).encode(), "votes")
    told = plan(ballots, of_one_title(), {}, Ground(phase="title-abstract", protocol="x", reasons=REASONS))
    assert [e.record for e in told.events] == ["alpha:congress"]


def test_what_one_row_names_by_itself_another_that_names_nothing_does_not_mean() -> None:
    article = {"title": TITLES[0], "doi": "10.1234/art", "verdict": "yes"}
    congress = {"title": TITLES[0], "journal": "Congress of Hearing", "verdict": "maybe"}
    rest = {"title": TITLES[0], "verdict": "no"}
    events, told = about([rest, article, congress])
    assert sorted(events) == [("article", "include"), ("congress", "maybe"), ("registered", "exclude")]
    assert [(n.line, n.why) for n in told.noted] == [(2, "other rows name the others of this title: alpha:registered")]
    events, told = about([rest, article, {**rest, "verdict": "maybe"}])
    assert events == [("article", "include")]
    assert [r.line for r in told.refused] == [2, 4]
    # A row that says the same again is about the same.
    events, told = about([article, article, {**article, "doi": "", "year": "2020"}])
    assert (events, told.known) == ([("article", "include")], 2)


@pytest.mark.parametrize(
    ("verdict", "reason", "note", "kept", "noted"),
    [
        ("yes", "Wrong design", "see p. 3", ("include", "", "see p. 3"), "an include has no reason, so 'Wrong design' was left"),
        ("maybe", "too young", "", ("maybe", "", ""), "a maybe has no reason, so 'too young' was left"),
        ("yes", "", "see p. 3", ("include", "", "see p. 3"), ""),
        ("no", "wrong design.", "", ("exclude", "Wrong design", ""), ""),
        ("no", "too young", "see p. 3", ("exclude", "", "see p. 3 / reason given: too young"), ""),
        ("no", "Wrong design; Wrong population", "see p. 3", ("exclude", "Wrong population", "see p. 3 / also: Wrong design"),
         "of several reasons the first of the protocol's order was taken, 'Wrong population'"),
        ("no", "", "", ("exclude", "", ""), ""),
    ],
)  # fmt: skip
def test_what_becomes_of_a_reason_and_a_note(verdict: str, reason: str, note: str, kept: tuple[str, str, str], noted: str) -> None:
    told = planned([{"title": TITLES[0], "verdict": verdict, "reason": reason, "note": note}])
    assert [(e.verdict, e.reason, e.note) for e in told.events] == [kept]  # type: ignore[attr-defined]
    assert [r.why for r in told.noted] == ([f"{noted}: alpha:0"] if noted else [])
    assert told.refused == ()


def test_where_reasons_are_required_one_of_the_protocols_is_asked_for() -> None:
    rows = [{"title": TITLES[0], "verdict": "no", "reason": ""}, {"title": TITLES[1], "verdict": "no", "reason": "too young"}]
    told = planned(rows, reason_required=True)
    assert [e.record for e in told.events] == ["alpha:0"]
    assert [r.why for r in told.noted] == ["an exclusion in this phase should have its reason: alpha:0"]
    ((line, why, column),) = [(r.line, r.why, r.column) for r in told.refused]
    assert (line, column) == (3, "reason")
    assert why.endswith("say which it is: --map 'too young=REASON' (Wrong population; Wrong design)")
    assert [e.reason for e in planned(rows[1:], {"too young": "wrong population"}, reason_required=True).events] == ["Wrong population"]  # type: ignore[attr-defined]


def test_why_a_full_text_could_not_be_got_is_kept_as_it_was_said() -> None:
    said = [("no copy", "asked twice"), ("", "asked twice")]
    rows = [{"title": t, "verdict": "not retrieved", "reason": r, "note": n} for t, (r, n) in zip(TITLES, said, strict=False)]
    found = [(type(e).__name__, e.status, e.why) for e in planned(rows, reason_required=True).events]  # type: ignore[attr-defined]
    assert found == [("Retrieval", "not retrieved", "no copy"), ("Retrieval", "not retrieved", "asked twice")]


def test_tags_are_appended_where_they_are_others_and_rows_of_one_report_count_once() -> None:
    rows = [
        {"title": TITLES[0], "verdict": "yes", "tags": "towns, trust,towns"},
        {"title": TITLES[1], "verdict": "yes", "tags": "towns"},
        {"title": TITLES[2], "verdict": "yes", "tags": ""},
        {"title": TITLES[0], "verdict": "yes", "tags": "late"},
    ]
    told = planned(rows, tags={"alpha:1": ("towns",)}, votes={"alpha:1": ("include", "", "")})
    assert [(type(e).__name__, e.record) for e in told.events] == [("Decision", "alpha:0"), ("Tags", "alpha:0"), ("Decision", "alpha:2")]
    assert told.events[1].tags == ("towns", "trust")  # type: ignore[attr-defined]
    assert (told.votes, told.tagged, told.known) == (2, 1, 2)


def test_na_is_no_reason() -> None:
    told = planned(
        [
            {"title": TITLES[0], "verdict": "include", "reason": "NA"},
            {"title": TITLES[1], "verdict": "exclude: Wrong design", "reason": "n/a"},
        ]
    )
    assert (told.noted, [e.reason for e in told.events]) == ((), ["", "Wrong design"])  # type: ignore[attr-defined]


@pytest.mark.slow
def test_one_file_brings_the_votes_and_what_settles_them(filled: Small) -> None:
    votes = [("include", "exclude", "include"), ("exclude", "exclude", "exclude"), ("include", "exclude", "exclude")]
    rows = [{"Title": t, "Final": f, "AB": a, "CD": c} for t, (a, c, f) in zip(TITLES, votes, strict=False)]
    words = ("decisions", "import", filled.table("all.csv", rows), "--map", "AB=AB", "--map", "CD=CD", "--map", "EF=Final")
    assert filled.json(*words)["by"] == {"AB": 3, "CD": 3, "EF": 2}
    assert "1 included, 2 excluded, 4 pending" in filled("run").stdout
    assert filled.json(*words)["appended"] == 0


def test_a_title_that_lost_its_end_and_one_of_another_part() -> None:
    long = "Hearing loss in elderly patients with vertigo in the past ten years"
    part = "Hearing aids and their costs in rural clinics, a long report in parts: part 1"
    matcher = Matcher([Report(key=k, records=(Record(key=k, title=t),)) for k, t in (("a:1", long), ("a:2", part))])
    assert matcher.find({"title": f"{long} references"}) == Found(("a:1",), "title begins alike")
    assert matcher.find({"title": "Hearing loss in elderly patients with vertigo in the past"}) == Found(("a:1",), "title begins alike")
    for other in (f"{long}: study protocol for a randomised trial", "Hearing loss in elderly patients", part.replace("1", "2")):
        assert matcher.find({"title": other}).reports == (), other
