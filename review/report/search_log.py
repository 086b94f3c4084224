"""The search log: what each search was, brought, and lost to duplicates. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from review.model.record import Search
from review.model.run import SearchRun
from review.report.counts import Counted
from review.report.material import Material


@dataclass(frozen=True)
class SourceLine:
    """A row of the search log."""

    id: str
    name: str
    kind: str
    platform: str
    date: str
    announced: int | None
    parsed: int
    rejected: int
    removed: int  # as duplicates
    query: str
    limits: tuple[str, ...]
    files: tuple[str, ...]  # sha256
    translation: str  # the source's own reading of the query
    run: SearchRun | None  # how it was run, where this program ran it
    only: bool  # the one search of its source, so that the source's list is its list


def search_log(material: Material, searches: Sequence[Search], found: Counted) -> tuple[SourceLine, ...]:
    """A row for each search, in the order of the protocol's sources."""
    protocol = material.protocol
    removed = _removed(material, found)
    lines = []
    order = [s.id for s in protocol.sources]
    for search in sorted(searches, key=lambda s: (order.index(s.source) if s.source in order else len(order), s.source, s.date)):
        plan = protocol.source(search.source)
        lines.append(
            SourceLine(
                id=search.source,
                name=plan.name if plan else search.source,
                kind=plan.kind if plan else "not in the protocol",
                platform=plan.platform if plan else "",
                date=search.date,
                announced=search.announced,
                parsed=sum(f.parsed for f in search.files),
                rejected=sum(f.rejected for f in search.files),
                removed=removed[search.source, search.date],
                query=search.query,
                limits=tuple(f"{x.text}, because {x.because.rstrip('.')}" for x in plan.limits) if plan else (),
                files=tuple(f.sha256 for f in search.files),
                translation=search.translation,
                run=search.run,
                only=sum(s.source == search.source for s in searches) == 1,
            )
        )
    return tuple(lines)


def _removed(material: Material, found: Counted) -> Counter[tuple[str, str]]:
    """Of each search, its source and date, the records that were removed as duplicates."""
    removed = pl.concat([found.lists[name].items.rows["key"] for name in ("removed", "other-removed")])
    gone = material.records.rows.filter(pl.col("key").is_in(removed.implode()))
    return Counter({(s, date): n for s, date, n in gone.group_by("source", "searched").len().iter_rows()})
