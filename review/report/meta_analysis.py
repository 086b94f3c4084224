"""Which effects can be pooled, and what comes of it as a table. The arithmetic is in `pooling`."""

from __future__ import annotations

from collections import defaultdict

from review.model.effect import RATIOS, effect
from review.model.study import Study
from review.report.evidence import Evidence
from review.report.pooling import back, of_effect, pool
from review.report.synthesised import results
from review.tables.model import Cell, Column, Row, Table

# Jackson et al., Stat Med 2017;36:3923-3934.
NARROW = "the studies vary less than chance would have it, so that Hartung and Knapp's interval is narrower than the fixed one: rest on the wider of the two"


def poolable(evidence: Evidence, question: str) -> dict[tuple[str, str], list[tuple[Study, float, float]]]:
    """(domain, measure) -> studies with estimate and variance on the scale of analysis; of several outcomes of a study, the first."""
    found: dict[tuple[str, str], list[tuple[Study, float, float]]] = defaultdict(list)
    for r in results(evidence, question):
        try:
            told = effect(r.text)
            y, v = of_effect(told)
        except ValueError:
            continue
        group = found[r.domain, told.measure]
        if told.measure and v > 0 and all(s.key != r.study.key for s, _, _ in group):
            group.append((r.study, y, v))
    return {key: rows for key, rows in sorted(found.items()) if len(rows) > 1}


def pooled(evidence: Evidence, question: str) -> Table:
    """What comes of pooling, by domain and measure; only where the protocol plans a meta-analysis."""
    rows = []
    for (domain, measure), studies in poolable(evidence, question).items():
        found = pool([y for _, y, _ in studies], [v for _, _, v in studies])
        ratio = is_ratio(measure)
        fixed, low, high = (f"{back(x, ratio):.2f}" for x in (found.fixed[0], *found.fixed[2:]))
        mean, lower, upper = (f"{back(x, ratio):.2f}" for x in (found.random[0], *found.random[2:]))
        interval = f"{back(found.prediction[0], ratio):.2f} to {back(found.prediction[1], ratio):.2f}" if found.prediction else ""
        chance = "<0.001" if found.p < 0.001 else f"{found.p:.3f}"
        narrow = (NARROW,) if found.random[3] - found.random[2] < found.fixed[3] - found.fixed[2] else ()
        cells = (
            Cell(text=domain), Cell(text=measure), Cell(text=str(found.k)), Cell(text=f"{mean} ({lower} to {upper})", notes=narrow),
            Cell(text=interval) if interval else Cell(why="needs three studies"), Cell(text=f"{fixed} ({low} to {high})"),
            Cell(text=f"{found.tau2:.3f}"), Cell(text=f"{found.i2:.0f}"), Cell(text=f"{found.q:.2f} ({found.k - 1}), {chance}"),
        )  # fmt: skip
        rows.append(Row(key=f"{domain} {measure}", cells=cells))
    names = (
        "Outcome domain",
        "Measure",
        "Studies",
        "Random effects (95 % CI)",
        "Prediction interval",
        "Inverse variance, fixed (95 % CI)",
        "τ²",
        "I² (%)",
        "Q (df), p",
    )
    return Table(
        name=f"pooled-{question}", title=f"{question}: pooled effects", columns=tuple(Column(id=f"c{n}", title=t, width=1.5 if n in (0, 3, 5) else 1) for n, t in enumerate(names)),
        rows=tuple(rows), empty="Nothing can be pooled: no two studies give the same measure with an interval in one outcome domain.",
        notes=("Random effects: τ² by restricted maximum likelihood, interval by Hartung and Knapp. Of several outcomes of a study in a domain, the first extracted.",) if rows else (),
    )  # fmt: skip


def is_ratio(measure: str) -> bool:
    """Whether a measure is pooled on the scale of its logarithm."""
    return measure in RATIOS
