"""The extraction screen, at the keyboard."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from desk import FORMS, SIZES, Desk, as_in_a_terminal, full_disk, press, press_at, seen, type_
from support import PROTOCOL
from textual.events import Key, Paste

from review.tui.extract import ExtractApp

both = pytest.mark.parametrize("size", SIZES)
small_window = pytest.mark.parametrize("size", SIZES[:1])  # what is shown is the same in any


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, FORMS)


def sitting(desk: Desk, who: str = "AB") -> ExtractApp:
    return ExtractApp(desk.extracting(who), desk.protocol)


def answers(desk: Desk, who: str = "AB") -> list[tuple[str, str]]:
    return [
        (e["field"], e.get("value") or e.get("missing", "")) if e["kind"] == "answer" else (e["kind"], "")
        for e in desk.lines(who, "extraction")
    ]


@small_window
async def test_an_answer_with_its_quote_is_on_disk_before_the_next_field(desk: Desk, size: tuple[int, int]) -> None:
    async with sitting(desk).run_test(size=size) as pilot:
        screen = await press(pilot)
        assert "▶ Country *:" in screen
        for words in ("a Answer", "x Missing", "X Not for this question", "u Undo", "↑ ↓ Field", "← → Report", "c Document", "q Quit"):
            assert words in screen
        await press(pilot, "a")
        await type_(pilot, "Wales [x]")
        await press(pilot, "enter")
        await type_(pilot, "small towns")
        await press(pilot, "enter", "p", "3")
        assert desk.lines("AB", "extraction") == []
        screen = await press(pilot, "enter")
        assert "Country *: Wales [x]  “small towns” (p3)" in screen
        assert "▶ Sample:" in screen
        assert "Next: Sample." in screen
    (line,) = desk.lines("AB", "extraction")
    assert (line["question"], line["field"], line["value"], line["quote"], line["locator"]) == (
        "Q1",
        "country",
        "Wales [x]",
        "small towns",
        "p3",
    )


async def test_a_key_held_down_answers_nothing_that_nobody_saw(desk: Desk) -> None:
    app = sitting(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "down")
        start = as_in_a_terminal(app)
        press_at(app, "enter", *(start + 0.03 * n for n in range(12)))
        await pilot.pause()
        assert "Who:" in seen(app)  # the list of it is still open
        await press(pilot, "escape", "down", "down")
        press_at(app, "X", *(start + 3 + at for at in (0.0, 0.5, 0.53, 0.56)))
        await pilot.pause()
        assert "is held down" in seen(app)
    given = desk.lines("AB", "extraction")
    taken_back = {e["undoes"] for e in given if e["kind"] == "undo"}
    assert {e["question"] for e in given if e["kind"] == "answer" and e["id"] not in taken_back} == {"Q1"}


@pytest.mark.parametrize("turns", range(1, 9))
async def test_keys_that_come_while_the_sitting_ends_do_no_harm(desk: Desk, turns: int) -> None:
    app = sitting(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        press_at(app, "X", *(as_in_a_terminal(app) + 0.01 * n for n in range(400)))
        for _ in range(turns):
            await asyncio.sleep(0)  # so that some of them are still on their way to the screen, others on their way back
    assert not app.screen_stack


async def test_a_burst_of_keys_with_enter_among_them_is_no_key_held_down(desk: Desk) -> None:
    app = sitting(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        start = as_in_a_terminal(app)
        press_at(app, "enter", start)
        await pilot.pause()
        for key in (*"Wales", "enter", *"towns", "enter", *"title", "enter"):
            press_at(app, key, start + 0.01)
        await pilot.pause()
    assert [(e["value"], e["quote"], e["locator"]) for e in desk.lines("AB", "extraction")] == [("Wales", "towns", "title")]


async def test_arrows_move_in_the_form_and_between_reports(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        assert "▶ Who:" in await press(pilot, "down", "down")
        assert "▶ Sample:" in await press(pilot, "up")
        assert "▶ Why *:" in await press(pilot, *["down"] * 7)
        screen = await press(pilot, "right")
        assert "Title 2" in screen
        assert "2 of 4" in screen
        assert "▶ Country *:" in screen
        assert "Title 1" in await press(pilot, "left", "left")
    assert desk.lines("AB", "extraction") == []


@pytest.mark.slow
async def test_a_long_form_keeps_its_field_in_view(tmp_path: Path) -> None:
    more = "".join(f"        - {{id: f{n}, label: Field {n}, help: {'words ' * 30}}}\n" for n in range(30))
    desk = Desk(tmp_path, FORMS.replace("        - {id: design,", more + "        - {id: design,"))
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        assert "▶ Field 20:" in await press(pilot, *["down"] * 24)
        assert "▶ Why *:" in await press(pilot, *["j"] * 20)
        assert "▶ Field 29:" in await press(pilot, *["k"] * 2)


async def test_what_does_not_fit_is_said_and_stays_to_be_mended(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "a")
        await type_(pilot, "many")
        screen = await press(pilot, "enter")
        assert "Sample: 'many' is not a number" in screen
        assert "│ many" in screen
        await press(pilot, "down", "down")
        await type_(pilot, "p. 4")
        screen = await press(pilot, "enter")  # the last line does not keep what the first can't hold
        assert "is not a number" in screen
        assert "p. 4" in screen
        assert desk.lines("AB", "extraction") == []
        await press(pilot, "ctrl+u")
        await type_(pilot, "1,200")
        await press(pilot, "enter", "enter", "enter")
        await press(pilot, "down", "a")
        await type_(pilot, "May")
        assert "is not a date" in await press(pilot, "enter")
        await press(pilot, "escape", "a")
        await type_(pilot, "2019-05")
        await press(pilot, "enter", "enter", "enter")
        await press(pilot, "u", "u", "u")
        assert "nothing to undo" in seen(pilot.app)
    assert answers(desk) == [("n", "1,200"), ("when", "2019-05"), ("undo", ""), ("undo", "")]
    assert desk.lines("AB", "extraction")[0]["locator"] == "p. 4"


async def test_a_choice_is_one_key_and_several_are_ticked(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "down", "a")
        assert "1  [ ] residents" in await press(pilot, "enter")  # nothing ticked, nothing kept
        screen = await press(pilot, "3", "1", "down", "space", "2")
        assert "1  [x] residents" in screen
        assert "2  [ ] councils" in screen
        await press(pilot, "enter", "enter", "enter")
        await press(pilot, "up", "a")
        assert "3  [x] clinics" in seen(pilot.app)
        await press(pilot, "escape", "down", "down", "a", "2", "enter", "enter")
    assert answers(desk) == [("who", "residents; clinics"), ("design", "survey")]


async def test_missing_codes_by_key_and_by_typing(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot, "x", "1")
        assert "Country *: not reported" in screen
        await press(pilot, "a", "n", "a", "enter", "enter", "enter")
        assert "Sample: not applicable" in seen(pilot.app)
    assert answers(desk) == [("country", "NR"), ("n", "NA")]


async def test_not_for_this_question_asks_before_it_sets_answers_aside_and_is_undone_whole(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "a", "7", "enter", "enter", "enter")
        assert "You gave 1 answer to Q1 here" in await press(pilot, "up", "X")
        await press(pilot, "1")
        assert answers(desk) == [("n", "7")]
        screen = await press(pilot, "X", "2")
        assert "Sample: not applicable" in screen
        assert "▶ Why *:" in screen
        assert len(desk.lines("AB", "extraction")) == 6
        screen = await press(pilot, "u")
        assert "Sample: 7" in screen
        assert "not applicable" not in screen
        assert len(desk.lines("AB", "extraction")) == 11
        await press(pilot, "right", "X")  # nothing to set aside: no question
        assert len(desk.lines("AB", "extraction")) == 16


@small_window
async def test_nothing_is_lost_where_the_disk_is_full(desk: Desk, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(desk).run_test(size=size) as pilot:
        with monkeypatch.context() as patch:
            full_disk(patch, desk.root)
            await press(pilot, "a")
            await type_(pilot, "Wales")
            await press(pilot, "enter", "w", "o", "r", "d", "s", "enter", "p", "9")
            screen = await press(pilot, "enter")
            assert "No space left on device" in screen
            assert "▶ Country *:" in screen
            assert "No space left" in await press(pilot, "X")
            assert "No space left" in await press(pilot, "x", "2")
        assert desk.lines("AB", "extraction") == []
        screen = await press(pilot, "a")
        assert all(typed in screen for typed in ("Wales", "words", "p9"))
        await press(pilot, "enter", "enter", "enter")
    assert answers(desk) == [("country", "Wales")]


async def test_the_next_sitting_starts_at_the_first_report_that_is_not_done(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "x", "1", "X", "2", "x", "1", "q")
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot)
        assert "2 of 4 · 1 done" in screen
        screen = await press(pilot, "u")
        assert "1 of 4" in screen
        assert "▶ Why *:" in screen


async def test_the_document_stays_in_front_while_its_form_is_filled(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        assert "Abstract 1." not in await press(pilot)
        assert "Abstract 1." in await press(pilot, "c")
        await press(pilot, "a", "W", "enter", "enter")
        screen = await press(pilot, "enter")
        assert "Abstract 1." in screen
        assert "Next: Sample." in screen
        screen = await press(pilot, "down", "c")
        assert "▶ Sample:" in screen
        assert "Abstract 1." not in screen


async def test_a_quote_over_several_lines_can_be_pasted_whole(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "a", "W", "enter")
        pilot.app.screen.focused.post_message(Paste("over two\r\n  lines of\na PDF"))  # type: ignore[union-attr]
        await pilot.pause()
        await press(pilot, "enter", "enter")
    assert desk.lines("AB", "extraction")[0]["quote"] == "over two lines of a PDF"


async def test_the_form_of_one_shows_nothing_of_the_other(tmp_path: Path) -> None:
    desk = Desk(tmp_path, PROTOCOL)
    desk.extracting("CD").answer("Q1", "country", "ZEBRA", quote="ZEBRA")
    async with sitting(desk).run_test(size=(200, 50)) as pilot:
        look = await press(pilot) + await press(pilot, "a") + await press(pilot, "escape", "right", "left")
    assert "ZEBRA" not in look


async def test_keys_in_a_burst_go_where_the_enter_among_them_went(desk: Desk) -> None:
    """Over a slow line many keys come at once, all sent to the line that had the focus when the first of them came."""
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        line = pilot.app.focused
        assert line is not None
        for key in ("x", "ctrl+u", "U", "L", "backspace", "K", "enter", "i", "n", "enter", "p", "3", "enter"):
            line.post_message(Key(key, key if len(key) == 1 else "\r"))
        await pilot.pause()
        await press(pilot)
    (answer,) = desk.lines("AB", "extraction")
    assert (answer["value"], answer["quote"], answer["locator"]) == ("UK", "in", "p3")


async def test_the_keys_are_told(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot, "question_mark")
        assert "take the marked text of the document as the quote" in screen
        assert "▶" in await press(pilot, "escape")
