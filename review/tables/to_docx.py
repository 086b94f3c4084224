"""A table as a real Word table: landscape, its head on every page, rows that do not break, footnotes beneath it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from review.formats.characters.office import for_xml, timeless
from review.tables.model import Cell, Footnotes, Table, groups
from review.tables.symbols import SYMBOL
from review.tables.widths import needs, shares

_WHEN = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
# Colour-blind-safe, from white to orange, as robvis' second palette.
_FILL = {"good": "FFF7E6", "some": "FED98E", "bad": "FE9929", "worst": "D95F0E", "unknown": "FFFFFF", "none": "DDDDDD"}
_SMALL = 8.5  # points
_SIZES = (8.5, 8.0, 7.5, 7.0, 6.5)
_EM = 0.56  # of the size of letters: how wide a character is, with some to spare for other fonts


def write(table: Table) -> bytes:
    """A document of its own."""
    document = new(table.title)
    landscape(document.sections[0])
    add(document, table)
    return save(document)


def new(title: str) -> Any:
    """An empty document (python-docx) without dates and names, for A4."""
    from docx import Document
    from docx.shared import Mm, Pt

    document = Document()
    core = document.core_properties
    core.title, core.author, core.comments, core.revision = for_xml(title)[:255], "", "", 1
    core.created = core.modified = _WHEN
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    return document


def landscape(section: Any) -> None:
    """Turn a section, with narrow margins."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(15)


def save(document: Any) -> bytes:
    """The bytes of a document, the same for the same content."""
    made = io.BytesIO()
    document.save(made)
    return timeless(made.getvalue())


def add(document: Any, table: Table, *, captioned: bool = True) -> None:
    """Caption (unless the document has its own way of setting it), table and notes; the last section gives the width."""
    from docx.shared import Pt

    if captioned:
        caption = document.add_paragraph()
        run = caption.add_run(for_xml(table.title))
        run.bold = True
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_after = Pt(3)
    if not table.rows:
        document.add_paragraph(for_xml(table.empty))
        return
    notes = Footnotes.of(table)
    _grid(document, table, notes)
    for mark, words in notes:
        line = _note(document, "")
        line.add_run(mark).font.superscript = True
        line.add_run(" " + for_xml(words))
        _small(line)
    for words in table.notes:
        _small(_note(document, words))


def _note(document: Any, words: str) -> Any:
    from docx.shared import Pt

    line = document.add_paragraph(for_xml(words))
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(1)
    return line


def _small(paragraph: Any) -> None:
    from docx.shared import Pt

    for run in paragraph.runs:
        run.font.size = Pt(_SMALL)


def _grid(document: Any, table: Table, notes: Footnotes) -> None:
    """The rows are written as XML: the library's own way looks each cell up anew, and is slow on long tables."""
    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    wanted = sum(needs(table))
    # The largest letters at which no word need break, down to what can just be read in print.
    size = next((points for points in _SIZES if wanted <= room / 12700 / (points * _EM)), _SIZES[-1])
    widths = [int(room * share / 635) for share in shares(table, room / 12700 / (size * _EM))]  # EMU to twentieths of a point
    grid = document.add_table(rows=0, cols=len(table.columns))
    grid.style = "Table Grid"
    grid.autofit = False
    for column, width in zip(grid._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width * 635
    rows = [_row([_tc([_run(c.title, size, bold=True)], w, fill="E8EDF1") for c, w in zip(table.columns, widths, strict=True)], head=True)]
    for heading, group in groups(table):
        if heading:
            rows.append(_row([_tc([_run(heading, size, bold=True)], sum(widths), fill="F4F4F4", span=len(widths))]))
        for row in group:
            cells = []
            for n, (column, cell, width) in enumerate(zip(table.columns, row.cells, widths, strict=True)):
                cells.append(
                    _tc(
                        _runs(cell, notes, size, head=n == 0),
                        width,
                        fill=_FILL.get(cell.tone, ""),
                        right=column.kind == "number" and bool(cell.text),
                    )
                )
            rows.append(_row(cells))
    from docx.oxml import parse_xml

    for xml in rows:
        grid._tbl.append(parse_xml(xml))


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _row(cells: list[str], head: bool = False) -> str:
    return f"<w:tr {_W}><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _tc(runs: list[str], width: int, fill: str, span: int = 1, right: bool = False) -> str:
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    justified = '<w:jc w:val="right"/>' if right else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/>{justified}</w:pPr>{"".join(runs)}</w:p></w:tc>'
    )


def _run(text: str, points: float, *, bold: bool = False, italic: bool = False, raised: bool = False) -> str:
    from xml.sax.saxutils import escape

    size, raise_ = f'<w:sz w:val="{int(points * 2)}"/>', '<w:vertAlign w:val="superscript"/>'
    style = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "") + size + (raise_ if raised else "")
    lines = escape(for_xml(text)).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r><w:rPr>{style}</w:rPr>{inner}</w:r>"


def _runs(cell: Cell, notes: Footnotes, size: float, head: bool) -> list[str]:
    runs = []
    if cell.tone in SYMBOL:
        runs.append(_run(f"{SYMBOL[cell.tone]} ", size, bold=True))
    if cell.text:
        runs.append(_run(cell.text, size, bold=head))
    elif cell.why:
        runs.append(_run(cell.why, size, italic=True))
    if cell.notes:
        runs.append(_run(notes.mark(cell), size, raised=True))
    if cell.quote:
        runs.append(_run(f" “{cell.quote}”", size))
    if cell.locator:
        runs.append(_run(f" ({cell.locator})", size))
    return runs
