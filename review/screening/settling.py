"""An adjudicator's sitting: both votes are shown, they stay, and the resolution is another line. Knows no terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from review.errors import UsageError
from review.ledger import FileLedger
from review.model.events import Event, Resolution, Undo, standing
from review.model.protocol import Protocol
from review.model.protocol_parts import PhasePlan
from review.model.record import Report
from review.model.screening import Outcome


class Adjudication:
    """An adjudicator over the conflicts of a phase. Both votes are shown; they stay, the resolution is another line."""

    def __init__(
        self, ledger: FileLedger, who: str, plan: PhasePlan, protocol: Protocol, digest: str, conflicts: Sequence[tuple[Report, Outcome]],
        notes: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:  # fmt: skip
        """conflicts: the open ones, and those that this person settled. notes: who -> report -> their note."""
        self.ledger, self.who, self.plan, self.protocol, self.digest = ledger, who, plan, protocol, digest
        self.conflicts = list(conflicts)
        self.notes = notes or {}
        self.events: list[Event] = ledger.events()
        self._report_of = {k: r.key for r, _ in conflicts for k in r.keys}
        self.sitting = 0
        self.position = self._next_open()

    @property
    def resolved(self) -> dict[str, Resolution]:
        """This person's standing resolutions, by report."""
        mine = (e for e in standing(self.events) if isinstance(e, Resolution) and e.phase == self.plan.name)
        return {key: e for e in mine if (key := self._report_of.get(e.record))}

    @property
    def current(self) -> tuple[Report, Outcome] | None:
        return self.conflicts[self.position] if 0 <= self.position < len(self.conflicts) else None

    @property
    def left(self) -> int:
        return len(self.conflicts) - len(self.resolved)

    def resolve(self, verdict: str, reason: str = "", note: str = "") -> None:
        """Record the resolution of the current conflict, then go to the next."""
        if self.current is None:
            raise UsageError("There is no conflict left.", "")
        if verdict not in ("include", "exclude"):
            raise UsageError("A resolution includes or excludes.", "")
        if verdict == "exclude" and self.plan.reason_required and not reason:
            raise UsageError("An exclusion in this phase needs its reason.", "Choose one.")
        report, outcome = self.current
        event = Resolution(
            record=report.key, records=report.keys, phase=self.plan.name, verdict=verdict, reason=reason, note=note,
            settles=tuple(v.id for v in outcome.votes), protocol=self.digest,
        )  # fmt: skip
        self.events.append(self.ledger.append(event))
        self.sitting += 1
        self.position = self._next_open()

    def undo(self) -> bool:
        """Take back this person's last standing resolution, and go to its conflict. False where there is none."""
        last = max(self.resolved.values(), key=lambda e: e.id, default=None)
        if last is None:
            return False
        self.events.append(self.ledger.append(Undo(undoes=last.id, protocol=self.digest)))
        self.sitting = max(0, self.sitting - 1)
        self.position = next(i for i, (r, _) in enumerate(self.conflicts) if r.key == self._report_of[last.record])
        return True

    def step(self, by: int) -> None:
        """Move by whole conflicts, settled or not."""
        if self.conflicts:
            self.position = max(0, min(len(self.conflicts) - 1, self.position + by))

    def _next_open(self) -> int:
        resolved = self.resolved
        return next((i for i, (r, _) in enumerate(self.conflicts) if r.key not in resolved), len(self.conflicts))
