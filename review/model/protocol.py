"""The protocol: everything that is decided before the work begins.

Fields follow PRISMA-P 2015 (Moher et al., Syst Rev 2015;4:1) and the PROSPERO form. The loader (`protocol_yaml`)
gives each error its line and column.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from review.model.protocol_evidence import AppraisalTool, Certainty, Citations, Code, ExtractionPlan, Outcome, Synthesis, TablePlan
from review.model.protocol_parts import (
    Amendment,
    DedupPlan,
    Eligibility,
    Lock,
    Member,
    Part,
    Question,
    Registration,
    ReviewInfo,
    SearchPlan,
    SourcePlan,
    Support,
)
from review.model.protocol_phases import PhasePlan


class Protocol(Part):
    """One review, whole."""

    later = frozenset({"tables", "codebook", "citations"})

    schema_version: Literal["1"] = "1"
    review: ReviewInfo
    registration: Registration = Registration()
    team: tuple[Member, ...] = Field(min_length=1)
    support: Support = Support()
    involvement: str = Field("", description="How the public took part (GRIPP2)")
    rationale: str = ""
    questions: tuple[Question, ...] = Field(min_length=1)
    eligibility: Eligibility
    sources: tuple[SourcePlan, ...] = Field(min_length=1)
    search: SearchPlan = SearchPlan()
    dedup: DedupPlan = DedupPlan()
    phases: tuple[PhasePlan, ...] = Field(min_length=1)
    extraction: ExtractionPlan
    outcomes: tuple[Outcome, ...] = ()
    appraisal: tuple[AppraisalTool, ...] = ()
    synthesis: tuple[Synthesis, ...] = ()
    certainty: tuple[Certainty, ...] = ()
    codebook: tuple[Code, ...] = ()
    tables: tuple[TablePlan, ...] = ()
    citations: Citations = Citations()
    reporting_bias: str = ""
    dissemination: str = ""
    data_availability: str = ""
    licence: str = ""
    amendments: tuple[Amendment, ...] = ()
    lock: Lock | None = None

    def phase(self, name: str) -> PhasePlan | None:
        return next((p for p in self.phases if p.name == name), None)

    def source(self, source_id: str) -> SourcePlan | None:
        return next((s for s in self.sources if s.id == source_id), None)

    def member_name(self, member_id: str) -> str:
        return next((m.name for m in self.team if m.id == member_id), member_id)

    def reasons(self, phase: str) -> tuple[str, ...]:
        """The reason labels of a phase, in the order of the criteria, each once."""
        return tuple(dict.fromkeys(c.reason for c in self.eligibility.criteria if phase in c.phases))

    @property
    def in_force(self) -> str:
        """The digest that the lock and the amendments say is in force; '' before the lock."""
        if self.lock is None:
            return ""
        return self.amendments[-1].after if self.amendments else self.lock.sha256
