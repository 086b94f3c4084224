"""What people conclude: review findings with GRADE-CERQual, outcomes with GRADE, and how the two meet. A file of theirs, checked.

CERQual: Lewin et al., Implement Sci 2018;13(Suppl 1). GRADE: Guyatt et al., J Clin Epidemiol 2011;64:383-394. The program may
add up what a person moved; the level is the person's.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from review.model.protocol_parts import Id, Part

Level = Literal["High", "Moderate", "Low", "Very low"]
LEVELS: tuple[Level, ...] = ("High", "Moderate", "Low", "Very low")
SIGNS = {"High": "⊕⊕⊕⊕", "Moderate": "⊕⊕⊕◯", "Low": "⊕⊕◯◯", "Very low": "⊕◯◯◯"}
Concern = Literal["no or very minor concerns", "minor concerns", "moderate concerns", "serious concerns"]
COMPONENTS = ("methodological_limitations", "coherence", "adequacy", "relevance")
# How far each domain of GRADE can move the certainty.
DOWN = {"risk of bias": 3, "inconsistency": 2, "indirectness": 2, "imprecision": 3, "publication bias": 1}
UP = {"large effect": 2, "dose response": 1, "opposing confounding": 1}


class Judged(Part):
    """A component of CERQual: a level, and why where it is more than a very minor concern."""

    level: Concern
    because: str = ""

    @model_validator(mode="after")
    def _with_a_reason(self) -> Judged:
        if self.level != "no or very minor concerns" and not self.because:
            raise ValueError(f"'{self.level}' needs its reason: because")
        return self


class Cerqual(Part):
    methodological_limitations: Judged
    coherence: Judged
    adequacy: Judged
    relevance: Judged
    overall: Level
    because: str = Field(min_length=1, description="The explanation of the overall confidence")


class Finding(Part):
    """A finding of the review, in a sentence, with the studies that contribute to it."""

    id: Id
    question: str
    text: str = Field(min_length=1)
    studies: tuple[str, ...] = Field(min_length=1, description="Keys of the studies, as 'review link --list' gives them")
    themes: tuple[str, ...] = ()
    cerqual: Cerqual | None = None


class Move(Part):
    """A step down or up, each with its reason, which becomes a footnote."""

    domain: Literal[
        "risk of bias",
        "inconsistency",
        "indirectness",
        "imprecision",
        "publication bias",
        "large effect",
        "dose response",
        "opposing confounding",
    ]
    by: int
    because: str = Field(min_length=1)

    @model_validator(mode="after")
    def _as_far_as_the_domain_goes(self) -> Move:
        low, high = (-DOWN[self.domain], -1) if self.domain in DOWN else (1, UP[self.domain])
        if not low <= self.by <= high:
            raise ValueError(
                f"'{self.domain}' moves by {low} to {high}, not by {self.by:+d}"
                if low != high
                else f"'{self.domain}' moves by {low:+d}, not by {self.by:+d}"
            )
        return self


def _in_range(moves: tuple[Move, ...]) -> tuple[Move, ...]:
    names = [m.domain for m in moves]
    if twice := [n for n in names if names.count(n) > 1]:
        raise ValueError(f"'{twice[0]}' is moved twice")
    return moves


class OutcomeCertainty(Part):
    """An outcome of a comparison, as a summary of findings shows it."""

    id: Id
    question: str
    outcome: str
    timepoint: str = ""
    comparison: str = ""
    without: str = Field("", description="Anticipated absolute effect without the intervention")
    with_: str = Field("", alias="with", description="And with it")
    effect: str = Field("", description="Relative effect with its interval, or a summary of directions")
    participants: int | None = Field(None, ge=0)
    studies: tuple[str, ...] = ()
    start: Literal["High", "Low"] = Field("High", description="High for trials, and where ROBINS-I is used; else Low")
    moves: Annotated[tuple[Move, ...], AfterValidator(_in_range)] = ()
    certainty: Level
    plain: str = Field("", description="What happens, in plain language")

    @property
    def adds_up_to(self) -> Level:
        """Where the moves lead from the start: arithmetic only."""
        n = LEVELS.index(self.start) - sum(m.by for m in self.moves)
        return LEVELS[max(0, min(3, n))]


class Meeting(Part):
    """How a finding stands to the evidence on an outcome (JBI mixed methods, convergent segregated)."""

    finding: str
    outcome: str
    says: Literal["supports", "contradicts", "silent", "none"]
    because: str = ""


class Findings(Part):
    """The whole file."""

    findings: tuple[Finding, ...] = ()
    outcomes: tuple[OutcomeCertainty, ...] = ()
    integration: tuple[Meeting, ...] = ()

    @model_validator(mode="after")
    def _hold_together(self) -> Findings:
        for kind, ids in (("finding", [f.id for f in self.findings]), ("outcome", [o.id for o in self.outcomes])):
            if twice := [i for i in ids if ids.count(i) > 1]:
                raise ValueError(f"{kind} '{twice[0]}' is there twice")
        for m in self.integration:
            if m.finding not in {f.id for f in self.findings}:
                raise ValueError(f"the integration names a finding '{m.finding}', which is not there")
            if m.outcome not in {o.id for o in self.outcomes}:
                raise ValueError(f"the integration names an outcome '{m.outcome}', which is not there")
        return self

    def strangers(self, studies: Collection[str]) -> list[tuple[str, str]]:
        """(finding or outcome, key) of each study that is named, but is none of those."""
        named = [*((f.id, f.studies) for f in self.findings), *((o.id, o.studies) for o in self.outcomes)]
        return [(part, key) for part, keys in named for key in keys if key not in studies]

    @property
    def certain(self) -> int:
        return sum(f.cerqual is not None for f in self.findings) + len(self.outcomes)
