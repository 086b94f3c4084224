"""review adjudicate: settle conflicts."""

from __future__ import annotations

import typer

from review.cli.common import As, PhaseName, Plain, Review, member, out, phase, run_stages, say, warn_unlocked, workspace


def command(
    who: As = "",
    phase_name: PhaseName = "title-abstract",
    plain: Plain = False,
    review: Review = "",
) -> None:
    """Settle the conflicts of a phase: all votes side by side, one key a resolution; the votes stay.

    Where the protocol has conflicts discussed, those who differ say here what they hold after it; where they say the same, it is
    settled. A settled conflict can be reopened, and the report says so.
    """
    from review import pipeline
    from review.model.events import standing
    from review.model.related import from_json
    from review.screening.settling import Adjudication, mine_to_settle
    from review.screening.votes import discussions, notes_of

    space = workspace(review)
    plan = phase(space, phase_name)
    people = (plan.adjudicator,) if plan.adjudicator else tuple(m.id for m in space.protocol.team)
    if plan.conflicts != "adjudicate":
        people = tuple(dict.fromkeys((*people, *(plan.seniors if plan.conflicts == "senior" else plan.reviewers))))
    member(space, who, people, f"{phase_name} adjudicator")
    if not plain:
        from review.tui.adjudicate import AdjudicateApp
        from review.tui.frame import needs_terminal
        from review.tui.keys import wishes

        needs_terminal("Line by line: --plain. Resolutions from a file: review decisions import --as NAME.")
        own = wishes()
    warn_unlocked(space)
    run_stages(space, "screening")
    with pipeline.opened(space) as store:
        reports = {r.key: r for r in store.reports()}
        results = store.phases()
        related = from_json(store.result("related"))
    outcomes = next((r.outcomes for r in results if r.phase == phase_name), ())
    report_of = {key: report.key for report in reports.values() for key in report.keys}
    conflicts = [(reports[o.report], o) for o in mine_to_settle(plan, who, outcomes)]
    if not conflicts:
        say("There is no conflict to settle in this phase.")
        return
    ledgers = {name: ledger.events() for name, ledger in space.ledgers(phase_name)}
    notes = {name: notes_of(events, phase_name, report_of) for name, events in ledgers.items()}
    talked = discussions((e for events in ledgers.values() for e in standing(events)), phase_name, report_of)
    with space.ledger(phase_name, who).session() as ledger:
        session = Adjudication(ledger, who, plan, space.protocol, space.digest, conflicts, notes, talked)
        if plain:
            from review.cli.plain_conflicts import Conflicts

            failed = Conflicts(session, related).run()
        else:
            from review.cli.sitting import FullTextFiles

            files = FullTextFiles(space, list(reports.values())) if phase_name == "full-text" else None
            AdjudicateApp(session, own, files, related).run()
            failed = False
    out(f"{who}, {phase_name}: {session.settled:,} {session.done}, {session.left:,} left.")
    if failed:
        raise typer.Exit(1)
