"""The phases in turn: what a phase keeps goes on to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from review.model.events import Event, standing
from review.model.protocol import Protocol
from review.model.protocol_parts import PHASES, PhasePlan
from review.model.record import Report
from review.model.screening import Outcome, PhaseResult, Vote
from review.screening.agreement import agreement
from review.screening.outcome import decide
from review.screening.votes import resolutions, retrieval, votes_of

Events = Mapping[str, Sequence[Event]]  # who -> their ledger, in order


def screen(protocol: Protocol, reports: Sequence[Report], ledgers: Mapping[str, Events]) -> tuple[PhaseResult, ...]:
    """The results of all phases that the protocol has, in order. ledgers: phase -> who -> events."""
    results = []
    left = [r.key for r in reports]
    report_of = {key: report.key for report in reports for key in report.keys}
    for name in PHASES:
        plan = protocol.phase(name)
        if plan is None:
            continue
        result = screen_phase(plan, left, report_of, ledgers.get(name, {}), protocol.reasons(name))
        results.append(result)
        left = [o.report for o in result.outcomes if o.state == "include" and o.report not in result.not_retrieved]
    return tuple(results)


def screen_phase(
    plan: PhasePlan, keys: Sequence[str], report_of: Mapping[str, str], ledgers: Events, reasons: Sequence[str]
) -> PhaseResult:
    """One phase over the reports that reached it (`keys`)."""
    everything = [e for events in ledgers.values() for e in standing(list(events))]
    settled = resolutions(everything, plan.name, report_of)
    votes = {who: votes_of(ledgers.get(who, ()), plan.name, report_of) for who in plan.reviewers}
    outcomes = []
    not_retrieved = {}
    last_words = retrieval(everything, report_of) if plan.name == "full-text" else {}
    for key in keys:
        mine = {who: votes[who].get(key, ()) for who in plan.reviewers}
        # Whoever said last that it could not be got has no vote on it; it is lost only if nobody has read it.
        lost = {
            who: w
            for who, w in last_words.get(key, {}).items()
            if w.status == "not retrieved" and not any(v.id > w.id for v in mine.get(who, ()))
        }
        mine = {who: () if who in lost else votes for who, votes in mine.items()}
        if lost and not any(mine.values()):
            not_retrieved[key] = max(lost.values(), key=lambda w: w.id).why
            outcomes.append(Outcome(report=key, state="pending"))
            continue
        outcomes.append(decide(key, plan, mine, settled[key][-1] if key in settled else None, reasons))
    compared = independent(plan, keys, report_of, ledgers)
    pairs = [agreement(a, b, compared[a], compared[b]) for a, b in combinations(plan.reviewers, 2)]
    return PhaseResult(phase=plan.name, outcomes=tuple(outcomes), agreement=tuple(p for p in pairs if p.n), not_retrieved=not_retrieved)


def independent(
    plan: PhasePlan, keys: Sequence[str], report_of: Mapping[str, str], ledgers: Events
) -> dict[str, dict[str, tuple[Vote, ...]]]:
    """The votes that are independent of each other: reviewer -> report -> votes, over the reports of the phase (`keys`).

    What a reviewer decides after a resolution is no longer independent of the other's vote. A report counts from when it
    has all its votes: before that, figures that hold it would tell somebody who has still to decide.
    """
    everything = [e for events in ledgers.values() for e in standing(list(events))]
    until = {report: all_of[0].id for report, all_of in resolutions(everything, plan.name, report_of).items()}
    votes = {who: votes_of(ledgers.get(who, ()), plan.name, report_of, until) for who in plan.reviewers}
    whole = {key for key in keys if sum(bool(v.get(key)) for v in votes.values()) >= plan.votes}
    return {who: {r: v for r, v in mine.items() if r in whole} for who, mine in votes.items()}
