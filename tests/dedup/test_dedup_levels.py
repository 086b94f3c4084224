"""How far two fields agree, in the words that the rules ask for; and what brings two records together. All names and titles are invented."""

from __future__ import annotations

import pytest
from tools import BASE, at, features_of, frame_of

from review.model.record import Record

PAGES = {
    ("123-139", "123-139"): "range",
    ("123-39", "123-139"): "range",
    ("p123-139", "123-139"): "range",  # the p of 'page', since no abstract is that long
    ("e1123", "e1123"): "range",  # the number of an article is no other's
    ("123-139", "123-145"): "first",
    ("123", "123-139"): "same",
    ("12-13", "12-13"): "same",
    ("e112", "e112"): "same",
    ("CD001234", "CD001234"): "same",  # that of all versions of a review
    ("1", "1-9"): "page 1",
    ("iv", "iv-vi"): "page 1",
    ("S12", "12"): "page 1",  # of a supplement
    ("S12-S15", "12-15"): "page 1",
    ("p123", "123"): "page 1",  # a poster
    ("12", "13"): "adjacent",
    ("125-130", "123-139"): "overlap",
    ("139", "123-139"): "overlap",
    ("1-17", "123-139"): "unclear",  # counted from 1
    ("17", "123-139"): "unclear",  # how many they are
    ("e1123", "123-139"): "unclear",
    ("1-16", "123-139"): "different",
    ("5-21", "123-139"): "different",
    ("1-3", "121-123"): "different",
    ("iv", "4"): "different",
    ("150-160", "123-139"): "different",
    ("", "123"): "missing",
}
TITLES = {
    ("Community gardens wellbeing",) * 2: "same, short",
    ("Community gardens and wellbeing",) * 2: "same",
    ("Community gardens and wellbeing in northern towns",) * 2: "same, long",
    # A letter or a little word more that turns the sense makes no subtitle.
    ("Hepatitis B in the northern towns of the country", "Hepatitis in the northern towns of the country"): "weak",
    ("Gardening with a spade in the northern towns", "Gardening without a spade in the northern towns"): "weak",
}
# What stands in the place of an abstract is the same for many documents.
NO_ABSTRACTS = (
    "An abstract is unavailable. This article is available as HTML full text and/or PDF.",
    "Letter to the Editor. No abstract is available for this article. (c) 2004 Soil Periodicals, Inc.",
    "This article does not have an abstract to display; its first lines are shown in its place.",
    "This article has been retracted: please see the publisher's policy on article withdrawal. It has been retracted at the request of the editor.",
)


def levels(field: str, pairs: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """How the field of two records agrees that differ in nothing else."""
    rows = [
        Record(key=f"{'ab'[side]}:{n:03}", **{**BASE, field: pair[side]})  # type: ignore[arg-type]
        for side in (0, 1)
        for n, pair in enumerate(pairs)
    ]
    features, compare = features_of(frame_of(rows)), at("review.dedup.compare").compare
    found = compare(features[: len(pairs)], features[len(pairs) :])[field].to_list()
    return dict(zip(pairs, found, strict=True))


def test_pages_in_either_order() -> None:
    assert levels("pages", PAGES) == PAGES
    turned = {(b, a): level for (a, b), level in PAGES.items()}
    assert levels("pages", turned) == turned


def test_titles_in_either_order() -> None:
    assert levels("title", TITLES) == TITLES
    turned = {(b, a): level for (a, b), level in TITLES.items()}
    assert levels("title", turned) == turned


def test_what_stands_in_the_place_of_an_abstract_is_none() -> None:
    assert levels("abstract", {(text, text): "" for text in NO_ABSTRACTS}) == {(text, text): "missing" for text in NO_ABSTRACTS}


TEXT = {"abstract": "The gardens were dug and the soil was sampled over many years. " * 3}


@pytest.mark.parametrize(
    ("block", "first", "second"),
    [
        ("abstract", TEXT, TEXT),
        ("author and year", {}, {"authors": ("Harlow, I",), "year": 2011}),
        ("author and page", {}, {"authors": ("Harlow, I",), "pages": "123"}),
        ("volume and page", {}, {"volume": "14", "pages": "123"}),
        ("year and page", {}, {"year": 2011, "pages": "123-139"}),
        ("end of title", {}, {"title": "Sleep: a mixed methods evaluation"}),
        ("", {}, {}),
    ],
)
def test_two_records_that_have_but_one_thing_in_common_are_compared(
    block: str, first: dict[str, object], second: dict[str, object]
) -> None:
    other = {
        "title": "Allotments or sleep across southern villages",
        "authors": ("Quill, Ada",),
        "year": 2001,
        "journal": "Botanical Letters",
        "volume": "3",
        "issue": "4",
        "pages": "9-20",
    }
    two = [Record(key="a:1", **{**BASE, **first}), Record(key="b:2", **{**other, **second})]  # type: ignore[arg-type]
    assert at("review.dedup.blocks").shared_blocks(features_of(frame_of(two)), [(0, 1)]) == [(block,) * bool(block)]
