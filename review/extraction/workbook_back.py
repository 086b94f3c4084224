"""A workbook of the forms read back, with every error named by its cell."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from review.errors import FormatError
from review.extraction.workbook import FIXED, HEADER, OWNER, PARTS, RELATED, sheet_name
from review.formats.tables.rows import Row
from review.formats.tables.xlsx import cell_text
from review.model.events import MISSING
from review.model.protocol_evidence import ExtractionPlan, Form, FormField
from review.model.values import astray


def owner_of(data: bytes) -> str:
    """Whose workbook it is, by its first sheet; '' where that does not say, or the file is no workbook."""
    from openpyxl import load_workbook

    try:
        book: Any = load_workbook(io.BytesIO(data), read_only=True)
        lines = [text(row[0]) for row in book["how to"].iter_rows(max_col=1, values_only=True) if row]
    except Exception:  # `read` says what is wrong with it
        return ""
    return next((line.removeprefix(OWNER.strip()).strip() for line in lines if line.startswith(OWNER.strip())), "")


def read(data: bytes, plan: ExtractionPlan, name: str) -> tuple[list[Row], dict[int, str], list[tuple[str, str]]]:
    """(rows of a long table, row's line -> the cell that it came from, what can't be read: cell and why).

    Raises FormatError where the file is no workbook, or none of its sheets is a form.
    """
    from openpyxl import load_workbook

    try:
        book: Any = load_workbook(io.BytesIO(data), data_only=True)
        formulas = _formulas(data)
    except Exception as error:  # whatever a damaged archive makes of its parts: openpyxl lets all of it through
        raise FormatError(
            f"{name}: can't be read as a workbook ({type(error).__name__}).", "Save it as .xlsx, without a password."
        ) from None
    forms = {sheet_name(f.question): f for f in plan.forms}
    rows: list[Row] = []
    places: dict[int, str] = {}
    wrong: list[tuple[str, str]] = []
    read_any = False
    for sheet in book:
        form = forms.get(sheet.title)
        if form is None:
            if sheet.title not in ("how to", "choices"):
                wrong.append((sheet.title, f"this sheet is no form of the protocol; there are: {', '.join(forms)}"))
            continue
        read_any = True
        moved = [old.partition(".")[2] for old in plan.moved if old.partition(".")[0] == form.question]
        taken = _Sheet(sheet, form, moved, formulas)
        wrong += taken.wrong
        for cells, place in taken.answers:
            rows.append(Row(len(rows) + 1, cells))
            places[len(rows)] = place
    if not read_any:
        raise FormatError(
            f"{name}: no sheet is a form of the protocol ({', '.join(forms)}).",
            "Export one: review extraction export --as WHO -o FILE.xlsx",
        )
    return rows, places, wrong


def _formulas(data: bytes) -> set[tuple[str, str]]:
    """(sheet, cell) of every formula: whether its value was saved with it depends on the program."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if not any(b"<f>" in archive.read(n) or b"<f " in archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/")):
            return set()
    book: Any = load_workbook(io.BytesIO(data))
    return {(sheet.title, cell.coordinate) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}


def _unfit(cell: Any, field: FormField | None, formulas: set[tuple[str, str]]) -> str:
    """Why what a cell holds can't be taken as what somebody wrote; '' where it can."""
    if (cell.parent.title, cell.coordinate) in formulas and cell.value is None:
        return "holds a formula without its result; type the value"
    if isinstance(cell.value, dt.date) and field and field.type != "date":
        return (
            f"holds a date ({text(cell.value)}), which spreadsheets make of what looks like one; format the cell as text and type it again"
        )
    if cell.data_type == "e":
        return f"holds an error ({cell.value})"
    return ""


class _Sheet:
    """The sheet of one form. answers: what it holds, each as the cells of a long table, with its place; wrong: what can't be read, by cell."""

    def __init__(self, sheet: Any, form: Form, moved: Sequence[str], formulas: set[tuple[str, str]]) -> None:
        """moved: fields that the form had before an amendment, whose answers count elsewhere now."""
        self._sheet, self._question, self._formulas = sheet, form.question, formulas
        self._fields = {f.id: f for f in form.fields}
        self.answers: list[tuple[dict[str, str], str]] = []
        self.wrong: list[tuple[str, str]] = []
        head, self._ids = _ids(sheet)
        if not self._ids:
            self._refuse("A2", "the hidden row of ids is gone; copy your answers into a new export")
            return
        self._names = [*self._fields, *(m for m in moved if m in self._ids and m not in self._fields)]
        for name in self._ids:
            field = name.partition(".")[0]
            if field not in self._names and name not in FIXED:
                self._refuse(self._cell(name, 1), f"the form has no field '{field}' (any more)")
        for merged in sheet.merged_cells.ranges:
            if merged.max_row > head:
                self._refuse(merged.coord, "cells are merged, so that it can't be told whose answer it is; part them")
        seen: dict[tuple[str, str], int] = {}
        for number in range(head + 1, sheet.max_row + 1):
            line = self._line(number)
            if not any(value for name, value in line.items() if name not in FIXED):
                continue
            if not line["key"]:
                self._refuse(f"A{number}", "has answers but no key")
            elif (before := seen.setdefault((line["key"], line.get("instance", "") or "1"), number)) != number:
                self._refuse(f"A{number}", f"the same study and number as in row {before}")
            else:
                for name in self._names:
                    self._answer(name, number, line)

    def _cell(self, name: str, number: int) -> str:
        from openpyxl.utils import get_column_letter

        return f"{get_column_letter(self._ids[name])}{number}"

    def _refuse(self, cell: str, why: str) -> None:
        self.wrong.append((f"{self._sheet.title}!{cell}", why))

    def _line(self, number: int) -> dict[str, str]:
        """The texts of a row by the ids of their columns; "" for what can't be read."""
        line = {}
        for name, column in self._ids.items():
            cell = self._sheet.cell(number, column)
            line[name] = ""
            if cell.coordinate in self._sheet.merged_cells:
                continue
            if name not in FIXED and (why := _unfit(cell, self._fields.get(name), self._formulas)):
                self._refuse(cell.coordinate, why)
            else:
                line[name] = text(cell.value)
        return line

    def _answer(self, name: str, number: int, line: dict[str, str]) -> None:
        """Take the answer to a field from a row, if there is one."""
        field = self._fields.get(name)
        label = field.label if field else name
        value, instance = line.get(name, ""), line.get("instance", "")
        ends = [end for end in PARTS if f"{name}.{end}" in self._ids]
        rest = {PARTS[end]: line[f"{name}.{end}"] for end in ends}
        if not value:
            if told := next((end for end in ends if line[f"{name}.{end}"]), ""):
                there = name in self._ids
                gone = "" if there else " (its column is gone)"
                self._refuse(
                    self._cell(name if there else f"{name}.{told}", number), f"{label}: a quote, place or reason, but no value{gone}"
                )
        elif why := astray(rest.get("locator", "")):
            self._refuse(self._cell(f"{name}.where", number), f"{label}: {why}")
        elif field and instance not in ("", "1") and not field.group:
            self._refuse(self._cell(name, number), f"{label} is not repeatable: its answer belongs into the first row of the study")
        else:
            code = value.upper() if value.upper() in MISSING else ""
            cells = {
                "key": line["key"], "question": self._question, "field": name, "instance": instance if not field or field.group else "",
                "value": "" if code else value, "missing": code, **rest,
            }  # fmt: skip
            self.answers.append((cells, f"{self._sheet.title}!{self._cell(name, number)}"))


def _ids(sheet: Any) -> tuple[int, dict[str, int]]:
    """The hidden row of ids, wherever what saved the workbook has put it: its number, and id -> column; {} where it is gone."""
    for number in (2, 1, 3, 4):
        found = {text(cell.value): cell.column for cell in sheet[number] if text(cell.value)}
        if {"key", "instance"} <= found.keys():
            return number, found
    return 2, {}


def text(value: Any) -> str:
    return cell_text(value).strip()


def remarks(sheets: Mapping[str, Sequence[tuple[int, Sequence[str]]]]) -> bool:
    """Whether a workbook or a long table (its rows with their numbers) has what comes back as no answer: text in a column of somebody's own, or,
    in the long table, beside a place that is not answered."""
    for title, numbered in sheets.items():
        rows = [[cell.strip() for cell in cells] for _, cells in numbered]
        head = next((n for n, row in enumerate(rows[:4]) if {"key", "instance"} <= set(row)), None) if title else 0
        if head is None or not rows:
            continue
        ids = rows[head]
        ours = set(ids) - {""} if title else {*HEADER, RELATED}
        for row in rows[head + 1 :]:
            told = {name: cell for name, cell in zip_longest(ids, row, fillvalue="") if cell}
            answered = title or told.keys() & {"value", "missing"}
            if told.keys() - (ours if answered else ours - set(PARTS.values())):
                return True
    return False
