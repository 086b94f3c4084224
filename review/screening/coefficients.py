"""Chance-corrected agreement for any number of raters and verdicts, ratings missing or not.

Ratings come as a table of patterns: what the raters said of a report, one place a rater, "" where a rater said nothing
-> how many reports have that pattern. There are few patterns however many reports.

Value and variance follow K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. 2014, chapters 2, 3, 5 and 6 (as the R
package irrCAC does): the variance is that of a sample of reports from a large population, linearised; the interval takes
Student's t with one degree of freedom less than there are reports, and ends at 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import TYPE_CHECKING

from review.model.shares import Z95

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS = 2000  # of the bootstrap
TAIL = (1 - 0.95) / 2
Patterns = Mapping[tuple[str, ...], int]
Weighed = list[tuple[float, int]]  # (a value, how many reports have it)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """A coefficient with its 95 % interval. observed, chance: agreement in 0..1. None: not defined for these ratings."""

    value: float | None
    low: float | None = None
    high: float | None = None
    error: float | None = None  # standard error
    observed: float | None = None
    chance: float | None = None


UNDEFINED = Coefficient(value=None)


def patterns(ratings: Sequence[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """The table of patterns of ratings, one tuple a report; reports that nobody rated are left out."""
    return Counter(r for r in ratings if any(r))


def gwet_ac1(table: Patterns, categories: Sequence[str]) -> Coefficient:
    """Gwet's AC1. Gwet, Br J Math Stat Psychol 2008;61:29-48; with missing ratings: Handbook 2014, eqs. 5.3-5.6."""
    q = len(categories)
    if q < 2:
        return UNDEFINED
    shares = _shares(table, categories)
    chance = sum(p * (1 - p) for p in shares) / (q - 1)
    return _linearised(
        table, chance, lambda r: sum(r.count(c) * (1 - p) for c, p in zip(categories, shares, strict=True)) / ((q - 1) * _n(r))
    )


def fleiss_kappa(table: Patterns, categories: Sequence[str]) -> Coefficient:
    """Fleiss' κ (Scott's π for two raters). Fleiss, Psychol Bull 1971;76:378-382; with missing ratings: Gwet 2014, ch. 2."""
    shares = _shares(table, categories)
    chance = sum(p * p for p in shares)
    return _linearised(table, chance, lambda r: sum(r.count(c) * p for c, p in zip(categories, shares, strict=True)) / _n(r))


def brennan_prediger(table: Patterns, categories: Sequence[str]) -> Coefficient:
    """Brennan & Prediger's coefficient, which for two verdicts is PABAK. Educ Psychol Meas 1981;41:687-699.

    PABAK: Byrt, Bishop & Carlin, J Clin Epidemiol 1993;46:423-429.
    """
    q = len(categories)
    return _linearised(table, 1 / q, lambda _: 1 / q) if q >= 2 else UNDEFINED


def conger_kappa(table: Patterns, categories: Sequence[str]) -> Coefficient:
    """Conger's κ, which for two raters is Cohen's. Psychol Bull 1980;88:322-328; with missing ratings: Gwet 2014, ch. 2.

    Each rater keeps their own inclination to a verdict, where Fleiss' κ takes the raters for interchangeable.
    """
    raters = len(next(iter(table), ()))
    rated = [sum(n for r, n in table.items() if r[g]) for g in range(raters)]
    if raters < 2 or not all(rated):
        return UNDEFINED
    n = sum(table.values())
    share = [[sum(m for r, m in table.items() if r[g] == c) / rated[g] for c in categories] for g in range(raters)]
    total = [sum(share[g][k] for g in range(raters)) for k in range(len(categories))]
    chance = sum(total[k] ** 2 - sum(share[g][k] ** 2 for g in range(raters)) for k in range(len(categories))) / (raters * (raters - 1))

    def influence(r: tuple[str, ...]) -> float:
        found = 0.0
        for g in range(raters):
            present = bool(r[g]) - rated[g] / n
            found += sum(((r[g] == c) - present * share[g][k]) * n / rated[g] * (total[k] - share[g][k]) for k, c in enumerate(categories))
        return found / (raters * (raters - 1))

    return _linearised(table, chance, influence)


def krippendorff_alpha(table: Patterns, categories: Sequence[str], ordinal: bool = False) -> Coefficient:
    """Krippendorff's α = 1 − D_o/D_e over the reports with two ratings or more. Content Analysis, 3rd ed. 2013, ch. 12.

    ordinal: the categories lie in their order, and further apart is worse; the interval is then left to `bootstrap`.
    The interval of the nominal α: Gwet 2014, ch. 2.
    """
    pairable = {r: n for r, n in table.items() if _n(r) >= 2}
    counts = [sum(n * r.count(c) for r, n in pairable.items()) for c in categories]
    ratings = sum(counts)
    if ratings == 0 or max(counts) == ratings:
        return UNDEFINED

    def apart(i: int, j: int) -> float:
        if i == j:
            return 0.0
        low, high = min(i, j), max(i, j)
        return (sum(counts[low : high + 1]) - (counts[i] + counts[j]) / 2) ** 2 if ordinal else 1.0

    cells = [(i, j) for i in range(len(categories)) for j in range(len(categories))]
    observed = sum(
        n * apart(i, j) * r.count(categories[i]) * r.count(categories[j]) / (_n(r) - 1) for r, n in pairable.items() for i, j in cells
    )
    expected = sum(apart(i, j) * counts[i] * counts[j] for i, j in cells) / (ratings - 1)
    alpha = 1 - observed / expected
    if ordinal:
        return Coefficient(value=alpha)
    return _alpha_interval(pairable, categories, counts, alpha)


def _alpha_interval(table: Patterns, categories: Sequence[str], counts: Sequence[int], alpha: float) -> Coefficient:
    n = sum(table.values())
    mean = sum(counts) / n  # ratings a report
    shares = [c / sum(counts) for c in counts]
    chance = sum(p * p for p in shares)
    agreed = {r: _agreeing(r) / (mean * (_n(r) - 1)) for r in table}
    prime = sum(agreed[r] * m for r, m in table.items()) / n
    small = 1 / sum(counts)
    observed = (1 - small) * prime + small
    value = (prime - chance) / (1 - chance)
    parts: Weighed = []
    for r, m in table.items():
        excess = (_n(r) - mean) / mean
        own = (agreed[r] - observed * excess - chance) / (1 - chance)
        by_chance = sum(r.count(c) * p for c, p in zip(categories, shares, strict=True)) / mean - chance * excess
        parts.append((own - 2 * (1 - value) * (by_chance - chance) / (1 - chance), m))
    return _with_interval(alpha, value, parts, observed, chance)


def ordinal_alphas(order: Sequence[tuple[str, ...]], drawn: NDArray[np.int64], categories: Sequence[str]) -> NDArray[np.float64]:
    """Ordinal α of many tables at once, as `krippendorff_alpha` gives it of one. drawn: a row a table, how often it holds each pattern of `order`.

    nan where it is not defined.
    """
    import numpy as np

    rated = np.array([_n(r) for r in order])
    held = np.array([[r.count(c) for c in categories] for r in order]) * (rated >= 2)[:, None]
    counts = drawn @ held
    ratings = counts.sum(axis=1)
    up_to = np.concatenate([np.zeros((len(drawn), 1)), np.cumsum(counts, axis=1)], axis=1)
    observed, expected = np.zeros(len(drawn)), np.zeros(len(drawn))
    for j in range(len(categories)):
        for i in range(j):
            apart = (up_to[:, j + 1] - up_to[:, i] - (counts[:, i] + counts[:, j]) / 2) ** 2
            observed += 2 * apart * (drawn @ (held[:, i] * held[:, j] / np.maximum(rated - 1, 1)))
            expected += 2 * apart * counts[:, i] * counts[:, j]
    defined = (ratings > 0) & (counts.max(axis=1) < ratings)
    alphas = np.full(len(drawn), np.nan)
    alphas[defined] = 1 - observed[defined] / (expected[defined] / (ratings[defined] - 1))
    return alphas


def bootstrap(
    table: Patterns,
    statistic: Callable[[Sequence[tuple[str, ...]], NDArray[np.int64]], NDArray[np.float64]],
    seed: int,
) -> tuple[float, float] | None:
    """The 95 % percentile interval of a statistic over reports drawn anew, with replacement. Efron 1979.

    statistic: of all draws at once, such as `ordinal_alphas`. The same seed gives the same interval. Draws in which it is not defined are
    left out; None where it is defined in fewer than half of them.
    """
    import numpy as np

    order = sorted(table)
    n = sum(table.values())
    if not n:
        return None
    shares = [table[r] / n for r in order]
    found = statistic(order, np.random.default_rng(seed).multinomial(n, shares, size=DRAWS))
    values = np.sort(found[~np.isnan(found)]).tolist()
    if len(values) < DRAWS / 2:
        return None
    return values[int(TAIL * (len(values) - 1))], values[round((1 - TAIL) * (len(values) - 1))]


def _n(rating: tuple[str, ...]) -> int:
    return sum(map(bool, rating))


def _agreeing(rating: tuple[str, ...]) -> int:
    """Ordered pairs of raters who agree on a report."""
    return sum(k * (k - 1) for c, k in Counter(rating).items() if c)


def _shares(table: Patterns, categories: Sequence[str]) -> list[float]:
    n = sum(table.values())
    return [sum(m * r.count(c) / _n(r) for r, m in table.items()) / n if n else 0.0 for c in categories]


def _linearised(table: Patterns, chance: float, by_chance: Callable[[tuple[str, ...]], float]) -> Coefficient:
    """A coefficient (p_o − p_e)/(1 − p_e) from its chance agreement, and each pattern's part in that chance agreement."""
    n = sum(table.values())
    twice = sum(m for r, m in table.items() if _n(r) >= 2)
    if not twice or chance >= 1:
        return UNDEFINED
    agreed = {r: _agreeing(r) / (_n(r) * (_n(r) - 1)) if _n(r) >= 2 else 0.0 for r in table}
    observed = sum(agreed[r] * m for r, m in table.items()) / twice
    value = (observed - chance) / (1 - chance)
    parts: Weighed = []
    for r, m in table.items():
        own = n / twice * (agreed[r] - (chance if _n(r) >= 2 else 0)) / (1 - chance)
        parts.append((own - 2 * (1 - value) * (by_chance(r) - chance) / (1 - chance), m))
    return _with_interval(value, value, parts, observed, chance)


def _with_interval(value: float, centre: float, parts: Weighed, observed: float, chance: float) -> Coefficient:
    n = sum(m for _, m in parts)
    if n < 2:
        return Coefficient(value=value, observed=observed, chance=chance)
    error = sqrt(sum(m * (x - centre) ** 2 for x, m in parts) / (n * (n - 1)))
    half = _t975(n - 1) * error
    return Coefficient(value=value, low=value - half, high=min(1.0, value + half), error=error, observed=observed, chance=chance)


def _t975(degrees: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.975)) if degrees < inf else Z95
