"""The order of screening: what it learns, that it is the same each time, and that it leaves nothing out."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import PATIENCE, TITLES, Small

from review.cli.guided import settled
from review.model.events import Reopening, Resolution
from review.model.screening import Vote
from review.screening.features import Space, embed
from review.screening.guide import LEARNED, WORDS, Guide
from review.screening.overlap import by_words
from review.screening.ranking import Ranker, trained_on
from review.screening.simulation import draw, metrics, replay
from review.screening.vectors import Text
from review.store.shelf import StoredReports
from review.workspace import find

SUBJECTS = ("haemophilia bleeding factor antibody", "asthma inhaler airway breath", "stroke walking gait rehabilitation")


def made(n: int) -> list[Text]:
    """Records on three subjects in turn, each with words of its own."""
    rng = np.random.default_rng(3)
    words = [s.split() for s in SUBJECTS]
    return [
        Text(f"{' '.join(rng.choice(words[k % 3], 2))} study {k}", f"We studied {' '.join(rng.choice(words[k % 3], 3))} in group {k % 7}.")
        for k in range(n)
    ]


@pytest.fixture(scope="module")
def space() -> Space:
    return embed(made(90), "haemophilia treated with an antibody")


def test_the_question_comes_first_and_decisions_then_lead(space: Space) -> None:
    ranker = Ranker(space)
    first = ranker.order([], range(90))
    assert all(n % 3 == 0 for n in first[:20])
    # Without a question the decisions alone lead.
    learned = Ranker(Space(space.points)).order(
        [(1, True), (0, False), (4, True), (3, False)], [n for n in range(90) if n not in (0, 1, 3, 4)]
    )
    assert all(n % 3 == 1 for n in learned[:20])


def test_the_same_whenever_it_is_asked(space: Space) -> None:
    """An order follows from the decisions: one that was asked at every step and one that comes late are the same."""
    along = Ranker(space, seed=4)
    decided: list[tuple[int, bool]] = []
    left = list(range(90))
    while len(decided) < 60:
        n = along.next(decided, left)
        left.remove(n)
        decided.append((n, n % 3 == 1))
    late = Ranker(embed(made(90), "haemophilia treated with an antibody"), seed=4)
    assert late.next(decided, left) == along.next(decided, left)
    assert late.order(decided, left).tolist() == along.order(decided, left).tolist()
    assert sorted(late.order(decided, left).tolist()) == left


def test_many_labels_and_few_find_the_same_weights() -> None:
    """The two ways to the ridge solution meet where they change over."""
    rng = np.random.default_rng(1)
    points = rng.normal(size=(80, 12)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    labels = [(n, bool(n % 4 == 0)) for n in range(40)]
    for question in (None, points[0]):
        ranker = Ranker(Space(points, question))
        assert ranker._few(labels) == pytest.approx(ranker._many(labels), abs=1e-9)


def test_training_has_its_times() -> None:
    assert [trained_on(n) for n in (0, 1, 99, 101, 103)] == [0, 1, 99, 100, 102]
    assert all(0 <= n - trained_on(n) <= n / 50 for n in range(1, 3000))


@pytest.mark.parametrize("texts", [[Text("")], [Text(""), Text("")], [Text("one word"), Text("")], [Text("眼科 研究"), Text("x")]])
def test_hardly_any_text(texts: list[Text]) -> None:
    for question in ("", "?", "one"):
        ranker = Ranker(embed(texts, question))
        assert sorted(ranker.order([], range(len(texts))).tolist()) == list(range(len(texts)))
        assert len(ranker.order([(0, True)], range(1, len(texts)))) == len(texts) - 1 if len(texts) > 1 else True


def test_years_tell_where_words_do_not() -> None:
    texts = [Text(f"{'abc'[n % 3]}lpha report {n % 5}", year=2000 + n % 20 if n % 7 else 0) for n in range(60)]
    decided = [(n, texts[n].year >= 2010) for n in range(30) if texts[n].year]
    order = Ranker(embed(texts)).order(decided, [n for n in range(30, 60) if texts[n].year])
    late = [texts[n].year >= 2010 for n in order.tolist()]
    assert metrics(late).loss < 0.3


def test_landmarks_stand_for_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    from review.screening import features

    monkeypatch.setattr(features, "LANDMARKS", 30)
    monkeypatch.setattr(features, "CHUNK", 7)
    found = Ranker(embed(made(90), "haemophilia")).order([], range(90))
    assert all(n % 3 == 0 for n in found[:15])


class TestGuide:
    keys = tuple(f"k{n:02}" for n in range(90))

    def walk(self, space: Space, breaks: set[int], ready: int = 0, steps: int = 40) -> list[str]:
        """What is shown to somebody who leaves and comes back at these steps; `ready`: when the model is there, if it is not at once."""
        votes: dict[str, tuple[Vote, ...]] = {}
        shown: list[str] = []
        there = threading.Event()
        way = WORDS if ready else LEARNED

        def ranker(there: threading.Event) -> Ranker:
            there.wait(PATIENCE)
            return Ranker(space)

        guide: Guide | None = None
        for step in range(steps):
            if guide is None or step in breaks:
                last = None
                if guide is not None:
                    there.set()  # which its end waits for
                    guide.close()
                    last = guide.used()
                    there = threading.Event()
                guide = Guide(partial(ranker, there), self.keys, votes, first=self.keys[50:], way=way, last=last)
            if step >= ready:
                there.set()
                if step == ready:
                    guide.order(self.keys)  # waits for it
            key = guide.following(lambda k: k not in votes)
            way = guide.way  # as the ledger would keep it
            assert key is not None
            assert (way == LEARNED) == (step >= ready)
            shown.append(key)
            verdict = "include" if int(key[1:]) % 3 == 1 else "exclude"
            votes[key] = (Vote(by="A", verdict=verdict, id=f"{step:04}"),)
            guide.told(key, votes[key])
        assert guide is not None
        guide.close()
        return shown

    def test_it_leads_to_the_same_records_after_a_break(self, space: Space) -> None:
        assert self.walk(space, set()) == self.walk(space, {1, 7, 8, 30})

    def test_until_the_model_is_there_the_words_lead(self, space: Space) -> None:
        shown = self.walk(space, {20}, ready=5)
        assert shown[:5] == list(self.keys[50:55])
        assert shown == self.walk(space, {2, 31}, ready=5)
        assert len(set(shown)) == 40

    def test_the_first_records_of_a_later_sitting_wait_for_no_model(self, space: Space) -> None:
        votes = {f"k{n:02}": (Vote(by="A", verdict="include", id=f"{n:02}"),) for n in (3, 4, 5)}
        there = threading.Event()

        def late() -> Ranker:
            there.wait(PATIENCE)
            return Ranker(space)

        def opened(guide: Guide) -> list[str | None]:
            """The first record, and the one after its verdict."""
            mine = dict(votes)
            first = guide.following(lambda k: k not in mine)
            assert first
            mine[first] = (Vote(by="A", verdict="exclude", id="90"),)
            guide.told(first, mine[first])
            return [first, guide.following(lambda k: k not in mine)]

        one = Guide(Ranker(space), self.keys, votes)
        one.order(self.keys)
        one.following(lambda k: k not in votes)
        assert one._coming
        one._coming.result()  # what the next call would have wanted
        one.close()
        used = one.used()
        assert len(used) == 2
        two = Guide(late, self.keys, votes, last=used)
        shown = opened(two)
        assert not there.is_set()
        three = Guide(late, self.keys, votes, last={"of other votes": next(iter(used.values()))[::-1]})
        there.set()
        assert opened(three) == shown
        for guide in (two, three):
            guide.close()
        # Whoever leaves at once finds it so again.
        four = Guide(late, self.keys, votes, last=used)
        assert four.following(lambda k: k not in votes) == shown[0]
        four.close()
        assert used.items() <= four.used().items()

    def test_with_many_decisions_no_key_of_a_later_sitting_waits_until_there_is_more_to_learn(
        self, space: Space, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("review.screening.ranking.PACE", 5)
        known = next(n for n in range(30, 60) if trained_on(n - 1) == n - 1)
        votes = {k: (Vote(by="A", verdict="include" if int(k[1:]) % 3 else "exclude", id=k),) for k in self.keys[:known]}
        one = Guide(Ranker(space), self.keys, votes)
        order = one.order(self.keys)
        one.close()
        never = threading.Event()
        two = Guide(lambda: Ranker(space) if never.wait() else None, self.keys, votes, last=one.used())
        shown = []
        while trained_on(len(votes) - 1) == known - 1:
            found = two.following(lambda k: k not in votes)
            assert found
            shown.append(found)
            votes[found] = (Vote(by="A", verdict="exclude", id=f"z{len(votes)}"),)
            two.told(found, votes[found])
        assert len(shown) > 4
        assert shown == [k for k in order if k not in self.keys[:known]][: len(shown)]
        never.set()
        two.close()

    def test_a_vote_taken_back_teaches_nothing(self, space: Space) -> None:
        one, two = Guide(Ranker(space), self.keys), Guide(Ranker(space), self.keys)
        for n in (3, 4, 5, 6):
            one.told(f"k{n:02}", (Vote(by="A", verdict="include", id=f"{n}"),))
        one.told("k04", ())
        for n in (3, 5, 6):
            two.told(f"k{n:02}", (Vote(by="A", verdict="include", id=f"{n}"),))
        assert one.order(self.keys) == two.order(self.keys)
        for guide in (one, two):
            guide.close()

    def test_no_model_and_nothing_that_fits(self, space: Space) -> None:
        guide = Guide(Ranker(space), self.keys)
        assert guide.following(lambda _: False) is None
        guide.close()
        never = Guide(lambda: None, self.keys, first=("k07",), way=WORDS)
        assert never.following(lambda _: True) == "k07"
        assert never.following(lambda k: k != "k07") == "k00"
        assert never.way == WORDS
        never.close()


def test_words_of_the_question_come_first() -> None:
    texts = [Text("Stroke walking"), Text("Bleeding", "in haemophilia treated with factor"), Text("Haemophilia antibody"), Text("")]
    assert by_words(texts, "Haemophilia treated with an antibody?") == [2, 1, 0, 3]
    assert by_words([], "what") == []
    assert by_words(texts, "") == [0, 1, 2, 3]


@given(st.lists(st.booleans(), min_size=2, max_size=60).filter(lambda x: any(x) and not all(x)))
def test_metrics_have_their_bounds(labels: list[bool]) -> None:
    best, worst = metrics(sorted(labels, reverse=True)), metrics(sorted(labels))
    found = metrics(labels)
    assert best.loss == pytest.approx(0)
    assert best.first == 1
    assert worst.loss == pytest.approx(1)
    assert best.loss - 1e-12 <= found.loss <= worst.loss + 1e-12
    assert found.wss95 == pytest.approx(0.95 - found.seen95)
    assert all(len(line) < 72 for line in draw(labels))


def test_a_replay_shows_every_record_once() -> None:
    assert replay({0: True, 1: False, 2: False}, [(1, False)], lambda _, left: left[-1]) == [2, 0]


TABLE = [
    {"record_id": f"r{n}", "title": t.title, "abstract": t.abstract, "label_included": str(int(n % 3 == 0))} for n, t in enumerate(made(24))
]


class TestCommands:
    @pytest.mark.slow
    def test_the_line_protocol(self, small: Small) -> None:
        small = Small(small.root)  # a process of its own, with an input
        name = small.table("t.csv", [{k: v for k, v in row.items() if k != "label_included"} for row in TABLE])
        small.table("p.csv", [{"record_id": "r0", "label": "1"}, {"record_id": "r1", "label": "0"}])
        (small.root / "q.txt").write_text("haemophilia", encoding="utf-8")
        words = ("rank", name, "--priors", "p.csv", "--questions", "q.txt", "--oracle")
        first = small(*words, input="").stdout.strip()
        assert int(first[1:]) % 3 == 0
        (small.root / "t.questions.txt").write_text("haemophilia", encoding="utf-8")
        found = small("rank", name, "--priors", "p.csv", "--oracle", input="")
        assert found.stdout.strip() == first
        assert "The questions: t.questions.txt" in found.stderr
        assert "The questions" not in small(*words, input="").stderr
        second = small(*words, input=f"{first}\t1\n").stdout.split()
        assert second[0] == first
        assert len(set(second)) == 2
        wrong = small(*words, input="r99\t1\n", code=1)
        assert f"Asked was {first}" in wrong.stderr

    def test_a_simulation(self, small: Small) -> None:
        found = small.json("simulate", small.table("t.csv", TABLE), "--seed", "1")
        assert (found["records"], found["relevant"], found["curve"][-1]) == (24, 8, 8)
        assert "loss" in small("simulate", "t.csv").stdout

    def test_bad_tables_are_told_with_their_line(self, small: Small) -> None:
        small.table("t.csv", [*TABLE[:3], TABLE[0]])
        assert "t.csv:5: the id 'r0' stands in line 2 too" in small("rank", "t.csv", code=1).stderr
        small.table("t.csv", [TABLE[0] | {"label_included": "perhaps"}])
        assert "t.csv:2: the label is 'perhaps'" in small("simulate", "t.csv", code=1).stderr
        small.table("t.csv", TABLE)
        small.table("p.csv", [{"record_id": "nobody", "label": "1"}])
        assert "p.csv:2" in small("rank", "t.csv", "--priors", "p.csv", code=1).stderr
        assert "relevant and irrelevant" in small("simulate", small.table("one.csv", TABLE[:1]), code=1).stderr
        assert "missing.csv" in small("rank", "missing.csv", code=1).stderr

    def test_in_a_review_it_learns_from_ones_own_decisions_only(self, filled: Small) -> None:
        before = filled.json("rank", "--as", "AB", "--by", "prioritised")
        assert len(before) == 7
        filled.decide("CD", dict.fromkeys(TITLES[:5], "include"))
        assert filled.json("rank", "--as", "AB", "--by", "prioritised") == before
        filled.decide("AB", {TITLES[0]: "include", TITLES[1]: "exclude"})
        after = filled.json("rank", "--as", "AB", "--by", "prioritised")
        assert len(after) == 5
        assert filled.json("rank", "--as", "AB", "--by", "random") != []
        years = filled("rank", "--as", "AB", "--by", "date").stdout
        assert years.splitlines()[0].endswith("A guide for town halls")
        assert "no such order" in filled("rank", "--as", "AB", "--by", "luck", code=2).stderr

    def test_what_was_settled_teaches_until_it_is_reopened(self, filled: Small) -> None:
        filled.decide("AB", {TITLES[0]: "include", TITLES[1]: "include"})
        filled.decide("CD", {TITLES[0]: "exclude"})
        filled("run")
        space = find(start=filled.root)
        plan = space.protocol.phase("title-abstract")
        assert plan
        report_of = StoredReports(space.database).report_of
        key = space.ledger(plan.name, "CD").events()[-1].record  # type: ignore[attr-defined]
        assert settled(space, plan, report_of) == {}
        third = space.ledger(plan.name, "EF")
        about = {"record": key, "records": (key,), "phase": plan.name}
        done = third.append(Resolution(verdict="exclude", **about))  # type: ignore[arg-type]
        assert settled(space, plan, report_of) == {report_of[key]: False}
        third.append(Reopening(reopens=(done.id,), note="a mistake", **about))  # type: ignore[arg-type]
        assert settled(space, plan, report_of) == {}

    @pytest.mark.slow
    def test_a_prioritised_sitting_begins_at_once_and_learns_beside(self, small: Small) -> None:
        text = small.protocol.read_text(encoding="utf-8")
        small.protocol.write_text(text.replace("adjudicator: EF}", "adjudicator: EF, order: prioritised}", 1), encoding="utf-8")
        small("protocol", "lock")
        small.bring_in()
        small("run")
        points = small.root / ".review/small-title-abstract-space.npz"
        ledger = small.root / "screening/small/title-abstract/AB.jsonl"

        def sit(*lines: str) -> list[str]:
            done = Small(small.root)("screen", "--as", "AB", "--plain", input="".join(f"{line}\n" for line in lines))
            return [line.removeprefix("Title: ") for line in done.stdout.splitlines() if line.startswith("Title: ")]

        shown = sit("i")
        assert len(shown) == 2
        assert not points.exists()  # the process beside it ended with it
        small("rank", "--as", "AB")  # waits for the points
        assert points.exists()
        before = small.json("rank", "--as", "AB")
        assert sit()[0] == before[0]["title"] == shown[1]
        sitting = subprocess.Popen(
            [sys.executable, "-m", "review", "screen", "--as", "AB", "--plain"],
            cwd=small.root,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        assert sitting.stdin
        for n in range(1, 31):  # the model may need more than the time between two decisions
            for line in ("e", "e\nu\nu"):
                sitting.stdin.write(f"{line}\n")
                sitting.stdin.flush()
                time.sleep(n / 5)
            if '"way":"learned"' in ledger.read_text(encoding="utf-8"):
                break
        sitting.stdin.close()
        assert sitting.wait() == 0
        assert '"way":"learned"' in ledger.read_text(encoding="utf-8")
        assert sit()[0] == sit()[0] == small.json("rank", "--as", "AB")[0]["title"]
        points.unlink()  # derived: without it the words lead again, and the ledger says so
        assert sit()
        assert ledger.read_text(encoding="utf-8").rstrip().splitlines()[-1].count('"way":"words"') == 1
