"""A structured abstract, drafted from the record (PRISMA 2020 for Abstracts); what only people can write is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from review.model.words import counted
from review.report.checklists import Facts
from review.report.conduct import last_searches
from review.report.material import Material

MOST = 420  # characters of a part that the protocol words


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its text; asked: a person must write or complete it."""

    heading: str
    text: str
    asked: bool = False


def abstract(material: Material, f: Facts) -> tuple[Part, ...]:
    """The parts in the order of the standard's twelve items (the title is the report's)."""
    p, flow = f.protocol, f.flow
    dates = last_searches(material, f.searches)
    sources = "; ".join(f"{s.name} ({dates[s.id] or 'not searched yet'})" for s in p.sources)
    syntheses = "; ".join(f"{s.question}: {s.approach}" for s in p.synthesis)
    found = (
        f"{counted(flow.total_studies, 'study')} in {counted(flow.total_reports, 'report')}."
        if flow.total_reports
        else "No study is included yet."
    )
    return (
        Part("Objectives", " ".join(q.text for q in p.questions)),
        Part(
            "Eligibility criteria",
            _short("; ".join(f"{c.dimension}: {c.include}" for c in p.eligibility.criteria)),
        ),
        Part("Information sources, with the last search", sources + "."),
        Part("Risk of bias", ", ".join(t.id for t in p.appraisal) + "." if p.appraisal else "Not planned.", asked=not p.appraisal),
        Part("Synthesis of results", f"{syntheses}." if syntheses else "", asked=not syntheses),
        Part("Included studies", found + " " + " ".join(f"{q}: {counted(n, 'report')}." for q, n in flow.by_question)),
        Part("Results", "", asked=True),
        Part("Limitations of the evidence", "", asked=True),
        Part("Interpretation", "", asked=True),
        Part("Funding", "; ".join(p.support.sources), asked=not p.support.sources),
        Part("Registration", f"{p.registration.register_name} {p.registration.id}".strip().capitalize() + "."),
    )


def _short(text: str) -> str:
    return text if len(text) <= MOST else text[:MOST].rsplit(";", 1)[0] + "; and others (see Methods)"
