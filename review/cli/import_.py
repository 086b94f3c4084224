"""review import: a file that a source returned, into the archive."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from review.cli.common import AsJson, Review, next_step, out, out_json, say, workspace
from review.cli.files import Columns, ReadAs, tell_rejects
from review.errors import FAILED, FormatError, UsageError
from review.model.words import counted, have
from review.opening import called

if TYPE_CHECKING:
    from review.search.archive import Imported
    from review.workspace import Workspace


def command(
    source: Annotated[str, typer.Option("--source", help="The source's id in the protocol.", show_default=False)] = "",
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files of references in any format; it is found from the content. Compressed ones (.gz, or a .zip of exports) too. -: standard input. None for --announced 0.",
            readable=False,
        ),
    ] = None,
    searched: Annotated[str, typer.Option("--date", help="When the source was searched, YYYY-MM-DD (default: today).")] = "",
    format_name: ReadAs = "",
    columns: Columns = None,
    announced: Annotated[int | None, typer.Option("--announced", help="The count that the source gave.", min=0)] = None,
    query: Annotated[
        Path | None, typer.Option("--query", help="A file with the query as it was sent (default: the protocol's strategy).")
    ] = None,
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Bring search results in: archived unchanged, counted, every reject listed with its line."""
    from review.search.archive import Came, came, import_file, import_nothing

    space = workspace(review)
    if not source:
        raise UsageError(
            "From which source?", f"Say it with --source. The protocol has: {', '.join(s.id for s in space.protocol.sources)}."
        )
    sent, day = _query(query) if query else "", _day(searched)
    told: list[dict[str, Any]] = []
    imported: list[Imported] = []
    failed: list[FormatError] = []
    if not files:
        if announced != 0:
            raise UsageError("No file is named.", "Name the files that the source returned, or say that it found nothing: --announced 0.")
        folder = import_nothing(space, source, day, sent)
        out(f"{source} of {day}: nothing found → {space.shown(folder)}")
    for path in files or []:
        for brought in came(path):
            if isinstance(brought, str):
                say(f"  {brought}")
                continue
            try:
                if isinstance(brought, FormatError):
                    raise brought
                done = import_file(
                    space, brought, source, day, format_name=format_name, columns=pairs(columns or []), announced=announced, query=sent
                )
            except FormatError as error:
                if isinstance(brought, Came) and brought.shown == called(path):
                    raise
                failed.append(error)  # one file of a ZIP costs no other
                say(f"review: {error.message}" + (f"\n        {error.hint}" if error.hint else ""))
                continue
            imported.append(done)
            told.append(_json(brought.shown, done, source, day))
            if not as_json:
                _show(brought.shown, done, space)
    held = sum(done.file.parsed + done.file.rejected for done in imported)
    if imported and announced is not None and announced != held:
        say(
            f"  note: the source announced {announced:,}, {'the file holds' if len(imported) == 1 else 'the files hold'} {counted(held, 'entry')}; the report will show both"
        )
    if as_json:
        out_json([*told, *({"error": e.message, "hint": e.hint} for e in failed)])
    else:
        say(f"Next: {next_step(space, 'review run')}")
    if failed:
        say(f"{len(failed)} of {len(failed) + len(imported)} files were not imported.")
        raise typer.Exit(FAILED)


def _day(searched: str) -> str:
    """The day of the search: today, where none is given. Raises UsageError for one that is yet to come."""
    from review.search.archive import a_day

    today = datetime.now().astimezone().date()
    day = searched or today.isoformat()
    if a_day(day) > today + timedelta(days=1):  # a day's grace: it may be tomorrow where the search was run
        raise UsageError(f"{day} is yet to come; --date is the day on which the source was searched.", "Write it as 2026-01-31.")
    return day


def _query(path: Path) -> str:
    """The query as it was sent. Raises UsageError for a file that is no text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8 (byte {error.start}).", "Save the query as UTF-8 text.") from None


def _json(shown: str, done: Imported, source: str, day: str) -> dict[str, Any]:
    file = done.file
    return {
        "file": shown, "source": source, "date": day, "format": file.format, "sha256": file.sha256, "parsed": file.parsed,
        "rejected": file.rejected, "without_title": done.without_title, "mojibake": done.mojibake, "again": done.again, "corrected": list(done.corrected), "left_out": list(done.left_out),
        "rejects": [{"line": r.line, "reason": r.reason} for r in done.rejects],
    }  # fmt: skip


def _show(shown: str, done: Imported, space: Workspace) -> None:
    file = done.file
    if done.again:
        what = "the file stays as it is" if done.corrected else "nothing done"
        out(f"{shown}: imported before, {what} ({counted(file.parsed, 'record')}, {file.rejected:,} rejected)")
    for words in done.corrected:
        say(f"  corrected: {words}")
    if done.again:
        return
    out(
        f"{shown}: {file.format}, {counted(file.parsed + file.rejected, 'entry')} = {counted(file.parsed, 'record')} + {file.rejected:,} rejected → {space.shown(done.folder)}"
    )
    tell_rejects(say, [(shown, reject) for reject in done.rejects], "'review report'")
    for words in done.left_out:
        say(f"  note: {words}")
    if done.mojibake:
        say(
            f"  note: {counted(done.mojibake, 'record')} {'holds' if done.mojibake == 1 else 'hold'} mis-decoded text (such as Ã© for é), kept as it came; 'review describe' says where. "
            "Export again as UTF-8 if you can."
        )
    if n := done.without_title:
        asked = file.format == "csv" and 10 * n >= file.parsed  # a few are the source's
        say(
            f"  note: {n:,} of {counted(file.parsed, 'record')} {have(n)} no title"
            + ("; is a column not understood? See --map." if asked else "")
        )


def pairs(given: list[str]) -> dict[str, str]:
    """FIELD=COLUMN words as a mapping. Raises UsageError for a word without '='."""
    found = {}
    for word in given:
        left, sign, right = word.rpartition("=")  # what a table holds may itself have a =, our words have none
        if not sign or not left.strip() or not right.strip():
            raise UsageError(f"--map {word}: is not LEFT=RIGHT.", "Such as --map title='Article Title'.")
        found[left.strip()] = right.strip()
    return found
