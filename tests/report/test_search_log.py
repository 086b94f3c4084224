"""What the report says of a search that this program ran."""

from __future__ import annotations

from support import PROTOCOL

from review.model.extraction import Extraction
from review.model.protocol_yaml import load
from review.model.record import ArchivedFile, Search
from review.model.run import RunLine, SearchRun
from review.report.counts import Material
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
    material = Material(load(PROTOCOL, "p"), [], [], [], [], Extraction())
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
