#!/usr/bin/env python3
"""How well the probabilities of deduplication hold, and whether weights learned from labelled sets would be better.

    python benchmarks/dedup_calibration.py SET.csv[.gz] ... [--made 20000]

Each SET is a labelled set (record_id, cluster_id and the bibliographic columns). A line of JSON for each tells, over all candidate
pairs: the expected calibration error (10 bins), what is wrong of that which is said at 0.99 and above, and the pairs joined wrongly,
missed and asked about. `ours` are the weights of review/dedup/model.py. `learned` are those of a logistic model on the levels of
the fields, fitted to the pairs that the rules leave open in all the other sets and, at a low weight, in a made set
(benchmarks/dedup_generate.py); it is held near ours by a Gaussian prior, so that what the sets do not tell stays as it is known.
`mapped` are ours with a scale and a shift of the log odds fitted to the other sets (Platt 1999, Probabilistic outputs for support
vector machines), unheld: were ours too bold or too timid on sets that they have not seen, the scale would be far below or above 1.
open_ece is the same error over the pairs alone that the rules leave to the fields: the others are many and easy, and make any error look
small. `by_rule` are the probabilities that the other sets give each rule, and within a rule each span of probabilities (EDGES): what was
true there, and HELD_RULE pairs that are as ours say. The weights and the map learned from all sets come last, and how far what all sets
say of each rule is from ours, the farthest first, with the pairs it rests on. It judges nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parent))
from dedup_generate import COLUMNS, generate

from review.dedup.blocks import candidate_pairs, keys_of
from review.dedup.compare import compare
from review.dedup.decide import decide
from review.dedup.features import features_of
from review.dedup.model import PRIOR, WEIGHTS
from review.dedup.reading import read_files
from review.dedup.rules import CERTAIN, RULES, UNSURE

NAMES = [(field, level) for field, levels in WEIGHTS.items() for level in levels]
HELD = 0.4  # bits: the standard deviation of the prior
MADE_WEIGHT = 0.02  # of a pair of the made set, beside one of a real set
OPEN = len(RULES) - 1
HELD_RULE = 20  # pairs
EDGES = (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99)


def pairs_of(path: Path) -> pl.DataFrame:
    """The candidate pairs of a labelled set: their levels, the decision, and the truth."""
    text = pl.read_csv(path, infer_schema=False)
    truth = dict(text.select("record_id", "cluster_id").iter_rows())
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "set.csv"
        text.drop("cluster_id").write_csv(bare)
        features = features_of(read_files([bare], lambda *_: None)[0])
    pairs = candidate_pairs(pl.concat([features, keys_of(features)], how="horizontal").select)
    levels = compare(features[pairs["a"].to_numpy()], features[pairs["b"].to_numpy()])
    cluster = pl.Series([truth[key] for key in features["key"]])
    same = cluster.gather(pairs["a"]) == cluster.gather(pairs["b"])
    return pl.concat([levels, decide(levels)], how="horizontal").with_columns(same.alias("true"))


def matrix(pairs: pl.DataFrame) -> np.ndarray:
    return np.column_stack([(pairs[field] == level).to_numpy() for field, level in NAMES]).astype(float)


def fit(parts: list[tuple[pl.DataFrame, float]]) -> np.ndarray:
    """[prior, a weight for each of NAMES], in bits. parts: pairs and what each of them weighs."""
    start = np.array([PRIOR, *(WEIGHTS[f][level] for f, level in NAMES)])
    open_ = [(p.filter(pl.col("rule") == OPEN), w) for p, w in parts]
    x = np.vstack([matrix(p) for p, _ in open_])
    y = np.concatenate([p["true"].to_numpy().astype(float) for p, _ in open_])
    weight = np.concatenate([np.full(p.height, w) for p, w in open_])
    x = np.column_stack([np.ones(len(x)), x]) * np.log(2)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        p = 1 / (1 + np.exp(-z))
        value = (weight * (np.logaddexp(0, z) - y * z)).sum() + ((w - start) ** 2).sum() / (2 * HELD**2)
        return value, x.T @ (weight * (p - y)) + (w - start) / HELD**2

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x).round(2)


def mapped(parts: list[pl.DataFrame], ours: np.ndarray) -> np.ndarray:
    """[scale, shift in bits] of the log odds of the pairs that the rules leave open, by maximum likelihood."""
    open_ = [p.filter(pl.col("rule") == OPEN) for p in parts]
    z = np.concatenate([points(p, ours) for p in open_])
    y = np.concatenate([p["true"].to_numpy().astype(float) for p in open_])
    # Platt's targets: never quite 0 or 1, so that separable pairs do not drive the scale to infinity.
    t = np.where(y == 1, (y.sum() + 1) / (y.sum() + 2), 1 / ((1 - y).sum() + 2))

    def loss(w: np.ndarray) -> float:
        q = (w[0] * z + w[1]) * np.log(2)
        return float((np.logaddexp(0, q) - t * q).sum())

    return np.asarray(minimize(loss, [1.0, 0.0], method="Nelder-Mead").x).round(3)


def points(pairs: pl.DataFrame, w: np.ndarray) -> np.ndarray:
    """The log odds that the fields give, in bits."""
    return w[0] + matrix(pairs) @ w[1:]


def said(pairs: pl.DataFrame, w: np.ndarray, scale: float = 1, shift: float = 0) -> np.ndarray:
    """The probabilities under weights, and a map of their log odds; where a rule decided, the rule's."""
    p = pairs["probability"].to_numpy().copy()
    mask = (pairs["rule"] == OPEN).to_numpy()
    z = (scale * points(pairs, w) + shift) * np.log(2)
    p[mask] = np.minimum(0.995, 1 / (1 + np.exp(-z[mask])))
    return p


def cells(pairs: pl.DataFrame) -> np.ndarray:
    """The rule, and the span of its probability, of each pair: one number."""
    return pairs["rule"].to_numpy().astype(int) * (len(EDGES) + 1) + np.searchsorted(EDGES, pairs["probability"].to_numpy(), side="right")


def by_rule(parts: list[pl.DataFrame]) -> dict[int, tuple[float, int]]:
    """For each cell: what must be added to its probabilities, and the pairs in it. The mean is held near ours by HELD_RULE pairs."""
    cell = np.concatenate([cells(p) for p in parts])
    ours = np.concatenate([p["probability"].to_numpy() for p in parts])
    true = np.concatenate([p["true"].to_numpy() for p in parts])
    found = {}
    for c in np.unique(cell):
        at = cell == c
        found[int(c)] = (float((true[at] - ours[at]).sum() / (at.sum() + HELD_RULE)), int(at.sum()))
    return found


def corrected(pairs: pl.DataFrame, learned: dict[int, tuple[float, int]]) -> np.ndarray:
    shift = np.array([learned.get(int(c), (0.0, 0))[0] for c in cells(pairs)])
    return np.clip(pairs["probability"].to_numpy() + shift, 0, 1)


def error(p: np.ndarray, true: np.ndarray) -> float:
    """The expected calibration error in 10 bins (Naeini et al. 2015)."""
    bins = np.minimum((p * 10).astype(int), 9)
    return round(float(sum(abs(p[bins == k].mean() - true[bins == k].mean()) * (bins == k).mean() for k in np.unique(bins))), 4)


def measures(p: np.ndarray, pairs: pl.DataFrame) -> dict[str, float | int]:
    true = pairs["true"].to_numpy()
    open_ = (pairs["rule"] == OPEN).to_numpy()
    sure, joined, asked = p >= 0.99, p >= CERTAIN, (p >= UNSURE) & (p < CERTAIN)
    return {
        "pairs": len(p), "true": int(true.sum()), "ece": error(p, true), "open": int(open_.sum()), "open_ece": error(p[open_], true[open_]),
        "sure": int(sure.sum()), "sure_wrong": int((sure & ~true).sum()), "sure_wrong_percent": round(100 * float((sure & ~true).sum()) / max(1, int(sure.sum())), 3),
        "joined_wrong": int((joined & ~true).sum()), "joined_missed": int((~joined & true).sum()), "asked": int(asked.sum()),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--made", type=int, default=20000)
    args = parser.parse_args()
    sets = {path.name: pairs_of(path) for path in args.sets}
    made: list[tuple[pl.DataFrame, float]] = []
    if args.made:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "made.csv"
            pl.DataFrame(list(generate(args.made, seed=7)), schema=dict.fromkeys(COLUMNS, pl.String), strict=False).write_csv(path)
            made = [(pairs_of(path), MADE_WEIGHT)]
    ours = np.array([PRIOR, *(WEIGHTS[f][level] for f, level in NAMES)])
    for name, left_out in sets.items():
        learned = fit([*((p, 1.0) for other, p in sets.items() if other != name), *made])
        scale, shift = mapped([p for other, p in sets.items() if other != name], ours)
        found = {"ours": said(left_out, ours), "learned": said(left_out, learned), "mapped": said(left_out, ours, scale, shift),
                 "by_rule": corrected(left_out, by_rule([p for other, p in sets.items() if other != name]))}  # fmt: skip
        print(json.dumps({"left_out": name, "scale": scale, "shift": shift, **{how: measures(p, left_out) for how, p in found.items()}}))
    learned = fit([*((p, 1.0) for p in sets.values()), *made])
    for p, _ in made:
        print(json.dumps({"made": args.made, "ours": measures(said(p, ours), p), "learned": measures(said(p, learned), p)}))
    weights: dict[str, dict[str, float]] = {}
    for (field, level), w in zip(NAMES, learned[1:], strict=True):
        weights.setdefault(field, {})[level] = float(w)
    print(json.dumps({"prior": float(learned[0]), "weights": weights}))
    for c, (shift_, n) in sorted(by_rule(list(sets.values())).items(), key=lambda item: -abs(item[1][0])):
        rule, span = divmod(c, len(EDGES) + 1)
        if abs(shift_) >= 0.01:
            print(json.dumps({"rule": RULES[rule].name, "from": (0.0, *EDGES)[span], "to": (*EDGES, 1.0)[span], "pairs": n, "off": round(shift_, 3)}))  # fmt: skip


if __name__ == "__main__":
    main()
