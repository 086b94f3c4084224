"""review status: how the review stands, without running anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import AsJson, Review, member, out, out_json, say, workspace
from review.cli.run import as_dict, show

if TYPE_CHECKING:
    from review.workspace import Workspace


def command(
    who: Annotated[str, typer.Option("--as", help="Show what is yours, and nothing of anybody's verdicts.")] = "",
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Show how each stage stands and what waits for whom."""
    from review import pipeline

    space = workspace(review)
    if who:
        _mine(space, who, as_json)
        return
    space.check_lock()
    stages = pipeline.explain(space)
    if as_json:
        out_json([as_dict(s) for s in stages])
        return
    for stage in stages:
        show(stage)
    stale = any(not s.done for s in stages)
    say(f"Next:   {'review run' if stale else pipeline.next_command(stages) or 'nothing waits'}")


def _mine(space: Workspace, who: str, as_json: bool) -> None:
    """What one person did and has to do. Reads that person's own ledger; of the others only what both decided."""
    from review import pipeline
    from review.model.screening import PhaseResult
    from review.screening.votes import votes_of

    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    told = []
    with pipeline.opened(space) as store:
        reports = store.reports()
        results = [PhaseResult.from_json(p) for p in store.result("screening").get("phases", ())]
    report_of = {k: r.key for r in reports for k in r.keys}
    for plan in space.protocol.phases:
        result = next((r for r in results if r.phase == plan.name), None)
        if who in plan.reviewers:
            if plan.name == "title-abstract":
                reached = {r.key for r in reports}
            else:
                reached = {o.report for o in result.outcomes} - result.not_retrieved.keys() if result else set()
            votes = votes_of(space.ledger(plan.name, who).events(), plan.name, report_of)
            done = sum(key in reached and len(v) == 1 for key, v in votes.items())
            told.append(
                {
                    "phase": plan.name,
                    "role": "reviewer",
                    "decided": done,
                    "left": len(reached) - done,
                    "command": f"review screen --as {who} --phase {plan.name}",
                }
            )
        if who == plan.adjudicator:
            conflicts = sum(o.state == "conflict" and not o.own_conflict for o in result.outcomes) if result else 0
            told.append(
                {
                    "phase": plan.name,
                    "role": "adjudicator",
                    "decided": 0,
                    "left": conflicts,
                    "command": f"review adjudicate --as {who} --phase {plan.name}",
                }
            )
    if extraction := _extraction(space, who):
        told.append({"phase": "extraction", "role": "extractor", **extraction, "command": f"review extract --as {who}"})
    if as_json:
        out_json(told)
        return
    for line in told:
        if line["role"] == "adjudicator":
            out(f"{line['phase']}: {line['left']:,} conflicts wait for you")
        else:
            out(f"{line['phase']}: you have done {line['decided']:,}, {line['left']:,} are left")
    if todo := next((line for line in told if line["left"]), None):
        say(f"Next:   {todo['command']}")


def _extraction(space: Workspace, who: str) -> dict[str, int]:
    """How many reports this extractor has done and has left; {} for who is no extractor."""
    from review import pipeline
    from review.extraction.stage import included
    from review.model.extraction import Extraction

    if who not in space.protocol.extraction.reviewers:
        return {}
    with pipeline.opened(space) as store:
        found = Extraction.from_json(store.result("extraction"))
        everything = included(store.result("screening"))
    left = len(dict(found.left).get(who, everything))
    return {"decided": len(everything) - left, "left": left}
