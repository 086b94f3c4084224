"""The box of the meta-analysis comes from the effects that are pooled."""

from __future__ import annotations

from dataclasses import replace

from material import both, material, protocol

from review.model.extraction import Cell, Extraction, Given
from review.model.protocol_evidence import FormField, Synthesis
from review.model.study import Study
from review.report.counts import count


def test_pooled_studies_are_counted_and_only_where_planned() -> None:
    plan = protocol()
    form = plan.extraction.forms[0]
    fields = (*form.fields, FormField(id="outcome_domain", label="Domain"), FormField(id="effect", label="Effect", type="effect"))
    forms = (form.model_copy(update={"fields": fields}), *plan.extraction.forms[1:])
    plan = plan.model_copy(update={"extraction": plan.extraction.model_copy(update={"forms": forms})})
    three = tuple(both(str(n), "include", 10 * n) for n in (1, 2, 3))

    def cells(n: int, effect: str) -> list[Cell]:
        found = []
        for field, value in (("outcome_domain", "health"), ("effect", effect)):
            given = tuple(Given(by=w, value=value) for w in ("AB", "CD"))
            found.append(Cell(report=f"alpha:{n}", question="Q1", field=field, state="agreed", answers=given, stands=given[0]))
        return found

    extraction = Extraction(
        cells=(*cells(1, "OR 0.80 (0.60 to 1.10)"), *cells(2, "OR 0.70 (0.50 to 0.98)"), *cells(3, "better")),
        studies=tuple(Study(key=f"alpha:{n}", reports=(f"alpha:{n}",)) for n in (1, 2, 3)),
    )
    m = replace(material(three, tuple(both(str(n), "include", 10 * n + 2) for n in (1, 2, 3)), protocol=plan), extraction=extraction)
    assert count(m).flow.pooled is None
    planned = plan.model_copy(update={"synthesis": (Synthesis(question="Q1", approach="meta-analysis"),)})
    assert count(replace(m, protocol=planned)).flow.pooled == (2, 2)
