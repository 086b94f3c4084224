"""What the tests call, loaded at the first call: polars has threads, and a process that has them can't be forked (see `forked`)."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def _at_call(module: str, name: str) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        return getattr(import_module(module), name)(*args, **kwargs)

    return call


deduplicate = _at_call("review.dedup.engine", "deduplicate")
group = _at_call("review.dedup.engine", "group")
Deduplicated = _at_call("review.dedup.engine", "Deduplicated")
pairs_among = _at_call("review.dedup.blocks", "pairs_among")
frame_of = _at_call("review.dedup.columns", "frame_of")
record_of = _at_call("review.dedup.columns", "record_of")
features_of = _at_call("review.dedup.features", "features_of")
explain = _at_call("review.dedup.explain", "explain")
explained = _at_call("review.dedup.explain", "explained")
people_of = _at_call("review.dedup.people", "people_of")
titles_of = _at_call("review.dedup.titles", "titles_of")
compare_journals = _at_call("review.dedup.places", "compare_journals")
dois_of = _at_call("review.dedup.places", "dois_of")
issue_of = _at_call("review.dedup.places", "issue_of")
journal_of = _at_call("review.dedup.places", "journal_of")
numbers_of = _at_call("review.dedup.places", "numbers_of")
pages_of = _at_call("review.dedup.places", "pages_of")
read_files = _at_call("review.dedup.reading", "read_files")
records_in = _at_call("review.dedup.reading", "_records")
doi_collisions = _at_call("review.dedup.table", "doi_collisions")
excluded_duplicates = _at_call("review.dedup.table", "excluded_duplicates")
related_reports = _at_call("review.dedup.table", "related_reports")
write_clusters = _at_call("review.dedup.table", "write_clusters")
write_unsure = _at_call("review.dedup.table", "write_unsure")
strings = _at_call("polars", "Series")
select = _at_call("polars", "select")
lit = _at_call("polars", "lit")
at = import_module

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
