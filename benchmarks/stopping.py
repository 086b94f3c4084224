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

from review.formats.tables.rows import read_rows
from review.screening.features import embed
from review.screening.ranking import Ranker
from review.screening.simulation import table_of
from review.screening.stopping import hypergeometric_p

Stops = dict[str, tuple[float, float]]

LEVELS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.7)
ROWS = (50, 100, 200)
ENOUGH = 0.95  # of the runs that a suggested stop must serve
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


def stops(read: list[bool], recall: float) -> Stops:
    """rule -> (recall, share read) where it would have stopped; at the end where it never would."""
    n, total = len(read), sum(read)
    found: Stops = {}
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
    sets: list[list[Stops]] = []
    for path in sorted(a.files):
        header, rows = read_rows(path.read_bytes(), str(path))
        table = table_of(header, rows, str(path))
        asked = path.with_suffix(".questions.txt")
        question = asked.read_text(encoding="utf-8") if asked.exists() and not a.without_questions else ""
        space = embed(table.texts, question)
        labels = [bool(y) for y in table.labels]
        sets.append([stops(run(Ranker(space, int(s)), labels, int(s)), a.recall) for s in a.seeds.split(",")])
        print(f"{path.name}: done", flush=True)
    runs = [r for of in sets for r in of]
    print(f"{len(runs)} runs, target {a.recall:g}")
    for rule in runs[0]:
        print(f"{rule:>14}: {shown(runs, rule, a.recall)}")
    halves = [[r for of in sets[k::2] for r in of] for k in (0, 1)]
    for chosen_on, seen_on, name in ((halves[0], halves[1], "1st, 3rd …"), (halves[1], halves[0], "2nd, 4th …")):
        good = [x for x in LEVELS if share(chosen_on, f"p <= {x:g}", a.recall) >= ENOUGH]
        if seen_on and good:
            print(f"chosen on the {name} set: p <= {max(good):g}; on the others {shown(seen_on, f'p <= {max(good):g}', a.recall)}")


def share(runs: list[Stops], rule: str, recall: float) -> float:
    """How many of the runs had found enough where the rule stopped them."""
    return sum(r[rule][0] >= recall - 1e-9 for r in runs) / len(runs)


def shown(runs: list[Stops], rule: str, recall: float) -> str:
    worst, read = min(r[rule][0] for r in runs), statistics.median(r[rule][1] for r in runs)
    return f"reached in {100 * share(runs, rule, recall):5.1f} % of {len(runs)} runs, worst {worst:.2f}, median share read {read:.2f}"


if __name__ == "__main__":
    main()
