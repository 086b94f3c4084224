"""The report as Word, PDF, PNG and JSON."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pypdfium2
import pytest
from docx import Document
from material import SEARCHES, both, material, protocol, split
from pydantic import TypeAdapter
from support import PROJECT, Small

from review.errors import ReviewError
from review.model.extraction import Cell, Extraction, Given
from review.report import printed, whole
from review.report.material import Records
from review.report.render import listed, render
from review.report.view import View, view

HOSTILE = '</w:t><script>alert(1)</script> #{ $x$ } "q" \\ *s* _u_ @a <b> \x0b 中国'


def seen(title: str = "Small review: a systematic review", notice: str = "") -> View:
    m = material(
        (both("1", "include", 1), split("2", 4), both("3", "exclude", 9)), (both("1", "include", 11), both("2", "exclude", 13, "No data"))
    )
    info = m.protocol.review.model_copy(update={"title": title, "notice": notice})
    given = (Given(by="AB", value=HOSTILE, quote="q", locator="p. 2"), Given(by="CD", value=HOSTILE))
    cells = (Cell(report="alpha:1", question="Q1", field="country", state="agreed", answers=given, stands=given[0]),)
    m = replace(m, protocol=protocol(review=info), extraction=Extraction(cells=cells))
    odd = [replace(r, records=tuple(replace(x, title=f"{x.title} {HOSTILE}") for x in r.records)) for r in m.reports.values()]
    m = replace(m, reports={r.key: r for r in odd}, records=Records.of(odd))
    return view(m, SEARCHES, name="x", digest="d" * 64, rules=(), missing=(("AB", 3, "things", "review screen"),), version="0")


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return printed.printed(seen(notice="An example."), printed.FILES, {})


def test_word_has_real_headings_captions_tables_and_a_described_figure(made: dict[str, bytes]) -> None:
    document = Document(io.BytesIO(made["report.docx"]))
    by_style = {
        name: [p.text for p in document.paragraphs if p.style.name == name] for name in ("Title", "Heading 1", "Heading 2", "Caption")
    }  # type: ignore[union-attr]
    assert by_style["Title"] == ["Small review: a systematic review"]
    assert by_style["Heading 1"][:7] == ["Summary", "Abstract", "Background", "Methods", "Results", "Discussion", "Conduct"]
    assert "Eligibility criteria" in by_style["Heading 2"]
    assert len(by_style["Caption"]) > 8
    xml = zipfile.ZipFile(io.BytesIO(made["report.docx"])).read("word/document.xml").decode()
    assert "SEQ Table" in xml
    assert "SEQ Figure" in xml
    assert 'descr="3 records were identified' in xml
    assert "<w:tblHeader/>" in xml
    assert "INTERIM" in document.sections[0].header.paragraphs[0].text
    assert "An example." in document.sections[0].header.paragraphs[0].text
    assert any(s.page_width > s.page_height for s in document.sections)  # type: ignore[operator]
    cells = " ".join(c.text for t in document.tables for row in t.rows for c in row.cells)
    assert "<script>alert(1)</script>" in cells


def test_the_pdf_says_the_same_and_on_which_page(made: dict[str, bytes]) -> None:
    with pypdfium2.PdfDocument(made["report.pdf"]) as pdf:
        pages = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
        turned = [page.get_width() > page.get_height() for page in pdf]
    assert "Small review: a systematic review" in pages[0]
    assert all("INTERIM · An example." in p for p in pages)
    assert any(turned)
    assert not all(turned)
    text = " ".join(pages)
    criteria = next(n for n, p in enumerate(pages, 1) if "Eligibility criteria, in the order" in p)
    assert f"Eligibility criteria, p. {criteria}" in text
    assert "<script>alert(1)</script>" in text.replace("- ", "")


def test_the_same_report_is_the_same_bytes(made: dict[str, bytes]) -> None:
    again = printed.printed(seen(notice="An example."), printed.FILES, {})
    assert {k: v == made[k] for k, v in again.items()} == dict.fromkeys(printed.FILES, True)


def test_words_own_template_gives_the_styles(made: dict[str, bytes]) -> None:
    own = Document()
    own.styles["Heading 1"].font.name = "Papyrus"
    own.add_paragraph("Our letterhead")
    for name in ("Table Grid", "Caption"):
        own.styles[name].element.getparent().remove(own.styles[name].element)
    data = io.BytesIO()
    own.save(data)
    document = Document(io.BytesIO(printed.printed(seen(), ["report.docx"], {}, data.getvalue())["report.docx"]))
    assert document.paragraphs[0].text == "Our letterhead"
    assert document.styles["Heading 1"].font.name == "Papyrus"
    for bad in (b"no zip", made["flow.png"]):
        with pytest.raises(ReviewError, match=r"templates/report\.docx"):
            printed.printed(seen(), ["report.docx"], {}, bad)


def test_a_broken_style_of_ones_own_is_told() -> None:
    with pytest.raises(ReviewError, match="PDF could not be made"):
        printed.printed(seen(), ["report.pdf"], {"report.typ": "#let report = ("})


def test_json_fits_its_schema_which_is_published() -> None:
    data = json.loads(whole.data(seen()))
    TypeAdapter(whole.Whole).validate_python(data)
    assert data["interim"] is True
    assert [x["rows"][0]["id"] for x in data["checklists"]][:2] == ["1", "1"]
    assert len(data["checklists"][0]["rows"]) == 42
    assert len(data["checklists"][1]["rows"]) == 12
    assert len(data["checklists"][2]["rows"]) == 16
    kept = (PROJECT / "docs" / "report.schema.json").read_text(encoding="utf-8")
    assert kept == whole.schema(), "review report --schema > docs/report.schema.json"


def test_hostile_words_are_words_on_every_page() -> None:
    files = render(seen(title=HOSTILE)) | {name: text.decode() for name, text in listed(seen(title=HOSTILE)).items()}
    assert "<script>alert" not in files["report.html"]
    assert "&lt;script&gt;alert(1)" in files["report.html"]
    assert "<script>" not in files["report.md"]
    for name, text in files.items():
        assert "\x0b" not in text or name.endswith((".json", ".md", ".csv", ".html")), name


@pytest.mark.slow
def test_the_command_makes_them_and_a_run_keeps_them_true(finished: Small) -> None:
    finished = Small(finished.root)  # a process of its own: typst's threads do not live on in a forked one
    told = finished("report").stdout.split()
    assert {p.split("/")[-1] for p in told} == {"report.html", "report.docx", "report.pdf", "flow.pdf", "flow.png"}
    before = (finished.reports / "report.docx").read_bytes()
    finished.decide("AB", {"Community kitchens after the flood": "include"})
    finished("run")
    assert (finished.reports / "report.docx").read_bytes() != before
    assert "INTERIM" in Document(finished.reports / "report.docx").sections[0].header.paragraphs[0].text
    assert "'odt' is not a format" in finished("report", "--format", "odt", code=2).stderr
    assert json.loads(finished("report", "--schema").stdout)["title"] == "Whole"
