"""What people conclude, as tables: findings with their confidence, outcomes with their certainty, and how the two meet."""

from __future__ import annotations

from review.model.findings import COMPONENTS, SIGNS, Findings, Meeting
from review.report.evidence import Evidence
from review.tables.model import Cell, Column, Row, Table, Tone

_MOST = 7  # outcomes that a summary of findings should show (Cochrane Handbook, 14.1.4)
_SAYS: dict[str, tuple[str, Tone]] = {
    "supports": ("supports", "good"),
    "contradicts": ("contradicts", "bad"),
    "silent": ("silent", "none"),
    "none": ("no evidence", "none"),
}


def _studies(evidence: Evidence, keys: tuple[str, ...]) -> Cell:
    known = list(dict.fromkeys(evidence.labels[evidence.study_of[k]] for k in keys if k in evidence.study_of))
    strange = [k for k in keys if k not in evidence.study_of]
    notes = (f"not an included study: {', '.join(strange)}",) if strange else ()
    return Cell(text="; ".join(known), why="" if known else "none named", notes=notes)


def qualitative(evidence: Evidence, findings: Findings, question: str) -> Table:
    """Summary of qualitative findings with the evidence profile: a column for each component of CERQual."""
    rows = []
    for f in findings.findings:
        if f.question != question:
            continue
        if f.cerqual:
            judged = [getattr(f.cerqual, c) for c in COMPONENTS]
            parts = [Cell(text=j.level.capitalize(), notes=(j.because,) if j.because else ()) for j in judged]
            overall, because = Cell(text=f"{f.cerqual.overall} confidence"), Cell(text=f.cerqual.because)
        else:
            parts, overall, because = [Cell(why="not assessed")] * 4, Cell(why="not assessed"), Cell(why="not assessed")
        rows.append(Row(key=f.id, cells=(Cell(text=f.id), Cell(text=f.text), _studies(evidence, f.studies), *parts, overall, because)))
    columns = (
        Column(id="id", title="No.", width=0.5), Column(id="finding", title="Review finding", width=3), Column(id="studies", title="Studies contributing", width=1.6),
        *(Column(id=c, title=c.replace("_", " ").capitalize(), width=1.2) for c in COMPONENTS),
        Column(id="overall", title="CERQual confidence"), Column(id="because", title="Explanation", width=2),
    )  # fmt: skip
    return Table(
        name=f"findings-{question}", title=f"{question}: summary of findings with GRADE-CERQual", columns=columns, rows=tuple(rows),
        empty="No finding has been written down yet (synthesis/NAME.yaml).",
    )  # fmt: skip


def outcomes(evidence: Evidence, findings: Findings) -> Table:
    """Summary of findings by outcome with GRADE; every move is a footnote, the level is a person's."""
    rows = []
    for o in findings.outcomes:
        moves = [f"{m.domain.capitalize()} ({m.by:+d}): {m.because}".replace("(-", "(−") for m in o.moves]
        if o.certainty != o.adds_up_to:
            moves.append(f"Set by the reviewers; from {o.start} the moves add up to {o.adds_up_to}")
        people = f"{o.participants:,}" if o.participants is not None else "not stated"
        cells = (
            Cell(text=o.outcome, notes=(f"Comparison: {o.comparison}",) if o.comparison else ()), Cell(text=o.timepoint) if o.timepoint else Cell(why="not stated"),
            Cell(text=o.without) if o.without else Cell(why="not estimated"), Cell(text=o.with_) if o.with_ else Cell(why="not estimated"),
            Cell(text=o.effect) if o.effect else Cell(why="not estimated"), Cell(text=f"{people} ({len(o.studies)})", notes=_studies(evidence, o.studies).notes),
            Cell(text=f"{SIGNS[o.certainty]} {o.certainty}", notes=tuple(moves)), Cell(text=o.plain) if o.plain else Cell(why="not written"),
        )  # fmt: skip
        rows.append(Row(key=o.id, group=o.question, cells=cells))
    columns = (
        Column(id="outcome", title="Outcome", width=1.5), Column(id="timepoint", title="Time point"), Column(id="without", title="Without", width=1.2), Column(id="with", title="With", width=1.2),
        Column(id="effect", title="Effect (95 % CI), or direction", width=1.5), Column(id="n", title="Participants (studies)"),
        Column(id="certainty", title="Certainty (GRADE)", width=1.2), Column(id="plain", title="What happens", width=2),
    )  # fmt: skip
    many = (f"There are {len(rows)} outcomes; a summary of findings should show {_MOST} at most.",) if len(rows) > _MOST else ()
    return Table(
        name="summary-of-findings",
        title="Summary of findings",
        columns=columns,
        rows=tuple(rows),
        notes=many,
        empty="No outcome has its certainty yet (synthesis/NAME.yaml).",
    )


def integration(findings: Findings) -> Table:
    """Findings × outcomes: whether the one supports, contradicts or says nothing of the other (JBI Manual, ch. 8)."""
    said: dict[tuple[str, str], Meeting] = {(m.finding, m.outcome): m for m in findings.integration}
    rows = []
    for f in findings.findings if findings.integration else ():
        cells = [Cell(text=f"{f.id} {f.text}")]
        for o in findings.outcomes:
            m = said.get((f.id, o.id))
            cells.append(
                Cell(text=_SAYS[m.says][0], tone=_SAYS[m.says][1], notes=(m.because,) if m.because else ())
                if m
                else Cell(why="not considered")
            )
        rows.append(Row(key=f.id, group=f.question, cells=tuple(cells)))
    columns = (Column(id="finding", title="Finding", width=3), *(Column(id=o.id, title=o.outcome) for o in findings.outcomes))
    return Table(
        name="integration",
        title="Findings set against the evidence on effects",
        columns=columns,
        rows=tuple(rows),
        empty="Nothing has been integrated yet (synthesis/NAME.yaml).",
    )
