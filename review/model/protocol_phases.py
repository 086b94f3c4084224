"""The parts of a protocol that say how a phase of screening goes: who, how many votes, the pilot, conflicts, the order, when to stop."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from review.model.protocol_parts import Part, Phase


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

    @property
    def voters(self) -> tuple[str, ...]:
        """All whose decisions count: the reviewers, and those who left."""
        return (*self.reviewers, *self.former)

    @model_validator(mode="after")
    def _enough_people(self) -> PhasePlan:
        if self.votes > len(self.reviewers):
            raise ValueError(f"{self.votes} votes are needed but only {len(self.reviewers)} reviewers are named")
        if len(set(self.reviewers)) != len(self.reviewers):
            raise ValueError("a reviewer is named twice")
        if both := sorted(set(self.reviewers) & set(self.former)):
            raise ValueError(f"'{both[0]}' can't be a reviewer and a former reviewer of the same phase")
        if stray := [s for s in self.seniors if s not in self.voters]:
            raise ValueError(f"the senior '{stray[0]}' is not one of the reviewers")
        if self.conflicts == "senior" and not self.seniors:
            raise ValueError("conflicts are settled by the senior of those who voted, but no seniors are named")
        if self.seniors and not set(self.seniors) & set(self.reviewers):
            raise ValueError("no senior is left among the reviewers")
        if self.adjudicator in self.reviewers:
            raise ValueError(f"the adjudicator '{self.adjudicator}' is one of the reviewers, and would settle conflicts of their own")
        return self
