"""Agreement, against statsmodels and a published review."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from review.model.screening import Vote
from review.screening.agreement import agreement, cohen_kappa

cell = st.integers(0, 2000)


@pytest.mark.slow  # statsmodels takes seconds to load
@given(cell, cell, cell, cell)
def test_kappa_and_its_interval_are_those_of_statsmodels(a: int, b: int, c: int, d: int) -> None:
    from statsmodels.stats.inter_rater import cohens_kappa

    kappa, low, high = cohen_kappa(a, b, c, d)
    n = a + b + c + d
    if kappa is None:
        assert n == 0 or (b == c == 0 and (a == 0 or d == 0))
        return
    oracle = cohens_kappa([[a, b], [c, d]])
    assert kappa == pytest.approx(oracle.kappa, abs=1e-9)
    assume(oracle.var_kappa >= 0)
    assert low == pytest.approx(max(oracle.kappa_low, -1), abs=1e-6)
    assert high == pytest.approx(min(oracle.kappa_upp, 1), abs=1e-6)


def test_a_published_review() -> None:
    """Sensorineural hearing loss phenotypes (doi 10.5281/zenodo.12654242): 14 both, 3 and 3, 1,478; κ = 0.8215."""
    kappa, _, _ = cohen_kappa(14, 3, 3, 1478)
    assert kappa == pytest.approx(0.8215, abs=5e-5)


def votes(**verdicts: str) -> dict[str, tuple[Vote, ...]]:
    return {k: tuple(Vote(by="X", verdict=v) for v in text.split("/")) for k, text in verdicts.items()}


def test_only_what_both_decided_counts() -> None:
    first = votes(a="include", b="exclude", c="maybe", d="include", e="include/exclude")
    second = votes(a="include", b="include", c="exclude", e="include", f="exclude")
    found = agreement("A", "B", first, second)
    assert (found.both_in, found.first_only, found.second_only, found.both_out) == (1, 1, 1, 0)
    assert found.maybes == 1
    assert found.n == 3


def test_one_verdict_only_has_no_kappa() -> None:
    found = agreement("A", "B", votes(a="exclude"), votes(a="exclude"))
    assert found.kappa is None
    assert found.percent == 100
