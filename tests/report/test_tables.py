"""Citations, cells and CSV as printed."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.formats.tables.csv_frame import csv_of
from review.model.people import family
from review.model.record import Record, Report
from review.report.render import css_string, markdown
from review.report.tables import csv_text, label, reference, safe, safe_cells
from review.report.whole import _formatted, _json


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("O’Mara-Eves, A.", "O’Mara-Eves"), ("Popay J", "Popay"), ("van der Berg JA", "van der Berg"), ("Ann Mary Smith", "Smith"),
        ("The King’s Fund", "The King’s Fund"), ("NHS England", "NHS England"), ("World Health Organization", "World Health Organization"), ("Plato", "Plato"),
        ("", ""),
    ],
)  # fmt: skip
def test_family_names(author: str, name: str) -> None:
    assert family(author) == name


def report(**values: object) -> Report:
    return Report(key="a:1", records=(Record(key="a:1", **values),))  # type: ignore[arg-type]


def test_labels_and_references() -> None:
    assert label(report(authors=("Popay J", "Roe B"), year=2007)) == "Popay and Roe (2007)"
    assert label(report(authors=("Popay J", "Roe B", "Low C"), year=2007)) == "Popay et al. (2007)"
    assert label(report(title="A title without anybody behind it, and long at that")) == "A title without anybody behind it, and (no year)"
    whole = report(authors=("Popay J",), title="A title.", journal="J Places", volume="3", issue="2", pages="1-9", year=2007)
    assert reference(whole) == "Popay J. A title. J Places 3(2):1-9, 2007."
    assert reference(report(title="Bare", pages="29842", journal="J")) == "Bare. J 29842."
    assert reference(report(title="Does it work?", journal="J")) == "Does it work? J."
    assert (
        reference(report(title="\u202eevil gnp.exe\u202c \u2066isolated", journal="J")) == "evil gnp.exe isolated. J."
    )  # nothing behind it is turned


def test_formulas_are_text() -> None:
    assert csv_text(["a"], [["=1+1"], ["+44"], ["-x"], ["@y"], ["fine"]]).splitlines() == ["a", "'=1+1", "'+44", "'-x", "'@y", "fine"]


def test_markdown_and_css_mean_themselves() -> None:
    assert markdown("a|b *c* <d> _e_\n[f]") == "a\\|b \\*c\\* &lt;d&gt; \\_e\\_ \\[f\\]"
    assert css_string('a"; } </style>') == "a\\22 ; \\7d  \\3c \\2f style\\3e "


CELLS = st.text(st.sampled_from('=+-@ab,"\n\r\t'), max_size=4)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_each_cell_of_a_list_is_safe(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([["a", "b"], *([safe(c) for c in row] for row in rows)])
    assert csv_text(["a", "b"], rows) == out.getvalue()
    columns = pl.DataFrame(rows, schema={"a": pl.String, "b": pl.String}, orient="row")
    assert csv_of(["a", "b"], columns.select(safe_cells())) == out.getvalue().encode()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_indented_is_what_json_gives(value: Any) -> None:
    assert _formatted(_json(value)).decode("utf-8", "surrogatepass") == json.dumps(value, indent=1, ensure_ascii=False)
