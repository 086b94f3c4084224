"""review decisions sheet: what a person has still to screen, as a file to fill in."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import As, AsJson, PhaseName, Review, member, next_step, out, out_json, phase, say, warn_unlocked, workspace
from review.errors import UsageError

if TYPE_CHECKING:
    from review.cli.sitting import Here
    from review.model.protocol_phases import PhasePlan
    from review.workspace import Workspace

ENDINGS = (".xlsx", ".csv", ".ris")


def command(
    file: Annotated[Path, typer.Argument(help="Where to write: .xlsx (with drop-downs), .csv or .ris.")],
    who: As = "",
    phase_name: PhaseName = "title-abstract",
    limit: Annotated[int, typer.Option("--limit", min=0, help="The first N only; 0: all.")] = 0,
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Write what a person has still to screen to a sheet that they fill in: title, abstract, and room for verdict, reason, note and tags.

    While the pilot runs, what is left of its round. The sheet comes back with: review decisions import FILE --as NAME
    """
    from review.cli.filled_in import refuse_filled, refuse_screened
    from review.cli.sitting import phase_here
    from review.formats.ris import ris
    from review.formats.tables.csv_line import guarded, line
    from review.screening import sheets
    from review.store.shelf import related_of
    from review.workspace import write

    suffix = file.suffix.lower()
    if suffix not in ENDINGS:
        raise UsageError(f"{file}: can't be written so.", f"FILE ends in {', '.join(ENDINGS)}.")
    space = workspace(review)
    plan = phase(space, phase_name)
    member(space, who, plan.reviewers, f"{phase_name} reviewer")
    come = next_step(
        space, f"review decisions import {shlex.quote(str(file)) if suffix != '.ris' else 'FILE'} --as {who} --phase {phase_name}"
    )
    if suffix == ".ris":
        refuse_screened(file)
    else:
        refuse_filled(file, sheets.NEEDED, sheets.GIVEN, f"If it has not been taken yet: {come}. Then name another file.")
    warn_unlocked(space)
    with phase_here(space, plan) as here:
        keys, number = left(space, plan, here, who)
        wanted = keys[: limit or None]
        reports = [here.shelf.report(k) for k in wanted]
    part = f"{phase_name}{f', round {number} of the pilot' if number else ''}"
    reasons = space.protocol.reasons(phase_name)
    about = sheets.how(space.protocol, phase_name, who, reasons, plan.reason_required)
    table = sheets.rows(reports, who, number, related_of(space.database))
    if suffix == ".xlsx":
        write(file, sheets.workbook(table, about, reasons))
    elif suffix == ".csv":
        write(file, b"\xef\xbb\xbf" + b"".join(line([guarded(c.replace("\r", " ")) for c in row]) for row in table))
    else:
        if number:
            raise UsageError(f"{file}: RIS has no place for the round of the pilot.", "Name a .xlsx or .csv file.")
        assert ris.FORMAT.write
        write(file, b"".join(ris.FORMAT.write(map(sheets.record, reports), notes=False)))
    beside = file.with_name(f"{file.stem}-about.txt")
    if suffix != ".xlsx":  # which has it in a sheet of its own
        write(beside, "\n".join(about) + "\n")
    if as_json:
        out_json({"file": str(file), "rows": len(reports), "left": len(keys), "phase": phase_name, "round": number})
        return
    out(f"{file}: {len(reports):,} of the {len(keys):,} records that {who} has still to screen ({part})")
    if suffix != ".xlsx":
        say(f"{beside}: the questions, the criteria, and how to fill it in")
    say(f"Next:   fill it in, then {come}" if suffix != ".ris" else f"Next:   screen it in Rayyan or ASReview; what it exports: {come}")


def left(space: Workspace, plan: PhasePlan, here: Here, who: str) -> tuple[list[str], int]:
    """The reports that this person has still to screen, in the protocol's order (where that is learned, by key: a sheet teaches nothing),
    and of which round of the pilot they are; 0: of none. Raises ReviewError where the round is over.
    """
    from review.cli.guided import listed
    from review.cli.sitting import offered, running
    from review.screening.pilot import part
    from review.screening.stop_state import reading
    from review.screening.tally import Tally

    if not here.pilot.open:
        with space.ledger(part(plan.name), who).session() as ledger:
            begun = running(space, plan, here, who, ledger)
            tally = Tally(plan.name, here.shelf.report_of, ledger.events())
        keys = dict.fromkeys(here.shelf.report_of[k] for k in begun.records if k in here.shelf.report_of)
        return [k for k in keys if not tally.decided(k)], begun.round
    lines = space.ledger(plan.name, who).read().lines
    tally = Tally(plan.name, here.shelf.report_of, lines)
    lost = here.result.not_retrieved if here.result else {}
    keys_ = listed(here.shelf, offered(space, plan, here, who), plan.order, plan.seed)
    if reading([line.event for line in lines], plan.name, here.shelf.report_of, keys_).stop:
        return [], 0
    return [k for k in keys_ if not tally.decided(k) and k not in lost], 0
