"""Themes as tables: which study speaks of which, and the map of what evidence there is."""

from __future__ import annotations

from collections import defaultdict

from review.model.study import Study
from review.model.values import several
from review.report.evidence import Evidence
from review.report.synthesised import fields_of
from review.tables.model import Cell, Column, Row, Table


def themes(evidence: Evidence) -> dict[str, dict[str, list[Study]]]:
    """theme -> question -> the studies that speak of it. The codebook's order first, then by alphabet."""
    found: dict[str, dict[str, list[Study]]] = defaultdict(lambda: defaultdict(list))
    for question in evidence.protocol.questions:
        field = fields_of(evidence, question.id).get("theme")
        for study in evidence.answering(question.id) if field else ():
            for n in range(1, evidence.instances[study.key, question.id] + 1):
                for theme in several(evidence.value(study.key, question.id, field.id, n if field.group else 0)) if field else ():
                    if study not in found[theme][question.id]:
                        found[theme][question.id].append(study)
    order = [c.id for c in evidence.protocol.codebook]
    return dict(sorted(found.items(), key=lambda x: (order.index(x[0]) if x[0] in order else len(order), x[0].casefold())))


def gap_map(evidence: Evidence) -> Table:
    """Themes × questions with the number of studies. It shows what evidence there is, not what it says (White et al. 2020)."""
    asked = [q for q in evidence.protocol.questions if "theme" in fields_of(evidence, q.id)]
    found = themes(evidence)
    for code in evidence.protocol.codebook:
        found.setdefault(code.id, defaultdict(list))  # a theme without a study is the gap that the map is for
    order = [c.id for c in evidence.protocol.codebook]
    strange = ("not in the codebook",) if order else ()
    ordered = sorted(found, key=lambda t: (order.index(t) if t in order else len(order), t.casefold()))
    rows = [
        Row(
            key=theme,
            cells=(
                Cell(text=theme, notes=() if theme in order else strange),
                *(Cell(text=str(len(found[theme][q.id]))) if found[theme][q.id] else Cell(why="no study") for q in asked),
            ),
        )
        for theme in ordered
    ]
    return Table(
        name="gap-map", title="Themes and the studies that speak of them, by question",
        columns=(Column(id="theme", title="Theme", width=2), *(Column(id=q.id, title=q.id, kind="number") for q in asked)), rows=tuple(rows),
        notes=("A number is that of studies. The map shows what evidence there is, not what it says.",) if rows else (), empty="No theme has been coded yet.",
    )  # fmt: skip


def matrix(evidence: Evidence, question: str) -> Table:
    """Theme × study: which study speaks of which theme. The longer of the two goes down the page."""
    field = fields_of(evidence, question).get("theme")
    studies = [
        s
        for s in evidence.answering(question)
        if field and any(evidence.value(s.key, question, field.id, n) for n in range(evidence.instances[s.key, question] + 1))
    ]
    order = [c.id for c in evidence.protocol.codebook if not c.questions or question in c.questions]
    found = {t: by[question] for t, by in themes(evidence).items() if by.get(question)}
    mark = {(t, s.key): Cell(text="●") if s in with_it else Cell(why="–") for t, with_it in found.items() for s in studies}
    if len(studies) > len(found):  # a page has more room for rows than for columns
        rows = [Row(key=s.key, group="Studies", cells=(evidence.study_cell(s), *(mark[t, s.key] for t in found))) for s in studies]
        counts = tuple(Cell(text=str(len(with_it))) for with_it in found.values())
        rows += [Row(key="n", group="All studies", cells=(Cell(text="With the theme"), *counts))] if rows else []
        columns = Column(id="study", title="Study", width=2), *(Column(id=f"t{n}", title=t) for n, t in enumerate(found))
    else:
        rows = [
            Row(key=t, cells=(Cell(text=t), Cell(text=str(len(with_it))), *(mark[t, s.key] for s in studies)))
            for t, with_it in found.items()
        ]
        columns = (
            Column(id="theme", title="Theme", width=2), Column(id="n", title="Studies", kind="number", width=0.7),
            *(Column(id=f"s{n}", title=evidence.labels[s.key]) for n, s in enumerate(studies)),
        )  # fmt: skip
    strange = [t for t in found if order and t not in order]
    return Table(
        name=f"themes-{question}",
        title=f"{question}: themes by study",
        columns=columns,
        rows=tuple(rows),
        notes=(f"Not in the codebook of this question: {'; '.join(strange)}.",) if strange else (),
        empty="No theme has been coded yet.",
    )
