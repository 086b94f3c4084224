"""A reviewer's sitting: what to show next, and every act on disk before the next is shown. Knows no terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.errors import UsageError
from review.ledger import FileLedger
from review.model.events import VERDICTS, Decision, Event, Note, Resolution, Retrieval, Undo, standing
from review.model.protocol import Protocol
from review.model.protocol_parts import PhasePlan
from review.model.record import Report
from review.model.screening import Outcome, Vote
from review.screening.votes import notes_of, votes_of


@dataclass(frozen=True)
class Progress:
    done: int
    left: int
    sitting: int

    @property
    def total(self) -> int:
        return self.done + self.left


class Screening:
    """One reviewer in one phase, over the reports that reached it. Sees nobody else's decisions."""

    def __init__(
        self,
        ledger: FileLedger,
        who: str,
        plan: PhasePlan,
        protocol: Protocol,
        digest: str,
        reports: Sequence[Report],
        not_retrieved: Sequence[str] = (),
    ) -> None:
        """reports: those of this phase, in the order to show. digest: of the protocol in force."""
        self.ledger, self.who, self.plan, self.protocol, self.digest = ledger, who, plan, protocol, digest
        self.reports = list(reports)
        self.events: list[Event] = ledger.events()
        self._report_of = {k: r.key for r in reports for k in r.keys}
        self._earlier = frozenset(e.id for e in self.events)
        own = self._last_words()
        self._said_by_others = frozenset(k for k in not_retrieved if not isinstance(own.get(k), Retrieval))
        self.lost: dict[str, str] = {}  # report -> why its full text could not be got
        self.sitting = 0
        self.votes: dict[str, tuple[Vote, ...]] = {}
        self.skipped: list[str] = []
        self._recount()
        self.position = self._next_open(-1)

    @property
    def current(self) -> Report | None:
        return self.reports[self.position] if 0 <= self.position < len(self.reports) else None

    @property
    def progress(self) -> Progress:
        left = sum(self._open(r.key) for r in self.reports)
        return Progress(len(self.reports) - left, left, self.sitting)

    def mine(self, key: str) -> Vote | None:
        """This reviewer's standing vote on a report."""
        votes = self.votes.get(key, ())
        return votes[-1] if votes else None

    def note_on(self, report: Report) -> str:
        """This reviewer's last note on a report, in this phase."""
        notes = notes_of(self.events, self.plan.name, self._report_of)
        vote = self.mine(report.key)
        return notes.get(report.key, vote.note if vote else "")

    def note(self, text: str) -> None:
        """Keep a note on the current report; the verdict stays as it is."""
        report = self._here()
        self._append(Note(record=report.key, records=report.keys, phase=self.plan.name, note=text, protocol=self.digest))
        self.sitting -= 1

    def decide(self, verdict: str, reason: str = "") -> None:
        """Record a verdict on the current report, then go to the next open one. Raises UsageError or ReviewError; then nothing moved."""
        report = self._here()
        if verdict not in VERDICTS:
            raise UsageError(f"'{verdict}' is not a verdict.", f"Use {', '.join(VERDICTS)}.")
        if verdict == "exclude" and self.plan.reason_required and not reason:
            raise UsageError("An exclusion in this phase needs its reason.", "Choose one.")
        self._append(
            Decision(record=report.key, records=report.keys, phase=self.plan.name, verdict=verdict, reason=reason, protocol=self.digest)
        )
        self.forward()

    def not_retrieved(self, why: str) -> None:
        """Record that the full text of the current report could not be got."""
        report = self._here()
        self._append(Retrieval(record=report.key, records=report.keys, status="not retrieved", why=why, protocol=self.digest))
        self.forward()

    def undo(self) -> Decision | Retrieval | Note | None:
        """Take back this reviewer's last standing act, and go to its report. None where there is nothing to take back."""
        last = next(
            (e for e in reversed(standing(self.events)) if isinstance(e, Decision | Retrieval | Note) and e.record in self._report_of), None
        )
        if last is None:
            return None
        self._append(Undo(undoes=last.id, protocol=self.digest))
        self.sitting = max(0, self.sitting - (1 if isinstance(last, Note) else 2))
        key = self._report_of[last.record]
        self.position = next(i for i, r in enumerate(self.reports) if r.key == key)
        return last

    def skip(self) -> None:
        """Leave the current report for later."""
        if self.current:
            self.skipped.append(self.current.key)
        self.forward()

    def forward(self) -> None:
        self.position = self._next_open(self.position)

    def step(self, by: int) -> None:
        """Move by whole records, decided or not."""
        if self.reports:
            start = self.position if self.current else len(self.reports)
            self.position = max(0, min(len(self.reports) - 1, start + by))

    def _here(self) -> Report:
        if self.current is None:
            raise UsageError("There is nothing left to decide.", "Go back to a record first.")
        return self.current

    def _append(self, event: Event) -> None:
        self.events.append(self.ledger.append(event))
        self.sitting += 1
        self._recount()

    def _recount(self) -> None:
        self.votes = votes_of(self.events, self.plan.name, self._report_of)
        last = self._last_words()
        self.lost = {k: e.why for k, e in last.items() if isinstance(e, Retrieval) and e.status == "not retrieved"}
        # What another person could not get is open to this one who could: a verdict of this sitting says so.
        self.lost |= {k: "" for k in self._said_by_others if k not in last or last[k].id in self._earlier}

    def _last_words(self) -> dict[str, Decision | Retrieval]:
        """This reviewer's last standing verdict or word on the full text of each report."""
        mine = (e for e in standing(self.events) if isinstance(e, Decision | Retrieval))
        return {key: e for e in mine if (key := self._report_of.get(e.record))}

    def _open(self, key: str) -> bool:
        return key not in self.lost and len(self.votes.get(key, ())) != 1

    def _next_open(self, after: int) -> int:
        """The next undecided report after a position, wrapping; skipped ones come last. len(reports) if none is left."""
        order = [*range(after + 1, len(self.reports)), *range(min(after + 1, len(self.reports)))]
        open_ = [i for i in order if self._open(self.reports[i].key)]
        fresh = [i for i in open_ if self.reports[i].key not in self.skipped]
        if not fresh and open_:
            self.skipped.clear()
        return next(iter(fresh or open_), len(self.reports))


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
