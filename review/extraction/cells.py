"""From answers to cells: which value stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from review.model.events import Answer, Consensus, Event, standing
from review.model.extraction import Cell, Extraction, Given
from review.model.protocol_parts import ExtractionPlan, Form, FormField
from review.model.record import plain

Place = tuple[str, str, str]  # report, question, field


def extract(
    plan: ExtractionPlan, included: Sequence[str], report_of: Mapping[str, str], ledgers: Mapping[str, Sequence[Event]]
) -> Extraction:
    """Fold the ledgers (who -> events, in order) over the included reports (keys)."""
    given: dict[Place, dict[str, Given]] = defaultdict(dict)
    settled: dict[Place, Given] = {}
    wanted = set(included)
    for who in sorted(ledgers):
        for event in standing(list(ledgers[who])):
            if not isinstance(event, Answer) or event.by != who:
                continue
            report = report_of.get(event.record)
            if report not in wanted:
                continue
            place = (report, event.question, event.field)
            answer = _given(event)
            if isinstance(event, Consensus):
                if place not in settled or settled[place].id < answer.id:
                    settled[place] = answer
            elif who in plan.reviewers:
                given[place][who] = answer
    fields = {(form.question, f.id): (n, m, f) for n, form in enumerate(plan.forms) for m, f in enumerate(form.fields)}
    cells = []
    for place in sorted(given.keys() | settled.keys(), key=lambda p: (p[0], fields.get((p[1], p[2]), (99, 99))[:2], p[1:])):
        known = fields.get((place[1], place[2]))
        answers = tuple(given[place][who] for who in plan.reviewers if who in given.get(place, {}))
        cells.append(_cell(place, plan, known[2] if known else None, answers, settled.get(place)))
    done = _done(plan, given)
    left = tuple((who, tuple(r for r in included if (who, r) not in done)) for who in plan.reviewers)
    return Extraction(cells=tuple(cells), left=left)


def _given(event: Answer) -> Given:
    return Given(
        by=event.by,
        value=event.value,
        missing=event.missing,
        quote=event.quote,
        locator=event.locator,
        note=event.note,
        id=event.id,
        at=event.at,
    )


def _cell(place: Place, plan: ExtractionPlan, field: FormField | None, answers: tuple[Given, ...], settled: Given | None) -> Cell:
    report, question, name = place
    same = len({canonical(field, a) for a in answers}) == 1
    if settled is not None and not same:
        return Cell(report=report, question=question, field=name, state="settled", answers=answers, stands=settled)
    if len(answers) < plan.votes:
        return Cell(report=report, question=question, field=name, state="single", answers=answers, stands=answers[0] if same else None)
    if same:
        return Cell(report=report, question=question, field=name, state="agreed", answers=answers, stands=answers[0])
    return Cell(report=report, question=question, field=name, state="differs", answers=answers)


def canonical(field: FormField | None, answer: Given) -> str:
    """What two answers must share to be the same: the code, the number, the set of choices, or the words."""
    if answer.missing:
        return answer.missing
    if field and field.type == "number":
        try:
            return repr(float(answer.value.replace(",", "").strip()))
        except ValueError:
            pass
    if field and field.type == "choices":
        return "; ".join(sorted(plain(part) for part in answer.value.split(";") if part.strip()))
    return plain(answer.value)


def problem(form_field: FormField, value: str) -> str:
    """Why a value does not fit its field, in words; '' if it does."""
    if not value.strip():
        return "is empty; give a value or a missing code (NR, UC, NA)"
    if form_field.type == "number":
        try:
            float(value.replace(",", "").strip())
        except ValueError:
            return f"'{value}' is not a number"
    if form_field.type == "date":
        parts = value.strip().split("-")
        if not (1 <= len(parts) <= 3 and all(p.isdigit() for p in parts) and len(parts[0]) == 4):
            return f"'{value}' is not a date such as 2019, 2019-05 or 2019-05-31"
    if form_field.type in ("choice", "choices"):
        chosen = [v.strip() for v in value.split(";")] if form_field.type == "choices" else [value.strip()]
        if wrong := [v for v in chosen if v not in form_field.choices]:
            return f"'{wrong[0]}' is not a choice; allowed: {'; '.join(form_field.choices)}"
    return ""


def _done(plan: ExtractionPlan, given: Mapping[Place, Mapping[str, Given]]) -> set[tuple[str, str]]:
    """(who, report) where at least one question's form is complete and none is half filled."""
    answered: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for (report, question, field), by in given.items():
        for who in by:
            answered[who, report, question].add(field)
    verdicts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    forms = {form.question: form for form in plan.forms}
    for (who, report, question), names in answered.items():
        if form := forms.get(question):
            verdicts[who, report].append(complete(form, names))
    return {place for place, all_of in verdicts.items() if all(all_of)}


def complete(form: Form, answered: set[str]) -> bool:
    """Whether every required field of a form has an answer (any field, where none is required)."""
    required = {f.id for f in form.fields if f.required}
    return required <= answered if required else bool(answered)
