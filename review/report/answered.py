"""Each question of the review with what answers it: studies, reports, what people conclude, and with what certainty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from review.model.findings import LEVELS, SIGNS
from review.report.material import Material
from review.tables.model import Table


@dataclass(frozen=True)
class Concluded:
    """A finding or an outcome. level: '' where it has not been assessed; sign: GRADE's, '' for CERQual, which has none."""

    id: str
    text: str
    level: str
    sign: str
    studies: int


@dataclass(frozen=True)
class Answered:
    """A question, what answers it, and what is concluded. certainty: in words, for all that is concluded together."""

    question: str
    text: str
    reports: int
    studies: int
    certainty: str
    concluded: tuple[Concluded, ...]
    table: Table


def answered(material: Material, question: str, text: str, reports: Sequence[str], table: Table) -> Answered:
    """reports: keys of those that answer the question; table: what they say."""
    keys = set(reports)
    linked = [s for s in material.extraction.studies if keys & set(s.reports)]
    alone = keys - {r for s in linked for r in s.reports}  # a report that nobody linked is its own study
    found = _concluded(material, question)
    return Answered(question, text, len(keys), len(linked) + len(alone), _certainty(material, question, found), found, table)


def _concluded(material: Material, question: str) -> tuple[Concluded, ...]:
    """Outcomes first, as a summary of findings has them."""
    findings = material.findings
    return (
        *(Concluded(o.id, o.plain or f"{o.outcome}: {o.effect or 'no effect estimated'}", o.certainty, SIGNS[o.certainty], len(o.studies)) for o in findings.outcomes if o.question == question),
        *(Concluded(f.id, f.text, f.cerqual.overall if f.cerqual else "", "", len(f.studies)) for f in findings.findings if f.question == question),
    )  # fmt: skip


def _certainty(material: Material, question: str, found: Sequence[Concluded]) -> str:
    plans = list(dict.fromkeys(c.approach for c in material.protocol.certainty if c.question == question))
    levels = Counter(c.level for c in found)
    told = [f"{levels[level]:,} {level.lower()}" for level in LEVELS if levels[level]]
    if told and levels[""]:
        told.append(f"{levels['']:,} not yet assessed")
    if not plans:
        return ", ".join(told) if told else "not planned"
    return f"{', '.join(plans)}: {', '.join(told) or 'not yet assessed'}"
