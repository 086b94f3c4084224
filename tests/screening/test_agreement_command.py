"""`review agreement` as a user runs it, and what it must not tell."""

from __future__ import annotations

import pytest
from support import TITLES, Small

from review.screening.agreement_words import _value
from review.screening.coefficients import Coefficient


@pytest.mark.slow
def test_a_finished_review(finished: Small) -> None:
    found = finished.json("agreement")
    assert [(c["phase"], c["round"], c["who"]) for c in found] == [
        ("title-abstract", "all", ["AB", "CD"]),
        ("full-text", "all", ["AB", "CD"]),
    ]
    first = found[0]["comparison"]
    assert (first["compared"], first["maybes"]) == (7, 1)
    assert first["ways"][0]["cells"] == [5, 0, 1, 1]
    assert {"verdicts": ["include", "maybe"], "reports": 1} in first["verdicts"]
    told = finished("agreement", "--phase", "title-abstract").stdout
    assert "Ann B and Cas D" in told
    assert "maybe is a verdict of its own" in told
    assert "full-text" not in told


def test_a_report_that_waits_for_somebody_tells_nothing(filled: Small) -> None:
    filled.decide("AB", dict.fromkeys(TITLES, "include"))
    before = filled("agreement")
    assert before.stdout == ""
    assert "nothing to compare" in before.stderr
    filled.decide("CD", {TITLES[0]: "exclude"})
    assert filled.json("agreement")[0]["comparison"]["compared"] == 1


def test_a_phase_that_is_not_there(filled: Small) -> None:
    told = filled("agreement", "--phase", "abstracts", code=2)
    assert "no phase 'abstracts'" in told.stderr


def test_zero_has_no_sign() -> None:
    assert _value(Coefficient(value=-0.00001, low=-0.0001, high=-0.0001)) == "0.0000 (0.000 to 0.000)"
