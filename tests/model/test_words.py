"""Numbers in sentences."""

from review.model.words import are, counted, noun


def test_one_is_one_and_many_are_many() -> None:
    assert [counted(n, "record") for n in (0, 1, 2, 1234)] == ["0 records", "1 record", "2 records", "1,234 records"]
    assert [noun(n, "study") for n in (1, 2)] == ["study", "studies"]
    assert counted(2, "finding or outcome", "findings or outcomes") == "2 findings or outcomes"
    assert [are(n) for n in (0, 1, 2)] == ["are", "is", "are"]
