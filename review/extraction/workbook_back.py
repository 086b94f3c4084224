"""A workbook of the forms read back, with every error named by its cell."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from review.errors import FormatError
from review.extraction.workbook import FIXED, OWNER, PARTS, sheet_name
from review.formats.rows import Row
from review.formats.xlsx import cell_text
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
        _sheet(sheet, form, moved, formulas, rows, places, wrong)
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


def _sheet(
    sheet: Any, form: Form, moved: Sequence[str], formulas: set[tuple[str, str]], rows: list[Row], places: dict[int, str],
    wrong: list[tuple[str, str]],
) -> None:  # fmt: skip
    """One sheet. moved: fields that the form had before an amendment, whose answers count elsewhere now."""
    from openpyxl.utils import get_column_letter

    # The hidden row of ids, wherever what saved the workbook has put it.
    ids: dict[str, int] = {}
    head = 2
    for number in (2, 1, 3, 4):
        found = {text(cell.value): cell.column for cell in sheet[number] if text(cell.value)}
        if {"key", "instance"} <= found.keys():
            ids, head = found, number
            break
    if not ids:
        wrong.append((f"{sheet.title}!A2", "the hidden row of ids is gone; copy your answers into a new export"))
        return
    fields = {f.id: f for f in form.fields}
    names = [*fields, *(m for m in moved if m in ids and m not in fields)]
    strange = [n for n in ids if n.partition(".")[0] not in names and n not in FIXED]
    wrong += [
        (f"{sheet.title}!{get_column_letter(ids[n])}1", f"the form has no field '{n.partition('.')[0]}' (any more)") for n in strange
    ]  # fmt: skip
    for merged in sheet.merged_cells.ranges:
        if merged.max_row > head:
            wrong.append((f"{sheet.title}!{merged.coord}", "cells are merged, so that it can't be told whose answer it is; part them"))
    seen: dict[tuple[str, str], int] = {}
    for number in range(head + 1, sheet.max_row + 1):
        line = {}
        for name, column in ids.items():
            cell = sheet.cell(number, column)
            if cell.coordinate in sheet.merged_cells:
                line[name] = ""
            elif why := _unfit(cell, fields.get(name), formulas) if name not in FIXED else "":
                line[name] = ""
                wrong.append((f"{sheet.title}!{cell.coordinate}", why))
            else:
                line[name] = text(cell.value)
        given = {name for name, value in line.items() if value and name not in FIXED}
        if not given:
            continue
        if not line["key"]:
            wrong.append((f"{sheet.title}!A{number}", "has answers but no key"))
            continue
        instance = line.get("instance", "")
        if (before := seen.setdefault((line["key"], instance or "1"), number)) != number:
            wrong.append((f"{sheet.title}!A{number}", f"the same study and number as in row {before}"))
            continue
        for name in names:
            field = fields.get(name)
            label, grouped = (field.label, field.group) if field else (name, "")
            place = f"{sheet.title}!{get_column_letter(ids.get(name, 1))}{number}"
            value = line.get(name, "")
            ends = [end for end in PARTS if f"{name}.{end}" in ids]
            rest = {PARTS[end]: line.get(f"{name}.{end}", "") for end in ends}
            if not value:
                if told := next((end for end in ends if line.get(f"{name}.{end}")), ""):
                    gone = "" if name in ids else " (its column is gone)"
                    here = f"{sheet.title}!{get_column_letter(ids[f'{name}.{told}'])}{number}"
                    wrong.append((place if name in ids else here, f"{label}: a quote, place or reason, but no value{gone}"))
                continue
            if why := astray(rest.get("locator", "")):
                wrong.append((f"{sheet.title}!{get_column_letter(ids[f'{name}.where'])}{number}", f"{label}: {why}"))
                continue
            if field and instance not in ("", "1") and not grouped:
                wrong.append((place, f"{label} is not repeatable: its answer belongs into the first row of the study"))
                continue
            code = value.upper() if value.upper() in MISSING else ""
            rows.append(
                Row(len(rows) + 1, {"key": line["key"], "question": form.question, "field": name, "instance": instance if grouped or not field else "",
                                    "value": "" if code else value, "missing": code, **rest})
            )  # fmt: skip
            places[len(rows)] = place


def text(value: Any) -> str:
    return cell_text(value).strip()
