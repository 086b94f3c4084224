"""PubMed's filters: those that stand for fields are translated and searched as these."""

from __future__ import annotations

import pytest

from review.query import parse
from review.query.filters import equivalent
from review.query.render import render, render_node
from review.query.translate import translate
from review.query.tree import NOWHERE


@pytest.mark.parametrize(
    ("name", "pubmed"),
    [
        ("humans", '"Humans"[mh]'),
        ("english", "english[la]"),
        ("clinicaltrial", '"clinical trial"[pt]'),
        ("Randomized Controlled Trial", '"randomized controlled trial"[pt]'),
        ("meta-analysis", '"meta-analysis"[pt]'),
        ("allchild", '"Infant"[mh] OR "Child"[mh] OR "Adolescent"[mh]'),
        ("fha", "hasabstract"),
        ("child", '"Child"[mh:noexp]'),
    ],
)
def test_what_a_filter_stands_for(name: str, pubmed: str) -> None:
    node = equivalent(name, NOWHERE)
    assert node is not None
    assert render_node(node, "pubmed") == pubmed


@pytest.mark.parametrize("name", ["systematicreview", "free full text", "ffrft", "systematic", "therapy/broad", "medline", "nonsense"])
def test_what_lives_at_ncbi_stands_for_nothing(name: str) -> None:
    assert equivalent(name, NOWHERE) is None


def test_in_ovid() -> None:
    made = translate(parse("asthma[mh] AND humans[filter] AND (english[filter] OR french[filter]) AND ffrft[filter]"), "ovid")
    assert render(made.strategy) == "exp asthma/ and exp Humans/ and (english.la. or french.la.)\n"
    assert [c.what for c in made.changes] == ["'ffrft'[sb] has no translation"]
