"""Synthesis of effects as tables: directions by domain with their sign test, effects on inequality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from review.model.effect import effect
from review.model.forms import STUDY
from review.model.protocol_evidence import FormField
from review.model.study import Study
from review.model.values import number, several
from review.report import swim
from review.report.evidence import Evidence
from review.tables.model import Cell, Column, Row, Table

# Where the protocol does not say which field holds what: the ids that forms usually have.
USUAL: Mapping[str, tuple[str, ...]] = {
    "direction": ("direction", "effect_direction", "direction_of_effect"), "domain": ("outcome_domain", "domain", "outcome"), "effect": ("effect",),
    "n": ("n", "sample", "participants"), "design": ("design",), "theme": ("theme",), "dimension": ("progress_dimension", "progress_plus", "dimension"),
    "gradient": ("progress_gradient", "gradient"),
}  # fmt: skip
GRADIENTS = (
    ("narrows", "Narrows inequality"),
    ("no difference", "No gradient"),
    ("widens", "Widens inequality"),
    ("mixed", "Mixed or unclear"),
)


def fields_of(evidence: Evidence, question: str) -> dict[str, FormField]:
    """What a synthesis reads -> the field of the question's form, or of the study's, that holds it; what has none is left out."""
    forms = [f for name in (question, STUDY) if (f := evidence.forms.get(name))]
    plan = next((s for s in evidence.protocol.synthesis if s.question == question), None)
    found = {}
    for what, usual in USUAL.items():
        named = getattr(plan.fields, what) if plan else ""
        field = next((f for name in ((named,) if named else usual) for form in forms for f in form.fields if f.id == name), None)
        if field:
            found[what] = field
    return found


@dataclass(frozen=True, slots=True)
class Result:
    """One outcome of one study, as far as a synthesis by direction needs it."""

    study: Study
    instance: int
    domain: str
    direction: str
    text: str


def results(evidence: Evidence, question: str) -> list[Result]:
    """Each outcome with its direction: what the form says, else the side on which the effect lies."""
    fields = fields_of(evidence, question)
    favourable = {o.domain.casefold(): o.favourable for o in evidence.protocol.outcomes}
    found = []
    for study in evidence.answering(question):
        for n in range(1, evidence.instances[study.key, question] + 1):
            told = {w: evidence.value(study.key, question, f.id, n if f.group else 0) for w, f in fields.items()}
            direction = swim.direction_of(told.get("direction", ""))
            if not direction and told.get("effect"):
                try:
                    direction = swim.standardised(effect(told["effect"]), favourable.get(told.get("domain", "").casefold(), "either"))
                except ValueError:
                    direction = ""
            if told.get("domain") or direction:
                found.append(Result(study, n, told.get("domain", "") or "domain not given", direction, told.get("effect", "")))
    return found


def by_domain(evidence: Evidence, question: str) -> dict[str, dict[str, str]]:
    """domain -> study -> its one direction, of those that have one; domains in the order of the form, then by alphabet."""
    fields, found = fields_of(evidence, question), results(evidence, question)
    order = list(fields["domain"].choices) if "domain" in fields else []
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for r in found:
        if r.direction:
            told[r.domain][r.study.key].append(r.direction)
    ordered = sorted(told.items(), key=lambda x: (order.index(x[0]) if x[0] in order else len(order), x[0]))
    return {domain: {key: swim.within_study(d) for key, d in by.items()} for domain, by in ordered}


def effect_direction(evidence: Evidence, question: str) -> Table:
    """Boon & Thomson's plot as a table: studies × domains; an arrow, with the number of outcomes behind it; the sign test below."""
    fields, found = fields_of(evidence, question), results(evidence, question)
    order = [c for c in (fields["domain"].choices if "domain" in fields else ()) if any(r.domain == c for r in found)]
    domains = [*order, *sorted({r.domain for r in found} - set(order))]
    by: dict[tuple[str, str], list[str]] = defaultdict(list)
    for r in found:
        by[r.study.key, r.domain].append(r.direction)
    columns = [Column(id="study", title="Study", width=1.6)]
    columns += [Column(id=w, title=fields[w].label, kind="number" if w == "n" else "text") for w in ("design", "n") if w in fields]
    columns += [Column(id=f"domain{n}", title=d) for n, d in enumerate(domains)]
    studies = [s for s in evidence.answering(question) if any(k[0] == s.key for k in by)]
    rows = [
        Row(
            key=s.key,
            group="Studies",
            cells=(evidence.study_cell(s), *_facts(evidence, question, fields, s), *(_arrow(by.get((s.key, d), [])) for d in domains)),
        )
        for s in studies
    ]
    if rows:
        rows += _tests(
            domains,
            {d: [swim.within_study(by[s.key, d]) for s in studies if (s.key, d) in by] for d in domains},
            len(columns) - len(domains),
        )
    return Table(
        name=f"effect-direction-{question}", title=f"{question}: direction of effect by outcome domain", columns=tuple(columns), rows=tuple(rows),
        notes=(
            ("▲ better health, ▼ worse, ◄► no clear change, mixed or conflicting; the number is that of outcomes. Several outcomes of a study in one domain: the "
            "direction of at least 70 % of them, else ◄►. Directions say nothing of the size of effects."),
            "Sign test: two-sided, exact, on studies with a clear direction; votes are counted by direction, never by statistical significance.",
        ) if rows else (),
        empty="No study has an effect with a direction yet.",
    )  # fmt: skip


def _facts(evidence: Evidence, question: str, fields: Mapping[str, FormField], study: Study) -> list[Cell]:
    cells = []
    for what in ("design", "n"):
        if what in fields:
            f = fields[what]
            told = evidence.cell(evidence.told(study.key, question, f.id, 1 if f.group else 0))
            cells.append(Cell(text=told.text, why=told.why))
    return cells


def _arrow(directions: list[str]) -> Cell:
    if not directions:
        return Cell(why="not reported")
    known = [d for d in directions if d]
    if not known:
        return Cell(why="direction not given")
    return Cell(text=f"{swim.ARROW[swim.within_study(directions)]}{f' {len(known)}' if len(known) > 1 else ''}")


def _tests(domains: list[str], by: Mapping[str, list[str]], before: int) -> list[Row]:
    tests = {d: swim.sign_test(by[d]) for d in domains}

    def row(title: str, text: dict[str, Cell]) -> Row:
        return Row(key=title, group="All studies", cells=(Cell(text=title), *[Cell(why="–")] * (before - 1), *(text[d] for d in domains)))

    none = Cell(why="no clear direction")
    return [
        row("Better, of those with a clear direction", {d: Cell(text=f"{t.up} of {t.up + t.down}") if t.p is not None else none for d, t in tests.items()}),
        row("Share (95 % CI)", {d: Cell(text=f"{100 * t.share:.0f} % ({100 * t.low:.0f} to {100 * t.high:.0f})") if t.share is not None and t.low is not None and t.high is not None else none for d, t in tests.items()}),
        row("Sign test, p", {d: Cell(text=f"{t.p:.4f}") if t.p is not None else none for d, t in tests.items()}),
        row("Left out: no clear direction", {d: Cell(text=str(t.side)) for d, t in tests.items()}),
    ]  # fmt: skip


def inequality(evidence: Evidence, question: str) -> Table:
    """The harvest plot as a table: dimensions of inequality × effect on it, with the studies (Ogilvie et al., BMC Med Res Methodol 2008;8:8)."""
    rows = []
    found = harvest(evidence, question)
    for dimension in found:
        cells = [
            Cell(text="; ".join(evidence.labels[s.key] for s in found[dimension][g])) if found[dimension][g] else Cell(why="no study")
            for g, _ in GRADIENTS
        ]
        rows.append(Row(key=dimension, cells=(Cell(text=dimension), *cells)))
    columns = (
        Column(id="dimension", title="Dimension of inequality"),
        *(Column(id=f"g{n}", title=words, width=1.5) for n, (_, words) in enumerate(GRADIENTS)),
    )
    return Table(
        name=f"inequality-{question}", title=f"{question}: effects on inequality, by PROGRESS-Plus dimension", columns=columns, rows=tuple(rows),
        empty="No study has an effect on inequality yet.",
    )  # fmt: skip


def harvest(evidence: Evidence, question: str) -> dict[str, dict[str, list[Study]]]:
    """dimension -> gradient -> studies, in the order of PROGRESS-Plus as the form lists it."""
    fields = fields_of(evidence, question)
    if "dimension" not in fields or "gradient" not in fields:
        return {}
    d, g = fields["dimension"], fields["gradient"]
    found: dict[str, dict[str, list[Study]]] = defaultdict(lambda: {name: [] for name, _ in GRADIENTS})
    for study in evidence.answering(question):
        for n in range(1, evidence.instances[study.key, question] + 1):
            gradient = evidence.value(study.key, question, g.id, n if g.group else 0)
            for dimension in several(evidence.value(study.key, question, d.id, n if d.group else 0)):
                if gradient in dict(GRADIENTS) and study not in found[dimension][gradient]:
                    found[dimension][gradient].append(study)
    return dict(sorted(found.items(), key=lambda x: (d.choices.index(x[0]) if x[0] in d.choices else 99, x[0])))


def size(evidence: Evidence, question: str, study: Study) -> float:
    """The number analysed of a study, the largest of its outcomes', 0 where none is known: for the size of its arrow."""
    f = fields_of(evidence, question).get("n")
    found = [0.0]
    for n in range(evidence.instances[study.key, question] + 1) if f else ():
        try:
            found.append(number(evidence.value(study.key, question, f.id, n)) if f else 0.0)
        except ValueError:
            continue
    return max(found)
