"""Sheets that people fill in: one in which somebody wrote is never written over, nor is a file that is no such sheet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from review.cli.common import read_bytes
from review.errors import FormatError, UsageError

_BESIDE = ("about", "choices")  # sheets of a workbook in which nobody is asked to write


def tables(data: bytes, name: str) -> dict[str, list[tuple[int, Sequence[str]]]]:
    """Each sheet of a workbook, or a CSV (called ""): its rows with their numbers, the header first. Raises FormatError, which names the file."""
    from review.formats.tables import xlsx
    from review.formats.tables.rows import read_rows

    if not xlsx.is_workbook(data):
        header, rows = read_rows(data, name)
        return {"": [(1, header), *((row.line, list(row.cells.values())) for row in rows)]}
    try:
        return {title: list(enumerate(rows, 1)) for title, rows in xlsx.sheets(data)}
    except FormatError as error:
        raise FormatError(f"{name}: {error.message}", error.hint) from None


def refuse_filled(file: Path, needed: Collection[str], given: Collection[str], mend: str) -> None:
    """Raises UsageError where a file of this name is there that would be lost: a sheet in which somebody wrote, or no such sheet.

    needed: columns that every such sheet has; given: those that come filled in, so that what stands in any other is somebody's own;
    mend: what to do with a filled-in sheet.
    """

    if not file.is_file():
        return
    try:
        first, *others = tables(read_bytes(file), str(file)).items()
    except FormatError:
        first, others = ("", []), []
    header, *rows = first[1] or [(1, ())]
    names = [name.strip().casefold() for name in header[1]]
    if not {name.casefold() for name in needed} <= set(names):
        raise UsageError(f"{file} is there, and is no such sheet: it would be lost.", "Name another file.")
    ours = {name.casefold() for name in given}
    own = [cell for _, cells in rows for n, cell in enumerate(cells) if n >= len(names) or names[n] not in ours]
    own += [cell for title, lines in others if title not in _BESIDE for _, cells in lines for cell in cells]
    if any(cell.strip() for cell in own):
        raise UsageError(f"{file} is there, and filled in: it would be lost.", mend)


def refuse_screened(file: Path) -> None:
    """Raises UsageError where references of this name are there that are not as a sheet gives them out."""
    from review.formats.ris import ris
    from review.screening.sheets import is_blank

    if not file.is_file():
        return
    try:
        blank = is_blank(ris.FORMAT.read(read_bytes(file), {}))
    except FormatError:
        blank = False
    if not blank:
        raise UsageError(f"{file} is there, and is not as this command writes it: it would be lost.", "Name another file.")
