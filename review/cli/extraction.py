"""review extraction: answers given elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from review.cli.common import As, AsJson, Review, member, out, out_json, say, workspace
from review.cli.decisions import read_bytes
from review.cli.extract import material
from review.cli.import_ import MOST_SHOWN, pairs
from review.errors import WORK_REMAINS

app = typer.Typer(no_args_is_help=True, help="Take in answers given elsewhere, with their extractor.")


@app.callback()
def group() -> None:
    """Keeps `import` a subcommand although it is the only one."""


@app.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            help="A CSV with one answer a row: title, DOI, PMID or key; question; field; value or missing code; quote; locator."
        ),
    ],
    who: As,
    mapping: Annotated[list[str] | None, typer.Option("--map", help="FIELD=COLUMN. May be repeated.")] = None,
    consensus: Annotated[
        bool, typer.Option("--consensus", help="The rows settle differences (so they do where you are the adjudicator).")
    ] = False,
    dry: Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and do nothing.")] = False,
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Append the answers of a table to a person's ledger; each is checked against the form."""
    from review.extraction.imports import plan as plan_import
    from review.extraction.units import Units
    from review.formats.rows import read_rows
    from review.model.forms import plan_of

    space = workspace(review)
    plan = plan_of(space.protocol)
    member(space, who, (*plan.reviewers, *((plan.adjudicator,) if plan.adjudicator else ())), "person who extracts or adjudicates")
    header, rows = read_rows(read_bytes(file), str(file))
    reports, found = material(space)
    groups = {(form.question, f.id): f.group for form in plan.forms for f in form.fields}
    with space.ledger("extraction", who).session() as ledger:
        planned = plan_import(
            header, rows, reports, pairs(mapping or []), plan, who=who, consensus=consensus or who not in plan.reviewers,
            protocol=space.digest, cells=found.cells, mine=Units(reports).answers(ledger.events(), groups),
        )  # fmt: skip
        if not dry:
            ledger.append_all(list(planned.events))
    if as_json:
        out_json({
            "rows": len(rows), "appended": 0 if dry else len(planned.events), "would_append": len(planned.events), "known": planned.known, "blank": planned.blank,
            "refused": [{"line": r.line, "why": r.why} for r in planned.refused],
        })  # fmt: skip
    else:
        out(f"{file}: {len(rows):,} rows; {'would append' if dry else 'appended'} {len(planned.events):,} answers of {who}, "
            f"{planned.known:,} known already, {planned.blank:,} empty, {len(planned.refused):,} refused")  # fmt: skip
        for row in planned.noted[:MOST_SHOWN]:
            say(f"  {file}:{row.line}: note: {row.why}")
        for row in planned.refused[:MOST_SHOWN]:
            say(f"  {file}:{row.line}: refused: {row.why}")
        if len(planned.refused) > MOST_SHOWN:
            say(f"  … and {len(planned.refused) - MOST_SHOWN} more; --json lists them all")
        say("Next: review run")
    if planned.refused:
        raise typer.Exit(WORK_REMAINS)
