"""Tables in web pages that databases call workbooks."""

from __future__ import annotations

import pytest

from review.errors import FormatError
from review.formats.registry import detect
from review.model.record import Record, Reject


def read(page: str, encoding: str = "utf-8") -> list[Record | Reject]:
    data = page.encode(encoding)
    form = detect(data, "a.xls")
    assert form.name == "html-table"
    return list(form.read(data, {}))


CNKI = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<style>td {mso-number-format:"\\@";}</style></head><body><table border="1">
<tr><td>SrcDatabase-来源库</td><td>Title-题名</td><td>Author-作者</td><td>Source-文献来源</td><td>Keyword-关键词</td><td>Summary-摘要</td><td>Year-年</td><td>Period-期</td></tr>
<tr><td>期刊</td><td>步行 &amp; 城市<br>研究</td><td>谢甲;王乙;</td><td>步行学报</td><td>步行;;城市</td><td><p>目的
在此。</p><p>结论。</p></td><td>2024</td><td>22</td></tr>
<tr><td>硕士<td>再论步行<td>谢丙<td>湖州大学<td><td><td>2020<td>
<tr><td></td></tr>
<tr><td colspan="2"></td><td></td><td>无题</td></tr></table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_cnkis_workbook(encoding: str) -> None:
    first, second, third = read(CNKI, encoding)
    assert isinstance(first, Record)
    assert (first.title, first.authors, first.journal, first.year) == ("步行 & 城市 研究", ("谢甲", "王乙"), "步行学报", 2024)
    assert (first.issue, first.keywords, first.abstract, first.type) == ("22", ("步行", "城市"), "目的 在此。\n结论。", "期刊")
    assert isinstance(second, Record)
    assert (second.title, second.authors, second.year, second.line) == ("再论步行", ("谢丙",), 2020, 3)
    assert isinstance(third, Reject)
    assert (third.line, third.reason) == (5, "no title, abstract or identifier")


def test_a_table_within_a_table_and_one_beside_it() -> None:
    page = (
        "<!DOCTYPE html><html><body><table><tr><td>Search of today</td><td>"
        "<table><tr><th>제목</th><th>저자</th><th>발행연도</th></tr><tr><td>걷기</td><td>김도</td><td>2010</td></tr></table>"
        "</td></tr></table><script>var a = '<td>x</td>';</script></body></html>"
    )
    (found,) = read(page)
    assert isinstance(found, Record)
    assert (found.title, found.authors, found.year) == ("걷기", ("김도",), 2010)


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><table><tr><td>User</td><td>Password</td></tr></table></body></html>",
        "<table><tr><td>Title</td></tr></table>",
        "<html><body><p>Title, authors and year</p></body></html>",
    ],
)
def test_a_page_without_works_is_none(page: str) -> None:
    with pytest.raises(FormatError, match="a web page"):
        detect(page.encode(), "a.xls")


def test_a_cell_that_goes_over_several_rows_moves_none_of_their_others() -> None:
    one, two, three = read(
        "<table><tr><th>Database</th><th>Title</th><th>Authors</th><th>Year</th><th>Journal</th></tr>"
        "<tr><td rowspan='2'>PubMed</td><td>On kerbs</td><td>Ray A</td><td>2001</td><td rowspan=2>Streets</td></tr>"
        "<tr><td>On lamps</td><td>Ray B</td><td>2002</td></tr><tr><td>Embase</td><td>On bins</td><td></td><td>2003</td></tr></table>"
    )
    assert isinstance(one, Record)
    assert isinstance(two, Record)
    assert isinstance(three, Record)
    assert (two.title, two.authors, two.year, two.journal, dict(two.extra)["database"]) == (
        "On lamps",
        ("Ray B",),
        2002,
        "Streets",
        "PubMed",
    )
    assert (three.title, three.year, three.journal, dict(three.extra)["database"]) == ("On bins", 2003, "", "Embase")


def test_cells_that_never_end_make_no_row_endless() -> None:
    rows = "".join(f"<tr><td rowspan=9999>On kerb {n}</td><td colspan=150 rowspan=9999>{n}</td></tr>" for n in range(60))
    *_, last = read(f"<table><tr><th>Title</th><th>Year</th></tr>{rows}</table>")
    assert len(last.raw) < 5_000


def test_where_a_cell_leads_to_is_kept_and_is_none_of_the_name_of_a_column() -> None:
    page = (
        '<table><tr><td><a href="https://x.org/?sort=1">Title</a></td><td>Authors</td><td>Year</td><td>Link</td></tr>'
        '<tr><td><a href="https://x.org/a?b=1&amp;c=2">A walk</a></td><td>Doe, J</td><td>2019</td><td><a href="https://doi.org/10.1000/w.1">Full text</a></td></tr>'
        '<tr><td><a href="#top">A talk</a></td><td>Roe, R</td><td>2020</td><td></td></tr></table>'
    )
    walk, talk = (r for r in read(page) if isinstance(r, Record))
    assert (walk.title, walk.doi, walk.url) == ("A walk", "10.1000/w.1", "https://doi.org/10.1000/w.1")
    assert ("url", "https://x.org/a?b=1&c=2") in walk.extra
    assert (talk.title, talk.url) == ("A talk", "")


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("<td>2001", [("Boats", 2001)]),
        ("<td>2001<tr><td>Ships &amp; x", [("Boats", 2001), ("Ships & x", None)]),
        (" of<![if !vml]> Leeds<![endif]><td>2001</table>", [("Boats of Leeds", 2001)]),
        ("<![<![ 5 ]><td>2001</table>", [("Boats", 2001)]),
        ("<td>" + '<a b="' * 10_000, [("Boats", None)]),
    ],
)  # fmt: skip
def test_a_page_that_breaks_off_or_has_words_own_marks(rest: str, told: list[tuple[str, int | None]]) -> None:
    found = read(f"<html><table><tr><th>Title<th>Year<tr><td>Boats{rest}")
    assert [(r.title, r.year) for r in found if isinstance(r, Record)] == told
