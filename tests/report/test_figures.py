"""Plots as figures: what each shows in words, and when there is one."""

from __future__ import annotations

from xml.etree import ElementTree

from test_evidence_tables import effects, evidence, protocol

from review.model.protocol import Protocol
from review.report import figures as module
from review.report.figures import figures

__all__ = ["protocol"]


def test_a_figure_says_what_it_shows_and_is_not_there_without_something_to_show(protocol: Protocol) -> None:
    assert figures(evidence(protocol)) == ()
    given = effects(
        ("a:0", "health", "improves", "RR 0.8 (0.6 to 0.9)"),
        ("a:1", "health", "worsens", "RR 1.2 (1.1 to 1.4)"),
        ("a:2", "health", "improves", ""),
    )
    given += [("a:0", "own", f, v, "") for f, v in (("A", "Low"), ("B", "High"), ("overall", "High"))]
    given += [("a:0", "Q2", "progress_dimension", "education", ""), ("a:0", "Q2", "progress_gradient", "narrows", "")]
    found = {f.name: f for f in figures(evidence(protocol, *given))}
    assert list(found) == ["summary-own", "traffic-light-own", "effect-direction-Q2", "harvest-Q2", "forest-Q2"]
    assert found["summary-own"].said == "Aim: Low 1. Bias: High 1. Overall: High 1."
    assert found["effect-direction-Q2"].said == "health: of 3 studies, 2 better, 1 worse."
    assert found["harvest-Q2"].said == "education: narrows inequality 1."
    assert found["forest-Q2"].said.startswith("health, RR: 2 studies, random effects ")
    for figure in found.values():
        assert ElementTree.fromstring(figure.svg).findtext("{http://www.w3.org/2000/svg}desc") == figure.said


def test_a_page_has_no_room_for_hundreds_of_rows(protocol: Protocol, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(module, "MOST", 1)
    given = effects(("a:0", "health", "improves", "RR 0.8 (0.6 to 0.9)"), ("a:1", "health", "worsens", "RR 1.2 (1.1 to 1.4)"))
    given += [(f"a:{n}", "own", "A", "Low", "") for n in (0, 1)]
    (summary,) = figures(evidence(protocol, *given))
    assert summary.name == "summary-own"
    assert summary.caption.endswith("too many for a figure, stand in the table.")


def test_a_set_that_a_design_is_not_asked_does_not_break_its_summary(protocol: Protocol) -> None:
    given = [("a:0", "MMAT-2018", "category", "1 Qualitative", ""), ("a:0", "MMAT-2018", "S1", "Yes", "")]
    given += [("a:1", "MMAT-2018", "category", "3 Non-randomised", ""), ("a:1", "MMAT-2018", "q3_1", "No", "")]
    found = {f.name: f for f in figures(evidence(protocol, *given))}
    assert "3.1" in found["summary-MMAT-2018"].said
    assert "2.1 " not in found["traffic-light-MMAT-2018"].svg
