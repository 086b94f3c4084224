"""The interchange file, held against what the R package was seen to do with it."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from test_flow_svg import both_arms, example, flows

from review.model.flow import Arm, Flow, Previous
from review.report.flow_csv import link, write
from review.report.prisma_keys import KEYS, PLACEHOLDERS

Reasons = list[tuple[str, int | None]]


def as_r_reads(text: str) -> dict[str, Reasons | int | None]:
    """What read.csv() and PRISMA_data() of the package (v1.1.4) make of the file, step by step.

    Rows by grep() on the first column (NA never matches), all but digits and points stripped, lists by strsplit() at a semicolon
    and at most one blank, the reason by what stands before the first comma, the number by what follows it.
    """
    header, *rows = list(csv.reader(io.StringIO(text, newline="")))
    assert header[:8] == ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"]
    assert len(rows) == 34
    assert {len(r) for r in rows} == {len(header)}
    n, boxtext, found = header.index("n"), header.index("boxtext"), {}
    for key in (k for k in KEYS if k.name):
        pattern = f"{key.name}$" if key.name in ("total_studies", "total_reports") else key.name
        hits = [r for r in rows if r[0] != "NA" and re.search(pattern, r[0])]
        assert len(hits) == 1, key.name  # two would make a vector of it
        assert "'" not in hits[0][boxtext]  # ends the label of the diagram
        found[key.name] = _reasons(hits[0][n]) if key.unit == "list" else _number(hits[0][n])
    for box in ("prevstud", "newstud", "othstud"):  # looked for in the third column, whatever its name
        assert len([r for r in rows if re.search(box, r[2])]) == 1
    return found


def _number(cell: str) -> int | None:
    """PRISMA_format_number_()."""
    digits = re.sub(r"[^0-9.]", "", cell.replace(",", ""))
    return int(float(digits)) if digits and cell != "NA" else None


def _reasons(cell: str) -> Reasons:
    """PRISMA_parse_reasons_()."""
    if not re.search(r"[^0-9,]", cell):
        return [("", _number(cell))]
    items = [x for x in re.split(r";(?: )?", cell) if x]  # strsplit() has no empty last item
    return [
        (re.sub(r",.*$", "", x, count=1, flags=re.DOTALL), _number(m[1]) if (m := re.match(r".*?,([ 0-9,]*)", x, re.DOTALL)) else None)
        for x in items
    ]


@given(flows())
@pytest.mark.slow
def test_any_flow_reads_back_in_r(flow: Flow) -> None:
    text = write(flow)
    assert len(text.splitlines()) == 35 or "\x85" in text or "\u2028" in text or "\x1c" in text  # what splitlines takes for an end
    read = as_r_reads(text)
    assert read["records_screened"] == flow.main.screened
    assert read["total_studies"] == flow.total_studies
    reasons = read["dbr_excluded"]
    assert isinstance(reasons, list)
    if flow.main.reasons:
        assert [n for _, n in reasons] == [n for _, n in flow.main.reasons]
    assert all("'" not in name for name, _ in reasons)
    databases = read["database_specific_results"]
    assert isinstance(databases, list)
    assert flow.databases == () or sum(n or 0 for _, n in databases) == sum(n for _, n in flow.databases)


def test_what_is_not_used_is_zero_and_never_blank() -> None:
    read = as_r_reads(write(example()))
    assert all(v is not None for k, v in read.items() if not isinstance(v, list))
    assert read["previous_studies"] == read["total_studies_ma"] == 0
    empty = write(Flow(main=Arm(), other=Arm()))
    assert PLACEHOLDERS["database_specific_results"] in empty
    assert as_r_reads(empty)["dbr_excluded"] == [("", 0)]


def test_an_interim_flow_says_so_where_the_package_prints_it() -> None:
    assert "(INTERIM)" in write(example(waiting=(("x", 1),)))
    assert "(INTERIM)" not in write(example())


def test_a_notice_stands_where_the_package_does_not_look() -> None:
    assert as_r_reads(write(example(), "An example.")) == as_r_reads(write(example()))


def test_the_link_fills_the_app_in() -> None:
    flow = both_arms(previous=Previous(studies=2, reports=3), pooled=(1, 1))
    query = parse_qs(urlsplit(link(flow)).query)
    assert query["records_screened"] == ["2510"]
    assert query["dbr_excluded"] == ["Wrong population, 101; Not empirical, 62"]
    assert [query[k] for k in ("previous", "other", "dbDetail", "regDetail", "metaAnalysis")] == [["1"]] * 5
    assert parse_qs(urlsplit(link(example())).query)["previous"] == ["0"]
