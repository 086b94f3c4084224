"""review decisions: decisions made elsewhere come in, decisions made here go out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
    next_step,
    out,
    out_json,
    phase,
    read_bytes,
    run_stages,
    say,
    tell_rows,
    warn_unlocked,
    workspace,
)
from review.cli.import_ import pairs
from review.errors import WORK_REMAINS, UsageError
from review.model.words import are, counted, were

if TYPE_CHECKING:
    from review.cli.taking import Portion
    from review.formats.ballots import Ballots
    from review.screening.ballot_columns import Shares
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
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV, TSV, XLSX, ODS, XLS, Rayyan's export (CSV, RIS, BibTeX …, its ZIP, or its log), an ASReview file or a list of Covidence's.",
            readable=False,
        ),
    ],
    who: OptionalAs = "",
    phase_name: PhaseName = "title-abstract",
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="FIELD=COLUMN (title, doi, pmid, key, verdict, reason, note, tags, reviewer), verdict=VERDICT (for a list of what has that one), "
            "CELL=VERDICT (include, exclude, maybe, not retrieved, unscreened), "
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
    from review.cli.taking import append, begun, plan_rows, portions
    from review.screening.ballot_columns import share
    from review.screening.imports import of_one_verdict
    from review.screening.verdicts import ALLOWED

    space = workspace(review)
    plan = phase(space, phase_name)
    team = {m.id: m.name for m in space.protocol.team}
    people = tuple(dict.fromkeys((*plan.voters, *((plan.adjudicator,) if plan.adjudicator else team))))
    if who:
        member(space, who, people, f"{phase_name} reviewer or adjudicator")
    given = {m.email: m.id for m in space.protocol.team if m.email} | pairs(mapping or [])
    shares: list[tuple[Ballots, Shares]] = []
    verdict = given.get("verdict", "").casefold()
    for table, owner in _tables(file, sheet, {p: team[p] for p in people}, phase_name, who):
        if verdict in ALLOWED and given["verdict"] not in table.header:
            table, given = of_one_verdict(table, verdict), {**given, "verdict": "verdict"}
        shares.append((table, share(table.header, table.rows, table.owner, people, team, given, owner, phase_name)))
    warn_unlocked(space)
    taken = [(portion, plan_rows(space, phase_name, portion)) for portion in portions(shares)]
    if not dry:
        taken = append(space, phase_name, taken)
    found = _Found(shares, taken)
    if as_json:
        out_json(found.to_json(dry))
    else:
        found.tell(file, "would append" if dry else "appended", plan.voters)
        if any(planned.events and not portion.number for portion, planned in taken) and not begun(space, plan):
            say(
                "note: the pilot of this phase has not reached its agreement. These verdicts count in the phase all the same, and not in the pilot;"
            )
            say(f"      the sheet of the pilot: review decisions sheet FILE --as NAME --phase {phase_name}")
        if any(planned.events for _, planned in taken) and not dry:
            say(f"Next: {next_step(space, 'review run')}")
    if found.refused:
        raise typer.Exit(WORK_REMAINS)


class _Found:
    """What came of the tables of a file: each row of each person accounted for."""

    def __init__(self, shares: Sequence[tuple[Ballots, Shares]], taken: Sequence[tuple[Portion, Planned]]) -> None:
        self.shares, self.taken = shares, taken
        unknown = [(table, row) for table, share in shares for row in share.unknown]
        refused = [(portion.table, row) for portion, planned in taken for row in planned.refused]
        noted = [(portion.table, row) for portion, planned in taken for row in planned.noted]
        noted += [(table, row) for table, _ in shares for row in table.left]
        self.refused = sorted([*refused, *unknown], key=lambda x: x[1].line)
        self.noted = sorted(noted, key=lambda x: x[1].line)
        unsaid = [line for _, share in shares for line in share.unsaid]
        self.blanks = sorted([*unsaid, *(line for _, planned in taken for line in planned.blanks)])
        self.others = sum(share.others for _, share in shares)

    def to_json(self, dry: bool) -> dict[str, Any]:
        by = dict.fromkeys((portion.who for portion, _ in self.taken), 0)
        for portion, planned in self.taken:
            by[portion.who] += planned.votes
        total = sum(by.values())
        return {
            "rows": sum(len(table.rows) for table, _ in self.shares), "appended": 0 if dry else total, "would_append": total,
            "known": sum(p.known for _, p in self.taken), "blank": len(self.blanks), "blank_lines": self.blanks, "others": self.others,
            "by": by, "tagged": sum(p.tagged for _, p in self.taken), "understood": [t for _, share in self.shares for t in share.told],
            "refused": [{"sheet": t.sheet, "line": r.line, "column": r.column, "why": r.why} for t, r in self.refused],
            "noted": [{"sheet": t.sheet, "line": r.line, "why": r.why} for t, r in self.noted],
        }  # fmt: skip

    def tell(self, file: Path, verb: str, voters: Collection[str]) -> None:
        several = len(self.shares) > 1
        for table, share in self.shares:
            for told in share.told:
                say(f"  {_called(file, table, several)}: {told}")
            if left := "', '".join(() if several else table.others):
                say(f"  {file}: sheet '{table.sheet}' was read, '{left}' not; --sheet NAME reads another")
        for portion, planned in self.taken:
            what = "decision" if portion.who in voters else "resolution"
            out(f"{_called(file, portion.table, several)}: {counted(len(portion.table.rows), 'row')}; {verb} {counted(planned.votes, what)} of {portion.who}, "
                f"{f'tags of {planned.tagged:,} records, ' if planned.tagged else ''}"
                f"{planned.known:,} known already, {planned.blank:,} without a verdict, {len(planned.refused):,} refused")  # fmt: skip
        if self.blanks:
            lines = list(dict.fromkeys(self.blanks))
            more = f" and {len(lines) - NAMED:,} more" if len(lines) > NAMED else ""
            named = ", ".join(map(str, lines[:NAMED]))
            say(f"  {file}: without a verdict, so not screened: {'line' if len(lines) == 1 else 'lines'} {named}{more}")
        if self.others:
            out(f"{file}: {counted(self.others, 'row')} {are(self.others)} of other people and {were(self.others)} left")
        tell_rows(
            file,
            [_told(table, "", row.line, row.why, several) for table, row in self.noted],
            [_told(table, row.column, row.line, row.why, several) for table, row in self.refused],
        )


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
    from review.formats.ris import ris
    from review.formats.tables import xlsx
    from review.formats.tables.csv_line import guarded, line
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

    run_stages(space, "dedup" if who else "screening")
    with pipeline.opened(space) as store:
        reports = store.reports()
        results = [] if who else store.phases()
    report_of = {k: r.key for r in reports for k in r.keys}
    if who:
        events = space.ledger(phase_name, who).events()
        given = [
            Given(k, replace(v, note=said.note_of(v)), tags=said.tags)
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
        replace(g, vote=replace(g.vote, note=said.note_of(g.vote)), tags=said.tags)
        if g.role == "reviewer" and (said := told[g.vote.by].on(g.report) if g.vote.by in told else None)
        else g
        for g in given
    ]
    return given, {o.report: o.state for o in result.outcomes if o.finished}, reports


app.command("sheet")(sheets.command)
