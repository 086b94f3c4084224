"""What happened, in sentences: derived from the ledgers, exact, with the exceptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from review.model.extraction import Extraction
from review.model.protocol import Protocol
from review.model.protocol_phases import PhasePlan
from review.model.screening import Agreement, Outcome, PhaseResult, Vote
from review.model.words import counted, were
from review.report.conduct import pabak
from review.report.predicate import independent_votes, votes_of


def screening(protocol: Protocol, result: PhaseResult) -> list[str]:
    """Who decided how many, how conflicts ended, and how well reviewers agreed before that."""
    plan = protocol.phase(result.phase)
    assert plan is not None
    thing = "record" if result.phase == "title-abstract" else "report"
    total = result.n - len(result.not_retrieved)
    if not total:
        return [f"No {thing} has reached this phase."]
    outcomes = [o for o in result.begun if o.votes and o.report not in result.not_retrieved]
    unread = total - len(outcomes)
    numbers = Counter(min(len({v.by for v in o.votes}), plan.votes) for o in outcomes)
    numbers[0] = unread
    enough = numbers[plan.votes]
    sentences = [_screened(plan, [o for o in outcomes if len({v.by for v in o.votes}) >= plan.votes], total, thing)]
    rest = [f"{numbers[n]:,} by {_word(n)}{'' if n == 1 else ' only'}" for n in range(plan.votes - 1, 0, -1) if numbers[n]]
    stopped = len(result.given_up.difference(o.report for o in outcomes))
    rest += [f"{numbers[0] - stopped:,} by nobody yet"] if numbers[0] > stopped else []
    rest += [f"{stopped:,} by nobody, since screening was stopped"] if stopped else []
    if rest:
        sentences[0] = sentences[0].removesuffix(".") + f"; {', '.join(rest)}."
    if result.not_retrieved:
        sentences.append(f"{counted(len(result.not_retrieved), 'report')} could not be retrieved.")
    sentences += _pilot(result)
    outcomes = [o for o in result.begun if o.report not in result.not_retrieved]
    settled = [o for o in outcomes if o.resolution]
    open_ = [o for o in outcomes if o.state == "conflict"]
    if settled or open_:
        who = sorted({protocol.member_name(w) for o in settled if o.resolution for w in o.resolution.people})
        words = [f"{counted(len(settled), 'conflict')} {were(len(settled))} settled by {', '.join(who)}"] if settled else []
        words += [f"{counted(len(open_), 'conflict')} {'is' if len(open_) == 1 else 'are'} open"] if open_ else []
        sentences.append("; ".join(words) + ".")
    elif enough and plan.votes > 1:
        sentences.append("There was no conflict.")
    sentences += [agreement(protocol, a) for a in result.agreement]
    return sentences


def _pilot(result: PhaseResult) -> list[str]:
    """The rounds of the pilot that are complete, and whether its target was reached."""
    if not result.pilot:
        return []
    told = []
    for r in result.pilot.rounds:
        if not r.complete:
            continue
        value = f"{result.pilot.statistic} {r.value:.2f}" if r.value is not None else f"{result.pilot.statistic} not defined"
        target = (
            f", target {result.pilot.target:.2f} {'reached' if r.reached else 'not reached'}" if result.pilot.target is not None else ""
        )
        told.append(f"round {r.number} on {r.n:,}: {value}{target}")
    return [f"In a pilot before screening, {'; '.join(told)}."] if told else []


def _screened(plan: PhasePlan, whole: Sequence[Outcome], total: int, thing: str) -> str:
    """How many got the decisions that the plan asks for, and what the record shows of their independence."""
    where = "on title and abstract" if plan.name == "title-abstract" else "on full text"
    done = "screened" if plan.name == "title-abstract" else "assessed"  # PRISMA 2020's words
    said = f"{len(whole):,} of {counted(total, thing)} {were(len(whole))} {done} {where} by {_word(plan.votes)}"
    if plan.votes == 1:
        return f"{said} alone."
    if not plan.blinded:
        return f"{said}, who were not blinded to each other’s decisions."
    late = [o for o in whole if len(independent_votes(o)) < min(plan.votes, len({v.by for v in o.votes}))]
    imported = [o for o in whole if o not in late and any(v.via == "import" for v in o.votes)]
    if not late and not imported:
        return f"{said} independently, each blinded to the other’s decisions."
    if len(imported) == len(whole):
        return f"{said}; their decisions were made elsewhere and imported, so that independence rests on their word."
    shown = len(whole) - len(late) - len(imported)
    parts = [f"{shown:,} independently, each blinded to the other’s decisions"]
    parts += [f"{len(imported):,} elsewhere, with decisions imported, so that independence rests on their word"] if imported else []
    parts += [f"{len(late):,} with a decision changed after the conflict had been settled"] if late else []
    return f"{said}: {'; '.join(parts)}."


def _word(n: int) -> str:
    return {1: "one reviewer", 2: "two reviewers", 3: "three reviewers"}.get(n, f"{n} reviewers")


def agreement(protocol: Protocol, a: Agreement) -> str:
    """How well two reviewers agreed before any resolution."""
    names = f"{protocol.member_name(a.first)} and {protocol.member_name(a.second)}"
    kappa = (
        f"Cohen’s κ = {a.kappa:.2f} (95 % CI {a.low:.2f} to {a.high:.2f})"
        if a.kappa is not None and a.low is not None and a.high is not None
        else "Cohen’s κ is not defined, since only one verdict was used"
    )
    maybe = f" A maybe ({a.maybes:,}) counts as include here." if a.maybes else ""
    return f"Before any resolution {names} agreed on {a.both_in + a.both_out:,} of {a.n:,} ({a.percent:.1f} %); {kappa}, PABAK = {pabak(a.both_in, a.first_only, a.second_only, a.both_out):.2f}.{maybe}"


def extraction(protocol: Protocol, found: Extraction) -> list[str]:
    """How many values two people gave, how often they were the same, and how differences ended."""
    plan = protocol.extraction
    double = [c for c in found.cells if len({a.by for a in c.answers}) >= 2]
    if not found.cells:
        return ["Nothing has been extracted yet."]
    states = Counter(c.state for c in double)
    studies = len({c.report for c in found.cells})
    said = [f"{_word(plan.votes).capitalize().replace('reviewer', 'extractor')} were asked for each of {counted(studies, 'study')}."]
    if double:
        same = states["agreed"]
        said.append(
            f"On {counted(len(double), 'value')} given by two people, they were the same in {same:,} ({100 * same / len(double):.1f} %), before any consensus."
        )
    if states["settled"]:
        who = sorted({protocol.member_name(c.stands.by) for c in double if c.state == "settled" and c.stands})
        said.append(
            f"{counted(states['settled'], 'difference')} {were(states['settled'])} settled by {', '.join(who)}; both first answers are kept."
        )
    if states["differs"]:
        said.append(f"{counted(states['differs'], 'difference')} {'is' if states['differs'] == 1 else 'are'} open.")
    if alone := sum(len({a.by for a in c.answers}) == 1 for c in found.cells):
        said.append(f"{counted(alone, 'value')} {were(alone)} given by one person only, so far.")
    return said


def conduct(protocol: Protocol, digest: str, results: Sequence[PhaseResult], extra_votes: Sequence[Vote] = ()) -> list[str]:
    """What a reader must know of how it was done: the lock, versions in force, decisions taken elsewhere."""
    votes = [v for r in results for o in r.begun for v in votes_of(o)] + list(extra_votes)
    sentences = []
    if protocol.lock is None:
        sentences.append(f"The protocol has not been locked; {counted(len(votes), 'decision')} {were(len(votes))} made without a lock.")
    else:
        at = protocol.lock.at.strftime("%Y-%m-%dT%H:%M:%S")
        early = sum(v.at[:19] < at for v in votes)
        late = " It was locked late, after decisions had been made." if protocol.lock.late else ""
        sentences.append(f"The protocol was locked on {at[:10]} at {at[11:16]} UTC (sha256 {protocol.lock.sha256[:12]}…).{late}")
        if votes:
            share = f"{len(votes) - early:,} of {counted(len(votes), 'standing decision')}"
            sentences.append(f"{share} {were(len(votes) - early)} made after the lock{f'; {early:,} before it' if early else ''}.")
    if older := sum(v.protocol != digest for v in votes):
        sentences.append(f"{counted(older, 'decision')} {were(older)} made under an earlier version of the protocol.")
    if imported := sum(v.via == "import" for v in votes):
        sentences.append(
            f"{imported:,} of {counted(len(votes), 'decision')} {were(imported)} made elsewhere and imported, each with its reviewer; the time recorded is that of the import."
        )
    return sentences
