"""From votes to an outcome, by the protocol's rules for the phase."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from review.model.protocol_phases import PhasePlan
from review.model.screening import AND, Outcome, Vote
from review.screening import assignment


def decide(
    report: str,
    plan: PhasePlan,
    votes: Mapping[str, tuple[Vote, ...]],
    resolution: Vote | None,
    reasons: Sequence[str],
    discussed: Mapping[str, Vote] | None = None,
    seen: Collection[str] = (),
) -> Outcome:
    """The outcome of one report.

    votes: reviewer -> their standing votes. reasons: the phase's labels in the order of the criteria, so that
    of several reasons the first that failed becomes the primary one. discussed: what each of those who voted holds
    after a discussion of these votes. seen: who has seen the others' votes: which of two verdicts of theirs stands is not theirs alone
    to say any more, so it is settled as what people differ on is.
    """
    mine = {who: votes[who] for who in plan.voters if votes.get(who)}
    own = tuple(who for who, v in mine.items() if len(v) > 1 and who not in seen)
    if missing := assignment.waiting(plan, report, mine.keys()):
        # Until all have decided, that somebody has voted is known, not how: not even that two of their votes differ.
        known = tuple(replace(v[-1], verdict="", reason="", note="") for v in mine.values())
        return Outcome(report=report, state="pending", votes=known, waiting=missing)
    if own:
        everyone = tuple(v for vs in mine.values() for v in vs)
        return Outcome(report=report, state="conflict", votes=everyone, waiting=own, own_conflict=own)
    cast = tuple(v for vs in mine.values() for v in vs)
    sides = {side(v.verdict, plan) for v in cast}
    if len(sides) == 1 and sides != {"maybe"}:
        return _finished(report, sides.pop(), cast, None, reasons)
    resolution = resolution or agreed(plan, cast, discussed or {})
    if resolution is None:
        return Outcome(report=report, state="conflict", votes=cast, waiting=settlers(plan, cast, discussed or {}))
    undiscussed = plan.conflicts == "discuss-then-adjudicate" and resolution.via != "discussion" and not discussed
    return replace(_finished(report, resolution.verdict, cast, resolution, reasons), undiscussed=undiscussed)


def agreed(plan: PhasePlan, cast: Sequence[Vote], discussed: Mapping[str, Vote]) -> Vote | None:
    """What those who differed agreed on: the same verdict by each of them, as the act of them all. None: nothing yet."""
    said = [discussed.get(v.by) for v in cast]
    if "discuss" not in plan.conflicts or None in said or len({s.verdict for s in said if s}) != 1:
        return None
    last = max((s for s in said if s), key=lambda s: s.id)
    if last.verdict == "open":
        return None
    notes = " / ".join(dict.fromkeys(s.note for s in said if s and s.note))
    reason = next((s.reason for s in said if s and s.reason), "")
    return replace(last, by=AND.join(dict.fromkeys(v.by for v in cast)), reason=reason, note=notes, via="discussion")


def settlers(plan: PhasePlan, cast: Sequence[Vote], discussed: Mapping[str, Vote]) -> tuple[str, ...]:
    """For whom a conflict waits, by the protocol's rule."""
    voted = tuple(dict.fromkeys(v.by for v in cast))
    third = (plan.adjudicator,) if plan.adjudicator else ()
    if plan.conflicts == "senior":
        return senior(plan, voted) or third
    if plan.conflicts == "adjudicate":
        return third
    silent = tuple(who for who in voted if who not in discussed and who not in plan.former)
    if plan.conflicts == "discuss" or not third:
        # An "open", or two verdicts that differ still: they talk on.
        return silent or tuple(w for w in voted if w not in plan.former) or third
    return silent if not any(d.verdict == "open" for d in discussed.values()) and silent else third


def senior(plan: PhasePlan, voted: Sequence[str]) -> tuple[str, ...]:
    """The one senior among those who voted; () where there is none, or two who would have to judge each other."""
    found = tuple(w for w in dict.fromkeys(voted) if w in plan.seniors)
    return found if len(found) == 1 else ()


def may_settle(plan: PhasePlan, who: str, voted: Sequence[str]) -> bool:
    """Whether a person's resolution counts: the adjudicator's, or where the protocol names none that of anybody who did not vote;
    and that of the senior of those who voted, where the protocol says so.
    """
    if plan.conflicts == "senior" and who in senior(plan, voted):
        return True
    return who == plan.adjudicator if plan.adjudicator else who not in voted


def settled_by_others(outcome: Outcome, who: str) -> bool:
    """Whether a conflict was settled without this person."""
    return outcome.resolution is not None and who not in outcome.resolution.people


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
