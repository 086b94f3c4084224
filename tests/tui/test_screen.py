"""The screening screen, at the keyboard."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from desk import PLAIN, SIZES, Desk, as_in_a_terminal, full_disk, press, press_at, record, seen, type_, under
from support import PROTOCOL

from review.errors import UsageError
from review.screening.pace import Pace
from review.tui.screen import ScreenApp

both = pytest.mark.parametrize("size", SIZES)
small_window = pytest.mark.parametrize("size", SIZES[:1])  # what is shown is the same in any


@both
async def test_a_verdict_is_on_disk_before_the_next_record_shows(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = Desk(tmp_path)
    app = ScreenApp(desk.screening())
    drawn: list[tuple[str, int]] = []
    draw = app.main_text

    def main_text() -> object:
        current = app.session.current
        drawn.append((current.key if current else "end", len(desk.lines("AB"))))
        return draw()

    app.main_text = main_text  # type: ignore[assignment,method-assign]
    async with app.run_test(size=size) as pilot:
        assert "Title 1" in await press(pilot)
        screen = await press(pilot, "i")
        assert "Title 2" in screen
        assert "Saved: include: Title 1" in screen
        await press(pilot, "e", "m", "i")
        assert "All done" in seen(app)
    assert desk.verdicts("AB") == ["include:a:1", "exclude:a:2", "maybe:a:3", "include:a:4"]
    first_seen = {}
    for key, lines in drawn:
        first_seen.setdefault(key, lines)
    assert first_seen == {"a:1": 0, "a:2": 1, "a:3": 2, "a:4": 3, "end": 4}


@pytest.mark.parametrize("size", [*SIZES, (50, 16)])
@pytest.mark.parametrize("phase", ["title-abstract", "full-text"])
async def test_all_keys_are_named_at_every_width(tmp_path: Path, size: tuple[int, int], phase: str) -> None:
    app = ScreenApp(Desk(tmp_path).screening(phase=phase))
    async with app.run_test(size=size) as pilot:
        screen = await press(pilot)
        for words in (
            "i Include",
            "e Exclude",
            "m Maybe",
            "s Skip",
            "n Note",
            "u Undo",
            "← Back",
            "→ On",
            "c Criteria",
            "Space Scroll",
            "q Quit",
        ):
            assert words in screen
        assert screen.index("i Include") < screen.index("q Quit")
        assert ("r Not retrieved" in screen) == (phase == "full-text")
        assert "Title 1" in screen


async def test_a_key_can_be_pressed_with_the_mouse(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=(80, 24)) as pilot:
        await pilot.click("#keys", offset=(2, 0))
        await pilot.pause()
    assert desk.verdicts("AB") == ["include:a:1"]


@small_window
async def test_undo_appends_and_goes_back_also_in_the_next_sitting(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=size) as pilot:
        await press(pilot, "i", "e")
        screen = await press(pilot, "u")
        assert "Title 2" in screen
        assert "Undone" in screen
        assert "1 of 4" in screen
        await press(pilot, "m", "q")
    assert desk.verdicts("AB") == ["include:a:1", "exclude:a:2", "undo", "maybe:a:2"]
    async with ScreenApp(desk.screening()).run_test(size=size) as pilot:
        assert "Title 3" in await press(pilot)  # where the last sitting ended
        screen = await press(pilot, "u", "u")
        assert "Title 1" in screen
        assert "0 of 4" in screen
        assert "nothing to undo" in await press(pilot, "u")
    assert desk.verdicts("AB")[-2:] == ["undo", "undo"]


async def test_back_shows_the_decision_and_a_change_of_mind_appends(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=(80, 24)) as pilot:
        await press(pilot, "i", "i")
        screen = await press(pilot, "left", "left")
        assert "Title 1" in screen
        assert "Your decision: include" in screen
        assert "Title 3" in await press(pilot, "e")
        assert "2 of 4" in seen(pilot.app)
    assert desk.verdicts("AB") == ["include:a:1", "include:a:2", "exclude:a:1"]


async def test_what_is_skipped_comes_back_at_the_end_and_writes_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=(80, 24)) as pilot:
        assert "Title 2" in await press(pilot, "s")
        assert desk.lines("AB") == []
        assert "Title 1" in await press(pilot, "i", "i", "i")
        screen = await press(pilot, "s")
        assert "Title 1" in screen
        assert "only one left" in screen


async def test_a_note_is_kept_without_touching_the_verdict(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=(80, 24)) as pilot:
        await press(pilot, "i", "left", "n")
        await press(pilot, *"ask", "space", *"[b]", "space", "q")  # letters and keys belong to the line that is typed
        screen = await press(pilot, "enter")
        assert "Your note: ask [b] q" in screen
        assert "Your decision: include" in screen
        await press(pilot, "n", "x", "escape")
        assert "Your note: ask [b] q" in seen(pilot.app)
        assert "Undone: the last note" in await press(pilot, "u")
    assert [e["kind"] for e in desk.lines("AB")] == ["decision", "note", "undo"]


@small_window
async def test_nothing_moves_on_where_the_disk_is_full(tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=size) as pilot:
        await press(pilot, "i")
        with monkeypatch.context() as patch:
            full_disk(patch, tmp_path)
            screen = await press(pilot, "e")
            assert "Title 2" in screen
            assert "No space left on device" in screen
            assert "1 of 4" in screen
            assert "No space left" in await press(pilot, "u")
            await press(pilot, "n")
            await type_(pilot, "dear")
            await press(pilot, "enter")
            assert "dear" in await press(pilot, "n")  # what was typed is still there
            await press(pilot, "escape")
        assert desk.verdicts("AB") == ["include:a:1"]
        assert "Title 3" in await press(pilot, "e")
    assert desk.verdicts("AB") == ["include:a:1", "exclude:a:2"]


async def test_an_edited_ledger_stops_the_sitting_with_words(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=(80, 24)) as pilot:
        await press(pilot, "i")
        path = desk.path("AB")
        path.write_text(path.read_text().replace('"include"', '"exclude"'))
        screen = await press(pilot, "i")
        assert "was edited" in screen
        assert "Title 2" in screen


@both
async def test_the_criteria_come_and_go_and_never_hide_the_next_record(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=size) as pilot:
        wide = size[0] > 110
        assert ("Criteria, in order" in await press(pilot)) == wide
        screen = await press(pilot, "c")
        assert ("Criteria, in order" in screen) != wide
        assert ("Title 1" in screen) == wide
        screen = await press(pilot, "i")
        if not wide:  # nobody decides on what can't be seen: the key uncovers it
            assert "Nothing was saved" in screen
            assert "Title 1" in screen
            screen = await press(pilot, "i")
        assert "Abstract 2." in screen
        assert "Abstract 3." in await press(pilot, "c", "right")


async def test_resizing_moves_the_criteria_beside_the_record(tmp_path: Path) -> None:
    async with ScreenApp(Desk(tmp_path).screening()).run_test(size=(80, 24)) as pilot:
        assert "Criteria, in order" not in await press(pilot)
        await pilot.resize_terminal(200, 50)
        assert "Criteria, in order" in await press(pilot)
        await pilot.resize_terminal(60, 14)
        screen = await press(pilot)
        assert "Criteria, in order" not in screen
        assert "Title 1" in screen


async def test_odd_text_is_shown_as_text(tmp_path: Path) -> None:
    odd = [
        record("a:1", "[bold]x[/] [/] <script>alert(1)</script> \\[not]", abstract="[@click=app.bell]press[/] {x} %s"),
        record("a:2", "協働の研究と地域", abstract="要旨" * 200),
        record("a:3", "دراسة عن الشراكة", abstract="ملخص"),
        record("a:4", "Bell\x07 and \x1b[31mred", abstract="tab\there"),
        record("a:5", ""),
    ]
    async with ScreenApp(Desk(tmp_path, reports=odd).screening()).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot)
        assert "[bold]x[/] [/] <script>alert(1)</script> \\[not]" in screen
        assert "[@click=app.bell]press[/] {x} %s" in screen
        assert "協働の研究と地域" in await press(pilot, "i")
        assert "دراسة عن الشراكة" in await press(pilot, "i")
        screen = await press(pilot, "i")
        assert "�[31mred" in screen
        assert "\x1b" not in screen
        assert "\x07" not in screen
        screen = await press(pilot, "i")
        assert "(no title)" in screen
        assert "(no abstract)" in screen


async def test_a_long_abstract_scrolls_and_the_next_record_starts_at_its_top(tmp_path: Path) -> None:
    long = record("a:1", "Long", abstract="\n".join(f"Line {n}." for n in range(100)))
    async with ScreenApp(Desk(tmp_path, reports=[long, record("a:2", "Longer", abstract=long.best("abstract"))]).screening()).run_test(
        size=(80, 24)
    ) as pilot:
        assert "Line 99." not in await press(pilot)
        assert "Line 99." in await press(pilot, *["space"] * 8)
        await press(pilot, "n", "pageup")  # what is under a dialog can still be read
        assert "Line 99." not in under(pilot.app)
        await press(pilot, "escape")
        assert "Longer" in await press(pilot, "i")


async def test_the_notice_stands_on_the_screen(tmp_path: Path) -> None:
    desk = Desk(tmp_path, PROTOCOL.replace("  type: qualitative", '  type: qualitative\n  notice: "A [practice] review."'))
    async with ScreenApp(desk.screening()).run_test(size=(80, 24)) as pilot:
        assert "A [practice] review." in await press(pilot)


def _many() -> str:
    more = "".join(f'    - {{id: R{n}, dimension: d{n}, include: "thing {n}", reason: "Reason {n}"}}\n' for n in range(1, 12))
    return PROTOCOL.replace("    - {id: E2,", more + "    - {id: E2,")


@both
async def test_a_full_text_exclusion_takes_its_reason_from_a_list(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = Desk(tmp_path, _many())
    async with ScreenApp(desk.screening(phase="full-text")).run_test(size=size) as pilot:
        screen = await press(pilot, "e")
        assert all(f"Reason {n}" in screen for n in range(1, 12))
        await press(pilot, "e")  # a key held too long chooses nothing
        await press(pilot, "escape")
        assert desk.lines("AB", "full-text") == []
        assert "Saved: exclude (No data): Title 1" in await press(pilot, "e", "1")
        await press(pilot, "e", "0")
        await press(pilot, "e", *["down"] * 12, "enter")
        screen = await press(pilot, "left")
        assert "Your decision: exclude (Wrong place)" in screen
    assert [e["reason"] for e in desk.lines("AB", "full-text")] == ["No data", "Reason 9", "Wrong place"]


async def test_not_retrieved_with_why_undone_and_overruled_by_a_verdict(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening(phase="full-text")).run_test(size=(80, 24)) as pilot:
        await press(pilot, "r")
        await type_(pilot, "no reply")
        assert "Title 2" in await press(pilot, "enter")
        assert "not retrieved: no reply" in await press(pilot, "left")
        assert "Your decision: include" in await press(pilot, "i", "left")
        assert "not retrieved: no reply" in await press(pilot, "u")
        screen = await press(pilot, "u")
        assert "retrieved:" not in screen
        assert "0 of 4" in screen
    assert [e["kind"] for e in desk.lines("AB", "full-text")] == ["retrieval", "decision", "undo", "undo"]


async def test_what_another_could_not_get_is_passed_over_but_can_be_decided(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening(phase="full-text", lost=("a:1",))).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot)
        assert "Title 2" in screen
        assert "1 of 4" in screen
        screen = await press(pilot, "left")
        assert "not retrieved" in screen
        assert "Your decision" not in screen
        assert "Your decision: include" in await press(pilot, "i", "left", "left")


async def test_what_another_has_read_or_came_since_waits_for_who_could_not_get_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening(phase="full-text", read=("a:1",))).run_test(size=(160, 24)) as pilot:
        await press(pilot, "r")
        await type_(pilot, "no reply")
        screen = await press(pilot, "enter")
        assert "Title 2" in screen
        assert (
            "You could not get the full text (no reply), but another reviewer has read it: it may be here now, else ask for it."
            in " ".join(screen.split())
        )
        assert "0 of 4" in screen
        await press(pilot, "r", "enter")
        await press(pilot, "i", "i")
        screen = await press(pilot)
        assert "Title 1" in screen  # after all others
        assert "another reviewer has read it" in screen
        assert "1 left" in screen
    async with ScreenApp(desk.screening(phase="full-text", read=("a:1",))).run_test(size=(160, 24)) as pilot:
        assert "You could not get the full text, but its full text was added since." in await press(pilot, "right")
        assert "Your decision: exclude" in await press(pilot, "e", "1", "right")


async def test_the_key_for_not_retrieved_is_dead_in_the_first_phase(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=(80, 24)) as pilot:
        assert "Title 1" in await press(pilot, "r")
        assert len(pilot.app.screen_stack) == 1


async def test_the_screen_of_one_shows_nothing_of_the_other(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for verdict in ("include", "exclude", "maybe", "exclude"):
        desk_of_other = desk.screening("CD")
        desk_of_other.note("ZEBRA")
        desk_of_other.decide(verdict)
    looks = []
    for other in (True, False):
        if not other:
            desk.path("CD").unlink()
            desk.path("AB").unlink()
        session = desk.screening()
        session.clock, session.pace = lambda: 0.0, Pace(0.0)
        async with ScreenApp(session).run_test(size=(80, 24)) as pilot:
            looks.append([await press(pilot, *key) for key in ("", "i", ["left"], "c", ["right"], "e", "u", "m", "i", "i", ["left"])])
    assert looks[0] == looks[1]
    assert "ZEBRA" not in "".join(looks[0])


async def test_keys_at_the_end_say_that_there_is_nothing_left(tmp_path: Path) -> None:
    desk = Desk(tmp_path, reports=PLAIN[:1])
    async with ScreenApp(desk.screening(phase="full-text")).run_test(size=(80, 24)) as pilot:
        await press(pilot, "i")
        for key in ("i", "e", "r", "n", "s", "right"):
            await press(pilot, key)
        assert len(pilot.app.screen_stack) == 1
        assert "Title 1" in seen(pilot.app)  # → and ← stay within the records
    assert len(desk.lines("AB", "full-text")) == 1


@pytest.mark.parametrize("keys", [("ctrl+c",), ("n", "ctrl+c"), ("q",)])
async def test_leaving_is_clean_from_anywhere(tmp_path: Path, keys: tuple[str, ...]) -> None:
    desk = Desk(tmp_path)
    app = ScreenApp(desk.screening())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "i")
        for key in keys:
            await pilot.press(key)
        await pilot.pause()
    assert app.return_code == 0
    assert desk.verdicts("AB") == ["include:a:1"]


def test_without_a_terminal_there_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(UsageError, match="terminal"):
        ScreenApp(Desk(tmp_path).screening()).run()


async def test_a_ledger_that_can_not_be_written_is_told_and_nothing_moves_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=(80, 24)) as pilot:
        await press(pilot, "i")
        real = os.open

        def read_only(path: object, flags: int, *more: object) -> int:
            if str(path).endswith(".jsonl") and flags & os.O_RDWR:
                raise OSError(errno.EROFS, "Read-only file system")
            return real(path, flags, *more)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            patch.setattr(os, "open", read_only)
            for key in ("i", "e", "u"):
                screen = await press(pilot, key)
                assert "Read-only file system" in screen
                assert "Title 2" in screen
        assert "Title 3" in await press(pilot, "e")
    assert desk.verdicts("AB") == ["include:a:1", "exclude:a:2"]


async def test_a_key_held_down_decides_no_record_that_nobody_saw(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    app = ScreenApp(desk.screening())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        start = as_in_a_terminal(app)
        press_at(app, "i", *(start + at for at in (0.0, 0.5, 0.53, 0.56, 0.59)))  # held down for 0.6 seconds
        await pilot.pause()
        assert "is held down" in seen(app)
        assert "Title 2" in seen(app)
    assert desk.verdicts("AB") == ["include:a:1", "include:a:2", "undo"]
