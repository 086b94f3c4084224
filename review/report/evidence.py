"""What was extracted, as the report tells it: the studies and what they are called, and each answer as it is printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from review.model.events import MISSING
from review.model.extraction import Cell as Told
from review.model.extraction import Extraction
from review.model.forms import STUDY, plan_of
from review.model.protocol import Protocol
from review.model.protocol_evidence import Form
from review.model.record import Report
from review.model.study import Study
from review.model.words import letter
from review.report.tables import anchor, label, reference
from review.tables.model import Cell

NOT_EXTRACTED = Cell(why="not extracted")
_QUOTE_NOTES = {
    "not found": "the quote was not found in the document",
    "no text": "the quote could not be checked: the document has no text layer",
    "no file": "the quote could not be checked: there is no full text to look in",
    "absent": "the quote could not be checked: the full text is not on this machine",
}


@dataclass(frozen=True)
class Evidence:
    """The studies and their answers. reports: of the review, by key."""

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
        for (study, question, _), n in self.fullest.items():
            found[study, question] = max(found[study, question], n)
        return found

    @cached_property
    def fullest(self) -> dict[tuple[str, str, str], int]:
        """(study, form, field) -> the number of its last instance."""
        found: dict[tuple[str, str, str], int] = defaultdict(int)
        for c in self.extraction.cells:
            found[c.report, c.question, c.field] = max(found[c.report, c.question, c.field], c.instance)
        return found

    def answering(self, question: str) -> list[Study]:
        """The studies with a value for some field of a form, settled or still disputed: not only missing codes."""
        keys = {c.report for c in self.extraction.cells if c.question == question and any(a.value for a in (*c.answers, c.stands) if a)}
        return [s for s in self.studies if s.key in keys]

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
