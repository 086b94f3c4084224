"""How often a suggested stop had found enough, and what it saved: finished screenings done again, and stopped at each p.

    python benchmarks/stopping.py DATA.csv ... [--seeds 0,1] [--recall 0.95] [--without-questions]

DATA as for `review simulate`; DATA.questions.txt beside it is used where there is one. One relevant and one irrelevant record are known
beforehand. Also prints how often "n irrelevant in a row" would have done. Fails nothing.
"""

from __future__ import annotations

import argparse
import random
import statistics
from pathlib import Path

import numpy as np

from review.formats.rows import read_rows
from review.screening.features import embed
from review.screening.ranking import Ranker
from review.screening.simulation import table_of
from review.screening.stopping import hypergeometric_p

LEVELS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7)
ROWS = (50, 100, 200)
LOOKS = 200  # times that a person looks, over a whole review


def run(ranker: Ranker, labels: list[bool], seed: int) -> list[bool]:
    """The labels in the order in which they were read, what was known beforehand included."""
    rng = random.Random(seed)
    decided = [(rng.choice([n for n, y in enumerate(labels) if y == wanted]), wanted) for wanted in (True, False)]
    unread = np.ones(len(labels), dtype=bool)
    unread[[n for n, _ in decided]] = False
    while unread.any():
        n = ranker.next(decided, np.flatnonzero(unread))
        unread[n] = False
        decided.append((n, labels[n]))
    return [y for _, y in decided]


def stops(read: list[bool], recall: float) -> dict[str, tuple[float, float]]:
    """rule -> (recall, share read) where it would have stopped; at the end where it never would."""
    n, total = len(read), sum(read)
    found: dict[str, tuple[float, float]] = {}
    count = row = 0
    for k, y in enumerate(read, 1):
        count, row = count + y, 0 if y else row + 1
        here = (count / total, k / n)
        for m in ROWS:
            if row == m:
                found.setdefault(f"{m} in a row", here)
        if k % max(1, n // LOOKS) == 0:
            p = hypergeometric_p(read[:k], n, recall)
            for level in LEVELS:
                if p <= level:
                    found.setdefault(f"p <= {level:g}", here)
    return {rule: found.get(rule, (1.0, 1.0)) for rule in (*(f"p <= {x:g}" for x in LEVELS), *(f"{m} in a row" for m in ROWS))}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("files", nargs="+", type=Path)
    p.add_argument("--seeds", default="0,1")
    p.add_argument("--recall", type=float, default=0.95)
    p.add_argument("--without-questions", action="store_true")
    a = p.parse_args()
    runs = []
    for path in a.files:
        header, rows = read_rows(path.read_bytes(), str(path))
        table = table_of(header, rows, str(path))
        asked = path.with_suffix(".questions.txt")
        question = asked.read_text(encoding="utf-8") if asked.exists() and not a.without_questions else ""
        space = embed(table.texts, question)
        labels = [bool(y) for y in table.labels]
        runs += [stops(run(Ranker(space, int(s)), labels, int(s)), a.recall) for s in a.seeds.split(",")]
        print(f"{path.name}: done", flush=True)
    print(f"{len(runs)} runs, target {a.recall:g}")
    for rule in runs[0]:
        reached = [r[rule][0] for r in runs]
        share = sum(x >= a.recall - 1e-9 for x in reached) / len(runs)
        print(
            f"{rule:>14}: reached in {100 * share:5.1f} %, worst {min(reached):.2f}, median share read {statistics.median(r[rule][1] for r in runs):.2f}"
        )


if __name__ == "__main__":
    main()
