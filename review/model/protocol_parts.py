"""The parts of a protocol, as frozen typed values. An unknown key, a wrong type or a word outside its list is an error."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer, model_validator

# The elements of each frame. PICO/PECO: Cochrane Handbook; PICo: JBI; SPIDER: Cooke 2012;
# ECLIPSE: Wildridge & Bell 2002; PerSPECTiF: Booth 2019.
FRAMES: dict[str, tuple[str, ...]] = {
    "PICO": ("population", "intervention", "comparator", "outcome"),
    "PECO": ("population", "exposure", "comparator", "outcome"),
    "PICo": ("population", "phenomenon_of_interest", "context"),
    "SPIDER": ("sample", "phenomenon_of_interest", "design", "evaluation", "research_type"),
    "ECLIPSE": ("expectation", "client_group", "location", "impact", "professionals", "service"),
    "PerSPECTiF": ("perspective", "setting", "phenomenon", "environment", "comparison", "timing", "findings"),
}
# O'Neill et al., J Clin Epidemiol 2014;67:56-64.
PROGRESS_PLUS = (
    "place of residence",
    "race, ethnicity, culture and language",
    "occupation",
    "gender and sex",
    "religion",
    "education",
    "socioeconomic status",
    "social capital",
    "personal characteristics",
    "features of relationships",
    "time-dependent relationships",
)

Phase = Literal["title-abstract", "full-text"]
PHASES: tuple[Phase, ...] = ("title-abstract", "full-text")

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


def _an_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError("an id begins with a letter and holds letters, digits, '-' and '_' only")
    return value


def _a_reason(value: str) -> str:
    # PRISMA2020's interchange file splits reasons at commas and semicolons and breaks on an ASCII apostrophe.
    if bad := [c for c in ",;'" if c in value]:
        raise ValueError(f"a reason label can't hold {bad[0]!r}: it would break the PRISMA interchange file; use '–', '/' or '’'")
    return value


Id = Annotated[str, AfterValidator(_an_id)]
Reason = Annotated[str, AfterValidator(_a_reason)]


class Part(BaseModel):
    """A part of the protocol: frozen, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    # Fields that came after protocols had been locked: where they are not used they are not in the digest.
    later: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _as_locked(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        values: dict[str, Any] = handler(self)
        return {k: v for k, v in values.items() if k not in self.later or getattr(self, k) != type(self).model_fields[k].default}


class PreviousVersion(Part):
    """What the version that this review updates had included (PRISMA 2020, templates for updated reviews)."""

    studies: int = Field(ge=0)
    reports: int = Field(ge=0)
    removed_studies: int = Field(0, ge=0, description="Retracted since, or no longer eligible")
    removed_reports: int = Field(0, ge=0)
    more_reports: int = Field(0, ge=0, description="Included reports of this version that belong to studies of the previous one")


class ReviewInfo(Part):
    later = frozenset({"previous"})

    title: str = Field(min_length=1)
    type: Literal["mixed-methods", "intervention", "qualitative", "scoping", "diagnostic", "prognostic", "methodology", "other"]
    status: Literal["planned", "ongoing", "complete", "living", "retired"] = "planned"
    version: str = "1.0"
    start: dt.date | None = None
    end: dt.date | None = None
    supersedes: str = Field("", description="Id, DOI or hash of the version this one updates")
    previous: PreviousVersion | None = Field(
        None, description="What the version that this one updates had included; absent in a new review"
    )
    notice: str = Field(
        "", description="A sentence that every page of the report and every ledger carries, e.g. that this is a worked example"
    )


class Registration(Part):
    register_name: str = Field("not registered", alias="register")
    id: str = ""
    url: str = ""
    date: dt.date | None = None


class Member(Part):
    id: Id = Field(description="What the ledgers store")
    name: str
    orcid: str = ""
    affiliation: str = ""
    email: str = ""
    roles: tuple[str, ...] = Field((), description="CRediT roles")
    interests: str = Field("", description="Competing interests, or 'none declared'")
    guarantor: bool = False


class Support(Part):
    sources: tuple[str, ...] = ()
    sponsor: str = ""
    role: str = Field("", description="What the sponsor decides or does")


class Question(Part):
    id: Id
    text: str = Field(min_length=1)
    frame: Literal["PICO", "PECO", "PICo", "SPIDER", "ECLIPSE", "PerSPECTiF"]
    elements: dict[str, str] = {}
    equity: tuple[str, ...] = Field((), description="PROGRESS-Plus dimensions this question looks at")
    evidence: tuple[str, ...] = Field((), description="Kinds of evidence that can answer it")

    @model_validator(mode="after")
    def _elements_fit(self) -> Question:
        allowed = FRAMES[self.frame]
        for name in self.elements:
            if name not in allowed:
                raise ValueError(f"element '{name}' is not part of {self.frame}; allowed: {', '.join(allowed)}")
        for name in self.equity:
            if name not in PROGRESS_PLUS:
                raise ValueError(f"'{name}' is not a PROGRESS-Plus dimension; allowed: {'; '.join(PROGRESS_PLUS)}")
        return self


class Criterion(Part):
    id: Id
    dimension: str
    phases: tuple[Phase, ...] = PHASES
    questions: tuple[str, ...] = Field((), description="Empty: all questions")
    include: str
    exclude: str = ""
    reason: Reason = Field(description="The label under which exclusions are counted in the flow")


class YearLimit(Part):
    first: int | None = None
    last: int | None = None
    because: str = ""


class ReportLimits(Part):
    years: YearLimit = YearLimit()
    languages: tuple[str, ...] = ()
    languages_because: str = ""
    publication_status: str = ""
    countries: str = ""


class Terms(Part):
    include: tuple[str, ...] = Field((), description="Words that speak for a report; `*` stands for the rest of a word: communit*")
    exclude: tuple[str, ...] = Field((), description="Words that speak against it")


class Eligibility(Part):
    later = frozenset({"terms"})

    rule: str = ""
    terms: Terms = Field(Terms(), description="Words that the screens highlight; they decide nothing")
    criteria: tuple[Criterion, ...] = Field(min_length=1, description="In order: the first that fails is the primary reason")
    reports: ReportLimits = ReportLimits()


class Limit(Part):
    text: str
    because: str = Field(min_length=1, description="PRISMA-S item 9: each limit is justified")


class Filter(Part):
    name: str
    citation: str
    modified: bool = False


class SourcePlan(Part):
    later = frozenset({"library"})

    id: Id
    name: str
    kind: Literal["database", "register", "website", "organisation", "citation", "contact", "other"]
    platform: str = ""
    coverage: str = ""
    strategy: str = Field("", description="File of the strategy, relative to the review's folder")
    library: str = Field("", description="A library on disk that the strategy is run on, relative to the review's folder")
    planned: str = ""
    limits: tuple[Limit, ...] = ()
    filters: tuple[Filter, ...] = ()
    note: str = ""


class SearchPlan(Part):
    prior_work: tuple[str, ...] = ()
    known_items: tuple[str, ...] = Field((), description="Ids of reports that the search must find")
    peer_review: str = Field("", description="Who reviewed the search (PRESS), when, with what result")


class DedupPlan(Part):
    certain: float = Field(0.95, ge=0.5, le=1, description="From this probability on, records are merged")
    unsure: float = Field(0.30, ge=0, le=1, description="From this probability on, a person is asked")

    @model_validator(mode="after")
    def _in_order(self) -> DedupPlan:
        if self.unsure > self.certain:
            raise ValueError("dedup.unsure can't be above dedup.certain")
        return self


class Pilot(Part):
    n: int = Field(0, ge=0)
    target: float | None = Field(None, ge=-1, le=1)
    statistic: Literal["percent", "kappa", "pabak"] = "kappa"


class StopPlan(Part):
    """A protocol without a stopping rule screens everything: these are what `review stop` reports against."""

    recall: float = Field(0.95, gt=0, lt=1, description="The share of the relevant reports that must have been found")
    confidence: float = Field(0.95, gt=0.5, lt=1, description="Of the certificate")


class PhasePlan(Part):
    later = frozenset({"former", "seniors", "blocks", "seed", "order", "stop"})

    name: Phase
    reviewers: tuple[str, ...] = Field(min_length=1)
    former: tuple[str, ...] = Field((), description="Reviewers who left: their decisions stay, nothing more is asked of them")
    seniors: tuple[str, ...] = Field((), description="Reviewers of whom each report has at least one")
    blocks: int = Field(
        0,
        ge=0,
        description="Where there are more reviewers than votes: the blocks of reports that are dealt to them in turn (0: one for each combination)",
    )
    seed: int = Field(0, description="Of the draw of the pilot and of the blocks")
    votes: int = Field(2, ge=1, le=9, description="Independent decisions that each report needs")
    blinded: bool = True
    pilot: Pilot = Pilot()
    adjudicator: str = ""
    conflicts: Literal["adjudicate", "discuss-then-adjudicate", "discuss", "senior"] = Field(
        "discuss-then-adjudicate",
        description="adjudicate: a third person decides; discuss: those who differ agree; discuss-then-adjudicate: the third person decides what they leave open; senior: the senior of those who voted decides",
    )
    maybe: Literal["include", "adjudicate"] = Field(
        "include", description="What a maybe at title-abstract counts as when votes are compared; at full text it is always settled"
    )
    reason_required: bool = False
    order: Literal["key", "prioritised", "random", "date"] = Field(
        "key",
        description="What a reviewer is shown first. key: the order of the records’ keys; prioritised: the likeliest to be relevant, learned from that reviewer’s own decisions; date: the newest",
    )
    stop: StopPlan = Field(StopPlan(), description="What a stop before the last record must be able to say")

    @model_validator(mode="after")
    def _enough_people(self) -> PhasePlan:
        if self.votes > len(self.reviewers):
            raise ValueError(f"{self.votes} votes are needed but only {len(self.reviewers)} reviewers are named")
        if len(set(self.reviewers)) != len(self.reviewers):
            raise ValueError("a reviewer is named twice")
        if both := sorted(set(self.reviewers) & set(self.former)):
            raise ValueError(f"'{both[0]}' can't be a reviewer and a former reviewer of the same phase")
        if stray := [s for s in self.seniors if s not in (*self.reviewers, *self.former)]:
            raise ValueError(f"the senior '{stray[0]}' is not one of the reviewers")
        if self.conflicts == "senior" and not self.seniors:
            raise ValueError("conflicts are settled by the senior of those who voted, but no seniors are named")
        if self.seniors and not set(self.seniors) & set(self.reviewers):
            raise ValueError("no senior is left among the reviewers")
        if self.adjudicator in self.reviewers:
            raise ValueError(f"the adjudicator '{self.adjudicator}' is one of the reviewers, and would settle conflicts of their own")
        return self


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


class Lock(Part):
    sha256: str
    at: dt.datetime
    sections: dict[str, str] = {}
    late: bool = Field(False, description="True: it was locked after the first decision")


class Amendment(Part):
    n: int = Field(ge=1)
    at: dt.datetime
    by: str = ""
    what: str = Field(min_length=1)
    why: str = Field(min_length=1)
    stages: tuple[Literal["search", "dedup", "screening", "extraction", "report"], ...] = ()
    before: str
    after: str
    sections: dict[str, str] = {}
