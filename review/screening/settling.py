"""A sitting over conflicts: all votes are shown and stay; what settles them is another line. Knows no terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from review.errors import UsageError
from review.ledger import FileLedger
from review.model.events import Discussion, Event, Reopening, Resolution, Unblinding, Undo, standing
from review.model.protocol import Protocol
from review.model.protocol_phases import PhasePlan
from review.model.record import Report
from review.model.screening import Outcome, Vote
from review.screening.outcome import may_settle, settled_by_others

Word = Resolution | Discussion
UNDISCUSSED = (
    "The protocol has this discussed first, and nobody has said yet what they hold. You can settle it all the same; the report says so."
)


def mine_to_settle(plan: PhasePlan, who: str, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The conflicts, open or settled, that a person may see and say something about: those they voted on where the protocol
    lets reviewers discuss, and those that they may settle.
    """
    found = [o for o in outcomes if (o.state == "conflict" and not o.own_conflict) or o.resolution]
    return [o for o in found if may_settle(plan, who, voted := [v.by for v in o.votes]) or ("discuss" in plan.conflicts and who in voted)]


class Adjudication:
    """One person over the conflicts of a phase: as the one who settles them, or as one of those who discuss them."""

    def __init__(
        self, ledger: FileLedger, who: str, plan: PhasePlan, protocol: Protocol, digest: str, conflicts: Sequence[tuple[Report, Outcome]],
        notes: Mapping[str, Mapping[str, str]] | None = None, talked: Mapping[str, Mapping[str, Discussion]] | None = None,
        part: str = "",
    ) -> None:  # fmt: skip
        """conflicts: the open ones, and settled ones that can be looked at. notes: who -> report -> their note. talked: report -> who ->
        what they hold after discussing it. part: what to call the ledger's part, where it is not the whole phase.

        For a reviewer it is written down that they have now seen the others' votes. Raises ReviewError where that can't be kept.
        """
        self.ledger, self.who, self.plan, self.protocol, self.digest = ledger, who, plan, protocol, digest
        self.part = part or plan.name
        self.conflicts = list(conflicts)
        self.notes = notes or {}
        self.talked = {report: dict(by) for report, by in (talked or {}).items()}
        self.events: list[Event] = ledger.events()
        self._report_of = {k: r.key for r, _ in conflicts for k in r.keys}
        self.sitting = 0
        self._disclose()
        self.position = self._next_open()

    def _disclose(self) -> None:
        seen = {k for e in self.events if isinstance(e, Unblinding) and e.phase == self.plan.name for k in e.records}
        new = tuple(r.key for r, o in self.conflicts if any(v.by == self.who for v in o.votes) and not seen & set(r.keys))
        if new:
            self.events.append(
                self.ledger.append(Unblinding(phase=self.plan.name, records=new, why="the conflicts were opened", protocol=self.digest))
            )

    # -- how it stands --------------------------------------------------------------------------------------

    @property
    def words(self) -> dict[str, Word]:
        """This person's last standing word on each conflict, as long as it is about these very votes and nobody reopened it since; of two
        reports that were settled otherwise and are one since, that on both."""
        found: dict[str, Word] = {}
        outcomes = {r.key: o for r, o in self.conflicts}
        keys = {r.key: set(r.keys) for r, _ in self.conflicts}
        for event in standing(self.events):
            if isinstance(event, Resolution | Discussion) and event.phase == self.plan.name and event.record in self._report_of:
                key = self._report_of[event.record]
                outcome = outcomes[key]
                late = outcome.reopened is not None and event.id < outcome.reopened.id
                if outcome.state == "conflict" and not outcome.resolution and isinstance(event, Resolution):
                    late = late or not keys[key] <= {event.record, *event.records}
                if not late and (isinstance(event, Resolution) or set(event.settles) == {v.id for v in outcome.votes}):
                    found[key] = event
        return found

    @property
    def resolved(self) -> dict[str, Word]:
        """What needs no word of this person any more: report -> their word."""
        return {k: w for k, w in self.words.items() if w.verdict}

    @property
    def current(self) -> tuple[Report, Outcome] | None:
        return self.conflicts[self.position] if 0 <= self.position < len(self.conflicts) else None

    @property
    def left(self) -> int:
        words = self.resolved
        return sum(r.key not in words and not settled_by_others(o, self.who) for r, o in self.conflicts)

    @property
    def settled(self) -> int:
        return len(self.conflicts) - self.left

    def discusses(self, outcome: Outcome) -> bool:
        """Whether this person is one of those who discuss the conflict, not the one who settles it."""
        voted = [v.by for v in outcome.votes]
        return self.who in voted and not may_settle(self.plan, self.who, voted)

    def undiscussed(self, report: str, outcome: Outcome) -> bool:
        """Whether this person would settle what the protocol has discussed first, and nobody has said what they hold after it."""
        if self.plan.conflicts != "discuss-then-adjudicate" or outcome.resolution or self.discusses(outcome):
            return False
        ids = {v.id for v in outcome.votes}
        return not any(set(word.settles) == ids for word in self.talked.get(report, {}).values())

    @property
    def discussing(self) -> bool:
        """Whether there is a conflict that this person discusses."""
        return any(self.discusses(outcome) for _, outcome in self.conflicts)

    @property
    def done(self) -> str:
        """What has become of the conflicts that are not left: whoever discusses has had their say, which settles nothing alone."""
        return "said or settled" if self.discussing else "settled"

    # -- acts -----------------------------------------------------------------------------------------------

    def resolve(self, verdict: str, reason: str = "", note: str = "") -> None:
        """Record this person's word on the current conflict, then go to the next. open: no agreement was found; only in a discussion."""
        if self.current is None:
            raise UsageError("There is no conflict left.", "")
        report, outcome = self.current
        discusses = self.discusses(outcome)
        if outcome.resolution and settled_by_others(outcome, self.who):
            raise UsageError(
                f"{outcome.resolution.by} settled this conflict.", "r opens it again, with a reason; then it can be settled anew."
            )
        if verdict not in ("include", "exclude", *(("open",) if discusses else ())):
            raise UsageError("A resolution includes or excludes.", "")
        if verdict == "exclude" and self.plan.reason_required and not reason:
            raise UsageError("An exclusion in this phase needs its reason.", "Choose one.")
        kind = Discussion if discusses else Resolution
        event = self.ledger.append(
            kind(
                record=report.key, records=report.keys, phase=self.plan.name, verdict=verdict, reason=reason, note=note,
                settles=tuple(v.id for v in outcome.votes), protocol=self.digest,
            )
        )  # fmt: skip
        self.events.append(event)
        if isinstance(event, Discussion):
            self.talked.setdefault(report.key, {})[self.who] = event
        self.sitting += 1
        self.position = self._next_open()

    def reopen(self, why: str) -> None:
        """Open the current conflict again. What had settled it stays on record. Raises UsageError where it is not settled."""
        if self.current is None:
            raise UsageError("There is no conflict here.", "Go back to one.")
        report, outcome = self.current
        words = self.words.get(report.key)
        if not settled_by_others(outcome, self.who) and words is None:
            raise UsageError("This conflict is open.", "Only a settled one can be reopened.")
        if not why.strip():
            raise UsageError("A reopening says why.", "Give the reason.")
        ids = tuple(dict.fromkeys(x.id for x in (outcome.resolution, words) if x and x.id))
        event = self.ledger.append(
            Reopening(record=report.key, records=report.keys, phase=self.plan.name, note=why, reopens=ids, protocol=self.digest)
        )
        self.events.append(event)
        opened = Vote(by=event.by, verdict="reopened", note=why, id=event.id, at=event.at, protocol=event.protocol)
        self.conflicts[self.position] = (report, replace(outcome, state="conflict", resolution=None, reopened=opened))
        self.talked.pop(report.key, None)

    def undo(self) -> bool:
        """Take back this person's last standing word, and go to its conflict. False where there is none."""
        last = max(self.words.values(), key=lambda e: e.id, default=None)
        if last is None:
            return False
        self.events.append(self.ledger.append(Undo(undoes=last.id, protocol=self.digest)))
        key = self._report_of[last.record]
        self.talked.get(key, {}).pop(self.who, None)
        self.sitting = max(0, self.sitting - 1)
        self.position = next(i for i, (r, _) in enumerate(self.conflicts) if r.key == key)
        return True

    def step(self, by: int) -> None:
        """Move by whole conflicts, settled or not."""
        if self.conflicts:
            self.position = max(0, min(len(self.conflicts) - 1, self.position + by))

    def _next_open(self) -> int:
        words = self.resolved
        open_ = (i for i, (r, o) in enumerate(self.conflicts) if r.key not in words and not settled_by_others(o, self.who))
        return next(open_, len(self.conflicts))
