"""review report: render the report."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from review.cli.common import Review, out, progress_bar, say, workspace


def command(
    review: Review = "",
    open_it: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Render the report: one HTML page, Markdown, the flow as SVG, and every table and list as CSV."""
    from review import pipeline

    space = workspace(review)
    with progress_bar() as progress:
        stages = pipeline.run(space, progress=progress)
    page = space.reports / "report.html"
    out(space.shown(page))
    missing = [w for stage in stages for w in stage.waits]
    for stage in stages:
        for warning in stage.warnings:
            print(f"warning: {warning}", file=sys.stderr)
    if missing:
        say("INTERIM: " + "; ".join(f"{n:,} {what} ({who})" if n else what for who, n, what, _ in missing))
    if open_it:
        typer.launch(page.as_uri())
