"""What the ledgers prove of extraction and appraisal: two people, and one value that stands (MECIR C45, C46, C53)."""

from __future__ import annotations

from collections import Counter

from review.model.extraction import Cell
from review.model.forms import plan_of as plan_of_forms
from review.model.forms import tools
from review.model.words import counted
from review.report.material import Item, Material
from review.report.predicate import Predicate, Titles, made


def extracted(material: Material, known: Titles) -> list[Predicate]:
    """Two independent values for each required field of each form that somebody began, and one that stands (MECIR C45, C46);
    the same for the judgements of the appraisal tools, where there are any (C53)."""
    cells: dict[tuple[str, str, str], list[Cell]] = {}
    for c in material.extraction.cells:
        cells.setdefault((c.report, c.question, c.field), []).append(c)
    judged = tools(material.protocol)
    lacking: dict[bool, list[Item]] = {True: [], False: []}
    numbers = Counter({True: 0, False: 0})
    for study, form, field in wanted(material):
        appraises = form in judged
        numbers[appraises] += 1
        if why := next(filter(None, (_why_not(c, appraises) for c in cells.get((study, form, field), [None]))), ""):
            lacking[appraises].append(known.item(study, f"{form}.{field}: {why}"))
    for appraises in (False, True):
        none = sorted(set(studies(material)) - {c.report for c in material.extraction.cells if (c.question in judged) == appraises})
        lacking[appraises] += [known.item(s, "has not been appraised" if appraises else "nothing has been extracted") for s in none]
        numbers[appraises] += len(none)
    n, ok = numbers[False], numbers[False] - len(lacking[False])
    said = (
        f"{ok:,} of {counted(n, 'value')} that the forms require {'has' if ok == 1 else 'have'} two extractors and one value that stands."
    )
    if not n:
        said = "No report is included yet, so there is nothing to extract."
    found = [made("dual-extraction", "Two people extracted each required value", n, lacking[False], "values", said)]
    if judged:
        n, ok = numbers[True], numbers[True] - len(lacking[True])
        said = f"{ok:,} of {counted(n, 'judgement')} on risk of bias {'has' if ok == 1 else 'have'} two assessors and one judgement that stands."
        if not any(c.question in judged for c in material.extraction.cells):
            said = "No study has been appraised yet."
        found.append(made("dual-appraisal", "Two people judged the risk of bias", n, lacking[True], "judgements", said))
    return found


def appraised(material: Material) -> set[str]:
    """Studies with a judgement of some appraisal tool that stands; a missing code is none."""
    judged = tools(material.protocol)
    return {c.report for c in material.extraction.cells if c.question in judged and c.stands and c.stands.value}


def wanted(material: Material) -> list[tuple[str, str, str]]:
    """(study, form, field) of every field that the forms require, of the forms that somebody began for a study.

    Where a form requires none, all count. Fields of repeatable groups, and those asked only after another's answer, count
    once they are answered.
    """
    cells = material.extraction.cells
    begun = {(c.report, c.question) for c in cells}
    answered = {(c.report, c.question, c.field) for c in cells}
    places = []
    for form in plan_of_forms(material.protocol).forms:
        asked = [f for f in form.fields if f.required] or list(form.fields)
        for study, question in begun:
            if question == form.question:
                places += [(study, question, f.id) for f in asked if not (f.group or f.when) or (study, question, f.id) in answered]
    return sorted(places)


def included(material: Material) -> list[str]:
    """Reports that the last phase keeps."""
    return material.phases[-1].included if material.phases else []


def studies(material: Material) -> list[str]:
    """Keys of the included studies: a report that nobody linked is one of its own."""
    return [s.key for s in material.extraction.studies] or included(material)


def _why_not(cell: Cell | None, judges: bool) -> str:
    """judges: a field of an appraisal tool, which must be judged: that the document does not tell is one of the tool's own answers."""
    if cell is None or not cell.answers:
        return "nobody has answered"
    if len({a.by for a in cell.answers}) < 2:
        return "one extractor only"
    if cell.stands is None:
        return "the two differ, and nobody has settled it"
    return "a missing code is no judgement" if judges and cell.stands.missing else ""
