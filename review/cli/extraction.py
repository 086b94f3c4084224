"""review extraction: answers given elsewhere."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import As, AsJson, Review, member, next_step, out, out_json, read_bytes, say, tell_rows, workspace
from review.cli.extract import material
from review.cli.import_ import pairs
from review.errors import WORK_REMAINS, FormatError, UsageError

if TYPE_CHECKING:
    from review.extraction.imports import Ground
    from review.formats.tables.rows import Row
    from review.model.events import Event
    from review.model.protocol_evidence import ExtractionPlan
    from review.workspace import Workspace

OWNERS = ("extractor", "reviewer", "by")  # columns that say whose a row is

app = typer.Typer(
    no_args_is_help=True, help="Answers given elsewhere: out as a workbook or CSV, and in again; what must be looked at again."
)


@app.command("export")
def export(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="FILE.xlsx (a sheet a form, with drop-downs and help) or FILE.csv (an answer a row).")
    ],
    who: As = "",
    form: Annotated[list[str] | None, typer.Option("--form", help="Only this question's or tool's form. May be repeated.")] = None,
    review: Review = "",
) -> None:
    """Write the forms of one extractor as a workbook or CSV, with their own answers so far, to be filled in elsewhere."""
    from review.extraction import workbook
    from review.extraction.imports import Ground
    from review.extraction.session import only
    from review.extraction.units import Units
    from review.model.forms import plan_of
    from review.report.tables import csv_text, label
    from review.store.shelf import related_of
    from review.workspace import write

    space = workspace(review)
    plan = plan_of(space.protocol)
    member(space, who, plan.reviewers, "extractor")
    names = [f.question for f in plan.forms]
    if strange := [f for f in form or [] if f not in names]:
        raise UsageError(f"There is no form '{strange[0]}'.", f"There are: {', '.join(names)}.")
    whole, plan = plan, only(plan, form or names)
    units, _ = material(space)
    events = space.ledger("extraction", who).events()
    mine = {place: a[0] for place, a in Units(units).answers(events, whole).items()}
    come = next_step(space, f"review extraction import {shlex.quote(str(output))} --as {who}")
    _refuse_untaken(output, whole, Ground(form=whole, units=units, protocol=space.digest, consensus=False, mine=mine), events, come)
    answers = {place: a for place, a in mine.items() if place[1] in (form or names)}
    related = related_of(space.database)
    if output.suffix.lower() == ".csv":
        header, *rows = workbook.long(plan, units, answers, who, related)
        write(output, "\ufeff" + csv_text(header, rows))
    elif output.suffix.lower() == ".xlsx":
        write(output, workbook.write(plan, units, answers, {u.key: label(u) for u in units}, space.protocol.review.notice, who, related))
    else:
        raise UsageError(f"{output}: a form is written as .xlsx or .csv.", "Name the file so.")
    out(f"{output}: {len(plan.forms)} forms for {len(units):,} studies; {len(answers):,} answers of {who} so far")
    say(f"Next: {come}")


def _refuse_untaken(file: Path, plan: ExtractionPlan, ground: Ground, events: Iterable[Event], take: str) -> None:
    """Raises UsageError where a file of this name is there that would be lost: one that is no form of the plan, or in which something stands
    that its extractor never said here. ground, events: of the person whose forms are written; take: how to take it in.
    """
    from review.cli.filled_in import tables
    from review.extraction.imports import plan as plan_import
    from review.extraction.imports import said_of
    from review.extraction.workbook_back import remarks
    from review.model.events import Answer

    if not file.is_file():
        return
    try:
        data = read_bytes(file)
        header, rows, _, unread = _read(data, plan, str(file))
        planned = plan_import(header, rows, {}, ground)
        own = remarks(tables(data, str(file)))
    except (FormatError, UsageError):
        raise UsageError(f"{file} is there, and holds no forms of this review: it would be lost.", "Name another file.") from None
    before = {said_of(e) for e in events if isinstance(e, Answer)}
    if unread or planned.refused or own or any(said_of(e) not in before for e in planned.events):
        raise UsageError(
            f"{file} is there, with answers that have not been taken: they would be lost.", f"Take them: {take}. Or name another file."
        )


def _read(data: bytes, plan: ExtractionPlan, file: str) -> tuple[list[str], list[Row], dict[int, str], list[tuple[str, str]]]:
    """The header and the rows of a table of answers, of those of a workbook their cells, and what in one can't be read. Raises FormatError."""
    from review.extraction import workbook, workbook_back
    from review.formats.ballots import text_table

    if data.startswith(b"PK"):
        return list(workbook.HEADER), *workbook_back.read(data, plan, file)
    return *text_table(data, file), {}, []


@app.command("again")
def again(review: Review = "", as_json: AsJson = False) -> None:
    """List the answers that do not fit the forms as they now are, after an amendment; the old answers stay readable."""
    from review.model.words import counted

    space = workspace(review)
    _, found = material(space)
    cells = [c for c in found.cells if c.again]
    if as_json:
        out_json(
            [
                {
                    "study": c.report,
                    "question": c.question,
                    "field": c.field,
                    "instance": c.instance,
                    "answer": c.stands.text if c.stands else "",
                    "why": c.again,
                }
                for c in cells
            ]
        )
        return
    for c in cells:
        number = f" ({c.instance})" if c.instance else ""
        out(f"{c.report} {c.question}.{c.field}{number}: ‘{c.stands.text if c.stands else ''}’: {c.again}")
    say(f"{counted(len(cells), 'answer')} to look at again")


@app.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            help="A workbook that 'export' wrote, or a CSV with one answer a row: title, DOI, PMID or key; question; field; value or missing code; quote; locator.",
            readable=False,
        ),
    ],
    who: As = "",
    mapping: Annotated[list[str] | None, typer.Option("--map", help="FIELD=COLUMN. May be repeated.")] = None,
    consensus: Annotated[
        bool, typer.Option("--consensus", help="The rows settle differences (so they do where you are the adjudicator).")
    ] = False,
    dry: Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and do nothing.")] = False,
    review: Review = "",
    as_json: AsJson = False,
) -> None:
    """Append the answers of a table to a person's ledger; each is checked against the form."""
    from review.extraction import workbook, workbook_back
    from review.extraction.imports import Ground
    from review.extraction.imports import plan as plan_import
    from review.extraction.units import Units
    from review.model.forms import plan_of
    from review.model.words import are, counted, were

    space = workspace(review)
    plan = plan_of(space.protocol)
    member(space, who, (*plan.reviewers, *((plan.adjudicator,) if plan.adjudicator else ())), "person who extracts or adjudicates")
    data = read_bytes(file)
    header, rows, places, unread = _read(data, plan, str(file))
    settles = consensus or who not in plan.reviewers
    others = 0
    if not settles:  # who settles may take anybody's answers
        column = next((h for h in header if h.casefold() in OWNERS), "")
        if places:
            owner = workbook_back.owner_of(data)
            whose, where = [owner] * len(rows), f"the line '{workbook.OWNER}{owner}' of its sheet 'how to'"
        else:
            whose, where = [r.cells.get(column, "") for r in rows], f"its column '{column}'"
        rows, others = _own(space, who, rows, whose, str(file), where)
    reports, found = material(space)
    with space.ledger("extraction", who).session() as ledger:
        mine = {place: a[0] for place, a in Units(reports).answers(ledger.events(), plan).items()}
        ground = Ground(form=plan, units=reports, protocol=space.digest, consensus=settles, cells=found.cells, mine=mine)
        planned = plan_import(header, rows, pairs(mapping or []), ground)
        if not dry:
            ledger.append_all(list(planned.events))
    refused = [*((place, why) for place, why in unread), *((places.get(r.line, str(r.line)), r.why) for r in planned.refused)]
    noted = [(places.get(r.line, str(r.line)), r.why) for r in planned.noted]
    if as_json:
        out_json({
            "rows": len(rows), "appended": 0 if dry else len(planned.events), "would_append": len(planned.events), "known": planned.known, "blank": planned.blank, "others": others,
            "refused": [{"line": int(place) if place.isdigit() else place, "why": why} for place, why in refused],
        })  # fmt: skip
    else:
        out(f"{file}: {len(rows):,} {'cells' if places else 'rows'}; {'would append' if dry else 'appended'} {len(planned.events):,} answers of {who}, "
            f"{planned.known:,} known already, {planned.blank:,} empty, {len(refused):,} refused")  # fmt: skip
        if others:
            out(f"{file}: {counted(others, 'row')} {are(others)} of other people and {were(others)} left")
        tell_rows(file, [(place, "", why) for place, why in noted], [(place, "", why) for place, why in refused])
        say(f"Next: {next_step(space, 'review run')}")
    if refused:
        raise typer.Exit(WORK_REMAINS)


def _own(space: Workspace, who: str, rows: list[Row], whose: list[str], file: str, where: str) -> tuple[list[Row], int]:
    """The rows of this person, or of nobody in particular, and how many are of others. whose: as the file says it, row by row; where it does.

    Raises UsageError where all are of others.
    """
    names = {m.name.casefold(): m.id for m in space.protocol.team} | {m.id.casefold(): m.id for m in space.protocol.team}
    owners = [names.get(w.casefold(), w) for w in whose]
    others = sorted({w for w in owners if w not in ("", who)})
    if others and not {who, ""} & set(owners):
        raise UsageError(
            f"{file}: holds the answers of {', '.join(others)}, not of {who}; nothing was taken.",
            f"Import it with --as {others[0]}. If they are {who}'s all the same, say so in {where}.",
        )
    own = [row for row, owner in zip(rows, owners, strict=True) if owner not in others]
    return own, len(rows) - len(own)
