"""review extract: one extractor's sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from review.cli.common import As, Review, member, out, progress_bar, say, workspace

if TYPE_CHECKING:
    from review.model.extraction import Extraction
    from review.model.record import Report
    from review.workspace import Workspace


def command(who: As, review: Review = "") -> None:
    """Fill the forms of the questions for each included report: value, quote, place; each answer on disk before the next."""
    from review.extraction.session import Extracting
    from review.tui.extract import ExtractApp

    space = workspace(review)
    plan = space.protocol.extraction
    member(space, who, plan.reviewers, "extractor")
    reports, _ = material(space)
    if not reports:
        say("No report is included yet, so there is nothing to extract from.")
        return
    with space.ledger("extraction", who).session() as ledger:
        session = Extracting(ledger, who, plan, space.digest, reports)
        ExtractApp(session, space.protocol).run()
    done = sum(session.done(r.key) for r in reports)
    out(f"{who}: {done:,} of {len(reports):,} reports done.")


def material(space: Workspace) -> tuple[list[Report], Extraction]:
    """The included reports, and the extraction as it stands; runs the stages first."""
    from review import pipeline
    from review.extraction.stage import included
    from review.model.extraction import Extraction

    with progress_bar() as progress:
        pipeline.run(space, upto="extraction", progress=progress)
    with pipeline.opened(space) as store:
        keys = set(included(store.result("screening")))
        return [r for r in store.reports() if r.key in keys], Extraction.from_json(store.result("extraction"))
