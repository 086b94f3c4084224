"""What the report says of a search that this program ran."""

from __future__ import annotations

from support import PROTOCOL

from review.model.extraction import Extraction
from review.model.protocol_yaml import load
from review.model.record import ArchivedFile, Search
from review.model.run import RunLine, SearchRun
from review.report.material import Material, Records
from review.report.prisma_s import items
from review.report.render import render
from review.report.view import view


def test_each_line_with_its_hits() -> None:
    run = SearchRun(
        platform="PubMed/NCBI", database="pubmed", endpoint="https://example.org", source_version="Build-1", started="2026-01-02T03:04:05Z",
        ended="2026-01-02T03:05:05Z", retrieved=1_234, truncated="two records would not come",
        lines=(RunLine(n="1", text="towns[tiab]", hits=12_345), RunLine(n="2", text="#1 AND <x>", messages=("phrase not found",))),
    )  # fmt: skip
    file = ArchivedFile(name="x", sha256="0" * 64, size=1, format="ris", parsed=0, rejected=0)
    search = Search(
        source="alpha", date="2026-01-02", query="#1 towns[tiab]", translation='"towns"[tiab]', announced=1_236, files=(file,), run=run
    )
    material = Material(load(PROTOCOL, "p"), Records(), [], {}, [], Extraction())
    page = render(view(material, [search], name="x", digest="d", rules=(), missing=(), version="0"))["report.html"]
    for words in (
        "12,345",
        "towns[tiab]",
        "&#34;towns&#34;[tiab]",
        "#1 AND &lt;x&gt;",
        "not counted",
        "phrase not found",
        "1,234 records received",
        "two records would not come",
        "1,236",
    ):
        assert words in page, words


def test_prisma_s_is_answered_from_the_record_and_asks_a_person_by_name() -> None:
    protocol = load(PROTOCOL, "p")
    search = Search(source="alpha", date="2026-01-02", query="towns")
    found = {item.number: item for item in items(protocol, [search, Search(source="alpha", date="2026-06-02", query="towns")], 3)}
    assert list(found) == list(range(1, 17))
    assert found[13].answer.startswith("Alpha: 2026-06-02")
    assert "Alpha: 2026-01-02, 2026-06-02" in found[12].answer
    assert "3 duplicate records" in found[16].answer
    assert (found[11].by, found[14].by) == ("asked", "asked")
    assert "search.prior_work" in found[11].answer
    assert found[8].by == "asked"
    assert "sources.beta.strategy" in found[8].answer
    assert "sources.alpha.strategy" not in found[8].answer
    assert found[10].by == "asked"
    assert "sources.alpha.filters, sources.beta.filters" in found[10].answer
    none = load(PROTOCOL.replace("kind: database}", "kind: database, filters: []}"), "p")
    assert {item.number: item.answer for item in items(none, [search], 0)}[10] == "No published filter was used."
    said = load(PROTOCOL + "\nsearch: {prior_work: [], peer_review: 'PRESS 2015, by LB, 2026-01-01: no revisions'}\n", "p")
    again = {item.number: item for item in items(said, [], 0)}
    assert (again[11].by, again[11].answer) == ("said", "None was reused.")
    assert "by LB" in again[14].answer


def test_the_translation_of_a_strategy_is_in_the_report() -> None:
    run = SearchRun(
        platform="PubMed/NCBI", database="pubmed", endpoint="https://example.org", strategy="1. child$.tw.", translated="#1 child*[tiab]\n",
        changes=(("1", "broader", ".tw. becomes [tiab]", "TIAB"),),
    )  # fmt: skip
    search = Search(source="alpha", date="2026-01-02", query="child*[tiab]", run=run)
    material = Material(load(PROTOCOL, "p"), Records(), [], {}, [], Extraction())
    pages = render(view(material, [search], name="x", digest="d", rules=(), missing=(), version="0"))
    for name in ("report.html", "report.md"):
        assert "#1 child*[tiab]" in pages[name]
        assert ".tw. becomes [tiab]" in pages[name].replace("\\", "")


def test_a_limit_in_a_strategy_is_asked_its_reason() -> None:
    search = Search(source="alpha", date="2026-01-02", query="towns[tiab] AND english[la] AND 1970:2025[dp]")
    found = {item.number: item for item in items(load(PROTOCOL, "p"), [search], 0)}
    assert found[9].by == "asked"
    for words in ("english[la]", "1970:2025[dp]", "sources.alpha.limits"):
        assert words in found[9].answer
    said = PROTOCOL.replace(
        "{id: alpha, name: Alpha, kind: database}", "{id: alpha, name: Alpha, kind: database, limits: [{text: English, because: money}]}"
    )
    found = {item.number: item for item in items(load(said, "p"), [search], 0)}
    assert (found[9].by, found[9].answer) == ("said", "Alpha: English, because money.")


def test_a_kind_of_publication_is_a_limit_unless_a_published_filter_is_named() -> None:
    search = Search(source="alpha", date="2026-01-02", query="towns[tiab] AND review[pt] AND free full text[sb]")
    found = {item.number: item for item in items(load(PROTOCOL, "p"), [search], 0)}
    assert found[9].by == "asked"
    assert "review[pt]" in found[9].answer
    named = PROTOCOL.replace(
        "{id: alpha, name: Alpha, kind: database}",
        "{id: alpha, name: Alpha, kind: database, filters: [{name: Reviews, citation: Roe 2020}]}",
    )
    found = {item.number: item for item in items(load(named, "p"), [search], 0)}
    assert found[9].by != "asked"


def test_what_removed_the_duplicates_is_told_with_its_version_and_who() -> None:
    protocol = load(
        PROTOCOL.replace("name: Beta, kind: database", "name: Beta, kind: database, platform: Ovid").replace(
            "name: Alpha, kind: database", "name: Alpha, kind: database, platform: Ovid"
        ),
        "p",
    )
    searches = [Search(source=s, date="2026-01-02", query="x") for s in ("alpha", "beta")]
    found = {item.number: item.answer for item in items(protocol, searches, 5, [("same doi", 4), ("person", 1)], "1.2")}
    assert "By this program (review 1.2): 5 duplicate records were removed" in found[16]
    assert "4 pairs of records were merged by the program, 1 pair by a person; three records" in found[16]
    assert found[2].startswith("Not done: each of the 2 databases and registers was searched by itself")
    assert "Alpha and Beta are both on Ovid, and were not searched together." in found[2]


def test_a_note_says_what_was_done_where_there_is_no_strategy() -> None:
    said = PROTOCOL.replace("{id: web, name: Web pages, kind: website}", "{id: web, name: Web pages, kind: website, note: Looked through.}")
    answer = {item.number: item for item in items(load(said, "p"), [], 0)}[8].answer
    assert "sources.beta.strategy" in answer
    assert "sources.web.strategy" not in answer
