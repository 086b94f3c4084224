"""What a reviewer is given to screen: the reports that are theirs, in the pilot or in the phase, and nothing of others' verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from review.cli.common import next_step, run_stages, say
from review.errors import ReviewError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from review.ledger import FileLedger
    from review.model.events import Event, PilotRound
    from review.model.pilot import PilotState
    from review.model.protocol_phases import PhasePlan
    from review.model.record import Report
    from review.model.screening import PhaseResult
    from review.screening.session import Screening
    from review.store.shelf import StoredReports
    from review.workspace import Workspace


@dataclass(frozen=True)
class Here:
    """A phase as it now stands. keys: the reports that reached it; result: of the phase, where it was needed."""

    shelf: StoredReports
    keys: Sequence[str]
    result: PhaseResult | None
    pilots: Mapping[str, Sequence[Event]]
    pilot: PilotState


@contextmanager
def phase_here(space: Workspace, plan: PhasePlan, *, run: bool = True) -> Iterator[Here]:
    """The phase, its stages up to date. The first phase needs nobody's ledger; what reaches the second is decided by both.

    run: False takes the index as it is.
    """
    from review.screening.pilot import part, state
    from review.store.shelf import StoredReports

    first = plan.name == "title-abstract"
    if run:
        run_stages(space, "dedup" if first else "screening")
    with ExitStack() as stack:
        shelf = StoredReports(space.database)
        stack.callback(shelf.close)
        result = None if first else next((r for r in shelf.phases() if r.phase == plan.name), None)
        keys = shelf.keys if first else [o.report for o in result.outcomes] if result else []
        pilots = {who: ledger.events() for who, ledger in space.ledgers(part(plan.name))}
        yield Here(shelf, keys, result, pilots, state(plan, shelf.report_of, pilots))


def offered(space: Workspace, plan: PhasePlan, here: Here, who: str) -> Sequence[str]:
    """The reports of the phase that are this person's: those they voted on, and those that wait for them."""
    from review.screening import assignment

    if here.result is not None:
        return [
            o.report
            for o in here.result.outcomes
            if who in o.waiting
            or any(v.by == who for v in o.votes)
            or (o.report in here.result.not_retrieved and who in assignment.team(plan, o.report))
        ]
    if len(plan.reviewers) == plan.votes and not plan.former:
        return here.keys
    voted = voters(space, plan, here.shelf.report_of)
    return [k for k in here.keys if who in (v := voted.get(k, set())) or who in assignment.waiting(plan, k, v)]


def voters(space: Workspace, plan: PhasePlan, report_of: Mapping[str, str]) -> dict[str, set[str]]:
    """Who has voted on each report; how, is not read out."""
    from review.screening.votes import votes_of

    found: dict[str, set[str]] = {}
    for who in plan.voters:
        for report in votes_of(space.ledger(plan.name, who).events(), plan.name, report_of):
            found.setdefault(report, set()).add(who)
    return found


@contextmanager
def sitting(space: Workspace, plan: PhasePlan, who: str) -> Iterator[Screening]:
    """A reviewer's sitting: of the pilot while the phase may not begin, else of the phase.

    Raises ReviewError where there is nothing to do for this person, saying what comes next.
    """
    from review.cli.guided import guide_for, listed
    from review.model.events import Ordering, SampleDrawn, Stop
    from review.model.lines import events_of
    from review.screening.guide import way_of
    from review.screening.session import Screening
    from review.screening.stop_state import reading
    from review.screening.tally import Tally
    from review.store import heads

    with phase_here(space, plan) as here:
        if not here.keys:
            raise ReviewError("There is nothing to screen in this phase yet.", "See: review status")
        if not here.pilot.open:
            with pilot_sitting(space, plan, here, who) as session:
                yield session
            return
        keys = offered(space, plan, here, who)
        if not keys:
            raise ReviewError(f"No report of this phase is assigned to {who}.", f"See: review status --as {who}")
        with space.ledger(plan.name, who).session() as ledger, ExitStack() as stack:
            lost = tuple(here.result.not_retrieved) if here.result else ()
            read = {o.report for o in here.result.begun if any(v.by != who for v in o.votes)} if here.result else ()
            lines = ledger.read().lines
            heads.verify(space, plan.name, who, (line.id for line in lines))
            if ledger.torn:
                say(
                    f"{space.shown(ledger.path)}: the last line is only half there, as after a crash. What it was is to be decided again; all before it stands."
                )
            # Only where something was said of a stop: to go through all decisions takes its time.
            spoke = any(events_of(lines, Stop, SampleDrawn))
            stand = reading([line.event for line in lines] if spoke else (), plan.name, here.shelf.report_of, keys if spoke else ())
            if stand.stop:
                raise ReviewError(
                    f"{who} has stopped in this phase: {stand.stop.why}", f"To go on: review stop --as {who} --phase {plan.name} --resume"
                )
            tally = Tally(plan.name, here.shelf.report_of, lines)
            # A certificate's sample is read in the order in which it was drawn, whatever the protocol's order is.
            guide = None
            if plan.order == "prioritised" and stand.sample is None:
                way = way_of(events_of(lines, Ordering), plan.name)
                guide = stack.enter_context(guide_for(space, plan, here.shelf, here.keys, tally.votes(), way, who))
            yield Screening(
                ledger,
                who,
                plan,
                space.protocol,
                space.digest,
                here.shelf,
                lost,
                read=read,
                offered=_sampled(keys, stand.to_come) if stand.sample is not None else listed(here.shelf, keys, plan.order, plan.seed),
                guide=guide,
                lines=lines,
                tally=tally,
                piloted=sum(r.n for r in here.pilot.rounds),
            )


def _sampled(keys: Sequence[str], to_come: Sequence[str]) -> list[str]:
    """What was read, then the rest of the sample as drawn."""
    rest = set(to_come)
    return [*(k for k in keys if k not in rest), *to_come]


@contextmanager
def pilot_sitting(space: Workspace, plan: PhasePlan, here: Here, who: str) -> Iterator[Screening]:
    """A sitting over the running round of the pilot."""
    from review.screening.pilot import part
    from review.screening.session import Screening

    with space.ledger(part(plan.name), who).session() as ledger:
        last = running(space, plan, here, who, ledger)
        keys = tuple(dict.fromkeys(here.shelf.report_of[k] for k in last.records if k in here.shelf.report_of))
        yield Screening(
            ledger,
            who,
            plan,
            space.protocol,
            space.digest,
            here.shelf,
            offered=keys,
            part=f"{plan.name} pilot {last.round}",
        )


def running(space: Workspace, plan: PhasePlan, here: Here, who: str, ledger: FileLedger) -> PilotRound:
    """The running round of the pilot; the first person to come (`who`, with their ledger in the pilot) begins the first round.

    Raises ReviewError where the round is complete, saying what comes next.
    """
    from review.model.events import PilotRound
    from review.screening.pilot import part, rounds_begun, sample
    from review.store import heads

    heads.verify(space, part(plan.name), who, (e.id for e in here.pilots.get(who, ())))
    begun = rounds_begun(plan, here.pilots)
    if not begun:
        begun = [ledger.append(PilotRound(phase=plan.name, round=1, records=sample(plan, here.keys), protocol=space.digest))]
    now = here.pilot.rounds[-1] if here.pilot.rounds else None
    if now and now.complete:
        todo = (
            "discuss the verdicts that differ: review pilot discuss"
            if now.discussed < len(now.differ)
            else "begin another round: review pilot next"
        )
        raise ReviewError(
            f"Round {now.number} of the pilot is complete, and the agreement that the protocol asks for is not reached.",
            f"Next: {next_step(space, f'{todo} --as {who} --phase {plan.name}')}",
        )
    return begun[-1]


class FullTextFiles:
    """The full texts of the reports of a sitting, from the shelf of the review."""

    def __init__(self, space: Workspace, reports: Sequence[Report]) -> None:
        from review.fulltext.shelf import Shelf

        self._shelf = Shelf(space, reports)

    def names(self, report: Report) -> list[str]:
        return [file.name for file in self._shelf.of(report.key).files]

    def path(self, report: Report) -> str:
        """The first file that is on this machine; '' where there is none."""
        for file in self._shelf.of(report.key).files:
            with suppress(ReviewError):
                return str(self._shelf.path(file))
        return ""

    def pages(self, report: Report) -> list[tuple[str, str]]:
        found = []
        for file in self._shelf.of(report.key).files:
            document = self._shelf.document(file)
            found += [(f"page {p.label}" if document.kind == "pdf" else p.label, p.text) for p in document.pages]
        return found
