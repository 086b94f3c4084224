"""The deduplication stage: records and people's words in, reports and evidence out."""

from __future__ import annotations

from dataclasses import asdict

from review.model.events import Sameness, standing
from review.model.words import are, counted, noun
from review.stage import Context, Result, Stage
from review.workspace import Workspace, digest_of, write

# In the folder of reports.
DUPLICATES = "excluded_duplicates.csv"
COLLISIONS = "doi_collisions.csv"


def inputs(workspace: Workspace) -> dict[str, str]:
    return {
        "the protocol's dedup thresholds": digest_of(workspace.protocol.dedup.model_dump()),
        "merges and unmerges": workspace.ledger_digest("dedup"),
        "the notice": digest_of(workspace.protocol.review.notice),
    }


def run(context: Context) -> Result:
    # Heavy: loaded only when there is something to do.
    from review.dedup.engine import deduplicate
    from review.dedup.table import doi_collisions, excluded_duplicates

    workspace, store = context.workspace, context.store
    plan = workspace.protocol.dedup
    state = workspace.dedup_ledger().read()
    words = [e for e in standing([line.event for line in state.lines]) if isinstance(e, Sameness)]
    records = store.records()
    found = deduplicate(records, certain=plan.certain, unsure=plan.unsure, sameness=words, progress=context.progress)
    store.save_reports(found.reports, found.links)
    notice = workspace.protocol.review.notice
    write(workspace.reports / DUPLICATES, excluded_duplicates(found.reports, found.links, notice))
    write(workspace.reports / COLLISIONS, doi_collisions(found.reports, notice))
    unsure = sum(link.verdict == "unsure" for link in found.links)
    summary = f"{counted(len(records), 'record')}, {counted(len(records) - len(found.reports), 'duplicate')}, {counted(len(found.reports), 'report')}"
    return Result(
        digest=digest_of([[(r.key, r.keys) for r in found.reports], [asdict(link) for link in found.links]]),
        summary=summary + (f"; {counted(unsure, 'pair')} {are(unsure)} unsure" if unsure else ""),
        waits=(("the lead author", unsure, f"{noun(unsure, 'pair')} that may be the same report", "review dedup --review"),)
        if unsure
        else (),
        warnings=("screening/…/dedup.jsonl: a torn last line was left out",) if state.torn else (),
    )


def outputs(workspace: Workspace, digest: str) -> str:
    """Why the lists of this stage are not as it left them; '' if they are there."""
    missing = [name for name in (DUPLICATES, COLLISIONS) if not (workspace.reports / name).is_file()]
    return f"{missing[0]} is missing" if missing else ""


STAGE = Stage("dedup", 10, ("search",), inputs, run, outputs)
