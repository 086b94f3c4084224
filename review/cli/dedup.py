"""review dedup: find duplicates in any files, or say what is the same report in a review."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from review.cli.common import AsJson, Plain, Review, member, out, out_json, progress_bar, say, workspace
from review.errors import UsageError
from review.model.words import counted

if TYPE_CHECKING:
    from review.model.record import Record
    from review.store.db import Store


class Command(TyperCommand):
    """`--review` with a name chooses a review, as it does for every command; bare, it is the screen."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        bare = [n for n, word in enumerate(args) if word == "--review" and (n + 1 == len(args) or args[n + 1].startswith("-"))]
        return super().parse_args(ctx, ["--side-by-side" if n in bare else word for n, word in enumerate(args)])


def command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files to deduplicate outside a review, in any format that 'review import' reads, .gz and .zip too; or: explain A B [FILES], why two records are, or are not, the same report.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write record_id,report_id for every record here.")] = None,
    unsure: Annotated[
        Path | None, typer.Option("--unsure", help="Write the pairs that a person should decide here: record_id_a,record_id_b,probability.")
    ] = None,
    look: Annotated[
        bool, typer.Option("--side-by-side", help="Decide the unsure pairs side by side; also take merged ones apart. Or: --review, bare.")
    ] = False,
    same: Annotated[tuple[str, str] | None, typer.Option("--same", metavar="A B", help="Say that two records are the same report.")] = None,
    different: Annotated[tuple[str, str] | None, typer.Option("--different", metavar="A B", help="Say that two records are not.")] = None,
    why: Annotated[str, typer.Option("--why", help="Why, for --same and --different.")] = "",
    who: Annotated[str, typer.Option("--as", help="Your id, for --review, --same and --different.")] = "",
    plain: Plain = False,
    as_json: AsJson = False,
    review: Review = "",
) -> None:
    """Group records that are the same report.

    With FILES: works outside a review. Without: shows the review's unsure pairs, or records your word on them.
    """
    if files and files[0] == Path("explain"):
        _explain([str(f) for f in files[1:3]], files[3:], as_json, review)
    elif files:
        if same or different or look:
            raise UsageError("--review, --same and --different speak of a review, not of files.", "Leave the files out.")
        _files(files, output, unsure)
    elif look:
        _look(who, plain, review)
    elif same or different:
        _say(same or different or ("", ""), same is not None, why, who, review)
    else:
        _pairs(as_json, review)


def _explain(keys: list[str], files: list[Path], as_json: bool, review: str) -> None:
    """Field by field, why two records are, or are not, the same report."""
    from dataclasses import asdict

    from review.dedup.explain import explain, explained

    if len(keys) < 2:
        raise UsageError("Two records are explained: review dedup explain A B.", "Run 'review dedup' for the pairs and their keys.")
    if keys[0] == keys[1]:
        raise UsageError("A record is always the same as itself.", "Name two records.")
    limits: dict[str, float] = {}
    standing: dict[str, object] = {}
    if files:
        records = _of_files(files, keys)
    else:
        from review import pipeline

        space = workspace(review)
        limits = {"certain": space.protocol.dedup.certain, "unsure": space.protocol.dedup.unsure}
        with progress_bar() as progress:
            pipeline.run(space, upto="dedup", progress=progress)
        with pipeline.opened(space) as store:
            records = {r.key: r for r in store.records() if r.key in keys}
            standing = _standing(store, keys)
    for key in keys:
        if key not in records:
            raise UsageError(f"There is no record '{key}'.", "Run 'review dedup' for the pairs and their keys.")
    a, b = (records[key] for key in keys)
    if as_json:
        out_json(asdict(explained(a, b, **limits)) | standing)
        return
    if standing:
        where = "in one report" if standing["together"] else "in two reports"
        person = f"; {standing['person']}; what the rules say:" if standing["person"] else ""
        out(f"{keys[0]} and {keys[1]} stand {where}{person}")
    out("\n".join(explain(a, b, **limits)))


def _standing(store: Store, keys: list[str]) -> dict[str, object]:
    """How two records of a review stand: together, in one report or not; person, who decided that they do, or do not, '' where nobody did."""
    report = {key: r.key for r in store.reports() for key in r.keys if key in keys}
    link = next((x for x in store.links() if x.rule == "person" and {x.a, x.b} == set(keys)), None)
    return {"together": len(set(report.values())) == 1, "person": f"{link.verdict.replace('_', ' ')}, {link.evidence}" if link else ""}


def _of_files(files: list[Path], keys: list[str]) -> dict[str, Record]:
    from review.dedup.columns import record_of
    from review.dedup.reading import read_files

    with progress_bar() as progress:
        records, _ = read_files(files, progress)
    return {row["key"]: record_of(row) for row in records.iter_rows(named=True) if row["key"] in keys}


def _look(who: str, plain: bool, review: str) -> None:
    """The screen over the unsure pairs, or the same line by line."""
    from review import pipeline
    from review.dedup.sitting import Pairs

    space = workspace(review)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    if not plain:
        from review.tui.duplicates import DuplicatesApp
        from review.tui.frame import needs_terminal
        from review.tui.keys import wishes

        needs_terminal("Line by line: --plain. One pair at a time: review dedup --as NAME --same A B, or --different A B.")
        own = wishes()
    with progress_bar() as progress:
        pipeline.run(space, upto="dedup", progress=progress)
    with pipeline.opened(space) as store:
        links = [link for link in store.links() if link.verdict in ("unsure", "duplicate") or link.rule == "person"]
        wanted = {key for link in links for key in (link.a, link.b)}
        records = {r.key: r for r in store.records() if r.key in wanted}
    with space.dedup_ledger().session() as ledger:
        events = [line.event for line in ledger.read().lines]
        session = Pairs(links, records, ledger, who, events, space.digest)
        if plain:
            from review.cli.plain_pairs import PairLines

            failed = PairLines(session, space.protocol).run()
        else:
            DuplicatesApp(session, space.protocol.review.notice, own).run()
            failed = False
    out(f"{who}: {counted(session.said, 'pair')} decided, {session.left:,} left.")
    say("Next: review run")
    if failed:
        raise typer.Exit(1)


def _files(files: list[Path], output: Path | None, unsure: Path | None) -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy starts them as it is loaded; nothing here is linear algebra
    from review.atomic import write
    from review.dedup.engine import group
    from review.dedup.reading import read_files
    from review.dedup.rules import CERTAIN, UNSURE
    from review.dedup.table import write_clusters, write_unsure

    with progress_bar() as progress:
        records, rejects = read_files(files, progress)
        frames = [records]
        del records  # a million records are not kept twice
        found = group(frames.pop(), certain=CERTAIN, unsure=UNSURE, progress=progress)
    for name, entry in rejects:
        say(f"{name}:{entry.line}: rejected: {entry.reason}")
    if output:
        write(output, write_clusters(found))
    else:
        out(write_clusters(found).rstrip("\n"))
    if unsure:
        write(unsure, write_unsure(found))
    count, reports = found.records.height, found.records["report"].n_unique()
    open_ = int((found.links["verdict"] == "unsure").sum())
    say(f"{count:,} records, {reports:,} reports, {count - reports:,} duplicates; {open_:,} pairs are unsure"
        + (f"; {len(rejects):,} entries rejected" if rejects else ""))  # fmt: skip


def _pairs(as_json: bool, review: str) -> None:
    from dataclasses import asdict

    from review import pipeline

    space = workspace(review)
    with progress_bar() as progress:
        stages = pipeline.run(space, upto="dedup", progress=progress)
    with pipeline.opened(space) as store:
        title = {r.key: f"{r.title[:90]} ({r.year or 'no year'}, {r.journal[:40] or 'no journal'})" for r in store.records()}
        links = store.links("unsure")
        related = [link for link in store.links() if link.verdict not in ("unsure", "duplicate", "different")]
    if as_json:
        out_json({"unsure": [asdict(link) for link in links], "related": [asdict(link) for link in related]})
        return
    for link in links:
        out(f"{link.a}\n  {title.get(link.a, '')}\n{link.b}\n  {title.get(link.b, '')}\n  p = {link.probability:.2f}: {link.evidence}\n")
    for link in related:
        out(
            f"{link.a}\n  {title.get(link.a, '')}\n{link.b}\n  {title.get(link.b, '')}\n  {link.verdict.replace('_', ' ')}: {link.rule}; {link.evidence}\n"
        )
    say(stages[-1].summary + (f"; {len(related):,} pairs are related, not the same" if related else ""))
    if links:
        say("Say what they are: review dedup --review --as NAME; or --same A B, --different A B")


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
