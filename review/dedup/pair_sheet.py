"""The pairs that a person is asked about as a sheet to fill in elsewhere, two rows a pair, and what comes back of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from review.dedup.differing import BESIDE, FIELDS, SHOWN, shown
from review.dedup.explain import likely
from review.dedup.questions import Question
from review.dedup.said import Pair, pair_of
from review.formats.characters.office import timeless
from review.model.plain_text import plain
from review.model.related import RELATIONS
from review.tables.to_xlsx import put

SAY = "say"
_FIELDS = (*FIELDS, *BESIDE)
HEADER = ("pair", SAY, "note", "record", "other record", *(SHOWN.get(name, name) for name in _FIELDS), "why asked")
NEEDED = (SAY, "record", "other record")  # the columns without which a table is no such sheet
GIVEN = tuple(name for name in HEADER if name not in (SAY, "note"))  # the columns that come filled in
CHOICES = ("same", "different", *(name.replace("_", " ") for name in RELATIONS))
# What people write for it, in small letters.
_WORDS = {
    **dict.fromkeys(("same", "s", "yes", "y", "1", "true", "duplicate", "dup", "the same"), "same"),
    **dict.fromkeys(("different", "d", "no", "n", "0", "false", "not duplicate", "not a duplicate", "not the same", "other"), "different"),
    **{name.replace("_", " "): name for name in RELATIONS},
    **dict.fromkeys(("version", "preprint", "preprint of", "update", "update of", "protocol", "protocol of"), "version_of"),
    **dict.fromkeys(("abstract", "conference abstract", "meeting abstract"), "abstract_of"),
    **dict.fromkeys(("erratum", "erratum of", "correction", "corrigendum", "retraction", "retraction of"), "erratum_or_retraction_of"),
    **dict.fromkeys(("reply", "comment", "comment on"), "reply_to"),
    **dict.fromkeys(("copublication", "published twice", "published in two places"), "co_publication"),
}
_WIDTHS = {"pair": 6, SAY: 14, "note": 20, "record": 18, "other record": 18, "title": 60, "authors": 30, "year": 7, "journal": 26, "DOI": 22, "abstract": 60, "why asked": 40}  # fmt: skip
_DIFFERS = "FBE0B8"  # the screens' orange, lighter


@dataclass(frozen=True, slots=True)
class Told:
    """What a sheet says of a pair. line: of the sheet, 1-based; record, title: of the one in that line."""

    line: int
    pair: Pair
    same: bool
    relation: str
    note: str
    record: str
    title: str


def table(asked: Iterable[Question], name: Callable[[str], str] = str) -> Iterator[list[str]]:
    """The header, then two rows for each pair: its records, one above the other. name: of the record of a key."""
    yield list(HEADER)
    for n, q in enumerate(asked, 1):
        why = f"{likely(q.link.rule, q.link.probability)}; {q.link.evidence}"
        for record, other, told in ((q.a, q.b, why), (q.b, q.a, "")):
            yield [str(n), "", "", name(record.key), name(other.key), *(shown(record, n) for n in _FIELDS), told]


def about(title: str, who: str = "", notice: str = "") -> list[str]:
    """Lines that say how to fill it in."""
    return [
        f"{title}: pairs of records that may be one report{who and ', for '}{who}",
        *([notice] if notice else []),
        "Two rows are a pair, one record above the other; what differs is coloured. Fill in 'say' in either of the two.",
        f"same: they are one report, and are merged. different: they are two. Or what the one is to the other: {', '.join(CHOICES[2:])}.",
        "Leave 'say' empty where you have not decided. 'note' is yours. Leave 'record' and 'other record' as they are.",
        "The file may come back half done, and again when more is done.",
    ]


def workbook(asked: Sequence[Question], lines: Sequence[str], name: Callable[[str], str] = str) -> bytes:
    """The table as a workbook with a list to choose from, what differs coloured, and a sheet of what to know. name: as in `table`."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "pairs"
    top, above = Alignment(wrap_text=True, vertical="top"), Border(top=Side(style="medium"))
    for line, row in enumerate(table(asked, name), 1):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(line, place)
            put(cell, text, number=line > 1 and HEADER[place - 1] in ("pair", "year"))
            cell.alignment = top
            if line == 1:
                cell.font = Font(bold=True)
            elif line % 2 == 0:
                cell.border = above
    fill = PatternFill("solid", fgColor=_DIFFERS)
    for n, q in enumerate(asked):
        for field in _apart(q):
            for line in (2 * n + 2, 2 * n + 3):
                sheet.cell(line, HEADER.index(SHOWN.get(field, field)) + 1).fill = fill
    for place, column in enumerate(HEADER, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(column, 10)
    sheet.freeze_panes = "D2"
    if asked:
        check = DataValidation(type="list", formula1=f'"{",".join(CHOICES)}"', allow_blank=True)
        check.error, check.errorTitle, check.showErrorMessage = f"Choose from the list: {', '.join(CHOICES)}"[:250], SAY, True
        sheet.add_data_validation(check)
        check.add(f"B2:B{2 * len(asked) + 1}")
    known: Any = book.create_sheet("about")
    known.column_dimensions["A"].width = 110
    for n, text in enumerate(lines, 1):
        put(known.cell(n, 1), text)
    made = io.BytesIO()
    book.save(made)
    return timeless(made.getvalue())


def _apart(asked: Question) -> list[str]:
    """The fields that differ; where none does, those of `BESIDE` that do."""
    told = {name: [plain(shown(record, name)) for record in (asked.a, asked.b)] for name in _FIELDS}
    differ = [name for name, (mine, other) in told.items() if mine and other and mine != other]
    return [name for name in differ if name in FIELDS] or differ


def back(header: Sequence[str], lines: Iterable[tuple[int, Sequence[str]]]) -> tuple[list[Told], list[tuple[int, str]]]:
    """What a filled-in table says, each pair once, and the lines that can't be taken, with why. lines: (number, cells) below the header. A note
    may stand in the other row than the word.

    Raises KeyError, with the name of the column, where one is missing.
    """
    names = [h.strip().casefold() for h in header]
    places = {}
    for name in NEEDED:
        if name not in names:
            raise KeyError(name)
        places[name] = names.index(name)
    others = [names.index(name) if name in names else -1 for name in ("note", "title")]
    told: dict[Pair, Told] = {}
    noted: list[tuple[int, Pair, str]] = []
    wrong: list[tuple[int, str]] = []
    against: set[Pair] = set()
    for line, cells in lines:
        said, a, b = (cells[places[name]].strip() if places[name] < len(cells) else "" for name in (SAY, "record", "other record"))
        note, title = (cells[n].strip() if 0 <= n < len(cells) else "" for n in others)
        if not said:
            noted += [(line, pair_of(a, b), note)] if note else []
            continue
        word = _WORDS.get(" ".join(said.casefold().replace("_", " ").replace("-", " ").split()))
        if word is None:
            wrong.append((line, f"'{said}' is none of: {', '.join(CHOICES)}"))
        elif not a or not b or a == b:
            wrong.append((line, "its two records are not named"))
        else:
            now = Told(line, pair_of(a, b), word == "same", word if word in RELATIONS else "", note, a, title)
            before = told.setdefault(now.pair, now)
            noted += [(line, now.pair, note)] if before is not now and note else []
            if (before.same, before.relation) != (now.same, now.relation):
                wrong.append((line, f"it says another thing of the pair than line {before.line}; neither is taken"))
                against.add(now.pair)
    for line, pair, note in noted:
        if pair not in told:
            wrong.append((line, f"a note without a word in '{SAY}': it is not taken"))
        elif note not in (of := told[pair]).note:
            told[pair] = replace(of, note="; ".join(filter(None, (of.note, note))))
    return [t for pair, t in told.items() if pair not in against], wrong
