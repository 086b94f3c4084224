"""The consensus screen, at the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import SIZES, Desk, as_in_a_terminal, full_disk, press, press_at, seen, type_

from review.extraction.cells import extract
from review.extraction.session import Extracting
from review.extraction.settling import Settling
from review.fulltext.document import Document, Page
from review.model.extraction import QuoteCheck
from review.model.record import Report
from review.model.study import Study
from review.tui.consensus import ConsensusApp
from review.tui.extract import ExtractApp

both = pytest.mark.parametrize("size", SIZES)
small_window = pytest.mark.parametrize("size", SIZES[:1])  # what is shown is the same in any


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two answers of the first report differ, and one of the second."""
    desk = Desk(tmp_path)
    for who, country, n, why in (("AB", "Wales", "120", "money"), ("CD", "England", "121", "")):
        session = desk.extracting(who)
        session.answer("Q1", "country", country, quote=f"in [{country}]", locator="title")
        session.answer("Q1", "n", n, note="counted")
        session.step(1)
        session.answer("Q2", "why", why, missing="" if why else "NR")
    return desk


def sitting(desk: Desk) -> ConsensusApp:
    return ConsensusApp(desk.settling(), desk.protocol)


def settled(desk: Desk) -> list[str]:
    return [e.get("value") or e.get("missing") or e["kind"] for e in desk.lines("EF", "extraction")]


@small_window
async def test_either_answer_is_one_key_and_both_stay(desk: Desk, size: tuple[int, int]) -> None:
    before = [desk.path(who, "extraction").read_bytes() for who in ("AB", "CD")]
    async with sitting(desk).run_test(size=size) as pilot:
        screen = await press(pilot)
        assert "1  Ann B (AB): Wales" in screen
        assert "“in [Wales]” (title)" in screen
        assert "2  Cas D (CD): England" in screen
        for words in ("1 Take first", "2 Take second", "3 Another value", "u Undo", "← Back", "→ On", "c Document", "q Quit"):
            assert words in screen
        screen = await press(pilot, "2")
        assert "Saved: England" in screen
        assert "note: counted" in screen
        assert settled(desk) == ["England"]
        await press(pilot, "1")
        assert "not reported" in seen(pilot.app)
        assert "All differences are settled" in await press(pilot, "2")
        await press(pilot, "1", "2", "3")  # nothing is left to settle, and nothing breaks
        assert "Settled: not reported" in await press(pilot, "left")
    assert settled(desk) == ["England", "120", "NR"]
    assert desk.lines("EF", "extraction")[0]["quote"] == "in [England]"
    assert before == [desk.path(who, "extraction").read_bytes() for who in ("AB", "CD")]


async def test_a_key_held_down_settles_nothing_that_nobody_saw(desk: Desk) -> None:
    app = sitting(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        start = as_in_a_terminal(app)
        press_at(app, "2", *(start + at for at in (0.0, 0.5, 0.53, 0.56, 0.59)))
        await pilot.pause()
        assert "is held down" in seen(app)
        press_at(app, "1", start + 5)
        press_at(app, "u", *(start + at for at in (7.0, 7.03, 7.06)))
        await pilot.pause()
    assert settled(desk) == ["England", "121", "undo", "120", "undo"]


async def test_another_value_must_fit_and_needs_a_reason(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "right", "3")
        await type_(pilot, "lots")
        screen = await press(pilot, "enter")
        assert "Sample: 'lots' is not a number" in screen
        assert "│ lots" in screen
        await press(pilot, "ctrl+u", "9", "enter")
        assert "needs a reason" in await press(pilot, "enter")
        await type_(pilot, "table 2")
        assert settled(desk) == []
        assert "Saved: 9." in await press(pilot, "enter")
        await press(pilot, "3", "n", "r", "enter", "n", "o", "enter")
    lines = desk.lines("EF", "extraction")
    assert [(e.get("value"), e.get("missing"), e["note"]) for e in lines] == [("9", None, "table 2"), (None, "NR", "no")]


async def test_undo_appends_and_reaches_back_into_an_earlier_sitting(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        await press(pilot, "1", "1")
        screen = await press(pilot, "u")
        assert "1 settled · 2 left" in screen
        assert "Sample" in screen
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        assert "Sample" in await press(pilot)
        assert "Country" in await press(pilot, "u")
        assert "nothing to undo" in await press(pilot, "u")
    assert settled(desk) == ["Wales", "120", "undo", "undo"]


@small_window
async def test_nothing_moves_on_where_the_disk_is_full(desk: Desk, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    async with sitting(desk).run_test(size=size) as pilot:
        with monkeypatch.context() as patch:
            full_disk(patch, desk.root)
            screen = await press(pilot, "1")
            assert "No space left on device" in screen
            assert "Country" in screen
            await press(pilot, "3", "E", "i", "r", "e", "enter", "w", "h", "y", "enter")
            assert "0 settled" in seen(pilot.app)
        screen = await press(pilot, "3")
        assert "Eire" in screen
        assert "why" in screen
        await press(pilot, "enter", "enter")
        with monkeypatch.context() as patch:
            full_disk(patch, desk.root)
            assert "1 settled" in await press(pilot, "u")
    assert settled(desk) == ["Eire"]


async def test_the_document_gives_way_to_the_next_difference(desk: Desk) -> None:
    async with sitting(desk).run_test(size=(80, 24)) as pilot:
        assert "Abstract 1." in await press(pilot, "c")
        screen = await press(pilot, "1")
        assert "1  Ann B (AB): 120" in screen
        assert "Abstract 1." not in screen


@both
async def test_one_key_goes_to_the_words_in_the_document(desk: Desk, size: tuple[int, int]) -> None:
    pages = (Page("1", "Nothing of it here."), Page("2", "They met in [England] and nowhere else. Then they parted."))
    session = desk.settling()
    checks = {a.id: QuoteCheck(answer=a.id, state="not found") for a in session.cells[0].answers if a.value == "Wales"}
    app = ConsensusApp(session, desk.protocol, lambda study: Document("pdf", pages), checks)
    async with app.run_test(size=size) as pilot:
        screen = await press(pilot)
        assert "“in [Wales]” (title) – not found in the document" in " ".join(screen.split())
        assert "not found in the document" in await press(pilot, "g")
        screen = await press(pilot, "G")
        assert "They met in [England] and nowhere else" in screen
        assert "p. 2 · 2 of 2" in screen
        assert "Nothing of it here." in await press(pilot, "left")  # the arrows turn its pages
        assert "Then they parted" in await press(pilot, "right", "down", "down")
        screen = await press(pilot, "2")  # settles without going back first
        assert "Sample" in screen
        assert "1 settled" in screen
        assert "Title 1" in await press(pilot, "left")
    assert settled(desk) == ["England"]


async def test_what_one_person_said_of_two_reports_of_a_study_is_shown_and_settled(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for n, country in enumerate(("Wales", "England")):
        session = desk.extracting("AB")
        session.position = n
        session.answer("Q1", "country", country)
    desk.extracting("CD").answer("Q1", "country", "Wales")
    study = Study(key="a:1", reports=("a:1", "a:2"))
    unit = Report(key="a:1", records=tuple(r.records[0] for r in desk.reports[:2]))
    plan = desk.protocol.extraction

    def settling() -> Settling:
        ledgers = {w: desk.ledger(w, "extraction").events() for w in ("AB", "CD")}
        cells = extract(plan, ["a:1", "a:2"], desk.report_of, ledgers, [study]).cells
        return Settling(desk.ledger("EF", "extraction"), "EF", plan, "d", {"a:1": unit}, [c for c in cells if c.state == "differs"])

    async with ConsensusApp(settling(), desk.protocol).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot)
        assert "Ann B (AB), of ‘Title 2’: England" in screen
        assert "Ann B (AB), of ‘Title 1’: Wales" in screen
        screen = await press(pilot, "t")
        assert "3 CD: Wales" in screen
        await press(pilot, "down", "enter")
    assert settled(desk) == ["Wales"]
    # And who said it is asked again.
    mine = Extracting(desk.ledger("AB", "extraction"), "AB", plan, "d", [unit])
    async with ExtractApp(mine, desk.protocol).run_test(size=(80, 24)) as pilot:
        assert "said of another report" in await press(pilot)
        await press(pilot, "a", "ctrl+u", "U", "K", "enter", "enter", "enter")
        assert "said of another report" not in seen(pilot.app)
    assert not mine.besides
