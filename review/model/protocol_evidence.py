"""The parts of a protocol that plan the evidence: forms, appraisal, codebook, tables, synthesis, certainty."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from review.model.protocol_parts import Id, Part


class FormField(Part):
    later = frozenset({"when", "tolerance", "support"})

    id: Id
    label: str
    type: Literal["text", "number", "choice", "choices", "date", "effect", "theme"] = "text"
    choices: tuple[str, ...] = ()
    unit: str = ""
    required: bool = False
    help: str = ""
    group: str = Field("", description="Name of a repeatable group, such as arm or outcome")
    when: dict[str, tuple[str, ...]] = Field({}, description="Asked only where another field of the form has one of these answers")
    tolerance: float = Field(0, ge=0, description="How far two numbers may lie apart and still agree")
    support: bool = Field(False, description="A judgement: it needs a quote, or a note that says why")

    @model_validator(mode="after")
    def _choices_given(self) -> FormField:
        if (self.type in ("choice", "choices")) != bool(self.choices):
            raise ValueError("choices are listed for the types 'choice' and 'choices', and only for them")
        if bad := [c for c in self.choices if self.type == "choices" and ";" in c]:
            raise ValueError(f"{bad[0]!r} holds a semicolon, which stands between several choices")
        if self.tolerance and self.type != "number":
            raise ValueError("a tolerance is for numbers only")
        return self


class Form(Part):
    later = frozenset({"blocks", "link"})

    question: str = Field(description="The id of a question, or 'study' for what is true of a study whichever question it answers")
    fields: tuple[FormField, ...] = Field(min_length=1)
    blocks: tuple[Literal["TIDieR-PHP", "PROGRESS-Plus"], ...] = Field((), description="Sets of fields to reuse, put at the end")
    link: str = Field("", description="Where the wording of a tool can be read")


class ExtractionPlan(Part):
    later = frozenset({"moved"})

    reviewers: tuple[str, ...] = Field(min_length=1)
    votes: int = Field(2, ge=1, le=9)
    adjudicator: str = ""
    pilot: int = Field(0, ge=0, description="Studies extracted first, to test the form")
    contact_authors: str = ""
    forms: tuple[Form, ...] = Field(min_length=1)
    moved: dict[str, str] = Field(
        {}, description="FORM.FIELD as it was -> FORM.FIELD as it is, after an amendment: the answers given to the one count for the other"
    )

    @model_validator(mode="after")
    def _enough_people(self) -> ExtractionPlan:
        if self.votes > len(self.reviewers):
            raise ValueError(f"{self.votes} independent answers are needed but only {len(self.reviewers)} extractors are named")
        return self


class Outcome(Part):
    id: Id
    domain: str
    definition: str
    priority: Literal["critical", "important", "other"] = "important"
    timepoints: str = ""
    measure: str = ""
    favourable: Literal["higher", "lower", "either"] = "higher"
    selection_rule: str = ""


class Domain(Part):
    """What an appraisal tool of one's own judges."""

    id: Id
    label: str
    help: str = ""
    judgements: tuple[str, ...] = Field((), description="Where they differ from the tool's")


class AppraisalTool(Part):
    later = frozenset({"domains", "judgements", "overall", "link"})

    id: str
    applies_to: str
    votes: int = Field(2, ge=1)
    use: str = ""
    domains: tuple[Domain, ...] = Field((), description="For a tool that is not built in")
    judgements: tuple[str, ...] = Field((), description="The words to judge with, from best to worst")
    overall: bool = Field(False, description="Whether the tool asks for a judgement over all domains")
    link: str = ""

    @model_validator(mode="after")
    def _judged_with_words(self) -> AppraisalTool:
        if any(not d.judgements for d in self.domains) and not self.judgements:
            raise ValueError("a tool with domains needs 'judgements': the words to judge them with")
        return self


class Code(Part):
    """A theme of the codebook."""

    id: str = Field(min_length=1, description="The theme as it is printed")
    definition: str = ""
    parent: str = Field("", description="The theme above it")
    questions: tuple[str, ...] = Field((), description="Empty: all questions")


class Citations(Part):
    """How references are printed."""

    style: str = Field(
        "", description="A CSL style by its name (apa, bmj, nlm-citation-sequence …), or a .csl file, relative to the review's folder"
    )
    language: str = Field("en-GB", description="Of dates and connecting words")


class TableColumn(Part):
    """A column of a table: a field of a form, or one of: study, reports, year, questions, appraisal."""

    field: str = Field(description="QUESTION.FIELD, a field's id alone, or study, reports, year, questions, appraisal")
    title: str = ""
    width: float = Field(1, gt=0, le=20)
    quotes: bool = Field(True, description="Whether its quotes are printed")


class TablePlan(Part):
    """How a table is printed, where that is not left to the program."""

    name: Id = Field(description="characteristics, evidence-Q1 … or a name of your own")
    title: str = ""
    question: str = Field("", description="For a table of your own: whose findings are its rows; empty: a row for each study")
    columns: tuple[TableColumn, ...] = ()
    group_by: str = Field("", description="A field whose answer heads the rows")
    order_by: tuple[str, ...] = Field((), description="Fields, or study, year; the first counts most")
    notes: tuple[str, ...] = ()


class SynthesisFields(Part):
    """Which fields of the question's form hold what a synthesis reads; where none is named, the usual ids are looked for."""

    direction: str = ""
    domain: str = ""
    effect: str = ""
    n: str = ""
    design: str = ""
    theme: str = ""
    dimension: str = ""
    gradient: str = ""


class Synthesis(Part):
    later = frozenset({"votes", "fields"})

    question: str
    approach: Literal["thematic", "framework", "meta-aggregation", "SWiM", "meta-analysis", "narrative"]
    groups: str = ""
    metric: str = ""
    method: str = ""
    heterogeneity: str = ""
    sensitivity: str = ""
    subgroups: tuple[str, ...] = ()
    integration: str = ""
    votes: str = Field("direction", description="What is counted where effects are not pooled: their direction")
    fields: SynthesisFields = SynthesisFields()

    @model_validator(mode="after")
    def _never_by_significance(self) -> Synthesis:
        if self.votes != "direction":
            raise ValueError(
                "votes are counted by direction of effect, never by statistical significance: a study that is too small to be significant "
                "is no vote against, so such counts mislead (Cochrane Handbook, 12.2.2.1; SWiM). Write 'direction'"
            )
        return self


class Certainty(Part):
    question: str
    approach: Literal["GRADE", "GRADE-CERQual", "none"]
    because: str = ""
