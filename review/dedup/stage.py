"""The deduplication stage: records and people's words in, reports and evidence out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from operator import attrgetter

from review import dedup
from review.dedup.said import Said, in_words, unfollowed
from review.digests import code_of
from review.errors import ReviewError
from review.model import record, related
from review.model.events import Sameness, standing
from review.model.flow import MAIN
from review.model.record import Link
from review.model.words import are, counted, noun
from review.stage import Context, Result, Stage
from review.workspace import Workspace, digest_of, write

# In the folder of reports.
DUPLICATES = "excluded_duplicates.csv"
COLLISIONS = "doi_collisions.csv"
RELATED = "related_reports.csv"
_as_list = attrgetter(*(field.name for field in fields(Link)))


def inputs(workspace: Workspace) -> dict[str, str]:
    return {
        "the protocol's dedup thresholds": digest_of(workspace.protocol.dedup.model_dump()),
        "merges and unmerges": workspace.ledger_digest("dedup"),
        "the sources' kinds": digest_of({s.id: s.kind for s in workspace.protocol.sources}),
        "the notice": digest_of(workspace.protocol.review.notice),
    }


def _version(unsure: float) -> str:
    """Of all that decides what is remembered: of this code, and of the libraries that do the work."""
    import polars
    import rapidfuzz

    return digest_of([unsure, polars.__version__, rapidfuzz.__version__, code_of(dedup, record)])


def run(context: Context) -> Result:
    # Heavy: loaded only when there is something to do.
    from review.dedup.engine import deduplicate
    from review.dedup.keeping import load, save
    from review.dedup.table import doi_collisions, excluded_duplicates, related_reports

    workspace, store = context.workspace, context.store
    plan = workspace.protocol.dedup
    state = workspace.dedup_ledger().read()
    words = [e for e in standing([line.event for line in state.lines]) if isinstance(e, Sameness)]
    records = store.records()
    kept, version = workspace.database.with_suffix(".dedup"), _version(plan.unsure)
    memory = load(kept, version)
    found = deduplicate(records, certain=plan.certain, unsure=plan.unsure, sameness=words, progress=context.progress, memory=memory)
    with suppress(ReviewError):  # only to be quicker next time
        save(found.memory, kept, version)
    store.save_reports(found.reports, found.links)
    bears_on = related.related(found.reports, found.links)
    store.save_result("related", related.to_json(bears_on))
    notice = workspace.protocol.review.notice
    main = {s.id for s in workspace.protocol.sources if s.kind in MAIN}
    write(workspace.reports / DUPLICATES, excluded_duplicates(found.reports, found.links, notice, main))
    write(workspace.reports / COLLISIONS, doi_collisions(found.reports, notice))
    write(workspace.reports / RELATED, related_reports(found.reports, found.links, notice))
    unsure = sum(link.verdict == "unsure" for link in found.links)
    summary = f"{counted(len(records), 'record')}, {counted(len(records) - len(found.reports), 'duplicate')}, {counted(len(found.reports), 'report')}"
    return Result(
        digest=digest_of([[(r.key, r.keys) for r in found.reports], [_as_list(link) for link in found.links], related.to_json(bears_on)]),
        summary=summary + (f"; {counted(unsure, 'pair')} {are(unsure)} unsure" if unsure else ""),
        waits=(("the lead author", unsure, f"{noun(unsure, 'pair')} that may be the same report", "review dedup --review"),)
        if unsure
        else (),
        warnings=(
            *((f"{workspace.shown(workspace.dedup_ledger().path)}: a torn last line was left out",) if state.torn else ()),
            *_contradictions(words, {key: r.key for r in found.reports for key in r.keys} if words else {}),
        ),
    )


def _contradictions(words: list[Sameness], report_of: dict[str, str]) -> Iterator[str]:
    """What was said and can't be followed, with the words that stand against it."""
    for word in unfollowed(words, report_of):
        against = "; ".join(map(in_words, Said(words).against(word))) or "other records of the two were told apart"
        yield f"not followed: {in_words(word)}; but {against}. Change one of these: review dedup --review, or --undo"


def outputs(workspace: Workspace, digest: str) -> str:
    """Why the lists of this stage are not as it left them; '' if they are there."""
    missing = [name for name in (DUPLICATES, COLLISIONS, RELATED) if not (workspace.reports / name).is_file()]
    return f"{missing[0]} is missing" if missing else ""


STAGE = Stage("dedup", 21, ("search",), inputs, run, outputs)
