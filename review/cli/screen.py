"""review screen: one reviewer's sitting."""

from __future__ import annotations

from contextlib import closing

from review.cli.common import As, PhaseName, Review, member, out, phase, progress_bar, say, warn_unlocked, workspace


def command(who: As, phase_name: PhaseName = "title-abstract", review: Review = "") -> None:
    """Screen the records of a phase: one on the screen, one key a verdict, each on disk before the next shows."""
    from review import pipeline
    from review.model.screening import PhaseResult
    from review.screening.session import Screening
    from review.store.shelf import StoredReports
    from review.tui.keys import wishes
    from review.tui.screen import ScreenApp

    space = workspace(review)
    plan = phase(space, phase_name)
    member(space, who, plan.reviewers, f"{phase_name} reviewer")
    own = wishes()
    warn_unlocked(space)
    # The first phase needs nobody else's ledger; what reaches the second is decided by both.
    with progress_bar() as progress:
        pipeline.run(space, upto="dedup" if phase_name == "title-abstract" else "screening", progress=progress)
    offered: list[str] | None = None
    lost: tuple[str, ...] = ()
    if phase_name != "title-abstract":
        with pipeline.opened(space) as store:
            results = [PhaseResult.from_json(p) for p in store.result("screening").get("phases", ())]
        here = next((r for r in results if r.phase == phase_name), None)
        offered = [o.report for o in here.outcomes] if here else []
        lost = tuple(here.not_retrieved) if here else ()
    with closing(StoredReports(space.database)) as shelf:
        if not (shelf.keys if offered is None else offered):
            say("There is nothing to screen in this phase yet.")
            return
        with space.ledger(phase_name, who).session() as ledger:
            session = Screening(ledger, who, plan, space.protocol, space.digest, shelf, lost, offered=offered)
            ScreenApp(session, own).run()
    done = session.progress
    out(f"{who}, {phase_name}: {done.done:,} of {done.total:,} decided, {done.left:,} left; {done.sitting:,} in this sitting.")
