"""Numbers in sentences."""

import pytest

from review.model.languages import said
from review.model.words import are, counted, nearest, noun
from review.report.render import sentence


def test_one_is_one_and_many_are_many() -> None:
    assert [counted(n, "record") for n in (0, 1, 2, 1234)] == ["0 records", "1 record", "2 records", "1,234 records"]
    assert [noun(n, "study") for n in (1, 2)] == ["study", "studies"]
    assert counted(2, "finding or outcome", "findings or outcomes") == "2 findings or outcomes"
    assert [are(n) for n in (0, 1, 2)] == ["are", "is", "are"]


@pytest.mark.parametrize(
    ("found", "known", "meant"),
    [
        ("select", ("effect", "number"), ""), ("started", ("retired", "planned"), ""), ("databse", ("database", "register"), "database"),
        ("mixed", ("mixed-methods", "other"), "mixed-methods"), ("Website", ("website",), "website"), ("co", ("complete",), ""),
        ("ca", ("case",), ""), ("case", ("case-series", "case-report"), ""),
    ],
)  # fmt: skip
def test_a_word_is_offered_only_where_it_may_be_meant(found: str, known: tuple[str, ...], meant: str) -> None:
    assert nearest(found, known) == meant


def test_a_language_is_said_by_its_name() -> None:
    assert [said(x) for x in ("eng", "ENG", "English", "gla", "Martian")] == ["English", "English", "English", "Scottish Gaelic", "Martian"]


def test_what_was_written_without_a_full_stop_gets_one() -> None:
    assert [sentence(x) for x in ("Added", "Added.", "Why?", "", "He said “no.”")] == ["Added.", "Added.", "Why?", "", "He said “no.”"]
