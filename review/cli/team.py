"""review team: who did what, how fast, how well reviewers agree over time, and what blocks."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from review.cli.common import AsJson, Review, member, out, out_json, run_stages, say, workspace
from review.collector import without_collector
from review.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from review.model.screening import PhaseResult
    from review.workspace import Workspace


def command(
    who: Annotated[str, typer.Option("--as", help="Who asks; needed to be shown verdicts.", show_default=False)] = "",
    unblind: Annotated[
        bool,
        typer.Option(
            "--unblind", help="Show verdicts also on records that some have still to decide. It is written down, and the report says so."
        ),
    ] = False,
    why: Annotated[str, typer.Option("--why", help="Why verdicts must be shown before all are in.")] = "",
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Show how the screening goes: progress of each person, pace, agreement over time, what waits for whom. No verdicts."""
    from review.store.shelf import StoredReports

    space = workspace(review)
    if who:
        member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    stages = run_stages(space, "screening")
    with closing(StoredReports(space.database)) as shelf:
        results, report_of = shelf.phases(), shelf.report_of
    if unblind:
        _unblind(space, results, who, why)
    with without_collector():
        told = [_phase(space, r, report_of, unblind) for r in results]
    waits = [{"for": w[0], "n": w[1], "what": w[2], "command": w[3]} for s in stages for w in s.waits]
    if as_json:
        out_json({"phases": told, "waits": waits})
        return
    for phase in told:
        _show(space, phase)
    out("Waits")
    for wait in waits:
        count = f"{wait['n']:,} " if wait["n"] else ""
        out(f"  {wait['for']}: {count}{wait['what']}")
    if not waits:
        out("  for nobody")


def _phase(space: Workspace, result: PhaseResult, report_of: Mapping[str, str], unblind: bool) -> dict[str, Any]:
    """A phase as plain values."""
    from collections import Counter
    from itertools import combinations

    from review.screening.assignment import shares
    from review.screening.phases import independent
    from review.screening.tally import Tally
    from review.screening.team import activity, over_time

    plan = space.protocol.phase(result.phase)
    assert plan is not None
    ledgers = {w: ledger.events() for w, ledger in space.ledgers(result.phase)}
    reached = [o for o in result.outcomes if o.report not in result.not_retrieved]
    people = []
    for who in plan.voters:
        tally = Tally(plan.name, report_of, ledgers.get(who, ()))
        decided = sum(tally.decided(o.report) for o in reached)
        left = sum(who in o.waiting and o.state == "pending" for o in reached)
        told = activity(who, ledgers.get(who, ()), plan.name, decided, left)
        people.append({**asdict(told), "seconds_left": told.seconds_left, "former": who in plan.former})
        if unblind:
            people[-1]["verdicts"] = dict(sorted(Counter(said.votes[-1].verdict for _, said in tally.everything() if said.votes).items()))
    keys = [o.report for o in reached]
    votes = independent(plan, keys, report_of, ledgers)
    pairs = [
        {"who": list(pair), "batches": [asdict(b) for b in batches]}
        for pair in combinations([w for w in plan.voters if w in votes], 2)
        if (batches := over_time(votes[pair[0]], votes[pair[1]]))
    ]
    states = Counter(o.state for o in reached)
    return {
        "phase": result.phase, "reports": len(reached), "complete": len(reached) - states["pending"],
        "conflicts": states["conflict"], "not_retrieved": len(result.not_retrieved), "people": people, "agreement": pairs,
        "blocks": [{"block": n, "who": list(who)} for n, who in shares(plan)] if len(plan.reviewers) > plan.votes else [],
        "pilot": result.pilot.to_json() | {"open": result.pilot.open} if result.pilot else None,
        "unblinded": [asdict(u) for u in result.unblinded],
    }  # fmt: skip


def _show(space: Workspace, phase: dict[str, Any]) -> None:
    from review.cli.pilot import told as round_in_words
    from review.model.pilot import PilotState
    from review.screening.pace import duration
    from review.screening.team import bar, spark

    name = space.protocol.member_name
    out(f"{phase['phase']}: {phase['complete']:,} of {phase['reports']:,} have all their votes, {phase['conflicts']:,} in conflict")
    if phase["pilot"]:
        pilot = PilotState.from_json({k: v for k, v in phase["pilot"].items() if k != "open"})
        for r in pilot.rounds:
            out(f"  pilot {r.number}: {round_in_words(r, pilot)}")
        if not pilot.open:
            out("  the pilot comes first")
    wide = max((len(name(p["who"])) for p in phase["people"]), default=0)
    for p in phase["people"]:
        total = p["decided"] + p["left"]
        pace = f", {p['each']:.0f} s each" if p["each"] is not None else ""
        to_go = f", {duration(p['seconds_left'])} to go" if p["seconds_left"] else ""
        out(
            f"  {name(p['who']):<{wide}}  {bar(p['decided'], total)}  {p['decided']:,} of {total:,}{pace}{to_go}{' (left the team)' if p['former'] else ''}"
        )
        if p["days"]:
            most = max(n for _, n in p["days"])
            days = p["days"][-60:]
            out(f"  {'':<{wide}}  {spark((n for _, n in days), 0, most)}  {days[0][0]} to {days[-1][0]}, most {most:,} in a day")
        if "verdicts" in p:
            out(f"  {'':<{wide}}  " + ", ".join(f"{n:,} {verdict}" for verdict, n in p["verdicts"].items()))
    for pair in phase["agreement"]:
        batches = pair["batches"]
        names = " and ".join(name(w) for w in pair["who"])
        shares = [b["percent"] for b in batches]
        kappas = [b["kappa"] for b in batches]
        out(f"  {names}, agreement over time in batches of {batches[0]['n']:,}:")
        out(f"    share agreed  {spark(shares, 0.5, 1)}  {_range(shares, percent=True)}")
        out(f"    Cohen’s κ     {spark(kappas, 0, 1)}  {_range(kappas)}")
    for share in phase["blocks"]:
        out(f"  block {share['block']}: {', '.join(name(w) for w in share['who'])}")
    for u in phase["unblinded"]:
        say(f"  {name(u['by'])} was shown all verdicts on {u['at'][:10]}: {u['why']}")
    out("")


def _range(values: list[float | None], percent: bool = False) -> str:
    known = [v for v in values if v is not None]
    if not known:
        return "not defined"
    words = [f"{100 * v:.0f} %" if percent else f"{v:.2f}" for v in (known[0], known[-1], min(known), max(known))]
    return f"first {words[0]}, last {words[1]}, lowest {words[2]}, highest {words[3]}"


def _unblind(space: Workspace, results: list[PhaseResult], who: str, why: str) -> None:
    """Write down that verdicts are shown, before they are. Raises UsageError for whoever has still to decide."""
    from review.model.events import Unblinding

    if not who or not why.strip():
        raise UsageError("Verdicts are shown to a named person, for a reason.", "Give --as NAME and --why.")
    for result in results:
        plan = space.protocol.phase(result.phase)
        if plan and who in plan.reviewers and any(who in o.waiting and o.state == "pending" for o in result.outcomes):
            raise UsageError(
                f"{who} has still to decide in {result.phase}, and would not be blinded any more.",
                "Decide first, or ask who does not screen.",
            )
    for result in results:
        if any(o.state == "pending" for o in result.outcomes):
            with space.ledger(result.phase, who).session() as ledger:
                ledger.append(Unblinding(phase=result.phase, why=why.strip(), protocol=space.digest))
