"""From answers to cells: which value stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from review.extraction.agreement import agreements
from review.extraction.folding import Place, about, folded
from review.extraction.folding import given as as_given
from review.extraction.instances import aligned
from review.model.events import Answer, Consensus, Event, standing
from review.model.extraction import Cell, CellState, Extraction, Given
from review.model.forms import STUDY, applies, place_of
from review.model.protocol_evidence import ExtractionPlan, Form, FormField
from review.model.study import Study
from review.model.values import problem, same, uncoded


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

    def unit_of(event: Answer) -> str:
        candidates = study_of.get(report_of.get(event.record, ""), [])
        return event.study if event.study in candidates else candidates[0] if candidates else ""

    given: dict[Place, dict[str, Given]] = defaultdict(dict)
    besides: dict[str, tuple[Given, ...]] = {}  # the id of an answer -> what the same person said of another report of the study
    consensus: list[tuple[Place, Consensus]] = []
    for who in sorted(ledgers):
        own = [e for e in ledgers[who] if e.by == who]
        for place, (latest, *others) in folded(own, unit_of, plan).items() if who in plan.reviewers else ():
            given[place][who] = as_given(latest)
            besides[latest.id] = tuple(map(as_given, others))
        for event in standing(own):
            if isinstance(event, Consensus) and (unit := unit_of(event)):
                there = place_of(plan, event.question, event.field)
                field = fields.get(there)
                consensus.append(((unit, *there, int(event.instance or 1) if field and field.group else 0), event))
    given = aligned(plan, given)
    settled = _settled(given, consensus, fields)
    order = {(form.question, f.id): (n, m) for n, form in enumerate(plan.forms) for m, f in enumerate(form.fields)}
    cells = []
    for place in sorted(
        given.keys() | settled.keys(), key=lambda p: (p[0], order.get(p[1:3], (99, 99))[0], p[3], order.get(p[1:3], (99, 99)), p[1:])
    ):
        latest_of = given.get(place, {})
        answers = tuple(a for who in plan.reviewers if who in latest_of for a in (latest_of[who], *besides[latest_of[who].id]))
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


def _settled(
    given: Mapping[Place, Mapping[str, Given]], consensus: Sequence[tuple[Place, Consensus]], fields: Mapping[tuple[str, str], FormField]
) -> dict[Place, Given]:
    """The latest consensus of each place. One that settles an answer stands where that answer now stands.

    As of answers, one replaces another that was given to the same records. Where two differ that were given to reports which are one
    study since, neither stands, and what people answered is to be settled anew.
    """
    where = {a.id: place for place, by in given.items() for a in by.values()}
    found: dict[Place, list[Consensus]] = defaultdict(list)
    for place, event in sorted(consensus, key=lambda c: c[1].id):
        here = found[next((where[i] for i in event.settles if i in where), place)]
        here[:] = [*(e for e in here if e.record not in about(event)), event]
    told = {place: list(map(as_given, events)) for place, events in found.items()}
    return {
        place: answers[-1]
        for place, answers in told.items()
        if place not in given or all(same(fields.get(place[1:3]), answers[-1], a) for a in answers)
    }


def _cell(place: Place, votes: int, field: FormField | None, answers: tuple[Given, ...], settled: Given | None) -> Cell:
    report, question, name, instance = place
    agree = bool(answers) and all(same(field, answers[0], a) for a in answers[1:])
    people = len({a.by for a in answers})
    stands: Given | None = None
    state: CellState
    if settled is not None and not (agree and people >= votes):
        state, stands = "settled", settled
    elif people < votes:
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
    wrong = "" if stands.missing else problem(field, stands.value) or uncoded(field, stands.value)
    if wrong:
        return wrong
    if field.support and not (stands.quote or stands.note or stands.missing):
        return "a judgement needs a quote or a note that says why"
    return ""


Answered = Mapping[tuple[str, int], Given]


def _left(
    plan: ExtractionPlan, forms: Sequence[Form], given: Mapping[Place, Mapping[str, Given]], studies: Sequence[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(who, studies) that are not done (`finished`)."""
    by_form = {form.question: form for form in forms}
    answered: dict[tuple[str, str, str], dict[tuple[str, int], Given]] = defaultdict(dict)
    for (study, question, field, instance), by in given.items():
        if question in by_form:
            for who, answer in by.items():
                answered[who, study, question][field, instance] = answer
    begun: dict[tuple[str, str], dict[str, Answered]] = defaultdict(dict)
    for (who, study, question), answers in answered.items():
        begun[who, study][question] = answers
    done = {place for place, by_question in begun.items() if finished(forms, by_question)}
    return tuple((who, tuple(s for s in studies if (who, s) not in done)) for who in plan.reviewers)


def finished(forms: Sequence[Form], answers: Mapping[str, Answered]) -> bool:
    """Whether a study is done: at least one question's form is complete, none is half filled, and what is true of the study is told.

    answers: of one person on one study, by form.
    """
    states = {form.question: complete(form, answers[form.question]) for form in forms if answers.get(form.question)}
    if not states or not all(states.values()):
        return False
    study = next((form for form in forms if form.question == STUDY), None)
    if study is None:
        return True
    return (STUDY in states or not any(f.required for f in study.fields)) and (len(forms) == 1 or bool(states.keys() - {STUDY}))


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
