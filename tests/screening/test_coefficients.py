"""Coefficients for any number of raters: against the krippendorff library, statsmodels, published examples and figures of irrCAC."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.model.screening import Vote
from review.screening.agreement import ORDER, compare, kappa_of, missed
from review.screening.coefficients import (
    bootstrap,
    brennan_prediger,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    ordinal_alphas,
    patterns,
)

FUNCTIONS = {
    "gwet": gwet_ac1,
    "fleiss": fleiss_kappa,
    "krippendorff": krippendorff_alpha,
    "conger": conger_kappa,
    "bp": brennan_prediger,
}
# Made-up ratings with and without gaps, and what irrCAC 0.4.4 (Python, from Gwet's R package) says of them: value, standard error, p_o, p_e.
CASES = json.loads((Path(__file__).parent / "irrcac.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{len(c['ratings'][0])} raters, {len(c['categories'])} verdicts")
@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_figures_of_irrcac(case: dict, name: str) -> None:
    found = FUNCTIONS[name](patterns([tuple(r) for r in case["ratings"]]), case["categories"])
    assert [found.value, found.error, found.observed, found.chance] == pytest.approx(case[name], abs=1e-9)


def test_the_interval_takes_students_t() -> None:
    found = gwet_ac1(patterns([("a", "a")] * 5 + [("a", "b"), ("b", "b")] * 4), ("a", "b"))
    assert found.value - found.low == pytest.approx(2.1788128296672284 * found.error, abs=1e-9)  # 12 degrees of freedom


verdict = st.sampled_from([*ORDER, ""])
some_ratings = st.integers(2, 5).flatmap(lambda raters: st.lists(st.tuples(*[verdict] * raters), min_size=1, max_size=40))


@pytest.mark.parametrize("level", ["nominal", "ordinal"])
@given(rated=some_ratings)
def test_alpha_is_that_of_krippendorff(level: str, rated: list[tuple[str, ...]]) -> None:
    import krippendorff
    import numpy as np

    found = krippendorff_alpha(patterns(rated), ORDER, ordinal=level == "ordinal").value
    data = np.array([[ORDER.index(v) if v else np.nan for v in r] for r in rated]).T
    pairable = {v for r in rated if sum(map(bool, r)) >= 2 for v in r if v}
    if len(pairable) < 2:
        assert found is None
        return
    oracle = krippendorff.alpha(reliability_data=data, level_of_measurement=level, value_domain=list(range(3)))
    assert found == pytest.approx(oracle, abs=1e-9)


@pytest.mark.slow  # statsmodels takes seconds to load
@given(st.integers(2, 5).flatmap(lambda raters: st.lists(st.tuples(*[st.sampled_from(ORDER)] * raters), min_size=1, max_size=40)))
def test_kappas_are_those_of_statsmodels(rated: list[tuple[str, ...]]) -> None:
    from statsmodels.stats.inter_rater import cohens_kappa
    from statsmodels.stats.inter_rater import fleiss_kappa as oracle

    counts = [[r.count(c) for c in ORDER] for r in rated]
    found = fleiss_kappa(patterns(rated), ORDER).value
    if found is None:
        assert sum(any(row[k] for row in counts) for k in range(3)) == 1
    else:
        assert found == pytest.approx(oracle(counts), abs=1e-9)
    if len(rated[0]) == 2:
        table = Counter(rated)
        square = [[table[x, y] for y in ORDER] for x in ORDER]
        kappa = kappa_of(square)
        if kappa.value is not None:
            theirs = cohens_kappa(square)
            assert kappa.value == pytest.approx(theirs.kappa, abs=1e-9)
            assert kappa.error**2 == pytest.approx(max(theirs.var_kappa, 0), abs=1e-9)
            assert conger_kappa(patterns(rated), ORDER).value == pytest.approx(kappa.value, abs=1e-9)


def test_krippendorffs_own_example_with_gaps() -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability 2011, example C: four observers, twelve units, nominal α = 0.743."""
    rows = ("1 2 3 3 2 1 4 1 2 - - -", "1 2 3 3 2 2 4 1 2 5 - 3", "- 3 3 3 2 3 4 2 2 5 1 -", "1 2 3 3 2 4 4 1 2 5 1 -")
    rated = [tuple("" if v == "-" else v for v in unit) for unit in zip(*(r.split() for r in rows), strict=True)]
    assert krippendorff_alpha(patterns(rated), "12345").value == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(patterns(rated), "12345", ordinal=True).value == pytest.approx(0.815, abs=5e-4)


def test_fleiss_own_example() -> None:
    """Fleiss 1971 as Wikipedia works it: ten subjects, fourteen raters, five categories, κ = 0.210."""
    counts = (
        "0 0 0 0 14",
        "0 2 6 4 2",
        "0 0 3 5 6",
        "0 3 9 2 0",
        "2 2 8 1 1",
        "7 7 0 0 0",
        "3 2 6 3 0",
        "2 5 3 2 2",
        "6 5 2 1 0",
        "0 2 2 3 7",
    )
    rated = [tuple(c for c, n in zip("12345", row.split(), strict=True) for _ in range(int(n))) for row in counts]
    assert fleiss_kappa(patterns(rated), "12345").value == pytest.approx(0.210, abs=5e-4)


def test_the_bootstrap_is_the_same_twice_and_holds_the_value() -> None:
    table = patterns([("include", "include")] * 20 + [("include", "exclude")] * 5 + [("exclude", "exclude")] * 60)
    verdicts = ("exclude", "include")  # with two of them the ordinal α is the nominal one

    def alphas(order: Sequence[tuple[str, ...]], drawn: Any) -> Any:
        return ordinal_alphas(order, drawn, verdicts)

    low, high = bootstrap(table, alphas, 7) or (0.0, 0.0)
    assert (low, high) == bootstrap(table, alphas, 7)
    analytic = krippendorff_alpha(table, verdicts)
    assert low == pytest.approx(analytic.low, abs=0.06)
    assert high == pytest.approx(analytic.high, abs=0.06)
    assert bootstrap(patterns([("include", "include")]), alphas, 7) is None


@given(st.lists(st.tuples(*[st.sampled_from(["", "exclude", "maybe", "include"])] * 3), min_size=1, max_size=30))
def test_many_ordinal_alphas_at_once_are_those_of_each(rated: list[tuple[str, ...]]) -> None:
    categories = ("exclude", "maybe", "include")
    table = patterns(rated)
    order = sorted(table)
    drawn = np.array([[table[r] for r in order], [1] * len(order)]).reshape(2, len(order))
    if not order:
        return
    found = ordinal_alphas(order, drawn, categories)
    for value, counts in zip(found, drawn, strict=True):
        one = krippendorff_alpha(dict(zip(order, counts.tolist(), strict=True)), categories, ordinal=True).value
        assert np.isnan(value) if one is None else value == pytest.approx(one, abs=1e-12)


def test_prevalence_moves_kappa_as_the_words_say() -> None:
    """Two raters with sensitivity 0.90 and specificity 0.95: what `agreement_words` tells its reader."""
    for prevalence, kappa, ac1 in ((0.5, 0.72, 0.73), (0.01, 0.13, 0.89)):
        n = 1_000_000
        both = prevalence * 0.9 * 0.9 + (1 - prevalence) * 0.05 * 0.05
        one = prevalence * 0.9 * 0.1 + (1 - prevalence) * 0.05 * 0.95
        table = Counter(
            {("include", "include"): round(n * both), ("include", "exclude"): round(n * one), ("exclude", "include"): round(n * one)}
        )
        table["exclude", "exclude"] = n - table.total()
        assert conger_kappa(table, ("exclude", "include")).value == pytest.approx(kappa, abs=5e-3)
        assert gwet_ac1(table, ("exclude", "include")).value == pytest.approx(ac1, abs=5e-3)


def test_chapman() -> None:
    """Chapman 1951: (n₁+1)(n₂+1)/(m+1) − 1, of which those that either found are not missed."""
    assert missed(14, 3, 3) == pytest.approx(18 * 18 / 15 - 1 - 20)
    assert missed(0, 0, 0) is None
    assert missed(5, 0, 0) == 0


def test_nobody_and_nothing() -> None:
    assert gwet_ac1({}, ORDER).value is None
    assert conger_kappa({}, ORDER).value is None
    found = compare({"A": {}, "B": {}}, ["r"])
    assert (found.compared, found.without) == (0, 1)
    assert found.way("own").kappa.value is None


def test_each_report_is_counted_once_also_where_one_person_has_two_verdicts_on_it() -> None:
    yes, no = (Vote(by="A", verdict=verdict, id=verdict) for verdict in ("include", "exclude"))
    found = compare({"A": {"r": (yes,), "s": (yes, no), "t": (yes, no)}, "B": {"r": (yes,), "s": (no,), "u": (no,)}}, "rstuv")
    assert (found.compared, found.twice, found.single, found.without) == (1, 2, 1, 1)
