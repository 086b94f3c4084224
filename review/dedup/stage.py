"""The deduplication stage: records and people's words in, reports and evidence out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from review import dedup
from review.dedup.said import Said, firsts, unfollowed
from review.digests import code_of
from review.errors import ReviewError
from review.model import best, plain_text, record, related
from review.model.events import Sameness, standing
from review.model.flow import MAIN
from review.model.words import counted, noun
from review.stage import Context, Result, Stage
from review.workspace import Workspace, digest_of, write

if TYPE_CHECKING:
    import polars as pl

    from review.store.db import Store

# In the folder of reports.
DUPLICATES = "excluded_duplicates.csv"
COLLISIONS = "doi_collisions.csv"
RELATED = "related_reports.csv"


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

    from review.formats.tables import csv_frame, csv_line

    return digest_of([unsure, polars.__version__, rapidfuzz.__version__, code_of(dedup, plain_text, best, record, csv_frame, csv_line)])


def run(context: Context) -> Result:
    # Heavy: loaded only when there is something to do.
    import polars as pl

    from review.dedup.engine import deduplicate
    from review.dedup.keeping import load, save
    from review.dedup.recall import Index, recalled
    from review.dedup.table import doi_collisions, excluded_duplicates, related_reports, shared_dois, unsure_told
    from review.dedup.written import save_reports

    workspace, store = context.workspace, context.store
    plan = workspace.protocol.dedup
    state = workspace.dedup_ledger().read()
    words = [e for e in standing([line.event for line in state.lines]) if isinstance(e, Sameness)]
    version = _version(plan.unsure)
    total = store.records_digest()
    index = Index(
        total=total,
        changed=store.result("search").get("changed") or (),
        digests=lambda: store.columns("key", "digest"),
        fetch=lambda keys: _fetched(store, keys, total[0]),
    )
    there = recalled(workspace.database.with_suffix(".dedup.records"), version, index)
    store.known(there.columns(["key", "source", "searched", "title"]))
    kept = workspace.database.with_suffix(".dedup")
    found = deduplicate(
        there, certain=plan.certain, unsure=plan.unsure, sameness=words, progress=context.progress, memory=load(kept, version)
    )
    with suppress(ReviewError):  # only to be quicker next time
        save(found.memory, kept, version)
    members, links = found.members, found.links
    del found  # the features of all records
    written = save_reports(store, workspace.database.with_suffix(".dedup.written"), members, links)
    linked = links.filter(pl.col("verdict").is_in(list(related.RELATIONS)))
    records = there.columns(["key", "source", "doi", "shown", "digest", "suspect"])
    bears_on, told = _bearing(context, records, members, linked, firsts(words))
    store.save_result("related", bears_on)
    notice = workspace.protocol.review.notice
    main = {s.id for s in workspace.protocol.sources if s.kind in MAIN}
    write(workspace.reports / DUPLICATES, excluded_duplicates(records, members, links, notice, main))
    write(workspace.reports / COLLISIONS, doi_collisions(records, shared_dois(records, members), notice))
    write(workspace.reports / RELATED, related_reports(records, told, linked, notice))
    unsure = int((links["verdict"] == "unsure").sum())
    n, kept_apart = records.height, members["report"].n_unique()
    summary = f"{counted(n, 'record')}, {counted(n - kept_apart, 'duplicate')}, {counted(kept_apart, 'report')}"
    return Result(
        digest=digest_of([written, bears_on]),
        summary=summary + (f"; {unsure_told(links, plan.unsure)}" if unsure else ""),
        waits=(("the lead author", unsure, f"{noun(unsure, 'pair')} that may be the same report", "review dedup --review --as NAME"),)
        if unsure
        else (),
        warnings=(
            *((f"{workspace.shown(workspace.dedup_ledger().path)}: a torn last line was left out",) if state.torn else ()),
            *_unfollowed(words, dict(members.iter_rows()) if words else {}),
        ),
    )


def _fetched(store: Store, keys: list[str], of: int) -> pl.DataFrame:
    """The columns of `columns.SCHEMA`, date of search, and digest, of the records of these keys. of: how many records there are."""
    from review.dedup.columns import FIELDS, looked_at

    few = len(keys) * 2 < of
    found = store.columns(*FIELDS, "searched", "digest", keys=keys if few else None)
    if not few:
        import polars as pl

        found = found.filter(pl.col("key").is_in(keys))
    return looked_at(found).with_columns(found["searched"], found["digest"])


def _bearing(
    context: Context, records: pl.DataFrame, members: pl.DataFrame, linked: pl.DataFrame, firsts: Mapping[tuple[str, str], str]
) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """The reports that bear on each other, or say of themselves that they are gone, as JSON; and of each link the two, and which is which."""
    import polars as pl

    from review.dedup.bearing import bearing

    report = dict(members.filter(pl.col("record").is_in(pl.concat([linked["a"], linked["b"]]).implode())).iter_rows())
    pairs, shown = [], []
    for a, b, verdict in linked.select("a", "b", "verdict").iter_rows():
        first = firsts.get((a, b), "")
        pairs.append((verdict, report[a], report[b], report[first] if first else ""))
        named = report.get(first, "")
        shown.append((verdict, report[a], report[b], named if named in (report[a], report[b]) else ""))
    # Both are by key.
    of = members.with_columns(records["digest"])
    suspects = of.filter(pl.col("record").is_in(records.filter("suspect")["key"].implode()))["report"].unique().to_list()
    wanted = pl.Series([*report.values(), *suspects], dtype=pl.String)
    contents: dict[str, str] = {}
    for _, key, digest in of.filter(pl.col("report").is_in(wanted.implode())).iter_rows():
        contents[key] = f"{contents.get(key, '')} {digest}"
    see, said = bearing(
        context.workspace.database.with_suffix(".dedup.bearing"), code_of(dedup, plain_text, best, record, related),
        related.both_ways(pairs) | set(shown), suspects, contents, lambda keys: context.store.reports(keys) if keys else [],
    )  # fmt: skip
    told = [(one, other, related.second_is(see(verdict, one, other, first))) for verdict, one, other, first in shown]
    return related.to_json(related.related_by(pairs, said, see)), told


def _unfollowed(words: list[Sameness], report_of: dict[str, str]) -> Iterator[str]:
    """What was said and can't be followed: with the words that stand against it, or since its records are not here."""
    lost = [w for w in Said(words).latest.values() if w.a not in report_of or w.b not in report_of]
    if lost:
        first = next(key for key in (lost[0].a, lost[0].b) if key not in report_of)
        yield f"{counted(len(lost), 'word')} of people on pairs {'is' if len(lost) == 1 else 'are'} not followed: records of theirs are not here (first: {first}). See: review dedup --said"
    yield from (f"{told}: review dedup --review, or --undo" for told in unfollowed(words, report_of))


def outputs(workspace: Workspace, digest: str) -> str:
    """Why the lists of this stage are not as it left them; '' if they are there."""
    missing = [name for name in (DUPLICATES, COLLISIONS, RELATED) if not (workspace.reports / name).is_file()]
    return f"{missing[0]} is missing" if missing else ""


STAGE = Stage("dedup", 72, ("search",), inputs, run, outputs)
