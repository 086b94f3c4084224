"""review adjudicate: settle conflicts."""

from __future__ import annotations

from review.cli.common import As, PhaseName, Review, member, out, phase, progress_bar, say, warn_unlocked, workspace


def command(who: As, phase_name: PhaseName = "title-abstract", review: Review = "") -> None:
    """Settle the conflicts of a phase: both votes side by side, one key a resolution; the votes stay."""
    from review import pipeline
    from review.model.screening import PhaseResult
    from review.screening.settling import Adjudication
    from review.screening.votes import notes_of
    from review.tui.adjudicate import AdjudicateApp

    space = workspace(review)
    plan = phase(space, phase_name)
    member(space, who, (plan.adjudicator,) if plan.adjudicator else tuple(m.id for m in space.protocol.team), f"{phase_name} adjudicator")
    warn_unlocked(space)
    with progress_bar() as progress:
        pipeline.run(space, upto="screening", progress=progress)
    with pipeline.opened(space) as store:
        reports = {r.key: r for r in store.reports()}
        results = [PhaseResult.from_json(p) for p in store.result("screening").get("phases", ())]
    outcomes = next((r.outcomes for r in results if r.phase == phase_name), ())
    report_of = {key: report.key for report in reports.values() for key in report.keys}
    # What this person settled stays within reach: a resolution can be looked at, changed and taken back.
    conflicts = [
        (reports[o.report], o)
        for o in outcomes
        if not o.own_conflict and (o.state == "conflict" or (o.resolution and o.resolution.by == who))
    ]
    notes = {name: notes_of(ledger.events(), phase_name, report_of) for name, ledger in space.ledgers(phase_name)}
    if not conflicts:
        say("There is no conflict to settle in this phase.")
        return
    with space.ledger(phase_name, who).session() as ledger:
        session = Adjudication(ledger, who, plan, space.protocol, space.digest, conflicts, notes)
        AdjudicateApp(session).run()
    out(f"{who}, {phase_name}: {len(session.resolved):,} settled, {session.left:,} left.")
