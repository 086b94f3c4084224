"""review dedup: find duplicates in any files, or say what is the same report in a review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from review.cli.common import Review, member, out, progress_bar, say, workspace
from review.errors import UsageError


def command(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files to deduplicate outside a review, in any format that 'review import' reads.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write record_id,report_id for every record here.")] = None,
    unsure: Annotated[
        Path | None, typer.Option("--unsure", help="Write the pairs that a person should decide here: record_id_a,record_id_b,probability.")
    ] = None,
    same: Annotated[tuple[str, str] | None, typer.Option("--same", metavar="A B", help="Say that two records are the same report.")] = None,
    different: Annotated[tuple[str, str] | None, typer.Option("--different", metavar="A B", help="Say that two records are not.")] = None,
    why: Annotated[str, typer.Option("--why", help="Why, for --same and --different.")] = "",
    who: Annotated[str, typer.Option("--as", help="Your id, for --same and --different.")] = "",
    review: Review = "",
) -> None:
    """Group records that are the same report.

    With FILES: works outside a review. Without: shows the review's unsure pairs, or records your word on a pair.
    """
    if files:
        if same or different:
            raise UsageError("--same and --different speak of a review, not of files.", "Leave the files out.")
        _files(files, output, unsure)
    elif same or different:
        _say(same or different or ("", ""), same is not None, why, who, review)
    else:
        _pairs(review)


def _files(files: list[Path], output: Path | None, unsure: Path | None) -> None:
    from dataclasses import replace

    from review.cli.decisions import read_bytes
    from review.dedup.clusters import deduplicate
    from review.dedup.table import write_clusters, write_unsure
    from review.formats.registry import detect
    from review.formats.rows import read_rows
    from review.model.protocol_parts import DedupPlan
    from review.model.record import Record
    from review.workspace import write

    records: list[Record] = []
    rejected = 0
    for path in files:
        data = read_bytes(path)
        format_ = detect(data, path.name)
        # A table that numbers its records itself keeps its numbers.
        columns = {"accession": "record_id"} if format_.name == "csv" and "record_id" in read_rows(data, str(path))[0] else {}
        for n, entry in enumerate(format_.read(data, columns), 1):
            if isinstance(entry, Record):
                records.append(replace(entry, key=entry.accession or f"{path.name}:{n}", source=path.name))
            else:
                rejected += 1
                say(f"{path}:{entry.line}: rejected: {entry.reason}")
    seen: set[str] = set()
    for i, record in enumerate(records):
        if record.key in seen:
            records[i] = replace(record, key=f"{record.source}:{record.line}:{record.key}")
        seen.add(records[i].key)
    plan = DedupPlan()
    with progress_bar() as progress:
        found = deduplicate(records, certain=plan.certain, unsure=plan.unsure, progress=progress)
    if output:
        write(output, write_clusters(found))
    else:
        out(write_clusters(found).rstrip("\n"))
    if unsure:
        write(unsure, write_unsure(found))
    open_ = sum(link.verdict == "unsure" for link in found.links)
    say(f"{len(records):,} records, {len(found.reports):,} reports, {len(records) - len(found.reports):,} duplicates; {open_:,} pairs are unsure"
        + (f"; {rejected:,} entries rejected" if rejected else ""))  # fmt: skip


def _pairs(review: str) -> None:
    from review import pipeline

    space = workspace(review)
    with progress_bar() as progress:
        stages = pipeline.run(space, upto="dedup", progress=progress)
    with pipeline.opened(space) as store:
        title = {r.key: f"{r.title[:90]} ({r.year or 'no year'}, {r.journal[:40] or 'no journal'})" for r in store.records()}
        links = store.links("unsure")
    for link in links:
        out(f"{link.a}\n  {title.get(link.a, '')}\n{link.b}\n  {title.get(link.b, '')}\n  p = {link.probability:.2f}: {link.evidence}\n")
    say(stages[-1].summary)
    if links:
        say("Say what they are: review dedup --as NAME --same A B   or   --different A B")


def _say(pair: tuple[str, str], same: bool, why: str, who: str, review: str) -> None:
    from review import pipeline
    from review.model.events import Sameness

    space = workspace(review)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    with progress_bar() as progress:
        pipeline.run(space, upto="dedup", progress=progress)
    with pipeline.opened(space) as store:
        known = {r.key for r in store.records()}
    for key in pair:
        if key not in known:
            raise UsageError(f"There is no record '{key}'.", "Run 'review dedup' for the pairs and their keys.")
    if pair[0] == pair[1]:
        raise UsageError("A record is always the same as itself.", "Name two records.")
    a, b = sorted(pair)
    with space.dedup_ledger().session() as ledger:
        ledger.append(Sameness(by=who, a=a, b=b, same=same, note=why, protocol=space.digest))
    out(f"{a} and {b}: {'the same report' if same else 'different reports'}, says {who}.")
    say("Next: review run")
