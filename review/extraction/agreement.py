"""How far extractors agree, field by field, before any consensus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import combinations

from review.model.extraction import Agreement, Cell, Given
from review.model.protocol_evidence import ExtractionPlan, FormField
from review.model.values import canonical, same

CHOSEN = ("choice", "theme")  # answers that are categories, so that chance agreement has a meaning


def agreements(plan: ExtractionPlan, cells: Sequence[Cell], pilot: Collection[str]) -> tuple[Agreement, ...]:
    """For each pair of extractors and each field, over the cells that both answered; and once more over the pilot's studies.

    percent for all fields (numbers within their tolerance); Cohen's κ where answers are categories.
    """
    fields = {(form.question, f.id): f for form in plan.forms for f in form.fields}
    pairs: dict[tuple[str, str, str, str], list[tuple[str, Given, Given]]] = defaultdict(list)
    for cell in cells:
        by = {a.by: a for a in cell.answers}
        if len(by) < len(cell.answers):
            continue  # somebody says two things of it
        for one, two in combinations([p for p in plan.reviewers if p in by], 2):
            pairs[one, two, cell.question, cell.field].append((cell.report, by[one], by[two]))
    order = {key: n for n, key in enumerate(fields)}
    found = []
    for only in (False, True):
        for (one, two, question, name), rows in sorted(pairs.items(), key=lambda p: (p[0][:2], order.get(p[0][2:], 999), p[0])):
            chosen = [(a, b) for study, a, b in rows if not only or study in pilot]
            if chosen:
                found.append(_of(one, two, question, name, fields.get((question, name)), chosen, only))
    return tuple(found)


def _of(
    one: str, two: str, question: str, name: str, field: FormField | None, rows: Sequence[tuple[Given, Given]], pilot: bool
) -> Agreement:
    categories = field is not None and field.type in CHOSEN
    kappa = cohen([(canonical(field, a), canonical(field, b)) for a, b in rows]) if categories else None
    return Agreement(
        first=one,
        second=two,
        question=question,
        field=name,
        n=len(rows),
        same=sum(same(field, a, b) for a, b in rows),
        kappa=kappa,
        pilot=pilot,
    )


def cohen(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's κ of two raters over any number of categories (Cohen, Educ Psychol Meas 1960;20:37-46).

    None where there is no pair, or both used one category only: chance agreement is 1 then.
    """
    n = len(pairs)
    if not n:
        return None
    observed = sum(a == b for a, b in pairs) / n
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[c] * second[c] for c in first) / n**2
    return None if chance == 1 else (observed - chance) / (1 - chance)
