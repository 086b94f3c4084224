"""The pilot: rounds on random samples, the gate, the discussion; and conflicts that are talked over, settled, reopened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import PROTOCOL, TITLES, Small

from review.model.events import Decision, Discussion, Event, PilotGate, PilotRound, Reopening, Resolution, Unblinding
from review.model.protocol_phases import PhasePlan
from review.model.shares import wilson
from review.screening.phases import independent, screen_phase
from review.screening.pilot import sample, state

KEYS = [f"a:{n:03}" for n in range(100)]
OF = {k: k for k in KEYS}


def plan(**more: object) -> PhasePlan:
    return PhasePlan.model_validate({"name": "title-abstract", "reviewers": ["A", "B"], "pilot": {"n": 10, "target": 0.6}, **more})


def test_a_sample_is_the_same_for_the_same_seed_and_leaves_earlier_rounds_out() -> None:
    first = sample(plan(), KEYS)
    assert len(first) == 10
    assert first == sample(plan(), reversed(KEYS))
    assert first != sample(plan(seed=1), KEYS)
    second = sample(plan(), KEYS, first)
    assert not set(first) & set(second)
    assert len(sample(plan(), KEYS[:4])) == 4


@given(st.integers(0, 200))
def test_every_report_is_drawn_about_as_often(seed: int) -> None:
    assert len(set(sample(plan(seed=seed), KEYS))) == 10


def test_the_draw_is_even() -> None:
    drawn = [k for seed in range(400) for k in sample(plan(seed=seed), KEYS)]
    assert all(12 <= drawn.count(k) <= 75 for k in KEYS)  # 40 expected, sd 6


def event(kind: type, n: int, by: str, **more: object) -> Event:
    return kind(id=f"{n:04}", at="2026-01-01T00:00:00Z", by=by, phase="title-abstract", **more)


def votes(by: str, keys: tuple[str, ...], includes: int, start: int) -> list[Event]:
    return [
        event(Decision, start + n, by, record=k, records=(k,), verdict="include" if n < includes else "exclude") for n, k in enumerate(keys)
    ]


def test_a_round_tells_its_agreement_when_all_have_done_it_and_the_gate_opens_at_the_target() -> None:
    keys = sample(plan(), KEYS)
    begun = event(PilotRound, 1, "A", round=1, records=keys)
    half = state(plan(), OF, {"A": [begun, *votes("A", keys, 5, 10)], "B": votes("B", keys[:9], 5, 40)})
    assert (half.rounds[0].complete, half.rounds[0].value, half.rounds[0].differ, half.open) == (False, None, (), False)
    poor = state(plan(), OF, {"A": [begun, *votes("A", keys, 5, 10)], "B": votes("B", keys, 1, 40)})
    assert (round(poor.rounds[0].value or 0, 3), len(poor.rounds[0].differ), poor.open) == (0.2, 4, False)
    assert (poor.rounds[0].low or 0) < 0.2 < (poor.rounds[0].high or 0)
    good = state(plan(), OF, {"A": [begun, *votes("A", keys, 5, 10)], "B": votes("B", keys, 4, 40)})
    assert (good.rounds[0].reached, good.open) == (True, True)
    forced = state(plan(), OF, {"A": [begun, event(PilotGate, 99, "A", why="time is short")]})
    assert forced.override
    assert (forced.open, forced.override.why) == (True, "time is short")
    assert state(plan(pilot={"n": 0}), OF, {}).open


def test_a_verdict_changed_after_the_others_were_shown_does_not_count() -> None:
    keys = sample(plan(), KEYS)
    a = [event(PilotRound, 1, "A", round=1, records=keys), *votes("A", keys, 5, 10), event(Unblinding, 80, "A", records=keys)]
    a += [event(Decision, 90 + n, "A", record=k, records=(k,), verdict="include") for n, k in enumerate(keys)]
    assert state(plan(), OF, {"A": a, "B": votes("B", keys, 1, 40)}).rounds[0].value == 0.19999999999999996


def test_two_who_begin_the_same_round_begin_one() -> None:
    one = event(PilotRound, 1, "A", round=1, records=("a:001",))
    other = event(PilotRound, 2, "B", round=1, records=("a:002",))
    assert [r.n for r in state(plan(), OF, {"B": [other], "A": [one]}).rounds] == [1]


def test_wilsons_interval_is_that_of_the_paper() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)


@pytest.mark.slow
def test_the_pilot_by_command(small: Small) -> None:
    wanted = PROTOCOL.replace("votes: 2, adjudicator: EF}", "votes: 2, adjudicator: EF, pilot: {n: 2, target: 0.5}}", 1)
    small.protocol.write_text(wanted.replace("pilot: {n: 2,", "pilot: {n: 50,"), encoding="utf-8")
    small.bring_in()
    assert "waits for AB: 7 title-abstract pilot decisions" in small("run").stdout  # there are no more
    small.protocol.write_text(wanted, encoding="utf-8")
    assert "at the last run: title-abstract: 7 pending" in small("status").stdout
    (small.root / ".review/small.db").unlink()
    assert small.json("status", "--as", "AB") == []  # nothing is known: none are said to be left
    small("protocol", "lock")
    say = {"input": "i\ne\n"}
    assert small("pilot", "next", "--as", "AB").returncode == 0  # the first round may be begun so, or by screening
    run = lambda who, text: typed(small, who, text)  # noqa: E731
    assert "pilot 1: 2 of 2 decided" in run("AB", say["input"])
    assert "pilot 1: 2 of 2 decided" in run("CD", "e\ni\n")
    told = small("pilot", "status").stdout
    assert "not reached" in told
    assert "2 differ, 0 of them discussed" in told
    assert "review pilot discuss --as AB" in small("screen", "--plain", "--as", "AB", code=1).stderr
    assert "AB: include" in small("pilot", "discuss", "--as", "AB", "--list").stdout
    assert "Saved: include" in typed(small, "AB", "n we meant both\ni\n", "pilot", "discuss")
    assert "2 differ, 1 of them discussed" in small("pilot", "status").stdout
    small("pilot", "next", "--as", "EF")
    run("AB", "i\ne\n")
    run("CD", "i\ne\n")
    assert small.json("pilot", "status")["open"]
    first = small("screen", "--plain", "--as", "AB").stdout
    assert "0 of 7 decided" in first  # pilot decisions are kept apart
    assert "The verdicts of the pilot (4 reports) are kept apart" in first
    run("AB", "i\n")
    assert "kept apart" not in small("screen", "--plain", "--as", "AB").stdout
    small("run")
    assert "pilot" in (small.reports / "report.md").read_text(encoding="utf-8").lower()


def typed(small: Small, who: str, text: str, *words: str) -> str:
    return small(*(words or ("screen",)), "--plain", "--as", who, code=None, typed=text).stdout


# -- conflicts --------------------------------------------------------------------------------------------------


def outcome(rule: str, *events: Event, adjudicator: str = "C", seniors: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...], str]:
    p = plan(conflicts=rule, adjudicator=adjudicator, seniors=seniors)
    cast = [
        event(Decision, 1, "A", record="a:001", records=("a:001",), verdict="include"),
        event(Decision, 2, "B", record="a:001", records=("a:001",), verdict="exclude"),
    ]
    ledgers: dict[str, list[Event]] = {}
    for e in (*cast, *events):
        ledgers.setdefault(e.by, []).append(e)
    found = screen_phase(p, ["a:001"], OF, ledgers, ()).outcomes[0]
    return found.state, found.waiting, found.resolution.by if found.resolution else ""


def said(n: int, by: str, verdict: str, settles: tuple[str, ...] = ("0001", "0002")) -> Event:
    return event(Discussion, n, by, record="a:001", records=("a:001",), verdict=verdict, settles=settles)


def settled(n: int, by: str, verdict: str = "exclude") -> Event:
    return event(Resolution, n, by, record="a:001", records=("a:001",), verdict=verdict)


def test_a_conflict_is_discussed_and_then_adjudicated() -> None:
    rule = "discuss-then-adjudicate"
    assert outcome(rule) == ("conflict", ("A", "B"), "")
    assert outcome(rule, said(3, "A", "exclude")) == ("conflict", ("B",), "")
    assert outcome(rule, said(3, "A", "exclude"), said(4, "B", "exclude")) == ("exclude", (), "A, B")
    assert outcome(rule, said(3, "A", "include"), said(4, "B", "exclude")) == ("conflict", ("C",), "")
    assert outcome(rule, said(3, "A", "open")) == ("conflict", ("C",), "")
    assert outcome(rule, settled(3, "C")) == ("exclude", (), "C")
    assert outcome(rule, said(3, "A", "exclude", ("0001",)), said(4, "B", "exclude", ("0001",)))[0] == "conflict"  # about other votes


def test_the_other_rules() -> None:
    assert outcome("adjudicate") == ("conflict", ("C",), "")
    assert outcome("adjudicate", said(3, "A", "exclude"), said(4, "B", "exclude")) == ("conflict", ("C",), "")
    assert outcome("discuss", said(3, "A", "open"), said(4, "B", "open"))[1] == ("A", "B")
    assert outcome("senior", seniors=("B",)) == ("conflict", ("B",), "")
    assert outcome("senior", settled(3, "B"), seniors=("B",)) == ("exclude", (), "B")
    assert outcome("senior", settled(3, "A"), seniors=("B",)) == ("conflict", ("B",), "")
    assert outcome("senior", seniors=("A", "B")) == ("conflict", ("C",), "")
    assert outcome("adjudicate", settled(3, "A"))[0] == "conflict"  # nobody settles their own conflict
    assert outcome("adjudicate", settled(3, "A"), adjudicator="")[0] == "conflict"
    assert outcome("adjudicate", settled(3, "D"), adjudicator="") == ("exclude", (), "D")


def test_reopening_makes_what_settled_it_void_and_shows() -> None:
    again = event(Reopening, 5, "C", record="a:001", records=("a:001",), note="a new erratum", reopens=("0003",))
    assert outcome("adjudicate", settled(3, "C"), again) == ("conflict", ("C",), "")
    assert outcome("adjudicate", settled(3, "C"), again, settled(6, "C", "include")) == ("include", (), "C")
    assert outcome("discuss", said(3, "A", "exclude"), said(4, "B", "exclude"), again)[0] == "conflict"


def test_a_vote_changed_after_the_conflict_was_seen_changes_nothing() -> None:
    seen = event(Unblinding, 3, "A", records=("a:001",))
    late = event(Decision, 4, "A", record="a:001", records=("a:001",), verdict="exclude")
    assert outcome("adjudicate", seen, late) == ("conflict", ("C",), "")
    assert outcome("adjudicate", late)[0] == "exclude"  # without having seen it, a change of mind is one


def test_what_is_said_after_a_discussion_is_no_independent_vote() -> None:
    ledgers = {
        "A": [
            event(Decision, 1, "A", record="a:001", records=("a:001",), verdict="include"),
            said(3, "A", "exclude"),
            event(Decision, 4, "A", record="a:001", records=("a:001",), verdict="exclude"),
        ],
        "B": [event(Decision, 2, "B", record="a:001", records=("a:001",), verdict="exclude")],
    }
    assert independent(plan(conflicts="discuss"), ["a:001"], OF, ledgers)["A"]["a:001"][0].verdict == "include"


def test_while_one_is_missing_nothing_of_the_other_is_in_the_outcome() -> None:
    cast = event(Decision, 1, "A", record="a:001", records=("a:001",), verdict="exclude", reason="No data", note="x")
    found = screen_phase(plan(), ["a:001"], OF, {"A": [cast]}, ()).outcomes[0]
    assert (found.state, found.waiting) == ("pending", ("B",))
    assert [(v.by, v.verdict, v.reason, v.note) for v in found.votes] == [("A", "", "", "")]
    assert TITLES
