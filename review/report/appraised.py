"""Appraisal as tables: judgements side by side, and what each rests on; for robvis too."""

from __future__ import annotations

import csv
import io

from review.model.appraisal import CATEGORY, MMAT, MMAT_CHOICES, OVERALL, tone_of
from review.model.forms import applies, tools
from review.model.protocol_evidence import Form, FormField
from review.model.study import Study
from review.report.evidence import Evidence
from review.tables.model import Cell, Column, Row, Table, Tone
from review.tables.to_csv import harmless


def judged(evidence: Evidence, tool: str) -> list[Study]:
    """The studies of which the tool has a judgement: not only that it is not for them."""
    keys = {c.report for c in evidence.extraction.cells if c.question == tool and c.stands and c.stands.value}
    return [s for s in evidence.studies if s.key in keys]


def domains(form: Form) -> list[FormField]:
    """What is judged: the fields that need support."""
    return [f for f in form.fields if f.support]


def asked(evidence: Evidence, tool: str) -> list[FormField]:
    """Of what a tool judges, what it asks of some study: MMAT has a set for each design, and a column for one that nobody has is waste."""
    form = evidence.forms[tool]
    cells = {f.id: [judgement(evidence, form, f, s) for s in judged(evidence, tool)] for f in domains(form)}
    return [f for f in domains(form) if any(c.text or c.tone != "none" for c in cells[f.id])]


def short(field: FormField) -> str:
    """The number that begins a label ('1.1', 'S1'), or all of it."""
    first = field.label.split(" ", 1)[0]
    return first if any(c.isdigit() for c in first) else field.label


def judgement(evidence: Evidence, form: Form, field: FormField, study: Study) -> Cell:
    """A judgement with its tone. A criterion that is not asked of this design says so."""
    opened = {name: evidence.value(study.key, form.question, name) for name in field.when}
    told = evidence.cells.get((study.key, form.question, field.id, 0))
    if told is None and not applies(field, opened):
        return Cell(why="–", tone="none")
    if told is None:
        return Cell(why="not judged")
    cell = evidence.cell(told)
    note = f"; {told.stands.note}" if told.stands and told.stands.note and cell.quote else told.stands.note if told.stands else ""
    tone: Tone = tone_of(cell.text)  # type: ignore[assignment]  # one of its words
    return Cell(text=cell.text, why=cell.why, quote=cell.quote, locator=cell.locator, notes=cell.notes, tone=tone) if not note else Cell(
        text=cell.text, why=cell.why, quote=cell.quote or note, locator=cell.locator, notes=cell.notes, tone=tone
    )  # fmt: skip


def table(evidence: Evidence, tool: str) -> Table:
    """A row for each study, a column for each domain or criterion; no score is formed."""
    form = evidence.forms[tool]
    fields = asked(evidence, tool) or domains(form)
    categories = any(f.id == CATEGORY for f in form.fields)
    columns = [Column(id="study", title="Study", width=2.2)]
    if categories:
        columns.append(Column(id=CATEGORY, title="Category", width=1.6))
    columns += [Column(id=f.id, title=short(f), width=0.6 if len(fields) > 12 else 1) for f in fields]
    rows = []
    for study in judged(evidence, tool):
        cells = [evidence.study_cell(study)]
        if categories:
            cells.append(_plain(evidence.cell(evidence.cells.get((study.key, tool, CATEGORY, 0)))))
        # A narrow column has the symbol and the initial; the words are below, the support is in a table of its own.
        cells += [_plain(judgement(evidence, form, f, study), narrow=len(fields) > 12) for f in fields]
        rows.append(Row(key=study.key, cells=tuple(cells)))
    plan = next(t for t in evidence.protocol.appraisal if t.id == tool)
    named = [f"{short(f)}: {f.label.removeprefix(short(f)).strip()}" for f in fields if short(f) != f.label]
    notes = [
        f"{tool}, for {plan.applies_to.rstrip('.')}. Judged by {plan.votes} people each on their own. No score is formed.",
        *(["; ".join(named) + "."] if named else []),
        "+ good, − some concern, × bad, ! worst, ? can’t tell, – not asked of this design." if fields else "",
        *([f"The tool’s own wording: {form.link}"] if form.link else []),
    ]
    return Table(
        name=f"appraisal-{tool}", title=f"Appraisal: {tool}", columns=tuple(columns), rows=tuple(rows), notes=tuple(n for n in notes if n),
        empty=f"No study has been appraised with {tool} yet.",
    )  # fmt: skip


def _plain(cell: Cell, narrow: bool = False) -> Cell:
    text = (
        {"Can't tell": "CT", "Yes": "Y", "No": "N", "Unclear": "U", "Not applicable": "NA"}.get(cell.text, cell.text)
        if narrow
        else cell.text
    )
    return Cell(text=text, why=cell.why, notes=cell.notes, tone=cell.tone)


def support(evidence: Evidence, tool: str) -> Table:
    """Each judgement with what it rests on: a row each."""
    form = evidence.forms[tool]
    rows = []
    for study in judged(evidence, tool):
        for field in domains(form):
            cell = judgement(evidence, form, field, study)
            if cell.tone != "none" or cell.text:
                why = Cell(text=cell.quote, locator=cell.locator) if cell.quote else Cell(why="no support given")
                rows.append(Row(key=study.key, group=evidence.labels[study.key], cells=(Cell(text=field.label), _plain(cell), why)))
    return Table(
        name=f"support-{tool}", title=f"Support for judgements: {tool}",
        columns=(Column(id="item", title="Item", width=2), Column(id="judgement", title="Judgement", width=0.8), Column(id="support", title="Support", width=4)),
        rows=tuple(rows), empty=f"No study has been appraised with {tool} yet.",
    )  # fmt: skip


def robvis(evidence: Evidence, tool: str) -> bytes:
    """The judgements as robvis reads them: Study, one column a domain, Overall (McGuinness & Higgins 2021); of MMAT, its sets as they are."""
    form = evidence.forms[tool]
    fields = [f for f in domains(form) if f.id != OVERALL]
    overall = any(f.id == OVERALL for f in form.fields)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        ["Study", *(f.id if not f.when and f.id.startswith("D") else short(f) for f in fields), *(["Overall"] if overall else [])]
    )
    for study in judged(evidence, tool):
        cells = [judgement(evidence, form, f, study) for f in (*fields, *(f for f in form.fields if f.id == OVERALL))]
        words = [c.text or ("Not applicable" if c.tone == "none" else "No information") for c in cells]
        writer.writerow([harmless(evidence.labels[study.key]), *words])
    return out.getvalue().encode()


def known(evidence: Evidence) -> list[str]:
    """The tools of the protocol that have a form."""
    return [t for t in tools(evidence.protocol) if t in evidence.forms]


__all__ = ["MMAT", "MMAT_CHOICES", "asked", "domains", "judged", "judgement", "known", "robvis", "short", "support", "table"]
