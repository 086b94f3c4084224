"""The screening stage: people's ledgers are its input."""

from __future__ import annotations

from collections import Counter

from review.model.events import About, Event, standing
from review.model.protocol_parts import PHASES
from review.model.screening import PhaseResult
from review.screening.phases import screen
from review.stage import Context, Result, Stage
from review.workspace import Workspace, digest_of


def inputs(workspace: Workspace) -> dict[str, str]:
    protocol = workspace.protocol
    rules = [[p.model_dump(mode="json") for p in protocol.phases], protocol.eligibility.model_dump(mode="json")]
    found = {"the protocol's phases and criteria": digest_of(rules)}
    return found | {f"{phase} decisions": workspace.ledger_digest(phase) for phase in PHASES}


def read_ledgers(workspace: Workspace) -> tuple[dict[str, dict[str, list[Event]]], list[str]]:
    """phase -> who -> events, verified; and warnings about torn lines and people whom the protocol does not name."""
    protocol = workspace.protocol
    warnings = []
    found: dict[str, dict[str, list[Event]]] = {}
    for phase in PHASES:
        found[phase] = {}
        plan = protocol.phase(phase)
        settlers = (plan.adjudicator,) if plan and plan.adjudicator else tuple(m.id for m in protocol.team)
        named = {*plan.reviewers, *settlers} if plan else set()
        for who, ledger in workspace.ledgers(phase):
            state = ledger.read()
            found[phase][who] = [line.event for line in state.lines]
            if state.torn:
                warnings.append(
                    f"{workspace.shown(ledger.path)}: the last line is torn and was left out ({len(state.torn)} bytes); nothing else is lost"
                )
            if who not in named:
                warnings.append(
                    f"{workspace.shown(ledger.path)}: the protocol names no {phase} reviewer '{who}'; these decisions do not count"
                )
            if strangers := sorted({e.by for e in found[phase][who]} - {who}):
                warnings.append(
                    f"{workspace.shown(ledger.path)}: holds events by {', '.join(strangers)}, who is not its owner; they do not count"
                )
                found[phase][who] = [e for e in found[phase][who] if e.by == who]
    return found, warnings


def run(context: Context) -> Result:
    workspace, store = context.workspace, context.store
    ledgers, warnings = read_ledgers(workspace)
    reports = store.reports()
    known = {key for report in reports for key in report.keys}
    everything = [e for by in ledgers.values() for events in by.values() for e in standing(events)]
    if lost := sum(isinstance(e, About) and e.record not in known for e in everything):
        warnings.append(f"{lost:,} decisions are about records that no archived search holds (any more); they do not count")
    results = screen(workspace.protocol, reports, ledgers)
    store.save_result("screening", {"phases": [r.to_json() for r in results]})
    return Result(
        digest=digest_of([r.to_json() for r in results]),
        summary="; ".join(_summary(r) for r in results) or "no phases",
        waits=tuple(w for r in results for w in _waits(workspace, r)),
        warnings=tuple(warnings),
    )


def _summary(result: PhaseResult) -> str:
    states = Counter(o.state for o in result.outcomes if o.report not in result.not_retrieved)
    words = [f"{n:,} {word}" for word, n in (("included", states["include"]), ("excluded", states["exclude"]),
             ("in conflict", states["conflict"]), ("pending", states["pending"]), ("not retrieved", len(result.not_retrieved))) if n]  # fmt: skip
    return f"{result.phase}: {', '.join(words) or 'nothing to screen'}"


def _waits(workspace: Workspace, result: PhaseResult) -> list[tuple[str, int, str, str]]:
    plan = workspace.protocol.phase(result.phase)
    assert plan is not None
    found: list[tuple[str, int, str, str]] = []
    open_ = [o for o in result.outcomes if not o.finished and o.report not in result.not_retrieved]
    missing = [(who, sum(who in o.waiting for o in open_)) for who in plan.reviewers]
    found += [(who, n, f"{result.phase} decisions", f"review screen --as {who} --phase {result.phase}") for who, n in missing if n]
    if n := sum(o.state == "conflict" and not o.own_conflict for o in open_):
        who = plan.adjudicator
        found.append(
            (who or "an adjudicator", n, f"{result.phase} conflicts", f"review adjudicate --as {who or 'NAME'} --phase {result.phase}")
        )
    return found


STAGE = Stage("screening", 2, ("dedup",), inputs, run)
