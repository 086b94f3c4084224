"""From answers to cells: which value stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from review.extraction.agreement import agreements
from review.extraction.instances import aligned
from review.model.events import Answer, Consensus, Event, standing
from review.model.extraction import Cell, CellState, Extraction, Given
from review.model.forms import applies
from review.model.protocol_parts import ExtractionPlan, Form, FormField
from review.model.study import Study
from review.model.values import problem, same

Place = tuple[str, str, str, int]  # study, form, field, instance


def extract(
    plan: ExtractionPlan,
    included: Sequence[str],
    report_of: Mapping[str, str],
    ledgers: Mapping[str, Sequence[Event]],
    studies: Sequence[Study] | None = None,
    tools: Mapping[str, int] | None = None,
) -> Extraction:
    """Fold the ledgers (who -> events, in order) over the included reports (keys).

    plan: with all its forms (`review.model.forms.plan_of`); studies: as people linked them, else each report its own;
    tools: the forms that are appraisal tools, which are counted apart, with the answers that each needs.
    """
    units = studies if studies is not None else tuple(Study(key=r, reports=(r,)) for r in included)
    study_of: dict[str, list[str]] = defaultdict(list)
    for study in units:
        for report in study.reports:
            study_of[report].append(study.key)
    fields = {(form.question, f.id): f for form in plan.forms for f in form.fields}
    given: dict[Place, dict[str, Given]] = defaultdict(dict)
    consensus: list[tuple[Place, Consensus]] = []
    for who in sorted(ledgers):
        for event in standing(list(ledgers[who])):
            if not isinstance(event, Answer) or event.by != who:
                continue
            candidates = study_of.get(report_of.get(event.record, ""), [])
            if not candidates:
                continue
            unit = event.study if event.study in candidates else candidates[0]
            field = fields.get((event.question, event.field))
            place = (unit, event.question, event.field, int(event.instance or 1) if field and field.group else 0)
            if isinstance(event, Consensus):
                consensus.append((place, event))
            elif who in plan.reviewers:
                given[place][who] = _given(event)
    given = aligned(plan, given)
    settled = _settled(given, consensus)
    order = {(form.question, f.id): (n, m) for n, form in enumerate(plan.forms) for m, f in enumerate(form.fields)}
    cells = []
    for place in sorted(
        given.keys() | settled.keys(), key=lambda p: (p[0], order.get(p[1:3], (99, 99))[0], p[3], order.get(p[1:3], (99, 99)), p[1:])
    ):
        answers = tuple(given[place][who] for who in plan.reviewers if who in given.get(place, {}))
        cells.append(_cell(place, (tools or {}).get(place[1], plan.votes), fields.get(place[1:3]), answers, settled.get(place)))
    appraisal = tools or {}
    keys = [u.key for u in units]
    return Extraction(
        cells=tuple(cells),
        left=_left(plan, [f for f in plan.forms if f.question not in appraisal], given, keys),
        unappraised=_left(plan, [f for f in plan.forms if f.question in appraisal], given, keys) if appraisal else (),
        studies=tuple(units),
        agreement=agreements(plan, cells, keys[: plan.pilot]),
    )


def _settled(given: Mapping[Place, Mapping[str, Given]], consensus: Sequence[tuple[Place, Consensus]]) -> dict[Place, Given]:
    """The latest consensus of each place. One that settles an answer stands where that answer now stands."""
    where = {a.id: place for place, by in given.items() for a in by.values()}
    found: dict[Place, Given] = {}
    for place, event in consensus:
        here = next((where[i] for i in event.settles if i in where), place)
        answer = _given(event)
        if here not in found or found[here].id < answer.id:
            found[here] = answer
    return found


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
        protocol=event.protocol,
        record=event.record,
    )


def _cell(place: Place, votes: int, field: FormField | None, answers: tuple[Given, ...], settled: Given | None) -> Cell:
    report, question, name, instance = place
    agree = bool(answers) and all(same(field, answers[0], a) for a in answers[1:])
    stands: Given | None = None
    state: CellState
    if settled is not None and not (agree and len(answers) >= votes):
        state, stands = "settled", settled
    elif len(answers) < votes:
        state, stands = "single", answers[0] if agree else None
    elif agree:
        state, stands = "agreed", answers[0]
    else:
        state = "differs"
    return Cell(
        report=report,
        question=question,
        field=name,
        instance=instance,
        state=state,
        answers=answers,
        stands=stands,
        again=_again(field, stands),
    )


def _again(field: FormField | None, stands: Given | None) -> str:
    """Why an answer must be looked at again: the form is no more the one that it was given to."""
    if stands is None:
        return ""
    if field is None:
        return "the form has no such field any more"
    wrong = "" if stands.missing else problem(field, stands.value)
    if wrong:
        return wrong
    if field.support and not (stands.quote or stands.note or stands.missing):
        return "a judgement needs a quote or a note that says why"
    return ""


Answered = Mapping[tuple[str, int], Given]


def _left(
    plan: ExtractionPlan, forms: Sequence[Form], given: Mapping[Place, Mapping[str, Given]], studies: Sequence[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(who, studies) where not one form is complete yet, or one is half filled."""
    by_form = {form.question: form for form in forms}
    answered: dict[tuple[str, str, str], dict[tuple[str, int], Given]] = defaultdict(dict)
    for (study, question, field, instance), by in given.items():
        if question in by_form:
            for who, answer in by.items():
                answered[who, study, question][field, instance] = answer
    verdicts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for (who, study, question), answers in answered.items():
        verdicts[who, study].append(complete(by_form[question], answers))
    done = {place for place, all_of in verdicts.items() if all(all_of)}
    return tuple((who, tuple(s for s in studies if (who, s) not in done)) for who in plan.reviewers)


def complete(form: Form, answers: Answered) -> bool:
    """Whether every required field of a form that is asked has an answer; in each instance of its group that was begun.

    answers: (field, instance) -> answer; instance 0 outside groups. Where nothing is required, any answer will do.
    """
    required = [f for f in form.fields if f.required]
    if not required:
        return bool(answers)
    return all((f.id, n) in answers for f in required for n in instances(form, f, answers) if applies(f, opened(form, f, n, answers)))


def instances(form: Form, field: FormField, answers: Answered) -> list[int]:
    """The instances of a field that must be looked at: [0] outside groups, else those begun, at least the first."""
    if not field.group:
        return [0]
    members = {f.id for f in form.fields if f.group == field.group}
    return sorted({n for f, n in answers if f in members} | {1})


def opened(form: Form, field: FormField, instance: int, answers: Answered) -> dict[str, str]:
    """The answers that the `when` of a field looks at: those of the same instance of its own group, and those outside groups."""
    found = {}
    groups = {f.id: f.group for f in form.fields}
    for other in field.when:
        n = instance if groups.get(other) and groups[other] == field.group else 1 if groups.get(other) else 0
        if answer := answers.get((other, n)):
            found[other] = answer.value or answer.missing
    return found
