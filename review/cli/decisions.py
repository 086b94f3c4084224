"""review decisions: decisions made elsewhere come in, decisions made here go out."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from review.cli import sheet as sheets
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
from review.errors import WORK_REMAINS, UsageError, unreadable
from review.model.words import are, counted, were

if TYPE_CHECKING:
    from review.formats.ballots import Ballots
    from review.screening.ballot_columns import Shares
    from review.screening.exports import Given
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
            help="FIELD=COLUMN (title, doi, pmid, key, verdict, reason, note, tags, reviewer), CELL=VERDICT (include, exclude, maybe, not retrieved, unscreened), "
            "CELL=REASON of the protocol, PERSON=ID (whom the file calls so is this member of the team), or ID=COLUMN and ID.reason=COLUMN (this member's "
            "verdicts and reasons; note and tags likewise). May be repeated.",
        ),
    ] = None,
    sheet: Annotated[
        str, typer.Option("--sheet", help="Which sheet of a workbook; as it is, those called after reviewers, else the first.")
    ] = "",
    dry: Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and do nothing.")] = False,
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Append the decisions of a file to the ledgers of those who made them. An adjudicator's rows are resolutions."""
    from review.cli.taking import begun, by_round, plan_rows
    from review.screening.ballot_columns import share
    from review.screening.pilot import part as pilot_part

    space = workspace(review)
    plan = phase(space, phase_name)
    team = {m.id: m.name for m in space.protocol.team}
    people = tuple(dict.fromkeys((*plan.reviewers, *plan.former, *((plan.adjudicator,) if plan.adjudicator else team))))
    if who:
        member(space, who, people, f"{phase_name} reviewer or adjudicator")
    given = pairs(mapping or [])
    shares: list[tuple[Ballots, Shares]] = []
    for ballots, owner in _tables(file, sheet, {p: team[p] for p in people}, phase_name, who):
        shares.append((ballots, share(ballots.header, ballots.rows, ballots.owner, people, team, given, owner, phase_name)))
    warn_unlocked(space)
    parts = [(b, p, s.given[p], n, mine) for b, s in shares for p, rows in s.rows.items() for n, mine in by_round(rows).items()]
    found = [(b, p, plan_rows(space, phase_name, p, b, rows, meant, n)) for b, p, meant, n, rows in parts]
    sizes = [len(rows) for *_, rows in parts]
    if not dry:
        voters = (*plan.reviewers, *plan.former)
        with ExitStack() as stack:
            held = {
                place: stack.enter_context(space.ledger(*place).session())  # of all, before the first is written to
                for place in dict.fromkeys((pilot_part(phase_name) if n else phase_name, owner) for _, owner, _, n, _ in parts)
            }
            # What a file settles may be conflicts that it brings: those who settle come after those who vote.
            for at in sorted(range(len(parts)), key=lambda at: parts[at][1] not in voters):
                ballots, owner, meant, n, rows = parts[at]
                if owner not in voters:
                    found[at] = (ballots, owner, plan_rows(space, phase_name, owner, ballots, rows, meant, n))
                held[pilot_part(phase_name) if n else phase_name, owner].append_all(list(found[at][2].events))
    refused = sorted(
        [(b, r) for b, _, p in found for r in p.refused] + [(b, r) for b, s in shares for r in s.unknown], key=lambda x: x[1].line
    )
    noted = sorted(((b, r) for b, _, p in found for r in p.noted), key=lambda x: x[1].line)
    blanks = sorted(line for _, _, p in found for line in p.blanks)
    others = sum(s.others for _, s in shares)
    by = {owner: sum(len(p.events) - p.tagged for _, o, p in found if o == owner) for owner in dict.fromkeys(o for _, o, _ in found)}
    if as_json:
        total = sum(by.values())
        out_json({
            "rows": sum(len(b.rows) for b, _ in shares), "appended": 0 if dry else total, "would_append": total,
            "known": sum(p.known for _, _, p in found), "blank": len(blanks), "blank_lines": blanks, "others": others,
            "by": by, "tagged": sum(p.tagged for _, _, p in found), "understood": [t for _, s in shares for t in s.told],
            "refused": [{"sheet": b.sheet, "line": r.line, "column": r.column, "why": r.why} for b, r in refused],
            "noted": [{"sheet": b.sheet, "line": r.line, "why": r.why} for b, r in noted],
        })  # fmt: skip
    else:
        verb = "would append" if dry else "appended"
        several = len(shares) > 1
        for ballots, shared in shares:
            for told in shared.told:
                say(f"  {_called(file, ballots, several)}: {told}")
            if left := "', '".join(() if several else ballots.others):
                say(f"  {file}: sheet '{ballots.sheet}' was read, '{left}' not; --sheet NAME reads another")
        for size, (ballots, owner, planned) in zip(sizes, found, strict=True):
            what = "decision" if owner in (*plan.reviewers, *plan.former) else "resolution"
            out(f"{_called(file, ballots, several)}: {counted(size, 'row')}; {verb} {counted(len(planned.events) - planned.tagged, what)} of {owner}, "
                f"{f'tags of {planned.tagged:,} records, ' if planned.tagged else ''}"
                f"{planned.known:,} known already, {planned.blank:,} without a verdict, {len(planned.refused):,} refused")  # fmt: skip
        if blanks:
            lines = list(dict.fromkeys(blanks))
            more = f" and {len(lines) - NAMED:,} more" if len(lines) > NAMED else ""
            say(
                f"  {file}: without a verdict, so not screened: {'line' if len(lines) == 1 else 'lines'} {', '.join(map(str, lines[:NAMED]))}{more}"
            )
        if others:
            out(f"{file}: {counted(others, 'row')} {are(others)} of other people and {were(others)} left")
        tell_rows(
            file, [_told(b, "", r.line, r.why, several) for b, r in noted], [_told(b, r.column, r.line, r.why, several) for b, r in refused]
        )
        if any(f[2].events and not p[3] for f, p in zip(found, parts, strict=True)) and not begun(space, plan):
            say(
                "note: the pilot of this phase has not reached its agreement. These verdicts count in the phase all the same, and not in the pilot;"
            )
            say(f"      the sheet of the pilot: review decisions sheet FILE --as NAME --phase {phase_name}")
        if any(p.events for _, _, p in found) and not dry:
            say("Next: review run")
    if refused:
        raise typer.Exit(WORK_REMAINS)


def _tables(file: Path, sheet: str, names: dict[str, str], phase_name: str, who: str) -> list[tuple[Ballots, str]]:
    """The tables of a file, each with whose it is where that is known: the sheets that are called after reviewers, else one table."""
    from review.formats.ballots import read_ballots
    from review.screening.ballot_columns import sheets_of

    data = read_bytes(file)
    first = read_ballots(data, str(file), sheet)
    named = {} if sheet or not first.others else sheets_of((first.sheet, *first.others), names, phase_name)
    wanted = {p: s for p, s in named.items() if who in ("", p)}
    return [(read_ballots(data, str(file), s), p) for p, s in wanted.items()] or [(first, who)]


def _called(file: Path, ballots: Ballots, several: bool) -> str:
    return f"{file}, sheet '{ballots.sheet}'" if several else str(file)


def _told(ballots: Ballots, column: str, line: int, why: str, several: bool) -> tuple[str, str, str]:
    """(line, what of it, why) for `tell_rows`."""
    place = ballots.place(column) or column
    return (f"'{ballots.sheet}'!{line}" if several else str(line), place, why)


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
    from review.formats import ris, xlsx
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
        data = b"".join(ris.FORMAT.write(exports.rayyan(given, by_key, names), notes=False)) if ris.FORMAT.write else b""
        n = len({g.report for g in given})
    elif style == "asreview" and suffix == ".ris":
        data = b"".join(ris.FORMAT.write(exports.asreview_records(final, reports), notes=False)) if ris.FORMAT.write else b""
        n = len(reports)
    else:
        rows = list(exports.rows(given, by_key, plan.name) if style == "table" else exports.asreview_rows(final, reports))
        n = len(rows) - 1
        data = (
            b"".join(xlsx.write_rows(rows, "decisions"))
            if suffix == ".xlsx"
            else b"\xef\xbb\xbf" + b"".join(line([guarded(c.replace("\r", " ")) for c in row]) for row in rows)
        )
    write(file, data)
    if as_json:
        out_json({"file": str(file), "rows": n, "decisions": len(given)})
        return
    out(f"{file}: {counted(n, 'record' if style != 'table' else 'decision')}{f' of {who}' if who else ''}")


def _given(space: Workspace, phase_name: str, who: str) -> tuple[list[Given], dict[str, str], list[Any]]:
    """What may be given out: the votes, and for each report the one verdict that stands."""
    from review import pipeline
    from review.model.events import standing
    from review.screening.exports import Given, disclosed
    from review.screening.tally import Tally
    from review.screening.votes import resolutions

    with progress_bar() as progress:
        pipeline.run(space, upto="dedup" if who else "screening", progress=progress)
    with pipeline.opened(space) as store:
        reports = store.reports()
        results = [] if who else store.phases()
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
        raise unreadable(path, error) from None


app.command("sheet")(sheets.command)
