"""Who screens what: every report gets its number of independent votes, whoever leaves or joins."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import PROTOCOL, TITLES, Small

from review.model.protocol_phases import PhasePlan
from review.screening.assignment import block, shares, team, teams, waiting

KEYS = [f"a:{n}" for n in range(300)]
PEOPLE = ("A", "B", "C", "D", "E")


def plan(*reviewers: str, votes: int = 2, **more: object) -> PhasePlan:
    return PhasePlan.model_validate({"name": "title-abstract", "reviewers": reviewers, "votes": votes, **more})


def test_two_reviewers_of_two_votes_get_everything() -> None:
    assert {waiting(plan("A", "B"), k, ()) for k in KEYS} == {("A", "B")}
    assert waiting(plan("A", "B"), "a:1", ("A",)) == ("B",)
    assert waiting(plan("A", "B"), "a:1", ("A", "B")) == ()


def test_more_reviewers_share_the_blocks_about_evenly() -> None:
    three = plan("A", "B", "C")
    load = Counter(w for k in KEYS for w in waiting(three, k, ()))
    assert sum(load.values()) == 2 * len(KEYS)
    assert all(abs(n - 200) < 40 for n in load.values())
    assert shares(plan("A", "B", "C", blocks=4)) == [(1, ("A", "B")), (2, ("A", "C")), (3, ("B", "C")), (4, ("A", "B"))]
    assert {block(plan("A", "B", "C", blocks=4), k) for k in KEYS} == {1, 2, 3, 4}


def test_new_records_change_nobodys_share_of_the_old_ones() -> None:
    three = plan("A", "B", "C")
    before = {k: team(three, k) for k in KEYS[:100]}
    assert {k: team(three, k) for k in KEYS}.items() >= before.items()


@given(
    st.integers(1, 3), st.data(), st.lists(st.sampled_from(PEOPLE), min_size=3, max_size=5, unique=True),
    st.lists(st.sampled_from(PEOPLE), min_size=3, max_size=5, unique=True), st.booleans(),
)  # fmt: skip
def test_every_report_gets_its_votes_when_people_leave_and_join(
    votes: int, data: st.DataObject, first: list[str], then: list[str], seniors: bool
) -> None:
    old = plan(*first, votes=votes, seniors=first[:1] if seniors else [])
    left = [w for w in first if w not in then]
    new = plan(*then, votes=votes, former=left, seniors=[s for s in first[:1] if s in then] if seniors else [])
    for key in KEYS[:20]:
        asked = waiting(old, key, ())
        assert len(asked) == votes
        voted = set(data.draw(st.lists(st.sampled_from(asked), unique=True, max_size=votes)))  # how far they came before the change
        rest = waiting(new, key, voted)
        assert len(voted) + len(rest) == votes  # no more and no less
        assert not voted & set(rest)
        assert set(rest) <= set(then)  # nobody who left is asked
        if new.seniors and rest:
            assert (voted | set(rest)) & set(new.seniors)
        # Whoever is next is asked in turn, and nobody else in between.
        for w in rest:
            voted.add(w)
            assert set(waiting(new, key, voted)) <= set(rest)


def test_each_team_has_a_senior_where_the_protocol_names_them() -> None:
    assert teams(plan("A", "B", "C", seniors=("A",))) == (("A", "B"), ("A", "C"))


@pytest.mark.slow
def test_screen_status_and_run_agree_for_three_reviewers_of_two_votes(small: Small) -> None:
    small.protocol.write_text(
        PROTOCOL.replace("reviewers: [AB, CD], votes: 2, adjudicator: EF}", "reviewers: [AB, CD, EF], votes: 2}"), encoding="utf-8"
    )
    small("protocol", "lock")
    small.bring_in()
    waits = {w["for"]: w["n"] for stage in small.json("run") for w in stage["waits"] if "title-abstract decisions" in w["what"]}
    assert sum(waits.values()) == 14
    for who in ("AB", "CD", "EF"):
        left = next(line["left"] for line in small.json("status", "--as", who) if line["phase"] == "title-abstract")
        assert f"0 of {left} decided" in small("screen", "--plain", "--as", who).stdout
        assert waits.get(who, 0) == left
    # One votes on what is not theirs, as an import may: those who still have to are told anew.
    small.decide("AB", dict.fromkeys((*TITLES, "A guide for town halls"), "include"))
    waits = {w["for"]: w["n"] for stage in small.json("run") for w in stage["waits"] if "title-abstract decisions" in w["what"]}
    assert sum(waits.values()) == 7
    assert "AB" not in waits
    for who in ("CD", "EF"):
        assert f"0 of {waits[who]} decided" in small("screen", "--plain", "--as", who).stdout


def test_who_has_left_is_told_that_and_not_that_they_are_nobody(small: Small) -> None:
    small.protocol.write_text(
        PROTOCOL.replace("reviewers: [AB, CD], votes: 2, adjudicator: EF}", "reviewers: [AB, EF], former: [CD], votes: 2}", 1),
        encoding="utf-8",
    )
    assert "CD has left title-abstract" in small("screen", "--plain", "--as", "CD", code=2).stderr
