"""review pilot: calibrate the reviewers before a phase begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from review.cli.common import As, AsJson, PhaseName, Plain, Review, member, next_step, out, out_json, phase, say, warn_unlocked, workspace

if TYPE_CHECKING:
    from review.model.events import Event
    from review.model.pilot import PilotState, Round
    from review.model.protocol_phases import PhasePlan
    from review.model.related import Related
    from review.screening.settling import Adjudication
    from review.workspace import Workspace

app = typer.Typer(
    no_args_is_help=True, help="Calibrate the reviewers on a random sample before a phase begins: screen, compare, discuss, amend, repeat."
)


@app.command()
def status(phase_name: PhaseName = "title-abstract", review: Review = "", as_json: AsJson = False) -> None:
    """Show the rounds, the agreement in each with its interval, and whether the phase may begin."""
    from review.cli.sitting import phase_here

    space = workspace(review)
    plan = phase(space, phase_name)
    with phase_here(space, plan) as here:
        pilot = here.pilot
    if as_json:
        out_json({"phase": phase_name, "open": pilot.open, **pilot.to_json()})
        return
    if not pilot.wanted:
        out(f"The protocol asks for no pilot of {phase_name}.")
        return
    target = "" if pilot.target is None else f", until {NAMES[pilot.statistic]} is {pilot.target:.2f} or more"
    out(f"{phase_name}: a pilot of {pilot.wanted:,} reports{target}.")
    for r in pilot.rounds:
        out(f"round {r.number}: {told(r, pilot)}")
    if pilot.override:
        out(f"{pilot.override.by} opened the phase on {pilot.override.at[:10]}: {pilot.override.why}")
    say("The phase may begin." if pilot.open else f"Next:   {next_step(space, _next(plan, pilot))}")


NAMES = {"percent": "the share they agree on", "kappa": "Cohen’s κ", "pabak": "PABAK"}


def told(r: Round, pilot: PilotState) -> str:
    """One round in words."""
    if not r.complete:
        return f"{r.n:,} reports; " + ", ".join(f"{who} has decided {n:,}" for who, n in r.done)
    value = (
        f"{NAMES[pilot.statistic]} {r.value:.2f} (95 % CI {r.low:.2f} to {r.high:.2f})"
        if r.value is not None and r.low is not None and r.high is not None
        else f"{NAMES[pilot.statistic]} is not defined, since only one verdict was used"
    )
    share = f", {100 * r.percent:.0f} % agreed" if r.percent is not None else ""
    differ = f"; {len(r.differ):,} differ, {r.discussed:,} of them discussed" if r.differ else ""
    return f"{r.n:,} reports{share}, {value}: {'reached' if r.reached else 'not reached'}{differ}"


def _next(plan: PhasePlan, pilot: PilotState) -> str:
    last = pilot.rounds[-1] if pilot.rounds else None
    if last is None or not last.complete:
        waits = [who for who, n in (last.done if last else ()) if last and n < last.n] or list(plan.reviewers)
        return f"review screen --as {waits[0]} --phase {plan.name}"
    if last.discussed < len(last.differ):
        return f"review pilot discuss --as {plan.reviewers[0]} --phase {plan.name}"
    return f"amend the criteria if they were unclear (review protocol amend), then: review pilot next --as NAME --phase {plan.name}"


@app.command()
def discuss(
    who: As = "",
    phase_name: PhaseName = "title-abstract",
    plain: Plain = False,
    listed: Annotated[bool, typer.Option("--list", help="Print them, and write nothing.")] = False,
    review: Review = "",
) -> None:
    """Go through the verdicts that differ in the last complete round, record by record, and note what was agreed."""
    from review.cli.sitting import phase_here
    from review.model.events import standing
    from review.model.screening import Outcome
    from review.screening.pilot import part
    from review.screening.settling import Adjudication
    from review.screening.votes import discussions, notes_of, votes_of
    from review.store.shelf import related_of

    space = workspace(review)
    plan = phase(space, phase_name)
    member(space, who, plan.reviewers, f"{phase_name} reviewer")
    with phase_here(space, plan) as here:
        complete = [r for r in here.pilot.rounds if r.complete]
        if not complete:
            say("No round of the pilot is complete yet, so verdicts can't be shown.")
            raise typer.Exit(1)
        last = complete[-1]
        report_of = here.shelf.report_of
        votes = {w: votes_of(here.pilots.get(w, ()), plan.name, report_of) for w in plan.reviewers}
        talked = discussions((e for by in here.pilots.values() for e in standing(by)), plan.name, report_of)
        conflicts = [
            (
                here.shelf.report(k),
                Outcome(report=k, state="conflict", votes=tuple(votes[w][k][-1] for w in plan.reviewers if k in votes[w])),
            )
            for k in last.differ
        ]
        notes = {w: notes_of(events, plan.name, report_of) for w, events in here.pilots.items()}
        if not conflicts:
            say("All verdicts of this round are the same.")
            return
        discussing = plan.model_copy(update={"conflicts": "discuss", "name": plan.name})
        related = related_of(space.database)
        with space.ledger(part(plan.name), who).session() as ledger:
            session = Adjudication(ledger, who, discussing, space.protocol, space.digest, conflicts, notes, talked, f"{plan.name} pilot")
            if listed:
                _list(session, related)
                return
            failed = _show(session, plain, related)
    out(f"{who}, {phase_name} pilot {last.number}: {session.settled:,} discussed, {session.left:,} left.")
    if failed:
        raise typer.Exit(1)


def _list(session: Adjudication, related: Related) -> None:
    """Print the verdicts that differ, and what was said of them since. related: report -> others that bear on it."""
    from review.model.reading import one_line
    from review.model.related import of_records

    for report, outcome in session.conflicts:
        out(f"{report.key}  {one_line(report.title)}")
        for other in of_records(related, report.keys):
            out(f"  {other.words}")
        for vote in outcome.votes:
            note = session.notes.get(vote.by, {}).get(report.key, vote.note)
            out(f"  {vote.by}: {vote.verdict}{f', {vote.reason}' if vote.reason else ''}{f'; note: {note}' if note else ''}")
        for by, word in session.talked.get(report.key, {}).items():
            out(f"  after discussion {by}: {word.verdict}{f'; note: {word.note}' if word.note else ''}")


def _show(session: Adjudication, plain: bool, related: Related) -> bool:
    """Whether something typed was not done. related: report -> others that bear on it."""
    if plain:
        from review.cli.plain_conflicts import Conflicts

        return Conflicts(session, related).run()
    from review.tui.adjudicate import AdjudicateApp
    from review.tui.keys import wishes

    AdjudicateApp(session, wishes(), related=related).run()
    return False


@app.command("next")
def next_(who: As = "", phase_name: PhaseName = "title-abstract", review: Review = "") -> None:
    """Begin another round, on a fresh sample."""
    from review.cli.sitting import phase_here
    from review.errors import ReviewError
    from review.model.events import PilotRound
    from review.screening.pilot import part, rounds_begun, sample

    space = workspace(review)
    plan = phase(space, phase_name)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    warn_unlocked(space)
    with phase_here(space, plan) as here:
        if not plan.pilot.n:
            raise ReviewError(f"The protocol asks for no pilot of {phase_name}.", "Set phases.pilot.n, and amend the protocol.")
        if here.pilot.open:
            raise ReviewError("The phase may begin: no further round is needed.", f"Go on: review screen --as NAME --phase {phase_name}")
        begun = rounds_begun(plan, here.pilots)
        if here.pilot.rounds and not here.pilot.rounds[-1].complete:
            raise ReviewError(
                f"Round {here.pilot.rounds[-1].number} is not complete yet.", f"Next: {next_step(space, _next(plan, here.pilot))}"
            )
        before = {here.shelf.report_of.get(k, k) for r in begun for k in r.records}
        keys = sample(plan, here.keys, before)
        if not keys:
            raise ReviewError(
                "Every report was in a round already.", f"Open the phase with its reason: review pilot open --as {who} --why …"
            )
        with space.ledger(part(plan.name), who).session() as ledger:
            number = begun[-1].round + 1 if begun else 1
            ledger.append(PilotRound(phase=plan.name, round=number, records=keys, protocol=space.digest))
    out(f"Round {number} of the {phase_name} pilot: {len(keys):,} reports.")
    say(f"Next:   {next_step(space, f'review screen --as {plan.reviewers[0]} --phase {phase_name}')}")


@app.command("open")
def open_(
    why: Annotated[str, typer.Option("--why", help="Why the phase may begin although the agreement is not reached.")],
    who: As = "",
    phase_name: PhaseName = "title-abstract",
    review: Review = "",
) -> None:
    """Let the phase begin all the same, with a reason that the report will give."""
    from review.cli.sitting import phase_here
    from review.errors import ReviewError, UsageError
    from review.model.events import PilotGate
    from review.screening.pilot import part

    space = workspace(review)
    plan = phase(space, phase_name)
    member(space, who, tuple(m.id for m in space.protocol.team), "member of the team")
    if not why.strip():
        raise UsageError("The reason is empty.", "Give --why.")
    with phase_here(space, plan) as here:
        if here.pilot.open:
            raise ReviewError("The phase may begin already.", f"Go on: review screen --as NAME --phase {phase_name}")
    _append(space, part(plan.name), who, PilotGate(phase=plan.name, why=why.strip(), protocol=space.digest))
    out(f"The {phase_name} phase may begin. The report will say that {who} opened it, and why.")


def _append(space: Workspace, folder: str, who: str, event: Event) -> None:
    with space.ledger(folder, who).session() as ledger:
        ledger.append(event)
