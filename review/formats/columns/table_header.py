"""Which row of a table is its header: the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from review.formats.citations.reference_title import title_in
from review.formats.columns.csv_columns import BLANK, TOLD, field_of
from review.formats.columns.mapped import map_columns
from review.model.patterns import lazy

# For a person whose table was not understood.
MAP = "Of a table, say which column is what, by its name or its number: review convert FILE --map title=NAME -o OUT.ris, or --map title=2 (describe, import and dedup take --map too)."
LONGEST = 200  # letters of a name
_FEW = 5  # rows
_HEADER_WITHIN = 40  # rows: some exports begin with the search that was run
# A line of a search strategy names fields too: `deaf*.mp. [mp=title, abstract, heading word]`; the star of `Autor*innen` is none of a search.
STRATEGY = lazy(r"[{}$]|\*(?!innen\b)|\b(?:OR|AND)\b|^[^\[\]]*\]|\[[^\[\]]*$|\[(?i:mp|tiab|tw|ti|ab|mesh)\b")
# Is in no name of a column: that of Dublin Core may be an address.
_DATA = lazy(r"\b10\.\d{4,9}/|^https?://(?!purl\.org/)|\bPMC?ID:? ?(?:PMC)?\d", re.IGNORECASE)
_NAMING = ("title", "abstract", "doi", "pmid")


@dataclass(frozen=True, slots=True)
class Header:
    """The row of the names, counted from 0, the names, how many fields of ours they are, and how many rows above name columns too."""

    row: int
    names: list[str]
    known: int
    over: int = 0


def find_header(rows: Iterable[Sequence[str]]) -> Header | None:
    """The first row whose cells are names of two fields or more, one of which names a work; else the first row of several cells, where
    one of them is the name of such a field and the rows below have it."""
    found = [[c.strip(BLANK) for c in row] for row in islice(rows, _HEADER_WITHIN)]
    for number, names in enumerate(found):
        # Names are short: a row with a long cell is no header, and need not be looked up.
        ours = TOLD in names  # what else stands there is what the table that was read had for a name
        if len(names) < 2 or (not ours and (max(map(len, names)) > LONGEST or any(_is_searched(c) or _DATA.search(c) for c in names))):
            continue
        fields = map_columns(names).fields
        if len(fields) >= 2 and any(name in fields for name in _NAMING):
            above = found[number - 1] if number and "" in names and _names_too(found[number - 1]) else []
            whole = [name or over for name, over in zip_longest(names, above, fillvalue="")]
            if whole == names and "" in names and _is_under(found[number + 1 : number + 2], names, fields):
                return Header(number + 1, _under(found[number + 1], names), len(fields), 1)
            return Header(number, whole, len(fields), int(whole != names))
    first = next((n for n, names in enumerate(found) if sum(map(bool, names)) > 1), len(found))
    below = [row for row in found[first + 1 :] if any(row)]
    return Header(first, found[first], 1) if below and _is_lone_among(found[first], below) else None


def _is_searched(cell: str) -> bool:
    """Whether a cell is part of a search; the star behind a name, `Start Date*`, is that of a remark."""
    return STRATEGY.search(cell.rstrip("*") if cell[:1].isupper() else cell) is not None


def names_columns(cells: list[str], names: Sequence[str] = ()) -> bool:
    """Whether a row below a header names columns itself, those of another table: four names or more that are known, or these in another order."""
    if cells and cells[0] in names and sorted(cells) == sorted(names):
        return True
    if len(cells) < 4 or max(map(len, cells)) > LONGEST or sum(1 for c in cells[:4] if len(c) < 40 and field_of(c)) < 2:
        return False
    header = find_header([cells])
    return header is not None and header.known >= 4


def _names_too(row: list[str]) -> bool:
    """Whether the row above the names may hold those of columns that it spans: no sentence, and no line of a search."""
    return sum(map(bool, row)) > 1 and not any(len(c) > 40 or c.isdecimal() or STRATEGY.search(c) or _DATA.search(c) for c in row)


def _is_under(following: list[list[str]], names: list[str], fields: Mapping[str, Sequence[int]]) -> bool:
    """Whether the row below the names holds those of the columns that one of them spans: nothing that tells of a work."""
    row = following[0] if following else []
    told = {n for n, cell in enumerate(row) if cell}
    spanned = {n for n in range(len(names)) if not names[n] or names[n + 1 : n + 2] == [""]}
    short = all(len(c) <= 40 and not c.isdecimal() and not _DATA.search(c) for c in row)
    return (
        len(row) <= len(names)
        and len(told) > 1
        and told <= spanned
        and short
        and any(not names[n] for n in told)
        and all(field_of(row[n]) for n in told.intersection(chain(*fields.values())))
    )


def _under(row: list[str], names: list[str]) -> list[str]:
    """The names, and those of the columns that one of them spans, each behind it: `Quality Q1`. Of one that names a field, `Publication`, they
    are its parts."""
    whole, over = [], ""
    for name, under in zip_longest(names, row, fillvalue=""):
        over = name or (over if under else "")
        whole.append(under if under and field_of(over) and field_of(under) else f"{over} {under}".strip())
    return whole


_CALLED = lazy(r"[\w()/ -]{3,}")  # `ab.` ends a line of a search
_HELD = {"pmid": lazy(r"(?:PMID:? ?)?[1-9]\d{0,7}(?:\.0)?", re.IGNORECASE), "doi": lazy(r"\S{0,40}10\.\d{4,9}/\S+")}


def _is_lone_among(names: list[str], below: list[list[str]]) -> bool:
    """Whether one of these cells is the very name of a field that names a work, and most rows below hold such a thing there."""
    known = [(n, field) for field, columns in map_columns(names).fields.items() for n in columns if len(names[n]) < 40]
    if whole := [n for n, field in known if field == "citation"]:  # references, and nothing else that names a work
        return 2 * sum(1 for row in below if len(row) > whole[0] and title_in(row[whole[0]], column=True)) > len(below)
    called = [(n, field) for n, field in known if field in _NAMING and _CALLED.fullmatch(names[n])]
    if not called or len({field for _, field in known}) != 1 or any(map(STRATEGY.search, names)):
        return False
    at, field = called[0]  # `Article` beside it may call the works by their authors
    cells = [row[at] for row in below if len(row) == len(names)]
    fit = sum(1 for cell in cells if (_HELD[field].fullmatch(cell) if field in _HELD else any(map(str.isalpha, cell))))
    return 2 * fit > len(below)


def given_header(rows: Iterable[Sequence[str]], columns: Mapping[str, str]) -> Header | None:
    """The first row that holds every column that a person named."""
    for number, row in enumerate(islice(rows, _HEADER_WITHIN)):
        names = [c.strip(BLANK) for c in row]
        if columns and all(c in names for c in columns.values()):
            return Header(number, names, 0)
    return None


def numbered_header(rows: Iterable[Sequence[str]], columns: Mapping[str, str]) -> Header | None:
    """Where a person told the columns by their numbers: the first row, if any of its cells is a name; else the numbers, above all rows."""
    found = list(islice(rows, _HEADER_WITHIN))
    width = max(map(len, found), default=0)
    told = [int(c) for c in columns.values() if c.isdecimal() and len(c) < 5]
    if not told or len(told) < len(columns) or not 0 < max(told) <= width:
        return None
    first = [c.strip(BLANK) for c in found[0]]
    above = any(_is_above(found, int(columns[name]) - 1) for name in ("year", "doi", "pmid") if name in columns)
    titled = first[int(columns["title"]) - 1 : int(columns["title"])] if "title" in columns else []
    if any(map(field_of, first)) or (above and all(len(cell.split()) <= _FEW_WORDS for cell in titled)):
        return Header(0, first, 0)
    return Header(-1, [str(n + 1) for n in range(width)], 0)


def _is_above(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether the first of the rows has a word in a column in which all others have a number, and none for what has no date or number yet."""
    first, *others = ("".join(row[at : at + 1]).strip(BLANK) for row in rows)
    called = first.replace(" ", "").isalpha() and _NOT_YET.search(first) is None
    return called and bool(others) and all(any(map(str.isdecimal, cell)) for cell in others)


_FEW_WORDS = 2  # of the name of a column; a title has more, or is asked about by nobody: a record taken for a header would be lost
_NOT_YET = lazy(r"press|date|forthcoming|print|submitted|accepted|unknown|none|^n\W?[ads]\b", re.IGNORECASE)


def lone_header(row: Sequence[str], below: Iterable[Sequence[str]]) -> bool:
    """Whether a row of one cell names a work: a list of titles or DOIs, or of references whose titles can be told."""
    fields = map_columns(list(row)).fields if len(row) == 1 else {}
    cells = [cells[0] for cells in islice(below, _HEADER_WITHIN) if cells and cells[0]] if "citation" in fields else []
    return any(name in fields for name in _NAMING) or (
        bool(cells) and 2 * sum(1 for cell in cells if title_in(cell, column=True)) > len(cells)
    )


_TEXTS = frozenset({"title", "abstract", "authors", "family", "journal"})  # no such thing is a number


def with_row_names(names: list[str], below: Iterable[Sequence[str]]) -> list[str]:
    """The names with one that is empty before them, where the rows below have a cell more than the header, which numbers them: R writes
    the names of its rows so.

    A row in which a delimiter stands in a cell has one more too: a column that numbers the rows has its name then.
    """
    rows = [row for row in below if any(c.strip(BLANK) for c in row)]
    rows = rows[:-1] if len(rows) > _FEW else rows  # the last of those that are looked at may be cut
    numbers = [row[0].strip(BLANK) for row in rows]
    known = field_of(names[0])
    if not rows or not all(map(str.isdecimal, numbers)) or len(set(numbers)) < len(numbers) or max(map(len, rows)) != len(names) + 1:
        return names
    # A workbook leaves out empty cells at the end.
    sure = known is not None and known[0] in _TEXTS and any(len(row) > len(names) and row[-1].strip(BLANK) for row in rows)
    likely = known is None and len(rows) > 1 and not _COUNTS.fullmatch(names[0]) and all(len(row) > len(names) and row[-1] for row in rows)
    return ["", *names] if sure or likely else names


_COUNTS = lazy(r"\W*\w{0,3}\W*|.*(?:\bno\b|num|row|index|sıra|序|编|編|番).*", re.IGNORECASE)
