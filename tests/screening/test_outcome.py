"""From events to outcomes: undo, change of mind, merges, conflicts, resolutions."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import PROTOCOL

from review.model.event_json import from_json, to_json
from review.model.events import Decision, Event, FullText, Reopening, Resolution, Retrieval, Unblinding, Undo, standing
from review.model.protocol_yaml import load
from review.model.screening import Outcome, PhaseResult, Vote, phases_of, text_of
from review.screening.outcome import decide, may_settle
from review.screening.phases import screen
from review.screening.tally import Tally
from review.screening.votes import full_texts, reopenings, seen_by, votes_of

protocol = load(PROTOCOL, "p.yaml")
plan = protocol.phases[0]


def decision(
    n: int, who: str, record: str, verdict: str, records: tuple[str, ...] = (), phase: str = "title-abstract", reason: str = ""
) -> Decision:
    return Decision(
        id=f"{n:04}",
        at=f"2026-01-01T00:00:{n:02}Z",
        by=who,
        record=record,
        records=records or (record,),
        phase=phase,
        verdict=verdict,
        reason=reason,
    )


def verdicts(events: list[Event], report_of: dict[str, str]) -> dict[str, list[str]]:
    return {k: [v.verdict for v in votes] for k, votes in votes_of(events, "title-abstract", report_of).items()}


def test_a_later_decision_replaces_an_earlier_one() -> None:
    assert verdicts([decision(1, "AB", "a", "include"), decision(2, "AB", "a", "exclude")], {"a": "a"}) == {"a": ["exclude"]}


def test_undo_and_undo_of_undo() -> None:
    events: list[Event] = [decision(1, "AB", "a", "include"), decision(2, "AB", "a", "exclude"), Undo(id="0003", by="AB", undoes="0002")]
    assert verdicts(events, {"a": "a"}) == {"a": ["include"]}
    events.append(Undo(id="0004", by="AB", undoes="0003"))
    assert verdicts(events, {"a": "a"}) == {"a": ["exclude"]}


def test_decisions_follow_their_records_through_merges() -> None:
    apart = [decision(1, "AB", "a", "include"), decision(2, "AB", "b", "exclude")]
    assert verdicts(apart, {"a": "a", "b": "b"}) == {"a": ["include"], "b": ["exclude"]}
    # merged: two different verdicts of one person are shown, not hidden
    assert verdicts(apart, {"a": "a", "b": "a"}) == {"a": ["include", "exclude"]}
    # decided again on the merged report: that stands
    again = [*apart, decision(3, "AB", "a", "maybe", ("a", "b"))]
    assert verdicts(again, {"a": "a", "b": "a"}) == {"a": ["maybe"]}
    # unmerged: the last goes with the record that was shown, and the earlier one on the other comes back
    assert verdicts(again, {"a": "a", "b": "b"}) == {"a": ["maybe"], "b": ["exclude"]}


def test_the_same_verdict_twice_is_no_conflict() -> None:
    events = [decision(1, "AB", "a", "exclude"), decision(2, "AB", "b", "exclude")]
    assert verdicts(events, {"a": "a", "b": "a"}) == {"a": ["exclude"]}


def outcome(first: str, second: str, resolution: str = "", maybe: str = "include") -> tuple[str, tuple[str, ...]]:
    votes = {
        who: tuple(votes_of([decision(1, who, "a", verdict)], "title-abstract", {"a": "a"})["a"])
        for who, verdict in (("AB", first), ("CD", second))
        if verdict
    }
    settled = None
    if resolution:
        settled = votes_of([decision(9, "EF", "a", resolution)], "title-abstract", {"a": "a"})["a"][0]
    found = decide("a", plan.model_copy(update={"maybe": maybe}), votes, settled, ())
    return found.state, found.waiting


@pytest.mark.parametrize(
    ("first", "second", "resolution", "state", "waiting"),
    [
        ("include", "include", "", "include", ()),
        ("exclude", "exclude", "", "exclude", ()),
        ("include", "maybe", "", "include", ()),
        ("include", "exclude", "", "conflict", ("AB", "CD")),  # they discuss it first
        ("maybe", "exclude", "", "conflict", ("AB", "CD")),
        ("include", "exclude", "exclude", "exclude", ()),
        ("include", "include", "exclude", "include", ()),  # no conflict left: the votes stand
        ("include", "", "", "pending", ("CD",)),
        ("", "", "", "pending", ("AB", "CD")),
        ("include", "", "include", "pending", ("CD",)),  # one vote is not enough, whatever an adjudicator says
    ],
)
def test_states(first: str, second: str, resolution: str, state: str, waiting: tuple[str, ...]) -> None:
    assert outcome(first, second, resolution) == (state, waiting)


BOTH = {who: (Vote(by=who, verdict=verdict, id=who),) for who, verdict in (("AB", "include"), ("CD", "exclude"))}


def word(who: str, verdict: str, **more: str) -> dict[str, Vote]:
    """What one of them holds after a discussion."""
    return {who: Vote(by=who, verdict=verdict, id=f"1{who}", **more)}


@pytest.mark.parametrize(
    ("conflicts", "changed", "discussed", "waiting"),
    [
        ("adjudicate", {}, {}, ("EF",)),
        ("adjudicate", {"adjudicator": ""}, {}, ()),
        ("senior", {"seniors": ["AB"]}, {}, ("AB",)),
        ("senior", {"seniors": ["AB", "CD"]}, {}, ("EF",)),  # neither judges the other
        ("senior", {}, {}, ("EF",)),
        ("discuss", {}, {}, ("AB", "CD")),
        ("discuss", {}, word("AB", "exclude"), ("CD",)),
        ("discuss", {}, word("AB", "exclude") | word("CD", "include"), ("AB", "CD")),
        ("discuss", {}, word("AB", "open") | word("CD", "open"), ("AB", "CD")),  # they talk on
        ("discuss", {"former": ["CD"]}, {}, ("AB",)),
        ("discuss", {"former": ["CD"]}, word("AB", "exclude"), ("AB",)),
        ("discuss", {"former": ["AB", "CD"]}, {}, ("EF",)),
        ("discuss-then-adjudicate", {}, {}, ("AB", "CD")),
        ("discuss-then-adjudicate", {}, word("AB", "exclude"), ("CD",)),
        ("discuss-then-adjudicate", {}, word("AB", "open"), ("EF",)),
        ("discuss-then-adjudicate", {}, word("AB", "exclude") | word("CD", "include"), ("EF",)),
        ("discuss-then-adjudicate", {"adjudicator": ""}, word("AB", "exclude") | word("CD", "include"), ("AB", "CD")),
        ("adjudicate", {}, word("AB", "include") | word("CD", "include"), ("EF",)),  # nothing is settled by talk here
    ],
)
def test_for_whom_a_conflict_waits(
    conflicts: str, changed: dict[str, object], discussed: dict[str, Vote], waiting: tuple[str, ...]
) -> None:
    found = decide("a", plan.model_copy(update={"conflicts": conflicts, **changed}), BOTH, None, (), discussed)
    assert (found.state, found.waiting) == ("conflict", waiting)


def test_what_all_say_after_a_discussion_settles_it_as_the_act_of_them_all() -> None:
    talk = plan.model_copy(update={"conflicts": "discuss"})
    said = word("AB", "exclude", note="the town is abroad") | word("CD", "exclude", reason="Wrong place", note="agreed")
    found = decide("a", talk, BOTH, None, (), said)
    assert (found.state, found.reason, found.undiscussed) == ("exclude", "Wrong place", False)
    assert found.resolution == Vote(
        by="AB, CD", verdict="exclude", id="1CD", reason="Wrong place", note="the town is abroad / agreed", via="discussion"
    )


@pytest.mark.parametrize(
    ("first", "second", "settled", "reason"),
    [
        ("exclude Wrong place", "exclude No data", "", "No data"),  # the first in the order of the criteria
        ("exclude Wrong place", "exclude ", "", "Wrong place"),
        ("exclude too young", "exclude out of scope", "", "out of scope"),  # words that the protocol has not, in an order that holds
        ("exclude too young", "exclude Wrong place", "", "Wrong place"),
        ("exclude ", "exclude ", "", ""),
        ("include ", "exclude No data", "exclude Wrong place", "Wrong place"),
        ("include ", "exclude No data", "exclude ", "No data"),
        ("include ", "exclude No data", "include ", ""),
    ],
)
def test_the_reason_of_an_outcome(first: str, second: str, settled: str, reason: str) -> None:
    ab, cd, ef = (
        Vote(by=who, verdict=verdict, id=who, reason=why)
        for who, said in (("AB", first), ("CD", second), ("EF", settled))
        for verdict, _, why in [said.partition(" ")]
    )
    found = decide("a", plan, {"AB": (ab,), "CD": (cd,)}, ef if settled else None, ("No data", "Wrong place"))
    assert found.reason == reason


def test_two_verdicts_of_one_person_wait_for_that_person() -> None:
    votes = {"AB": (*BOTH["AB"], Vote(by="AB", verdict="exclude", id="2")), "CD": BOTH["CD"]}
    found = decide("a", plan, votes, Vote(by="EF", verdict="include", id="9"), ())
    assert (found.state, found.waiting, found.own_conflict) == ("conflict", ("AB",), ("AB",))


@pytest.mark.parametrize(
    ("conflicts", "changed", "may"),
    [
        ("adjudicate", {}, {"EF"}),
        ("adjudicate", {"adjudicator": ""}, {"EF", "GH"}),
        ("adjudicate", {"seniors": ["AB"]}, {"EF"}),
        ("senior", {"seniors": ["AB"]}, {"AB", "EF"}),
        ("senior", {"seniors": ["AB", "CD"]}, {"EF"}),
    ],
)
def test_whose_resolution_counts(conflicts: str, changed: dict[str, object], may: set[str]) -> None:
    rule = plan.model_copy(update={"conflicts": conflicts, **changed})
    assert {who for who in ("AB", "CD", "EF", "GH") if may_settle(rule, who, ("AB", "CD"))} == may


def test_what_is_settled_without_the_discussion_that_was_planned_is_marked() -> None:
    given = [decision(1, "AB", "a", "include"), decision(2, "CD", "a", "exclude")]
    votes = {e.by: votes_of([e], "title-abstract", {"a": "a"})["a"] for e in given}
    settled = votes_of([decision(9, "EF", "a", "exclude")], "title-abstract", {"a": "a"})["a"][0]
    talk = plan.model_copy(update={"conflicts": "discuss-then-adjudicate"})
    assert decide("a", talk, votes, settled, ()).undiscussed
    assert not decide("a", talk, votes, settled, (), {"AB": votes["AB"][0]}).undiscussed
    assert not decide("a", plan.model_copy(update={"conflicts": "adjudicate"}), votes, settled, ()).undiscussed


def test_a_maybe_can_be_a_conflict() -> None:
    assert outcome("maybe", "maybe", maybe="adjudicate")[0] == "conflict"
    assert outcome("maybe", "include", maybe="adjudicate")[0] == "conflict"


def test_of_two_reasons_the_first_criterion_counts() -> None:
    ledgers = {
        "title-abstract": {who: [decision(1, who, "a", "include")] for who in ("AB", "CD")},
        "full-text": {
            "AB": [decision(2, "AB", "a", "exclude", phase="full-text", reason="Wrong place")],
            "CD": [decision(2, "CD", "a", "exclude", phase="full-text", reason="No data")],
        },
    }
    results = screen(protocol, {"a": "a"}, ledgers)
    assert results[1].outcomes[0].reason == "No data"
    assert phases_of(text_of(results)) == list(results)


def test_what_nobody_has_begun_is_kept_by_its_key_alone() -> None:
    ledgers = {"title-abstract": {"AB": [decision(1, "AB", "c", "include")]}}
    results = screen(protocol, {"a": "a", "b": "a", "c": "c", "d": "d"}, ledgers)
    assert [o.report for o in results[0].begun] == ["c"]
    assert results[0].untouched == {results[0].outcomes[0].waiting: ["a", "d"]}
    assert phases_of(text_of(results)) == list(results)
    with pytest.raises(ValueError, match="phases"):
        phases_of(b"{}")


def test_not_retrieved_until_somebody_reads_it() -> None:
    both = {who: [decision(1, who, "a", "include")] for who in ("AB", "CD")}
    lost = Retrieval(id="0005", by="AB", record="a", records=("a",), status="not retrieved", why="no copy")
    results = screen(protocol, {"a": "a"}, {"title-abstract": both, "full-text": {"AB": [lost]}})
    assert results[1].not_retrieved == {"a": "no copy"}
    read = decision(6, "CD", "a", "include", phase="full-text")
    results = screen(protocol, {"a": "a"}, {"title-abstract": both, "full-text": {"AB": [lost], "CD": [read]}})
    assert results[1].not_retrieved == {}


def test_a_full_text_takes_back_the_word_that_it_could_not_be_got() -> None:
    both = {who: [decision(1, who, "a", "include")] for who in ("AB", "CD")}
    mine = decision(4, "AB", "a", "include", phase="full-text")
    lost = Retrieval(id="0005", by="AB", record="a", records=("a",), status="not retrieved", why="no copy")
    came = FullText(id="0006", by="EF", record="b", records=("b",), sha256="0" * 64)
    again = Retrieval(id="0007", by="CD", record="a", records=("a",), status="not retrieved", why="another paper")

    def phase(*said: Event, report_of: dict[str, str] = {"a": "a", "b": "a"}, events: Sequence[Event] = (came,)) -> PhaseResult:  # noqa: B006
        ledgers = {who: [e for e in said if e.by == who] for who in ("AB", "CD")}
        return screen(protocol, report_of, {"title-abstract": both, "full-text": ledgers}, {}, full_texts(standing(events), report_of))[1]

    assert phase(mine, lost).not_retrieved == {}
    assert phase(mine, lost).outcomes[0].waiting == ("AB", "CD")  # a verdict before the word does not come back
    assert phase(lost, again).not_retrieved == {"a": "another paper"}
    assert phase(lost, report_of={"a": "a", "b": "b"}).not_retrieved == {"a": "no copy"}
    assert phase(lost, events=[came, Undo(id="0008", undoes=came.id)]).not_retrieved == {"a": "no copy"}


def test_two_verdicts_of_one_person_who_has_seen_the_others_are_settled_as_a_conflict() -> None:
    apart = {"a": "a", "b": "b"}
    merged = {"a": "a", "b": "a"}
    ab = [decision(1, "AB", "a", "include"), decision(2, "AB", "b", "include")]
    cd = [decision(1, "CD", "a", "exclude"), decision(2, "CD", "b", "include")]
    seen = Unblinding(id="0003", by="CD", phase="title-abstract", records=("a",))

    def first(report_of: dict[str, str], *more: Event) -> Outcome:
        ledgers = {"AB": [*ab], "CD": [*cd, seen], "EF": []}
        for event in more:
            ledgers[event.by].append(event)
        return screen(protocol, report_of, {"title-abstract": ledgers})[0].outcomes[0]

    assert first(apart).waiting == first(merged).waiting
    assert first(merged).waiting
    assert (first(merged).state, first(merged).own_conflict) == ("conflict", ())
    votes = [(v.by, v.verdict) for v in first(merged).votes]
    assert sorted(votes) == [("AB", "include"), ("CD", "exclude"), ("CD", "include")]
    settled = Resolution(
        id="0009", by="EF", record="a", records=("a", "b"), phase="title-abstract", verdict="include", settles=("0001", "0002")
    )
    assert first(merged, settled).state == "include"
    tally = Tally("title-abstract", merged, [*cd, seen])
    assert tally.decided("a")
    assert not Tally("title-abstract", merged, cd).decided("a")


def test_two_reports_that_were_settled_otherwise_and_are_one_since_are_a_conflict_again() -> None:
    votes = {"AB": [decision(1, "AB", "a", "include"), decision(2, "AB", "b", "include")]}
    votes["CD"] = [decision(1, "CD", "a", "exclude"), decision(2, "CD", "b", "exclude")]

    def settled(n: int, record: str, verdict: str, *records: str) -> Resolution:
        return Resolution(id=f"000{n}", by="EF", record=record, records=records or (record,), phase="title-abstract", verdict=verdict)

    def first(*words: Resolution) -> Outcome:
        return screen(protocol, {"a": "a", "b": "a"}, {"title-abstract": {**votes, "EF": words}})[0].outcomes[0]

    for one, other in (("include", "exclude"), ("exclude", "include")):
        apart = settled(5, "a", one), settled(6, "b", other)
        assert (first(*apart).state, first(*apart).resolution) == ("conflict", None)
        assert first(*apart, settled(7, "a", other, "a", "b")).state == other
        assert first(*apart, settled(7, "a", other)).state == other  # as it was settled anew before they were one
    assert first(settled(5, "a", "include"), settled(6, "b", "include")).state == "include"
    assert first(settled(5, "a", "include")).state == "include"


def test_who_could_not_get_one_report_keeps_the_verdict_on_another_that_it_proves_to_be() -> None:
    title = {who: [decision(n, who, key, "include") for n, key in ((1, "a"), (2, "b"))] for who in ("AB", "CD")}

    def both(*keys: str, merged: bool = True, each: bool = False) -> tuple[list[Outcome], dict[str, str]]:
        said = [(n, (key,)) for n, key in enumerate(keys, 4)] if each else [(4, keys)]
        text = {
            who: [
                decision(3, who, "a", "include", phase="full-text"),
                *(Retrieval(id=f"000{n}", by=who, record=of[0], records=of, status="not retrieved", why="no copy") for n, of in said),
            ]
            for who in ("AB", "CD")
        }
        report_of = {"a": "a", "b": "a" if merged else "b"}
        last = screen(protocol, report_of, {"title-abstract": title, "full-text": text})[-1]
        for who in ("AB", "CD"):
            tally = Tally("full-text", report_of, text[who])
            assert tally.decided("a") == bool(tally.on("a").votes) == ("a" not in keys)
        return list(last.outcomes), dict(last.not_retrieved)

    assert ([o.state for o in both("b")[0]], both("b")[1]) == (["include"], {})
    assert (both("b", merged=False)[0][0].state, both("b", merged=False)[1]) == ("include", {"b": "no copy"})
    assert both("a")[1] == both("b", "a")[1] == both("a", "b", each=True)[1] == {"a": "no copy"}


def test_what_was_seen_was_seen_from_the_first_time_on() -> None:
    report_of = {"a": "a", "b": "a", "c": "c"}
    seen = [Unblinding(id="0003", phase="title-abstract", records=("a", "gone")), Unblinding(id="0004", phase="full-text", records=("c",))]
    events: list[Event] = [*seen, Unblinding(id="0005", phase="title-abstract", records=("b",)), Undo(id="0006", undoes="0003")]
    assert seen_by(events, "title-abstract", report_of) == ({"a": "0003"}, "")
    events += [
        Unblinding(id=n, phase=phase, why="asked")
        for n, phase in (("0007", "full-text"), ("0008", "title-abstract"), ("0009", "title-abstract"))
    ]
    assert seen_by(events, "title-abstract", report_of) == ({"a": "0003"}, "0008")


def test_a_vote_after_that_is_not_independent() -> None:
    events = [decision(1, "AB", "a", "include"), decision(3, "AB", "a", "exclude"), decision(4, "AB", "c", "maybe")]
    found = votes_of(events, "title-abstract", {"a": "a", "c": "c"}, {"a": "0002"})
    assert {k: [v.verdict for v in votes] for k, votes in found.items()} == {"a": ["include"], "c": ["maybe"]}


def test_of_several_reopenings_the_last_of_the_phase_counts() -> None:
    def reopening(n: int, record: str, phase: str = "title-abstract") -> Reopening:
        return Reopening(id=f"{n:04}", by="EF", record=record, records=(record,), phase=phase, note=f"why {n}")

    events = [reopening(3, "b"), reopening(2, "a"), reopening(4, "a", "full-text"), reopening(5, "gone"), decision(6, "AB", "a", "include")]
    found = reopenings(events, "title-abstract", {"a": "a", "b": "a"})
    assert {report: (vote.id, vote.note) for report, vote in found.items()} == {"a": ("0003", "why 3")}


def test_agreement_is_of_the_votes_before_the_resolution() -> None:
    """A reviewer who gives in afterwards does not improve the agreement."""
    ledgers = {
        "title-abstract": {
            "AB": [decision(1, "AB", "a", "include"), decision(2, "AB", "b", "exclude")],
            "CD": [decision(1, "CD", "a", "exclude"), decision(2, "CD", "b", "exclude"), decision(8, "CD", "a", "include")],
            "EF": [Resolution(id="0005", by="EF", record="a", records=("a",), phase="title-abstract", verdict="include")],
        }
    }
    result = screen(protocol, {"a": "a", "b": "b"}, ledgers)[0]
    assert result.outcomes[0].state == "include"
    found = result.agreement[0]
    assert (found.both_in, found.first_only, found.second_only, found.both_out) == (0, 1, 0, 1)


names = st.sampled_from(["a", "b", "c"])


@given(
    st.lists(st.tuples(names, st.sampled_from(["include", "exclude", "maybe", "undo"])), max_size=20),
    st.sampled_from([("a", "b", "c"), ("a", "a", "c"), ("a", "a", "a")]),
)
def test_every_standing_event_is_found_again(acts: list[tuple[str, str]], clusters: tuple[str, str, str]) -> None:
    """Nothing a person decided vanishes: a report whose record has a standing decision has a vote."""
    report_of = dict(zip("abc", clusters, strict=True))
    events: list[Event] = []
    for n, (record, act) in enumerate(acts):
        mine = [e for e in standing(events) if isinstance(e, Decision)]
        if act == "undo":
            if mine:
                events.append(Undo(id=f"{n:04}", by="AB", undoes=mine[-1].id))
        else:
            cluster = tuple(r for r in "abc" if report_of[r] == report_of[record])
            events.append(decision(n, "AB", record, act, cluster))
    found = votes_of(events, "title-abstract", report_of)
    decided = {report_of[e.record] for e in standing(events) if isinstance(e, Decision)}
    assert set(found) == decided
    assert all(len(v) == 1 for v in found.values())
    assert [from_json(to_json(e)) for e in events] == events
