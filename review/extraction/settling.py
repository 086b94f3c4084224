"""The settling of differences: both originals stay, the consensus is another line."""

from __future__ import annotations

from collections.abc import Sequence

from review.errors import UsageError
from review.extraction.session import misfit
from review.extraction.units import Units, named
from review.ledger import FileLedger
from review.model.events import Consensus, Event, Undo, standing
from review.model.extraction import Cell
from review.model.protocol_evidence import ExtractionPlan
from review.model.record import Report


class Settling:
    """A person over the answers that differ."""

    def __init__(
        self, ledger: FileLedger, who: str, plan: ExtractionPlan, digest: str, reports: dict[str, Report], cells: Sequence[Cell]
    ) -> None:
        """reports: the studies by key; cells: those that differ, and those that this person settled."""
        self.ledger, self.who, self.plan, self.digest, self.reports = ledger, who, plan, digest, reports
        self.cells = list(cells)
        self.fields = {(form.question, f.id): f for form in plan.forms for f in form.fields}
        self.events: list[Event] = ledger.events()
        self._place = {(c.report, c.question, c.field, c.instance): n for n, c in enumerate(cells)}
        self._answered = {a.id: n for n, c in enumerate(cells) for a in c.answers}
        self._units = Units(reports.values())
        self.sitting = 0
        self.position = self._next_open()

    @property
    def settled(self) -> dict[int, Consensus]:
        """This person's standing consensus, by the number of its cell."""
        found = {}
        for event in standing(self.events):
            if isinstance(event, Consensus) and (n := self._cell_of(event)) is not None:
                found[n] = event
        return found

    def _cell_of(self, event: Consensus) -> int | None:
        for answer in event.settles:
            if answer in self._answered:
                return self._answered[answer]
        field = self.fields.get((event.question, event.field))
        number = int(event.instance or 1) if field and field.group else 0
        return self._place.get((self._units.of(event), event.question, event.field, number))

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
        self._append(cell, given.value, given.missing, given.quote, given.locator, note or given.note)

    def third(self, value: str, missing: str, note: str, quote: str = "", locator: str = "") -> None:
        """Let a third value stand; it needs a reason."""
        cell = self._here()
        field = self.fields.get((cell.question, cell.field))
        if field and (wrong := misfit(field, value, missing, quote, note)):
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
        event = Consensus(
            question=cell.question, field=cell.field, value="" if missing else value.strip(), missing=missing, quote=quote, locator=locator,
            note=note.strip(), settles=tuple(a.id for a in cell.answers), instance=str(cell.instance) if cell.instance > 1 else "",
            protocol=self.digest, **named(self.reports[cell.report]),  # type: ignore[arg-type]
        )  # fmt: skip
        self.events.append(self.ledger.append(event))
        self.sitting += 1
        self.position = self._next_open()

    def _next_open(self) -> int:
        settled = self.settled
        return next((i for i in range(len(self.cells)) if i not in settled), len(self.cells))
