"""A reviewer's sitting: what to show next, and every act on disk before the next is shown. Knows no terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass

from review.errors import ReviewError, UsageError
from review.ledger import FileLedger
from review.model.events import VERDICTS, Decision, Event, Note, Ordering, Retrieval, Tags, Unblinding, Undo
from review.model.lines import Line, events_of
from review.model.protocol import Protocol
from review.model.protocol_phases import PhasePlan
from review.model.record import Report
from review.model.screening import Vote
from review.model.words import counted
from review.screening.course import CLOSED, Course
from review.screening.guide import Guide, way_of
from review.screening.pace import Pace
from review.screening.shelf import Pile, Shelf
from review.screening.tally import Act, Tally
from review.screening.votes import seen_by

_MERGED = ": two records of yours were merged into this report"  # after two verdicts
AMENDED = "The protocol was changed while you are here. Leave (q) and come back, to go by the criteria as they now are."


@dataclass(frozen=True)
class Progress:
    """done, left: reports of the phase; sitting: decisions in this sitting; each: seconds a decision takes at present, or None."""

    done: int
    left: int
    sitting: int
    each: float | None = None

    @property
    def total(self) -> int:
        return self.done + self.left

    @property
    def seconds_left(self) -> float | None:
        return self.each * self.left if self.each is not None and self.left else None


class Screening(Course):
    """One reviewer in one phase, over the reports that are theirs. Sees nobody else's decisions."""

    def __init__(
        self,
        ledger: FileLedger,
        who: str,
        plan: PhasePlan,
        protocol: Protocol,
        digest: str,
        reports: Shelf | Sequence[Report],
        not_retrieved: Sequence[str] = (),
        *,
        read: Collection[str] = (),
        offered: Sequence[str] | None = None,
        part: str = "",
        guide: Guide | None = None,
        lines: Sequence[Line] | None = None,
        tally: Tally | None = None,
        piloted: int = 0,
    ) -> None:
        """reports: where to take them from; offered: keys of those that are this reviewer's, in the order to show (all).

        not_retrieved: reports that somebody could not get; read: those on which another reviewer has decided, how is not told. digest: of the protocol in force. part: what to call the
        sitting, where it is not the phase itself. guide: chooses what comes next; without one it is the order of `offered`.
        lines: of the ledger, where they have been read. piloted: how many reports the rounds of the pilot held. tally: of the
        lines, where it has been made.
        """
        self.ledger, self.who, self.plan, self.protocol, self.digest = ledger, who, plan, protocol, digest
        self.part = part or plan.name
        self._piloted = piloted
        super().__init__(reports if not isinstance(reports, Sequence) else Pile(reports), offered, guide)
        self.clock: Callable[[], float] = time.monotonic  # seconds that never go back
        self._full_text = plan.name == "full-text"
        self.pace = Pace(self.clock())
        lines = ledger.read().lines if lines is None else lines
        self._way = way_of(events_of(lines, Ordering), plan.name)  # as the ledger has it
        self._earlier = lines[-1].id if lines else ""
        # Of which this reviewer has seen the others' votes: they can't be voted on any more.
        seen, everything = seen_by(events_of(lines, Unblinding), plan.name, self.shelf.report_of)
        self._disclosed = frozenset(self.offered if everything else seen)
        self.tally = Tally(plan.name, self.shelf.report_of, lines) if tally is None else tally
        self._lost_to_all, self._read = frozenset(not_retrieved), frozenset(read)
        self.sitting = 0
        self.show()
        self._left = self.left_in_view

    # -- what is shown --------------------------------------------------------------------------------------

    def votes_on(self, key: str) -> tuple[Vote, ...]:
        """This reviewer's standing votes on a report: one, or several where a merge brought different verdicts together."""
        return self.tally.on(key).votes

    @property
    def progress(self) -> Progress:
        return Progress(len(self.offered) - self._left, self._left, self.sitting, self.pace.each)

    @property
    def pilot_apart(self) -> str:
        """Said before the first verdict where there was a pilot: its reports come again."""
        if not self._piloted or self.progress.done:
            return ""
        return (
            f"The verdicts of the pilot ({counted(self._piloted, 'report')}) are kept apart: these come again here, and are decided anew."
        )

    def merged(self, key: str) -> str:
        """What to say behind two verdicts of this reviewer on what is one report since; '' where there is one."""
        if len(self.votes_on(key)) < 2:
            return ""
        return f"{_MERGED}; {'which one stands is settled in review adjudicate' if key in self._disclosed else 'decide again'}"

    def mine(self, key: str) -> Vote | None:
        """This reviewer's standing vote on a report."""
        votes = self.votes_on(key)
        return votes[-1] if votes else None

    def note_on(self, report: Report) -> str:
        """This reviewer's last note on a report, in this phase."""
        return self.tally.on(report.key).note

    def tags_on(self, report: Report) -> tuple[str, ...]:
        return self.tally.on(report.key).tags

    @property
    def all_tags(self) -> tuple[str, ...]:
        """The tags this reviewer uses, sorted."""
        return tuple(sorted({tag for _, said in self.tally.everything() for tag in said.tags}, key=lambda t: (t.casefold(), t)))

    def lost(self, key: str) -> str | None:
        """Why the full text of a report could not be got; None where it was, or nobody has said."""
        if not self._full_text:
            return None
        word = self.tally.on(key).word
        new = word is not None and word.id > self._earlier
        if isinstance(word, Retrieval) and word.status == "not retrieved":
            # Once somebody else has read it, it can be got, and is asked for again.
            return word.why if (new and key not in self._read) or key in self._lost_to_all else None
        # What another person could not get is open to this one who could: a verdict of this sitting says so.
        return "" if key in self._lost_to_all and not isinstance(word, Retrieval) and not new else None

    def can_be_got(self, key: str) -> str:
        """Of a report that this reviewer could not get and is asked for all the same: why. '' of any other."""
        word = self.tally.on(key).word
        if not self._full_text or not isinstance(word, Retrieval) or self.lost(key) is not None:
            return ""
        since = (
            "another reviewer has read it: it may be here now, else ask for it" if key in self._read else "its full text was added since"
        )
        return f"You could not get the full text{f' ({word.why})' if word.why else ''}, but {since}. It waits for your verdict."

    # -- acts -----------------------------------------------------------------------------------------------

    def decide(self, verdict: str, reason: str = "") -> None:
        """Record a verdict on the current report, then go to the next open one. Raises UsageError or ReviewError; then nothing moved."""
        report = self._here()
        if verdict not in VERDICTS:
            raise UsageError(f"'{verdict}' is not a verdict.", f"Use {', '.join(VERDICTS)}.")
        if verdict == "exclude" and self.plan.reason_required and not reason:
            raise UsageError("An exclusion in this phase needs its reason.", "Choose one.")
        if report.key in self._disclosed:
            raise UsageError(
                "You have seen the others' votes on this record, so yours can't change any more.", "Say it in: review adjudicate"
            )
        self._append(
            Decision(record=report.key, records=report.keys, phase=self.plan.name, verdict=verdict, reason=reason, protocol=self.digest)
        )
        self._counted()
        self.forward()

    def not_retrieved(self, why: str) -> None:
        """Record that the full text of the current report could not be got."""
        report = self._here()
        self._append(Retrieval(record=report.key, records=report.keys, status="not retrieved", why=why, protocol=self.digest))
        self._counted()
        self.skip()  # open it is only where another has read it

    def note(self, text: str) -> None:
        """Keep a note on the current report; the verdict stays as it is."""
        report = self._here()
        self._append(Note(record=report.key, records=report.keys, phase=self.plan.name, note=text, protocol=self.digest))

    def tag(self, tags: Sequence[str]) -> None:
        """Keep the tags of the current report, in place of those before; the verdict stays as it is."""
        report = self._here()
        kept = tuple(dict.fromkeys(t.strip() for t in tags if t.strip()))
        self._append(Tags(record=report.key, records=report.keys, phase=self.plan.name, tags=kept, protocol=self.digest))

    def undo(self) -> Act | None:
        """Take back this reviewer's last standing act, and go to its report. None where there is nothing to take back."""
        last = self.tally.last()
        if last is None:
            return None
        key = self.shelf.report_of[last.record]
        if isinstance(last, Decision) and key in self._disclosed:
            raise UsageError(
                "You have seen the others' votes on that record, so yours can't be taken back.", "Say it in: review adjudicate"
            )
        self._append(Undo(undoes=last.id, protocol=self.digest))
        if isinstance(last, Decision | Retrieval):
            self.sitting = max(0, self.sitting - 1)
            self.pace.taken_back()
        self.go_to(key)
        return last

    # -- inside ---------------------------------------------------------------------------------------------

    def _here(self) -> Report:
        if self.current is None:
            raise UsageError("There is nothing left to decide.", "Go back to a record first.")
        return self.current

    def _append(self, event: Event) -> None:
        report = event.record if isinstance(event, Decision | Retrieval) else ""
        event = self.ledger.append(event)
        report = self.tally.add(event) or report
        if self._guide is not None and report:
            self._guide.told(report, self.tally.on(report).votes)
        place = self._where(report)
        if place >= 0:
            before = self._state[place] != CLOSED[0]
            now = self._is_open(report)
            if before != now:
                self._state[place] = now
                self._left += now - before
        elif report:  # not in the view: rare, and only by an undo
            self._left = sum(self._is_open(key) for key in self.offered)

    def _counted(self) -> None:
        self.sitting += 1
        self.pace.act(self.clock())

    def open_of(self, keys: Sequence[str]) -> bytearray:
        if self._full_text:
            return bytearray(map(self._is_open, keys))
        decided = self.tally.all_decided()  # the same, quicker
        return bytearray(key not in decided for key in keys)

    def choosing(self, way: str) -> None:
        """A way that is another than before is kept before what was chosen by it shows."""
        if way != self._way:
            with suppress(ReviewError, OSError):  # where the disk does not take it, it does not take a decision either
                self._append(Ordering(phase=self.plan.name, way=way, protocol=self.digest))
                self._way = way

    def _is_open(self, key: str) -> bool:
        return not self.tally.decided(key) and self.lost(key) is None
