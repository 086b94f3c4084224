"""What ranking costs at a size: time to read the records, to retrain, to choose the next; memory. Prints, and fails nothing.

    python benchmarks/ranking.py [--records 50000] [--decisions 5000]

The records are made up: words drawn by Zipf's law from 60,000, 150 words an abstract, like a large search.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from review.screening.features import embed
from review.screening.ranking import Ranker
from review.screening.vectors import Text


def made(n: int) -> list[Text]:
    rng = np.random.default_rng(1)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    words = np.array(["".join(rng.choice(letters, rng.integers(3, 11))) for _ in range(60_000)])
    chance = 1 / np.arange(1, len(words) + 1)
    chance /= chance.sum()
    return [Text(" ".join(t[:12]), " ".join(t[12:])) for t in (words[rng.choice(len(words), 162, p=chance)] for _ in range(n))]


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--records", type=int, default=50_000)
    p.add_argument("--decisions", type=int, default=5_000)
    a = p.parse_args()
    texts = made(a.records)
    print(f"{a.records:,} records made; {_mb():,.0f} MB")
    start = time.process_time()
    space = embed(texts, " ".join(texts[7].title.split()[:6]))
    print(
        f"read: {1000 * (time.process_time() - start) / a.records:.2f} ms CPU a record; {space.points.shape[1]} coordinates; {_mb():,.0f} MB"
    )
    ranker = Ranker(space)
    rng = np.random.default_rng(2)
    decided = [(int(n), bool(k % 20 == 0)) for k, n in enumerate(rng.permutation(a.records)[: a.decisions])]
    start = time.process_time()
    ranker._predicted(decided)
    print(f"first training on {a.decisions:,} decisions: {time.process_time() - start:.2f} s CPU; {_mb():,.0f} MB")
    unread = np.ones(a.records, dtype=bool)
    unread[[n for n, _ in decided]] = False
    waits = []
    for _ in range(300):
        start = time.perf_counter()
        n = ranker.next(decided, np.flatnonzero(unread))
        waits.append(1000 * (time.perf_counter() - start))
        unread[n] = False
        decided.append((n, False))
    waits.sort()
    print(f"wait for the next record: median {waits[150]:.1f} ms, 95 % {waits[285]:.1f} ms, most {waits[-1]:.1f} ms; {_mb():,.0f} MB")


def _mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
