"""The screening stage: people's ledgers are its input."""

from __future__ import annotations

from collections import Counter

from review.collector import without_collector
from review.model.events import About, Decision, Discussion, Event, Resolution, Retrieval, standing
from review.model.pilot import PilotState
from review.model.protocol import Protocol
from review.model.protocol_parts import PHASES
from review.model.protocol_phases import PhasePlan
from review.model.screening import PhaseResult, text_of
from review.model.words import noun
from review.screening.phases import screen
from review.screening.pilot import part
from review.screening.votes import full_texts
from review.stage import Context, Result, Stage, Wait
from review.workspace import Workspace, digest_of, sha256


def inputs(workspace: Workspace) -> dict[str, str]:
    protocol = workspace.protocol
    rules = [[p.model_dump(mode="json") for p in protocol.phases], protocol.eligibility.model_dump(mode="json")]
    found = {"the protocol's phases and criteria": digest_of(rules)}
    found |= {f"{phase} decisions": workspace.ledger_digest(phase) for phase in PHASES}
    if protocol.phase("full-text") and workspace.shared_ledger("fulltexts").path.exists():
        found["the full texts added and sought"] = workspace.ledger_digest("fulltexts")
    return found | {f"{phase} pilot": workspace.ledger_digest(part(phase)) for phase in PHASES if workspace.ledgers(part(phase))}


def read_ledgers(workspace: Workspace) -> tuple[dict[str, dict[str, list[Event]]], list[str]]:
    """phase -> who -> events, verified; and warnings about torn lines and people whom the protocol does not name."""
    protocol = workspace.protocol
    warnings: list[str] = []
    found: dict[str, dict[str, list[Event]]] = {}
    for phase in PHASES:
        plan = protocol.phase(phase)
        settlers = (plan.adjudicator,) if plan and plan.adjudicator else tuple(m.id for m in protocol.team)
        named = {*plan.voters, *settlers} if plan else set()
        found[phase] = _read(workspace, phase, warnings)
        for who, events in found[phase].items():
            if who not in named and any(isinstance(e, Decision | Resolution | Retrieval | Discussion) for e in events):
                warnings.append(
                    f"{workspace.shown(workspace.ledger(phase, who).path)}: the protocol names no {phase} reviewer '{who}'; these decisions do not count"
                )
    return found, warnings


def read_pilots(workspace: Workspace) -> tuple[dict[str, dict[str, list[Event]]], list[str]]:
    """The same for the pilots."""
    warnings: list[str] = []
    return {phase: _read(workspace, part(phase), warnings) for phase in PHASES}, warnings


def _read(workspace: Workspace, folder: str, warnings: list[str]) -> dict[str, list[Event]]:
    found = {}
    for who, ledger in workspace.ledgers(folder):
        state = ledger.read()
        found[who] = [line.event for line in state.lines]
        if state.torn:
            warnings.append(
                f"{workspace.shown(ledger.path)}: the last line is torn and was left out ({len(state.torn)} bytes); nothing else is lost"
            )
        if strangers := sorted({e.by for e in found[who]} - {who}):
            warnings.append(
                f"{workspace.shown(ledger.path)}: holds events by {', '.join(strangers)}, who is not its owner; they do not count"
            )
            found[who] = [e for e in found[who] if e.by == who]
    return found


def run(context: Context) -> Result:
    with without_collector():
        return _run(context)


def _run(context: Context) -> Result:
    workspace, store = context.workspace, context.store
    ledgers, warnings = read_ledgers(workspace)
    pilots, more = read_pilots(workspace)
    warnings += more
    report_of = store.report_of()
    everything = [e for by in ledgers.values() for events in by.values() for e in standing(events)]
    if lost := sum(isinstance(e, About) and e.record not in report_of for e in everything):
        warnings.append(f"{lost:,} decisions are about records that no archived search holds (any more); they do not count")
    added = full_texts(standing(workspace.shared_ledger("fulltexts").events()), report_of)
    results = screen(workspace.protocol, report_of, ledgers, pilots, added)
    encoded = text_of(results)
    digest = sha256(encoded)
    store.save_phases(results, encoded)
    return Result(
        digest=digest,
        summary="; ".join(_summary(r) for r in results) or "no phases",
        waits=tuple(w for r in results for w in waits(workspace.protocol, r)),
        warnings=tuple(warnings),
    )


def _summary(result: PhaseResult) -> str:
    states = Counter(o.state for o in result.begun if o.report not in result.not_retrieved)
    states["pending"] += sum(_untouched(result).values())
    words = [f"{n:,} {word}" for word, n in (("included", states["include"]), ("excluded", states["exclude"]),
             ("in conflict", states["conflict"]), ("pending", states["pending"]), ("not retrieved", len(result.not_retrieved))) if n]  # fmt: skip
    return f"{result.phase}: {', '.join(words) or 'nothing to screen'}"


def _untouched(result: PhaseResult) -> dict[tuple[str, ...], int]:
    """How many reports nobody has begun to decide on, by who has to; without those that could not be had."""
    lost = result.not_retrieved
    return {waiting: sum(k not in lost for k in keys) if lost else len(keys) for waiting, keys in result.untouched.items()}


def waits(protocol: Protocol, result: PhaseResult) -> list[Wait]:
    """Whom the phase waits for, and for what."""
    plan = protocol.phase(result.phase)
    assert plan is not None
    found: list[Wait] = []
    open_ = [o for o in result.begun if not o.finished and o.report not in result.not_retrieved]
    screening = [o for o in open_ if o.state == "pending" or o.own_conflict]
    # Who has stopped is waited for no more, except for a word on two verdicts of their own.
    over = {s.by for s in result.stopped}
    untouched = _untouched(result).items()
    missing = [
        (
            who,
            sum(who in o.waiting and (who not in over or who in o.own_conflict) for o in screening)
            + sum(n for waiting, n in untouched if who in waiting and who not in over),
        )
        for who in plan.voters
    ]
    if result.pilot and not result.pilot.open and any(n for _, n in missing):
        return [*found, *_pilot_waits(plan, result.pilot, result.n)]
    found += [
        (who, n, f"{result.phase} {noun(n, 'decision')}", f"review screen --as {who} --phase {result.phase}") for who, n in missing if n
    ]
    conflicts = [o for o in open_ if o.state == "conflict" and not o.own_conflict]
    settle = f"review adjudicate --phase {result.phase} --as"
    for who in dict.fromkeys(w for m in (*plan.voters, plan.adjudicator) for w in (m,) if w):
        talk = sum(who in o.waiting and len(o.waiting) > 1 for o in conflicts)
        n = sum(who in o.waiting for o in conflicts)
        what = (
            f"{result.phase} {noun(n, 'conflict')} to discuss"
            if talk or (who in plan.reviewers and plan.conflicts != "senior")
            else f"{result.phase} {noun(n, 'conflict')}"
        )
        found += [(who, n, what, f"{settle} {who}")] if n else []
    if n := sum(not o.waiting for o in conflicts):
        found.append(("an adjudicator", n, f"{result.phase} {noun(n, 'conflict')}", f"{settle} NAME"))
    return found


def _pilot_waits(plan: PhasePlan, pilot: PilotState, there: int) -> list[Wait]:
    """Whom the pilot waits for, while the phase may not begin. there: how many reports the phase has; a sample can't be larger."""
    last = pilot.rounds[-1] if pilot.rounds else None
    if last and last.complete:
        if last.discussed < len(last.differ):
            n = len(last.differ) - last.discussed
            return [
                (
                    " and ".join(plan.reviewers),
                    n,
                    f"{plan.name} pilot {noun(n, 'verdict')} to discuss",
                    f"review pilot discuss --as {plan.reviewers[0]} --phase {plan.name}",
                )
            ]
        return [("the lead author", 0, f"another round of the {plan.name} pilot", f"review pilot next --as NAME --phase {plan.name}")]
    done = dict(last.done) if last else {}
    n = last.n if last else min(pilot.wanted, there)
    left = [(who, n - done.get(who, 0)) for who in plan.reviewers]
    return [(who, k, f"{plan.name} pilot {noun(k, 'decision')}", f"review screen --as {who} --phase {plan.name}") for who, k in left if k]


STAGE = Stage("screening", 11, ("dedup",), inputs, run)
