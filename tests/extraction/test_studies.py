"""Studies and their reports: suggested, linked by people, counted apart."""

from __future__ import annotations

import json

import pytest
from support import TITLES, Small

from review.extraction.suggest import author, suggest
from review.model.events import Event, StudyApart, StudyLink
from review.model.record import Record, Report
from review.model.study import Study, apart, studies


def report(key: str, title: str = "", authors: tuple[str, ...] = (), abstract: str = "") -> Report:
    return Report(key=key, records=(Record(key=key, title=title, authors=authors, abstract=abstract),))


def link(n: int, study: str, record: str, linked: bool = True, primary: bool = False) -> Event:
    return StudyLink(id=f"{n:04}", study=study, record=record, linked=linked, primary=primary)


OF = {k: k for k in "abcd"} | {"a2": "a"}


def test_one_study_in_many_reports_and_one_report_of_two_studies() -> None:
    found = studies("abcd", [link(1, "S", "b"), link(2, "S", "a2", primary=True), link(3, "T", "b"), link(4, "T", "c")], OF)
    assert found == (
        Study(key="S", reports=("a", "b"), linked=True),
        Study(key="T", reports=("b", "c"), linked=True),
        Study(key="d", reports=("d",)),
    )


def test_a_later_word_counts_and_reports_that_are_not_included_do_not() -> None:
    found = studies("ab", [link(1, "S", "a"), link(2, "S", "b"), link(3, "S", "c"), link(4, "S", "b", linked=False)], OF)
    assert found == (Study(key="S", reports=("a",), linked=True), Study(key="b", reports=("b",)))


def test_pairs_said_to_be_apart_are_known_by_their_reports() -> None:
    assert apart([StudyApart(id="1", a="c", b="a2")], OF) == {("a", "c")}


PEOPLE = ("Popay, Jennie", "Roe B", "Cara Low", "Dee, D.")


@pytest.mark.parametrize(
    ("one", "two", "says"),
    [
        (report("a", abstract="Registered: NCT01234567."), report("b", abstract="trial (NCT 01234567)"), "same registry number NCT01234567"),
        (report("a", authors=PEOPLE, abstract="We asked 1,204 residents"), report("b", authors=PEOPLE[:2], abstract="n = 1204"), "same sample size 1,204"),
        (report("a", "Shared budgets for health: a trial", PEOPLE), report("b", "Shared budgets for health: process evaluation of a trial", ("Popay J", "Low C")), "2 authors in common"),
        (report("a", "Shared budgets for health", PEOPLE[:1]), report("b", "Shared budgets for health", ("Other X",)), ""),
        (report("a", "One thing", PEOPLE), report("b", "Another subject altogether", PEOPLE), ""),  # a team writes of many studies
        (report("a", abstract="12 people"), report("b", abstract="12 people"), ""),
    ],
)  # fmt: skip
def test_what_suggests_one_study(one: Report, two: Report, says: str) -> None:
    found = suggest([one, two])
    assert (says in found[0].evidence) if says else found == []
    assert suggest([one, two], {("a", "b")}) == []


@pytest.mark.parametrize("name", ["Popay J", "Popay, Jennie", "Jennie Popay", "POPAY, J."])
def test_authors_meet_however_they_are_written(name: str) -> None:
    assert author(name) == "popay j"


@pytest.mark.slow
def test_linking_changes_studies_and_tables_and_nothing_of_the_duplicates(finished: Small) -> None:
    before = finished.json("link", "--list")
    assert [s["linked"] for s in before] == [False, False]
    finished("link", "no:colon", "alpha:A-000000", "--as", "AB", code=2)
    finished("link", "towns", "nothing", "--as", "AB", code=2)
    finished("link", "towns", "alpha:A-000002", "beta:B-000000", "--as", "AB", "--note", "the same councils")
    finished("run")
    assert finished.json("link", "--list") == [{"study": "towns", "linked": True, "reports": ["alpha:A-000002", "alpha:A-000000"]}]
    flow = json.loads((finished.reports / "flow.json").read_text())["flow"]
    assert (flow["included_studies"], flow["included_reports"]) == (1, 2)
    assert not any("not been linked" in note for note in flow["footnotes"])
    table = finished("table", "characteristics", "-f", "json").stdout
    (row,) = json.loads(table)["rows"]
    assert row["cells"]["reports"]["text"].count("\n") == 1
    assert TITLES[2] in row["cells"]["reports"]["text"].splitlines()[0]
    finished("table", "included", "-o", "included.ris")  # by its name alone, as the help says
    assert (finished.root / "included.ris").read_text().count("ER  -") == 2
    finished("table", "excluded", "-o", "excluded.bib", code=2)
    assert "'EF' is not an extractor" in finished("extract", "--as", "EF", code=2).stderr
    finished("extraction", "export", "--as", "AB", "-o", "AB.csv")  # the study's name comes back as its key
    back = finished.json("extraction", "import", "AB.csv", "--as", "AB")
    assert (back["appended"], back["refused"]) == (0, [])
    assert back["known"]
    finished("link", "towns", "alpha:A-000000", "--unlink", "--as", "CD")
    finished("doctor")
    assert len(finished.json("link", "--list")) == 2


def test_one_report_of_several_studies_is_counted_and_told(finished: Small) -> None:
    for name in ("towns", "villages", "cities"):
        finished("link", name, "alpha:A-000000", "--as", "AB")
    finished("run")
    flow = json.loads((finished.reports / "flow.json").read_text())["flow"]
    assert (flow["included_studies"], flow["included_reports"]) == (4, 2)
    assert f"1 included report tells of more than one study: {TITLES[0]} (3 studies)." in flow["footnotes"]


def test_the_included_reports_are_a_bibliography_too(finished: Small) -> None:
    text = finished("table", "included", "-f", "ris").stdout
    assert text.count("TY  - ") == 2
    assert TITLES[0] in text
    assert finished("table", "included", "-f", "bibtex").stdout.count("@") == 2
    finished("table", "excluded", "-f", "ris", code=2)
