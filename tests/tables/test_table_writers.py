"""Every writer of tables, over the registry: the words are there, no cell runs, empty cells say why, same table same bytes."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from html.parser import HTMLParser

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from review.errors import UsageError
from review.model.words import letter
from review.tables.model import Cell, Column, Footnotes, Row, Table
from review.tables.widths import needs, shares
from review.tables.writers import WRITERS, Writer, by_name

COLUMNS = (
    Column(id="study", title="Study"),
    Column(id="n", title="N & n", kind="number"),
    Column(id="what", title="What | why", quoted=True),
)


def table(*cells: Cell, group: str = "") -> Table:
    return Table(
        name="made",
        title="A <made> table",
        columns=COLUMNS,
        rows=tuple(
            Row(key=f"a:{n}", group=group, cells=(Cell(text=f"Roe {n}"), Cell(text=str(n - 1)), cell)) for n, cell in enumerate(cells)
        ),
        notes=("Only an example",),
    )


SOME = table(
    Cell(text="=cmd|'/c calc'!A0", quote="as <b>said</b> & done", locator="p. 3", notes=("one extractor only",)),
    Cell(why="not reported"),
    Cell(text="Unclear", tone="unknown", notes=("one extractor only", "quote not found")),
    group="Wales",
)
EVERY = pytest.mark.parametrize("writer", WRITERS.values(), ids=lambda w: w.name)


def words(writer: Writer, of: Table) -> str:
    """All that a reader of the file would see, in one text."""
    data = writer.write(of)
    if writer.name == "docx":
        document = Document(io.BytesIO(data))
        cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
        return "\n".join([*(p.text for p in document.paragraphs), *cells])
    if writer.name == "xlsx":
        book = load_workbook(io.BytesIO(data))
        return "\n".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)
    if writer.name == "html":
        text: list[str] = []
        parser = HTMLParser()
        parser.handle_data = text.append  # type: ignore[method-assign]
        parser.feed(data.decode())
        return "".join(text)
    if writer.name == "json":
        return json.dumps(json.loads(data), ensure_ascii=False)
    return data.decode()


@EVERY
def test_all_that_a_table_says_is_in_its_file(writer: Writer) -> None:
    seen = words(writer, SOME)
    for said in ("Roe 0", "Wales", "not reported", "one extractor only", "quote not found", "p. 3", "Only an example", "Unclear"):
        assert said in seen, said


@EVERY
def test_the_same_table_gives_the_same_bytes(writer: Writer) -> None:
    assert writer.write(SOME) == writer.write(SOME)
    data = writer.write(SOME)
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            assert {i.date_time for i in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"1980-01-01T00:00:00Z" in packed.read("docProps/core.xml")


@EVERY
def test_a_table_without_rows_says_so(writer: Writer) -> None:
    empty = Table(name="none", title="Nothing", columns=COLUMNS, empty="Nobody was left out.")
    if writer.name not in ("csv", "json"):
        assert "Nobody was left out" in words(writer, empty)
    assert writer.write(empty)


@EVERY
@given(text=st.text(max_size=40), why=st.text(max_size=10))
@settings(max_examples=10)
def test_any_text_can_be_written(writer: Writer, text: str, why: str) -> None:
    words(writer, table(Cell(text=text, why=why, quote=text, locator=why, notes=(text,))))


@pytest.mark.parametrize("start", ["=1+1", "+44 20", "-x", "@SUM(A1)", "\t=1", "'=1"])
def test_no_cell_runs_in_a_spreadsheet(start: str) -> None:
    of = table(Cell(text=start))
    row = list(csv.reader(io.StringIO(by_name("csv").write(of).decode(), newline="")))[1]
    assert row[3].startswith("'")
    cell = load_workbook(io.BytesIO(by_name("xlsx").write(of)))["made"]["D2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_numbers_are_numbers_also_below_zero() -> None:
    of = table(Cell(text="x"), Cell(text="y"))
    assert [r[2] for r in csv.reader(io.StringIO(by_name("csv").write(of).decode()))][1:] == ["-1", "0"]
    assert load_workbook(io.BytesIO(by_name("xlsx").write(of)))["made"]["C2"].value == -1


def test_the_word_table_is_one_on_landscape_pages_with_its_head_on_each() -> None:
    document = Document(io.BytesIO(by_name("docx").write(SOME)))
    assert document.sections[0].page_width > document.sections[0].page_height
    (grid,) = document.tables
    assert "w:tblHeader" in grid.rows[0]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in grid.rows)
    assert [c.text for c in grid.rows[0].cells] == [c.title for c in COLUMNS]


def test_footnotes_are_lettered_in_reading_order_and_shared() -> None:
    assert list(Footnotes.of(SOME)) == [("a", "one extractor only"), ("b", "quote not found")]
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["a", "z", "aa", "az", "ba", "zz", "aaa"]


def test_latex_means_what_was_written() -> None:
    text = by_name("tex").write(table(Cell(text="50% of £5_000 -- [sic]"), Cell(text="[x]"))).decode()
    assert r"50\% of £5\_000 -{}- [sic]" in text
    assert "{}[x]" in text  # else it would be the option of the row's end before it


def test_a_row_has_as_many_cells_as_there_are_columns() -> None:
    with pytest.raises(ValueError, match="2 cells for 3 columns"):
        Table(name="t", title="t", columns=COLUMNS, rows=(Row(key="k", cells=(Cell(), Cell())),))


def test_an_unknown_kind_of_file_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="can't be written as 'exel'"):
        by_name("exel")


def test_columns_are_as_wide_as_their_longest_word_while_there_is_room() -> None:
    of = table(Cell(text="a long sentence about partnerships and what became of them in the end " * 3), Cell(why="not extracted"))
    room = 120.0
    widths = [share * room for share in shares(of, room)]
    assert sum(widths) == pytest.approx(room)
    assert all(width >= need - 1e-9 for width, need in zip(widths, needs(of), strict=True))
    assert widths[2] == max(widths)
    assert sum(shares(of, 5.0)) == pytest.approx(1)  # words break where there is none
