"""The extraction screen beside its document: search, mark, take the quote with its page, go back to it, repeat a group."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import PLAIN, SIZES, Desk, press, seen, type_
from support import PROTOCOL

from review.extraction.session import only
from review.fulltext.document import Document, Page
from review.model.forms import plan_of
from review.model.record import Report
from review.tui.extract import ExtractApp

FORMS = PROTOCOL.replace(
    "        - {id: design,",
    "        - {id: outcome, label: Outcome, group: outcome, required: true}\n"
    "        - {id: size, label: Size, type: effect, group: outcome}\n"
    "        - {id: kind, label: Kind, type: choice, choices: [good, bad], support: true}\n"
    "        - {id: why_bad, label: Why bad, when: {kind: [bad]}}\n"
    "        - {id: design,",
)
PAPER = Document(
    "pdf",
    (
        Page("119", "We met in small towns. Trust grew slowly. The coun\u0002cils did not answer. " + "Words follow. " * 40),
        Page("120", "Trust fell in the second year. Nobody asked why."),
    ),
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, FORMS)


def sitting(desk: Desk) -> ExtractApp:
    def document(study: Report) -> Document:
        return PAPER

    return ExtractApp(desk.extracting("AB"), desk.protocol, document)


def last(desk: Desk) -> dict[str, str]:
    return desk.lines("AB", "extraction")[-1]


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_what_is_found_is_marked_and_taken_as_the_quote_with_its_page(desk: Desk, size: tuple[int, int]) -> None:
    async with sitting(desk).run_test(size=size) as pilot:
        await press(pilot, "slash")
        await type_(pilot, "trust")
        screen = await press(pilot, "enter")
        assert "2 times" in screen
        assert "p. 119" in screen
        screen = await press(pilot, "n")
        assert "p. 120" in screen
        assert "Trust fell" in screen
        await press(pilot, "v")  # one more sentence
        await press(pilot, "t")  # no answer yet: it is asked for, the quote is there already
        assert "Trust fell in the second year. Nobody asked why." in seen(pilot.app)
        await type_(pilot, "Wales")
        await press(pilot, "enter", "enter", "enter")
    assert (last(desk)["value"], last(desk)["quote"], last(desk)["locator"]) == (
        "Wales",
        "Trust fell in the second year. Nobody asked why.",
        "p. 120",
    )


async def test_one_key_gives_an_answer_its_quote_and_another_leads_back(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        await type_(pilot, "Wales")
        await press(pilot, "enter", "enter", "enter", "up")
        await press(pilot, "c", "down", "down")  # in the document: the third sentence
        screen = await press(pilot, "t")
        assert "Saved: the quote of Country, p. 119." in screen
        assert last(desk)["quote"] == "The councils did not answer."
        assert last(desk)["value"] == "Wales"
        screen = await press(pilot, "up", "g")
        assert "Verified: p. 119." in screen
        screen = await press(pilot, "c", "down", "g")
        assert "There is no answer here yet." in screen


async def test_pages_are_turned_and_marks_trimmed_in_the_document(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(200, 50)) as pilot:
        screen = await press(pilot, "c", "right")
        assert "p. 120 · 2 of 2" in screen
        assert "· 1 of 4 ·" in screen  # the arrows belong to the document
        await press(pilot, "less_than_sign", "greater_than_sign", "t")
        await type_(pilot, "x")
        await press(pilot, "enter", "enter", "enter")
        assert last(desk)["quote"] == "fell in the second"
        assert "· 2 of 4 ·" in await press(pilot, "right")


async def test_a_group_is_repeated_and_a_condition_opens_a_field(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        assert "is not part of a group" in await press(pilot, "plus")
        screen = await press(pilot, "down", "down", "plus")
        assert "outcome 2" not in screen  # the first has no answer yet
        await press(pilot, "a")
        await type_(pilot, "trust")
        await press(pilot, "enter", "enter", "enter")
        screen = await press(pilot, "plus")
        assert "outcome 2" in screen
        await press(pilot, "a")
        await type_(pilot, "power")
        await press(pilot, "enter", "enter", "enter")
        assert (last(desk)["value"], last(desk)["instance"]) == ("power", "2")
        assert "is not an effect" not in seen(pilot.app)
        await press(pilot, "a")
        await type_(pilot, "RR 0.9 (1.1 to 1.2)")
        assert "does not hold 0.9" in await press(pilot, "enter")
        await press(pilot, "escape")
    again = desk.extracting("AB")
    assert [s.place for s in again.slots() if s.field.group] == [
        ("Q1", "outcome", 1),
        ("Q1", "size", 1),
        ("Q1", "outcome", 2),
        ("Q1", "size", 2),
    ]
    assert all(s.field.id != "why_bad" for s in again.slots())
    again.answer("Q1", "kind", "bad", note="as told")
    assert any(s.field.id == "why_bad" for s in again.slots())


async def test_a_judgement_without_support_is_not_kept(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, *["down"] * 4, "a", "1", "enter", "enter")
        screen = await press(pilot, "enter")
        assert "needs a quote, or a note that says why" in screen
        assert desk.lines("AB", "extraction") == []
        await press(pilot, "a", "1", "enter", "enter")
        await type_(pilot, "because of this")
        await press(pilot, "enter")
        assert (last(desk)["value"], last(desk)["note"]) == ("good", "because of this")


async def test_notes_on_an_answer_and_on_the_report_and_the_next_open_field(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "m")
        await type_(pilot, "ask the authors")
        screen = await press(pilot, "enter")
        assert "Your note: ask the authors" in screen
        await press(pilot, "x", "1", "up", "m")
        await type_(pilot, "not even in the appendix")
        await press(pilot, "enter")
        assert (last(desk)["missing"], last(desk)["note"]) == ("NR", "not even in the appendix")
        assert "▶ Sample:" in await press(pilot, "o")
        await press(pilot, "u", "u", "u")
        assert "Your note" not in seen(pilot.app)


def test_a_form_of_sixty_fields_is_made_without_reading_the_document(tmp_path: Path) -> None:
    more = "".join(f"        - {{id: f{n}, label: Field {n}}}\n" for n in range(60))
    desk = Desk(tmp_path, FORMS.replace("        - {id: design,", more + "        - {id: design,"))

    def document(study: Report) -> Document:
        raise AssertionError("read too early")

    app = ExtractApp(desk.extracting("AB"), desk.protocol, document)
    assert len(app._slots) > 60
    assert app._form(80)
    assert plan_of(desk.protocol).forms
    assert PLAIN


@pytest.mark.parametrize("size", SIZES)
async def test_a_typed_quote_is_looked_up_at_once_and_a_key_is_no_place(desk: Desk, size: tuple[int, int]) -> None:
    async with sitting(desk).run_test(size=size) as pilot:
        await press(pilot, "a")
        await type_(pilot, "Wales and the Marches")
        await press(pilot, "enter")
        await type_(pilot, "Trust fell in the third year")
        await press(pilot, "enter")
        await type_(pilot, "o")
        assert "'o' is no place" in await press(pilot, "enter")
        assert not desk.lines("AB", "extraction")
        await press(pilot, "backspace")
        await type_(pilot, "p. 120")
        screen = await press(pilot, "enter")
        assert last(desk)["locator"] == "p. 120"
        # Over two lines, where one has no room.
        assert "But its quote is not found in the document. Next: " in " ".join(screen.split())


async def test_the_bar_says_when_studies_are_appraised(tmp_path: Path) -> None:
    desk = Desk(tmp_path, PROTOCOL + "appraisal: [{id: AACODS, applies_to: reports}]\n")
    session = desk.extracting("AB")
    session.plan = only(plan_of(desk.protocol), ["AACODS"])
    async with ExtractApp(session, desk.protocol).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot)
        assert "AB · appraisal · 1 of" in screen
        assert "Authority" in screen


async def test_a_theme_that_the_codebook_has_not_can_be_given_all_the_same(tmp_path: Path) -> None:
    text = PROTOCOL.replace("{id: country, label: Country, required: true}", "{id: theme, label: Theme, type: theme, required: true}")
    desk = Desk(tmp_path, text + "codebook: [{id: power}, {id: trust}]\n")
    session = desk.extracting("AB")
    session.plan = plan_of(desk.protocol)
    async with ExtractApp(session, desk.protocol).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot, "a")
        assert "a theme that the codebook has not" in screen
        await press(pilot, "2", "3", "enter")
        assert "a theme needs a name" in await press(pilot, "enter")
        await type_(pilot, "shared meals")
        await press(pilot, "enter", "enter", "enter")
        assert last(desk)["value"] == "trust; shared meals"
        screen = await press(pilot, "up", "a")
        assert "shared meals" in screen
