"""Limitations of the review process that the record shows (PRISMA 2020 item 23c), as a draft that people complete."""

from __future__ import annotations

from collections.abc import Sequence

from review.model.languages import said
from review.model.record import Search
from review.model.words import counted, were
from review.report.conduct import last_searches
from review.report.material import Material
from review.report.predicate import Predicate


def limitations(material: Material, searches: Sequence[Search], predicates: Sequence[Predicate], not_retrieved: int) -> tuple[str, ...]:
    """One sentence each, in the order of the work; none where the record shows none."""
    by_id = {p.id: p for p in predicates}
    return (*_search(material, searches), *_selection(by_id, not_retrieved), *_retracted(material), *_extraction(material, by_id))


def _search(material: Material, searches: Sequence[Search]) -> list[str]:
    p = material.protocol
    dates = last_searches(material, searches)
    found = []
    databases = [s.name for s in p.sources if s.kind == "database" and dates[s.id]]
    if len(databases) == 1:
        found.append(f"Only one database was searched ({databases[0]}); studies indexed only elsewhere were missed.")
    if not any(s.kind == "citation" for s in p.sources):
        found.append("Reference lists were not checked, and no citation search was made.")
    if not any(s.kind == "register" for s in p.sources):
        found.append("No register of studies was searched.")
    if p.eligibility.reports.languages:
        found.append(f"Reports in languages other than {', '.join(map(said, p.eligibility.reports.languages))} were not eligible.")
    if not p.search.peer_review:
        found.append("No peer review of the search is on record.")
    found += [
        f"The search of {s.source} on {s.date} did not receive every record that was announced."
        for s in searches
        if s.run and s.run.truncated
    ]
    if material.rejects:
        found.append(f"{counted(len(material.rejects), 'entry')} of the source files could not be read.")
    if material.unsure:
        found.append(f"{counted(material.unsure, 'pair')} of records may be one report; nobody has decided, and they count as two.")
    return found


def _selection(by_id: dict[str, Predicate], not_retrieved: int) -> list[str]:
    found = []
    for phase, word in (("title-abstract", "record"), ("full-text", "report")):
        dual, free = by_id.get(f"dual-{phase}"), by_id.get(f"independence-{phase}")
        if dual and dual.exceptions:
            found.append(f"{counted(len(dual.exceptions), word)} of {dual.n:,} had fewer than two people’s decisions ({phase}).")
        if free and free.unproven:
            found.append(
                f"The decisions on {counted(free.unproven, word)} were made elsewhere ({phase}); the record can’t show that they were independent."
            )
    if not_retrieved:
        found.append(f"{counted(not_retrieved, 'report')} could not be retrieved; what they would have added is not known.")
    return found


def _retracted(material: Material) -> list[str]:
    """Cochrane Handbook 6.4, 1.6: retracted studies are looked for and dealt with."""
    included = {r for s in material.extraction.studies for r in s.reports}
    gone = sum(any(r.loud for r in material.related.get(key, ())) for key in included)
    if not gone:
        return []
    return [f"{counted(gone, 'included report')} {were(gone)} retracted or stand{'s' if gone == 1 else ''} in doubt by a linked notice."]


def _extraction(material: Material, by_id: dict[str, Predicate]) -> list[str]:
    found = []
    dual = by_id["dual-extraction"]
    if dual.exceptions and dual.n_ok:
        found.append(
            f"{counted(len(dual.exceptions), 'required value')} of {dual.n:,} do not have two extractors and one value that stands."
        )
    values = [c.stands for c in material.extraction.cells if c.stands and c.stands.value]
    bare = sum(not (v.quote and v.locator) for v in values)
    if bare:
        found.append(f"{bare:,} of {counted(len(values), 'extracted value')} have no quote with its place.")
    if not material.protocol.appraisal:
        found.append("Risk of bias was not assessed.")
    if not material.protocol.certainty:
        found.append("The certainty of the evidence was not assessed.")
    return found
