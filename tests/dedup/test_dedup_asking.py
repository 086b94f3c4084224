"""Unsure pairs by kind, and several reports that hang together answered at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.dedup.asking import AGAINST, SEVERAL, UNLIKELY, at_once, words_for
from review.dedup.said import CONTRADICTED, UNLIKELY_ASKED
from review.dedup.sitting import Pairs
from review.ledger import FileLedger
from review.model.events import Opened, Sameness
from review.model.record import Link, Record

# Four reports around one editorial, of which b is two records; and a pair by itself.
RECORDS = {key: Record(key=key, title=f"Title {key}", source=key[0]) for key in ("a:1", "b:1", "b:2", "c:1", "d:1", "e:1", "f:1")}


def link(a: str, b: str, p: float, rule: str = "counted", evidence: str = "", verdict: str = "unsure") -> Link:
    return Link(a=a, b=b, probability=p, rule=rule, evidence=evidence, verdict=verdict)


LINKS = [
    link("a:1", "b:1", 0.9, evidence=f"alike{CONTRADICTED}"),
    link("b:2", "c:1", 0.5, "one title"),
    link("a:1", "c:1", 0.4),
    link("c:1", "d:1", 0.1, evidence=f"far{UNLIKELY_ASKED}"),
    link("e:1", "f:1", 0.7, "one title"),
    link("b:1", "b:2", 0.99, verdict="duplicate"),
]


@pytest.fixture
def sitting(tmp_path: Path) -> Pairs:
    ledger = FileLedger(tmp_path / "dedup.jsonl", opened=Opened(review="small", ledger="dedup"))
    return Pairs(LINKS, RECORDS, ledger, "AB", [])


def left(sitting: Pairs) -> list[tuple[str, str]]:
    return [q.pair for q in sitting.asked()]


def test_the_kinds_of_doubt_and_how_many_are_left_of_each(sitting: Pairs) -> None:
    told = {kind.name: (kind.left, len(kind.pairs)) for kind in sitting.kinds()}
    assert told == {
        SEVERAL: (4, 4), "counted": (3, 3), "one title": (2, 2), AGAINST: (1, 1), UNLIKELY: (1, 1),
        "with a record of a": (2, 2), "with a record of b": (2, 2), "with a record of c": (3, 3),
        "with a record of d": (1, 1), "with a record of e": (1, 1), "with a record of f": (1, 1),
    }  # fmt: skip
    sitting.say(same=True)
    assert next(k for k in sitting.kinds() if k.name == AGAINST).left == 0


def test_of_the_equally_likely_one_kind_of_doubt_comes_after_the_other(tmp_path: Path) -> None:
    ledger = FileLedger(tmp_path / "dedup.jsonl", opened=Opened(review="small", ledger="dedup"))
    rules = ("two journals", "one title", "two journals", "one title")
    keys = [(f"a:{n}", f"b:{n}") for n in range(4)]
    links = [link(a, b, 0.8 if n == 3 else 0.6, rule) for n, ((a, b), rule) in enumerate(zip(keys, rules, strict=True))]
    sitting = Pairs(links, {key: Record(key=key) for pair in keys for key in pair}, ledger, "AB", [])
    assert [q.pair[0] for q in sitting.queue] == ["a:3", "a:1", "a:0", "a:2"]


def test_only_one_kind_is_shown_until_something_else_is_looked_for(sitting: Pairs) -> None:
    kind = next(k for k in sitting.kinds() if k.name == "one title")
    sitting.only(kind)
    assert ([q.pair for q in sitting.unsure], sitting.left_here, sitting.left) == ([("b:2", "c:1"), ("e:1", "f:1")], 2, 5)
    sitting.say(same=False)
    assert (sitting.current and sitting.current.pair, sitting.left_here) == (("e:1", "f:1"), 1)
    assert sitting.go("d:1")
    assert (sitting.kind, sitting.current and sitting.current.pair) == ("", ("c:1", "d:1"))
    sitting.only(kind)
    sitting.say(same=True)
    assert (sitting.current, sitting.left_here) == (None, 0)
    assert sitting.undo()
    assert (sitting.kind, sitting.left_here) == ("one title", 1)


def test_all_different_is_said_of_every_open_pair_and_taken_back_at_once(sitting: Pairs) -> None:
    found = sitting.hanging()
    assert found
    assert sorted(map(sorted, found.keys)) == [["a:1"], ["b:1", "b:2"], ["c:1"], ["d:1"]]
    words, against = sitting.say_all(found, ())
    assert ([w.same for w in words], against, left(sitting)) == ([False] * 4, [], [("e:1", "f:1")])
    assert "4 words" in sitting.undone()
    assert len(left(sitting)) == 5
    assert sitting.current is not None
    assert sitting.current.pair == ("a:1", "b:1")
    assert sitting.undone() == "There is nothing to undo."


def test_those_that_are_ticked_are_one_report_and_the_others_are_none_of_it(sitting: Pairs) -> None:
    found = sitting.hanging()
    assert found
    place = {min(keys): n for n, keys in enumerate(found.keys)}
    sitting.say_all(found, {place["a:1"], place["b:1"]})
    said = [(e.a, e.b, e.same) for e in sitting._events if isinstance(e, Sameness)]
    assert said == [("b:2", "c:1", False), ("a:1", "c:1", False), ("a:1", "b:1", True)]
    assert left(sitting) == [("c:1", "d:1"), ("e:1", "f:1")]  # between others than the ticked nothing was said


def test_those_that_no_pair_links_are_joined_all_the_same(sitting: Pairs) -> None:
    found = sitting.hanging()
    assert found
    place = {min(keys): n for n, keys in enumerate(found.keys)}
    words = words_for(found, {place["a:1"], place["d:1"]})
    assert [w.pair for w in words if w.same] == [("a:1", "d:1")]
    assert {w.pair for w in words if not w.same} == {("a:1", "b:1"), ("a:1", "c:1"), ("c:1", "d:1")}
    sitting.say_all(found, range(4))
    assert left(sitting) == [("e:1", "f:1")]


def test_what_contradicts_an_earlier_word_is_told(sitting: Pairs) -> None:
    links = [link("a:1", "b:1", 0.9), link("b:1", "c:1", 0.5), link("a:1", "c:1", 0.4)]
    sitting = Pairs(links, RECORDS, sitting.ledger, "AB", [])
    sitting.say(same=False)
    found = sitting.hanging()
    assert found
    _, against = sitting.say_all(found, range(len(found.keys)))
    assert [(w.a, w.b, w.same) for w in against] == [("a:1", "b:1", False)]


def test_a_pair_by_itself_does_not_hang_together_with_others(sitting: Pairs) -> None:
    assert sitting.go("e:1")
    assert sitting.hanging() is None


@pytest.mark.parametrize(
    ("ticked", "words"),
    [
        (0, "all 4 are different reports"),
        (1, "that one is another report than the other 3"),
        (3, "3 are one report, the other 1 is not"),
        (4, "all 4 are one report"),
    ],
)
def test_what_is_said_at_once(ticked: int, words: str) -> None:
    assert at_once(ticked, 4) == words
