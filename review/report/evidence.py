"""Evidence as tables: characteristics of the studies, and what they say to each question.

A row is a study, or one of the things that it tells of (a constraint, an outcome), where the form has a repeatable group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from review.model.events import MISSING
from review.model.extraction import Cell as Told
from review.model.extraction import Extraction
from review.model.forms import STUDY, applies, plan_of, tools
from review.model.protocol import Protocol
from review.model.protocol_evidence import Form, FormField, TableColumn, TablePlan
from review.model.record import Report
from review.model.study import Study
from review.model.values import number
from review.report.tables import anchor, label, reference
from review.tables.model import Cell, Column, Row, Table, letter

NOT_EXTRACTED = Cell(why="not extracted")
NOT_ASKED = Cell(why="not asked")  # by its `when`
ABOVE = Cell(why="as above")
# What a column can show besides a field.
SPECIAL = ("study", "reports", "year", "questions", "appraisal")
_QUOTE_NOTES = {
    "not found": "the quote was not found in the document",
    "no text": "the quote could not be checked: the document has no text layer",
    "absent": "the quote could not be checked: the full text is not on this machine",
}


@dataclass(frozen=True)
class Evidence:
    """All that the tables of evidence are made from. reports: of the review, by key."""

    protocol: Protocol
    extraction: Extraction
    reports: Mapping[str, Report]
    cite: Callable[[Report], str] = reference

    @cached_property
    def forms(self) -> dict[str, Form]:
        return {f.question: f for f in plan_of(self.protocol).forms}

    @cached_property
    def studies(self) -> list[Study]:
        """In the order in which a table has them: by label."""
        return sorted(self.extraction.studies, key=lambda s: (self.labels[s.key].casefold(), s.key))

    @cached_property
    def cells(self) -> dict[tuple[str, str, str, int], Told]:
        return {(c.report, c.question, c.field, c.instance): c for c in self.extraction.cells}

    @cached_property
    def labels(self) -> dict[str, str]:
        """Family et al. (year) of the primary report; where two studies would be called the same, a, b … as journals do."""
        plain = {s.key: label(self.reports[s.reports[0]]) for s in self.extraction.studies}
        alike: dict[str, list[str]] = defaultdict(list)
        for key in sorted(plain):
            alike[plain[key]].append(key)
        return {
            key: f"{name[:-1]}{letter(n)})" if len(keys) > 1 and name.endswith(")") else f"{name} {letter(n)}" if len(keys) > 1 else name
            for name, keys in alike.items()
            for n, key in enumerate(keys)
        }

    @cached_property
    def study_of(self) -> dict[str, str]:
        """The study that a key means: its own, or that of a report or record of it and of no other."""
        found: dict[str, set[str]] = defaultdict(set)
        for study in self.extraction.studies:
            for report in study.reports:
                for key in self.reports[report].keys:
                    found[key].add(study.key)
        return {key: next(iter(of)) for key, of in found.items() if len(of) == 1} | {s.key: s.key for s in self.extraction.studies}

    @cached_property
    def checks(self) -> dict[str, tuple[str, str]]:
        return {q.answer: (q.state, q.place) for q in self.extraction.quotes}

    @cached_property
    def instances(self) -> dict[tuple[str, str], int]:
        """(study, form) -> how many instances its fullest group has, at least 1."""
        found: dict[tuple[str, str], int] = defaultdict(lambda: 1)
        for (study, question, _), n in self._by_field.items():
            found[study, question] = max(found[study, question], n)
        return found

    @cached_property
    def _by_field(self) -> dict[tuple[str, str, str], int]:
        found: dict[tuple[str, str, str], int] = defaultdict(int)
        for c in self.extraction.cells:
            found[c.report, c.question, c.field] = max(found[c.report, c.question, c.field], c.instance)
        return found

    def _count(self, study: str, question: str, columns: Sequence[TableColumn]) -> int:
        """How many rows a study has in a table of a question: the instances of the groups that its columns are of."""
        form = self.forms.get(question)
        groups = {f.group for c in columns for q, f in self._named(c.field, question) if q == question and f.group}
        members = [f.id for f in form.fields if f.group in groups] if form else []
        return max([1, *(self._by_field[study, question, f] for f in members)])

    def answering(self, question: str) -> list[Study]:
        """The studies with a value for some field of a form, settled or still disputed: not only missing codes."""
        keys = {c.report for c in self.extraction.cells if c.question == question and any(a.value for a in (*c.answers, c.stands) if a)}
        return [s for s in self.studies if s.key in keys]

    # -- cells ----------------------------------------------------------------------------------------------

    def cell(self, told: Told | None) -> Cell:
        """An answer as it is printed. An empty one says why; fewer people than planned, or a quote that is not there, is a footnote."""
        if told is None:
            return NOT_EXTRACTED
        given = told.stands
        if given is None:
            return Cell(
                why="fewer extractors than planned have answered" if told.state == "single" else "extractors differ; not yet settled"
            )
        notes = ["settled by consensus"] if told.state == "settled" else []
        if told.again:
            notes = [*notes, f"to be looked at again: {told.again}"]
        state, place = self.checks.get(given.id, ("", ""))
        if state == "elsewhere":
            notes = [*notes, f"the quote stands at {place}"]
        elif state in _QUOTE_NOTES:
            notes = [*notes, _QUOTE_NOTES[state]]
        if given.missing:
            return Cell(
                why=MISSING.get(given.missing, given.missing),
                quote=given.quote,
                locator=given.locator if given.quote else "",
                notes=tuple(notes),
            )
        return Cell(text=given.value, quote=given.quote, locator=given.locator, notes=tuple(notes))

    def told(self, study: str, question: str, field: str, instance: int = 0) -> Told | None:
        """A field of a question's form; of the study's own form, where the question's has no such field."""
        form = self.forms.get(question)
        own = form is None or any(f.id == field for f in form.fields)
        return self.cells.get((study, question if own else STUDY, field, instance))

    def value(self, study: str, question: str, field: str, instance: int = 0) -> str:
        """What stands, as text; '' where nothing does, or a missing code."""
        told = self.told(study, question, field, instance)
        return told.stands.value if told and told.stands else ""

    def study_cell(self, study: Study) -> Cell:
        return Cell(text=self.labels[study.key], link=f"#report-{anchor(study.reports[0])}")

    def _special(self, name: str, study: Study) -> Cell:
        if name == "study":
            return self.study_cell(study)
        if name == "year":
            year = self.reports[study.reports[0]].best("year")
            return Cell(text=year) if year else Cell(why="no year in the record")
        if name == "reports":
            told = [
                self.cite(self.reports[r]) + (" (primary)" if n == 0 and len(study.reports) > 1 else "")
                for n, r in enumerate(study.reports)
            ]
            return Cell(text="\n".join(told))
        if name == "questions":
            answered = [q.id for q in self.protocol.questions if study in self.answering(q.id)]
            return Cell(text=", ".join(answered)) if answered else Cell(why="none yet")
        judged = [t for t in tools(self.protocol) if any(k[0] == study.key and k[1] == t for k in self.cells)]
        return Cell(text=", ".join(judged)) if judged else Cell(why="not appraised")

    # -- tables ---------------------------------------------------------------------------------------------

    def characteristics(self) -> Table:
        """A row for each study: what its forms say once for it, each field once though several forms have it."""
        plan = self._plan("characteristics")
        columns = plan.columns if plan and plan.columns else self._shared_columns()
        return self._table(
            "characteristics", plan, columns, self.studies, "", "Characteristics of included studies", "No study is included yet."
        )

    def _shared_columns(self) -> tuple[TableColumn, ...]:
        columns = [TableColumn(field="study")]
        if any(len(s.reports) > 1 for s in self.studies):
            columns.append(TableColumn(field="reports", width=2))
        seen: set[str] = set()
        for question, form in self.forms.items():
            if question in tools(self.protocol):
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
        form = self.forms.get(question)
        columns = plan.columns if plan and plan.columns else ()
        if not columns:
            columns = (TableColumn(field="study"),)
            columns += tuple(TableColumn(field=f"{question}.{f.id}", width=_width(f)) for f in (form.fields if form else ()))
        words = next((q.text for q in self.protocol.questions if q.id == question), "")
        return self._table(
            f"evidence-{question}", plan, columns, self.answering(question), question, f"{question}: {words}",
            "No included study has an answer to this question yet.",
        )  # fmt: skip

    def own(self, plan: TablePlan) -> Table:
        """A table that the protocol describes."""
        studies = self.answering(plan.question) if plan.question else self.studies
        columns = plan.columns or (TableColumn(field="study"),)
        return self._table(plan.name, plan, columns, studies, plan.question, plan.title or plan.name, "No study has an answer for it yet.")

    def _plan(self, name: str) -> TablePlan | None:
        return next((t for t in self.protocol.tables if t.name == name), None)

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
        if column.field in SPECIAL:
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
        if dot and form in self.forms:
            return [(form, f) for f in self.forms[form].fields if f.id == field]
        order = [question, STUDY, *self.forms]
        return [(q, f) for q in dict.fromkeys(order) if q in self.forms for f in self.forms[q].fields if f.id == name]

    def _shown(self, column: TableColumn, study: Study, question: str, n: int) -> Cell:
        if column.field in SPECIAL:
            return self._special(column.field, study) if n == 1 or column.field == "study" else ABOVE
        told = []
        for form, field in self._named(column.field, question):
            instance = n if field.group else 0
            if not field.group and n > 1:
                return ABOVE
            found = self.cells.get((study.key, form, field.id, instance))
            if found:
                told.append((form, found))
            elif form == question and field.group and n > 1:
                return Cell(why="–")
        if not told:
            named = self._named(column.field, question)
            return NOT_ASKED if named and all(self._closed(study.key, form, field, n) for form, field in named) else NOT_EXTRACTED
        # Of several forms the first that has a value; where they say different things, each with its question.
        valued = [(form, c) for form, c in told if c.stands and c.stands.value]
        texts = {c.stands.value for _, c in valued if c.stands}
        if len(texts) > 1 and not question:
            return Cell(text="; ".join(f"{form}: {c.stands.value}" for form, c in valued if c.stands))
        cell = self.cell((valued or told)[0][1])
        return cell if column.quotes else Cell(text=cell.text, why=cell.why, notes=cell.notes)

    def _closed(self, study: str, form: str, field: FormField, n: int) -> bool:
        """Whether a field is not asked, since the fields that open it have other answers."""
        groups = {f.id: f.group for f in self.forms[form].fields}
        answers = {other: self.value(study, form, other, n if groups.get(other) else 0) for other in field.when}
        return bool(field.when) and all(answers.values()) and not applies(field, answers)

    def _field_text(self, name: str, study: Study, question: str, n: int) -> str:
        column = TableColumn(field=name, quotes=False)
        shown = self._shown(column, study, question, n)
        if shown is ABOVE:
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


def _width(field: FormField) -> float:
    return {"text": 1.6, "number": 0.6, "choice": 1.0, "choices": 1.2, "date": 0.7, "effect": 1.2, "theme": 1.0}[field.type]


Builder = Callable[[], Table]
