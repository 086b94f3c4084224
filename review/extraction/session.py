"""An extractor's sitting. Knows no terminal; every answer is on disk before the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from review.errors import UsageError
from review.extraction.cells import finished, instances, opened
from review.extraction.folding import Place
from review.extraction.units import Units, named
from review.ledger import FileLedger
from review.model.events import MISSING, Answer, Consensus, Event, Note, Undo, standing
from review.model.extraction import Given
from review.model.forms import applies
from review.model.protocol_evidence import ExtractionPlan, Form, FormField
from review.model.record import Report
from review.model.values import problem

PART = "extraction"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the form of the study in hand. instance: of a repeatable group, 1 …; 0 outside groups."""

    question: str
    field: FormField
    instance: int = 0

    @property
    def place(self) -> tuple[str, str, int]:
        return self.question, self.field.id, self.instance


class Extracting:
    """One extractor over the included studies. Sees nobody else's answers."""

    def __init__(self, ledger: FileLedger, who: str, plan: ExtractionPlan, digest: str, reports: Sequence[Report]) -> None:
        """plan: with the forms to fill in this sitting; reports: the studies (`units`), in the order in which to do them."""
        self.ledger, self.who, self.plan, self.digest = ledger, who, plan, digest
        self.reports = list(reports)
        self.events: list[Event] = ledger.events()
        self._units = Units(reports)
        self._forms = {form.question: form for form in plan.forms}
        self._groups = {(form.question, f.id): f.group for form in plan.forms for f in form.fields}
        self.besides: dict[Place, tuple[Answer, ...]] = {}  # what this person said of another report of the study, where that is different
        self._begun: dict[tuple[str, str, str], int] = {}  # study, form, group -> instances opened, answered or not
        self.answers: dict[Place, Answer] = {}
        # By study, so that a key costs the same in a long ledger: its events, the places that have an answer, whether it is done.
        self._events_of: dict[str, list[Event]] = defaultdict(list)
        self._unit_of: dict[str, str] = {}  # an event's id -> the study it is about
        self._places: dict[str, list[Place]] = defaultdict(list)
        self._told: dict[str, dict[str, dict[tuple[str, int], Given]]] = {}  # study -> form -> its answers
        self._done: dict[str, bool] = {}
        for study in dict.fromkeys(self._sort(event) for event in self.events):
            self._fold(study)
        self.position = next((i for i, r in enumerate(self.reports) if not self.done(r.key)), 0)

    @property
    def current(self) -> Report:
        return self.reports[self.position]

    @property
    def pilot(self) -> bool:
        """Whether the study in hand is one of those extracted first, to test the form."""
        return self.position < self.plan.pilot

    # -- the form -------------------------------------------------------------------------------------------

    def slots(self) -> list[Slot]:
        """The places of the forms for the study in hand, in order: a group once for each instance, and only what is asked."""
        found: list[Slot] = []
        for form in self.plan.forms:
            answers = self._form_answers(self.current.key, form.question)
            told: set[str] = set()
            for field in form.fields:
                if field.group in told:
                    continue
                members = [field] if not field.group else [f for f in form.fields if f.group == field.group]
                told |= {field.group} - {""}
                numbers = instances(form, field, answers)
                if field.group:
                    numbers = list(range(1, max(*numbers, self._begun.get((self.current.key, form.question, field.group), 1)) + 1))
                found += [Slot(form.question, f, n) for n in numbers for f in members if applies(f, opened(form, f, n, answers))]
        return found

    def another(self, question: str, group: str) -> int:
        """Open one more instance of a group for the study in hand; its number. Nothing is kept until it has an answer."""
        key = (self.current.key, question, group)
        form = self._forms[question]
        first = next(f for f in form.fields if f.group == group)
        last = max(instances(form, first, self._form_answers(self.current.key, question)))
        if any(s.instance == last and self.mine(*s.place) for s in self.slots() if s.question == question and s.field.group == group):
            self._begun[key] = last + 1
        return max(self._begun.get(key, 1), last)

    def mine(self, question: str, field: str, instance: int | None = None) -> Answer | None:
        """This extractor's standing answer for a field of the study in hand."""
        return self.answers.get((self.current.key, question, field, self._number(question, field, instance)))

    def open(self, slot: Slot) -> bool:
        """Whether a place of the study in hand waits for an answer: it has none, or two reports were answered differently."""
        return not self.mine(*slot.place) or (self.current.key, *slot.place) in self.besides

    def done(self, study: str) -> bool:
        """Whether a study is done (`finished`)."""
        return self._done.get(study, False)

    def left(self) -> int:
        """How many places of the study in hand have no answer yet, in the forms that were begun (all, where none was)."""
        slots = self.slots()
        begun = {s.question for s in slots if self.mine(*s.place)}
        return sum(self.open(s) for s in slots if not begun or s.question in begun)

    # -- what goes to disk ----------------------------------------------------------------------------------

    def answer(
        self, question: str, field: str, value: str = "", missing: str = "", quote: str = "", locator: str = "", note: str = "",
        instance: int | None = None,
    ) -> None:  # fmt: skip
        """Record an answer for the study in hand. Raises UsageError where it does not fit the form; then nothing is kept."""
        form_field = next((f for form in self.plan.forms if form.question == question for f in form.fields if f.id == field), None)
        if form_field is None:
            raise UsageError(f"There is no field {question}.{field}.", "")
        if wrong := misfit(form_field, value, missing, quote, note):
            raise UsageError(f"{form_field.label}: {wrong}", "")
        number = self._number(question, field, instance)
        event = Answer(
            question=question, field=field, value="" if missing else value.strip(), missing=missing, quote=quote.strip(), locator=locator.strip(),
            note=note.strip(), instance=str(number) if number > 1 else "", protocol=self.digest, **named(self.current),  # type: ignore[arg-type]
        )  # fmt: skip
        self._take([self.ledger.append(event)])

    def annotate(self, note: str) -> None:
        """Record a remark on the study in hand; '' takes it away. It touches no answer."""
        about = {k: v for k, v in named(self.current).items() if k != "study"}
        self.events.append(self.ledger.append(Note(note=note.strip(), phase=PART, protocol=self.digest, **about)))  # type: ignore[arg-type]

    @property
    def note(self) -> str:
        """This extractor's remark on the study in hand."""
        keys = set(self.current.keys)
        return next((e.note for e in reversed(standing(self.events)) if isinstance(e, Note) and e.record in keys), "")

    def not_for(self, question: str) -> None:
        """Say that the study in hand does not answer a question: every field of its form is not applicable."""
        events: list[Event] = [
            Answer(question=question, field=f.id, missing="NA", protocol=self.digest, **named(self.current))  # type: ignore[arg-type]
            for f in self._forms[question].fields
            if not f.when
        ]
        self._take(self.ledger.append_all(events))

    def undo(self) -> Answer | Note | None:
        """Take back the last standing answer or note, or the whole of a "not for this question", and go to its study."""
        mine = [
            e
            for e in standing(self.events)
            if (isinstance(e, Answer) and not isinstance(e, Consensus) and self._units.of(e) and e.question in self._forms)
            or (isinstance(e, Note) and e.phase == PART)
        ]
        if not mine:
            return None
        last = mine[-1]
        undone: list[Event] = [last]
        if isinstance(last, Answer):
            form = [f.id for f in self._forms[last.question].fields if not f.when]
            group = [e for e in mine[-len(form) :] if isinstance(e, Answer)]
            if [e.field for e in group] == form and all(
                (e.record, e.question, e.missing) == (last.record, last.question, "NA") for e in group
            ):
                undone = list(group)
        self._take(self.ledger.append_all([Undo(undoes=e.id, protocol=self.digest) for e in reversed(undone)]))
        if isinstance(last, Answer):
            key = self._units.of(last)
            self.position = next(i for i, r in enumerate(self.reports) if r.key == key)
        return undone[0]  # type: ignore[return-value]

    def step(self, by: int) -> None:
        self.position = max(0, min(len(self.reports) - 1, self.position + by))

    # -- helpers --------------------------------------------------------------------------------------------

    def _number(self, question: str, field: str, instance: int | None) -> int:
        return (instance or 1) if self._groups.get((question, field)) else 0

    def _form_answers(self, study: str, question: str) -> dict[tuple[str, int], Given]:
        return self._told.get(study, {}).get(question, {})

    def _take(self, events: Iterable[Event]) -> None:
        """What was appended counts from now on."""
        new = list(events)
        self.events += new
        for study in dict.fromkeys(self._sort(event) for event in new):
            self._fold(study)

    def _sort(self, event: Event) -> str:
        """Put an event to its study; '' where it is about none."""
        study = (
            self._unit_of.get(event.undoes, "") if isinstance(event, Undo) else self._units.of(event) if isinstance(event, Answer) else ""
        )
        if study:
            self._unit_of[event.id] = study
            self._events_of[study].append(event)
        return study

    def _fold(self, study: str) -> None:
        """Count the answers of a study anew."""
        for place in self._places.pop(study, ()):
            self.answers.pop(place, None)
            self.besides.pop(place, None)
        told: dict[str, dict[tuple[str, int], Given]] = defaultdict(dict)
        for place, (latest, *others) in self._units.answers(self._events_of[study], self.plan).items() if study else ():
            self.answers[place] = latest
            if others:
                self.besides[place] = tuple(others)
            self._places[study].append(place)
            told[place[1]][place[2:]] = _given(latest)
        self._told[study] = told
        self._done[study] = finished(self.plan.forms, told)


def misfit(field: FormField, value: str, missing: str, quote: str, note: str) -> str:
    """Why an answer does not fit its field, in words; '' if it does."""
    if missing:
        return "" if missing in MISSING else f"'{missing}' is not a missing code"
    if wrong := problem(field, value):
        return wrong
    if field.support and not (quote.strip() or note.strip()):
        return "a judgement needs a quote, or a note that says why"
    return ""


def only(plan: ExtractionPlan, questions: Sequence[str]) -> ExtractionPlan:
    """The plan with some of its forms."""
    forms: tuple[Form, ...] = tuple(f for f in plan.forms if f.question in questions)
    return plan.model_copy(update={"forms": forms})


def _given(event: Answer) -> Given:
    return replace(Given(by=event.by), value=event.value, missing=event.missing)
