"""The phases in turn: what a phase keeps goes on to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from review.model.events import Event, Stop, Unblinding, standing
from review.model.pilot import Override
from review.model.protocol import Protocol
from review.model.protocol_parts import PHASES
from review.model.protocol_phases import PhasePlan
from review.model.screening import Outcome, PhaseResult, Stopped, Vote, divided
from review.screening.agreement import agreement
from review.screening.assignment import waiting
from review.screening.outcome import decide, may_settle
from review.screening.pilot import state as pilot_state
from review.screening.votes import agreed, discussions, reopenings, retrieval, seen_by, settlements, taken_back, vote, votes_of

Events = Mapping[str, Sequence[Event]]  # who -> their ledger, in order


def screen(
    protocol: Protocol,
    report_of: Mapping[str, str],
    ledgers: Mapping[str, Events],
    pilots: Mapping[str, Events] | None = None,
    added: Mapping[str, str] | None = None,
) -> tuple[PhaseResult, ...]:
    """The results of all phases that the protocol has, in order.

    report_of: record key -> report key; ledgers, pilots: phase -> who -> events; added: as `screen_phase` has it.
    """
    results = []
    left = sorted(dict.fromkeys(report_of.values()))  # in order already, for the most
    for name in PHASES:
        plan = protocol.phase(name)
        if plan is None:
            continue
        result = screen_phase(plan, left, report_of, ledgers.get(name, {}), protocol.reasons(name), added)
        pilot = pilot_state(plan, report_of, (pilots or {}).get(name, {}))
        results.append(replace(result, pilot=pilot if pilot.wanted or pilot.rounds else None))
        left = result.included
    return tuple(results)


def screen_phase(
    plan: PhasePlan,
    keys: Sequence[str],
    report_of: Mapping[str, str],
    ledgers: Events,
    reasons: Sequence[str],
    added: Mapping[str, str] | None = None,
) -> PhaseResult:
    """One phase over the reports that reached it (`keys`). added: report -> the id of the event that put its last full text there."""
    acts = _Acts(plan, report_of, ledgers)
    votes = acts.votes()
    outcomes = []
    not_retrieved = {}
    # Most reports of a large phase, at first, wait for everybody.
    everybody = waiting(plan, "", ()) if len(plan.reviewers) == plan.votes else ()
    touched = set().union(*votes.values(), acts.last_words, acts.reopened)
    for key in filter(touched.__contains__, keys) if everybody else keys:
        mine = {who: v for who, of in votes.items() if (v := of.get(key, ()))}
        # Whoever said last that it could not be got has no vote on it; it is lost only if nobody has read it, and no full text came since.
        without = {who: w for who, w in acts.last_words.get(key, {}).items() if w.status == "not retrieved" and who not in mine}
        lost = {who: w for who, w in without.items() if w.id > (added or {}).get(key, "")}
        if lost and not mine:
            not_retrieved[key] = max(lost.values(), key=lambda w: w.id).why
            outcomes.append(Outcome(report=key, state="pending"))
            continue
        outcome = decide(key, plan, mine, acts.resolution(key, mine), reasons, acts.discussed(key, mine), acts.seen(key))
        outcomes.append(replace(outcome, reopened=acts.reopened.get(key)) if key in acts.reopened else outcome)
    compared = acts.independent(keys)
    pairs = [agreement(a, b, compared[a], compared[b]) for a, b in combinations(compared, 2)]
    unblinded = sorted((e for e in acts.everything if isinstance(e, Unblinding) and not e.records), key=lambda e: e.id)
    begun, untouched = divided(outcomes)
    if everybody and (rest := [key for key in keys if key not in touched]):
        untouched[everybody] = sorted([*untouched.get(everybody, ()), *rest])
    return PhaseResult(
        phase=plan.name,
        begun=begun,
        untouched=untouched,
        agreement=tuple(p for p in pairs if p.n),
        not_retrieved=not_retrieved,
        unblinded=tuple(Override(by=e.by, at=e.at, why=e.why) for e in unblinded),
        stopped=_stops(plan, acts.everything, begun),
    )


def _stops(plan: PhasePlan, events: Sequence[Event], outcomes: Sequence[Outcome]) -> tuple[Stopped, ...]:
    """The last standing stop of each reviewer, by name."""
    last = {e.by: e for e in sorted((e for e in events if isinstance(e, Stop) and e.phase == plan.name), key=lambda e: e.id)}
    if not last:
        return ()
    # Those who have stopped themselves are waited for no more.
    open_ = {v.by for o in outcomes if o.state == "pending" and not last.keys() >= set(o.waiting) for v in o.votes}
    return tuple(
        Stopped(by=who, at=e.at, why=e.why, read=e.read, found=0, left=e.left, recall=e.recall, p="", certified=False, told=False)
        if who in open_
        else Stopped(by=who, at=e.at, why=e.why, read=e.read, found=e.found, left=e.left, recall=e.recall, p=e.p, certified=e.certified)
        for who, e in sorted(last.items())
        if who in plan.reviewers
    )


class _Acts:
    """What people did in a phase, by report."""

    def __init__(self, plan: PhasePlan, report_of: Mapping[str, str], ledgers: Events) -> None:
        self.plan, self._report_of, self._ledgers = plan, report_of, ledgers
        self._standing = {who: standing(events) for who, events in ledgers.items()}
        self.everything = [e for events in self._standing.values() for e in events]
        self._settled = settlements(self.everything, plan.name, report_of)
        self._talked = discussions(self.everything, plan.name, report_of)
        self.reopened = reopenings(self.everything, plan.name, report_of)
        self.last_words = retrieval(self.everything, report_of) if plan.name == "full-text" else {}
        self._seen = {who: seen_by(ledgers.get(who, ()), plan.name, report_of) for who in plan.voters}

    def votes(self, until: Mapping[str, str] | None = None) -> dict[str, dict[str, tuple[Vote, ...]]]:
        """reviewer -> report -> votes, without what was decided after the others' verdicts had been shown, or after `until`."""
        found = {}
        for who in self.plan.voters:
            seen, everything = self._seen[who]
            limits = {k: min(x for x in (seen.get(k), (until or {}).get(k)) if x) for k in {*seen, *(until or {})}}
            # An undo is kept: what was taken back before stays so.
            lost = taken_back(self._standing.get(who, ())) if self.last_words else ()
            events = [e for e in self._ledgers.get(who, ()) if (not everything or e.id < everything) and e.id not in lost]
            found[who] = votes_of(events, self.plan.name, self._report_of, limits or None)
        return found

    def seen(self, key: str) -> set[str]:
        """Who has seen the others' votes on a report."""
        return {who for who, (seen, everything) in self._seen.items() if everything or key in seen}

    def resolution(self, key: str, votes: Mapping[str, tuple[Vote, ...]]) -> Vote | None:
        """The last resolution by somebody who may settle it, and that nobody has reopened since; of two reports that are one since, where
        both were settled alike."""
        after = self.reopened[key].id if key in self.reopened else ""
        return agreed(r for r in self._settled.get(key, ()) if r.id > after and may_settle(self.plan, r.by, tuple(votes)))

    def discussed(self, key: str, votes: Mapping[str, tuple[Vote, ...]]) -> dict[str, Vote]:
        """What those who voted hold after discussing these very votes."""
        after = self.reopened[key].id if key in self.reopened else ""
        cast = {v.id for vs in votes.values() for v in vs}
        return {w: vote(d) for w, d in self._talked.get(key, {}).items() if w in votes and d.id > after and set(d.settles) == cast}

    def first_settled(self) -> dict[str, str]:
        """Report -> the id of the first act that settled it, or tried to: what is decided after it is no longer independent."""
        first = {key: all_of[0].id for key, all_of in self._settled.items()}
        for key, by in self._talked.items():
            first[key] = min([*(d.id for d in by.values()), *([first[key]] if key in first else [])])
        return first

    def independent(self, keys: Sequence[str]) -> dict[str, dict[str, tuple[Vote, ...]]]:
        """As `independent` has it."""
        votes = self.votes(self.first_settled())
        voted = set().union(*votes.values())
        whole = {key for key in voted.intersection(keys) if not waiting(self.plan, key, [who for who, v in votes.items() if v.get(key)])}
        return {who: {r: v for r, v in mine.items() if r in whole} for who, mine in votes.items() if who in self.plan.reviewers or mine}


def independent(
    plan: PhasePlan, keys: Sequence[str], report_of: Mapping[str, str], ledgers: Events
) -> dict[str, dict[str, tuple[Vote, ...]]]:
    """The votes that are independent of each other: reviewer -> report -> votes, over the reports of the phase (`keys`).

    What a reviewer decides after a resolution or a discussion, or after they saw the others' votes, is no longer independent.
    A report counts from when it has all its votes: before that, figures that hold it would tell somebody who has still to decide.
    """
    return _Acts(plan, report_of, ledgers).independent(keys)
