"""Records by what is typed of them."""

from __future__ import annotations

import pytest

from review.dedup.finding import Finder, told_of
from review.model.record import Record

RECORDS = [
    Record(key="alpha:A-1", doi="10.1000/ABC.1", title="Café culture: a <i>survey</i>", authors=("Harlow, Inès", "Quince, P.")),
    Record(key="alpha:B-2", pmid="1234", title="社区花园对居民健康的影响"),
    Record(key="lone", title="Ａllotments & sleep", authors=("Straße, K.",)),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ALPHA:a-1", {"alpha:A-1"}),
        (" b-2 ", {"alpha:B-2"}),
        ("B:2", {"alpha:B-2"}),  # as its source writes it
        ("lone", {"lone"}),
        ("10.1000/abc.1", {"alpha:A-1"}),
        ("https://doi.org/10.1000/ABC.1", {"alpha:A-1"}),
        ("doi:10.1000/abc.1", {"alpha:A-1"}),
        ("doi:", set()),
        ("1234", {"alpha:B-2"}),
        ("PMID: 1234", {"alpha:B-2"}),
        ("https://pubmed.ncbi.nlm.nih.gov/1234/", {"alpha:B-2"}),
        ("123", set()),
        ("CAFE Culture, a survey", {"alpha:A-1"}),
        ("ines quince", {"alpha:A-1"}),
        ("花园", {"alpha:B-2"}),
        ("allotments and", set()),
        ("allotments sleep", {"lone"}),
        ("STRASSE", {"lone"}),
        ("alpha", set()),
        ("–", set()),
        (" ", set()),
        (".*", set()),
    ],
)
def test_a_record_is_found_by_its_names_or_by_words(typed: str, found: set[str]) -> None:
    assert Finder(told_of(RECORDS)).having(typed) == found
