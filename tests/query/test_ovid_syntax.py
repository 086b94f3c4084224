"""Ovid MEDLINE syntax: what is read, its precedence, and that printing loses nothing."""

import pytest
from hypothesis import given
from trees import ovid_leaves

from review.query import expand, parse
from review.query.render import render_node
from review.query.tree import Boolean, Joint, Limit, LineRange, Mesh, Node, Op, Proximity, Tagged, Text


def one(text: str) -> Node:
    strategy = parse(text, "ovid")
    assert strategy.whole, strategy.problems
    tree = strategy.lines[0].tree
    assert tree is not None
    return tree


@given(ovid_leaves)
def test_what_is_printed_is_read_as_the_same_tree(tree: Node) -> None:
    text = render_node(tree, "ovid")
    assert one(text) == tree, text


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("asthma.tw.", Text, "asthma.tw."),
        ("kala-azar.ti,ab", Text, "kala-azar.ti,ab."),
        ("(asthma). tw.", Text, "asthma.tw."),
        ("wom#n.ti, ab.", Text, "wom#n.ti,ab."),
        ("colo?r$3.mp.", Text, "colo?r*3.mp."),
        ("osteoarthr:.tw.", Text, "osteoarthr*.tw."),
        ('"65 and over".tw.', Text, '"65 and over".tw.'),
        ('"A. flavus".ti.', Text, '"A. flavus".ti.'),
        ("exp Asthma/", Mesh, "exp Asthma/"),
        ("Asthma/di, th [Diagnosis, Therapy]", Mesh, "Asthma/di, th"),
        ("exp *Asthma/", Mesh, "exp *Asthma/"),
        ('exp "sensitivity and specificity"/', Mesh, 'exp "sensitivity and specificity"/'),
        ("delivery, obstetric/", Mesh, "delivery, obstetric/"),
        ("animals.sh.", Mesh, "animals/"),
        ("drug therapy.fs.", Text, "dt.fs."),
        ("(self adj3 care).tw.", Proximity, "(self adj3 care).tw."),
        ("observer adj variation$.tw.", Proximity, "(observer adj variation*).tw."),
        ("(a or b).tw.", Tagged, "(a or b).tw."),
        ("cancer.ab. /freq=3", Limit, "cancer.ab. /freq=3"),
    ],
)
def test_shapes(text: str, kind: type, shown: str) -> None:
    tree = one(text)
    assert isinstance(tree, kind)
    assert render_node(tree, "ovid") == shown


def test_precedence() -> None:
    tree = one("a or b and c not d or e adj2 f")
    assert isinstance(tree, Boolean)
    assert tree.operator is Op.OR
    assert isinstance(tree.operands[1], Boolean)
    assert tree.operands[1].operators == (Op.AND, Op.NOT)
    assert tree.operands[2] == Proximity(tree.operands[2].operands, (Joint(1),))  # type: ignore[union-attr]


def test_a_chain_of_adj() -> None:
    tree = one("(a adj b adj1 c adj5 d).tw.")
    assert isinstance(tree, Proximity)
    assert tree.joints == (Joint(0, ordered=True), Joint(0), Joint(4))


def test_limits() -> None:
    strategy = parse(
        'asthma/\nlimit 1 to (english language and yr="1990 -Current")\nLimit 2 to humans\nremove duplicates from 3\n4 use ppez', "ovid"
    )
    assert strategy.whole, strategy.problems
    conditions = [line.tree.conditions for line in strategy.lines if isinstance(line.tree, Limit)]
    assert conditions == [("english language", 'yr="1990 -current"'), ("humans",), ("remove duplicates",), ("use ppez",)]
    assert render_node(strategy.lines[1].tree, "ovid") == 'limit 1 to (english language and yr="1990 -current")'  # type: ignore[arg-type]


def test_lines_are_counted_where_they_have_no_numbers() -> None:
    strategy = parse("exp asthma/\nwheez$.tw.\nor/1-2\n3 and child/\nand/3-4", "ovid")
    assert strategy.final == "5"
    assert strategy.lines[2].tree == LineRange(Op.OR, (("1", "2"),))
    assert strategy.whole


def test_group_fields_are_handed_down() -> None:
    tree = expand(parse("(a or b.ti. or (c adj2 d)).tw.", "ovid"))
    assert render_node(tree, "ovid") == "a.tw. or b.ti. or (c adj2 d).tw."
    assert render_node(expand(parse("(animals not (humans and animals)).sh.", "ovid")), "ovid") == "animals/ not (humans/ and animals/)"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(a or b.tw.", "S02"),
        ("a or or b", "S05"),
        ("asthma/di,qq", "S11"),
        (".tw.", "S07"),
        ("a/\n(1 or 1).tw.", "S07"),
        ("a/\n1 or 7", "S09"),
    ],
)
def test_errors(text: str, code: str) -> None:
    strategy = parse(text, "ovid")
    assert [p.code for p in strategy.problems if p.fatal] == [code]


def test_the_short_form_of_limit() -> None:
    short = parse("1. heart.ti.\n2. ..l/ 1 yr=2010-2020\n", "ovid")
    assert not short.problems
    assert short.lines[1].tree == parse("1. heart.ti.\n2. limit 1 to yr=2010-2020\n", "ovid").lines[1].tree
