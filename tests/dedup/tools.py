"""What the tests call, loaded at the first call: once polars works it has threads, and a process that has them can't be forked (see `support.threaded`)."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from review.model.record import Link, Record, Report, text_of
from review.model.related import RELATIONS, role


def _at_call(module: str, name: str) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        return getattr(import_module(module), name)(*args, **kwargs)

    return call


group = _at_call("review.dedup.engine", "group")
frame_of = _at_call("review.dedup.columns", "frame_of")
record_of = _at_call("review.dedup.columns", "record_of")
features_of = _at_call("review.dedup.features", "features_of")
explain = _at_call("review.dedup.explain", "explain")
explained = _at_call("review.dedup.explain", "explained")
explained_all = _at_call("review.dedup.explain", "explained_all")
thirds = _at_call("review.dedup.thirds", "thirds")
people_of = _at_call("review.dedup.people", "people_of")
titles_of = _at_call("review.dedup.titles", "titles_of")
compare_journals = _at_call("review.dedup.journals", "compare_journals")
told_apart = _at_call("review.dedup.imprints", "told_apart")
dois_of = _at_call("review.dedup.places", "dois_of")
issue_of = _at_call("review.dedup.pages", "issue_of")
journal_of = _at_call("review.dedup.journal_names", "journal_of")
numbers_of = _at_call("review.dedup.pages", "numbers_of")
pages_of = _at_call("review.dedup.pages", "pages_of")
aside = _at_call("review.dedup.reading", "Aside")
read_files = _at_call("review.dedup.reading", "read_files")
records_in = _at_call("review.dedup.reading", "_records")
write_clusters = _at_call("review.dedup.table", "write_clusters")
write_unsure = _at_call("review.dedup.table", "write_unsure")
strings = _at_call("polars", "Series")
select = _at_call("polars", "select")
lit = _at_call("polars", "lit")
at = import_module


def pairs_among(features: Any) -> Any:
    """The pairs that blocks propose among features that are all here, by key."""
    blocks, polars = at("review.dedup.blocks"), at("polars")
    return blocks.candidate_pairs(polars.concat([features, blocks.keys_of(features)], how="horizontal").select)


def named_by(records: Iterable[Record]) -> Any:
    """What a person may name records by, as the command reads it from the index."""
    names = ("key", "doi", "pmid", "title", "authors", "volume", "pages")
    rows = [[text_of(getattr(record, name)) for name in names] for record in records]
    return at("polars").DataFrame(rows, schema=dict.fromkeys(names, at("polars").String), orient="row")


@dataclass(frozen=True)
class Outcome:
    """What `deduplicate` gives, as values."""

    reports: tuple[Report, ...]
    links: tuple[Link, ...]
    memory: Any = field(compare=False, repr=False)
    columns: tuple[Any, Any, Any] = field(compare=False, repr=False)  # records, members, links


def deduplicate(records: Sequence[Record], **how: Any) -> Outcome:
    frame = frame_of(records)
    found = import_module("review.dedup.engine").deduplicate(frame, **how)
    record, inside = {r.key: r for r in records}, defaultdict(list)
    for key, report in found.members.iter_rows():
        inside[report].append(record[key])
    reports = tuple(Report(key=key, records=tuple(those)) for key, those in sorted(inside.items()))
    return Outcome(
        reports, tuple(Link(**row) for row in found.links.iter_rows(named=True)), found.memory, (frame, found.members, found.links)
    )


def table(name: str, found: Outcome, *more: Any) -> list[dict[str, str]]:
    """The rows of a table of `review.dedup.table` that is made from an outcome."""
    records, members, links = found.columns
    made = getattr(import_module("review.dedup.table"), name)
    reports: Any = members
    if name == "related_reports":
        report = {key: r for r in found.reports for key in r.keys}
        linked = [(x.verdict, report[x.a], report[x.b]) for x in found.links if x.verdict in RELATIONS]
        reports = [(a.key, b.key, role(verdict, a, b)) for verdict, a, b in linked]
    if name == "doi_collisions":
        text = made(records, import_module("review.dedup.table").shared_dois(records, members), *more)
    else:
        text = made(records, reports, links, *more)
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


# A record of the classes that are compared: all names and titles are invented.
BASE = {
    "title": "Community gardens and wellbeing in northern towns: a mixed methods evaluation",
    "authors": ("Harlow, Ines", "Okoye, Peter", "Brandt, Lena"),
    "year": 2011,
    "journal": "Journal of Urban Health Practice",
    "volume": "14",
    "issue": "2",
    "pages": "123-139",
}
