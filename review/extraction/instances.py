"""The instances of repeatable groups, laid side by side: one extractor's second outcome may be the other's first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from review.extraction.folding import Place
from review.model.extraction import Given
from review.model.protocol_evidence import ExtractionPlan, FormField
from review.model.values import canonical


def aligned(plan: ExtractionPlan, given: Mapping[Place, Mapping[str, Given]]) -> dict[Place, dict[str, Given]]:
    """The same answers, each under the instance's number in common.

    The first field of a group names its instances. Extractors' instances of one name are one, whatever their numbers; what
    is then left stands side by side in its order. Numbers are those of the extractor whom the plan names first.
    """
    heads = {(form.question, f.id): f.group for form in plan.forms for f in form.fields if f.group}
    fields = {(form.question, f.id): f for form in plan.forms for f in form.fields}
    first: dict[tuple[str, str], str] = {}
    for (question, field), group in heads.items():
        first.setdefault((question, group), field)
    # study, form, group -> who -> number -> name
    seen: dict[tuple[str, str, str], dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for (study, question, field, number), by in given.items():
        if (question, field) in heads:
            group = heads[question, field]
            for who, answer in by.items():
                names = seen[study, question, group][who]
                names.setdefault(number, "")
                if field == first[question, group]:
                    names[number] = _name(fields[question, field], answer)
    moved = {key: _numbers(plan.reviewers, by) for key, by in seen.items()}
    found: dict[Place, dict[str, Given]] = defaultdict(dict)
    for (study, question, field, number), by in given.items():
        for who, answer in by.items():
            n = moved[study, question, heads[question, field]][who][number] if (question, field) in heads else 0
            found[study, question, field, n][who] = answer
    return found


def _name(field: FormField, answer: Given) -> str:
    return "" if answer.missing else canonical(field, answer)


def _numbers(people: tuple[str, ...], by: Mapping[str, Mapping[int, str]]) -> dict[str, dict[int, int]]:
    """who -> their number -> the number in common."""
    taken: dict[int, str] = {}  # number in common -> name
    found: dict[str, dict[int, int]] = {}
    for who in [p for p in people if p in by]:
        mine: dict[int, int] = {}
        free = dict(taken)
        for number, name in sorted(by[who].items()):
            place = next((n for n, other in sorted(free.items()) if name and other == name), None)
            if place is not None:
                mine[number] = place
                del free[place]
        for number, name in sorted(by[who].items()):
            if number not in mine:
                # Beside one whose name is another only while nothing better is known: they will differ, and be looked at.
                place = min(free) if free else max([*taken, *mine.values()], default=0) + 1
                free.pop(place, None)
                mine[number] = place
                taken.setdefault(place, name)
        found[who] = mine
    return found
