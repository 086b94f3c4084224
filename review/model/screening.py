"""What screening makes of people's events: votes, outcomes, agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Literal

import msgspec

from review.model.pilot import Override, PilotState
from review.model.quick import quickly_made

State = Literal["pending", "conflict", "include", "exclude"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One person's standing verdict on a report."""

    by: str
    verdict: str
    reason: str = ""
    note: str = ""
    id: str = ""
    at: str = ""
    protocol: str = ""
    via: str = "screen"


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A report in a phase: who voted what, and what follows.

    waiting: those whose decision is missing. While it is pending, votes say who has voted and when, not how. own_conflict: people whose two verdicts a merge brought together.
    """

    report: str
    state: State
    votes: tuple[Vote, ...] = ()
    resolution: Vote | None = None
    reason: str = ""
    waiting: tuple[str, ...] = ()
    own_conflict: tuple[str, ...] = ()
    undiscussed: bool = (
        False  # settled by a third person, though the protocol has it discussed first and none of those who differ said what they hold
    )
    reopened: Vote | None = None  # who opened it again after it was settled, and why (in its note)

    @property
    def finished(self) -> bool:
        return self.state in ("include", "exclude")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two reviewers over the reports both decided independently, before any resolution; a maybe counts as include.

    both_in, first_only, second_only, both_out are numbers of reports. kappa and its 95 % interval are None where
    they are not defined (both used one verdict only).
    """

    first: str
    second: str
    both_in: int
    first_only: int
    second_only: int
    both_out: int
    maybes: int = 0
    kappa: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def n(self) -> int:
        return self.both_in + self.first_only + self.second_only + self.both_out

    @property
    def percent(self) -> float:
        return 100 * (self.both_in + self.both_out) / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A reviewer's standing stop before the last report of a phase, and what was known then: see the event `Stop`.

    told: whether what they found may be known; else found, p and certified are empty. As long as somebody has still to vote on what
    they read, a count of their relevant ones would tell of their verdicts.
    """

    by: str
    at: str
    why: str
    read: int
    found: int
    left: int
    recall: str
    p: str
    certified: bool
    told: bool = True


@dataclass(frozen=True, kw_only=True)  # without slots: what is asked of it for each report is worked out once
class PhaseResult:
    """A phase, whole. `reports` that reached it, in key order."""

    phase: str
    outcomes: tuple[Outcome, ...]
    agreement: tuple[Agreement, ...] = ()
    not_retrieved: dict[str, str] = field(default_factory=dict)  # report -> why
    pilot: PilotState | None = None
    unblinded: tuple[Override, ...] = ()  # who asked to be shown verdicts while some were missing
    stopped: tuple[Stopped, ...] = ()  # who stopped before the last report

    @cached_property
    def begun(self) -> tuple[Outcome, ...]:
        """The outcomes that say more than that nobody has decided yet: in a large phase, for long the fewest."""
        return tuple(o for o in self.outcomes if _begun(o))

    @cached_property
    def untouched(self) -> dict[tuple[str, ...], list[str]]:
        """The reports of the other outcomes, in order, by who has to decide on them."""
        found: dict[tuple[str, ...], list[str]] = {}
        for o in self.outcomes:
            if not _begun(o):
                found.setdefault(o.waiting, []).append(o.report)
        return found

    @cached_property
    def given_up(self) -> frozenset[str]:
        """The reports without all their votes of which everybody who has still to vote has stopped."""
        if not self.stopped:
            return frozenset()
        over = {s.by for s in self.stopped}
        return frozenset(
            o.report
            for o in self.outcomes
            if o.state == "pending" and o.waiting and o.report not in self.not_retrieved and over.issuperset(o.waiting)
        )


def _begun(o: Outcome) -> bool:
    return bool(o.votes or o.state != "pending" or o.resolution or o.own_conflict or o.reopened)


class _Phase(msgspec.Struct, omit_defaults=True):
    """A phase as it is kept: of what nobody has begun to decide, the keys alone."""

    phase: str
    begun: tuple[Outcome, ...]
    untouched: list[tuple[tuple[str, ...], list[str]]]
    agreement: tuple[Agreement, ...] = ()
    not_retrieved: dict[str, str] = {}
    pilot: PilotState | None = None
    unblinded: tuple[Override, ...] = ()
    stopped: tuple[Stopped, ...] = ()


_ALIKE = ("phase", "agreement", "not_retrieved", "pilot", "unblinded", "stopped")


class _Saved(msgspec.Struct):
    phases: list[_Phase]


def text_of(results: Iterable[PhaseResult]) -> bytes:
    """The phases as JSON."""
    phases = [_Phase(begun=r.begun, untouched=list(r.untouched.items()), **{name: getattr(r, name) for name in _ALIKE}) for r in results]
    return msgspec.json.encode(_Saved(phases))


def phases_of(text: str | bytes) -> list[PhaseResult]:
    """What `text_of` was given. Raises ValueError where it is anything else.

    Decoded by their types: for a hundred thousand outcomes many times as quick as by way of dictionaries.
    """
    found = []
    for p in msgspec.json.decode(text, type=_Saved).phases:
        rest = (Outcome(report=key, state="pending", waiting=waiting) for waiting, keys in p.untouched for key in keys)
        outcomes = tuple(sorted((*p.begun, *rest), key=attrgetter("report")))
        found.append(PhaseResult(outcomes=outcomes, **{name: getattr(p, name) for name in _ALIKE}))
    return found
