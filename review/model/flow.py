"""The PRISMA 2020 flow: counts that refuse to exist when they do not add up.

Boxes and identities: Page et al., BMJ 2021;372:n71, figure 1 and box 1; the two arms are "databases and
registers" and "other methods".
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from review.errors import FlowError

Counts = tuple[tuple[str, int], ...]  # (label, n) in the order to print them


def total(counts: Counts) -> int:
    return sum(n for _, n in counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One column of the flow. Records down to `excluded`, reports from `sought` on."""

    identified: Counts = ()  # records per source
    duplicates: int = 0
    removed_by_automation: int = 0
    removed_otherwise: int = 0
    screened: int = 0
    excluded: int = 0
    sought: int = 0
    not_retrieved: int = 0
    assessed: int = 0
    reasons: Counts = ()  # reports excluded, by primary reason
    included: int = 0
    unscreened: int = 0  # unfinished: awaiting title/abstract decisions
    unassessed: int = 0  # unfinished: awaiting a full text or full-text decisions

    def problems(self, name: str) -> list[str]:
        """The identities that fail, each as a sentence with its numbers."""
        found = [f"{name}: {f.name} is {n}, below zero" for f in fields(self) if isinstance(n := getattr(self, f.name), int) and n < 0]
        found += [f"{name}: '{label}' is {n}, below zero" for label, n in (*self.identified, *self.reasons) if n < 0]
        removed = self.duplicates + self.removed_by_automation + self.removed_otherwise
        checks = (
            (
                "records identified - removed before screening = records screened + records awaiting screening",
                total(self.identified) - removed,
                self.screened + self.unscreened,
            ),
            ("records screened - records excluded = reports sought for retrieval", self.screened - self.excluded, self.sought),
            (
                "reports sought - not retrieved = reports assessed + reports awaiting assessment",
                self.sought - self.not_retrieved,
                self.assessed + self.unassessed,
            ),
            ("reports assessed - reports excluded = reports included", self.assessed - total(self.reasons), self.included),
        )
        return found + [f"{name}: {words}, but {left} is not {right}" for words, left, right in checks if left != right]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The flow of a new review. Raises FlowError at birth if an identity fails."""

    databases: Counts = ()  # records per database
    registers: Counts = ()  # records per register
    main: Arm  # via databases and registers
    other: Arm  # via other methods; its identified counts are per website, organisation, citation search ...
    included_studies: int = 0
    included_reports: int = 0
    by_question: Counts = ()  # included reports that answer each question
    rejected: Counts = ()  # entries of the files that could not be read, per source: not records, and counted apart
    waiting: Counts = ()  # what is missing before the flow is final, in the order in which to do it
    footnotes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        found = self.main.problems("databases and registers") + self.other.problems("other methods")
        if self.main.identified != self.databases + self.registers:
            found.append("the records per database and register are not those of their arm")
        if self.included_reports != self.main.included + self.other.included:
            found.append(f"reports included, but {self.included_reports} is not {self.main.included} + {self.other.included}")
        if self.included_studies > self.included_reports or (self.included_studies == 0) != (self.included_reports == 0):
            found.append(f"{self.included_studies} studies can't come from {self.included_reports} reports")
        found += [
            f"question {q}: {n} reports, more than the {self.included_reports} included"
            for q, n in self.by_question
            if n > self.included_reports
        ]
        unfinished = self.main.unscreened + self.main.unassessed + self.other.unscreened + self.other.unassessed
        if unfinished and not self.waiting:
            found.append(f"{unfinished} records or reports have no final state, but nothing is said to be waiting")
        if found:
            raise FlowError(
                "The flow does not add up:\n  " + "\n  ".join(found),
                "This is a defect in the counting or an edit of the index: run 'review doctor'.",
            )

    @property
    def interim(self) -> bool:
        return bool(self.waiting)

    @property
    def has_other(self) -> bool:
        return bool(self.other.identified)
