"""The forms as a workbook, for people who will not use a terminal: a sheet a form, a row a study, drop-downs and help; and back.

Row 1 has the labels, row 2 (hidden) the ids of the fields, by which the sheet is read back; each field has a column for its
value, one for the quote, one for the place, and one for the reason where it is a judgement.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from review.errors import FormatError
from review.extraction.folding import Place
from review.formats.rows import Row
from review.formats.xlsx import cell_text
from review.model.events import MISSING, Answer
from review.model.protocol_evidence import ExtractionPlan, Form, FormField
from review.model.record import Report
from review.model.values import astray
from review.tables.packed import timeless
from review.tables.to_xlsx import put

FIRST = 3  # the first row of a study
FIXED = ("key", "study", "instance")
OWNER = "Extractor: "  # begins the line of the first sheet that says whose workbook it is
PARTS = {"quote": "quote", "where": "locator", "why": "note"}  # ending of a column's id -> what it is of an answer
HEADER = ("key", "title", "question", "field", "instance", "value", "missing", "quote", "locator", "note", "extractor")


def write(
    plan: ExtractionPlan,
    units: Sequence[Report],
    answers: Mapping[Place, Answer],
    labels: Mapping[str, str],
    notice: str = "",
    owner: str = "",
) -> bytes:
    """The workbook of one extractor, with what they answered already. labels: study -> what it is called. owner: that extractor's id."""
    from openpyxl import Workbook
    from openpyxl.styles import Protection

    book: Any = Workbook()
    book.remove(book.active)
    lists: Any = book.create_sheet("choices")
    lists.sheet_state = "hidden"
    for form in plan.forms:
        sheet = book.create_sheet(_sheet_name(form.question))
        _head(sheet, form, lists)
        row = FIRST
        for unit in units:
            count = max([1, *(n for (s, q, _, n) in answers if s == unit.key and q == form.question)])
            for instance in range(1, count + 1):
                _study(sheet, row, form, unit, labels.get(unit.key, unit.title), instance, answers)
                row += 1
        for cells in sheet.iter_rows(min_row=FIRST, max_row=row + 200):
            for cell in cells[len(FIXED) :]:
                cell.protection = Protection(locked=False)
    about = book.create_sheet("how to", 0)
    for n, line in enumerate(_how(plan, notice, owner), 1):
        put(about.cell(n, 1), line)
    about.column_dimensions["A"].width = 110
    made = io.BytesIO()
    book.save(made)
    return timeless(made.getvalue())


def _sheet_name(question: str) -> str:
    return question[:31]


def _columns(form: Form) -> list[tuple[str, FormField]]:
    """(id, field) of each column after the fixed ones."""
    found: list[tuple[str, FormField]] = []
    for field in form.fields:
        found += [(field.id, field), (f"{field.id}.quote", field), (f"{field.id}.where", field)]
        if field.support:
            found.append((f"{field.id}.why", field))
    return found


def _head(sheet: Any, form: Form, lists: Any) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    fixed = {"key": "key", "study": "Study", "instance": "No."}
    bold, fill = Font(bold=True), PatternFill("solid", fgColor="E8EDF1")
    for n, name in enumerate(FIXED, 1):
        put(sheet.cell(1, n), fixed[name])
        put(sheet.cell(2, n), name)
    for n, (name, field) in enumerate(_columns(form), len(FIXED) + 1):
        head = sheet.cell(1, n)
        part = name.partition(".")[2]
        unit = f" ({field.unit})" if field.unit else ""
        put(
            head,
            f"{field.label}: {part}"
            if part
            else f"{field.label}{unit}{' *' if field.required else ''}{f' [{field.group}]' if field.group else ''}",
        )
        put(sheet.cell(2, n), name)
        column = get_column_letter(n)
        sheet.column_dimensions[column].width = 34 if part in ("quote", "why") else 10 if part == "where" else 24
        if part:
            continue
        help_ = _help(field)
        if help_:
            head.comment = Comment(help_, "review", width=320, height=120)
        if field.choices and field.type == "choice":
            options = [*field.choices, *MISSING]
            place = (lists.max_column if lists.cell(1, 1).value is not None else 0) + 1
            for row, option in enumerate(options, 1):
                put(lists.cell(row, place), option)
            letter = get_column_letter(place)
            check = DataValidation(type="list", formula1=f"choices!${letter}$1:${letter}${len(options)}", allow_blank=True)
            check.error, check.errorTitle, check.showErrorMessage = "Choose from the list, or NR, UC, NA.", field.label[:31], True
            check.prompt, check.promptTitle, check.showInputMessage = help_[:250] or "Choose from the list.", field.label[:31], True
            sheet.add_data_validation(check)
            check.add(f"{column}{FIRST}:{column}5000")
    for cell in sheet[1]:
        cell.font, cell.fill, cell.alignment = bold, fill, Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width, sheet.column_dimensions["C"].width = 16, 30, 5
    sheet.freeze_panes = sheet.cell(FIRST, len(FIXED) + 1)


def _help(field: FormField) -> str:
    kind = {
        "number": "A number.", "date": "A date: 2019, 2019-05 or 2019-05-31.", "effect": "Such as RR 0.85 (0.72 to 1.01); improves.",
        "choices": f"One or more, with ; between: {'; '.join(field.choices)}.", "theme": "A theme; several with ; between.",
    }.get(field.type, "")  # fmt: skip
    conditions = [f"{name} is {' or '.join(wanted)}" for name, wanted in field.when.items()]
    asked = f"Only where {' and '.join(conditions)}." if conditions else ""
    return " ".join(p for p in (field.help, kind, asked, "A quote or a reason is needed." if field.support else "") if p)


def _study(sheet: Any, row: int, form: Form, unit: Report, label: str, instance: int, answers: Mapping[Place, Answer]) -> None:
    from openpyxl.styles import Alignment

    for n, text in enumerate((unit.key, label, str(instance)), 1):
        put(sheet.cell(row, n), text, number=n == 3)
    for n, (name, field) in enumerate(_columns(form), len(FIXED) + 1):
        base, _, part = name.partition(".")
        answer = answers.get((unit.key, form.question, base, instance if field.group else 0))
        if answer is None or (instance > 1 and not field.group):
            continue
        text = getattr(answer, PARTS[part]) if part else answer.value or answer.missing
        if text:
            put(sheet.cell(row, n), text)
            sheet.cell(row, n).alignment = Alignment(wrap_text=True, vertical="top")


def _how(plan: ExtractionPlan, notice: str, owner: str) -> list[str]:
    return [
        "How to fill this in",
        *([notice] if notice else []),
        *([f"{OWNER}{owner}"] if owner else []),
        "One sheet a form, one row a study. Columns with * are required. The help of a column is in its comment.",
        "Where the document says nothing: NR not reported, UC unclear, NA not applicable.",
        "Give the words that an answer rests on in the column ‘quote’, and where they stand (p. 3, Table 2, abstract) in ‘where’.",
        "Several of one kind (in square brackets: [outcome]): copy the row, key included, and give it the next number in ‘No.’.",
        "Leave the keys in the first column as they are, and the hidden second row.",
        f"Forms: {', '.join(f.question for f in plan.forms)}",
    ]


# -- back ------------------------------------------------------------------------------------------------------------


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
    forms = {_sheet_name(f.question): f for f in plan.forms}
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


def long(plan: ExtractionPlan, units: Sequence[Report], answers: Mapping[Place, Answer], owner: str) -> list[list[str]]:
    """The same as a long table, each row with its owner: a header, then a row for each place of the forms, answered or not."""
    rows = [list(HEADER)]
    for unit in units:
        for form in plan.forms:
            for field in form.fields:
                numbers = sorted({n for (s, q, f, n) in answers if (s, q, f) == (unit.key, form.question, field.id)}) or [
                    1 if field.group else 0
                ]
                for n in numbers:
                    a = answers.get((unit.key, form.question, field.id, n))
                    given = (a.value, a.missing, a.quote, a.locator, a.note) if a else ("",) * 5
                    rows.append([unit.key, unit.title, form.question, field.id, str(n) if n else "", *given, owner])
    return rows
