"""A small review from files to report, as a user takes it."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from html.parser import HTMLParser
from pathlib import Path

import pytest
from recount import recount
from support import TITLES, Small, ris

PLAN = {
    "kinds": {"alpha": "database", "beta": "database", "web": "website"},
    "reviewers": {"title-abstract": ["AB", "CD"], "full-text": ["AB", "CD"]},
    "votes": {"title-abstract": 2, "full-text": 2},
    "reasons": ["No data", "Wrong place"],
}


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class Links(HTMLParser):
    """The ids of a page and where its links go."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.to: list[str] = []
        self.outside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            assert values["id"] not in self.ids, f"the id {values['id']} twice"
            self.ids.add(str(values["id"]))
        for name in ("href", "xlink:href", "src"):
            if values.get(name):
                (self.to if str(values[name]).startswith("#") else self.outside).append(str(values[name]))


def test_the_whole_way(finished: Small) -> None:
    flow = json.loads((finished.reports / "flow.json").read_text())["flow"]
    assert flow["main"]["identified"] == [["Alpha", 6], ["Beta", 3]]
    assert flow["main"]["duplicates"] == 3
    assert flow["main"]["reasons"] == [["No data", 2]]  # AB said place, CD no data: the first criterion counts
    assert flow["included_reports"] == 2
    assert flow["other"]["not_retrieved"] == 1
    page = (finished.reports / "report.html").read_text()
    assert "INTERIM" not in page
    assert "1 conflict was settled by Eve F." in page
    assert "Wales" in page
    assert "not reported" in page
    assert "settled by consensus" in page


def test_every_number_recounted_from_the_files(finished: Small) -> None:
    flow = json.loads((finished.reports / "flow.json").read_text())["flow"]
    again = recount(finished.root, "small", PLAN)
    assert flow["included_studies"] == again["studies"]
    for arm in ("main", "other"):
        assert {k: flow[arm][k] for k in again[arm] if k != "reasons"} == {k: v for k, v in again[arm].items() if k != "reasons"}
        assert dict(flow[arm]["reasons"]) == again[arm]["reasons"]
    assert sum(n for _, n in flow["main"]["identified"] + flow["other"]["identified"]) == sum(again["identified"].values())


def test_every_list_is_as_long_as_its_number(finished: Small) -> None:
    page = (finished.reports / "report.html").read_text()
    for value, name in re.findall(r'<a class="n" href="#list-([^"]+)">([\d,]+)</a>', page):
        name, value = value, name
        rows = (finished.reports / "lists" / f"{name}.csv").read_text().splitlines()
        assert len(rows) - 1 == int(value.replace(",", "")), name
    links = Links(page)
    assert links.to
    assert {t[1:] for t in links.to} <= links.ids
    assert all(t.startswith(("https://doi.org/", "https://estech.shinyapps.io/prisma_flowdiagram/")) for t in links.outside)


def test_a_second_run_changes_nothing_and_says_so(finished: Small) -> None:
    before = tree(finished.reports)
    stages = finished.json("run")
    assert [s["state"] for s in stages] == ["unchanged"] * 5
    assert tree(finished.reports) == before
    assert [s["state"] for s in finished.json("status")] == ["unchanged"] * 5


def test_each_stage_says_why_it_runs(finished: Small) -> None:
    def why() -> dict[str, str]:
        return {s["stage"]: s["because"] for s in finished.json("run")}

    (finished.reports / "report.md").unlink()
    assert why() == {"search": "", "dedup": "", "screening": "", "extraction": "", "report": "a file of the report is missing"}
    (finished.reports / "report.html").write_text("edited")
    assert why()["report"] == "a file of the report was changed"
    finished.decide("AB", {TITLES[4]: "include"})
    assert why() == {
        "search": "", "dedup": "", "screening": "changed: title-abstract decisions", "extraction": "changed: the results of screening",
        "report": "changed: the results of screening",
    }  # fmt: skip
    (finished.root / "more.ris").write_text("TY  - JOUR\nTI  - A late paper on towns\nER  - \n")
    finished("import", "more.ris", "--source", "beta", "--date", "2025-06-01")
    assert why()["search"] == "changed: beta of 2025-06-01"


@pytest.mark.slow
def test_a_search_that_is_as_it_was_is_not_read_again(filled: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the index is that of a first run: also where a later search, or an earlier one that comes late, gives the same ids."""
    from review import pipeline
    from review.search import stage
    from review.workspace import find

    filled("run")
    (filled.root / "more.ris").write_text(
        ris((TITLES[2], "A late paper on towns"), prefix="A") + "TY  - JOUR\r\nER  - \r\n", encoding="utf-8"
    )
    read: list[str] = []
    reading = stage.read_file
    monkeypatch.setattr(stage, "read_file", lambda data, search, file: read.append(search.date) or reading(data, search, file))
    for date in ("2025-06-01", "2025-04-01"):
        with (filled.root / "more.ris").open("a", encoding="utf-8") as file:  # the very same file is taken once
            file.write(f"TY  - JOUR\r\nTI  - A paper of {date}\r\nER  - \r\n")
        filled("import", "more.ris", "--source", "alpha", "--date", date)
        read.clear()
        pipeline.run(find("", None, filled.root))
        assert read == [date]
    database = filled.root / ".review" / "small.db"
    before, files = dump(database), tree(filled.reports)
    assert sum("alpha:A-000001#" in line for line in before) > 1
    database.unlink()
    read.clear()
    pipeline.run(find("", None, filled.root))
    assert len(read) == 5
    assert dump(database) == before
    assert tree(filled.reports) == files


@pytest.mark.slow
def test_a_file_that_is_taken_back_or_replaced_leaves_no_trace(filled: Small) -> None:
    """The index and the report are those of a first run on what there is, with keys that others had meanwhile."""
    folder = filled.root / "queries" / "small" / "alpha" / "2025-05-01"
    first = (folder / "manifest.json").read_text(encoding="utf-8")
    database = filled.root / ".review" / "small.db"
    filled("run")
    (filled.root / "late.ris").write_text(ris((TITLES[2], TITLES[0]), prefix="A"), encoding="utf-8")
    filled("import", "late.ris", "--source", "alpha", "--date", "2025-06-01")

    def with_more(title: str) -> list[str]:
        """Another file in the first search, whose records stand before those of the later one."""
        (filled.root / "more.ris").write_text(ris((TITLES[2], title), prefix="A"), encoding="utf-8")
        filled("import", "more.ris", "--source", "alpha", "--date", "2025-05-01")
        filled("run")
        return dump(database)

    one = with_more("A late paper on towns")
    assert any("alpha:A-000000#3" in line for line in one)
    for name in {p.name for p in folder.iterdir()} - {"manifest.json"} - {f["name"] for f in json.loads(first)["files"]}:
        (folder / name).unlink()
    (folder / "manifest.json").write_text(first, encoding="utf-8")
    filled("run")
    back, files = dump(database), tree(filled.reports)
    other = with_more("A later paper on towns")
    kept = tree(filled.reports)
    for path in (filled.root / ".review").iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    filled("run")
    assert dump(database) == other
    assert tree(filled.reports) == kept
    assert one != other
    assert not any("alpha:A-000000#3" in line for line in back)
    assert files != kept


def dump(database: Path) -> list[str]:
    with sqlite3.connect(database) as connection:
        return sorted(line for line in connection.iterdump() if line.startswith("INSERT"))


def test_interim_says_what_is_missing(filled: Small) -> None:
    filled("run")
    page = (filled.reports / "report.html").read_text()
    assert "INTERIM" in page
    assert "review screen --as AB --phase title-abstract" in page
    filled.decide("AB", {TITLES[0]: "include"})
    filled.decide("CD", {TITLES[0]: "exclude"})
    told = filled("run")
    assert "waits for AB: 1 title-abstract conflict to discuss" in told.stdout
    assert "Next:   review screen --as AB" in told.stderr
    assert " -r small" not in told.stderr


def test_the_next_command_names_the_review_where_the_folder_holds_several(filled: Small) -> None:
    (filled.root / "protocols" / "other.yaml").write_text((filled.root / "protocols" / "small.yaml").read_text())
    for told in (filled("run", "-r", "small").stderr, filled("status", "-r", "small").stderr):
        assert told.rstrip().endswith(" -r small")
    assert "Say which: -r NAME" in filled("dedup", "--review", "--as", "AB", code=2).stderr
    filled("dedup", "--same", "alpha:A-000000", "alpha:A-000001", "--as", "AB", "-r", "small")
    assert filled("dedup", "--undo", "--as", "AB", "-r", "small").stderr.rstrip() == "Next: review run -r small"


def test_an_import_is_archived_unchanged_and_counted(small: Small) -> None:
    text = "TY  - JOUR\r\nTI  - Good\r\nER  - \r\n\r\nTY  - JOUR\r\nVL  - 3\r\nER  - \r\n"
    (small.root / "x.txt").write_bytes(text.encode("cp1252"))
    told = small.json("import", "x.txt", "--source", "alpha", "--date", "2025-01-01", "--announced", "2")[0]
    assert (told["format"], told["parsed"], told["rejected"]) == ("ris", 1, 1)
    assert told["rejects"][0]["line"] == 5
    folder = small.root / "queries" / "small" / "alpha" / "2025-01-01"
    assert (folder / "x.txt").read_bytes() == text.encode("cp1252")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["announced"] == 2
    mended = small("import", "x.txt", "--source", "alpha", "--date", "2025-01-01", "--announced", "3")
    assert "the announced count is 3 now; it was 2" in mended.stderr
    assert json.loads((folder / "manifest.json").read_text())["announced"] == 3
    small("run")
    page = (small.reports / "report.html").read_text()
    assert "1 entry of the source files could not be read as a record and is not counted as identified" in page
    assert small.json("import", "x.txt", "--source", "alpha", "--date", "2025-01-01")[0]["again"]
    told = small("import", "x.txt", "--source", "beta", "--date", "2025-01-01", code=2).stderr
    assert "already imported" in told
    assert "delete queries/small/alpha/2025-01-01 and .review/" in told
    (folder / "stray.txt").write_text("mine")
    told = small("import", "x.txt", "--source", "beta", "--date", "2025-01-01", code=2).stderr
    assert "delete queries/small/alpha/2025-01-01/x.txt, queries/small/alpha/2025-01-01/manifest.json and .review/" in told


def test_the_advice_to_take_an_import_back_costs_no_other_import_of_the_day(small: Small) -> None:
    for name, title in (("x.ris", "Wrong"), ("y.ris", "Right")):
        (small.root / name).write_text(f"TY  - JOUR\nTI  - {title}\nER  - \n")
        small("import", name, "--source", "alpha", "--date", "2025-01-01")
    small("run")
    told = small("import", "x.ris", "--source", "beta", "--date", "2025-01-01", code=2).stderr
    folder = small.root / "queries" / "small" / "alpha" / "2025-01-01"
    manifest = json.loads((folder / "manifest.json").read_text())
    (entry,) = [f for f in manifest["files"] if f["name"] == "x.ris"]
    assert "delete queries/small/alpha/2025-01-01/x.ris and its entry in queries/small/alpha/2025-01-01/manifest.json" in told
    assert f"sha256 {entry['sha256'][:12]}" in told
    assert ".review/" not in told
    # What it says is done, and is enough.
    (folder / "x.ris").unlink()
    manifest["files"].remove(entry)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    small("import", "x.ris", "--source", "beta", "--date", "2025-01-01")
    small("run")
    small("doctor")
    small("table", "reports", "-o", "all.ris")
    references = (small.root / "all.ris").read_text()
    assert [references.count(f"TI  - {title}") for title in ("Wrong", "Right")] == [1, 1]


def test_every_report_goes_to_other_programs_with_what_has_no_field_of_ours(small: Small) -> None:
    one = "TY  - BOOK\nAN  - 7700001\nTI  - Gardens\nAU  - Roe, A.\nA2  - Poe, B.\nPB  - Spade\nCY  - Hull\nET  - 2nd\nN1  - mine\nER  - \n"
    two = "TY  - BOOK\nAN  - 7700002\nTI  - Gardens\nAU  - Roe, A.\nPB  - Spade Ltd\nLB  - to read\nSN  - 9780702053627\nER  - \n"
    (small.root / "x.ris").write_text(one)
    (small.root / "y.ris").write_text(two)
    small("import", "x.ris", "--source", "alpha", "--date", "2025-01-01")
    small("import", "y.ris", "--source", "beta", "--date", "2025-01-01")
    small("dedup", "--same", "alpha:7700001", "beta:7700002", "--as", "AB")
    small("table", "reports", "-o", "all.ris")
    text = (small.root / "all.ris").read_text()
    for line in (
        "A3  - Poe, B.",
        "PB  - Spade",
        "CY  - Hull",
        "ET  - 2nd",
        "N1  - mine",
        "LB  - to read",
        "SN  - 9780702053627",
        "ID  - alpha:7700001",
    ):
        assert f"{line}\n" in text.replace("\r", ""), line
    assert text.count("TY  - ") == 1


def test_a_corrected_copy_of_an_export_beside_it_is_told(small: Small) -> None:
    text = "".join(f"TY  - JOUR\nAN  - 2-s2.0-85{n:05}\nTI  - Gardens {n}\nER  - \n" for n in range(4))
    for name, changed in (
        ("x.ris", text),
        ("y.ris", text.replace("Gardens 1", "Gardens one")),
        ("z.ris", text.replace("2-s2.0-85", "2-s2.0-99")),
    ):
        (small.root / name).write_text(changed)
        small("import", name, "--source", "alpha", "--date", "2025-01-01")
    told = "alpha of 2025-01-01: 4 records are in x.ris and in y.ris, by their ids, and count twice as identified."
    for _ in range(2):
        ran = small("run")
        assert told in ran.stderr + ran.stdout
        assert "z.ris" not in ran.stderr + ran.stdout
    (small.root / "w.ris").write_text(text.replace("Gardens 2", "Gardens two"))
    small("import", "w.ris", "--source", "alpha", "--date", "2025-02-02")  # an update finds again what was found before
    ran = small("run")
    assert "w.ris" not in ran.stderr + ran.stdout


def test_bad_imports_are_told_plainly(small: Small) -> None:
    (small.root / "a.pdf").write_bytes(b"%PDF-1.7 ...")
    (small.root / "empty.ris").write_bytes(b"")
    assert "PDF" in small("import", "a.pdf", "--source", "alpha", code=1).stderr
    assert "empty" in small("import", "empty.ris", "--source", "alpha", code=1).stderr
    assert "no source 'gamma'" in small("import", "empty.ris", "--source", "gamma", code=2).stderr
    assert "Did you mean alpha?" in small("import", "empty.ris", "--source", "Alpha", code=2).stderr
    assert "not a date" in small("import", "empty.ris", "--source", "alpha", "--date", "yesterday", code=2).stderr
    assert "there is no such file" in small("import", "none.ris", "--source", "alpha", code=2).stderr
    assert not (small.root / "queries").exists()


@pytest.mark.slow
def test_a_persons_word_on_duplicates(filled: Small) -> None:
    reports = {row.split(",")[0] for row in (filled("run"), (filled.reports / "lists" / "unscreened.csv").read_text())[1].splitlines()[1:]}
    a, b = sorted(reports)[:2]
    filled("dedup", "--as", "AB", "--same", a, b, "--why", "the same survey")
    assert "4 duplicates" in filled("run").stdout
    filled("dedup", "--as", "CD", "--different", a, b)
    assert "3 duplicates" in filled("run").stdout
    assert "no record" in filled("dedup", "--as", "CD", "--same", a, "x:y", code=2).stderr


def test_titles_are_titles(small: Small) -> None:
    """Markup, formulas and template words in a title are text wherever it is shown."""
    nasty = '<script>alert(1)</script> {{ 7*7 }} & "quotes" | pipes [links](x) *stars* of towns'
    formula = "=HYPERLINK(1) and other titles that spreadsheets would run"
    (small.root / "x.ris").write_text(
        "".join(f"TY  - JOUR\nTI  - {t}\nAU  - </style><b>, X.\nER  - \n\n" for t in (nasty, formula)), encoding="utf-8"
    )
    small("import", "x.ris", "--source", "alpha")
    for who in ("AB", "CD"):
        small.decide(who, {nasty: "include", formula: "include"})
        small.decide(who, {nasty: "include", formula: "exclude"}, "full-text", {formula: "No data"})
    small("run")
    page = (small.reports / "report.html").read_text()
    assert "<script>alert" not in page
    assert page.count("<script") == 1  # our own, at the end
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} &amp; " in page
    assert "</style><b>" not in page
    assert "\\[links\\](x) \\*stars\\*" in (small.reports / "report.md").read_text()
    assert "'=HYPERLINK" in (small.reports / "lists" / "screened.csv").read_text()


def test_only_what_the_protocol_names_counts(filled: Small) -> None:
    assert "is not a title-abstract reviewer" in filled("screen", "--as", "ZZ", code=2).stderr
    assert "Did you mean AB" in filled("screen", "--as", "AX", code=2).stderr
    assert "no phase" in filled("screen", "--as", "AB", "--phase", "abstract", code=2).stderr


@pytest.mark.slow
def test_status_as_somebody_tells_only_what_is_theirs(finished: Small) -> None:
    """The same ledger of one's own gives the same words, whatever the other voted."""
    filled = finished.root.parent / "other"
    shutil.copytree(finished.root, filled)
    other = Small(filled)
    shutil.rmtree(filled / "screening" / "small" / "title-abstract")
    (filled / "screening" / "small" / "title-abstract").mkdir()
    shutil.copy(finished.root / "screening/small/title-abstract/AB.jsonl", filled / "screening/small/title-abstract/AB.jsonl")
    shutil.rmtree(filled / ".review")
    other("run")
    mine = [line for line in finished("status", "--as", "AB").stdout.splitlines() if line.startswith("title-abstract")]
    assert mine == [line for line in other("status", "--as", "AB").stdout.splitlines() if line.startswith("title-abstract")]
    assert not re.search(r"include|exclude|conflict", finished("status", "--as", "AB").stdout)


def test_a_source_planned_later_is_waited_for(finished: Small) -> None:
    finished.protocol.write_text(
        finished.protocol.read_text().replace("  - {id: beta,", "  - {id: gamma, name: Gamma, kind: database}\n  - {id: beta,")
    )
    finished("protocol", "amend", "--what", "one more source", "--why", "peer review", "--stage", "search")
    assert "waits for the lead author: results of source 'gamma'" in finished("run").stdout
    assert "INTERIM" in (finished.reports / "report.html").read_text()
    assert "No file is named" in finished("import", "--source", "gamma", code=2).stderr
    finished("import", "--source", "gamma", "--announced", "0", "--date", "2025-05-02")
    assert "results of source 'gamma'" not in finished("run").stdout
    assert "INTERIM" not in (finished.reports / "report.html").read_text()


@pytest.mark.slow
def test_a_search_that_vanished_is_missed(finished: Small) -> None:
    folder = finished.root / "queries" / "small" / "web" / "2025-05-01"
    (folder / "manifest.json").rename(finished.root / "kept.json")
    assert "web of 2025-05-01" in finished("run", code=4).stderr
    shutil.rmtree(finished.root / ".review")
    told = finished("run")
    assert "are about records that no archived search holds" in told.stderr
    (finished.root / "kept.json").rename(folder / "manifest.json")
    assert "final" in finished("run").stdout


@pytest.mark.slow
def test_read_by_one_and_lost_by_the_other_waits_whatever_the_order(filled: Small) -> None:
    for who in ("AB", "CD"):
        filled.decide(who, {t: "include" if t == TITLES[0] else "exclude" for t in (*TITLES, "A guide for town halls")})
    other = Small(filled.root.parent / f"{filled.root.name}-other")
    shutil.copytree(filled.root, other.root)
    for review, order in ((filled, ("AB", "CD")), (other, ("CD", "AB"))):
        for who in order:
            review.decide(who, {TITLES[0]: "include" if who == "AB" else "not retrieved"}, "full-text")
        assert "waits for CD: 1 full-text decision" in review("run").stdout
        assert json.loads((review.reports / "flow.json").read_text())["flow"]["main"]["not_retrieved"] == 0


def test_a_maybe_at_full_text_is_settled(filled: Small) -> None:
    for who in ("AB", "CD"):
        filled.decide(who, {t: "include" if t == TITLES[0] else "exclude" for t in (*TITLES, "A guide for town halls")})
        filled.decide(who, {TITLES[0]: "maybe"}, "full-text")
    assert "waits for AB: 1 full-text conflict to discuss" in filled("run").stdout


def test_what_an_import_changes_or_cannot_settle_is_told(finished: Small) -> None:
    name = finished.table("again.csv", [{"title": TITLES[0], "verdict": "exclude"}])
    assert "changes an earlier include to exclude" in finished("decisions", "import", name, "--as", "AB").stderr
    name = finished.table("settle.csv", [{"title": TITLES[1], "verdict": "exclude"}])
    assert "nothing to settle" in finished("decisions", "import", name, "--as", "EF", code=3).stderr


def test_no_full_text_phase_is_said(filled: Small) -> None:
    text = filled.protocol.read_text()
    filled.protocol.write_text("\n".join(line for line in text.splitlines() if "name: full-text" not in line) + "\n")
    filled("protocol", "amend", "--what", "titles only", "--why", "a scoping exercise", "--stage", "screening")
    filled("run")
    assert "The protocol has no full-text phase" in (filled.reports / "report.html").read_text()


def test_a_row_without_a_verdict_is_named_and_so_is_a_reason_that_nobody_asked_for(filled: Small) -> None:
    rows = [{"title": TITLES[0], "verdict": "include", "reason": "I like it"}, {"title": TITLES[1], "verdict": "", "reason": ""}]
    told = filled("decisions", "import", filled.table("odd.csv", rows), "--as", "AB").stderr
    assert "odd.csv:2: note: an include has no reason, so 'I like it' was left" in told
    assert "without a verdict, so not screened: line 3" in told


@pytest.mark.slow
def test_what_is_forgotten_is_asked_for_by_name(small: Small) -> None:
    small.bring_in()
    for words, told in (
        (("screen",), "There are: AB, CD."),
        (("screen", "--as", "ab"), "Did you mean AB?"),
        (("screen", "--as", "AB", "--phase", "full"), "Did you mean full-text?"),
        (("pilot", "discuss"), "Say it with --as."),
        (("extraction", "export", "-o", "x.xlsx"), "Say it with --as."),
        (("import", "alpha.ris"), "The protocol has: alpha, beta"),
        (("convert", "alpha.ris", "out.nbib"), "review convert alpha.ris -o out.nbib"),
    ):
        assert told in small(*words, code=2).stderr
