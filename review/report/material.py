"""All that a report is made from; and the lists behind its numbers. Of very many records, as columns: few are ever looked at one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import starmap
from typing import overload

import polars as pl

from review.model.extraction import Extraction
from review.model.findings import Findings
from review.model.protocol import Protocol
from review.model.record import Reject, Report
from review.model.related import Related
from review.model.screening import PhaseResult
from review.report.tables import reference


@dataclass(frozen=True)
class Item:
    """One line of a list: the key and title of a record or report, and what is said of it."""

    key: str
    title: str
    note: str = ""


_LINE = pl.Schema({"key": pl.String, "title": pl.String, "note": pl.String})


@dataclass(frozen=True, eq=False)
class Items(Sequence[Item]):
    """Lines of a list: a row of each, with the fields of Item."""

    rows: pl.DataFrame

    @classmethod
    def of(cls, items: Iterable[Item]) -> Items:
        if isinstance(items, Items):
            return items
        return cls(pl.DataFrame([(i.key, i.title, i.note) for i in items], schema=_LINE, orient="row"))

    @property
    def keys(self) -> list[str]:
        return self.rows["key"].to_list()

    def __len__(self) -> int:
        return self.rows.height

    def __iter__(self) -> Iterator[Item]:
        return starmap(Item, self.rows.iter_rows())

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> Items: ...
    def __getitem__(self, at: int | slice) -> Item | Items:
        return Items(self.rows[at]) if isinstance(at, slice) else Item(*self.rows.row(at))


@dataclass(frozen=True)
class Listed:
    """The list behind a number."""

    id: str
    title: str
    items: Items


_RECORD = pl.Schema(dict.fromkeys(("key", "source", "searched", "title", "report"), pl.String))


@dataclass(frozen=True, eq=False)
class Records:
    """All records, by key: of each its key, source, date of search, title and report."""

    rows: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_RECORD))

    @classmethod
    def of(cls, reports: Iterable[Report]) -> Records:
        rows = [(x.key, x.source, x.searched, x.title, r.key) for r in reports for x in r.records]
        return cls(pl.DataFrame(rows, schema=_RECORD, orient="row").sort("key"))

    def __len__(self) -> int:
        return self.rows.height

    @cached_property
    def title_of(self) -> dict[str, str]:
        """Report -> its title, as `Report.title` has it: that of its first record, unless a spreadsheet damaged that and another is whole; by key."""
        told = self.rows.select("report", "title")
        first = self.rows.filter(pl.col("key") == pl.col("report")).select("report", "title")  # a report is called as its first record
        found = dict(zip(first["report"].to_list(), first["title"].to_list(), strict=True))
        poor = first.filter((pl.col("title") == "") | pl.col("title").str.starts_with("#"))["report"]
        for report, title in told.filter(pl.col("report").is_in(poor.implode())).iter_rows():
            if title and (not found[report] or (found[report][0] == "#" != title[0])):
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
    told = pl.lit(notes) if isinstance(notes, str) else pl.Series(list(notes), dtype=pl.String)
    rows = pl.DataFrame({"key": keys, "title": [titles.get(key, "") for key in keys]}, schema_overrides=_LINE)
    return Items(rows.with_columns(note=told))
