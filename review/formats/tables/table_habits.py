"""What the first rows of a table tell of its columns: how people and keywords stand in theirs, and which column holds people where none is called so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from review.formats.citations.reference import dated_name, is_label
from review.formats.columns.csv_columns import BLANK, squash
from review.formats.columns.csv_dialects import are_natural
from review.formats.columns.mapped import Mapped
from review.formats.people.author_habits import NATURAL, habits_of
from review.formats.people.author_lists import are_people
from review.formats.values.bag import WORDS
from review.formats.values.keyword_lists import have_commas, joined_by_and
from review.model.patterns import lazy

# Columns that call works so.
STUDIES = frozenset({"study", "studies", "studyid", "studyname", "studylabel", "includedstudy", "includedstudies"})
WORKS = frozenset({"article", "paper", "publication", "reference", "references", "citation", "source"})


def with_names(mapped: Mapped, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Mapped:
    """What the first rows tell of how the authors and keywords stand in theirs, and which column holds them where none is called so."""
    column = mapped.of("authors")[:1] if mapped.told < 0 else ()
    found = list(rows)
    if not column and mapped.told < 0 and not mapped.of("family"):
        below = {n: [cell for row in found if n < len(row) and (cell := row[n].strip(BLANK)) != name] for n, name in enumerate(header)}
        lists = [
            n
            for n, cells in below.items()
            if _names_studies(header[n], cells, titled=any(column != n for column in mapped.of("title")))
            or (header[n] == "" and mapped.of("title") and are_people(cells))
        ]
        column = tuple(lists) if len(lists) == 1 else ()
        if column:  # which then is nothing else: `Publication` no journal
            others = {field: tuple(n for n in columns if n not in column) for field, columns in mapped.fields.items()}
            mapped = replace(mapped, fields={**{field: columns for field, columns in others.items() if columns}, "authors": column})
    people = [row[n] for n in column for row in found if n < len(row)]
    words = mapped.of("keywords") if mapped.told < 0 else ()
    terms = frozenset(column for column in words if have_commas([row[column] for row in found if column < len(row)]))
    joined = frozenset(column for column in words if joined_by_and([row[column] for row in found if column < len(row)], people))
    ours = {column for columns in mapped.fields.values() for column in columns} if mapped.told < 0 else ()
    nothing = WORDS.intersection(row[column].strip(BLANK) for row in found for column in ours if column < len(row))
    return replace(mapped, people=NATURAL if are_natural(mapped.marks) else habits_of(people), terms=terms, joined=joined, nothing=nothing)


def _names_studies(column: str, cells: Sequence[str], *, titled: bool) -> bool:
    """Whether a column calls studies by their authors and year: `Roe et al. (2019)`, `Roe 2019`. titled: another has their titles."""
    if squash(column) in WORKS:  # a word and a year may be a journal's, or a database's: `Lancet 2016`
        several = sum(1 for cell in cells if _SEVERAL.search(cell))
        return titled and sum(map(is_label, cells)) > 0.8 * len(cells) and 2 * several >= len(cells)
    told = [cell for cell in cells if cell] if squash(column) in STUDIES else []
    dated = sum(1 for cell in told if dated_name(cell, always=True))
    # The year may have a column of its own.
    short = sum(1 for cell in told if _NAMED.fullmatch(cell)) if any("et al" in cell for cell in told) else 0
    return max(dated, short) > 0.8 * len(told)


_SEVERAL = lazy(r"\bet al\b| & | and ")
_NAMED = lazy(r"[^\W\d_](?:[^\W\d_]|['’. -]){0,30}(?:,? et al\.?| (?:&|and) [^\W\d_](?:[^\W\d_]|['’. -]){0,30})?")
