"""Sign test and pooling against published numbers."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.model.effect import effect
from review.report.pooling import of_effect, pool
from review.report.swim import direction_of, sign_test, standardised, within_study

# Colditz et al., JAMA 1994;271:698-702, as in Table I of van Houwelingen et al., Stat Med 2002;21:589-624 (p. 594) and dat.bcg of metafor
# (Viechtbauer, J Stat Softw 2010;36(3)): cases and non-cases, vaccinated and not.
BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761), (180, 1361, 372, 1079),
    (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]  # fmt: skip


def bcg() -> tuple[list[float], list[float]]:
    y = [log((a / (a + b)) / (c / (c + d))) for a, b, c, d in BCG]
    return y, [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in BCG]


def test_reml_gives_metafors_published_result_for_the_bcg_trials() -> None:
    """As metafor prints `rma(yi, vi, data=dat, method="REML")` of these trials' log risk ratios (the same model as in section 3 of
    Viechtbauer 2010; printed in full in the vignette ‘Bayesian Meta-Analysis’ of the R package RoBMA): tau^2 0.3132, I^2 92.22 %,
    Q(df = 12) = 152.2330, estimate -0.7145, se 0.1798, interval -1.0669 to -0.3622."""
    y, v = bcg()
    found = pool(y, v)
    assert found.tau2 == pytest.approx(0.3132, abs=5e-5)
    assert found.random[0] == pytest.approx(-0.7145, abs=5e-5)
    assert (found.q, found.i2) == (pytest.approx(152.2330, abs=5e-4), pytest.approx(92.22, abs=0.005))
    assert found.p < 1e-4
    assert sum(found.weights) == pytest.approx(100)
    # What is printed there is Wald's interval, which ours is not: from the same weights it comes out.
    wald = 1 / sqrt(sum(1 / (x + found.tau2) for x in v))
    assert wald == pytest.approx(0.1798, abs=5e-5)
    assert (found.random[0] - 1.959964 * wald, found.random[0] + 1.959964 * wald) == (
        pytest.approx(-1.0669, abs=5e-5),
        pytest.approx(-0.3622, abs=5e-5),
    )


def test_inverse_variance_gives_the_published_result_for_the_bcg_trials() -> None:
    """metafor's own tests (test_misc_metan_vs_rma.uni_with_dat.bcg, there compared with Stata's metan): -0.4303, -0.5097 to -0.3509."""
    found = pool(*bcg())
    assert (found.fixed[0], found.fixed[2], found.fixed[3]) == (
        pytest.approx(-0.4303, abs=5e-5),
        pytest.approx(-0.5097, abs=5e-5),
        pytest.approx(-0.3509, abs=5e-5),
    )


def test_hartung_and_knapps_interval_is_their_formula() -> None:
    """Hartung & Knapp, Stat Med 2001;20:3875-3889, (6): written out here once more, at the published tau^2; t of 12 degrees is 2.1788."""
    y, v = bcg()
    w = [1 / (x + 0.31324) for x in v]
    mean = sum(a * b for a, b in zip(w, y, strict=True)) / sum(w)
    error = sqrt(sum(a * (b - mean) ** 2 for a, b in zip(w, y, strict=True)) / (12 * sum(w)))
    found = pool(y, v)
    assert found.random[1:] == (
        pytest.approx(error, rel=1e-4),
        pytest.approx(mean - 2.17881 * error, abs=1e-4),
        pytest.approx(mean + 2.17881 * error, abs=1e-4),
    )


@pytest.mark.parametrize(
    ("y", "v", "tau2", "mean"),
    [
        ([0.10, 0.30, 0.35, 0.65, 0.45, 0.15], [0.03, 0.03, 0.05, 0.01, 0.05, 0.02], 0.03314028, 0.34633576),
        ([0.1, 0.11, 0.09, 0.1], [0.04, 0.05, 0.03, 0.02], 0.0, 0.09896104),
        ([-1.2, 0.4, 2.5], [0.2, 0.1, 0.4], 3.05831041, 0.52729487),
    ],
)
def test_reml_is_that_of_pymare(y: list[float], v: list[float], tau2: float, mean: float) -> None:
    """As PyMARE 0.0.13 gives it: VarianceBasedLikelihoodEstimator(method="REML") with an intercept alone."""
    found = pool(y, v)
    assert (found.tau2, found.random[0]) == (pytest.approx(tau2, abs=1e-5), pytest.approx(mean, abs=1e-5))


def test_inverse_variance_and_hartung_knapp_are_those_of_statsmodels() -> None:
    """statsmodels has no REML; its Hartung-Knapp error is compared at the same τ², on pooled weights of our own."""
    from statsmodels.stats.meta_analysis import combine_effects

    y, v = bcg()
    theirs = combine_effects(np.array(y), np.array(v), method_re="iterated", use_t=True)
    ours = pool(y, v)
    assert ours.fixed[0] == pytest.approx(theirs.mean_effect_fe)
    assert ours.fixed[1] == pytest.approx(theirs.sd_eff_w_fe)
    assert ours.q == pytest.approx(theirs.q)
    # Paule-Mandel's τ² is close to REML's here, so that the errors are too.
    assert ours.random[1] == pytest.approx(theirs.sd_eff_w_re_hksj, rel=0.01)


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=2, max_size=12))
def test_pooled_estimates_lie_among_the_studies(rows: list[tuple[float, float]]) -> None:
    y, v = [a for a, _ in rows], [b for _, b in rows]
    found = pool(y, v)
    for estimate in (found.fixed[0], found.random[0]):
        assert min(y) - 1e-9 <= estimate <= max(y) + 1e-9
    assert found.tau2 >= 0
    assert 0 <= found.i2 <= 100


def test_too_little_is_not_pooled() -> None:
    with pytest.raises(ValueError, match="at least two"):
        pool([1.0], [1.0])


@pytest.mark.parametrize(("up", "down", "p"), [(9, 0, 0.0039), (5, 1, 0.2188), (3, 3, 1.0)])
def test_the_sign_test_gives_the_published_values(up: int, down: int, p: float) -> None:
    found = sign_test(["up"] * up + ["down"] * down + ["side"] * 4)
    assert found.p == pytest.approx(p, abs=5e-5)
    assert found.side == 4


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_sign_test_is_the_exact_binomial_one(up: int, down: int) -> None:
    from scipy.stats import binomtest

    found = sign_test(["up"] * up + ["down"] * down)
    if up + down:
        exact = binomtest(up, up + down)
        assert found.p == pytest.approx(exact.pvalue)
        interval = exact.proportion_ci(method="wilson")
        assert (found.low, found.high) == (pytest.approx(interval.low, abs=1e-12), pytest.approx(interval.high, abs=1e-12))
    else:
        assert found.p is None


@pytest.mark.parametrize(
    ("directions", "one"),
    [
        (["up", "up", "up", "down"], "up"),
        (["up", "up", "down"], "side"),
        (["down"], "down"),
        ([], ""),
        (["", "up"], "up"),
        (["side", "side", "side"], "side"),
    ],
)
def test_several_outcomes_of_a_study_become_one_direction(directions: list[str], one: str) -> None:
    assert within_study(directions) == one


@pytest.mark.parametrize(
    ("text", "favourable", "direction"),
    [("RR 0.8 (0.5 to 1.4)", "lower", "up"), ("RR 0.8", "higher", "down"), ("SMD 0.2", "higher", "up"), ("MD 0", "higher", "side"), ("MD 3; worsens", "higher", "down"),
     ("RR 0.8", "either", ""), ("no clear change", "lower", "side")],
)  # fmt: skip
def test_directions_are_standardised_to_health(text: str, favourable: str, direction: str) -> None:
    assert standardised(effect(text), favourable) == direction
    assert direction_of("No clear change") == "side"


def test_an_interval_gives_a_variance() -> None:
    y, v = of_effect(effect("RR 0.85 (95% CI 0.72 to 1.01)"))
    assert y == pytest.approx(log(0.85))
    assert v**0.5 == pytest.approx((log(1.01) - log(0.72)) / 3.919928)
    assert of_effect(effect("MD 3.1 (SE 0.4)")) == (3.1, pytest.approx(0.16))
    with pytest.raises(ValueError, match="neither"):
        of_effect(effect("RR 0.85"))
