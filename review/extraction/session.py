"""An extractor's sitting, and the settling of differences. Know no terminal; every answer is on disk before the next."""

from __future__ import annotations

from collections.abc import Sequence

from review.errors import UsageError
from review.extraction.cells import complete, problem
from review.ledger import FileLedger
from review.model.events import MISSING, Answer, Consensus, Event, Undo, standing
from review.model.extraction import Cell
from review.model.protocol_parts import ExtractionPlan, FormField
from review.model.record import Report


class Extracting:
    """One extractor over the included reports. Sees nobody else's answers."""

    def __init__(self, ledger: FileLedger, who: str, plan: ExtractionPlan, digest: str, reports: Sequence[Report]) -> None:
        self.ledger, self.who, self.plan, self.digest = ledger, who, plan, digest
        self.reports = list(reports)
        self.events: list[Event] = ledger.events()
        self._report_of = {k: r.key for r in reports for k in r.keys}
        self.fields: list[tuple[str, FormField]] = [(form.question, f) for form in plan.forms for f in form.fields]
        self.answers: dict[tuple[str, str, str], Answer] = {}
        self._recount()
        self.position = next((i for i, r in enumerate(self.reports) if not self.done(r.key)), 0)

    @property
    def current(self) -> Report:
        return self.reports[self.position]

    def mine(self, question: str, field: str) -> Answer | None:
        """This extractor's standing answer for a field of the current report."""
        return self.answers.get((self.current.key, question, field))

    def done(self, report: str) -> bool:
        """Whether at least one question's form is complete for a report, and none half filled."""
        states = []
        for form in self.plan.forms:
            names = {f for (r, q, f) in self.answers if r == report and q == form.question}
            if names:
                states.append(complete(form, names))
        return bool(states) and all(states)

    def answer(
        self, question: str, field: str, value: str = "", missing: str = "", quote: str = "", locator: str = "", note: str = ""
    ) -> None:
        """Record an answer for the current report. Raises UsageError where it does not fit the form; then nothing is kept."""
        form_field = next((f for q, f in self.fields if (q, f.id) == (question, field)), None)
        if form_field is None:
            raise UsageError(f"There is no field {question}.{field}.", "")
        wrong = ("" if missing in MISSING else f"'{missing}' is not a missing code") if missing else problem(form_field, value)
        if wrong:
            raise UsageError(f"{form_field.label}: {wrong}", "")
        report = self.current
        event = Answer(
            record=report.key, records=report.keys, question=question, field=field, value="" if missing else value.strip(), missing=missing,
            quote=quote.strip(), locator=locator.strip(), note=note.strip(), protocol=self.digest,
        )  # fmt: skip
        self.events.append(self.ledger.append(event))
        self._recount()

    def not_for(self, question: str) -> None:
        """Say that the current report does not answer a question: every field of its form is not applicable."""
        report = self.current
        events: list[Event] = [
            Answer(record=report.key, records=report.keys, question=question, field=f.id, missing="NA", protocol=self.digest)
            for q, f in self.fields
            if q == question
        ]
        self.events += self.ledger.append_all(events)
        self._recount()

    def undo(self) -> Answer | None:
        """Take back the last standing answer, or the whole of a "not for this question", and go to its report."""
        mine = [e for e in standing(self.events) if isinstance(e, Answer) and not isinstance(e, Consensus) and e.record in self._report_of]
        if not mine:
            return None
        last = mine[-1]
        form = [f.id for q, f in self.fields if q == last.question]
        group = mine[-len(form) :] if form else []
        whole = [e.field for e in group] == form and all(
            (e.record, e.question, e.missing) == (last.record, last.question, "NA") for e in group
        )
        undone = group if whole else [last]
        self.events += self.ledger.append_all([Undo(undoes=e.id, protocol=self.digest) for e in reversed(undone)])
        self._recount()
        key = self._report_of[last.record]
        self.position = next(i for i, r in enumerate(self.reports) if r.key == key)
        return undone[0]

    def step(self, by: int) -> None:
        self.position = max(0, min(len(self.reports) - 1, self.position + by))

    def _recount(self) -> None:
        self.answers = {}
        for event in standing(self.events):
            if isinstance(event, Answer) and not isinstance(event, Consensus) and (key := self._report_of.get(event.record)):
                self.answers[key, event.question, event.field] = event


class Settling:
    """A person over the answers that differ. Both originals stay; the consensus is another line."""

    def __init__(
        self, ledger: FileLedger, who: str, plan: ExtractionPlan, digest: str, reports: dict[str, Report], cells: Sequence[Cell]
    ) -> None:
        """cells: those that differ, and those that this person settled."""
        self.ledger, self.who, self.plan, self.digest, self.reports = ledger, who, plan, digest, reports
        self.cells = list(cells)
        self.fields = {(form.question, f.id): f for form in plan.forms for f in form.fields}
        self.events: list[Event] = ledger.events()
        self._place = {(c.report, c.question, c.field): n for n, c in enumerate(cells)}
        self._report_of = {k: r.key for r in reports.values() for k in r.keys}
        self.sitting = 0
        self.position = self._next_open()

    @property
    def settled(self) -> dict[int, Consensus]:
        """This person's standing consensus, by the number of its cell."""
        mine = (e for e in standing(self.events) if isinstance(e, Consensus))
        return {n: e for e in mine if (n := self._place.get((self._report_of.get(e.record, ""), e.question, e.field))) is not None}

    @property
    def current(self) -> Cell | None:
        return self.cells[self.position] if 0 <= self.position < len(self.cells) else None

    @property
    def left(self) -> int:
        return len(self.cells) - len(self.settled)

    def take(self, n: int, note: str = "") -> None:
        """Let the n-th answer (0 is the first) stand."""
        cell = self._here()
        given = cell.answers[n]
        self._append(cell, given.value, given.missing, given.quote, given.locator, note)

    def third(self, value: str, missing: str, note: str, quote: str = "", locator: str = "") -> None:
        """Let a third value stand; it needs a reason."""
        cell = self._here()
        field = self.fields.get((cell.question, cell.field))
        wrong = ("" if missing in MISSING else f"'{missing}' is not a missing code") if missing else problem(field, value) if field else ""
        if wrong:
            raise UsageError(wrong, "")
        if not note.strip():
            raise UsageError("A third value needs a reason.", "")
        self._append(cell, value, missing, quote, locator, note)

    def undo(self) -> bool:
        """Take back this person's last standing consensus, and go to its cell. False where there is none."""
        settled = self.settled
        if not settled:
            return False
        position = max(settled, key=lambda n: settled[n].id)
        self.events.append(self.ledger.append(Undo(undoes=settled[position].id, protocol=self.digest)))
        self.sitting = max(0, self.sitting - 1)
        self.position = position
        return True

    def step(self, by: int) -> None:
        if self.cells:
            self.position = max(0, min(len(self.cells) - 1, self.position + by))

    def _here(self) -> Cell:
        if self.current is None:
            raise UsageError("There is no difference left.", "")
        return self.current

    def _append(self, cell: Cell, value: str, missing: str, quote: str, locator: str, note: str) -> None:
        report = self.reports[cell.report]
        event = Consensus(
            record=report.key, records=report.keys, question=cell.question, field=cell.field, value="" if missing else value.strip(), missing=missing,
            quote=quote, locator=locator, note=note.strip(), settles=tuple(a.id for a in cell.answers), protocol=self.digest,
        )  # fmt: skip
        self.events.append(self.ledger.append(event))
        self.sitting += 1
        self.position = self._next_open()

    def _next_open(self) -> int:
        settled = self.settled
        return next((i for i in range(len(self.cells)) if i not in settled), len(self.cells))
