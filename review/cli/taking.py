"""What the rows of somebody's file come to in a review: for each person, in the phase or in a round of its pilot."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from review.cli.common import phase, run_stages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from review.formats.ballots import Ballots
    from review.formats.tables.rows import Row
    from review.model.protocol_phases import PhasePlan
    from review.screening.ballot_columns import Shares
    from review.screening.imports import Planned
    from review.workspace import Workspace


@dataclass(frozen=True)
class Portion:
    """The rows of one person, in the phase or in a round of its pilot.

    table: of these rows alone; given: what --map says for them; number: of the pilot's round, 0: of none.
    """

    who: str
    table: Ballots
    given: Mapping[str, str]
    number: int

    def ledger(self, phase_name: str) -> tuple[str, str]:
        """The part and the person that name the ledger."""
        from review.screening.pilot import part

        return part(phase_name) if self.number else phase_name, self.who


def portions(shares: Iterable[tuple[Ballots, Shares]]) -> Iterator[Portion]:
    """The tables, each with whose its rows are, by person and round."""
    for table, share in shares:
        for who, rows in share.rows.items():
            for number, theirs in _by_round(rows).items():
                yield Portion(who, replace(table, rows=theirs), share.given[who], number)


def _by_round(rows: list[Row]) -> dict[int, list[Row]]:
    """The rows by the round of the pilot that they are of; 0: of none."""
    from review.screening.sheets import round_of

    found: dict[int, list[Row]] = {} if rows else {0: []}
    for row in rows:
        found.setdefault(round_of(row), []).append(row)
    return found


def append(space: Workspace, phase_name: str, taken: Sequence[tuple[Portion, Planned]]) -> list[tuple[Portion, Planned]]:
    """Append what is planned to the ledgers, all or, where one is in use, none; gives what was appended in the end.

    What a file settles may be conflicts that it brings: those who settle come after those who vote, and what theirs comes to is worked out then.
    """
    plan = phase(space, phase_name)
    appended = list(taken)
    with ExitStack() as stack:
        held = {
            place: stack.enter_context(space.ledger(*place).session())  # of all, before the first is written to
            for place in dict.fromkeys(portion.ledger(phase_name) for portion, _ in taken)
        }
        for settles in (False, True):
            for at, (portion, planned) in enumerate(taken):
                if (portion.who not in plan.voters) == settles:
                    planned = plan_rows(space, phase_name, portion) if settles else planned
                    appended[at] = (portion, planned)
                    held[portion.ledger(phase_name)].append_all(list(planned.events))
    return appended


def begun(space: Workspace, plan: PhasePlan) -> bool:
    """Whether the phase may begin."""
    from review.cli.sitting import phase_here

    with phase_here(space, plan, run=False) as here:
        return here.pilot.open


def _closed(space: Workspace, plan: PhasePlan, portion: Portion, report_of: Mapping[str, str], gone: Collection[str]) -> dict[str, str]:
    """The reports of which nothing can be said here, and why. gone: what an earlier phase excluded.

    What an earlier phase has not settled yet may still come: a vote on it is kept, and counts then.
    """
    from review.screening.pilot import part, rounds_begun, state

    number = portion.number
    if not number:
        return dict.fromkeys(gone, "was excluded at title-abstract")
    everything = set(report_of.values())
    pilots = {person: ledger.events() for person, ledger in space.ledgers(part(plan.name))}
    now, begun = state(plan, report_of, pilots), {b.round: b for b in rounds_begun(plan, pilots)}
    inside = {report_of.get(k) for k in begun[number].records} if number in begun else set()
    over = portion.who not in plan.reviewers or number != max(begun, default=0) or now.open or now.rounds[-1].complete
    outside = dict.fromkeys(everything - inside, f"is not in round {number} of the pilot")
    return outside | (dict.fromkeys(everything & inside, f"round {number} of the pilot is over") if over else {})


def plan_rows(space: Workspace, phase_name: str, portion: Portion) -> Planned:
    """What these rows come to."""
    from review import pipeline
    from review.model.events import standing as undone
    from review.model.screening import Vote
    from review.screening.imports import Ground
    from review.screening.imports import plan as plan_import
    from review.screening.outcome import settled_by_others
    from review.screening.tally import Tally
    from review.screening.votes import resolutions, seen_by, votes_of

    plan = phase(space, phase_name)
    adjudicates = portion.who not in plan.voters
    run_stages(space, "screening" if adjudicates or phase_name != "title-abstract" else "dedup")
    with pipeline.opened(space) as store:
        reports = store.reports()
        results = store.phases()
    report_of = {k: r.key for r in reports for k in r.keys}
    outcomes = {o.report: o for r in results if r.phase == phase_name for o in r.outcomes}
    before = [o for r in results if r.phase != phase_name == "full-text" for o in r.outcomes]
    gone = {o.report for o in before if o.state == "exclude"}
    events = space.ledger(*portion.ledger(phase_name)).events()
    mine: dict[str, tuple[Vote, ...]]
    if adjudicates:  # a word on what is open again, or was settled otherwise of another record, is none
        settled = resolutions(undone(events), phase_name, report_of)
        mine = {k: v for k, v in settled.items() if k not in outcomes or outcomes[k].resolution}
    else:
        mine = votes_of(events, phase_name, report_of)
    seen, everything = seen_by(events, phase_name, report_of)
    ground = Ground(
        phase=phase_name, protocol=space.digest, reasons=space.protocol.reasons(phase_name), reason_required=plan.reason_required,
        adjudicates=adjudicates, votes={k: (v[-1].verdict, v[-1].reason, v[-1].note) for k, v in mine.items() if v},
        settles={k: tuple(v.id for v in o.votes) for k, o in outcomes.items()},
        conflicts={k for k, o in outcomes.items() if (o.state == "conflict" and not o.own_conflict) or o.resolution},
        agreed={k: o.state for k, o in outcomes.items() if o.finished and not o.resolution},
        settled={
            k: (o.resolution.by, o.resolution.verdict)
            for k, o in outcomes.items()
            if o.resolution and settled_by_others(o, portion.who)
        },
        tags={k: said.tags for k, said in Tally(phase_name, report_of, events).everything() if said.tags},
        disclosed=() if adjudicates else {r.key for r in reports} if everything else seen,
        closed=_closed(space, plan, portion, report_of, gone),
    )  # fmt: skip
    return plan_import(portion.table, reports, portion.given, ground)
