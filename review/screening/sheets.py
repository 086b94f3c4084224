"""What a person has still to screen as a sheet that they fill in elsewhere: a row a record, with room for the verdict; read back by `imports`."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from review.formats.characters.office import timeless
from review.formats.tables.rows import Row
from review.model.events import VERDICTS
from review.model.patterns import lazy
from review.model.protocol import Protocol
from review.model.reading import one_line
from review.model.record import Record, Reject, Report
from review.model.related import Related, of_records
from review.model.tags import untagged
from review.tables.to_xlsx import put

RELATED = "related reports"  # retractions, errata, other versions: only where there are any
ROUND = "round"  # the column that says of which round of the pilot a row is
_COLUMNS = ("key", "title", "abstract", "year", "journal", "verdict", "reason", "note", "tags", "reviewer")
NEEDED = ("key", "verdict")  # the columns without which a table is no such sheet
GIVEN = (
    *(c for c in _COLUMNS if c not in ("verdict", "reason", "note", "tags")),
    ROUND,
    "doi",
    "pmid",
    RELATED,
)  # those that come filled in
_WIDTHS = {
    "key": 16,
    "title": 40,
    "abstract": 90,
    "year": 7,
    "journal": 20,
    "verdict": 11,
    "reason": 22,
    "note": 30,
    "tags": 16,
    ROUND: 9,
    RELATED: 50,
}
_ROUND = lazy(r"pilot (\d+)")


def rows(reports: Iterable[Report], who: str, round_: int = 0, related: Related | None = None) -> Iterator[list[str]]:
    """The header, then a row a report. round_: of the pilot; 0: it is the phase itself; related: report -> others that bear on it."""
    reports = list(reports)
    told_of = {r.key: "\n".join(x.words for x in of_records(related or {}, r.keys)) for r in reports}
    last = (RELATED,) if any(told_of.values()) else ()
    yield [*_COLUMNS, *((ROUND,) if round_ else ()), "doi", "pmid", *last]
    for r in reports:
        told = [f"pilot {round_}"] if round_ else []
        yield [
            r.key,
            one_line(r.title),
            untagged(r.best("abstract"), "\n").strip(),
            *(r.best(f) for f in ("year", "journal")),
            "",
            "",
            "",
            "",
            who,
            *told,
            r.best("doi"),
            r.best("pmid"),
            *(told_of[r.key] for _ in last),
        ]


def round_of(row: Row) -> int:
    """Of which round of the pilot a row is; 0: of none."""
    match = _ROUND.fullmatch(row.cells.get(ROUND, "").strip().casefold())
    return int(match[1]) if match else 0


def how(protocol: Protocol, phase: str, who: str, reasons: Sequence[str], reason_required: bool) -> list[str]:
    """Lines that say what is asked, by which criteria, and how to fill the sheet in."""
    title, what = protocol.review.title, "the titles and abstracts" if phase == "title-abstract" else "the full texts"
    lines = [f"{title}: {what}, for {protocol.member_name(who)} ({who})", *([protocol.review.notice] if protocol.review.notice else []), ""]
    lines += [f"{q.id}  {q.text}" for q in protocol.questions]
    lines += ["", "Criteria, in order: the first that fails is the reason"]
    for n, c in enumerate((c for c in protocol.eligibility.criteria if phase in c.phases), 1):
        lines.append(f"{n}. {c.dimension}: include {c.include}" + (f"; exclude {c.exclude}" if c.exclude else ""))
    needed = "needs its reason" if reason_required else "may have a reason"
    lines += [
        "",
        f"Verdicts: {', '.join(VERDICTS)}. Leave the cell empty where you have not decided.",
        f"An exclude {needed}: {'; '.join(reasons)}.",
        "Notes and tags (with commas between) are yours to write, or not. Leave the keys in the first column as they are.",
        "Decide alone, as at the screen. The file may come back half done, and again when more is done.",
    ]
    return lines


def workbook(table: Iterable[Sequence[str]], about: Sequence[str], reasons: Sequence[str]) -> bytes:
    """The sheet as a workbook, with lists to choose verdicts and reasons from, and one sheet of what to know. The same rows give the same bytes."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "screening"
    top = Alignment(wrap_text=True, vertical="top")
    header: Sequence[str] = ()
    n = 0
    for n, row in enumerate(table, 1):
        header = header or row
        for place, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(n, place)
                put(cell, text, number=n > 1 and header[place - 1] == "year")
                cell.alignment = top
                if n == 1:
                    cell.font = Font(bold=True)
    for place, name in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 14)
    sheet.freeze_panes = "C2"
    known: Any = book.create_sheet("about")
    known.column_dimensions["A"].width = 110
    for line, text in enumerate(about, 1):
        if text:
            put(known.cell(line, 1), text)
            known.cell(line, 1).alignment = top
    lists: Any = book.create_sheet("choices")
    lists.sheet_state = "hidden"
    start = 1
    for name, options in (("verdict", VERDICTS), ("reason", reasons)):
        for line, text in enumerate(options, start):
            put(lists.cell(line, 1), text)
        if options and n > 1:
            check = DataValidation(type="list", formula1=f"choices!$A${start}:$A${start + len(options) - 1}", allow_blank=True)
            check.error, check.errorTitle, check.showErrorMessage = f"Choose from the list: {', '.join(options)}"[:250], name, True
            check.errorStyle = "stop" if name == "verdict" else "warning"
            letter = get_column_letter(header.index(name) + 1)
            sheet.add_data_validation(check)
            check.add(f"{letter}2:{letter}{n}")
        start += len(options)
    made = io.BytesIO()
    book.save(made)
    return timeless(made.getvalue())


def record(report: Report) -> Record:
    """The report for a reference manager: one record, with its key, and no note."""
    from review.screening.exports import record_of

    return record_of(report, "")


def is_blank(references: Iterable[Record | Reject]) -> bool:
    """Whether references are as `record` gives them: each with its key, and without a note, in which other programs write decisions."""
    tags = [dict(r.extra) if isinstance(r, Record) else {} for r in references]
    return bool(tags) and all(":" in told.get("ID", "") and "note" not in told for told in tags)
