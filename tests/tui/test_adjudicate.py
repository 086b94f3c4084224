"""The adjudication screen, at the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import SIZES, Desk, full_disk, press, seen, type_

from review.model.record import Report
from review.model.related import Relation
from review.screening.settling import Adjudication, mine_to_settle
from review.screening.votes import discussions
from review.tui.adjudicate import AdjudicateApp

both = pytest.mark.parametrize("size", SIZES)
small_window = pytest.mark.parametrize("size", SIZES[:1])  # what is shown is the same in any


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Conflicts on the first and the third of four records, in both phases; with notes and reasons."""
    desk = Desk(tmp_path)
    for phase in ("title-abstract", "full-text"):
        one, other = desk.screening("AB", phase), desk.screening("CD", phase)
        one.note("looks [fine] to me")
        for verdict in ("include", "include", "exclude", "include"):
            one.decide(verdict, "No data" if verdict == "exclude" else "")
        for verdict in ("exclude", "include", "include", "include"):
            other.decide(verdict, "Wrong place" if verdict == "exclude" else "")
    # The first phase is settled for the records that the second is about.
    return desk


def to_full_text(desk: Desk) -> None:
    """Every record reaches the second phase."""
    for who in ("AB", "CD"):
        session = desk.screening(who)
        for n in range(4):
            session.position = n
            session.decide("include")


@both
async def test_both_votes_show_with_reasons_and_notes(desk: Desk, size: tuple[int, int]) -> None:
    async with AdjudicateApp(desk.adjudication()).run_test(size=size) as pilot:
        screen = await press(pilot)
        assert "Ann B (AB): INCLUDE; note: looks [fine] to me" in screen
        assert "Cas D (CD): EXCLUDE, Wrong place" in screen
        assert "Title 1" in screen
        assert "The protocol has this discussed first" in " ".join(screen.split())
        for words in ("i Include", "e Exclude", "n Note", "u Undo", "← Back", "→ On", "c Criteria", "q Quit"):
            assert words in screen


@small_window
async def test_a_resolution_appends_with_its_note_and_the_votes_stay(desk: Desk, size: tuple[int, int]) -> None:
    votes = [desk.path(who).read_bytes() for who in ("AB", "CD")]
    async with AdjudicateApp(desk.adjudication()).run_test(size=size) as pilot:
        await press(pilot, "n")
        await type_(pilot, "both read it")
        assert "Your note: both read it" in await press(pilot, "enter")
        assert desk.lines("EF") == []
        screen = await press(pilot, "i")
        assert "Title 3" in screen
        assert "1 settled · 1 left" in screen
        assert desk.verdicts("EF") == ["include:a:1"]
        assert "All conflicts" in await press(pilot, "e")
        await press(pilot, "i", "e", "n", "right")  # nothing is left to settle, and nothing breaks
    lines = desk.lines("EF")
    assert [(e["verdict"], e.get("note", "")) for e in lines] == [("include", "both read it"), ("exclude", "")]
    assert lines[0]["settles"] == [
        e["id"] for who in ("AB", "CD") for e in desk.lines(who) if e["kind"] == "decision" and e["record"] == "a:1"
    ]
    assert votes == [desk.path(who).read_bytes() for who in ("AB", "CD")]


async def test_a_resolution_can_be_changed_and_taken_back_in_a_later_sitting(desk: Desk) -> None:
    async with AdjudicateApp(desk.adjudication()).run_test(size=(80, 24)) as pilot:
        await press(pilot, "i", "e", "left", "left")
        assert "Your resolution: include" in seen(pilot.app)
        await press(pilot, "e")
    async with AdjudicateApp(desk.adjudication()).run_test(size=(80, 24)) as pilot:
        assert "All conflicts" in await press(pilot)
        assert "Your resolution: include" in await press(pilot, "u")  # the change of mind is taken back, not the first word
        assert "Title 3" in await press(pilot, "u")
        assert "Title 1" in await press(pilot, "u")
        assert "2 left" in seen(pilot.app)
        assert "nothing to undo" in await press(pilot, "u")
    assert desk.verdicts("EF") == ["include:a:1", "exclude:a:3", "exclude:a:1", "undo", "undo", "undo"]


@small_window
async def test_nothing_moves_on_where_the_disk_is_full(desk: Desk, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    async with AdjudicateApp(desk.adjudication()).run_test(size=size) as pilot:
        await press(pilot, "n", "w", "h", "y", "enter")
        with monkeypatch.context() as patch:
            full_disk(patch, desk.root)
            screen = await press(pilot, "i")
            assert "No space left on device" in screen
            assert "Title 1" in screen
        await press(pilot, "i")
        with monkeypatch.context() as patch:
            full_disk(patch, desk.root)
            assert "No space left on device" in await press(pilot, "u")
            assert "1 settled" in seen(pilot.app)
        assert "0 settled" in await press(pilot, "u")
    assert [e.get("note", e["kind"]) for e in desk.lines("EF")] == ["why", "undo"]


async def test_a_full_text_exclusion_needs_its_reason_and_offers_one_given(desk: Desk) -> None:
    plan = desk.screening("AB").plan
    assert plan.name == "title-abstract"
    to_full_text(desk)
    async with AdjudicateApp(desk.adjudication("full-text")).run_test(size=(80, 24)) as pilot:
        assert "Cas D (CD): EXCLUDE, Wrong place" in await press(pilot)
        await press(pilot, "e", "escape")
        assert desk.lines("EF", "full-text") == []
        assert "Saved: exclude (Wrong place)" in await press(pilot, "e", "enter")
    assert desk.lines("EF", "full-text")[0]["reason"] == "Wrong place"


async def test_those_who_differ_say_what_they_hold_and_settle_it_where_they_say_the_same(desk: Desk) -> None:
    def sitting(who: str) -> Adjudication:
        plan = desk.protocol.phase("title-abstract")
        assert plan
        outcomes = next(r for r in desk.phases() if r.phase == plan.name).outcomes
        of = {r.key: r for r in desk.reports}
        talked = discussions([e for w in ("AB", "CD") for e in desk.ledger(w).events()], plan.name, desk.report_of)
        mine = [(of[o.report], o) for o in mine_to_settle(plan, who, outcomes)]
        return Adjudication(desk.ledger(who), who, plan, desk.protocol, "d", mine, {}, talked)

    # Line by line and on the screen: a word in a discussion is not called a settlement.
    assert [sitting(who).done for who in ("AB", "CD", "EF")] == ["said or settled", "said or settled", "settled"]
    async with AdjudicateApp(sitting("AB")).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot)
        assert "Talk it over" in screen
        assert "o Leave open" in screen
        assert "Title 3" in await press(pilot, "e")
        assert "You have said what you hold" in await press(pilot, "o")
    async with AdjudicateApp(sitting("CD")).run_test(size=(80, 24)) as pilot:
        assert "After discussion Ann B (AB): exclude" in await press(pilot)
        await press(pilot, "e", "i", "q")
    found = {o.report: o for r in desk.phases() if r.phase == "title-abstract" for o in r.outcomes}
    assert (found["a:1"].state, found["a:1"].resolution and found["a:1"].resolution.by) == ("exclude", "AB, CD")
    assert (found["a:3"].state, found["a:3"].waiting) == ("conflict", ("EF",))
    assert [e["kind"] for e in desk.lines("AB")][-3:] == ["unblinding", "discussion", "discussion"]
    # The adjudicator sees what they said, and opens again what they had settled.
    async with AdjudicateApp(sitting("EF")).run_test(size=(80, 24)) as pilot:
        assert "Title 3" in await press(pilot)
        await press(pilot, "left")
        assert "Settled by AB, CD: exclude" in seen(pilot.app)
        assert "AB, CD settled this conflict." in await press(pilot, "i")
        await press(pilot, "r")
        await type_(pilot, "an erratum")
        assert "Reopened by Eve F" in await press(pilot, "enter")
        await press(pilot, "i")
    reopened = next(o for r in desk.phases() if r.phase == "title-abstract" for o in r.outcomes if o.report == "a:1")
    assert (reopened.state, reopened.reopened and reopened.reopened.note) == ("include", "an erratum")


class Texts:
    """One full text, of the first record."""

    def names(self, report: Report) -> list[str]:
        return ["one.pdf"] if report.key == "a:1" else []

    def path(self, report: Report) -> str:
        return ""

    def pages(self, report: Report) -> list[tuple[str, str]]:
        return [("page 7", "The budget was shared.")]


@both
async def test_who_settles_reads_the_full_text_finds_words_and_is_told_the_keys(desk: Desk, size: tuple[int, int]) -> None:
    to_full_text(desk)
    related = {"a:1": (Relation("b:1", "retraction", True, "RETRACTED: Places, 2016 [b:1]"),)}
    async with AdjudicateApp(desk.adjudication("full-text"), None, Texts(), related).run_test(size=size) as pilot:
        assert "!! RETRACTED: Places, 2016 [b:1] !!" in await press(pilot)
        screen = await press(pilot, "v")
        assert "!! RETRACTED: Places, 2016 [b:1] !!" in screen  # in front of its full text too
        assert "page 7" in screen
        assert "The budget was shared." in screen
        assert "INCLUDE" in screen  # the votes stay in sight
        assert "Abstract 1." in await press(pilot, "v")
        await press(pilot, "slash")
        await type_(pilot, "abstract")
        assert "'abstract': place 1 of 1" in await press(pilot, "enter")
        assert "No file of this full text is here" in await press(pilot, "right", "v")
        assert "settle a settled conflict anew" in await press(pilot, "question_mark")
        await press(pilot, "escape", "left", "i", "i")
        for key in ("i", "e", "n", "r", "O", "v"):
            assert "There is no conflict here" in await press(pilot, key), key


async def test_a_screen_without_full_texts_does_not_offer_them(desk: Desk) -> None:
    async with AdjudicateApp(desk.adjudication()).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot)
        assert ("v Full text" in screen, "? Help" in screen, "O Open outside" in screen) == (False, True, True)
        assert "v does nothing here. ? lists the keys." in await press(pilot, "v")
