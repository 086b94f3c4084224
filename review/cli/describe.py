"""review describe: what files hold, before anything is imported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from review.cli.common import AsJson, out, out_json, say
from review.cli.files import Columns, ReadAs, tell_rejects
from review.errors import ReviewError
from review.model.words import counted, noun

if TYPE_CHECKING:
    from review.formats.describe import Description

_MOST = 12  # names of what no field is for


def command(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Files of references in any format; it is found from the content. Compressed ones (.gz, or a .zip of exports) too. -: standard input.",
            readable=False,
        ),
    ],
    format_name: ReadAs = "",
    columns: Columns = None,
    as_json: AsJson = False,
) -> None:
    """Say what files hold: format, where they come from, records, rejects, what is missing, years, duplicates, encoding.

    Works anywhere and changes nothing. A file that can't be read is named, the others are described all the same, and the exit code is 1, or 2 where there is no such file.
    """
    from review.cli.import_ import pairs

    mapping = pairs(columns or [])
    told: list[dict[str, Any]] = []
    failed = 0
    for shown, found in (each for path in files for each in _described(path, format_name, mapping)):
        if isinstance(found, ReviewError):
            failed = max(failed, found.exit_code)
            told.append({"file": shown, "format": None, "error": found.message, "hint": found.hint})
            if not as_json:
                say(f"review: {found.message}" + (f"\n        {found.hint}" if found.hint else ""))
            continue
        told.append({"file": shown, **found.to_json()})
        if not as_json:
            _show(shown, found)
    if as_json:
        out_json({"files": told})
    if failed:
        raise typer.Exit(failed)


def _described(path: Path, format_name: str, columns: dict[str, str]) -> Iterator[tuple[str, Description | ReviewError]]:
    """Each of the files in one, by what it is called, with what it holds or why it can't be read."""
    from review.cli.files import files
    from review.formats.describe import describe

    try:
        for file in files(path):
            try:
                with file.reading(format_name, columns) as (stream, form):
                    found: Description | ReviewError = describe(stream, form, columns)
            except ReviewError as error:
                found = error
            yield file.shown, found
    except ReviewError as error:
        yield str(path), error


def _share(n: int, of: int) -> str:
    return f"{n / of:.0%}" if 200 * n >= of else "less than 1%"


def _show(path: str, found: Description) -> None:
    origin = f" from {found.dialect}" if found.dialect else ""
    written = f", {found.encoding}" if found.encoding else ""
    out(f"{path}: {found.label}{origin}{written}")
    out(f"  {counted(found.entries, 'entry')} = {counted(found.records, 'record')} + {len(found.rejects):,} rejected")
    if found.records:
        missing = [f"{name} {count:,} ({_share(count, found.records)})" for name, count in found.missing.items() if count]
        out(f"  missing: {', '.join(missing) or 'nothing'}")
    if found.kept:
        names = [f"{' '.join(name.split())[:40] or 'text outside the entries'} {count:,}" for name, count in found.kept.items()]
        more = f" and {len(names) - _MOST:,} more (--json)" if len(names) > _MOST else ""
        out(f"  in no field, kept as it came: {', '.join(names[:_MOST])}{more}")
    if found.years:
        first, last = min(found.years), max(found.years)
        out(f"  years: {first}" + (f" to {last}" if last != first else ""))
    out(f"  duplicates within the file: {found.duplicates:,} (same PMID, or same title and DOI or year)")
    if found.mojibake:
        lines = ", ".join(str(line) for line in found.mojibake_lines[:5])
        more = ", …" if found.mojibake > 5 else ""
        out(
            f"  mis-decoded text (such as Ã© for é) in {counted(found.mojibake, 'record')}, {noun(found.mojibake, 'line')} {lines}{more}: kept as it came; export again as UTF-8"
        )
    for note in found.notes:
        out(f"  note: {note}")
    tell_rejects(out, [(path, reject) for reject in found.rejects], "--json")
