"""The screen for duplicates, at the keyboard."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from desk import SIZES, as_in_a_terminal, full_disk, press, press_at, seen, type_
from rich.cells import cell_len
from textual.events import Key

from review.cli.dedup_pairs import side_by_side
from review.cli.plain_pairs import PairLines
from review.dedup.said import CONTRADICTED
from review.dedup.sitting import Pairs
from review.ledger import FileLedger
from review.model.event_json import to_json
from review.model.events import Opened, Sameness
from review.model.record import Link, Record
from review.tui.duplicates import DuplicatesApp
from review.tui.duplicates_text import above, why
from review.tui.haste import Haste

both = pytest.mark.parametrize("size", SIZES)
small_window = pytest.mark.parametrize("size", SIZES[:1])  # what is shown is the same in any
TITLE = "Community gardens and wellbeing in northern towns"
RECORDS = {
    r.key: r
    for r in (
        Record(key="a:1", title=f"{TITLE}: a survey", authors=("Harlow, Ines",), year=2010, journal="Soil", pages="1-9", source="alpha"),
        Record(key="b:1", title=f"{TITLE}: a trial", authors=("Harlow I",), year=2011, journal="Soil", source="beta"),
        Record(key="a:2", title="Allotments [and] sleep", year=2009, journal="Botanical Letters", doi="10.1/x", source="alpha"),
        Record(key="b:2", title="Allotments and sleep", year=2009, journal="Bot Lett", doi="10.1/y", source="beta"),
        Record(key="c:3", title="Hedges", source="alpha"),
        Record(key="d:3", title="Hedges", source="beta"),
    )
}
LINKS = [
    Link(a="a:1", b="b:1", probability=0.6, rule="titles differ in a word", evidence="title 90 %", verdict="unsure"),
    Link(a="a:2", b="b:2", probability=0.4, rule="agreement of the fields", evidence="same title", verdict="unsure"),
    Link(a="c:3", b="d:3", probability=0.97, rule="agreement of the fields", evidence="same title", verdict="duplicate"),
]


class Table:
    """A dedup ledger on disk."""

    def __init__(self, root: Path) -> None:
        self.ledger = FileLedger(root / "dedup.jsonl", opened=Opened(review="small", ledger="dedup"))

    def sit(self, who: str = "AB") -> Pairs:
        return Pairs(LINKS, RECORDS, self.ledger, who, [line.event for line in self.ledger.read().lines])

    def words(self) -> list[dict[str, object]]:
        return [to_json(line.event) for line in self.ledger.read().lines if line.event.kind != "opened"]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path)


def test_line_by_line(table: Table) -> None:
    told = StringIO()
    typed = "d\nu\nr 4\nn two towns\ns\nm\nd\np\n"
    assert not PairLines(table.sit(), StringIO(typed), told).run()
    said = [w for w in table.words() if w["kind"] == "sameness"]
    assert [(w["a"], w["same"], w.get("relation", ""), w.get("note", "")) for w in said] == [
        ("a:1", False, "", ""), ("a:1", False, "reply_to", ""), ("a:2", True, "", "two towns"), ("c:3", False, "", ""),
    ]  # fmt: skip
    assert "pages, only one has it:\n  1-9\n  (none)" in told.getvalue()
    assert "a ‹trial›" in told.getvalue()
    assert "3 decided, 0 left; 1 merged." in told.getvalue()
    assert PairLines(table.sit(), StringIO("r 9\ns\n"), told).run()  # stopped at what is none
    assert len(table.words()) == 5


def test_what_was_said_before_can_be_taken_back_once_the_pair_is_settled(table: Table) -> None:
    """After a run the pair is no longer unsure, nor merged: it is there all the same."""
    said = table.ledger.append(Sameness(by="AB", a="c:3", b="d:3", same=False))
    link = Link(a="c:3", b="d:3", probability=0.0, rule="person", evidence="decided by AB", verdict="different")
    session = Pairs([*LINKS[:2], link], RECORDS, table.ledger, "AB", [said])
    assert (session.said, session.left) == (1, 2)
    assert session.undone() == "Undone: your last word, on this pair."
    assert session.current is not None
    assert (session.current.a.key, session.left) == ("c:3", 3)
    elsewhere = table.ledger.append(Sameness(by="AB", a="a:1", b="b:2", same=True))
    assert "your word on a:1 and b:2" in Pairs(LINKS, RECORDS, table.ledger, "AB", [elsewhere]).undone()


@both
async def test_both_records_side_by_side_with_what_differs_marked_without_colour(table: Table, size: tuple[int, int]) -> None:
    async with DuplicatesApp(table.sit()).run_test(size=size) as pilot:
        screen = await press(pilot)
        assert "pair 1 of 2 · 0 decided · 2 left" in screen
        assert "‹survey›" in screen
        assert "‹trial›" in screen
        title = next(line for line in screen.splitlines() if "Community" in line)
        assert title.count("Community") == 2
        assert "│" in title
        assert "· pages" in screen  # one has none
        assert "~ year" in screen
        assert "a:1" in screen
        assert "b:1" in screen
        assert "= journal  Soil  " in screen  # once, where both say the same
        order = [screen.index(sign) for sign in ("~ title", "~ year", "· pages", "= authors")]
        assert order == sorted(order)  # what decides comes first
        for words in ("s Same", "d Different", "r Related", "l Later", "u Undo", "m Merged", "g Go to", "c Why", "? Help", "q Quit"):
            assert words in screen


async def test_the_columns_fit_beside_the_panel_and_without_it(table: Table) -> None:
    """No line is wider than its place: else it wraps, and what belongs to one record stands under the other."""
    async with DuplicatesApp(table.sit()).run_test(size=(120, 40)) as pilot:
        for key in ("", "c", "c"):
            await press(pilot, *([key] if key else []))
            await pilot.pause()
            app = pilot.app
            assert isinstance(app, DuplicatesApp)
            room = app.query_one("#text").size.width
            lines = [line for line in app.main_text().plain.split("\n") if " │ " in line]
            assert app._fitted == room - 2
            assert max(map(cell_len, lines)) <= room


async def test_the_columns_fit_the_window_after_it_changed(table: Table) -> None:
    async with DuplicatesApp(table.sit()).run_test(size=(80, 24)) as pilot:
        for width, height in ((200, 50), (80, 24), (120, 40), (60, 20), (200, 50)):
            await pilot.resize_terminal(width, height)
            for _ in range(3):
                await pilot.pause()
            app = pilot.app
            assert isinstance(app, DuplicatesApp)
            assert app._fitted == app.query_one("#text").size.width - 2


async def test_a_note_goes_with_its_word_and_is_not_shown_on_the_next_pair(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    async with DuplicatesApp(table.sit()).run_test(size=(80, 24)) as pilot:
        assert "Your note: two towns" in await press(pilot, "n", *"two", "space", *"towns", "enter")
        with monkeypatch.context() as patched:
            full_disk(patched, table.ledger.path.parent)
            screen = await press(pilot, "s")
            assert "No space left" in screen
            assert "Your note: two towns" in screen  # it is still to be saved
        assert "two towns" not in await press(pilot, "l")
        assert "Your note: two towns" in await press(pilot, "left")  # of the pair, also when it was left for later
        screen = await press(pilot, "s")
        assert "Allotments" in screen
        assert "two towns" not in screen
        assert [w.get("note", "") for w in table.words()] == ["two towns"]
        assert "Your note: two towns" in await press(pilot, "u")  # for the word that takes its place


async def test_records_of_two_files_are_shown_with_their_files(tmp_path: Path) -> None:
    ledger = FileLedger(tmp_path / "clean.said.jsonl", opened=Opened(ledger="dedup"))
    files = {"1": "a.ris", "2": "a.ris", "3": "b.nbib"}
    records = {key: Record(key=key, title="Hedges", source=source) for key, source in files.items()}
    links = [
        Link(a=a, b=b, probability=p, rule="one title", evidence="", verdict="unsure") for a, b, p in (("1", "3", 0.6), ("1", "2", 0.5))
    ]
    async with DuplicatesApp(Pairs(links, records, ledger, "AB", [])).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "a.ris · 1 " in seen(pilot.app)
        assert "b.nbib · 3 " in seen(pilot.app)
        assert "a.ris" not in await press(pilot, "right")


@small_window
async def test_one_key_a_word_on_disk_before_the_next_shows(table: Table, size: tuple[int, int]) -> None:
    async with DuplicatesApp(table.sit()).run_test(size=size) as pilot:
        screen = await press(pilot, "s")
        assert [(w["a"], w["b"], w["same"]) for w in table.words()] == [("a:1", "b:1", True)]
        assert "Saved: the same report" in screen
        assert "Allotments [and] sleep" in screen
        assert "1 decided · 1 left" in screen
        assert "No pair is left" in await press(pilot, "d")
        assert "Undone" in await press(pilot, "u")
        assert "Allotments" in seen(pilot.app)
        assert "2 left" in await press(pilot, "u")
        assert "nothing to undo" in await press(pilot, "u")
    assert [w["kind"] for w in table.words()] == ["sameness", "sameness", "undo", "undo"]


def test_a_key_that_is_held_down_or_came_too_soon_says_nothing() -> None:
    haste = Haste()
    haste.shown(1.0)
    assert haste.of("s", 0.9)
    assert not haste.of("s", 1.5)
    haste.shown(1.51)
    assert "held" in haste.of("s", 1.55)
    assert "held" in haste.of("s", 1.64)  # it lasts
    assert not haste.of("d", 1.65)
    haste.shown(1.7)
    assert not haste.of("d", 1.9)
    haste.shown(2.2)  # a slow machine
    assert "before" in haste.of("d", 2.0)
    assert "held" in haste.of("d", 2.05)
    assert "held" in haste.of("d", 2.13)


async def test_the_word_of_a_key_that_turns_out_to_be_held_down_is_taken_back(table: Table) -> None:
    app = DuplicatesApp(table.sit())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        start = as_in_a_terminal(app)
        press_at(app, "s", *(start + at for at in (0.0, 0.5, 0.53, 0.56, 0.59)))  # held down for 0.6 seconds
        await pilot.pause()
        assert "1 decided · 1 left" in seen(app)
        assert "pair 2 of 2" in seen(app)
        # a key that bounces says what it says once; then there is no pair any more
        press_at(app, "d", *(start + at for at in (5.0, 5.01, 10.0, 10.5, 10.53)))
        await pilot.pause()
        assert "2 decided" in seen(app)
    assert [w["kind"] for w in table.words()] == ["sameness", "sameness", "undo", "sameness"]


async def test_no_word_on_a_pair_that_could_not_be_seen_yet(table: Table) -> None:
    app = DuplicatesApp(table.sit())
    async with app.run_test(size=(80, 24)) as pilot:
        app.lives_alone = True  # as in a terminal
        await pilot.pause()
        for key in "sdssss":
            app.post_message(Key(key, key))
        await pilot.pause()
        assert "is held down" in seen(app)
        assert "1 decided" in seen(app)
        for key in ("left", "right"):  # these may come as they like
            app.post_message(Key(key, None))
        await pilot.pause()
        assert "pair 2 of 2" in seen(app)
    assert [(w["a"], w["same"]) for w in table.words()] == [("a:1", True)]


async def test_a_relation_and_a_note(table: Table) -> None:
    async with DuplicatesApp(table.sit()).run_test(size=(80, 24)) as pilot:
        await press(pilot, "n")
        await type_(pilot, "other year")
        assert "Your note: other year" in await press(pilot, "enter")
        assert "a version of the other" in await press(pilot, "r")
        await press(pilot, "enter")
    assert [(w["same"], w["relation"], w["note"]) for w in table.words()] == [(False, "version_of", "other year")]


async def test_a_rerun_respects_what_was_said_and_others_words_are_not_undone(table: Table) -> None:
    table.ledger.append(Sameness(by="CD", a="a:1", b="b:1", same=False))
    async with DuplicatesApp(table.sit()).run_test(size=(80, 24)) as pilot:
        assert "Allotments" in await press(pilot)
        assert "nothing to undo" in await press(pilot, "u")
        assert "Said by CD: different reports" in await press(pilot, "left")
        await press(pilot, "s")  # a change of mind appends
    assert [(w["by"], w["same"]) for w in table.words()] == [("CD", False), ("AB", True)]


async def test_merged_pairs_are_looked_over_and_taken_apart(table: Table) -> None:
    async with DuplicatesApp(table.sit()).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot, "m")
        assert "merged pairs" in screen
        assert "Hedges" in screen
        assert "last merged pair" in await press(pilot, "d")
        assert "Hedges" in await press(pilot, "u")
        assert "pair 1 of 2" in await press(pilot, "m")
    assert [w["kind"] for w in table.words()] == ["sameness", "undo"]


async def test_what_is_left_for_later_comes_again_and_is_not_called_decided(table: Table) -> None:
    async with DuplicatesApp(table.sit()).run_test(size=(80, 24)) as pilot:
        assert "Allotments" in await press(pilot, "l")
        assert "a survey" in (await press(pilot, "l")).replace("‹survey›", "survey")
        assert "probability" in await press(pilot, "c")
        await press(pilot, "c", "d")
        assert "only one left" in await press(pilot, "l")
        screen = await press(pilot, "right")
        assert "1 before it is still open" in screen
        assert "no pair here" in await press(pilot, "s")
        await press(pilot, "n", "r")  # at the end nothing breaks
        assert "Allotments" in await press(pilot, "l")
    assert [w["a"] for w in table.words()] == ["a:1"]


async def test_a_pair_too_long_for_the_screen_is_scrolled_by_k_and_left_by_l(table: Table) -> None:
    long = {key: replace(r, abstract=" ".join(f"{r.source}{n}" for n in range(400))) for key, r in RECORDS.items()}
    session = Pairs(LINKS, long, table.ledger, "AB", [])
    async with DuplicatesApp(session).run_test(size=(80, 24)) as pilot:
        assert "alpha399" not in await press(pilot, "space", "k")
        assert session.position == 0
        assert "alpha399›" in await press(pilot, *["space"] * 30)
        await press(pilot, "l")
        assert session.position == 1


async def test_pairs_are_gone_to_by_number_key_and_words_in_either_list(table: Table) -> None:
    async with DuplicatesApp(table.sit()).run_test(size=(80, 24)) as pilot:
        for typed, shown in (("2", "pair 2 of 2"), ("b:1", "pair 1 of 2"), ("10.1/X", "pair 2 of 2"), ("hedges", "merged pairs")):
            await press(pilot, "g", "ctrl+u")
            await type_(pilot, typed)
            assert shown in await press(pilot, "enter")
        await press(pilot, "slash", "ctrl+u")
        await type_(pilot, "no such")
        assert "No pair has 'no such'; this list has 1 pair." in await press(pilot, "enter")


async def test_the_keys_are_told(table: Table) -> None:
    async with DuplicatesApp(table.sit()).run_test(size=(200, 50)) as pilot:
        screen = await press(pilot, "question_mark")
        for words in ("the same report: they are merged", "it comes again at the end", "‹ › is what the other record lacks"):
            assert words in screen


async def test_words_that_contradict_each_other_are_told_and_what_follows_is_not_asked(table: Table) -> None:
    """a = b, b = c, then a ≠ c."""
    of = {name: Record(key=name, title=f"Gardens {name}", source="alpha") for name in "abcd"}
    links = [
        Link(a=a, b=b, probability=p, rule="x", evidence="y", verdict="unsure")
        for a, b, p in (("a", "b", 0.9), ("b", "c", 0.8), ("a", "c", 0.7), ("c", "d", 0.6), ("b", "d", 0.5))
    ]
    session = Pairs(links, of, table.ledger, "AB", [])
    async with DuplicatesApp(session).run_test(size=(80, 24)) as pilot:
        await press(pilot, "s", "s")
        assert session.position == 3  # a and c are the same by now
        assert session.left == 2
        assert "the same report" in await press(pilot, "left")
        assert "Follows from what was said" in seen(pilot.app)
        screen = await press(pilot, "d")
        assert "AB: a and b are the same report; AB: b and c are the same report" in " ".join(screen.split())
        await press(pilot, "u", "right", "d")  # d is neither a, b nor c
        assert (session.left, session.said) == (0, 3)
        await press(pilot, "left")


async def test_signs_of_two_cells_and_of_the_other_direction_stay_in_their_columns(table: Table) -> None:
    titles = {
        "a:1": "社区花园对城市居民心理健康影响的随机对照试验与长期随访研究报告以及附录材料",
        "b:1": "社区花园对城市居民心理健康影响的对照试验与长期随访研究报告以及附录材料",
        "a:2": "\u2067השפעת גינות קהילתיות על\u2069 בריאות\x1b[31m הציבור: מחקר עוקבה", "b:2": "השפעת גינות קהילתיות על בריאות הציבור בצפון",
    }  # fmt: skip
    odd = {key: replace(r, title=titles.get(key, r.title)) for key, r in RECORDS.items()}
    odd["a:2"] = replace(odd["a:2"], authors=tuple(f"Author{n}, A" for n in range(200)))
    odd["b:2"] = replace(odd["b:2"], authors=(*odd["a:2"].authors[:150], "Zimmer, Q", *odd["a:2"].authors[150:]))
    async with DuplicatesApp(Pairs(LINKS, odd, table.ledger, "AB", [])).run_test(size=(80, 24)) as pilot:
        for key in ("", "right"):
            screen = await press(pilot, *([key] if key else []))
            places = {cell_len(line[: line.index("│")]) for line in screen.splitlines() if "│" in line}
            assert len(places) == 1
        assert "‹Zimmer, Q›" in screen
        assert "(200 authors)" in screen
        assert "Author60" not in screen


async def test_nothing_moves_on_where_the_disk_is_full(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    async with DuplicatesApp(table.sit()).run_test(size=(80, 24)) as pilot:
        await press(pilot)
        full_disk(monkeypatch, table.ledger.path.parent)
        assert "No space left" in await press(pilot, "s")
        assert "Community" in seen(pilot.app)
    assert table.words() == []


DEPOSITS = {
    r.key: r
    for r in (
        Record(key="a:1", title=f"{TITLE}: a cohort. Part I", authors=("Harlow, Ines",), year=2010, journal="Soil", volume="2", pages="1-9", doi="10.1/a", source="alpha"),
        Record(key="a:2", title=f"{TITLE}: a cohort. Part I", authors=("Harlow, Ines",), year=2010, journal="Soil", volume="2", pages="1-9", source="alpha"),
        Record(key="b:1", title=f"{TITLE}: a cohort", authors=("Harlow I",), year=2010, source="beta"),
        Record(key="b:2", title=f"{TITLE}: a cohort. Part II", authors=("Harlow I",), year=2010, journal="Soil", volume="2", pages="31-44", doi="10.1/b", source="beta"),
    )
}  # fmt: skip


async def test_what_else_is_merged_with_the_two_is_shown_and_what_of_it_can_be_no_one_report(table: Table) -> None:
    why = f"same title{CONTRADICTED}"
    links = [
        Link(a="a:1", b="a:2", probability=0.99, rule="x", evidence="y", verdict="duplicate"),
        Link(a="b:1", b="b:2", probability=0.96, rule="x", evidence="y", verdict="duplicate"),
        Link(a="a:2", b="b:1", probability=0.97, rule="x", evidence=why, verdict="unsure"),
    ]
    session = Pairs(links, DEPOSITS, table.ledger, "AB", [], "", {"a:2": {"doi": "10.1/many"}})
    async with DuplicatesApp(session).run_test(size=(80, 24)) as pilot:
        screen = " ".join((await press(pilot)).split())
        assert "b:2, of the same two reports, speak against it: parts or numbers differ" in screen
        assert "contradict each other" not in screen  # it is told by name
        assert "it: DOI 10.1/many" in screen
        screen = await press(pilot, "c", "space")
        for words in ("Merged with the first:", "a:1: ", "Merged with the second:", "b:2: ", "These speak against"):
            assert words in screen
    told = StringIO()
    PairLines(session, StringIO(""), told).run()
    assert "a:1 and b:2, of the same two reports, speak against it:" in told.getvalue()
    against = session.apart()[0]
    assert against.says(against.rule) == "are in the same doubt"  # no more than what is asked anyway
    assert "Merged with the first: a:1: Community" in told.getvalue()


async def test_after_a_word_is_taken_back_the_screen_says_what_the_rules_say(table: Table) -> None:
    said = table.ledger.append(Sameness(by="AB", a="c:3", b="d:3", same=True))
    link = Link(a="c:3", b="d:3", probability=1.0, rule="person", evidence="decided by AB", verdict="duplicate")
    async with DuplicatesApp(Pairs([link], RECORDS, table.ledger, "AB", [said])).run_test(size=(80, 24)) as pilot:
        assert "Said by AB: the same report" in await press(pilot, "left")
        screen = await press(pilot, "u")
        assert "taken back: the next run goes by the rules" in screen
        assert " likely the same" in screen
        assert "p = 1.00" not in screen


async def test_no_word_on_a_pair_behind_its_reasons_and_a_long_key_is_cut(table: Table) -> None:
    key = f"base:{'0123456789abcdef' * 4}"
    records = {**RECORDS, key: replace(RECORDS["b:1"], key=key)}
    async with DuplicatesApp(Pairs([replace(LINKS[0], b=key)], records, table.ledger, "AB", [])).run_test(size=(80, 24)) as pilot:
        assert "base:0123456789ab… " in await press(pilot)
        for word in ("s", "d", "r"):
            assert "Nothing was saved" in await press(pilot, "c", word)
        assert table.words() == []
        await press(pilot, "s")
        assert [w["b"] for w in table.words()] == [key]


async def test_which_is_which_is_asked_where_the_records_do_not_tell(table: Table) -> None:
    async with DuplicatesApp(table.sit()).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot, "r", "3")
        assert "Which one is an erratum or a retraction of the other?" in screen
        assert "right: b:1" in screen
        assert table.words() == []
        assert "which b:1 is" in await press(pilot, "2")
        await press(pilot, "r", "5")  # published in two places: there is no which
        assert [(w["relation"], w.get("first", "")) for w in table.words()] == [("erratum_or_retraction_of", "b:1"), ("co_publication", "")]
        assert "Said by AB: erratum or retraction of, which b:1 is" in await press(pilot, "g", "ctrl+u", "1", "enter")


def test_which_is_which_line_by_line(table: Table) -> None:
    told = StringIO()
    assert not PairLines(table.sit(), StringIO("r 3\nu\nr 3 1\n"), told).run()
    assert "Which of the two it is, their records don't tell: u, then r 3 1" in told.getvalue()
    assert [w.get("first", "") for w in table.words() if w["kind"] == "sameness"] == ["", "a:1"]


def test_which_is_which_is_said_where_the_records_tell_and_whose_the_words_are(
    table: Table, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    records = {**RECORDS, "b:1": replace(RECORDS["b:1"], title=f"Erratum: {TITLE}")}
    table.ledger.append(Sameness(by="CD", a="a:2", b="b:2", same=False))
    session = Pairs(LINKS, records, table.ledger, "AB", [line.event for line in table.ledger.read().lines])
    monkeypatch.setattr("sys.stdin", StringIO("r 3\n"))
    side_by_side(session, None)
    told = capsys.readouterr()
    assert "Saved: erratum or retraction of (the second is an erratum): " in told.out + told.err
    assert "AB: 2 pairs decided (1 of them by others), 0 left." in told.out
    assert session.show(lambda pair: pair == ("a:1", "b:1"))
    assert session.current
    assert "Said by AB: erratum or retraction of (the second is an erratum)" in above(session, session.current, "a").plain


async def test_what_was_looked_for_before_is_replaced_by_what_is_typed_and_kept_by_enter(table: Table) -> None:
    async with DuplicatesApp(table.sit()).run_test(size=(80, 24)) as pilot:
        for typed, shown in (("allotments", "pair 2 of 2"), ("survey", "pair 1 of 2"), ("", "pair 1 of 2")):
            assert shown in await press(pilot, "g", *typed, "enter")


def test_what_comes_next_is_looked_at_while_a_pair_is_read_and_merged_pairs_when_they_are_shown(table: Table) -> None:
    made: list[str] = []

    class Seen(dict[str, Record]):
        def __getitem__(self, key: str) -> Record:
            made.append(key)
            return super().__getitem__(key)

    session = Pairs(LINKS, Seen(RECORDS), table.ledger, "AB", [])
    assert sorted(made) == ["a:1", "a:2", "b:1", "b:2"]
    unsure = session.ahead()
    assert unsure
    seen = unsure.seen()
    assert set(seen) == {("a:1", "b:1"), ("a:2", "b:2")}
    session.look(seen)
    assert session.ahead() is None
    session.look_over()
    merged = session.ahead()
    assert merged
    assert set(merged.seen()) == {("c:3", "d:3")}
    assert set(made) == set(RECORDS)
    session.say(False)
    assert session.undo()
    assert (session.looking_over, session.position) == (True, 0)


def test_of_a_report_of_many_copies_one_pair_for_each_is_looked_over(table: Table) -> None:
    """All pairs of four copies are six: the surest three hold them together."""
    keys = ("c:3", "d:3", "e:3", "f:3")
    records = {**RECORDS, **{key: replace(RECORDS["c:3"], key=key) for key in keys}}
    every = [
        (0.97, "c:3", "d:3"),
        (0.99, "c:3", "e:3"),
        (0.98, "c:3", "f:3"),
        (0.99, "d:3", "e:3"),
        (0.9, "d:3", "f:3"),
        (0.9, "e:3", "f:3"),
    ]
    merged = [replace(LINKS[2], a=a, b=b, probability=p) for p, a, b in every]

    def sit() -> Pairs:
        return Pairs([*LINKS[:2], *merged], records, table.ledger, "AB", [line.event for line in table.ledger.read().lines])

    session = sit()
    session.look_over()
    assert [q.pair for q in session.merged] == [("c:3", "f:3"), ("c:3", "e:3"), ("d:3", "e:3")]
    assert len(session.rest()[0]) == 2
    # What somebody spoke on is there to be seen again.
    table.ledger.append(Sameness(by="CD", a="e:3", b="f:3", same=False))
    assert ("e:3", "f:3") in [q.pair for q in sit().merged]


async def test_above_a_pair_stands_what_was_said_to_be_its_copies_by_now(table: Table) -> None:
    hangs = [LINKS[0], replace(LINKS[1], a="b:1"), LINKS[2]]
    async with DuplicatesApp(Pairs(hangs, RECORDS, table.ledger, "AB", [])).run_test(size=(120, 40)) as pilot:
        assert "b:1 (+1 merged)" in await press(pilot, "s")


HANGING = [replace(LINKS[0], rule="one"), replace(LINKS[1], rule="other"), replace(LINKS[1], b="b:1", probability=0.3, rule="other")]


@both
async def test_reports_that_hang_together_are_answered_at_once(table: Table, size: tuple[int, int]) -> None:
    session = Pairs(HANGING, RECORDS, table.ledger, "AB", [])
    async with DuplicatesApp(session).run_test(size=size) as pilot:
        assert "4 reports hang together here by 3 open pairs: a answers at once." in " ".join((await press(pilot)).split())
        assert "Enter says: all 4 are different reports." in await press(pilot, "a")
        assert "Enter says: 2 are one report, the other 2 are not." in await press(pilot, "1", "2")
        assert "Enter says: all 4 are one report." in await press(pilot, "a")
        assert "all 4 are different" in await press(pilot, "a")
        assert not table.words()
        assert "Saved: that one is another report than the other 3 (1 word; u takes" in await press(pilot, "1", "enter")
        assert [(w["a"], w["b"], w["same"]) for w in table.words()] == [("a:1", "b:1", False)]
        assert "3 reports hang together" in await press(pilot)
        assert "all 3 are one report" in await press(pilot, "a", "a", "enter")
        assert "No pair is left" in await press(pilot)
        assert "your last 2 words" in await press(pilot, "u")
        assert session.left == 2
        await press(pilot, "s")
        assert "Only these two are asked about here" in await press(pilot, "a")


@small_window
async def test_nothing_is_said_of_reports_that_were_not_to_be_seen(table: Table, size: tuple[int, int]) -> None:
    many = {f"a:{n}": Record(key=f"a:{n}", title=f"{TITLE} {TITLE}", year=1990 + n) for n in range(30)}
    links = [Link(a="a:0", b=key, probability=0.5, rule="x", evidence="y", verdict="unsure") for key in list(many)[1:]]
    async with DuplicatesApp(Pairs(links, many, table.ledger, "AB", [])).run_test(size=size) as pilot:
        await press(pilot)
        await press(pilot, "a")
        screen = await press(pilot, "enter")
        assert "Enter shows more, and at the end says: all 30 are different" in screen
        assert not table.words()
        while "Enter says: all 30" not in screen:
            screen = await press(pilot, "enter")
            assert not table.words()
        assert "Saved" in await press(pilot, "enter")
        assert len(table.words()) == 29


async def test_what_was_answered_at_once_is_taken_back_at_once_in_a_later_sitting_too(table: Table) -> None:
    session = Pairs(HANGING, RECORDS, table.ledger, "AB", [])
    async with DuplicatesApp(session).run_test(size=(80, 24)) as pilot:
        await press(pilot, "s")
        await press(pilot, "a", "a", "enter")
    again = Pairs(HANGING, RECORDS, table.ledger, "AB", [line.event for line in table.ledger.read().lines])
    assert again.left == 0
    async with DuplicatesApp(again).run_test(size=(80, 24)) as pilot:
        assert "your last 2 words" in await press(pilot, "u")
        assert again.left == 2
        assert "your last word" in await press(pilot, "u")
        assert "nothing to undo" in await press(pilot, "u")


async def test_the_list_of_keys_scrolls_by_pages_and_the_text_behind_it_stays(table: Table) -> None:
    async with DuplicatesApp(table.sit()).run_test(size=(80, 24)) as pilot:
        assert "stays two reports" not in await press(pilot, "question_mark")
        assert "stays two reports" in await press(pilot, "space")
        assert "the same report: they are merged" in await press(pilot, "pageup")
        assert "Space scroll, Escape goes back" not in await press(pilot, "escape")


async def test_one_kind_of_doubt_at_a_time(table: Table) -> None:
    async with DuplicatesApp(Pairs(HANGING, RECORDS, table.ledger, "AB", [])).run_test(size=(80, 24)) as pilot:
        listed = await press(pilot, "f")
        assert "3  all of them" in listed
        assert "2  other" in listed
        assert "pair 1 of 2 · 2 left of these · 3 in all · other" in await press(pilot, "3")
        assert "Of this kind (other) nothing is left." in await press(pilot, "d", "d")
        assert "1 of 3" in await press(pilot, "f", "1")


def test_line_by_line_several_at_once_and_one_kind(table: Table) -> None:
    told = StringIO()
    typed = "a\na 1 2\nu\nf\nf 3\nl\nv\nf all\na none\n"
    assert not PairLines(Pairs(HANGING, RECORDS, table.ledger, "AB", []), StringIO(typed), told).run()
    said = told.getvalue()
    assert "1  a:1: Harlow; Community gardens" in said
    assert "Saved: 2 are one report, the other 2 are not (2 words; u takes all of them back)." in said
    assert "f 2  other: 2 left of 2" in said
    assert "Saved: all 4 are different reports (3 words;" in said
    for wrong in ("a 9", "a x", "f 99"):
        assert PairLines(Pairs(HANGING, RECORDS, table.ledger, "CD", []), StringIO(f"{wrong}\n"), told).run()


async def test_a_queue_without_pairs_says_so_in_either_list(table: Table) -> None:
    async with DuplicatesApp(Pairs([], RECORDS, table.ledger, "AB", [])).run_test(size=(80, 24)) as pilot:
        assert "No pair needs a person" in await press(pilot)
        for key in ("s", "d", "r", "n", "o"):
            assert "There is no pair here" in await press(pilot, key)
        assert "The rules have merged no pair" in await press(pilot, "m")
        assert "nothing to undo" in await press(pilot, "u")
    told = StringIO()
    PairLines(Pairs([], RECORDS, table.ledger, "AB", []), StringIO("m\n"), told).run()
    assert "No pair needs a person" in told.getvalue()
    assert "The rules have merged no pair" in told.getvalue()


def test_two_words_on_two_reports_are_both_there_to_be_taken_back(table: Table) -> None:
    words = [
        table.ledger.append(Sameness(by="AB", a=a, b=b, same=same))
        for a, b, same in (("a:1", "a:2", False), ("a:2", "b:1", False), ("a:1", "b:1", True))
    ]
    links = [
        Link(a="a:1", b="b:1", probability=1.0, rule="person", evidence="decided by AB", verdict="duplicate"),
        Link(a="a:1", b="a:2", probability=0.0, rule="person", evidence="decided by AB", verdict="different"),
        Link(a="a:2", b="b:1", probability=0.0, rule="person", evidence="decided by AB", verdict="different"),
        *LINKS[1:],
    ]
    session = Pairs(links, RECORDS, table.ledger, "AB", words)
    assert (session.said, session.left) == (3, 1)
    assert session.go("b:1")
    pairs = [q.pair for q in session.unsure]
    assert ("a:2", "b:1") in pairs
    assert len(pairs) == 4
    for left in (1, 2, 3):
        assert session.undone() == "Undone: your last word, on this pair."
        assert (session.said, session.left) == (3 - left, 1 + left)


def test_the_same_doubt_again_is_not_told_of_a_pair(table: Table) -> None:
    """Of merged records that are asked about for the very same, nothing is said above the two; what else speaks against them is."""
    links = [
        Link(a="a:1", b="a:2", probability=0.99, rule="x", evidence="y", verdict="duplicate"),
        Link(a="a:1", b="b:1", probability=0.9, rule="x", evidence="same title", verdict="unsure"),
    ]
    years = {"a:1": 2010, "a:2": 2010, "b:1": 2012}
    records = {key: Record(key=key, title=TITLE, authors=("Harlow, Ines",), year=year, journal="Soil") for key, year in years.items()}
    session = Pairs(links, records, table.ledger, "AB", [])
    assert [x.rule for x in session.apart()] == [session.explanation.rule] if session.explanation else []
    assert session.against() == []
    told = StringIO()
    PairLines(session, StringIO(""), told).run()
    assert "same doubt" not in told.getvalue()
    assert "same doubt" not in above(session, session.unsure[0], "a").plain
    assert "a:2 and b:1 are in the same doubt" in why(session).plain


async def test_a_word_that_contradicts_others_says_so_whenever_its_pair_is_shown(table: Table) -> None:
    """The run says that it can't follow it: whoever comes to change one of the words sees which ones they are."""
    said = [table.ledger.append(Sameness(by=by, a=a, b=b, same=same)) for by, a, b, same in (
        ("AB", "a:1", "b:1", True), ("CD", "a:2", "b:1", True), ("EF", "a:1", "a:2", False),
    )]  # fmt: skip
    links = [Link(a=w.a, b=w.b, probability=float(w.same), rule="person", evidence="", verdict="different") for w in said]
    session = Pairs(links, RECORDS, table.ledger, "AB", said)
    async with DuplicatesApp(session).run_test(size=(80, 24)) as pilot:
        shown = " ".join((await press(pilot, "g", "1", "enter")).split())
        assert "Said by AB: the same report But these keep the two apart: EF: a:1 and a:2 are different reports" in shown
        shown = " ".join((await press(pilot, "g", "3", "enter")).split())
        assert "But these make the two the same: AB: a:1 and b:1 are the same report; CD: a:2 and b:1" in shown
    told = StringIO()
    PairLines(session, StringIO(""), told).run()
    assert "Said by EF: different reports\nBut that contradicts: AB: a:1 and b:1 are the same report; CD:" in told.getvalue()


def test_of_what_speaks_against_one_report_it_is_told_once_and_what_both_say(table: Table) -> None:
    """Copies of one record contradict the other report in one way: it is told of the first, with what differs, which neither of the pair shows."""
    place, elsewhere = {"volume": "3", "pages": "1-9"}, {"volume": "9", "pages": "44-52"}
    of = {"a:1": {}, "b:1": place, "b:2": place, "c:1": {}, "c:2": elsewhere}
    plain = Record(key="", title=TITLE, authors=("Harlow, Ines",), journal="Soil")
    records = {key: replace(plain, key=key, year=2014 if key == "c:2" else 2010, **more) for key, more in of.items()}
    links = [
        *(Link(a="a:1", b=b, probability=0.99, rule="x", evidence="y", verdict="duplicate") for b in ("b:1", "b:2")),
        Link(a="c:1", b="c:2", probability=0.99, rule="x", evidence="y", verdict="duplicate"),
        Link(a="a:1", b="c:1", probability=0.98, rule="x", evidence=f"same title{CONTRADICTED}", verdict="unsure"),
    ]
    session = Pairs(links, records, table.ledger, "AB", [])
    assert [("b:1", "c:2"), ("b:2", "c:2")] in [[(x.a.key, x.b.key) for x in some] for some in session.against()]
    panel = why(session).plain
    assert "b:1 and c:2 (and 1 pair more of theirs): " in panel
    assert "  year: ‹2010› / ‹2014›\n  volume: ‹3› / ‹9›\n" in panel
    assert "b:2 and c:2" not in panel
    told = StringIO()
    PairLines(session, StringIO(""), told).run()
    assert told.getvalue().count("  volume: ‹3› / ‹9›\n") == 1
