"""Evidence as tables: characteristics of the studies, and what they say to each question.

A row is a study, or one of the things that it tells of (a constraint, an outcome), where the form has a repeatable group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from review.model.forms import STUDY, applies, tools
from review.model.protocol_evidence import FormField, TableColumn, TablePlan
from review.model.study import Study
from review.model.values import number
from review.report.evidence import NOT_EXTRACTED, Evidence
from review.tables.model import Cell, Column, Row, Table

_NOT_ASKED = Cell(why="not asked")  # by its `when`
_ABOVE = Cell(why="as above")
# What a column can show besides a field.
_SPECIAL = ("study", "reports", "year", "questions", "appraisal")


@dataclass(frozen=True)
class EvidenceTables:
    """The tables that are made of some evidence."""

    of: Evidence

    def characteristics(self) -> Table:
        """A row for each study: what its forms say once for it, each field once though several forms have it."""
        plan = self._plan("characteristics")
        columns = plan.columns if plan and plan.columns else self._shared_columns()
        return self._table(
            "characteristics", plan, columns, self.of.studies, "", "Characteristics of included studies", "No study is included yet."
        )

    def _shared_columns(self) -> tuple[TableColumn, ...]:
        columns = [TableColumn(field="study")]
        if any(len(s.reports) > 1 for s in self.of.studies):
            columns.append(TableColumn(field="reports", width=2))
        seen: set[str] = set()
        for question, form in self.of.forms.items():
            if question in tools(self.of.protocol):
                continue
            for field in form.fields:
                if not field.group and field.id not in seen:
                    seen.add(field.id)
                    columns.append(TableColumn(field=field.id, width=_width(field), quotes=False))
        columns.append(TableColumn(field="questions", title="Questions answered", width=0.8))
        return tuple(columns)

    def question(self, question: str) -> Table:
        """What the studies say to a question: a row for each thing told, the study's own facts in its first row."""
        plan = self._plan(f"evidence-{question}")
        form = self.of.forms.get(question)
        columns = plan.columns if plan and plan.columns else ()
        if not columns:
            columns = (TableColumn(field="study"),)
            columns += tuple(TableColumn(field=f"{question}.{f.id}", width=_width(f)) for f in (form.fields if form else ()))
        words = next((q.text for q in self.of.protocol.questions if q.id == question), "")
        return self._table(
            f"evidence-{question}", plan, columns, self.of.answering(question), question, f"{question}: {words}",
            "No included study has an answer to this question yet.",
        )  # fmt: skip

    def own(self, plan: TablePlan) -> Table:
        """A table that the protocol describes."""
        studies = self.of.answering(plan.question) if plan.question else self.of.studies
        columns = plan.columns or (TableColumn(field="study"),)
        return self._table(plan.name, plan, columns, studies, plan.question, plan.title or plan.name, "No study has an answer for it yet.")

    def _plan(self, name: str) -> TablePlan | None:
        return next((t for t in self.of.protocol.tables if t.name == name), None)

    def _table(
        self, name: str, plan: TablePlan | None, columns: Sequence[TableColumn], studies: Sequence[Study], question: str, title: str, empty: str
    ) -> Table:  # fmt: skip
        rows: list[tuple[Study, int, Row]] = []
        for study in studies:
            count = self._count(study.key, question, columns) if question else 1
            for n in range(1, count + 1):
                cells = tuple(self._shown(column, study, question, n) for column in columns)
                group = self._field_text(plan.group_by, study, question, n) if plan and plan.group_by else ""
                rows.append((study, n, Row(key=study.key, cells=cells, group=group)))
        if plan and plan.order_by:
            for field in reversed(plan.order_by):
                rows.sort(key=lambda r, field=field: self._order(field, r[0], question, r[1]))  # type: ignore[misc]
        if plan and plan.group_by:
            rows.sort(key=lambda r: self._order(plan.group_by, r[0], question, r[1]))
        return Table(
            name=name,
            title=plan.title if plan and plan.title else title,
            columns=tuple(self._column(c, question) for c in columns),
            rows=tuple(row for _, _, row in rows),
            notes=plan.notes if plan else (),
            empty=empty,
        )

    def _column(self, column: TableColumn, question: str) -> Column:
        if column.field in _SPECIAL:
            title = column.title or column.field.capitalize()
            return Column(id=column.field, title=title, kind="number" if column.field == "year" else "text", width=column.width)
        fields = self._named(column.field, question)
        field = fields[0][1] if fields else None
        title = column.title or (f"{field.label}{f' ({field.unit})' if field.unit else ''}" if field else column.field)
        return Column(
            id=column.field.replace(".", "_"), title=title, kind="number" if field and field.type == "number" else "text", width=column.width, quoted=True
        )  # fmt: skip

    def _named(self, name: str, question: str) -> list[tuple[str, FormField]]:
        """The fields that a column's name means: QUESTION.FIELD, or a field of the table's own form, else of any form."""
        form, dot, field = name.partition(".")
        if dot and form in self.of.forms:
            return [(form, f) for f in self.of.forms[form].fields if f.id == field]
        order = [question, STUDY, *self.of.forms]
        return [(q, f) for q in dict.fromkeys(order) if q in self.of.forms for f in self.of.forms[q].fields if f.id == name]

    def _shown(self, column: TableColumn, study: Study, question: str, n: int) -> Cell:
        if column.field in _SPECIAL:
            return self._special(column.field, study) if n == 1 or column.field == "study" else _ABOVE
        told = []
        for form, field in self._named(column.field, question):
            instance = n if field.group else 0
            if not field.group and n > 1:
                return _ABOVE
            found = self.of.cells.get((study.key, form, field.id, instance))
            if found:
                told.append((form, found))
            elif form == question and field.group and n > 1:
                return Cell(why="–")
        if not told:
            named = self._named(column.field, question)
            return _NOT_ASKED if named and all(self._closed(study.key, form, field, n) for form, field in named) else NOT_EXTRACTED
        # Of several forms the first that has a value; where they say different things, each with its question.
        valued = [(form, c) for form, c in told if c.stands and c.stands.value]
        texts = {c.stands.value for _, c in valued if c.stands}
        if len(texts) > 1 and not question:
            return Cell(text="; ".join(f"{form}: {c.stands.value}" for form, c in valued if c.stands))
        cell = self.of.cell((valued or told)[0][1])
        return cell if column.quotes else Cell(text=cell.text, why=cell.why, notes=cell.notes)

    def _closed(self, study: str, form: str, field: FormField, n: int) -> bool:
        """Whether a field is not asked, since the fields that open it have other answers."""
        groups = {f.id: f.group for f in self.of.forms[form].fields}
        answers = {other: self.of.value(study, form, other, n if groups.get(other) else 0) for other in field.when}
        return bool(field.when) and all(answers.values()) and not applies(field, answers)

    def _field_text(self, name: str, study: Study, question: str, n: int) -> str:
        column = TableColumn(field=name, quotes=False)
        shown = self._shown(column, study, question, n)
        if shown is _ABOVE:
            shown = self._shown(column, study, question, 1)
        return shown.text or shown.why

    def _order(self, name: str, study: Study, question: str, n: int) -> tuple[int, float, str]:
        """How a row is ordered by a field: numbers by size, choices as the form lists them, words by alphabet, nothing last."""
        text = self._field_text(name, study, question, n)
        fields = self._named(name, question)
        choices = fields[0][1].choices if fields else ()
        if text in choices:
            return 0, float(choices.index(text)), ""
        try:
            return 0, number(text), ""
        except ValueError:
            pass
        if self._shown(TableColumn(field=name, quotes=False), study, question, n).text:
            return 1, 0.0, text.casefold()
        return 2, 0.0, text

    def _count(self, study: str, question: str, columns: Sequence[TableColumn]) -> int:
        """How many rows a study has in a table of a question: the instances of the groups that its columns are of."""
        form = self.of.forms.get(question)
        groups = {f.group for c in columns for q, f in self._named(c.field, question) if q == question and f.group}
        members = [f.id for f in form.fields if f.group in groups] if form else []
        return max([1, *(self.of.fullest[study, question, f] for f in members)])

    def _special(self, name: str, study: Study) -> Cell:
        if name == "study":
            return self.of.study_cell(study)
        if name == "year":
            year = self.of.reports[study.reports[0]].best("year")
            return Cell(text=year) if year else Cell(why="no year in the record")
        if name == "reports":
            told = [
                self.of.cite(self.of.reports[r]) + (" (primary)" if n == 0 and len(study.reports) > 1 else "")
                for n, r in enumerate(study.reports)
            ]
            return Cell(text="\n".join(told))
        if name == "questions":
            answered = [q.id for q in self.of.protocol.questions if study in self.of.answering(q.id)]
            return Cell(text=", ".join(answered)) if answered else Cell(why="none yet")
        judged = [t for t in tools(self.of.protocol) if any(k[0] == study.key and k[1] == t for k in self.of.cells)]
        return Cell(text=", ".join(judged)) if judged else Cell(why="not appraised")


def _width(field: FormField) -> float:
    return {"text": 1.6, "number": 0.6, "choice": 1.0, "choices": 1.2, "date": 0.7, "effect": 1.2, "theme": 1.0}[field.type]
