"""Pasted text decides nothing, however a terminal hands it over; nor does a key on what can't be seen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from desk import SIZES, Desk, press, seen
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Message, Paste

from review.tui.paste_driver import PasteParser
from review.tui.pasting import pasted
from review.tui.screen import ScreenApp

START, END = "\x1b[200~", "\x1b[201~"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def keys(messages: Iterable[Message]) -> list[str]:
    """The keys that count as pressed."""
    return [m.key for m in messages if isinstance(m, Key) and not pasted(m)]


@pytest.mark.parametrize(
    "inside", ["iiie", "i\x1b[31mred i\x1b[0m", "i\x1b" + "i" * 50, "\x1bOP\x1b[Aiii\r\ne", "i\x1b[200~e", "\x1b\x1b\x1bq"]
)
@pytest.mark.parametrize("at", [1, 3, 1000])
def test_a_marked_paste_is_one_paste_whatever_it_holds_and_however_it_comes(inside: str, at: int) -> None:
    parser = PasteParser()
    data = f"{START}{inside}{END}"
    first, rest = data[: len(START)], data[len(START) :]
    found = [m for part in (first, *(rest[n : n + at] for n in range(0, len(rest), at))) for m in parser.feed(part)]
    assert keys(found) == []
    assert [type(m) for m in found] == [Paste]
    assert "\x1b" not in found[0].text  # type: ignore[attr-defined]
    assert keys(parser.feed("e")) == ["e"]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80).filter(lambda text: END not in text))
def test_any_text_can_be_pasted(text: str) -> None:
    assert keys(PasteParser().feed(f"{START}{text}{END}")) == []


def test_what_comes_behind_a_paste_in_one_read_is_no_key_either() -> None:
    assert keys(PasteParser().feed(f"{START}a{END}iiiq")) == []


def test_a_paste_without_an_end_can_be_left() -> None:
    parser = PasteParser()
    assert keys(parser.feed(f"{START}iii")) == []
    assert keys(parser.feed("i")) == []
    assert keys(parser.feed("\x03")) == []
    assert keys(parser.feed("i")) == ["i"]


def test_a_terminal_that_marks_nothing_pastes_in_a_burst() -> None:
    clock = Clock()
    parser = PasteParser(clock=clock)
    assert keys(parser.feed("Community gardens and wellbeing")) == []
    assert keys(parser.feed("ie")) == []  # the end of it
    clock.now = 1.0
    assert keys(parser.feed("iieem")) == ["i", "i", "e", "e", "m"]
    assert keys(parser.feed("iiiiiiiiiiiiiiii")) == ["i"] * 16  # a key held down
    assert keys(parser.feed("\x1b[A")) == ["up"]
    assert keys(parser.feed("10.1002/14651858.cd005652")) == []


@pytest.mark.parametrize("size", SIZES)
async def test_a_burst_decides_nothing_and_says_so(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=size) as pilot:
        for message in PasteParser().feed("i said, including everything"):
            pilot.app.post_message(message)
        await pilot.pause()
        assert "nothing of it was taken" in seen(pilot.app)
        await press(pilot, "E")
        for message in PasteParser().feed("1 said, excluding everything"):
            pilot.app.post_message(message)
        await pilot.pause()
        assert desk.verdicts("AB") == []


async def test_no_verdict_on_a_record_behind_the_criteria(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=(80, 24)) as pilot:
        for key in ("i", "e", "E", "m"):
            assert "Title 1" not in await press(pilot, "c")
            screen = await press(pilot, key)
            assert "Nothing was saved" in screen
            assert "Title 1" in screen
        await press(pilot, "question_mark")
        await press(pilot, "i", "e", "escape")
        assert desk.verdicts("AB") == []
        await press(pilot, "i")
        assert desk.verdicts("AB") == ["include:a:1"]
        await pilot.resize_terminal(200, 50)
        await press(pilot, "c", "c", "e")  # beside it nothing is covered
        assert desk.verdicts("AB") == ["include:a:1", "exclude:a:2"]
