"""Every table of a review by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from review.errors import UsageError
from review.model.words import nearest
from review.report import appraised, concluded, meta_analysis, selected, synthesised, themes
from review.report.evidence import Evidence
from review.report.evidence_tables import EvidenceTables
from review.report.material import Material
from review.tables.model import Cell, Column, Row, Table

Builder = Callable[[], Table]


def catalogue(material: Material, evidence: Evidence | None = None) -> dict[str, Builder]:
    """Name -> what makes it, in the order in which a report has them. evidence: of the material, where it is there already."""
    protocol = material.protocol
    reports = material.reports
    evidence = evidence or Evidence(protocol, material.extraction, reports, material.cite)
    last = next((p for p in material.phases if p.phase == "full-text"), None)
    keys = tuple(sorted({r for s in material.extraction.studies for r in s.reports}))
    tables = EvidenceTables(evidence)
    found: dict[str, Builder] = {"characteristics": tables.characteristics}
    found |= {f"evidence-{q.id}": partial(tables.question, q.id) for q in protocol.questions}
    found |= {plan.name: partial(tables.own, plan) for plan in protocol.tables if plan.name not in found}
    for tool in appraised.known(evidence):
        found[f"appraisal-{tool}"] = partial(appraised.table, evidence, tool)
        found[f"support-{tool}"] = partial(appraised.support, evidence, tool)
    for question in protocol.questions:
        has = synthesised.fields_of(evidence, question.id)
        if "theme" in has:
            found[f"themes-{question.id}"] = partial(themes.matrix, evidence, question.id)
        if "direction" in has or "effect" in has:
            found[f"effect-direction-{question.id}"] = partial(synthesised.effect_direction, evidence, question.id)
        if "gradient" in has:
            found[f"inequality-{question.id}"] = partial(synthesised.inequality, evidence, question.id)
        if any(s.question == question.id and s.approach == "meta-analysis" for s in protocol.synthesis):
            found[f"pooled-{question.id}"] = partial(meta_analysis.pooled, evidence, question.id)
    for question in protocol.questions:
        found[f"findings-{question.id}"] = partial(concluded.qualitative, evidence, material.findings, question.id)
    found["summary-of-findings"] = partial(concluded.outcomes, evidence, material.findings)
    found["integration"] = partial(concluded.integration, material.findings)
    found["gap-map"] = partial(themes.gap_map, evidence)
    found["agreement"] = partial(agreement, evidence)
    found["included"] = partial(selected.included, keys, reports, material.cite)
    found["related"] = partial(selected.related, keys, material.related, material.phases, reports, material.cite)
    found["excluded"] = partial(selected.excluded, protocol, last, reports, material.cite)
    found["not-retrieved"] = partial(selected.not_retrieved, last, reports, material.cite)
    return {name: partial(_told, build, protocol.review.notice) for name, build in found.items()}


def _told(build: Builder, notice: str) -> Table:
    """A table with the review's notice first among its notes, where it has one."""
    table = build()
    return replace(table, notes=(notice, *table.notes)) if notice else table


def by_name(found: dict[str, Builder], name: str) -> Builder:
    """The table of that name. Raises UsageError that lists them; a question's id alone means its evidence."""
    for tried in (name, f"evidence-{name}", f"appraisal-{name}"):
        if tried in found:
            return found[tried]
    near = nearest(name, found)
    raise UsageError(f"There is no table '{name}'.", f"{f'Did you mean {near}? ' if near else ''}There are: {', '.join(found)}.")


def agreement(evidence: Evidence) -> Table:
    """Extractors' agreement field by field, before any consensus; calibration first."""
    labels = {(q, f.id): f.label for q, form in evidence.forms.items() for f in form.fields}
    rows = []
    for a in evidence.extraction.agreement:
        kappa = Cell(text=f"{a.kappa:.2f}") if a.kappa is not None else Cell(why="not defined")
        cells = (
            Cell(text=f"{a.question} {labels.get((a.question, a.field), a.field)}"), Cell(text=f"{a.first}, {a.second}"), Cell(text=str(a.n)),
            Cell(text=str(a.same)), Cell(text=f"{a.percent:.0f}"), kappa,
        )  # fmt: skip
        group = f"Calibration: the first {evidence.protocol.extraction.pilot} studies" if a.pilot else "All studies"
        rows.append(Row(key=f"{a.question}.{a.field}", group=group, cells=cells))
    columns = (
        Column(id="field", title="Field", width=3), Column(id="who", title="Extractors"), Column(id="n", title="Both answered", kind="number"),
        Column(id="same", title="Agreed", kind="number"), Column(id="percent", title="Per cent", kind="number"), Column(id="kappa", title="Cohen’s κ", kind="number"),
    )  # fmt: skip
    return Table(
        name="agreement", title="Agreement of extractors before consensus", columns=columns, rows=tuple(sorted(rows, key=lambda r: "All" in r.group)),
        empty="No field was answered by two extractors yet.",
    )  # fmt: skip
