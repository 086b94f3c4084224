"""What is read on a screen."""

from __future__ import annotations

import pytest

from review.model.reading import flowing, one_line
from review.model.tags import untagged


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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("p <i and j> k; <p = 0.05 and x > 3", "p <i and j> k; <p = 0.05 and x > 3"),
        ("the <canvas> and a<b>c or <65", "the <canvas> and a<b>c or <65"),
        ('One<p>Two</p> <Emphasis Type="Italic">E. coli</Emphasis><sup/>', "One Two E. coli"),
        ("10<sup>6</sup> of m<sup>2</sup>, CO<inf>2</inf>", "10⁶ of m2, CO2"),
        *((sign * 20_000, sign * 20_000) for sign in ("<", "<i ", '<i a="', "<i>", "<jats:p ")),
    ],
    ids=range(9),
)
def test_only_what_can_be_no_sign_of_the_text_is_a_tag(text: str, told: str) -> None:
    assert " ".join(untagged(text).split()) == " ".join(told.split())
