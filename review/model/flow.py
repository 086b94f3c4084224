"""The PRISMA 2020 flow: counts that refuse to exist when they do not add up.

Boxes and identities: Page et al., BMJ 2021;372:n71, figure 1 and box 1; the two arms are "databases and
registers" and "other methods".
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from review.errors import FlowError

Counts = tuple[tuple[str, int], ...]  # (label, n) in the order to print them
MAIN = ("database", "register")  # kinds of source that PRISMA 2020 counts together; all others are other methods


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
    excluded_by_automation: int = 0  # of those excluded; the rest is people's
    joined: int = 0  # records kept, less the reports that they became: not zero only with a footnote
    sought: int = 0
    not_retrieved: int = 0
    assessed: int = 0
    reasons: Counts = ()  # reports excluded, by primary reason
    included: int = 0
    unscreened: int = 0  # unfinished: awaiting title/abstract decisions
    unassessed: int = 0  # unfinished: awaiting a full text or full-text decisions

    def problems(self, name: str) -> list[str]:
        """The identities that fail, each as a sentence with its numbers."""
        found = [
            f"{name}: {f.name} is {n}, below zero"
            for f in fields(self)
            if f.name != "joined" and isinstance(n := getattr(self, f.name), int) and n < 0
        ]
        found += [f"{name}: '{label}' is {n}, below zero" for label, n in (*self.identified, *self.reasons) if n < 0]
        removed = self.duplicates + self.removed_by_automation + self.removed_otherwise
        checks = (
            (
                "records identified - removed before screening = records screened + records awaiting screening",
                total(self.identified) - removed,
                self.screened + self.unscreened,
            ),
            (
                "records screened - records excluded = reports sought for retrieval",
                self.screened - self.excluded - self.joined,
                self.sought,
            ),
            (
                "reports sought - not retrieved = reports assessed + reports awaiting assessment",
                self.sought - self.not_retrieved,
                self.assessed + self.unassessed,
            ),
            ("reports assessed - reports excluded = reports included", self.assessed - total(self.reasons), self.included),
        )
        if self.excluded_by_automation > self.excluded:
            found.append(
                f"{name}: {self.excluded_by_automation} records excluded by automation tools, more than the {self.excluded} excluded"
            )
        return found + [f"{name}: {words}, but {left} is not {right}" for words, left, right in checks if left != right]


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """What the version brought that this review updates; and what changed in it since."""

    studies: int
    reports: int
    removed_studies: int = 0  # retracted, or no longer eligible
    removed_reports: int = 0
    more_reports: int = 0  # new reports of studies that were included before; they count among the reports included now


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The flow of a review, new or updated. Raises FlowError at birth if an identity fails."""

    databases: Counts = ()  # records per database
    registers: Counts = ()  # records per register
    main: Arm  # via databases and registers
    other: Arm  # via other methods; its identified counts are per website, organisation, citation search ...
    included_studies: int = 0  # new ones, in an update
    included_reports: int = 0
    previous: Previous | None = None  # None: a new review
    pooled: tuple[int, int] | None = None  # studies and reports in a meta-analysis, None where there is none
    other_kinds: Counts = ()  # records via other methods by kind of source, for the interchange file
    by_question: Counts = ()  # included reports that answer each question
    rejected: Counts = ()  # entries of the files that could not be read, per source: not records, and counted apart
    waiting: Counts = ()  # what is missing before the flow is final, in the order in which to do it
    footnotes: tuple[str, ...] = ()
    given_up: int = 0  # of those without a final state: screening was stopped before them

    def __post_init__(self) -> None:
        found = self.main.problems("databases and registers") + self.other.problems("other methods")
        if self.main.identified != self.databases + self.registers:
            found.append("the records per database and register are not those of their arm")
        more = self.previous.more_reports if self.previous else 0
        if self.included_reports + more != self.main.included + self.other.included:
            found.append(f"reports included, but {self.included_reports + more} is not {self.main.included} + {self.other.included}")
        if (self.main.joined or self.other.joined) and not self.footnotes:
            found.append("records kept and reports sought differ, and no footnote says why")
        if self.total_studies < 0 or self.total_reports < 0:
            found.append("more was removed from the previous version than it had")
        if self.pooled and (self.pooled[0] > self.total_studies or self.pooled[1] > self.total_reports):
            found.append(f"{self.pooled[0]} studies and {self.pooled[1]} reports in the meta-analysis, more than are included")
        # One report may tell of several studies; the standard allows it, a reader must be told.
        told = self.included_studies <= self.included_reports or self.footnotes
        if not told or (self.included_studies == 0) != (self.included_reports == 0):
            found.append(f"{self.included_studies} studies can't come from {self.included_reports} reports")
        found += [
            f"question {q}: {n} reports, more than the {self.included_reports} included"
            for q, n in self.by_question
            if n > self.included_reports
        ]
        unfinished = self.main.unscreened + self.main.unassessed + self.other.unscreened + self.other.unassessed
        if unfinished > self.given_up and not self.waiting:
            found.append(f"{unfinished} records or reports have no final state, but nothing is said to be waiting")
        if found:
            raise FlowError(
                "The flow does not add up:\n  " + "\n  ".join(found),
                "This is a defect in the counting or an edit of the index: run 'review doctor'.",
            )

    @property
    def total_studies(self) -> int:
        before = self.previous
        return self.included_studies + (before.studies - before.removed_studies if before else 0)

    @property
    def total_reports(self) -> int:
        before = self.previous
        return self.included_reports + (before.reports + before.more_reports - before.removed_reports if before else 0)

    @property
    def interim(self) -> bool:
        return bool(self.waiting)

    @property
    def has_other(self) -> bool:
        return bool(self.other.identified)
