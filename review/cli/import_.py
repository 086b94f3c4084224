"""review import: a file that a source returned, into the archive."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from review.cli.common import AsJson, Review, out, out_json, say, workspace
from review.errors import UsageError

MOST_SHOWN = 20


def command(
    source: Annotated[str, typer.Option("--source", help="The source's id in the protocol.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Files of references in any format; it is found from the content. None for --announced 0."),
    ] = None,
    searched: Annotated[str, typer.Option("--date", help="When the source was searched, YYYY-MM-DD (default: today).")] = "",
    format_name: Annotated[str, typer.Option("--format", help="Name the format where it is not recognised.")] = "",
    columns: Annotated[
        list[str] | None, typer.Option("--map", help="FIELD=COLUMN for a table whose header is not understood. May be repeated.")
    ] = None,
    announced: Annotated[int | None, typer.Option("--announced", help="The count that the source gave.", min=0)] = None,
    query: Annotated[
        Path | None, typer.Option("--query", help="A file with the query as it was sent (default: the protocol's strategy).")
    ] = None,
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Bring search results in: archived unchanged, counted, every reject listed with its line."""
    from review.search.archive import import_file, import_nothing

    space = workspace(review)
    sent = query.read_text(encoding="utf-8-sig") if query else ""
    day = searched or datetime.now().astimezone().date().isoformat()
    told = []
    if not files:
        if announced != 0:
            raise UsageError("No file is named.", "Name the files that the source returned, or say that it found nothing: --announced 0.")
        folder = import_nothing(space, source, day, query=sent)
        out(f"{source} of {day}: nothing found → {space.shown(folder)}")
    for path in files or []:
        done = import_file(space, path, source, day, format_name=format_name, columns=pairs(columns or []), announced=announced, query=sent)
        file = done.file
        told.append({
            "file": str(path), "source": source, "date": day, "format": file.format, "sha256": file.sha256, "parsed": file.parsed,
            "rejected": file.rejected, "without_title": done.without_title, "mojibake": done.mojibake, "again": done.again,
            "rejects": [{"line": r.line, "reason": r.reason} for r in done.rejects],
        })  # fmt: skip
        if as_json:
            continue
        if done.again:
            out(f"{path}: imported before, nothing done ({file.parsed:,} records, {file.rejected:,} rejected)")
            continue
        out(
            f"{path}: {file.format}, {file.parsed + file.rejected:,} entries = {file.parsed:,} records + {file.rejected:,} rejected → {space.shown(done.folder)}"
        )
        for reject in done.rejects[:MOST_SHOWN]:
            say(f"  {path}:{reject.line}: rejected: {reject.reason}")
        if len(done.rejects) > MOST_SHOWN:
            say(f"  … and {len(done.rejects) - MOST_SHOWN} more; 'review report' lists them all")
        if announced is not None and announced != file.parsed + file.rejected and len(files or []) == 1:
            say(
                f"  note: the source announced {announced:,}, the file holds {file.parsed + file.rejected:,} entries; the report will show both"
            )
        if done.mojibake:
            say(
                f"  note: {done.mojibake:,} records hold mis-decoded text (such as Ã© for é), kept as it came; 'review describe' says where. "
                "Export again as UTF-8 if you can."
            )
        if done.without_title:
            say(
                f"  note: {done.without_title:,} of {file.parsed:,} records have no title"
                + ("; is a column not understood? See --map." if file.format == "csv" else "")
            )
    if as_json:
        out_json(told)
    else:
        say("Next: review run")


def pairs(given: list[str]) -> dict[str, str]:
    """FIELD=COLUMN words as a mapping. Raises UsageError for a word without '='."""
    found = {}
    for word in given:
        left, sign, right = word.rpartition("=")  # what a table holds may itself have a =, our words have none
        if not sign or not left.strip() or not right.strip():
            raise UsageError(f"--map {word}: is not LEFT=RIGHT.", "Such as --map title='Article Title'.")
        found[left.strip()] = right.strip()
    return found
