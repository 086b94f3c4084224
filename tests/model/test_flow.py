"""A flow exists only if it adds up."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import FlowError
from review.model.flow import Arm, Flow, total

small = st.integers(0, 500)
COUNTS = [f.name for f in fields(Arm) if f.name not in ("identified", "reasons")]


@st.composite
def arms(draw: st.DrawFn) -> Arm:
    """An arm built from its ends upwards, so that it adds up."""
    included, unassessed, lost, excluded, unscreened, duplicates = (draw(small) for _ in range(6))
    reasons = tuple((f"reason {n}", k) for n, k in enumerate(draw(st.lists(small, max_size=4))))
    assessed = included + total(reasons)
    sought = assessed + unassessed + lost
    screened = sought + excluded
    identified = screened + unscreened + duplicates
    part = draw(st.integers(0, identified))
    return Arm(
        identified=(("A", part), ("B", identified - part)), duplicates=duplicates, screened=screened, excluded=excluded, sought=sought, not_retrieved=lost,
        assessed=assessed, reasons=reasons, included=included, unscreened=unscreened, unassessed=unassessed,
    )  # fmt: skip


def flow_of(main: Arm, other: Arm) -> Flow:
    included = main.included + other.included
    waiting = (("something", 1),) if main.unscreened + main.unassessed + other.unscreened + other.unassessed else ()
    return Flow(databases=main.identified, main=main, other=other, included_reports=included, included_studies=included, waiting=waiting)


@given(arms(), arms())
def test_what_adds_up_exists(main: Arm, other: Arm) -> None:
    flow_of(main, other)


@given(arms(), arms(), st.sampled_from([n for n in COUNTS if n != "excluded_by_automation"]), st.integers(1, 9))
def test_one_number_off_and_it_does_not(main: Arm, other: Arm, name: str, by: int) -> None:
    flow = flow_of(main, other)
    with pytest.raises(FlowError):
        replace(flow, main=replace(main, **{name: getattr(main, name) + by}))


@given(arms(), st.integers(1, 9))
def test_automation_excluded_no_more_than_were_excluded(main: Arm, by: int) -> None:
    flow_of(replace(main, excluded_by_automation=main.excluded), Arm())
    with pytest.raises(FlowError, match="by automation"):
        flow_of(replace(main, excluded_by_automation=main.excluded + by), Arm())


@given(arms(), st.sampled_from([n for n in COUNTS if n != "joined"]))
def test_nothing_is_below_zero(main: Arm, name: str) -> None:
    with pytest.raises(FlowError, match="below zero"):
        flow_of(replace(main, **{name: -1}), Arm())


def test_the_message_has_the_numbers() -> None:
    with pytest.raises(FlowError, match="10 is not 9") as caught:
        flow_of(Arm(identified=(("A", 10),), screened=9, excluded=9), Arm())
    assert caught.value.exit_code == 4


def test_more_studies_than_reports_need_a_footnote() -> None:
    arm = Arm(identified=(("A", 1),), screened=1, sought=1, assessed=1, included=1)
    flow = Flow(databases=arm.identified, main=arm, other=Arm(), included_studies=2, included_reports=1, footnotes=("It tells of two.",))
    with pytest.raises(FlowError, match="2 studies"):
        replace(flow, footnotes=())


def test_unfinished_work_must_be_named() -> None:
    arm = Arm(identified=(("A", 1),), unscreened=1)
    with pytest.raises(FlowError, match="nothing is said to be waiting"):
        Flow(databases=arm.identified, main=arm, other=Arm())


def test_no_more_is_pooled_than_is_included() -> None:
    main = Arm(identified=(("A", 2),), screened=2, sought=2, assessed=2, included=2)
    flow = Flow(databases=main.identified, main=main, other=Arm(), included_studies=1, included_reports=2)
    assert replace(flow, pooled=(1, 2)).pooled == (1, 2)
    for pooled in ((2, 2), (1, 3)):
        with pytest.raises(FlowError, match="in the meta-analysis, more than are included"):
            replace(flow, pooled=pooled)
