"""The screening screen: what is highlighted, tags, filters, jumps, own keys, odd texts; at the keyboard."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from desk import PLAIN, SIZES, Desk, press, record, seen, type_
from support import PROTOCOL

from review.cli.plain import Lines
from review.errors import UsageError
from review.model.protocol_yaml import load
from review.model.record import Report
from review.model.related import Relation
from review.screening.pace import Pace, duration
from review.screening.session import Screening
from review.tui.adjudicate import AdjudicateApp
from review.tui.duplicates import DuplicatesApp
from review.tui.extract import ExtractApp
from review.tui.keys import ACTIONS, Wishes, clashes, wishes
from review.tui.parts import EXCLUDE_STYLE, INCLUDE_STYLE, Marks, record_text
from review.tui.screen import ScreenApp

both = pytest.mark.parametrize("size", SIZES)
small_window = pytest.mark.parametrize("size", SIZES[:1])  # what is shown is the same in any
TERMS = PROTOCOL.replace("eligibility:\n", "eligibility:\n  terms: {include: [communit*, shared budget], exclude: [rat, mice]}\n")
STRUCTURED = record(
    "a:1",
    "Communities and shared budgets",
    abstract="BACKGROUND: Rats are not rated. METHODS: A rat and a community shared-budget. RESULTS: none.",
    keywords=("Community health",),
    year=2010,
    journal="Places",
)


def styled(text: object, style: str) -> list[str]:
    plain = text.plain  # type: ignore[attr-defined]
    return [plain[s.start : s.end] for s in text.spans if s.style == style]  # type: ignore[attr-defined]


def test_terms_are_highlighted_in_colour_and_style_whole_words_and_cut_ones() -> None:
    text = record_text(STRUCTURED, marks=Marks.of(load(TERMS, "p.yaml")))
    assert styled(text, INCLUDE_STYLE) == ["Communities", "community", "shared-budget", "Community"]  # budgets is another word
    assert styled(text, EXCLUDE_STYLE) == ["rat"]  # neither Rats nor rated
    for style in (INCLUDE_STYLE, EXCLUDE_STYLE):
        assert "#" in style
        assert "underline" in style or "reverse" in style  # to be seen without colour


def test_pages_without_a_volume_have_no_colon_before_them() -> None:
    text = record_text(record("a:1", "Title", journal="Places", year=2011, pages="A203")).plain
    assert "Places, 2011, A203" in text


@both
async def test_sections_are_paragraphs_and_the_terms_stand_by_the_criteria(tmp_path: Path, size: tuple[int, int]) -> None:
    async with ScreenApp(Desk(tmp_path, TERMS, [STRUCTURED]).screening()).run_test(size=size) as pilot:
        screen = await press(pilot)
        lines = [line.strip() for line in screen.splitlines()]
        for label in ("BACKGROUND:", "METHODS:", "RESULTS:"):
            assert any(line.startswith(label) for line in lines), label
        if size[0] < 110:
            screen = await press(pilot, "c")
        assert "Terms for: communit*, shared budget" in screen
        assert "Terms against: rat, mice" in screen


async def test_tags_and_an_excluding_reason_at_title_and_abstract(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=(80, 24)) as pilot:
        await press(pilot, "t")
        await type_(pilot, "RCT, key ,RCT")
        screen = await press(pilot, "enter")
        assert "Your tags: RCT, key" in screen
        assert "Title 1" in screen
        await press(pilot, "E")
        assert "Title 2" in await press(pilot, "2")
        await press(pilot, "t")
        assert "used so far: key, RCT" in seen(pilot.app)
        await press(pilot, "escape", "u")
        assert "Undone: the last decision" in await press(pilot)
        assert "Undone: the last tags" in await press(pilot, "u")
        assert "Your tags" not in seen(pilot.app)
    lines = desk.lines("AB")
    assert [e["kind"] for e in lines] == ["tags", "decision", "undo", "undo"]
    assert lines[0]["tags"] == ["RCT", "key"]
    assert lines[1]["reason"] == "Wrong place"


MIXED = [
    record("a:1", "First", year=2001, source="alpha"), record("a:2", "Second", year=2005, source="beta", abstract="about towns"),
    record("a:3", "Third", year=2010, source="beta"), record("a:4", "Fourth and last", year=2015, source="alpha", doi="10.1/x"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "typed", "shown"),
    [
        ("3", "", "Second"),  # my maybes
        ("6", "", "First"),  # my notes
        ("8", "2006-2012", "Third"),
        ("8", "2010-", "Third"),
        ("9", "beta", "Third"),  # the first that is open
        ("0", "TOWNS", "Second"),
    ],
)
async def test_filters_show_only_what_they_say_and_all_comes_back(tmp_path: Path, keys: str, typed: str, shown: str) -> None:
    desk = Desk(tmp_path, reports=MIXED)
    async with ScreenApp(desk.screening()).run_test(size=(80, 24)) as pilot:
        await press(pilot, "n")
        await type_(pilot, "look")
        await press(pilot, "enter", "i", "m")
        await press(pilot, "f", keys)
        if typed:
            await type_(pilot, typed)
            await press(pilot, "enter")
        screen = await press(pilot)
        assert shown in screen.splitlines()[1] + screen.splitlines()[2] + screen.splitlines()[3]
        await press(pilot, "f", "1")
        assert "Third" in seen(pilot.app)
        assert "2 of 4" in seen(pilot.app)


async def test_a_filter_that_finds_nothing_says_so_and_a_year_must_be_one(tmp_path: Path) -> None:
    async with ScreenApp(Desk(tmp_path, reports=MIXED).screening()).run_test(size=(80, 24)) as pilot:
        assert "There are none: my excludes" in await press(pilot, "f", "5")
        await press(pilot, "f", "8")
        await type_(pilot, "soon")
        assert "A year such as 2010" in await press(pilot, "enter")
        await press(pilot, "escape")
        assert "First" in seen(pilot.app)


@pytest.mark.parametrize(
    ("where", "shown"), [("3", "Third"), ("a:2", "Second"), ("10.1/x", "Fourth"), ("and last", "Fourth"), ("FIRST", "First")]
)
async def test_go_to_a_number_a_key_a_doi_or_words(tmp_path: Path, where: str, shown: str) -> None:
    async with ScreenApp(Desk(tmp_path, reports=MIXED).screening()).run_test(size=(80, 24)) as pilot:
        await press(pilot, "g")
        await type_(pilot, where)
        assert shown in await press(pilot, "enter")
        await press(pilot, "g")
        await type_(pilot, "nothing like it")
        assert "No record of yours has" in await press(pilot, "enter")
        assert shown in seen(pilot.app)


async def test_find_goes_from_place_to_place_and_scrolls_there(tmp_path: Path) -> None:
    long = record("a:1", "Long", abstract="one town. " + "word " * 3000 + "another town.")
    async with ScreenApp(Desk(tmp_path, reports=[long]).screening()).run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash")
        await type_(pilot, "town")
        screen = await press(pilot, "enter")
        assert "place 1 of 2" in screen
        screen = await press(pilot, "slash", "enter")
        assert "place 2 of 2" in screen
        assert "another town" in screen
        await press(pilot, "slash", "ctrl+u")
        await type_(pilot, "zebra")
        assert "'zebra' is not in this record" in await press(pilot, "enter")


@both
async def test_long_wide_and_right_to_left_texts_can_be_read_and_decided(tmp_path: Path, size: tuple[int, int]) -> None:
    odd = [
        record("a:1", "系統性文獻回顧 " * 20, abstract="社區" * 400, authors=("王, 小明",)),
        record("a:2", "مراجعة منهجية للأدبيات", abstract="הסקירה " * 300 + "\u202e reversed \u2066"),
        record("a:3", "e\u0301 👩\u200d⚕️ \u200b\ufeff zero width", abstract="x" * 20_000),
        record("a:4", "<b>Bold</b> &amp; [/red] {x}", abstract="BACKGROUND: " + "sentence. " * 2000),
    ]
    desk = Desk(tmp_path, reports=odd)
    async with ScreenApp(desk.screening()).run_test(size=size) as pilot:
        assert "系統性文獻回顧" in await press(pilot)
        for _ in odd:
            await press(pilot, "space", "i")
        screen = await press(pilot, "left")
        assert "[/red] {x}" in screen
        assert "<b>" not in screen
        assert "\u202e" not in await press(pilot, "left", "left")
    assert len(desk.lines("AB")) == 4


async def test_a_sign_can_be_a_key(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[keys]\ninclude = "+"\nfind = "."\n', encoding="utf-8")
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening(), wishes(tmp_path / "config.toml")).run_test(size=(80, 24)) as pilot:
        assert "+ Include" in await press(pilot)
        assert ". Find" in seen(pilot.app)
        assert "Find in the record" in await press(pilot, "full_stop")
        await press(pilot, "escape", "plus", "plus")
    assert desk.verdicts("AB") == ["include:a:1", "include:a:2"]


async def test_own_keys_are_shown_and_work_and_the_old_ones_do_not(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening(), Wishes({"include": "y", "exclude": "x"})).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot)
        assert "y Include  x Exclude" in screen
        await press(pilot, "i", "e")
        assert desk.lines("AB") == []
        await press(pilot, "y", "x")
    assert desk.verdicts("AB") == ["include:a:1", "exclude:a:2"]


def test_every_action_with_a_name_can_have_another_key() -> None:
    named = {b.id for app in (ScreenApp, AdjudicateApp, DuplicatesApp) for b in app.own_bindings()} - {None}
    assert named == ACTIONS


@pytest.mark.parametrize("key", ["y", "f2", "ctrl+n", "slash", "/", "question_mark", "alt+x", "space", "é"])
def test_a_key_that_a_terminal_has_can_be_given(tmp_path: Path, key: str) -> None:
    (tmp_path / "config.toml").write_text(f'[keys]\ninclude = "{key}"\n', encoding="utf-8")
    assert wishes(tmp_path / "config.toml").keys == {"include": {"/": "slash"}.get(key, key)}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[keys]\ninclude = "e"\n', "would be both"),
        ('[keys]\ninclude = "j"\n', "moves the text"),
        ("[keys]\ninclude = 3\n", "A key is text"),
        ("[screen]\nbreak_after = -1\n", "Give minutes"),
        ("[keys\n", "can't be read"),
        ('[keys]\nincl = "y"\n', "Did you mean include?"),
        ('[keys]\ninclude = "yy"\n', "is no key"),
        ('[keys]\ninclude = "/"\n', "would be both include and find"),
    ],
)
def test_a_key_file_that_can_not_be_followed_says_where_and_why(tmp_path: Path, text: str, says: str) -> None:
    where = tmp_path / "config.toml"
    where.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        ScreenApp(Desk(tmp_path).screening(), wishes(where))
    assert says in f"{error.value.message} {error.value.hint}"


async def test_keys_that_mean_the_opposite_elsewhere_are_told_at_the_first_sitting(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening()).run_test(size=(200, 50)) as pilot:
        screen = await press(pilot)
        assert "i is include here, irrelevant in ASReview" in screen
        assert "u is undo here, maybe in Rayyan" in screen
        assert "Take care" in await press(pilot, "question_mark")
        await press(pilot, "escape", "i")
    async with ScreenApp(desk.screening()).run_test(size=(200, 50)) as pilot:
        assert "ASReview" not in await press(pilot)
    assert clashes({"y": "include", "x": "exclude"}) == []


async def test_a_break_is_suggested_once_each_time(tmp_path: Path) -> None:
    now = [0.0]
    session = Desk(tmp_path).screening()
    session.clock, session.pace = lambda: now[0], Pace(0.0)
    async with ScreenApp(session, Wishes(break_after=1)).run_test(size=(80, 24)) as pilot:
        for at, due in ((30.0, False), (61.0, True), (80.0, False)):
            now[0] = at
            assert ("without a break" in await press(pilot, "i")) == due


def test_pace_leaves_breaks_out() -> None:
    pace = Pace(0.0)
    assert pace.each is None
    for at in (10, 20, 30, 1000, 1010):
        pace.act(at)
    assert pace.each == 10
    assert pace.worked(1010) == 10
    assert [duration(s) for s in (20, 600, 3600, 9000, 90000)] == ["1 min", "10 min", "1 h", "2 h 30 min", "25 h"]


async def test_pace_and_time_left_stand_in_the_bar(tmp_path: Path) -> None:
    now = [0.0]
    session = Desk(tmp_path, reports=[record(f"a:{n}", f"T{n}") for n in range(40)]).screening()
    session.clock, session.pace = lambda: now[0], Pace(0.0)
    async with ScreenApp(session).run_test(size=(200, 50)) as pilot:
        for _ in range(4):
            now[0] += 30
            await press(pilot, "e")
        assert "4 of 40 (10 %) · 36 left · 4 this sitting · 30 s each · 18 min to go" in seen(pilot.app)
    for width in (80, 40, 20):
        async with ScreenApp(session).run_test(size=(width, 24)) as pilot:
            assert "4 of 40" in (await press(pilot)).splitlines()[0] or width < 40


async def test_what_was_seen_with_the_others_votes_can_not_be_changed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for who, verdict in (("AB", "include"), ("CD", "exclude")):
        desk.screening(who).decide(verdict)
    session = desk.screening()
    session._disclosed = frozenset({"a:1"})
    async with ScreenApp(session).run_test(size=(80, 24)) as pilot:
        await press(pilot, "left")
        assert "Say it in: review adjudicate" in await press(pilot, "e")
        assert "can't be taken back" in await press(pilot, "u")
        await press(pilot, "right", "i")
    assert desk.verdicts("AB") == ["include:a:1", "include:a:2"]


class Backwards:
    """A guide that goes through the records from the last to the first."""

    def __init__(self, keys: list[str]) -> None:
        self.keys = keys[::-1]

    way = "words"

    def told(self, key: str, votes: object) -> None:
        pass

    def following(self, fits: Callable[[str], bool]) -> str | None:
        return next((k for k in self.keys if fits(k)), None)


async def test_with_a_guide_back_is_to_what_was_seen_before(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    plan = desk.protocol.phase("title-abstract")
    assert plan
    guide = Backwards([r.key for r in PLAIN])
    session = Screening(desk.ledger("AB"), "AB", plan, desk.protocol, "d", desk.reports, guide=guide)  # type: ignore[arg-type]
    async with ScreenApp(session).run_test(size=(80, 24)) as pilot:
        assert "Title 4" in await press(pilot)
        assert "Title 2" in await press(pilot, "i", "e")
        screen = await press(pilot, "left")
        assert "Title 3" in screen
        assert "Your decision: exclude" in screen
        assert "Title 4" in await press(pilot, "left")
        assert "Title 4" in await press(pilot, "left")
        assert "Title 3" in await press(pilot, "right")
        assert "Title 2" in await press(pilot, "right")
        assert "Title 1" in await press(pilot, "i")
    assert desk.verdicts("AB") == ["include:a:4", "exclude:a:3", "include:a:2"]


async def test_the_help_says_what_a_key_does_in_this_phase(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for phase, says in (
        ("title-abstract", ("exclude, and on to the next", "let the full text tell")),
        ("full-text", ("its reason is asked", "settled afterwards")),
    ):
        async with ScreenApp(desk.screening("AB", phase)).run_test(size=(100, 40)) as pilot:
            screen = await press(pilot, "question_mark")
            assert all(words in screen for words in says), phase


@both
async def test_a_key_that_means_nothing_says_so(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = Desk(tmp_path, reports=PLAIN[:1])
    async with ScreenApp(desk.screening()).run_test(size=size) as pilot:
        assert "x does nothing here. ? lists the keys." in await press(pilot, "x")
        assert "r does nothing here." in await press(pilot, "r")  # of the other phase only
        assert "f5 does nothing here." in await press(pilot, "f5")
        assert "does nothing" not in await press(pilot, "i", "j", "space", "pagedown", "up")
        for key in ("n", "t", "o", "E", "e", "i", "m"):
            screen = await press(pilot, key)
            assert "There is no record here" in screen or "nothing left to decide" in screen, key
    assert desk.verdicts("AB") == ["include:a:1"]


@small_window
async def test_a_protocol_changed_meanwhile_is_told_with_each_verdict(tmp_path: Path, size: tuple[int, int]) -> None:
    changed: list[bool] = []
    async with ScreenApp(Desk(tmp_path).screening(), amended=lambda: bool(changed)).run_test(size=size) as pilot:
        assert "was changed" not in await press(pilot, "i")
        changed.append(True)
        screen = " ".join((await press(pilot, "e")).split())
        assert "Saved: exclude: Title 2" in screen
        assert "The protocol was changed while you are here." in screen


@small_window
async def test_two_verdicts_that_a_merge_brought_together_are_asked_anew(tmp_path: Path, size: tuple[int, int]) -> None:
    first = Desk(tmp_path, reports=[record("a:1", "Title 1"), record("a:2", "Title 1")]).screening()
    first.decide("include")
    first.decide("exclude")
    one = Report(key="a:1", records=tuple(r for n in (1, 2) for r in record(f"a:{n}", "Title 1").records))
    desk = Desk(tmp_path, reports=[one])
    said = "Your decision: include and exclude: two records of yours were merged into this report; decide again"
    async with ScreenApp(desk.screening()).run_test(size=size) as pilot:
        assert said in " ".join((await press(pilot)).split())
    told = io.StringIO()
    Lines(desk.screening(), io.StringIO("i\n"), told).run()
    assert said in told.getvalue()
    assert desk.screening().votes_on("a:1")[0].verdict == "include"


async def test_what_is_there_when_the_screen_opens_is_not_searched_for_garbage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search of all that is loaded, with very many records, would hold up a key."""
    done: list[str] = []
    monkeypatch.setattr("review.tui.frame.gc.freeze", lambda: done.append("freeze"))
    app = ScreenApp(Desk(tmp_path).screening())
    app.lives_alone = True
    async with app.run_test(size=SIZES[0]) as pilot:
        while not done:  # once all is drawn
            assert "Include" in await press(pilot)
        await press(pilot, "i")
    assert done == ["freeze"]


@both
async def test_what_bears_on_a_report_is_told_where_it_is_read(tmp_path: Path, size: tuple[int, int]) -> None:
    related = {
        "a:1": (Relation("b:1", "retraction", True, "RETRACTED: Places, 2016 [b:1]"),),
        "a:2": (Relation("b:2", "erratum", False, "An erratum: Places, 2013 [b:2]"),),
    }
    desk = Desk(tmp_path)
    async with ScreenApp(desk.screening(), related=related).run_test(size=size) as pilot:
        assert "!! RETRACTED: Places, 2016 [b:1] !!" in await press(pilot)
        assert "An erratum: Places, 2013 [b:2]" in await press(pilot, "i")
        screen = await press(pilot, "i")
        assert "RETRACTED" not in screen
        assert "erratum" not in screen
    async with ExtractApp(desk.extracting(), desk.protocol, related=related).run_test(size=size) as pilot:
        assert "!! RETRACTED: Places, 2016 [b:1] !!" in await press(pilot)


async def test_a_crowd_of_authors_leaves_room_for_the_abstract(tmp_path: Path) -> None:
    crowd = record("a:1", "Title", abstract="Here it begins.", authors=tuple(f"Author{n}, A. B." for n in range(60)))
    async with ScreenApp(Desk(tmp_path, reports=[crowd]).screening()).run_test(size=(80, 24)) as pilot:
        lines = (await press(pilot)).splitlines()
        assert "… (60 authors)" in " ".join(lines)
        assert next(n for n, line in enumerate(lines) if "Here it begins" in line) < 8


async def test_all_that_is_said_at_the_first_sitting_can_be_read(tmp_path: Path) -> None:
    session = Desk(tmp_path).screening()
    session._piloted = 50
    async with ScreenApp(session).run_test(size=(80, 24)) as pilot:
        screen = await press(pilot)
        for words in ("and are decided anew.", "Take care: i is include here", "? tells how to change keys."):
            assert words in screen


class OneFile:
    """The full text of the first record is here."""

    def names(self, report: Report) -> list[str]:
        return ["one.pdf"] if report.key == "a:1" else []

    def path(self, report: Report) -> str:
        return ""

    def pages(self, report: Report) -> list[tuple[str, str]]:
        return []


async def test_who_could_not_get_what_is_here_is_told_so(tmp_path: Path) -> None:
    async with ScreenApp(Desk(tmp_path).screening(phase="full-text"), None, OneFile()).run_test(size=(120, 24)) as pilot:
        assert "a file of it is here: Esc, then v" in await press(pilot, "r")
        assert "a file of it is here" not in await press(pilot, "enter", "r")
