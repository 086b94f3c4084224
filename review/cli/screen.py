"""review screen: one reviewer's sitting."""

from __future__ import annotations

import gc

import typer

from review.cli.common import As, PhaseName, Plain, Review, amended, member, next_step, out, phase, say, warn_unlocked, workspace
from review.errors import UsageError


def command(
    who: As = "",
    phase_name: PhaseName = "title-abstract",
    plain: Plain = False,
    review: Review = "",
) -> None:
    """Screen the records of a phase: one on the screen, one key a verdict, each on disk before the next shows.

    While the protocol's pilot has not reached its agreement, its sample is screened instead.
    """
    from review.cli.sitting import sitting
    from review.store.shelf import related_of

    space = workspace(review)
    plan = phase(space, phase_name)
    if who in plan.former:
        raise UsageError(
            f"{who} has left {phase_name}, says the protocol (former); their votes stay.",
            f"Its reviewers are: {', '.join(plan.reviewers)}.",
        )
    member(space, who, plan.reviewers, f"{phase_name} reviewer")
    warn_unlocked(space)
    if plain:
        from review.cli.plain import Lines

        with sitting(space, plan, who) as session:
            failed = Lines(session, amended=amended(space), related=related_of(space.database)).run()
    else:
        from review.cli.sitting import FullTextFiles
        from review.tui.frame import needs_terminal
        from review.tui.keys import wishes
        from review.tui.screen import ScreenApp

        needs_terminal(f"Line by line: --plain. In a spreadsheet: review decisions sheet FILE --as {who}")
        own = wishes()
        gc.disable()  # until all is loaded, and stays: see Frame.run
        with sitting(space, plan, who) as session:
            ScreenApp(
                session,
                own,
                FullTextFiles(space, [session.shelf.report(k) for k in session.offered]) if phase_name == "full-text" else None,
                amended(space),
                related_of(space.database),
            ).run()
        failed = False
    done = session.progress
    out(f"{who}, {session.part}: {done.done:,} of {done.total:,} decided, {done.left:,} left; {done.sitting:,} in this sitting.")
    if not done.left and session.part != plan.name:
        say(f"Next:   {next_step(space, f'review pilot status --phase {plan.name}')}")
    if failed:
        raise typer.Exit(1)
