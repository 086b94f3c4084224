"""A claim about conduct: how many things it is about, for how many it is shown, and the exceptions by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from review.model.protocol_phases import PhasePlan
from review.model.screening import Outcome, PhaseResult, Vote
from review.report.material import Item, Items, Material, items

Holds = Literal["yes", "partly", "no", "open"]  # open: nothing has reached it yet


@dataclass(frozen=True, kw_only=True)
class Predicate:
    """One claim. n things that it is about, n_ok for which it is shown; the exceptions by name. said: what did happen, in a sentence.

    unproven: those that rest on somebody's word, since they were recorded elsewhere and imported; n = n_ok + unproven + exceptions.
    """

    id: str
    label: str
    holds: Holds
    n: int
    n_ok: int
    unit: str
    said: str
    exceptions: Sequence[Item] = ()
    unproven: int = 0

    def plain(self) -> dict[str, Any]:
        """As values for JSON, whatever the exceptions lie in."""
        return {**self.stated(), "exceptions": Items.of(self.exceptions).rows.to_dicts()}

    def stated(self) -> dict[str, Any]:
        """The same, but none of the exceptions."""
        return asdict(replace(self, exceptions=()))


class Titles:
    def __init__(self, material: Material) -> None:
        self._title = dict(material.records.title_of)
        self._title |= {s.key: self._title.get(s.reports[0], "") for s in material.extraction.studies if s.linked}

    def item(self, key: str, why: str) -> Item:
        return Item(key, self._title.get(key, ""), why)

    def items(self, told: Mapping[str, str]) -> Items:
        """Many at once, as columns, by key. told: key -> why."""
        keys = sorted(told)
        return items(keys, self._title, [told[key] for key in keys])


def votes_of(outcome: Outcome) -> list[Vote]:
    """Every standing decision on a report: reviewers' and the resolution."""
    return [*outcome.votes, *([outcome.resolution] if outcome.resolution else [])]


def independent_votes(outcome: Outcome) -> dict[str, Vote]:
    """Reviewer -> vote, of those cast before any resolution; a vote cast after it has seen the other's."""
    until = outcome.resolution.id if outcome.resolution else ""
    return {v.by: v for v in outcome.votes if not until or v.id <= until}


def made(
    id_: str, label: str, n: int, exceptions: Iterable[Item], unit: str, said: str, *, unproven: int = 0, finished: bool = True
) -> Predicate:
    named = exceptions if isinstance(exceptions, Items) else tuple(exceptions)
    ok = n - len(named) - unproven
    holds: Holds = "open" if not n else "yes" if ok == n and finished else "partly" if ok or unproven else "no"
    return Predicate(id=id_, label=label, holds=holds, n=n, n_ok=ok, unit=unit, said=said, exceptions=named, unproven=unproven)


UNIT = {"title-abstract": "records", "full-text": "reports"}  # what PRISMA 2020 counts there


def plan_of(material: Material, phase: PhaseResult) -> PhasePlan:
    plan = material.protocol.phase(phase.phase)
    assert plan is not None
    return plan


def begun(phase: PhaseResult) -> list[Outcome]:
    """Of the reports that somebody has to decide on in a phase, those that anybody has begun to: not those that could not be had."""
    return [o for o in phase.begun if o.report not in phase.not_retrieved]
