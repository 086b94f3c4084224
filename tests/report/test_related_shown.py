"""Other reports that bear on an included one: on the pages, on paper, at the check, on the screens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import TITLES, Small


def notice(number: int, title: str, author: str) -> str:
    return (
        f"TY  - JOUR\nAN  - M-{number:06}\nTI  - {title}\nAU  - {author}\nPY  - 2016\nJO  - Journal of Places\nVL  - 9\nSP  - 1\nER  - \n\n"
    )


@pytest.fixture
def retracted(filled: Small) -> Small:
    """A finished review; one of its two included reports was retracted, of the other there is an erratum."""
    more = (f"Retraction: {TITLES[0]}", f"Erratum: {TITLES[2]}")
    text = "".join(notice(n, title, f"Maker, {'AC'[n]}.") for n, title in enumerate(more))
    (filled.root / "more.ris").write_text(text, encoding="utf-8")
    filled("import", "more.ris", "--source", "beta", "--date", "2025-06-01")
    for who in ("AB", "CD"):
        filled.decide(who, dict.fromkeys(more, "exclude"))
    filled.finish()
    filled("run")
    return filled


@pytest.mark.slow
def test_a_retraction_of_an_included_report_is_loud_everywhere_and_counts_nothing(retracted: Small) -> None:
    page = (retracted.reports / "report.html").read_text(encoding="utf-8")
    assert page.index("<h2>RETRACTED</h2>") < page.index('id="summary"')
    assert page.count("RETRACTED OR IN DOUBT") == 1  # beside its reference
    table = (retracted.reports / "tables" / "related.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[:3] for line in table] == [
        ["key", "Included report", "What is known"],
        ["alpha:A-000000", "Maker (2011)", "RETRACTED"],
        ["alpha:A-000002", "Maker (2013)", "Erratum"],
    ]
    assert all(line.endswith("excluded (title-abstract)") for line in table[1:])
    assert "RETRACTED or in doubt, and included: Maker (2011)" in (retracted.reports / "report.md").read_text(encoding="utf-8")
    whole = json.loads((retracted.reports / "report.json").read_text(encoding="utf-8"))
    assert [len(x["retracted"]) for x in whole["included"]] == [1, 0]
    assert whole["flow"]["included_reports"] == 2  # linked reports are not counted with it
    assert "1 included report was retracted" in " ".join(whole["limitations"])
    told = retracted("check", "--strict", code=3)
    assert "INCLUDED, BUT alpha:A-000000: RETRACTED: Journal of Places, 2016, 9:1 [beta:M-000000]" in told.stdout
    assert retracted("check", code=0)
    assert [x["kind"] for x in retracted.json("check")["retracted"]] == ["retraction"]
    spoken = retracted("screen", "--as", "AB", "--plain", input="g alpha:A-000000\nq\n").stdout
    assert "TAKE CARE: RETRACTED: Journal of Places" in spoken
    assert "RETRACTED" in retracted("table", "related").stdout
    assert "linked, not merged: RETRACTED: Journal of Places, 2016" in retracted("trace", "alpha:A-000000").stdout


@pytest.mark.slow
def test_word_and_the_page_have_the_table(retracted: Small) -> None:
    import zipfile

    retracted("report", "--format", "docx")
    with zipfile.ZipFile(Path(retracted.reports) / "report.docx") as word:
        text = word.read("word/document.xml").decode()
    assert "Retracted or in doubt, and included:" in text
    assert "Reports related to the included ones" in text


@pytest.mark.slow
def test_without_any_the_report_says_so(finished: Small) -> None:
    finished("run")
    page = (finished.reports / "report.html").read_text(encoding="utf-8")
    assert "of an included one is known" in page
    assert "<h2>RETRACTED</h2>" not in page
    assert finished("check", "--strict").returncode == 0
