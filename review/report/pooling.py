"""Pooling where effects can be pooled: inverse variance, and random effects by REML with Hartung and Knapp's interval.

τ² by restricted maximum likelihood as Viechtbauer (J Educ Behav Stat 2005;30:261-293) gives it, found with SciPy; interval by
Hartung & Knapp (Stat Med 2001;20:3875-3889). No well-kept library of Python has both: statsmodels' combine_effects has their
interval, but not REML; PyMARE has REML, but not their interval. Checked against both, and metafor's printed results for the BCG trials.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from review.model.effect import Effect
from review.model.shares import Z95

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pooled:
    """On the scale of analysis (logarithm for ratios). k: studies; q: Cochran's Q on k − 1 degrees; i2: per cent.

    fixed, random: (estimate, standard error, low, high). prediction: (low, high), None for fewer than three studies.
    """

    k: int
    fixed: tuple[float, float, float, float]
    random: tuple[float, float, float, float]
    tau2: float
    q: float
    p: float
    i2: float
    prediction: tuple[float, float] | None
    weights: tuple[float, ...]  # per cent, of the random-effects estimate


def of_effect(effect: Effect) -> tuple[float, float]:
    """(estimate, variance) of an effect on the scale of analysis. Raises ValueError where it has no interval and no standard error."""
    if effect.value is None:
        raise ValueError("it has no number")
    change = log if effect.ratio else float
    if effect.ratio and min(effect.value, effect.low if effect.low is not None else 1) <= 0:
        raise ValueError("a ratio of 0 has no logarithm")
    if effect.se is not None and effect.se > 0:
        return change(effect.value), effect.se**2
    if effect.low is None or effect.high is None or effect.low == effect.high:
        raise ValueError("it has neither an interval nor a standard error")
    from scipy.stats import norm

    z = float(norm.ppf(0.5 + effect.level / 200))
    return change(effect.value), ((change(effect.high) - change(effect.low)) / (2 * z)) ** 2


def pool(estimates: Sequence[float], variances: Sequence[float]) -> Pooled:
    """Pool at least two estimates. Raises ValueError for fewer, or a variance that is not above zero."""
    from scipy.stats import chi2, t

    y, v = np.asarray(estimates, dtype=float), np.asarray(variances, dtype=float)
    k = len(y)
    if k < 2 or len(v) != k or not bool(np.all(v > 0)):
        raise ValueError("pooling needs at least two estimates, each with a variance above zero")
    w = 1 / v
    fixed = float(np.sum(w * y) / np.sum(w))
    se_fixed = sqrt(1 / float(np.sum(w)))
    q = float(np.sum(w * (y - fixed) ** 2))
    tau2 = _reml(y, v)
    w = 1 / (v + tau2)
    mean = float(np.sum(w * y) / np.sum(w))
    # Hartung and Knapp: the spread of the studies themselves gives the error, on k - 1 degrees of freedom.
    se = sqrt(float(np.sum(w * (y - mean) ** 2)) / ((k - 1) * float(np.sum(w))))
    point = float(t.ppf(0.975, k - 1))
    prediction = None
    if k > 2:
        half = float(t.ppf(0.975, k - 2)) * sqrt(tau2 + se**2)
        prediction = (mean - half, mean + half)
    s2 = (
        (k - 1) * float(np.sum(1 / v)) / (float(np.sum(1 / v)) ** 2 - float(np.sum(1 / v**2)))
    )  # the typical variance, Higgins & Thompson 2002
    return Pooled(
        k=k, fixed=(fixed, se_fixed, fixed - Z95 * se_fixed, fixed + Z95 * se_fixed), random=(mean, se, mean - point * se, mean + point * se),
        tau2=tau2, q=q, p=float(chi2.sf(q, k - 1)), i2=100 * tau2 / (tau2 + s2), prediction=prediction,
        weights=tuple(float(x) for x in 100 * w / np.sum(w)),
    )  # fmt: skip


def _reml(y: Array, v: Array) -> float:
    """τ² at the maximum of the restricted likelihood, not below zero."""
    from scipy.optimize import minimize_scalar

    def loss(tau2: float) -> float:
        w = 1 / (v + tau2)
        mean = np.sum(w * y) / np.sum(w)
        return float(np.sum(np.log(v + tau2)) + np.log(np.sum(w)) + np.sum(w * (y - mean) ** 2)) / 2

    top = 10 * float(np.var(y, ddof=1)) + 10 * float(np.max(v))
    found = minimize_scalar(loss, bounds=(0.0, top), method="bounded", options={"xatol": 1e-10})
    best = float(found.x)
    return 0.0 if loss(0.0) <= loss(best) else best


def back(value: float, ratio: bool) -> float:
    """From the scale of analysis to that of the measure."""
    return exp(value) if ratio else value
