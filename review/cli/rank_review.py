"""review rank inside a review: what a reviewer would be shown next."""

from __future__ import annotations

from review.cli.common import member, out, out_json, phase, say, workspace
from review.errors import UsageError

WAYS = ("key", "prioritised", "random", "date")


def show(who: str, phase_name: str, by: str, limit: int, review: str, *, as_json: bool) -> None:
    """Print the undecided reports of one reviewer in their order. Reads that reviewer's decisions, and no one else's."""
    from review.cli.guided import guide_for, listed
    from review.cli.sitting import offered, phase_here
    from review.screening.guide import way_of
    from review.screening.votes import votes_of

    space = workspace(review)
    plan = phase(space, phase_name)
    if not who:
        raise UsageError("Whose order?", f"Say who you are: --as {plan.reviewers[0]}")
    member(space, who, plan.reviewers, f"{phase_name} reviewer")
    by = by or plan.order
    if by not in WAYS:
        raise UsageError(f"--by {by}: there is no such order.", f"There are: {', '.join(WAYS)}.")
    with phase_here(space, plan) as here:
        keys = offered(space, plan, here, who)
        events = space.ledger(phase_name, who).events()
        votes = votes_of(events, phase_name, here.shelf.report_of)
        left = {k for k in keys if len(votes.get(k, ())) != 1}
        if by == "prioritised":
            order = []
            if left:
                with guide_for(space, plan, here.shelf, here.keys, votes, way_of(events, phase_name), who, wait=True) as guide:
                    order = guide.order(left)
        else:
            order = [k for k in listed(here.shelf, keys, by, plan.seed) if k in left]
        wanted = [(k, here.shelf.report(k).title) for k in order[: limit or None]]
    if as_json:
        out_json([{"place": n, "report": k, "title": title} for n, (k, title) in enumerate(wanted, 1)])
        return
    for key, title in wanted:
        out(f"{key}\t{title}")
    say(f"{len(left):,} left for {who}, by {by}{f'; the first {len(wanted):,} are shown' if len(wanted) < len(left) else ''}.")
