"""review decisions: decisions made elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from review.cli.common import As, AsJson, PhaseName, Review, member, out, out_json, phase, progress_bar, say, warn_unlocked, workspace
from review.cli.import_ import MOST_SHOWN, pairs
from review.errors import WORK_REMAINS

app = typer.Typer(no_args_is_help=True, help="Take in decisions made elsewhere, with their reviewer.")


@app.callback()
def group() -> None:
    """Keeps `import` a subcommand although it is the only one."""


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV with a verdict and a title, DOI, PMID or key in each row.")],
    who: As,
    phase_name: PhaseName = "title-abstract",
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="FIELD=COLUMN (title, doi, pmid, key, verdict, reason, note) or CELL=VERDICT (include, exclude, maybe, not retrieved). May be repeated.",
        ),
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and do nothing.")] = False,
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Append the decisions of a table to a person's ledger. An adjudicator's rows are resolutions."""
    from review import pipeline
    from review.formats.rows import read_rows
    from review.model.events import standing as undone
    from review.model.screening import PhaseResult, Vote
    from review.screening.imports import plan as plan_import
    from review.screening.votes import resolutions, votes_of

    space = workspace(review)
    plan = phase(space, phase_name)
    people = (*plan.reviewers, *((plan.adjudicator,) if plan.adjudicator else tuple(m.id for m in space.protocol.team)))
    member(space, who, people, f"{phase_name} reviewer or adjudicator")
    adjudicates = who not in plan.reviewers
    data = read_bytes(file)
    header, rows = read_rows(data, str(file))
    warn_unlocked(space)
    with progress_bar() as progress:
        pipeline.run(space, upto="screening" if adjudicates or phase_name != "title-abstract" else "dedup", progress=progress)
    with pipeline.opened(space) as store:
        reports = store.reports()
        results = [PhaseResult.from_json(p) for p in store.result("screening").get("phases", ())]
    report_of = {k: r.key for r in reports for k in r.keys}
    outcomes = {o.report: o for r in results if r.phase == phase_name for o in r.outcomes}
    with space.ledger(phase_name, who).session() as ledger:
        events = ledger.events()
        mine: dict[str, tuple[Vote, ...]] = (
            resolutions(undone(events), phase_name, report_of) if adjudicates else votes_of(events, phase_name, report_of)
        )
        planned = plan_import(
            header, rows, reports, pairs(mapping or []), phase=phase_name, adjudicates=adjudicates, protocol=space.digest, reasons=space.protocol.reasons(phase_name),
            standing={k: (v[-1].verdict, v[-1].reason, v[-1].note) for k, v in mine.items() if v},
            settles={k: tuple(v.id for v in o.votes) for k, o in outcomes.items()},
            conflicts={k for k, o in outcomes.items() if o.state == "conflict" or o.resolution},
            reason_required=plan.reason_required,
        )  # fmt: skip
        if not dry:
            ledger.append_all(list(planned.events))
    if as_json:
        out_json({
            "rows": len(rows), "appended": 0 if dry else len(planned.events), "would_append": len(planned.events), "known": planned.known, "blank": planned.blank,
            "refused": [{"line": r.line, "why": r.why} for r in planned.refused],
            "noted": [{"line": r.line, "why": r.why} for r in planned.noted],
        })  # fmt: skip
    else:
        verb = "would append" if dry else "appended"
        out(f"{file}: {len(rows):,} rows; {verb} {len(planned.events):,} {'resolutions' if adjudicates else 'decisions'} of {who}, "
            f"{planned.known:,} known already, {planned.blank:,} without a verdict, {len(planned.refused):,} refused")  # fmt: skip
        for row in planned.noted[:MOST_SHOWN]:
            say(f"  {file}:{row.line}: note: {row.why}")
        for row in planned.refused[:MOST_SHOWN]:
            say(f"  {file}:{row.line}: refused: {row.why}")
        if len(planned.refused) > MOST_SHOWN:
            say(f"  … and {len(planned.refused) - MOST_SHOWN} more; --json lists them all")
        say("Next: review run")
    if planned.refused:
        raise typer.Exit(WORK_REMAINS)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises ReviewError where it can't be read."""
    from review.errors import ReviewError

    try:
        return path.read_bytes()
    except OSError as error:
        raise ReviewError(f"{path}: {error.strerror}") from None
