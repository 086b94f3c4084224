"""Values of fields, effects first: read strictly, so that a slip shows."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.model.effect import Effect, effect, show
from review.model.extraction import Given
from review.model.protocol_evidence import FormField
from review.model.values import number, problem, same


@pytest.mark.parametrize(
    ("text", "measure", "value", "low", "high", "direction"),
    [
        ("RR 0.85 (0.72 to 1.01); improves", "RR", 0.85, 0.72, 1.01, "improves"), ("rr 0.85 [0.72, 1.01]", "RR", 0.85, 0.72, 1.01, ""),
        ("OR 1.2, 95% CI 1.0-1.5", "OR", 1.2, 1.0, 1.5, ""), ("SMD -0.2 (95% CI −0.4 to 0.0)", "SMD", -0.2, -0.4, 0.0, ""), ("12%", "", 12, None, None, ""),
        ("mean difference 3.5 (90% CI: 1 to 6)", "mean difference", 3.5, 1, 6, ""), ("improves", "", None, None, None, "improves"),
        ("HR=2.1 (1.1–3.9); favours comparator", "HR", 2.1, 1.1, 3.9, "worsens"),
    ],
)  # fmt: skip
def test_effects_as_people_write_them(text: str, measure: str, value: float, low: float, high: float, direction: str) -> None:
    found = effect(text)
    assert (found.measure, found.value, found.low, found.high, found.direction) == (measure, value, low, high, direction)
    assert effect(show(found)) == found


@pytest.mark.parametrize(
    ("text", "says"),
    [("RR 0.85 (0.9 to 1.1)", "does not hold"), ("RR 1 (1.2 to 0.8)", "backwards"), ("OR -1", "below zero"), ("better than before", "is not an effect"),
     ("RR 0.8; sideways", "a direction is one of"), ("", "is not an effect")],
)  # fmt: skip
def test_a_slip_is_told(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        effect(text)


@given(
    st.sampled_from(["RR", "OR", "SMD", ""]), st.floats(0.01, 100), st.floats(0, 5), st.floats(0, 5), st.sampled_from(["", "improves", "mixed", "worsens"]),
)  # fmt: skip
def test_an_effect_is_read_as_it_is_shown(measure: str, value: float, down: float, up: float, direction: str) -> None:
    value = round(value, 3)
    low = round(max(value - down, 0.0 if measure in ("RR", "OR") else -10.0), 3)
    found = Effect(measure=measure, value=float(f"{value:g}"), low=float(f"{low:g}"), high=float(f"{value + up:g}"), direction=direction)
    if found.low <= found.value <= found.high:  # type: ignore[operator]
        assert effect(show(found)) == found


@given(st.text(max_size=30))
def test_any_text_is_an_effect_or_told_why_not(text: str) -> None:
    with suppress(ValueError):
        assert effect(text)


@pytest.mark.parametrize(
    ("text", "good"),
    [("1,200", True), ("1,2", False), ("-3.5", True), ("nan", False), ("inf", False), ("12 people", False), ("", False), ("1e3", True)],
)
def test_numbers(text: str, good: bool) -> None:
    field = FormField(id="n", label="N", type="number", unit="people")
    assert (problem(field, text) == "") == good
    if good:
        number(text)


@pytest.mark.parametrize(
    ("text", "good"), [("2019-02-29", False), ("2020-02-29", True), ("2019-13", False), ("2019-5", False), ("2019", True)]
)
def test_dates_are_those_of_the_calendar(text: str, good: bool) -> None:
    assert (problem(FormField(id="d", label="D", type="date"), text) == "") == good


def test_numbers_agree_within_their_tolerance() -> None:
    field = FormField(id="n", label="N", type="number", tolerance=2)
    assert same(field, Given(by="A", value="100"), Given(by="B", value="102"))
    assert not same(field, Given(by="A", value="100"), Given(by="B", value="102.5"))
    assert not same(field, Given(by="A", value="100"), Given(by="B", missing="NR"))
