"""A review whose conflicts are talked over, reopened and given up, recounted from its files by code of another hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from recount import recount
from support import TITLES, Small

from review.model.events import Decision, Discussion, Event, Reopening, Resolution, Stop, Unblinding
from review.workspace import find

PLAN = {
    "kinds": {"alpha": "database", "beta": "database", "web": "website"},
    "reviewers": {"title-abstract": ["AB", "CD"], "full-text": ["AB", "CD"]},
    "votes": {"title-abstract": 2, "full-text": 2}, "adjudicator": {"title-abstract": "EF", "full-text": "EF"}, "reasons": ["No data", "Wrong place"],
}  # fmt: skip
TALKED, APART, REOPENED, SETTLED_AGAIN, LATE, UNREAD = range(6)


class Hand:
    """Writes the ledgers of the first phase."""

    def __init__(self, review: Small) -> None:
        self.space = find("", None, review.root)
        self.keys = {n: f"alpha:A-{n:06}" for n in range(len(TITLES))}

    def write(self, who: str, event: type[Event], n: int | None, **more: Any) -> Event:
        about = {} if n is None else {"record": self.keys[n], "records": (self.keys[n], *((f"beta:B-{n:06}",) if n < 3 else ()))}
        (made,) = self.space.ledger("title-abstract", who).append_all(
            [event(phase="title-abstract", protocol=self.space.digest, **{**about, **more})]
        )
        return made


@pytest.fixture
def talked(filled: Small) -> Small:
    hand = Hand(filled)
    ids: dict[int, tuple[str, ...]] = {}
    for n in (TALKED, APART, REOPENED, SETTLED_AGAIN):
        ids[n] = tuple(hand.write(w, Decision, n, verdict=v, reason="").id for w, v in (("AB", "include"), ("CD", "exclude")))
    hand.write("AB", Decision, LATE, verdict="include")
    hand.write("AB", Decision, UNREAD, verdict="exclude")
    # Both hold the same after talking.
    for w in ("AB", "CD"):
        hand.write(w, Discussion, TALKED, verdict="exclude", settles=ids[TALKED], note="we read it again")
    # They talk and still differ; the adjudicator decides.
    for w, v in (("AB", "include"), ("CD", "open")):
        hand.write(w, Discussion, APART, verdict=v, settles=ids[APART])
    hand.write("EF", Resolution, APART, verdict="include", settles=ids[APART])
    # Settled, then reopened: it waits again.
    done = hand.write("EF", Resolution, REOPENED, verdict="include", settles=ids[REOPENED])
    hand.write("EF", Reopening, REOPENED, reopens=(done.id,), note="the wrong paper")
    # Reopened and settled otherwise.
    done = hand.write("EF", Resolution, SETTLED_AGAIN, verdict="include", settles=ids[SETTLED_AGAIN])
    hand.write("EF", Reopening, SETTLED_AGAIN, reopens=(done.id,), note="a slip")
    hand.write("EF", Resolution, SETTLED_AGAIN, verdict="exclude", settles=ids[SETTLED_AGAIN])
    # CD was shown AB's verdict before deciding: that is no vote of theirs.
    hand.write("CD", Unblinding, None, records=(hand.keys[LATE],))
    hand.write("CD", Decision, LATE, verdict="include")
    for w in ("AB", "CD"):
        hand.write(w, Stop, None, why="time is up", read=5, found=1, left=2)
    filled("run")
    return filled


def test_discussions_reopenings_and_stops_are_recounted(talked: Small) -> None:
    flow = json.loads((talked.reports / "flow.json").read_text())["flow"]
    again = recount(talked.root, "small", PLAN)
    assert flow["given_up"] == again["given_up"] > 0
    for arm in ("main", "other"):
        ours = {k: dict(flow[arm][k]) if k == "reasons" else flow[arm][k] for k in again[arm]}
        assert ours == again[arm], arm
    assert flow["main"]["excluded"] == 2  # one by both after talking, one settled again
    assert flow["main"]["sought"] == 1
    assert flow["main"]["unscreened"] == 3  # reopened, seen too early, read by one
