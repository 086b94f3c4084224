"""review consensus: settle answers that differ."""

from __future__ import annotations

from review.cli.common import As, Review, member, out, say, workspace
from review.cli.extract import documents, material


def command(who: As = "", review: Review = "") -> None:
    """Settle the answers that differ: both with their quotes, one key to take either, or a third value with a reason."""
    from review.extraction.settling import Settling
    from review.model.forms import plan_of
    from review.store.shelf import related_of
    from review.tui.consensus import ConsensusApp

    space = workspace(review)
    plan = plan_of(space.protocol)
    member(space, who, (plan.adjudicator,) if plan.adjudicator else plan.reviewers, "person to settle differences")
    reports, found = material(space)
    # What this person settled stays within reach: a consensus can be looked at, changed and taken back.
    cells = [c for c in found.cells if c.state == "differs" or (c.state == "settled" and c.stands and c.stands.by == who)]
    if not cells:
        say("No answers differ.")
        return
    with space.ledger("extraction", who).session() as ledger:
        session = Settling(ledger, who, plan, space.digest, {r.key: r for r in reports}, cells)
        checks = {q.answer: q for q in found.quotes}
        ConsensusApp(session, space.protocol, documents(space, found), checks, related_of(space.database)).run()
    out(f"{who}: {len(session.settled):,} settled, {session.left:,} left.")
