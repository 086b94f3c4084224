"""review decisions: decisions made elsewhere come in, decisions made here go out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from review.cli.common import (
    AsJson,
    PhaseName,
    Review,
    member,
    out,
    out_json,
    phase,
    progress_bar,
    say,
    tell_rows,
    warn_unlocked,
    workspace,
)
from review.cli.import_ import pairs
from review.errors import WORK_REMAINS, ReviewError, UsageError

if TYPE_CHECKING:
    from review.formats.ballots import Ballots
    from review.formats.rows import Row
    from review.model.protocol import Protocol
    from review.screening.exports import Given
    from review.screening.imports import Planned
    from review.workspace import Workspace

NAMED = 10  # lines without a verdict, by number

app = typer.Typer(no_args_is_help=True, help="Take in decisions made elsewhere, and give out those made here, each with its owner.")

OptionalAs = Annotated[
    str, typer.Option("--as", help="Whose decisions; may be left out where the file says whose each is.", show_default=False)
]


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV, TSV, XLSX, RIS with Rayyan's notes, a Rayyan CSV or an ASReview file.")],
    who: OptionalAs = "",
    phase_name: PhaseName = "title-abstract",
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="FIELD=COLUMN (title, doi, pmid, key, verdict, reason, note, tags, reviewer), CELL=VERDICT (include, exclude, maybe, not retrieved), "
            "PERSON=ID (whom the file calls so is this member of the team) or ID=COLUMN (the column of this member's verdicts). May be repeated.",
        ),
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and do nothing.")] = False,
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Append the decisions of a file to the ledgers of those who made them. An adjudicator's rows are resolutions."""
    from review.formats.ballots import read_ballots

    space = workspace(review)
    plan = phase(space, phase_name)
    people = tuple(
        dict.fromkeys(
            (*plan.reviewers, *plan.former, *((plan.adjudicator,) if plan.adjudicator else tuple(m.id for m in space.protocol.team)))
        )
    )
    if who:
        member(space, who, people, f"{phase_name} reviewer or adjudicator")
    ballots = read_ballots(read_bytes(file), str(file))
    shares, given, unknown, others = _owners(ballots, space.protocol, pairs(mapping or []), who, people)
    warn_unlocked(space)
    found = {owner: _plan(space, phase_name, owner, ballots, rows, given) for owner, rows in shares.items()}
    if not dry:
        for owner, planned in found.items():
            with space.ledger(phase_name, owner).session() as ledger:
                ledger.append_all(list(planned.events))
    refused = sorted([r for p in found.values() for r in p.refused] + unknown, key=lambda r: r.line)
    noted = sorted((r for p in found.values() for r in p.noted), key=lambda r: r.line)
    if as_json:
        total = sum(len(p.events) - p.tagged for p in found.values())
        out_json({
            "rows": len(ballots.rows), "appended": 0 if dry else total, "would_append": total,
            "known": sum(p.known for p in found.values()), "blank": sum(p.blank for p in found.values()), "blank_lines": sorted(line for p in found.values() for line in p.blanks), "others": others,
            "by": {owner: len(p.events) - p.tagged for owner, p in found.items()}, "tagged": sum(p.tagged for p in found.values()),
            "refused": [{"line": r.line, "column": r.column, "why": r.why} for r in refused],
            "noted": [{"line": r.line, "why": r.why} for r in noted],
        })  # fmt: skip
    else:
        verb = "would append" if dry else "appended"
        for owner, planned in found.items():
            what = "decisions" if owner in (*plan.reviewers, *plan.former) else "resolutions"
            out(f"{file}: {len(shares[owner]):,} rows; {verb} {len(planned.events) - planned.tagged:,} {what} of {owner}, "
                f"{f'tags of {planned.tagged:,} records, ' if planned.tagged else ''}"
                f"{planned.known:,} known already, {planned.blank:,} without a verdict, {len(planned.refused):,} refused")  # fmt: skip
        if blank := sorted(line for p in found.values() for line in p.blanks):
            more = f" and {len(blank) - NAMED:,} more" if len(blank) > NAMED else ""
            say(
                f"  {file}: without a verdict, so not screened: {'line' if len(blank) == 1 else 'lines'} {', '.join(map(str, blank[:NAMED]))}{more}"
            )
        if others:
            out(f"{file}: {others:,} rows are of other people and were left")
        named = [(f"{r.line}{f', {ballots.place(r.column) or r.column}' if r.column else ''}", r.why) for r in refused]
        tell_rows(file, [(str(r.line), r.why) for r in noted], named)
        say("Next: review run")
    if refused:
        raise typer.Exit(WORK_REMAINS)


def _owners(
    ballots: Ballots, protocol: Protocol, given: dict[str, str], who: str, people: tuple[str, ...]
) -> tuple[dict[str, list[Row]], dict[str, str], list[Any], int]:
    """The rows of each person, the rest of --map, the rows of people who are not known, and how many rows are of others."""
    from review.formats.rows import Row
    from review.screening.imports import WANTED, Refused

    team = {m.id for m in protocol.team}
    if wide := {k: v for k, v in given.items() if k in team and v in ballots.header}:
        verdicts: dict[str, list[Row]] = {
            p: [Row(r.line, {**r.cells, "verdict": r.cells.get(c, "")}) for r in ballots.rows] for p, c in wide.items()
        }
        kept = {k: v for k, v in given.items() if k not in wide} | {"verdict": "verdict"}
        if "verdict" not in ballots.header:
            ballots.header.append("verdict")
        return {p: verdicts[p] for p in people if p in verdicts and who in ("", p)}, kept, [], 0
    called = {k: v for k, v in given.items() if v in team and k not in WANTED and k != "reviewer"}
    rest = {k: v for k, v in given.items() if k not in called and k != "reviewer"}
    column = given.get("reviewer", ballots.owner)
    if column and column not in ballots.header:
        raise UsageError(f"There is no column '{column}'.", f"There are: {', '.join(ballots.header)}.")
    if not column:
        if not who:
            raise UsageError("Nothing in the file says whose these decisions are.", "Say it: --as NAME, or --map reviewer=COLUMN.")
        return {who: ballots.rows}, rest, [], 0
    names = {m.name.casefold(): m.id for m in protocol.team} | {m.id.casefold(): m.id for m in protocol.team}
    names |= {k.casefold(): v for k, v in called.items()}
    shares: dict[str, list[Row]] = {p: [] for p in people}
    unknown = []
    others = 0
    for row in ballots.rows:
        cell = row.cells.get(column, "").strip()
        owner = names.get(cell.casefold(), "") if cell else who
        if not cell and not who:
            continue  # nobody's: not screened
        if who and owner != who:
            others += 1
        elif owner in shares:
            shares[owner].append(row)
        else:
            why = f"'{cell}' is nobody of this phase; say who it is: --map '{cell}=ID' ({', '.join(people)})"
            unknown.append(Refused(row.line, why, column))
    return {p: rows for p, rows in shares.items() if rows}, rest, unknown, others


def _plan(space: Workspace, phase_name: str, who: str, ballots: Ballots, rows: list[Row], given: dict[str, str]) -> Planned:
    """What these rows come to for one person."""
    from review import pipeline
    from review.formats.rows import Row
    from review.model.events import standing as undone
    from review.model.screening import PhaseResult, Vote
    from review.screening.imports import plan as plan_import
    from review.screening.tally import Tally
    from review.screening.votes import resolutions, seen_by, votes_of

    plan = phase(space, phase_name)
    adjudicates = who not in (*plan.reviewers, *plan.former)
    with progress_bar() as progress:
        pipeline.run(space, upto="screening" if adjudicates or phase_name != "title-abstract" else "dedup", progress=progress)
    with pipeline.opened(space) as store:
        reports = store.reports()
        results = [PhaseResult.from_json(p) for p in store.result("screening").get("phases", ())]
    report_of = {k: r.key for r in reports for k in r.keys}
    outcomes = {o.report: o for r in results if r.phase == phase_name for o in r.outcomes}
    reasons = space.protocol.reasons(phase_name)
    if ballots.free_reasons:  # another tool's words: what is no label of ours is kept in the note
        rows = [Row(r.line, {**r.cells, **_reason(r.cells, reasons)}) for r in rows]
    events = space.ledger(phase_name, who).events()
    mine: dict[str, tuple[Vote, ...]] = (
        resolutions(undone(events), phase_name, report_of) if adjudicates else votes_of(events, phase_name, report_of)
    )
    seen, everything = seen_by(events, phase_name, report_of)
    return plan_import(
        ballots.header, rows, reports, given, phase=phase_name, adjudicates=adjudicates, protocol=space.digest, reasons=reasons,
        standing={k: (v[-1].verdict, v[-1].reason, v[-1].note) for k, v in mine.items() if v},
        settles={k: tuple(v.id for v in o.votes) for k, o in outcomes.items()},
        conflicts={k for k, o in outcomes.items() if (o.state == "conflict" and not o.own_conflict) or o.resolution},
        tags={k: said.tags for k, said in Tally(phase_name, report_of, events).everything() if said.tags},
        disclosed=() if adjudicates else {r.key for r in reports} if everything else seen,
        reason_required=plan.reason_required, blank_is_unsaid=ballots.free_reasons,
    )  # fmt: skip


def _reason(cells: dict[str, str], reasons: tuple[str, ...]) -> dict[str, str]:
    reason, note = cells.get("reason", ""), cells.get("note", "")
    if not reason or any(reason.casefold() == r.casefold() for r in reasons):
        return {}
    return {"reason": "", "note": " / ".join(filter(None, (note, f"reason given: {reason}")))}


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write: .csv, .xlsx or .ris.")],
    who: Annotated[str, typer.Option("--as", help="Your own decisions, and nobody else's.", show_default=False)] = "",
    phase_name: PhaseName = "title-abstract",
    style: Annotated[
        str, typer.Option("--for", help="rayyan or asreview: the way that this tool reads. Default: a plain table, for .ris rayyan.")
    ] = "",
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Write decisions to a file, each with its owner.

    With --as NAME those of this person; else the votes on every record on which all have decided, with what settled the conflicts.
    ASReview holds one label a record: those of NAME, or the outcomes.
    """
    from review.formats import ballots, ris
    from review.formats.csv_cells import guarded
    from review.formats.table_write import line
    from review.screening import exports
    from review.workspace import write

    suffix = file.suffix.lower()
    style = style or ("rayyan" if suffix == ".ris" else "table")
    if suffix not in (".csv", ".xlsx", ".ris") or style not in ("table", "rayyan", "asreview"):
        raise UsageError(f"{file}: can't be written so.", "FILE ends in .csv, .xlsx or .ris; --for is rayyan or asreview.")
    if style == "rayyan" and suffix != ".ris":
        raise UsageError(f"{file}: Rayyan takes votes in RIS only.", "Name a .ris file.")
    space = workspace(review)
    plan = phase(space, phase_name)
    if who:
        member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    given, final, reports = _given(space, plan.name, who)
    by_key = {r.key: r for r in reports}
    names = {m.id: m.name for m in space.protocol.team}
    if style == "table" and suffix == ".ris":
        raise UsageError(f"{file}: RIS has no table.", "Name a .csv or .xlsx file, or say --for rayyan.")
    if style == "rayyan":
        data = b"".join(ris.FORMAT.write(exports.rayyan(given, by_key, names))) if ris.FORMAT.write else b""
        n = len({g.report for g in given})
    elif style == "asreview" and suffix == ".ris":
        data = b"".join(ris.FORMAT.write(exports.asreview_records(final, reports))) if ris.FORMAT.write else b""
        n = len(reports)
    else:
        rows = list(exports.rows(given, by_key, plan.name) if style == "table" else exports.asreview_rows(final, reports))
        n = len(rows) - 1
        data = (
            b"".join(ballots.write_sheet(rows, "decisions"))
            if suffix == ".xlsx"
            else b"\xef\xbb\xbf" + b"".join(line([guarded(c.replace("\r", " ")) for c in row]) for row in rows)
        )
    write(file, data)
    if as_json:
        out_json({"file": str(file), "rows": n, "decisions": len(given)})
        return
    out(f"{file}: {n:,} {'records' if style != 'table' else 'decisions'}{f' of {who}' if who else ''}")


def _given(space: Workspace, phase_name: str, who: str) -> tuple[list[Given], dict[str, str], list[Any]]:
    """What may be given out: the votes, and for each report the one verdict that stands."""
    from review import pipeline
    from review.model.events import standing
    from review.model.screening import PhaseResult
    from review.screening.exports import Given, disclosed
    from review.screening.tally import Tally
    from review.screening.votes import resolutions

    with progress_bar() as progress:
        pipeline.run(space, upto="dedup" if who else "screening", progress=progress)
    with pipeline.opened(space) as store:
        reports = store.reports()
        results = [] if who else [PhaseResult.from_json(p) for p in store.result("screening").get("phases", ())]
    report_of = {k: r.key for r in reports for k in r.keys}
    if who:
        events = space.ledger(phase_name, who).events()
        given = [
            Given(k, replace(v, note=said.note or v.note), tags=said.tags)
            for k, said in Tally(phase_name, report_of, events).everything()
            for v in said.votes
        ]
        settled = resolutions(standing(events), phase_name, report_of)
        given += [Given(k, votes[-1], "adjudicator") for k, votes in settled.items()]
        given.sort(key=lambda g: (g.report, g.vote.id))
        return given, {g.report: g.vote.verdict for g in given}, reports
    result = next((r for r in results if r.phase == phase_name), None)
    if result is None:
        return [], {}, reports
    given = list(disclosed(result.outcomes))
    # Notes and tags are lines of their own: they go with the votes that may be given out, and with no other.
    told = {who: Tally(phase_name, report_of, ledger.events()) for who, ledger in space.ledgers(phase_name)}
    given = [
        replace(g, vote=replace(g.vote, note=said.note or g.vote.note), tags=said.tags)
        if g.role == "reviewer" and (said := told[g.vote.by].on(g.report) if g.vote.by in told else None)
        else g
        for g in given
    ]
    return given, {o.report: o.state for o in result.outcomes if o.finished}, reports


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises ReviewError where it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReviewError(f"{path}: {error.strerror}") from None
