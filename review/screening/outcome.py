"""From votes to an outcome, by the protocol's rules for the phase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from review.model.protocol_parts import PhasePlan
from review.model.screening import Outcome, Vote


def decide(report: str, plan: PhasePlan, votes: Mapping[str, tuple[Vote, ...]], resolution: Vote | None, reasons: Sequence[str]) -> Outcome:
    """The outcome of one report.

    votes: reviewer -> their standing votes. reasons: the phase's labels in the order of the criteria, so that
    of several reasons the first that failed becomes the primary one.
    """
    mine = {who: votes[who] for who in plan.reviewers if votes.get(who)}
    own = tuple(who for who, v in mine.items() if len(v) > 1)
    cast = tuple(v[-1] for who, v in mine.items() if who not in own)
    everyone = tuple(v for vs in mine.values() for v in vs)
    missing = plan.votes - len(mine)
    if own:
        return Outcome(report=report, state="conflict", votes=everyone, waiting=own, own_conflict=own)
    if missing > 0:
        waiting = tuple(who for who in plan.reviewers if who not in mine)
        return Outcome(report=report, state="pending", votes=cast, waiting=waiting)
    sides = {side(v.verdict, plan) for v in cast}
    if len(sides) == 1 and sides != {"maybe"}:
        return _finished(report, sides.pop(), cast, None, reasons)
    if resolution is None:
        return Outcome(report=report, state="conflict", votes=cast, waiting=(plan.adjudicator,) if plan.adjudicator else ())
    return _finished(report, resolution.verdict, cast, resolution, reasons)


def side(verdict: str, plan: PhasePlan) -> str:
    """What a verdict counts as when votes are compared. A maybe can go on to full text; at full text it must be settled."""
    return "include" if verdict == "maybe" and plan.maybe == "include" and plan.name == "title-abstract" else verdict


def _finished(report: str, verdict: str, votes: tuple[Vote, ...], resolution: Vote | None, reasons: Sequence[str]) -> Outcome:
    reason = ""
    if verdict == "exclude":
        given = (
            [resolution.reason] if resolution and resolution.reason else [v.reason for v in votes if v.verdict == "exclude" and v.reason]
        )
        known = [r for r in reasons if r in given]
        reason = known[0] if known else next(iter(sorted(given)), "")
    return Outcome(report=report, state="exclude" if verdict == "exclude" else "include", votes=votes, resolution=resolution, reason=reason)
