"""Stopping: the formulae against scipy and against their definitions; a certificate that keeps its word; a stop in a review."""

from __future__ import annotations

import random
import re
from math import floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support import TITLES, Small

from review.screening.stop_state import drawn_order
from review.screening.stopping import allowed, certificate, controls_needed, hyper_cdf, hypergeometric_p, price, recall_at_least


@given(st.integers(1, 5000), st.data())
def test_the_distribution_is_scipys(population: int, data: st.DataObject) -> None:
    from scipy.stats import hypergeom

    successes, draws = data.draw(st.integers(0, population)), data.draw(st.integers(0, population))
    x = data.draw(st.integers(-1, min(successes, draws) + 1))
    assert hyper_cdf(x, population, successes, draws) == pytest.approx(hypergeom.cdf(x, population, successes, draws), abs=1e-9)


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(0, 200), st.sampled_from([0.8, 0.9, 0.95]))
def test_p_is_the_smallest_over_all_numbers_of_last_records(found: list[bool], unread: int, recall: float) -> None:
    """The definition, term by term (Callaghan & Müller-Hansen 2020); the function itself looks only where the smallest can be."""
    assume(any(found) and unread)
    n, r = len(found), sum(found)
    smallest = 1.0
    for s in range(1, n + 1):
        x = sum(found[n - s :])
        successes, population = floor(r / recall + 1e-9) + 1 - (r - x), unread + s
        smallest = min(smallest, hyper_cdf(x, population, successes, s) if successes <= population else 0.0)
    assert hypergeometric_p(found, n + unread, recall) == pytest.approx(smallest, abs=1e-12)


def test_p_at_the_ends() -> None:
    assert hypergeometric_p([], 10) == 1
    assert hypergeometric_p([False] * 9, 10) == 1
    assert hypergeometric_p([True] * 10, 10) == 0
    assert hypergeometric_p([True] * 20 + [False] * 400, 1000) < hypergeometric_p([True] * 20 + [False] * 200, 1000) < 1


def test_the_price_of_a_certificate() -> None:
    """A sample without a find certifies after about 1 − level^(1/(a+1)) of the unread, a = ⌊r(1−τ)/τ⌋, at the level for no find, α/2."""
    for found in (10, 40, 100, 200):
        share = price(found, 100_000) / 100_000
        assert share == pytest.approx(1 - 0.025 ** (1 / (allowed(found, 0.95) + 1)), abs=1e-3)
    assert price(10, 500) < price(10, 500, finds=1) <= 500


def test_a_certificate_that_needs_no_sample() -> None:
    assert certificate([], found=100, unread=3).certified  # five may be missed
    assert not certificate([], found=10, unread=1).certified
    assert certificate([False], found=10, unread=1).certified


@given(st.lists(st.booleans(), max_size=40), st.integers(1, 200), st.integers(0, 100))
def test_what_is_needed_is_what_is_needed(sample: list[bool], found: int, more: int) -> None:
    unread = len(sample) + more
    now = certificate(sample, found, unread)
    if now.certified:
        assert now.needs is None
        return
    assert now.needs is not None
    assert now.sampled < now.needs <= unread
    rest = [False] * (now.needs - len(sample))
    assert certificate([*sample, *rest], found, unread).certified
    assert not certificate([*sample, *rest[:-1]], found, unread).certified


def wrong(runs: int, seed: int) -> float:
    """How often a certificate is wrong over reviews whose recall is just below the target, where it is hardest."""
    rng = random.Random(seed)
    false = 0
    for _ in range(runs):
        found = rng.randint(1, 300)
        hidden = allowed(found, 0.95) + 1 + rng.choice((0, 0, 0, 1, 2, 5, 20))  # below target when the sample begins
        unread = hidden + rng.randint(0, 1500)
        marks = [True] * hidden + [False] * (unread - hidden)
        rng.shuffle(marks)
        x = 0
        for m in range(unread + 1):
            x += marks[m - 1] if m else 0
            if certificate_at(m, x, found, unread):
                false += (found + x) / (found + hidden) < 0.95 - 1e-12
                break
    return false / runs


def certificate_at(m: int, x: int, found: int, unread: int) -> bool:
    return m >= price(found, unread, finds=x)


def test_a_certificate_is_seldom_wrong() -> None:
    assert wrong(400, 1) <= 0.08


@pytest.mark.slow
def test_a_certificate_is_wrong_in_one_of_twenty_at_most() -> None:
    """10,000 simulated reviews, each just below the target."""
    assert wrong(10_000, 2) <= 0.05


def test_a_bound_of_recall() -> None:
    assert recall_at_least(50, 0, 200, 200) == 1
    assert recall_at_least(50, 0, 0, 100) == pytest.approx(50 / 150)
    bound = recall_at_least(50, 1, 300, 1000)
    assert 0.7 < bound < 0.95
    assert recall_at_least(0, 0, 10, 10) == 1


def test_controls() -> None:
    """Lewis, Yang & Frieder 2021: 59 controls are the fewest for 0.95 and 0.95."""
    assert controls_needed(58) is None
    assert controls_needed(59) == 59
    assert controls_needed(200) == 196


def test_the_draw_can_be_checked() -> None:
    assert drawn_order("seed", ["a", "b", "c"]) == drawn_order("seed", ["c", "a", "b"])
    orders = {tuple(drawn_order(str(n), ["a", "b", "c"])) for n in range(100)}
    assert len(orders) == 6


class TestStop:
    @pytest.mark.slow
    def test_what_is_told_before_and_after(self, filled: Small) -> None:
        filled.decide("AB", {TITLES[0]: "include", TITLES[1]: "exclude"})
        told = filled("stop", "--as", "AB").stdout
        assert "2 of 7 read, 1 relevant" in told
        assert "not a guarantee" in told
        assert "37 %" in told
        assert "5 are left; a stop is not suggested: review stop --as AB" in filled("status", "--as", "AB").stdout
        found = filled.json("stop", "--as", "AB", "--why", "time is up")
        assert "5 stay unread; you stopped on" in filled("status", "--as", "AB").stdout
        assert (found["left"], found["stopped"]) == (5, "time is up")
        assert "has stopped" in filled("screen", "--as", "AB", "--plain", code=1, input="").stderr
        assert "has stopped already" in filled("stop", "--as", "AB", "--why", "again", code=1).stderr
        filled("run")
        waits = filled("status")
        assert "--as CD" in waits.stdout + waits.stderr
        assert "--as AB" not in waits.stdout + waits.stderr
        assert re.search(r"AB stopped on \d{4}-\d\d-\d\d with 5 unread: time is up", waits.stdout)
        filled("stop", "--as", "AB", "--resume")
        assert filled.json("stop", "--as", "AB")["stopped"] is None

    def test_what_is_not_screened_is_counted_as_that(self, filled: Small) -> None:
        for who in ("AB", "CD"):
            filled.decide(who, {TITLES[0]: "exclude", TITLES[1]: "exclude"})
            filled("stop", "--as", who, "--why", "nothing more is likely")
        filled("run")
        report = (filled.reports / "report.md").read_text(encoding="utf-8")
        assert re.search(r"records not screened, since screening was stopped \| \[4\]", report)
        assert "await title/abstract decisions" not in report
        assert "nothing more is likely" in report
        assert "AB stopped on" in report

    def test_a_sample_is_read_as_drawn(self, filled: Small) -> None:
        filled.decide("AB", {TITLES[0]: "include"})
        filled("stop", "--as", "AB", "--sample")
        assert "drawn already" in filled("stop", "--as", "AB", "--sample", code=1).stderr
        filled.decide("AB", dict.fromkeys((*TITLES[1:], "A guide for town halls"), "exclude"))
        found = filled.json("stop", "--as", "AB")
        assert found["sample"] == {"unread": 6, "read": 6, "relevant": 0}
        assert "Certified" in " ".join(found["certificate"])


def test_sentences_at_the_ends() -> None:
    """With everything read there is nothing to suggest; a price is never nothing, nor less with a find than without."""
    from review.screening.stop_state import Reading
    from review.screening.stop_words import certificate_sentences, p_sentence, suggestion

    whole = Reading(3, (True, False, False))
    assert "All records have been read" in p_sentence(whole, 0.95)
    assert not suggestion(whole, 0.95)[0]
    assert "1 more record, drawn" in certificate_sentences(Reading(3, (True, False)), 0.95, 0.95)[0]
    assert "for certain" in certificate_sentences(Reading(205, (True,) * 200 + (False,) * 2), 0.95, 0.95)[0]
