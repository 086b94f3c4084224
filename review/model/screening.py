"""What screening makes of people's events: votes, outcomes, agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Literal

import msgspec

from review.model.pilot import Override, PilotState
from review.model.quick import quickly_made

AND = ", "  # between the names of those who agreed
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

    @property
    def people(self) -> list[str]:
        """That person; of what was agreed in discussion, all who agreed."""
        return self.by.split(AND)


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


Waiting = tuple[str, ...]  # those who have to decide


@dataclass(frozen=True, kw_only=True)  # without slots: what is asked of it for each report is worked out once
class PhaseResult:
    """A phase, whole: of each report that reached it what follows from the votes.

    begun: in key order, the outcomes that say more than that nobody has decided yet; untouched: the reports of all others, in order, by who
    has to decide: in a large phase, for long the most.
    """

    phase: str
    begun: tuple[Outcome, ...]
    untouched: dict[Waiting, list[str]] = field(default_factory=dict)
    agreement: tuple[Agreement, ...] = ()
    not_retrieved: dict[str, str] = field(default_factory=dict)  # report -> why
    pilot: PilotState | None = None
    unblinded: tuple[Override, ...] = ()  # who asked to be shown verdicts while some were missing
    stopped: tuple[Stopped, ...] = ()  # who stopped before the last report

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """One of each report, in key order. To make those of what is untouched takes its time: ask for `begun` where that will do."""
        rest = (Outcome(report=key, state="pending", waiting=waiting) for waiting, keys in self.untouched.items() for key in keys)
        return tuple(sorted((*self.begun, *rest), key=attrgetter("report")))

    @property
    def included(self) -> list[str]:
        """The reports that were included and could be had, in key order."""
        return [o.report for o in self.begun if o.state == "include" and o.report not in self.not_retrieved]

    @property
    def n(self) -> int:
        """How many reports reached the phase."""
        return len(self.begun) + sum(map(len, self.untouched.values()))

    @cached_property
    def unread(self) -> list[str]:
        """What is untouched and could be had, in order."""
        return sorted(key for keys in self.untouched.values() for key in keys if key not in self.not_retrieved)

    @cached_property
    def given_up(self) -> frozenset[str]:
        """The reports without all their votes of which everybody who has still to vote has stopped."""
        if not self.stopped:
            return frozenset()
        over = {s.by for s in self.stopped}
        pending = ((o.waiting, (o.report,)) for o in self.begun if o.state == "pending")
        left = (keys for waiting, keys in (*self.untouched.items(), *pending) if waiting and over.issuperset(waiting))
        return frozenset(chain.from_iterable(left)).difference(self.not_retrieved)


def divided(outcomes: Iterable[Outcome]) -> tuple[tuple[Outcome, ...], dict[Waiting, list[str]]]:
    """Outcomes, in key order, as a `PhaseResult` holds them: what is begun, and what is untouched."""
    begun: list[Outcome] = []
    untouched: dict[Waiting, list[str]] = {}
    for o in outcomes:
        if o.votes or o.state != "pending" or o.resolution or o.own_conflict or o.reopened:
            begun.append(o)
        else:
            untouched.setdefault(o.waiting, []).append(o.report)
    return tuple(begun), untouched


class _Phase(msgspec.Struct, omit_defaults=True):
    """A phase as it is kept: of what nobody has begun to decide, the keys alone."""

    phase: str
    begun: tuple[Outcome, ...]
    untouched: list[tuple[Waiting, list[str]]]
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
    phases = msgspec.json.decode(text, type=_Saved).phases
    return [PhaseResult(begun=p.begun, untouched=dict(p.untouched), **{name: getattr(p, name) for name in _ALIKE}) for p in phases]
