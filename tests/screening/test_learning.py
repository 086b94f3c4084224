"""The model in a process of its own: the same answers, and nothing of it in the process that shows the records."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support import PATIENCE, PROJECT, PROTOCOL, Small

from review.cli.learning import Learner
from review.cli.points import _keep, make
from review.model.protocol_yaml import load
from review.screening.features import Space, embed
from review.screening.ranking import Ranker
from review.screening.vectors import Text
from review.workspace import find

WORDS = ("wardens", "councils", "kitchens", "budgets", "letters", "clinics")
TEXTS = [Text(f"{WORDS[n % 6]} and {WORDS[n * 5 % 6]} {n}", f"About {WORDS[n * 7 % 6]} in town {n % 9}") for n in range(40)]


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = tmp_path_factory.mktemp("points") / "space.npz"
    _keep(kept, "told", embed(TEXTS, "wardens in clinics"))
    return kept


@pytest.fixture
def learner(points: Path) -> Iterator[Learner]:
    made = Learner(points, "told", 3)
    yield made
    made.stop()


def test_it_answers_as_the_model_does_here_also_after_an_undo(learner: Learner) -> None:
    ranker = Ranker(embed(TEXTS, "wardens in clinics"), 3)
    told = [(4, True), (7, False), (30, False), (12, True)]
    for labels in (told[:1], told, told[:2], [], [(9, True), *told]):
        unread = np.array([n for n in range(len(TEXTS)) if n not in {p for p, _ in labels}])
        found = learner.order(list(labels))
        assert found is not None
        assert list(found) == ranker.order(labels, unread).tolist()
    everything = [(n, n % 3 == 0) for n in range(len(TEXTS))]
    assert list(learner.order(everything) or []) == []


def test_points_of_other_records_give_no_model(points: Path) -> None:
    learner = Learner(points, "of other records", 3)
    assert learner.order([]) is None
    learner.stop()


def test_where_it_dies_there_is_no_model_and_nobody_waits(learner: Learner) -> None:
    assert learner.order([]) is not None
    assert learner._process
    learner._process.kill()
    learner._process.wait()
    assert learner.order([(1, True)]) is None


def test_who_waits_for_an_answer_is_let_go_when_it_is_stopped(points: Path, tmp_path: Path) -> None:
    learner = Learner(points, "told", 3)
    learner._words = [sys.executable, "-c", "import time; time.sleep(600)"]
    answers: list[object] = []
    asking = threading.Thread(target=lambda: answers.append(learner.order([(1, True)])))
    asking.start()
    while learner._process is None:
        pass
    learner.stop()
    asking.join(PATIENCE)
    assert answers == [None]


def test_a_sitting_that_learned_holds_no_numbers_library(points: Path) -> None:
    """What trains holds Python's interpreter for long; so it is not in the process that takes the keys."""
    code = f"""
import sys
from pathlib import Path
from review.cli.learning import Learner
from review.screening.guide import Guide
learner = Learner(Path({str(points)!r}), "told", 3)
guide = Guide(lambda: learner, [f"k{{n:02}}" for n in range({len(TEXTS)})])
assert len(guide.order([f"k{{n:02}}" for n in range({len(TEXTS)})])) == {len(TEXTS)}
assert guide.following(lambda key: True)
learner.stop()
guide.close()
print(sorted({{"numpy", "scipy", "sklearn"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_two_sittings_work_the_points_out_once(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits for the first, and finds what it made."""
    made: list[str] = []
    begun, go_on = threading.Event(), threading.Event()
    plan = load(PROTOCOL, "small.yaml").phase("title-abstract")
    assert plan

    def embedding(*_: object) -> Space:
        made.append("made")
        begun.set()
        assert go_on.wait(PATIENCE)
        return embed(TEXTS[:2], "wardens")

    monkeypatch.setattr("review.screening.features.embed", embedding)
    monkeypatch.setattr("review.cli.points.text_of", lambda *_: TEXTS[0])
    small.root.joinpath(".review").mkdir(exist_ok=True)
    both = [threading.Thread(target=make, args=(find("", None, small.root), plan, None, ("a:1", "b:1"))) for _ in range(2)]
    both[0].start()
    assert begun.wait(PATIENCE)
    both[1].start()
    go_on.set()
    for sitting in both:
        sitting.join(PATIENCE)
    assert made == ["made"]
