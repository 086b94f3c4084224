"""The phases in turn: what a phase keeps goes on to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from review.model.events import Event, standing
from review.model.protocol import Protocol
from review.model.protocol_parts import PHASES, PhasePlan
from review.model.record import Report
from review.model.screening import Outcome, PhaseResult
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
    # What a reviewer decides after a resolution is no longer independent of the other's vote.
    until = {report: all_of[0].id for report, all_of in settled.items()}
    wanted = set(keys)
    independent = {
        who: {r: v for r, v in votes_of(ledgers.get(who, ()), plan.name, report_of, until).items() if r in wanted} for who in plan.reviewers
    }
    pairs = [agreement(a, b, independent[a], independent[b]) for a, b in combinations(plan.reviewers, 2)]
    return PhaseResult(phase=plan.name, outcomes=tuple(outcomes), agreement=tuple(p for p in pairs if p.n), not_retrieved=not_retrieved)
