"""The pilot: rounds over random samples, kept apart from the phase; the phase begins when reviewers agree well enough."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

from review.model.events import Event, PilotGate, PilotRound, standing
from review.model.pilot import Override, PilotState, Round
from review.model.protocol_phases import PhasePlan
from review.model.shares import wilson
from review.screening.agreement import Measures, Votes, compare
from review.screening.votes import discussions, seen_by, votes_of


def part(phase: str) -> str:
    """The folder of a phase's pilot ledgers."""
    return f"{phase}-pilot"


def sample(plan: PhasePlan, reports: Iterable[str], without: Collection[str] = ()) -> tuple[str, ...]:
    """A random sample of the protocol's size, the same for the same reports and seed, in the order to screen.

    The reports are ranked by a hash, which is a draw without replacement in which nobody can have a hand; those of
    earlier rounds (`without`) are left out.
    """
    left = (r for r in reports if r not in without)
    return tuple(sorted(left, key=lambda r: hashlib.sha256(f"pilot/{plan.seed}/{plan.name}/{r}".encode()).digest())[: plan.pilot.n])


def rounds_begun(plan: PhasePlan, ledgers: Mapping[str, Sequence[Event]]) -> list[PilotRound]:
    """The rounds in order. Where two people began the same round, the first beginning counts."""
    begun: dict[int, PilotRound] = {}
    events = (e for by in ledgers.values() for e in standing(by) if isinstance(e, PilotRound) and e.phase == plan.name)
    for event in sorted(events, key=lambda e: e.id):
        begun.setdefault(event.round, event)
    return [begun[n] for n in sorted(begun)]


def state(plan: PhasePlan, report_of: Mapping[str, str], ledgers: Mapping[str, Sequence[Event]]) -> PilotState:
    """How the pilot stands. ledgers: who -> their events in the pilot."""
    everything = [e for by in ledgers.values() for e in standing(by)]
    votes = _votes(plan, report_of, ledgers)
    gate = min((e for e in everything if isinstance(e, PilotGate) and e.phase == plan.name), key=lambda e: e.id, default=None)
    talked = discussions(everything, plan.name, report_of)
    rounds = []
    for begun in rounds_begun(plan, ledgers):
        keys = tuple(dict.fromkeys(report_of[k] for k in begun.records if k in report_of))
        done = tuple((who, sum(len(votes[who].get(k, ())) == 1 for k in keys)) for who in plan.reviewers)
        here = Round(number=begun.round, n=len(keys), done=done, began=begun.at, protocol=begun.protocol)
        rounds.append(_judged(plan, here, keys, votes, talked) if here.complete and len(plan.reviewers) > 1 else here)
    override = Override(by=gate.by, at=gate.at, why=gate.why) if gate else None
    return PilotState(
        wanted=plan.pilot.n, statistic=plan.pilot.statistic, target=plan.pilot.target, rounds=tuple(rounds), override=override
    )


def complete_rounds(
    plan: PhasePlan, report_of: Mapping[str, str], ledgers: Mapping[str, Sequence[Event]]
) -> list[tuple[int, list[str], Mapping[str, Votes]]]:
    """The rounds that everybody has done: number, reports, and who -> votes."""
    votes = _votes(plan, report_of, ledgers)
    found: list[tuple[int, list[str], Mapping[str, Votes]]] = []
    for begun in rounds_begun(plan, ledgers):
        keys = list(dict.fromkeys(report_of[k] for k in begun.records if k in report_of))
        if all(votes[who].get(k) for who in plan.reviewers for k in keys):
            found.append((begun.round, keys, votes))
    return found


def _votes(plan: PhasePlan, report_of: Mapping[str, str], ledgers: Mapping[str, Sequence[Event]]) -> dict[str, Votes]:
    """Everybody's votes in the pilot; what is decided after the others' verdicts were shown is no independent one."""
    votes: dict[str, Votes] = {}
    for who in plan.reviewers:
        until, from_then = seen_by(ledgers.get(who, ()), plan.name, report_of)
        events = [e for e in ledgers.get(who, ()) if not from_then or e.id < from_then]
        votes[who] = votes_of(events, plan.name, report_of, until)
    return votes


def _judged(plan: PhasePlan, here: Round, keys: Sequence[str], votes: Mapping[str, Votes], talked: Mapping[str, object]) -> Round:
    pairs = combinations(plan.reviewers, 2)
    found = [_statistic(compare({a: votes[a], b: votes[b]}, keys).way("include"), plan.pilot.statistic) for a, b in pairs]
    # The pair that agrees least; one whose figure is not defined least of all.
    value, low, high = min(found, key=lambda f: -2.0 if f[0] is None else f[0])
    overall = compare({w: votes[w] for w in plan.reviewers}, keys).way("include")
    differ = tuple(k for k in keys if len({_side(votes[w][k][0].verdict) for w in plan.reviewers}) > 1)
    reached = plan.pilot.target is None or (value is not None and value >= plan.pilot.target)
    if value is None and overall.percent == 1.0:
        reached = True  # all agree on one verdict: chance-corrected agreement is not defined, and nothing is left to agree on
    return Round(
        number=here.number, n=here.n, done=here.done, began=here.began, protocol=here.protocol, value=value, low=low, high=high,
        percent=overall.percent, reached=reached, differ=differ, discussed=sum(k in talked for k in differ),
    )  # fmt: skip


def _side(verdict: str) -> str:
    return "include" if verdict == "maybe" else verdict


def _statistic(found: Measures, name: str) -> tuple[float | None, float | None, float | None]:
    """The protocol's statistic of one pair, with its 95 % interval; a maybe counts as include."""
    if name == "percent":
        return (None, None, None) if found.percent is None else (found.percent, *wilson(found.agreed, found.n))
    c = found.pabak if name == "pabak" else found.kappa
    return c.value, c.low, c.high
