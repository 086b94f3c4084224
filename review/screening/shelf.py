"""Where a sitting takes its reports from: all their keys at once, each report when it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from review.model.identifiers import identifier
from review.model.record import Report


class Shelf(Protocol):
    """Reports by key. The index on disk is one; a pile in memory is another."""

    @property
    def keys(self) -> Sequence[str]:
        """Of all reports, sorted."""

    @property
    def report_of(self) -> Mapping[str, str]:
        """Record key -> report key."""

    def report(self, key: str) -> Report:
        """A report with its records. Raises KeyError."""

    def of_years(self, first: int, last: int) -> set[str]:
        """The reports with a record of these years."""

    def of_source(self, source: str) -> set[str]:
        """The reports with a record from a source."""

    def with_words(self, text: str) -> set[str]:
        """The reports with a record whose title or abstract holds the text, in any case."""

    def named(self, text: str) -> list[str]:
        """The reports with a record of this DOI or PMID (also as an address), or whose title holds the text, in any case; sorted."""


class Pile:
    """Reports in memory."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = {r.key: r for r in reports}
        self.keys: Sequence[str] = list(self._reports)
        self.report_of: Mapping[str, str] = {k: r.key for r in reports for k in r.keys}

    def report(self, key: str) -> Report:
        return self._reports[key]

    def of_years(self, first: int, last: int) -> set[str]:
        return {k for k, r in self._reports.items() if any(x.year and first <= x.year <= last for x in r.records)}

    def of_source(self, source: str) -> set[str]:
        return {k for k, r in self._reports.items() if any(x.source == source for x in r.records)}

    def with_words(self, text: str) -> set[str]:
        text = text.casefold()
        return {k for k, r in self._reports.items() if any(text in f"{x.title}\n{x.abstract}".casefold() for x in r.records)}

    def named(self, text: str) -> list[str]:
        text, bare = text.casefold(), identifier(text)
        return sorted(
            k for k, r in self._reports.items() if any(bare in (x.doi.casefold(), x.pmid) or text in x.title.casefold() for x in r.records)
        )
