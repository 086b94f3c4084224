"""All that a report is made from; and the lists behind its numbers. Of very many records, as columns: few are ever looked at one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from typing import overload

from review.model.extraction import Extraction
from review.model.findings import Findings
from review.model.protocol import Protocol
from review.model.record import Record, Reject, Report
from review.model.related import Related
from review.model.screening import PhaseResult
from review.report.tables import reference


@dataclass(frozen=True)
class Item:
    """One line of a list: the key and title of a record or report, and what is said of it."""

    key: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class Items(Sequence[Item]):
    """Lines of a list, as columns of one length."""

    keys: Sequence[str] = ()
    titles: Sequence[str] = ()
    notes: Sequence[str] = ()

    @classmethod
    def of(cls, items: Iterable[Item]) -> Items:
        if isinstance(items, Items):
            return items
        rows = [(i.key, i.title, i.note) for i in items]
        return cls(*zip(*rows, strict=True)) if rows else cls()

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Item]:
        return map(Item, self.keys, self.titles, self.notes)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> Items: ...
    def __getitem__(self, at: int | slice) -> Item | Items:
        if isinstance(at, slice):
            return Items(self.keys[at], self.titles[at], self.notes[at])
        return Item(self.keys[at], self.titles[at], self.notes[at])


@dataclass(frozen=True)
class Listed:
    """The list behind a number."""

    id: str
    title: str
    items: Items


@dataclass(frozen=True)
class Records:
    """All records, by key: of each its key, source, date of search, title and report."""

    keys: Sequence[str] = ()
    sources: Sequence[str] = ()
    dates: Sequence[str] = ()
    titles: Sequence[str] = ()
    reports: Sequence[str] = ()

    @classmethod
    def of(cls, reports: Iterable[Report]) -> Records:
        rows: list[tuple[Record, str]] = sorted(((x, r.key) for r in reports for x in r.records), key=lambda row: row[0].key)
        values = [(x.key, x.source, x.searched, x.title, report) for x, report in rows]
        return cls(*zip(*values, strict=True)) if values else cls()

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def title_of(self) -> dict[str, str]:
        """Report -> its title, as `Report.title` has it: that of its first record, unless a spreadsheet damaged that and another is whole."""
        found = dict(zip(reversed(self.reports), reversed(self.titles), strict=True))
        if poor := {report for report, title in found.items() if not title or title[0] == "#"}:
            for report, title in zip(self.reports, self.titles, strict=True):
                if report in poor and title and (not found[report] or (found[report][0] == "#" != title[0])):
                    found[report] = title
        return found


@dataclass(frozen=True)
class Material:
    """All that the report is made from. reports: by key, those at least that a table names."""

    protocol: Protocol
    records: Records
    rejects: Sequence[Reject]
    reports: Mapping[str, Report]
    phases: Sequence[PhaseResult]
    extraction: Extraction
    unsure: int = 0  # pairs of records that nobody has decided
    findings: Findings = field(default_factory=Findings)  # what people conclude
    related: Related = field(default_factory=dict)  # report -> others that bear on it
    styled: Callable[[], Mapping[str, str]] = dict  # report -> its reference in the protocol's style, made when first asked for

    def cite(self, report: Report) -> str:
        """The reference of a report as the review prints it."""
        return self.styled().get(report.key) or reference(report)


def items(keys: Sequence[str], titles: Mapping[str, str], notes: Iterable[str] | str = "") -> Items:
    """A list of reports. notes: one for each, or one for all."""
    told = list(repeat(notes, len(keys))) if isinstance(notes, str) else list(notes)
    return Items(keys, [titles.get(key, "") for key in keys], told)
