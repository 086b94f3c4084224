"""What is read on a screen."""

from __future__ import annotations

from review.model.reading import flowing, one_line


def test_a_printed_page_flows() -> None:
    page = "A Title\n\nThis is the first line of a paragraph that was com-\nposed of lines and goes on through the second one\nand ends.\nAnother one, which begins here and is as long too,\nends as well. "
    assert flowing(page).split("\n") == [
        "A Title",
        "",
        "This is the first line of a paragraph that was composed of lines and goes on through the second one and ends.",
        "Another one, which begins here and is as long too, ends as well.",
    ]
    assert flowing("") == ""
    assert flowing("one") == "one"
    assert flowing("x" * 40 + "-\n" + "Y" * 40) == "x" * 40 + "- " + "Y" * 40


def test_a_word_that_the_typesetter_broke_is_whole_again() -> None:
    """PDFium gives U+0002 or U+FFFE for a hyphen at a line's end; a screen shows a mark of damage for it."""
    page = "The partner\x02ship was a first\ufffe rate co\xadordination from 2010\x022012, and first-rate."
    assert flowing(page) == "The partnership was a first-rate coordination from 2010-2012, and first-rate."


def test_a_title_told_within_a_line_has_no_markup_and_accents_joined_to_their_letters() -> None:
    assert one_line("Growth of <i>E. coli</i>\n in CO<sub>2</sub> at <5 °C") == "Growth of E. coli in CO2 at <5 °C"
    assert one_line("E\u0301ducation") == "Éducation"
    assert one_line("Wardens of the town", 9) == "Wardens…"
