"""Where the work left the protocol: amendments and what they touched, decisions under older versions, what nobody had planned.

MECIR and PRISMA 2020 item 24c ask for each; the reasons of amendments are people's, the rest is found in the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review.model.protocol_phases import PhasePlan
from review.model.record import Search
from review.model.screening import PhaseResult, Stopped, Vote
from review.model.words import counted
from review.report.material import Material
from review.report.predicate import plan_of, votes_of

STAGE_OF = {"title-abstract": "screening", "full-text": "screening"}


@dataclass(frozen=True, slots=True)
class Version:
    """A state of the protocol. decisions and answers: those that stand and were made under it."""

    name: str  # 'as locked', 'amendment 1' …
    since: str  # YYYY-MM-DD HH:MM UTC
    what: str
    why: str
    touched: str  # the stages that the amendment says it touches
    decisions: int
    before: int  # standing decisions of the touched phases that are older than it


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something done that the protocol did not plan, or planned and not done; n: how many, 0 where there is nothing to count."""

    kind: str
    n: int
    said: str


def versions(material: Material) -> tuple[Version, ...]:
    """The protocol as locked and after each amendment; () where it was never locked."""
    p = material.protocol
    if p.lock is None:
        return ()
    votes = [(STAGE_OF[r.phase], v) for r in material.phases for o in r.begun for v in votes_of(o)]
    under = Counter(v.protocol for _, v in votes)
    found = [Version("as locked", f"{p.lock.at:%Y-%m-%d %H:%M} UTC", "", "", "", under[p.lock.sha256], 0)]
    for a in p.amendments:
        at = f"{a.at:%Y-%m-%dT%H:%M:%S}"
        older = sum(v.at[:19] < at and stage in a.stages for stage, v in votes)
        stages = ", ".join(a.stages) or "none named"
        found.append(Version(f"amendment {a.n}", f"{a.at:%Y-%m-%d %H:%M} UTC", a.what, a.why, stages, under[a.after], older))
    return tuple(found)


def deviations(material: Material, searches: Sequence[Search]) -> tuple[Deviation, ...]:
    """What the record shows beside the amendments, in the order of the work."""
    return (*_protocol(material), *_search(material, searches), *_selection(material), *_extraction(material))


def _protocol(material: Material) -> list[Deviation]:
    p = material.protocol
    votes = [v for r in material.phases for o in r.begun for v in votes_of(o)]
    found = []
    if p.lock is None and votes:
        found.append(Deviation("protocol", len(votes), f"{counted(len(votes), 'decision')} made without a locked protocol."))
    if p.lock and p.lock.late:
        found.append(Deviation("protocol", 0, "The protocol was locked after decisions had been made."))
    known = {p.lock.sha256, *(a.after for a in p.amendments)} if p.lock else set()
    if p.lock and (other := sum(v.protocol not in known for v in votes)):
        found.append(
            Deviation(
                "protocol",
                other,
                f"{counted(other, 'decision')} made under a text of the protocol that is neither the locked nor an amended one.",
            )
        )
    return found


def _search(material: Material, searches: Sequence[Search]) -> list[Deviation]:
    planned = {s.id: s.name for s in material.protocol.sources}
    found = []
    for source in sorted({s.source for s in searches} - planned.keys()):
        n = int((material.records.rows["source"] == source).sum())
        found.append(Deviation("search", n, f"Source ‘{source}’ is not in the protocol; {counted(n, 'record')} came from it."))
    done = {s.source for s in searches}
    if searches:
        found += [
            Deviation("search", 0, f"{name} was planned, and has not been searched.") for id_, name in planned.items() if id_ not in done
        ]
    for s in searches:
        if s.run and s.run.truncated:
            found.append(
                Deviation(
                    "search",
                    len(s.run.missing),
                    f"{planned.get(s.source, s.source)}, {s.date}: not all announced records were received: {s.run.truncated}",
                )
            )
    return found


def _selection(material: Material) -> list[Deviation]:
    return [
        Deviation("selection", n, f"{phase.phase}: {said}")
        for phase in material.phases
        for n, said in _of_phase(phase, plan_of(material, phase))
    ]


def _of_phase(phase: PhaseResult, plan: PhasePlan) -> Iterator[tuple[int, str]]:
    """How many reports or decisions, and what was done with them that was not planned, or is not what a reader expects."""
    everything = phase.n - len(phase.not_retrieved)
    outcomes = [o for o in phase.begun if o.report not in phase.not_retrieved]
    if plan.votes < 2 and everything:
        yield everything, "the protocol asks for one decision a report, where MECIR C39 and AMSTAR 2 expect two."
    strangers = Counter(o.resolution.by for o in outcomes if o.resolution and _unplanned(plan, o.resolution))
    for who, n in sorted(strangers.items()):
        yield n, f"{counted(n, 'conflict')} settled by {who}, where the protocol names {plan.adjudicator}."
    for u in phase.unblinded:
        yield 0, f"{u.by} was shown verdicts on {u.at[:10]}, while some were missing: {u.why}"
    for s in phase.stopped:
        relevant = f", with {s.found:,} relevant" if s.told else ""
        yield s.left, f"{s.by} stopped on {s.at[:10]} after {s.read:,} of {s.read + s.left:,}{relevant}: {s.why} ({_surety(s)})"
    if silent := sum(o.undiscussed for o in outcomes):
        yield (
            silent,
            (
                f"{counted(silent, 'conflict')} settled by another person with no discussion on record, where the protocol has "
                "those who differ discuss it first."
            ),
        )
    if again := sum(o.reopened is not None for o in outcomes):
        yield again, f"{counted(again, 'settled conflict')} opened again."
    if phase.pilot and (gate := phase.pilot.override):
        yield 0, f"{gate.by} let screening begin on {gate.at[:10]}, before the pilot’s target was reached: {gate.why}"
    if late := sum(any(o.resolution and v.id > o.resolution.id for v in o.votes) for o in outcomes):
        yield late, f"on {counted(late, 'report')} a reviewer decided again after the conflict was settled."
    if imported := sum(v.via == "import" for o in outcomes for v in votes_of(o)):
        yield imported, f"{counted(imported, 'decision')} made elsewhere and imported."
    if plan.reason_required and (bare := sum(o.state == "exclude" and not o.reason for o in outcomes)):
        yield bare, f"{counted(bare, 'exclusion')} without the reason that the protocol requires."


def _unplanned(plan: PhasePlan, resolution: Vote) -> bool:
    """Whether a conflict was settled by somebody whom the protocol does not name for it."""
    return resolution.via != "discussion" and plan.conflicts != "senior" and bool(plan.adjudicator) and resolution.by != plan.adjudicator


def _extraction(material: Material) -> list[Deviation]:
    plan = material.protocol.extraction
    found = []
    strangers = Counter(
        c.stands.by
        for c in material.extraction.cells
        if c.state == "settled" and c.stands and plan.adjudicator and c.stands.by != plan.adjudicator
    )
    for who, n in sorted(strangers.items()):
        found.append(
            Deviation("extraction", n, f"{counted(n, 'difference')} settled by {who}, where the protocol names {plan.adjudicator}.")
        )
    if plan.votes < 2 and material.extraction.cells:
        found.append(Deviation("extraction", 0, "The protocol asks for one extractor, where MECIR C45 and C46 and AMSTAR 2 expect two."))
    return found


def _surety(stop: Stopped) -> str:
    if not stop.told:
        return "what was found is told once the others have decided on it too, or have stopped"
    share = f"{100 * float(stop.recall or 0):g} %"
    if stop.certified:
        return f"a certificate from a random sample of the unread that {share} were found"
    return f"no certificate; hypergeometric p of less than {share} recall: {stop.p}, empirically calibrated"
