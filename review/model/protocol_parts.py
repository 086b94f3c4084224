"""The parts of a protocol, as frozen typed values. An unknown key, a wrong type or a word outside its list is an error."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from review.model.patterns import lazy

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

_ID = lazy(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


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

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)
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
