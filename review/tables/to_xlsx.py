"""A table as a workbook: every text a text, plain numbers numbers, the head frozen and filtered; quotes in columns of their own."""

from __future__ import annotations

import io
import re
from typing import Any

from review.formats.characters.office import escaped, for_xml, timeless
from review.model.patterns import lazy
from review.tables import to_csv
from review.tables.model import Table

_NUMBER = lazy(r"-?(0|[1-9]\d{0,14})(\.\d+)?")
_LONGEST = 32_000  # Excel keeps 32,767 characters a cell


def write(table: Table) -> bytes:
    """One sheet for the table, one for its title and notes."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = re.sub(r"[\\/*?:\[\]]", "-", table.name)[:31]
    names, rows = to_csv.header(table), to_csv.rows(table)
    numbers = {c.title for c in table.columns if c.kind == "number"}
    top = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate([names, *rows], 1):
        for place, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(number, place)
                put(cell, text, number=number > 1 and names[place - 1] in numbers)
                cell.alignment = top
                if number == 1:
                    cell.font = Font(bold=True)
    for place, name in enumerate(names, 1):
        longest = max([len(name), *(len(r[place - 1]) for r in rows[:200])])
        sheet.column_dimensions[get_column_letter(place)].width = min(60, max(8, longest + 2))
    sheet.freeze_panes = "C2"
    if table.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(table.rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    about: Any = book.create_sheet("about")
    for number, text in enumerate([table.title, *([table.empty] if not table.rows else []), *table.notes], 1):
        put(about.cell(number, 1), text)
    about.column_dimensions["A"].width = 100
    made = io.BytesIO()
    book.save(made)
    return timeless(made.getvalue())


def put(cell: Any, text: str, number: bool = False) -> None:
    """A text into a cell (openpyxl), so that nothing is run as a formula; a plain number as one where it may be."""
    if number and _NUMBER.fullmatch(text):
        cell.value = float(text) if "." in text else int(text)
        return
    # ECMA-376 part 1, 22.9.2.19: _x0041_ would be read as a letter.
    cell.value = escaped(for_xml(text))[:_LONGEST]
    cell.data_type = "s"
    cell.quotePrefix = to_csv.harmless(text) != text  # and would become a formula on editing
