"""What the rows of somebody's file come to in a review: for each person, in the phase or in a round of its pilot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from review.cli.common import phase, progress_bar

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from review.formats.ballots import Ballots
    from review.formats.rows import Row
    from review.model.protocol_phases import PhasePlan
    from review.screening.imports import Planned
    from review.workspace import Workspace


def by_round(rows: list[Row]) -> dict[int, list[Row]]:
    """The rows by the round of the pilot that they are of; 0: of none."""
    from review.screening.sheets import round_of

    found: dict[int, list[Row]] = {} if rows else {0: []}
    for row in rows:
        found.setdefault(round_of(row), []).append(row)
    return found


def begun(space: Workspace, plan: PhasePlan) -> bool:
    """Whether the phase may begin."""
    from review.cli.sitting import phase_here

    with phase_here(space, plan, run=False) as here:
        return here.pilot.open


def _closed(
    space: Workspace, plan: PhasePlan, who: str, number: int, report_of: Mapping[str, str], gone: Collection[str]
) -> dict[str, str]:
    """The reports of which nothing can be said here, and why. number: of the pilot's round; 0: the phase. gone: what an earlier phase excluded.

    What an earlier phase has not settled yet may still come: a vote on it is kept, and counts then.
    """
    from review.screening.pilot import part, rounds_begun, state

    if not number:
        return dict.fromkeys(gone, "was excluded at title-abstract")
    everything = set(report_of.values())
    pilots = {person: ledger.events() for person, ledger in space.ledgers(part(plan.name))}
    now, begun = state(plan, report_of, pilots), {b.round: b for b in rounds_begun(plan, pilots)}
    inside = {report_of.get(k) for k in begun[number].records} if number in begun else set()
    over = who not in plan.reviewers or number != max(begun, default=0) or now.open or now.rounds[-1].complete
    outside = dict.fromkeys(everything - inside, f"is not in round {number} of the pilot")
    return outside | (dict.fromkeys(everything & inside, f"round {number} of the pilot is over") if over else {})


def plan_rows(
    space: Workspace, phase_name: str, who: str, ballots: Ballots, rows: list[Row], given: dict[str, str], number: int
) -> Planned:
    """What these rows come to for one person. number: of the pilot's round that they are of; 0: of none."""
    from review import pipeline
    from review.model.events import standing as undone
    from review.model.screening import Vote
    from review.screening.imports import Ground
    from review.screening.imports import plan as plan_import
    from review.screening.pilot import part
    from review.screening.tally import Tally
    from review.screening.votes import resolutions, seen_by, votes_of

    plan = phase(space, phase_name)
    adjudicates = who not in (*plan.reviewers, *plan.former)
    with progress_bar() as progress:
        pipeline.run(space, upto="screening" if adjudicates or phase_name != "title-abstract" else "dedup", progress=progress)
    with pipeline.opened(space) as store:
        reports = store.reports()
        results = store.phases()
    report_of = {k: r.key for r in reports for k in r.keys}
    outcomes = {o.report: o for r in results if r.phase == phase_name for o in r.outcomes}
    before = [o for r in results if r.phase != phase_name == "full-text" for o in r.outcomes]
    gone = {o.report for o in before if o.state == "exclude"}
    events = space.ledger(part(phase_name) if number else phase_name, who).events()
    mine: dict[str, tuple[Vote, ...]] = (
        resolutions(undone(events), phase_name, report_of) if adjudicates else votes_of(events, phase_name, report_of)
    )
    seen, everything = seen_by(events, phase_name, report_of)
    ground = Ground(
        phase=phase_name, protocol=space.digest, reasons=space.protocol.reasons(phase_name), reason_required=plan.reason_required,
        adjudicates=adjudicates, votes={k: (v[-1].verdict, v[-1].reason, v[-1].note) for k, v in mine.items() if v},
        settles={k: tuple(v.id for v in o.votes) for k, o in outcomes.items()},
        conflicts={k for k, o in outcomes.items() if (o.state == "conflict" and not o.own_conflict) or o.resolution},
        agreed={k: o.state for k, o in outcomes.items() if o.finished and not o.resolution},
        tags={k: said.tags for k, said in Tally(phase_name, report_of, events).everything() if said.tags},
        disclosed=() if adjudicates else {r.key for r in reports} if everything else seen,
        closed=_closed(space, plan, who, number, report_of, gone),
    )  # fmt: skip
    return plan_import(replace(ballots, rows=rows), reports, given, ground)
