"""Full texts as text: PDF by page, JATS by section; what a locator names."""

from __future__ import annotations

import pytest
from fulltext.made import JATS, pdf
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FormatError
from review.fulltext.document import Document, Page, page_numbers
from review.fulltext.read import document, kind_of


def test_a_pdf_is_read_page_by_page_with_its_printed_numbers() -> None:
    found = document(pdf(), "pdf")
    assert [p.label for p in found.pages] == ["119", "120", "121", "122"]
    for n, page in enumerate(found.pages, 1):
        assert f"On page number {n}" in " ".join(page.text.split())
    assert found.named("p. 120") == {1}
    assert found.named("pp 120-121") == {1, 2}
    assert found.named("2") == {1}
    assert found.named("Table 2") == set()


def test_numbers_printed_on_pages_are_found_where_the_file_does_not_give_them() -> None:
    pages = tuple(Page(str(n), f"J Places 2011;3\n{'words ' * 50}\nof 12 councils\n{n + 118}") for n in range(1, 6))
    found = Document("pdf", pages)
    assert found.printed == 118
    assert found.named("p. 120") == {1}
    assert Document("pdf", tuple(Page(str(n), f"text\n{n}") for n in range(1, 6))).printed == 0


def test_jats_is_read_by_section() -> None:
    found = document(JATS, "jats")
    by = {p.label: p.text for p in found.pages}
    assert by["title"] == "Working together in small towns – a made survey"
    assert "Trust was low (n = 12)." in by["abstract"]
    assert by["Methods"] == "We asked officers1 of 12 councils."
    assert by["Methods > Sampling"] == "Purposive sampling was used."
    assert "Leeds\t34" in by["Table 1"].replace("\n", "") or "Leeds" in by["Table 1"]
    assert "Leeds" not in by["Results"]
    assert "we were never asked" in by["Results"]
    assert by["acknowledgements"] == "We thank the councils."
    assert "not quoted" not in "".join(by.values())
    assert found.named("Sampling") == {list(by).index("Methods > Sampling")}


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"<!DOCTYPE html><html>", "a.pdf", "web page"), (b"", "a.pdf", "empty"), (b"PK\x03\x04xx", "a.docx", "ZIP archive"), (b"\x00\x01", "a.pdf", "can't be read"),
        (b"words", "a.rtf", "neither a PDF nor JATS"),
    ],
)  # fmt: skip
def test_what_is_no_full_text_is_named(data: bytes, name: str, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        kind_of(data, name)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nbroken", pdf()[:3000]])
def test_a_damaged_pdf_is_an_error_with_a_mend(data: bytes) -> None:
    with pytest.raises(FormatError, match="can't be read"):
        document(data, "pdf")


@pytest.mark.parametrize(
    "data", [JATS[:900], b"<article><body/></article>", b'<!DOCTYPE a [<!ENTITY x "y">]><article><body><p>&x;</p></body></article>']
)
def test_damaged_jats_is_an_error(data: bytes) -> None:
    with pytest.raises(FormatError):
        document(data, "jats")


@pytest.mark.parametrize(
    ("locator", "numbers"),
    [("p. 3", {3}), ("p3", {3}), ("pp. 123-5", {123, 124, 125}), ("page 12, table 2", {12}), ("12", {12}), ("Table 2", set()), ("abstract", set()), ("Box 1 on p. 7", {7}),
     ("", set()), ("section 3", set())],
)  # fmt: skip
def test_page_numbers_of_a_locator(locator: str, numbers: set[int]) -> None:
    assert page_numbers(locator) == numbers


@given(st.text(max_size=30))
def test_any_locator_can_be_read(locator: str) -> None:
    page_numbers(locator)
    Document("text", (Page("a", "b"),)).named(locator)
