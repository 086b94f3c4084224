"""review extract: one extractor's sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from review.cli.common import As, Review, member, next_step, out, run_stages, say, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from review.fulltext.document import Document
    from review.model.extraction import Extraction
    from review.model.record import Report
    from review.workspace import Workspace


def command(who: As = "", review: Review = "") -> None:
    """Fill the forms of the questions for each included study: value, quote, place; each answer on disk before the next."""
    sit(who, review, appraise=False)


def appraise(who: As = "", review: Review = "") -> None:
    """Judge each included study with the protocol's appraisal tools: a judgement and what it rests on."""
    sit(who, review, appraise=True)


def sit(who: str, review: str, appraise: bool) -> None:
    from review.errors import UsageError
    from review.extraction.session import Extracting, only
    from review.model.forms import plan_of, tools
    from review.store.shelf import related_of
    from review.tui.extract import ExtractApp
    from review.tui.keys import wishes

    space = workspace(review)
    plan = plan_of(space.protocol)
    member(space, who, plan.reviewers, "extractor")
    plan = only(plan, [f.question for f in plan.forms if (f.question in tools(space.protocol)) == appraise])
    if not plan.forms:
        raise UsageError(
            "The protocol has no appraisal tool with a form.",
            "Name one that is built in (MMAT-2018 …), or give yours 'domains' and 'judgements'.",
        )
    units, found = material(space)
    if not units:
        say("No report is included yet, so there is nothing to extract from.")
        return
    with space.ledger("extraction", who).session() as ledger:
        session = Extracting(ledger, who, plan, space.digest, units)
        ExtractApp(session, space.protocol, documents(space, found), wishes(), related_of(space.database)).run()
    done = sum(session.done(r.key) for r in units)
    to_appraise = sum(who == each and len(keys) for each, keys in found.unappraised)
    if not appraise and done == len(units) and to_appraise:
        say(f"Next: {next_step(space, f'review appraise --as {who}')} ({to_appraise:,} to appraise)")
    out(f"{who}: {done:,} of {len(units):,} {'studies' if any(u.key not in u.keys for u in units) else 'reports'} done.")


def documents(space: Workspace, found: Extraction) -> Callable[[Report], Document]:
    """What gives a study its document: full texts, else title and abstract."""
    from review import pipeline
    from review.fulltext.shelf import Shelf

    with pipeline.opened(space) as store:
        shelf = Shelf(space, store.reports())
    of = {s.key: s.reports for s in found.studies}
    return lambda study: shelf.text_of(study, of.get(study.key, ()))


def material(space: Workspace) -> tuple[list[Report], Extraction]:
    """The included studies, each with its records, and the extraction as it stands; runs the stages first."""
    from review import pipeline
    from review.extraction.units import units
    from review.model.extraction import Extraction

    run_stages(space, "extraction")
    with pipeline.opened(space) as store:
        found = Extraction.from_json(store.result("extraction"))
        return units(found.studies, {r.key: r for r in store.reports()}), found
