"""review agreement: how well reviewers agree, before any resolution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from review.cli.common import AsJson, Review, out, out_json, run_stages, say, workspace
from review.collector import without_collector

if TYPE_CHECKING:
    from review.model.events import Event
    from review.screening.agreement import Comparison, Votes
    from review.workspace import Workspace

FIXED_SEED = 20260101  # of the bootstrap: the same ledgers give the same interval


def command(
    phase_name: Annotated[str, typer.Option("--phase", help="title-abstract or full-text; all phases where it is left out.")] = "",
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Show how well reviewers agree: per phase, pilot round and pair, with intervals, and what the figures mean.

    Only reports that have all their independent votes count, so nobody learns of a verdict before their own is given.
    """
    from review.screening.stage import read_ledgers
    from review.store.shelf import StoredReports

    space = workspace(review)
    run_stages(space, "screening")
    with closing(StoredReports(space.database)) as shelf:
        results, report_of = shelf.phases(), shelf.report_of
    found: list[dict[str, Any]] = []
    with without_collector():
        ledgers, _ = read_ledgers(space)
        for result in results:
            if phase_name in ("", result.phase):
                keys = [o.report for o in result.outcomes if o.report not in result.not_retrieved]
                found += _phase(space, result.phase, keys, report_of, ledgers[result.phase])
    if phase_name and space.protocol.phase(phase_name) is None:
        from review.cli.common import phase

        phase(space, phase_name)
    if as_json:
        out_json([{**c, "comparison": c["comparison"].to_json()} for c in found])
        return
    if not found:
        say("No report has all its independent votes yet, or each needs only one: there is nothing to compare.")
    for n, c in enumerate(found):
        _show(space, c, first=n == 0)
    if found:
        from review.screening.agreement_words import SOURCES

        out("")
        for line in SOURCES:
            out(line)


def _phase(
    space: Workspace, name: str, keys: Sequence[str], report_of: Mapping[str, str], ledgers: dict[str, list[Event]]
) -> list[dict[str, Any]]:
    """The comparisons of a phase: all reports, then each round of the pilot; each pair, then everybody where they are more."""
    from review.screening.agreement import compare
    from review.screening.phases import independent
    from review.screening.pilot import complete_rounds, part

    plan = space.protocol.phase(name)
    assert plan is not None
    votes = independent(plan, keys, report_of, ledgers)
    groups = list(combinations(plan.reviewers, 2)) + ([plan.reviewers] if len(plan.reviewers) > 2 else [])
    rounds: list[tuple[str, list[str], Mapping[str, Votes]]] = [("all", list(keys), votes)]
    pilots = {who: ledger.events() for who, ledger in space.ledgers(part(name))}
    rounds += [(f"pilot {n}", sample, cast) for n, sample, cast in complete_rounds(plan, report_of, pilots)]
    found = []
    for title, wanted, cast in rounds:
        for who in groups:
            comparison = compare({w: cast[w] for w in who}, wanted, FIXED_SEED)
            if comparison.compared:
                found.append({"phase": name, "round": title, "who": list(who), "comparison": comparison})
    return found


def _show(space: Workspace, c: dict[str, Any], *, first: bool) -> None:
    from review.screening.agreement_words import crossed, sentences, table

    comparison: Comparison = c["comparison"]
    if not first:
        out("")
    out(
        f"{c['phase']}, {'all reports' if c['round'] == 'all' else c['round']}: {' and '.join(space.protocol.member_name(w) for w in c['who'])}"
    )
    if len(c["who"]) == 2:
        for line in crossed(comparison, c["who"]):
            out(f"  {line}")
        out("")
    for line in table(comparison):
        out(f"  {line}")
    for line in sentences(comparison):
        out(f"  {line}")
