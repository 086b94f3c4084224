"""What the protocol states is in every form of the report."""

from __future__ import annotations

import pytest
from material import SEARCHES, both, material, protocol

from review.model.protocol_parts import ReportLimits, YearLimit
from review.report import stated
from review.report.paper import blocks
from review.report.render import HEADINGS, render
from review.report.view import View, view

LIMITS = ["Years: 1999 to now, because it began then.", "Languages: Danish.", "Countries: Denmark and Norway.", "Publication status: any."]


@pytest.fixture(scope="module")
def seen() -> View:
    plain = protocol()
    reports = ReportLimits(
        years=YearLimit(first=1999, because="It began then."), languages=("dan",), countries="Denmark and Norway", publication_status="any."
    )
    first = plain.team[0].model_copy(update={"guarantor": True, "orcid": "0000-0002-1825-0097", "roles": ("Conceptualization",)})
    changes = {
        "eligibility": plain.eligibility.model_copy(update={"reports": reports}),
        "review": plain.review.model_copy(update={"supersedes": "towns-2011"}),
        "team": (first, *plain.team[1:]),
        "dissemination": "A summary for the towns.",
    }
    m = material((both("1", "include", 1),), (both("1", "include", 2),), protocol=plain.model_copy(update=changes))
    return view(m, SEARCHES, name="x", digest="d" * 64, rules=(), missing=(), version="0")


def test_what_bounds_eligibility(seen: View) -> None:
    assert list(stated.limits(seen.protocol)) == LIMITS
    made = render(seen)
    paper = _on_paper(seen)
    for text in LIMITS:
        assert all(text in whole for whole in (made["report.html"], made["report.md"], paper))


def test_who_answers_for_it_what_it_updates_and_who_is_told(seen: View) -> None:
    page, paper = render(seen)["report.html"], _on_paper(seen)
    for text in ("(ORCID 0000-0002-1825-0097)", "Conceptualization, guarantor", "Updates towns-2011", "A summary for the towns."):
        assert text in page
        assert text in paper


def test_nothing_is_said_where_nothing_is_stated() -> None:
    plain = protocol()
    bare = plain.model_copy(update={"eligibility": plain.eligibility.model_copy(update={"reports": ReportLimits()})})
    assert not list(stated.limits(bare))
    assert stated.roles(plain.team[1].model_copy(update={"roles": (), "guarantor": False})) == ""


def _on_paper(seen: View) -> str:
    """What Word and PDF are laid out from."""
    return repr(list(blocks(seen, HEADINGS)))
