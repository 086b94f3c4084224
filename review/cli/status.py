"""review status: how the review stands, without running anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from review.cli.common import AsJson, Review, member, next_step, out, out_json, say, workspace
from review.cli.run import as_dict, show
from review.model.words import are, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from review.model.protocol_phases import PhasePlan
    from review.screening.stop_state import Reading
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
    if any(stage.summary for stage in stages):
        for line in _stopped(space):
            out(f"            {line}")
    stale = any(not s.done for s in stages)
    todo = "review run" if stale else pipeline.next_command(stages)
    say(f"Next:   {next_step(space, todo) if todo else 'nothing waits'}")


def _stopped(space: Workspace) -> Iterator[str]:
    """Who has stopped before the last report of a phase, as the last run knew it. What they found is not told."""
    from review.store.shelf import phases_in

    for result in phases_in(space.database):
        for stop in result.stopped:
            yield f"{result.phase}: {stop.by} stopped on {stop.at[:10]} with {stop.left:,} unread: {stop.why}"


def _mine(space: Workspace, who: str, as_json: bool) -> None:
    """What one person did and has to do. Reads that person's own ledger; of the others only who has voted, and what all decided."""
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    ran = _ran(space)
    told = [line for plan in space.protocol.phases for line in _phase(space, plan, who)] if ran else []
    told += _duplicates(space, who) if ran else []
    if ran and (extraction := _extraction(space, who)):
        told.append({"phase": "extraction", "role": "extractor", **extraction, "command": f"review extract --as {who}"})
    if as_json:
        out_json(told)
        return
    for line in told:
        if line["role"] == "reviewer" or line["role"] == "extractor":
            unread = f", {line['unread']:,} stay unread" if "unread" in line else f", {line['left']:,} {are(line['left'])} left"
            out(f"{line['phase']}: you have done {line['decided']:,}{unread}{'; ' + line['stop'] if 'stop' in line else ''}")
        elif line["role"] == "member":
            out(f"duplicates: {counted(line['left'], 'pair')} may be the same report; anybody of the team may say")
        else:
            n = line["left"]
            what = f"{'waits' if n == 1 else 'wait'} for you" if line["role"] == "adjudicator" else f"{are(n)} to be discussed by you"
            out(f"{line['phase']}: {counted(n, 'conflict')} {what}")
    if not ran:
        say(f"Next:   {next_step(space, 'review run')}")
    elif todo := next((line for line in told if line["left"]), None):
        say(f"Next:   {next_step(space, todo['command'])}")


def _ran(space: Workspace) -> bool:
    """Whether there is anything to tell; says where the records are others than the last run knew."""
    from review import pipeline

    stages = {stage.name: stage for stage in pipeline.explain(space)}
    if not stages["dedup"].summary:
        return False
    if not (stages["search"].done and stages["dedup"].done):
        say("note: as the last run knew it; records or words on duplicates have come since. review run brings it up to date.")
    return True


def _duplicates(space: Workspace, who: str) -> Iterator[dict[str, Any]]:
    """The pairs that nobody has spoken on, as far as the last run knew them."""
    from review import pipeline
    from review.dedup.said import Said
    from review.model.events import Sameness, standing

    with pipeline.opened(space) as store:
        links = store.links("unsure")
    if links:
        said = Said(e for e in standing([line.event for line in space.dedup_ledger().read().lines]) if isinstance(e, Sameness))
        mine = sum(word.by == who for word in said.latest.values())
        if left := sum((x.a, x.b) not in said.latest and said.follows(x.a, x.b) is None for x in links):
            yield {"phase": "dedup", "role": "member", "decided": mine, "left": left, "command": f"review dedup --review --as {who}"}


def _phase(space: Workspace, plan: PhasePlan, who: str) -> Iterator[dict[str, Any]]:
    from review import pipeline
    from review.cli.sitting import offered, phase_here
    from review.screening.outcome import may_settle
    from review.screening.pilot import part, rounds_begun
    from review.screening.stop_state import reading
    from review.screening.tally import Tally

    with phase_here(space, plan, run=False) as here:
        if who in plan.voters:
            command = f"review screen --as {who} --phase {plan.name}"
            if here.pilot.open:
                keys, folder, name = offered(space, plan, here, who), str(plan.name), str(plan.name)
            else:
                begun = rounds_begun(plan, here.pilots)
                keys = tuple({here.shelf.report_of[k] for k in begun[-1].records if k in here.shelf.report_of}) if begun else ()
                folder, name = part(plan.name), f"{plan.name} pilot {len(begun) or 1}"
                if not begun and here.keys:
                    keys = here.keys[: plan.pilot.n]
            events = space.ledger(folder, who).events()
            tally = Tally(plan.name, here.shelf.report_of, events)
            lost = here.result.not_retrieved if here.result else {}
            keys = [k for k in keys if k not in lost]
            done = sum(tally.decided(k) for k in keys)
            line = {"phase": name, "role": "reviewer", "decided": done, "left": len(keys) - done, "command": command}
            if here.pilot.open and done:
                line |= _stop(plan, who, reading(events, plan.name, here.shelf.report_of, keys))
            yield line
    with pipeline.opened(space) as store:
        results = store.phases()
    result = next((r for r in results if r.phase == plan.name), None)
    conflicts = [o for o in result.outcomes if o.state == "conflict" and not o.own_conflict] if result else []
    settles = who == plan.adjudicator or any(may_settle(plan, who, [v.by for v in o.votes]) and who in o.waiting for o in conflicts)
    mine = sum(who in o.waiting or (who == plan.adjudicator and not o.waiting) for o in conflicts)
    if settles or mine:
        command = f"review adjudicate --as {who} --phase {plan.name}"
        yield {"phase": plan.name, "role": "adjudicator" if settles else "discussant", "decided": 0, "left": mine, "command": command}


def _stop(plan: PhasePlan, who: str, now: Reading) -> dict[str, Any]:
    """Whether this reviewer has stopped, or could: by their own decisions."""
    from review.screening.stop_words import suggestion

    if now.stop:
        command = f"review stop --as {who} --phase {plan.name} --resume"
        return {
            "stopped": now.stop.why,
            "stop": f"you stopped on {now.stop.at[:10]}: {now.stop.why}",
            "left": 0,
            "unread": now.left,
            "command": command,
        }
    if not now.left:
        return {}
    suggested, _ = suggestion(now, plan.stop.recall)
    said = f"a stop {'can be' if suggested else 'is not'} suggested: review stop --as {who} --phase {plan.name}"
    return {"stop": said, "stop_suggested": suggested}


def _extraction(space: Workspace, who: str) -> dict[str, int]:
    """How many reports this extractor has done and has left; {} for who is no extractor."""
    from review import pipeline
    from review.extraction.stage import included
    from review.model.extraction import Extraction

    if who not in space.protocol.extraction.reviewers:
        return {}
    with pipeline.opened(space) as store:
        found = Extraction.from_json(store.result("extraction"))
        everything = included(store.phases())
    left = len(dict(found.left).get(who, everything))
    return {"decided": len(everything) - left, "left": left}
