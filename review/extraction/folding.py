"""One person's answers as they stand, each in its place in the forms as they now are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from review.model.events import Answer, Consensus, Event, standing
from review.model.extraction import Given
from review.model.forms import place_of
from review.model.protocol_evidence import ExtractionPlan, FormField
from review.model.values import same

Place = tuple[str, str, str, int]  # study, form, field, instance as its extractor numbered it (0: not repeatable)


def folded(events: Sequence[Event], unit_of: Callable[[Answer], str], plan: ExtractionPlan) -> dict[Place, tuple[Answer, ...]]:
    """place -> the latest answer, and after it those that nothing replaced and that say something else.

    plan: with all its forms, whole. unit_of: the study that an answer is about, '' for none. No consensus is among them.

    An answer replaces an earlier one where it was given to the same records: what somebody said of one report of a study is
    not taken back by what they said of another, so two that differ both stand, for a person to look at. Not reported and
    unclear are said of a document, and give way to what another tells. The instances of a group that two reports tell of stand
    one after the other. An answer to a field that has moved counts where the field is now, unless it was a not applicable.
    """
    fields = {(form.question, f.id): f for form in plan.forms for f in form.fields}
    found: dict[Place, list[Answer]] = defaultdict(list)
    numbering: dict[tuple[str, str, str], _Numbers] = defaultdict(_Numbers)
    for event in standing(events):
        if not isinstance(event, Answer) or isinstance(event, Consensus) or not (unit := unit_of(event)):
            continue
        there = place_of(plan, event.question, event.field)
        moved = there != (event.question, event.field)
        if moved and event.missing == "NA":
            continue
        field = fields.get(there)
        n = numbering[unit, there[0], field.group].of(event) if field and field.group else 0
        before = found[unit, *there, n]
        here = (event.question, event.field)
        stay = [a for a in before if a.record not in about(event) or (moved and (a.question, a.field) != here)]
        before[:] = [event, *stay]
    return {place: _told(answers, fields.get(place[1:3])) for place, answers in found.items()}


def about(event: Answer) -> frozenset[str]:
    """The records that an answer was given to."""
    return frozenset((event.record, *event.records))


class _Numbers:
    """The instances of one person's group: those of another report follow those that are there."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.taken = 0
        self.of_report: dict[tuple[str, int], int] = {}  # record, number given there -> number in the study

    def of(self, event: Answer) -> int:
        n = int(event.instance or 1)
        # Who had all reports of the study before them numbered them as they are; else it is the report's own number.
        number = n if self.seen <= about(event) else self.of_report.get((event.record, n), self.taken + 1)
        self.of_report.setdefault((event.record, n), number)
        self.seen.add(event.record)
        self.taken = max(self.taken, number)
        return number


def _told(answers: list[Answer], field: FormField | None) -> tuple[Answer, ...]:
    """The answers of one place without those that say the same as one before them, or say nothing where another does."""
    if len(answers) == 1:
        return tuple(answers)
    if any(a.missing not in ("NR", "UC") for a in answers):
        answers = [a for a in answers if a.missing not in ("NR", "UC")]
    kept: list[Answer] = []
    for answer in answers:
        if not any(same(field, given(answer), given(other)) for other in kept):
            kept.append(answer)
    return tuple(kept)


def given(event: Answer) -> Given:
    return Given(
        by=event.by, value=event.value, missing=event.missing, quote=event.quote, locator=event.locator, note=event.note, id=event.id, at=event.at,
        protocol=event.protocol, record=event.record,
    )  # fmt: skip
