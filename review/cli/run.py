"""review run: every stage that needs no person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import AsJson, Review, next_step, out, out_json, progress_bar, say, workspace
from review.cli.threads import few_threads

if TYPE_CHECKING:
    from review.pipeline import Ran


def command(
    protocol: Annotated[
        Path | None, typer.Argument(help="The protocol file; may be left out where there is only one.", show_default=False)
    ] = None,
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Run the stages whose inputs changed, say why, and what waits for whom."""
    from review import pipeline

    space = workspace(review, protocol)
    few_threads([path for path in space.queries.rglob("*") if path.is_file()])
    with progress_bar() as progress:
        stages = pipeline.run(space, progress=progress, tell=None if as_json else show)
    if as_json:
        out_json([as_dict(s) for s in stages])
        return
    say(f"Report: {space.shown(space.reports / 'report.html')}")
    if command_ := pipeline.next_command(stages):
        say(f"Next:   {next_step(space, command_)}")


def show(ran: Ran) -> None:
    """One stage, for people."""
    state = f"ran (because {ran.reason})" if ran.done and ran.reason else "unchanged" if ran.done else f"must run (because {ran.reason})"
    out(f"{ran.name:<11} {state}")
    # What must run may have come to something else by now.
    if ran.summary:
        out(f"{'':<11} {'' if ran.done else 'at the last run: '}{ran.summary}")
    for who, n, what, _ in ran.waits:
        out(f"{'':<11} {'waits' if ran.done else 'then it waited'} for {who}: {f'{n:,} ' if n else ''}{what}")
    for warning in ran.warnings:
        print(f"{'':<11} warning: {warning}", file=sys.stderr)


def as_dict(ran: Ran) -> dict[str, object]:
    return {
        "stage": ran.name,
        "state": ("ran" if ran.reason else "unchanged") if ran.done else "must run",
        "because": ran.reason,
        "summary": ran.summary,
        "waits": [{"for": w[0], "n": w[1], "what": w[2], "command": w[3]} for w in ran.waits],
        "warnings": list(ran.warnings),
    }
