"""review report: render the report, also for paper."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated

import typer

from review.cli.common import Review, out, progress_bar, say, workspace
from review.errors import UsageError

FORMATS = {"docx": ("report.docx",), "pdf": ("report.pdf", "flow.pdf"), "png": ("flow.png",)}


def command(
    review: Review = "",
    formats: Annotated[
        str, typer.Option("--format", help="What to make besides the pages: docx, pdf, png, with commas between; 'none' for nothing.")
    ] = "docx,pdf,png",
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of report.json, and do nothing else.")] = False,
    open_it: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Render the report: one HTML page, Markdown, JSON, the flow, every table and list as CSV; Word, PDF and PNG.

    Templates of your own go into reports/NAME/templates/: any of ours by its name, and report.docx for Word's styles.
    """
    if schema:
        from review.report.whole import schema as schema_text

        out(schema_text().rstrip())
        return
    wanted = [f.strip() for f in formats.split(",") if f.strip() and f.strip() != "none"]
    if bad := [f for f in wanted if f not in FORMATS]:
        raise UsageError(f"'{bad[0]}' is not a format of the report.", f"There are: {', '.join(FORMATS)}, none.")
    from review import pipeline
    from review.report.stage import print_out, see

    space = workspace(review)
    with progress_bar() as progress:
        stages = pipeline.run(space, progress=progress)
        missing = [w for stage in stages for w in stage.waits]
        made = []
        if wanted:
            with pipeline.opened(space) as store:
                seen = replace(see(space, store, missing), lists=())  # long, and not for paper: the room is wanted for typesetting
            progress("printing", 0, 1)
            made = print_out(space, seen, [name for f in wanted for name in FORMATS[f]])
            progress("printing", 1, 1)
    page = space.reports / "report.html"
    for path in (page, *made):
        out(space.shown(path))
    for stage in stages:
        for warning in stage.warnings:
            print(f"warning: {warning}", file=sys.stderr)
    if missing:
        say("INTERIM: " + "; ".join(f"{n:,} {what} ({who})" if n else what for who, n, what, _ in missing))
    if open_it:
        typer.launch(page.as_uri())
