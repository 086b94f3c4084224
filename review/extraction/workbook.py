"""The forms as a workbook, for people who will not use a terminal: a sheet a form, a row a study, drop-downs and help.

Row 1 has the labels, row 2 (hidden) the ids of the fields, by which the sheet is read back (`workbook_back`); each field has a column for its
value, one for the quote, one for the place, and one for the reason where it is a judgement.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from review.extraction.folding import Place
from review.formats.characters.office import timeless
from review.model.events import MISSING, Answer
from review.model.protocol_evidence import ExtractionPlan, Form, FormField
from review.model.record import Report
from review.model.related import Related, of_records
from review.tables.to_xlsx import put

FIRST = 3  # the first row of a study
FIXED = ("key", "study", "instance")
OWNER = "Extractor: "  # begins the line of the first sheet that says whose workbook it is
PARTS = {"quote": "quote", "where": "locator", "why": "note"}  # ending of a column's id -> what it is of an answer
HEADER = ("key", "title", "question", "field", "instance", "value", "missing", "quote", "locator", "note", "extractor")
RELATED = "related reports"  # the last column of a long table, where there are any


def write(
    plan: ExtractionPlan,
    units: Sequence[Report],
    answers: Mapping[Place, Answer],
    labels: Mapping[str, str],
    notice: str = "",
    owner: str = "",
    related: Related | None = None,
) -> bytes:
    """The workbook of one extractor, with what they answered already. labels: study -> what it is called; owner: that extractor's id;
    related: report -> others that bear on it, a retraction above all: told below the name of the study.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Protection

    book: Any = Workbook()
    book.remove(book.active)
    lists: Any = book.create_sheet("choices")
    lists.sheet_state = "hidden"
    for form in plan.forms:
        sheet = book.create_sheet(sheet_name(form.question))
        _head(sheet, form, lists)
        row = FIRST
        for unit in units:
            named = "\n".join((labels.get(unit.key, unit.title), *told(unit, related)))
            count = max([1, *(n for (s, q, _, n) in answers if s == unit.key and q == form.question)])
            for instance in range(1, count + 1):
                _study(sheet, row, form, unit, named, instance, answers)
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


def sheet_name(question: str) -> str:
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
    if "\n" in label:
        sheet.cell(row, 2).alignment = Alignment(wrap_text=True, vertical="top")
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


def told(unit: Report, related: Related | None) -> list[str]:
    """What other reports are to those of a study, in words: the loud ones first."""
    return [x.words for x in of_records(related or {}, unit.keys)]


def long(
    plan: ExtractionPlan, units: Sequence[Report], answers: Mapping[Place, Answer], owner: str, related: Related | None = None
) -> list[list[str]]:
    """The same as a long table, each row with its owner: a header, then a row for each place of the forms, answered or not."""
    bears = {unit.key: "; ".join(told(unit, related)) for unit in units}
    last = any(bears.values())
    rows = [[*HEADER, *([RELATED] if last else [])]]
    for unit in units:
        for form in plan.forms:
            for field in form.fields:
                numbers = sorted({n for (s, q, f, n) in answers if (s, q, f) == (unit.key, form.question, field.id)}) or [
                    1 if field.group else 0
                ]
                for n in numbers:
                    a = answers.get((unit.key, form.question, field.id, n))
                    given = (a.value, a.missing, a.quote, a.locator, a.note) if a else ("",) * 5
                    rows.append(
                        [
                            unit.key,
                            unit.title,
                            form.question,
                            field.id,
                            str(n) if n else "",
                            *given,
                            owner,
                            *([bears[unit.key]] if last else []),
                        ]
                    )
    return rows
