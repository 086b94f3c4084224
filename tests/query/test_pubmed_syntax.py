"""PubMed syntax: what is read, with which places, and that printing loses nothing."""

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from trees import pubmed_trees

from review.query import QueryError, detect_syntax, expand, order, parse
from review.query.render import render, render_node
from review.query.tree import Boolean, DateRange, Line, LineRange, LineRef, LoneNot, Mesh, Node, Op, Proximity, Strategy, Tagged, Text, walk


def one(text: str) -> Node:
    strategy = parse(text, "pubmed")
    assert strategy.whole, strategy.problems
    tree = strategy.lines[0].tree
    assert tree is not None
    return tree


@given(pubmed_trees)
def test_what_is_printed_is_read_as_the_same_tree(tree: Node) -> None:
    first = parse("asthma[mh]").lines[0].tree
    text = render(Strategy((Line("1", first), Line("2", first), Line("3", tree)), "pubmed", "3"))
    strategy = parse(text, "pubmed")
    assert strategy.whole, (text, strategy.problems)
    assert strategy.lines[2].tree == tree, text


@given(st.text(alphabet='ab (()[]"“”*#/:~0123ANDORT\n,.', max_size=60))
@example('0“#0"')
@example("0[]//")
@example("(;;)")
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    for syntax in ("pubmed", "ovid", ""):
        strategy = parse(text, syntax)
        for problem in strategy.problems:
            assert problem.message
            assert problem.mend
        if strategy.whole:
            again = parse(render(strategy), strategy.syntax)
            assert again.whole, (text, render(strategy), again.problems)


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ('"lung cancer"[tiab]', Text, '"lung cancer"[tiab]'),
        ("lung cancer [ Title/Abstract ]", Text, "lung cancer[tiab]"),
        ("“lung cancer”[TIAB]", Text, '"lung cancer"[tiab]'),
        ("breast feed*[tw]", Text, "breast feed*[tw]"),
        ('"a b"[tiab:~3]', Proximity, '"a b"[tiab:~3]'),
        ('"a b"[Title/Abstract:~3]', Proximity, '"a b"[tiab:~3]'),
        ("asthma[mh:noexp]", Mesh, '"asthma"[mh:noexp]'),
        ("Asthma[MeSH Major Topic:NoExp]", Mesh, '"Asthma"[majr:noexp]'),
        ('"Asthma/drug therapy"[mh]', Mesh, '"Asthma/drug therapy"[mh]'),
        ('"Asthma/dt"[mh]', Mesh, '"Asthma/drug therapy"[mh]'),
        ("2010:2020[dp]", DateRange, "2010:2020[dp]"),
        ('"2010/1/1"[edat] : "2010/06/30"[edat]', DateRange, "2010/01/01:2010/06/30[edat]"),
        ('"2000/01/01"[Date - Publication] : "3000"[Date - Publication]', DateRange, "2000/01/01:3000[dp]"),
        ("1990 : 2000 [pdat]", DateRange, "1990:2000[dp]"),
        ("1:500[uid]", DateRange, "1:500[pmid]"),
        ("medline[sb]", Text, "medline[sb]"),
        ("smith j[au]", Text, "smith j[au]"),
        ("prevention and control[sh]", Text, "prevention and control[sh]"),
        ("NOT asthma[mh]", LoneNot, 'NOT "asthma"[mh]'),
        ("(a OR b)[tiab]", Tagged, "(a OR b)[tiab]"),
        ("((((asthma[ti]))))", Text, "asthma[ti]"),
    ],
)  # fmt: skip
def test_shapes(text: str, kind: type, shown: str) -> None:
    tree = one(text)
    assert isinstance(tree, kind)
    assert render_node(tree, "pubmed") == shown


def test_operators_go_from_left_to_right_in_any_case() -> None:
    tree = one("a[ti] and b[ti] OR c[ti] not d[ti]")
    assert isinstance(tree, Boolean)
    assert tree.operators == (Op.AND, Op.OR, Op.NOT)
    assert len(tree.operands) == 4


def test_every_node_knows_its_place() -> None:
    strategy = parse('// a comment\n#1 asthma[mh]\n#2 "lung\n   cancer"[ti] OR wheez*[tiab]', "pubmed")
    tree = strategy.lines[1].tree
    assert isinstance(tree, Boolean)
    assert tree.operands[0].span[:2] == (3, 4)
    assert tree.operands[1].span[:2] == (4, 19)
    assert strategy.source[tree.operands[1].span.start : tree.operands[1].span.end] == "wheez*[tiab]"
    assert strategy.lines[0].comment == "a comment"


@pytest.mark.parametrize(
    "text",
    [
        "#1 asthma[mh]\n#2 child[mh]\n#3 #1 AND #2",
        "1. asthma[mh]\n2. child[mh]\n3. 1 AND 2",
        "1 asthma[mh]\n2 child[mh]\n3 1 and 2",
        "asthma[mh]\nchild[mh]\n#1 AND #2",
        "#3 #1 AND #2\n#2 child[mh]\n#1 asthma[mh]",
        "#1 asthma[mh] (12,345)\n#2 child[mh] (7)\n#3 #1 AND #2 (3)",
        "1. asthma[mh]\n2. child[mh]\n1 AND 2",
    ],
)
def test_numbered_lines(text: str) -> None:
    strategy = parse(text, "pubmed")
    assert strategy.whole, strategy.problems
    assert strategy.final == "3"
    assert render_node(expand(strategy), "pubmed") == '"asthma"[mh] AND "child"[mh]'


def test_hits_of_an_export_are_kept_and_not_searched() -> None:
    assert [line.hits for line in parse("#1 asthma[mh] (12,345)\n#2 #1 AND child[mh] (7)", "pubmed").lines] == [12345, 7]


def test_ranges_of_lines() -> None:
    strategy = parse("#1 a[ti]\n#2 b[ti]\n#3 c[ti]\n#4 or/1-3\n#5 #4 AND (#1 OR #2)", "pubmed")
    assert strategy.lines[3].tree == LineRange(Op.OR, (("1", "3"),))
    assert render_node(expand(strategy), "pubmed") == "(a[ti] OR b[ti] OR c[ti]) AND (a[ti] OR b[ti])"
    assert order(strategy) == ("1", "2", "3", "4", "5")


def test_a_bad_line_does_not_hide_others() -> None:
    strategy = parse('#1 asthma[mh]\n#2 (child[mh] OR\n#3 "x[ti]\n#4 #1 OR wheez*[tiab]', "pubmed")
    assert [line.tree is not None for line in strategy.lines] == [True, False, False, True]
    assert [(p.code, p.span.line, p.span.column) for p in strategy.problems if p.fatal] == [("S02", 2, 4), ("S04", 3, 4)]
    assert expand(strategy, "4")
    with pytest.raises(QueryError, match="line 2"):
        expand(strategy, "2")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "S01", (1, 1)),
        ("(asthma[mh]", "S02", (1, 1)),
        ("asthma[mh])", "S03", (1, 11)),
        ('"lung cancer[tiab] OR "asthma"[tiab]', "S04", (1, 1)),
        ("a[ti] OR OR b[ti]", "S05", (1, 10)),
        ("a[ti] AND", "S05", (1, 7)),
        ("a[ti] AND ()", "S06", (1, 11)),
        ("[tiab]", "S07", (1, 1)),
        ("asthma[tiab", "S07", (1, 7)),
        ("a[ti][ab]", "S07", (1, 6)),
        ("#1 a[ti]\n#2 #1 OR #9", "S09", (2, 10)),
        ("#1 #2 OR a[ti]\n#2 #1 OR b[ti]", "S10", (1, 4)),
        ("#1 a[ti]\n#1 b[ti]", "S12", (2, 4)),
    ],
)
def test_errors_name_the_place(text: str, code: str, place: tuple[int, int]) -> None:
    strategy = parse(text, "pubmed")
    assert not strategy.whole
    problem = next(p for p in strategy.problems if p.fatal)
    assert (problem.code, problem.span[:2]) == (code, place)
    assert problem.mend


def test_a_loop_and_an_orphan_are_errors_that_name_the_line() -> None:
    with pytest.raises(QueryError, match="line 2 refers to itself"):
        expand(parse("#1 #2 OR a[ti]\n#2 #1 OR b[ti]", "pubmed"))
    with pytest.raises(QueryError, match="there is no line 9"):
        expand(parse("#1 a[ti]\n#2 #1 OR #9", "pubmed"))


def test_lines_that_double_are_refused() -> None:
    with pytest.raises(QueryError, match="stands for more than"):
        expand(parse("\n".join(["#1 a[ti]", *(f"#{i} #{i - 1} OR #{i - 1}" for i in range(2, 60))]), "pubmed"))


def test_time_grows_with_the_length_and_no_faster() -> None:
    """As calls of functions, which are the same on every machine."""

    def calls(terms: int) -> int:
        made = 0

        def count(*_: object) -> None:
            nonlocal made
            made += 1

        text = " OR ".join(f'"some term{i}"[tiab]' for i in range(terms))
        sys.setprofile(count)
        try:
            strategy = parse(text, "pubmed")
        finally:
            sys.setprofile(None)
        assert strategy.whole
        return made

    assert calls(2000) < 4.4 * calls(500)


@pytest.mark.parametrize("syntax", ["pubmed", "ovid"])
@pytest.mark.parametrize("shape", ["({n}a{m})", "({n}a", "a{m})", "(a OR {n}b{m})", "NOT {n}a", '"{n}', "[{n}", "a OR b AND {n}c"])
def test_thousands_of_brackets_give_an_error_or_a_tree(shape: str, syntax: str) -> None:
    opening = shape.split("{n}")[0].split("a{m}")[0] or "("
    text = opening * 3_000 + "a" + (")" * 3_000 if "{m}" in shape else "")
    strategy = parse(text, syntax)
    if strategy.whole:
        assert expand(strategy) == parse(render(strategy), syntax).lines[0].tree
    else:
        assert any(p.fatal and p.mend for p in strategy.problems)


def test_a_long_chain_of_lines() -> None:
    text = "\n".join(["#1 a[ti]", *(f"#{i} #{i - 1} OR t{i}[ti]" for i in range(2, 2000))])
    tree = expand(parse(text, "pubmed"))
    assert isinstance(tree, Boolean)
    assert len(tree.operands) == 1999


def test_which_syntax() -> None:
    assert detect_syntax("exp Asthma/ or wheez$.tw.") == "ovid"
    assert detect_syntax("1. Asthma/\n2. or/1-3") == "ovid"
    assert detect_syntax("asthma[mh] OR wheez*[tiab]") == "pubmed"
    assert detect_syntax("asthma") == "pubmed"
    assert parse("#1 a[ti]\n#2 #1").lines[1].tree == LineRef("1")


@pytest.mark.parametrize("query", ["10.1016/S0140-6736(20)30183-5[doi]", "(10.1016/S0140-6736(20)30183-5[doi] OR 10.1000/a(b)[doi])"])
def test_brackets_inside_a_doi_open_no_group(query: str) -> None:
    strategy = parse(query, "pubmed")
    assert not strategy.problems
    tree = strategy.lines[0].tree
    assert tree is not None
    assert [str(n) for n in walk(tree) if isinstance(n, Text)] == [word.split("[")[0] for word in query.strip("(").split(" OR ")]
    assert parse(render(strategy), "pubmed").lines[0].tree is not None


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("sensitiv*[tiab] OR sensitivity and specificity[MeSH Terms]", "sensitivity and specificity"),
        ("asthma[tiab] OR (costs and cost analysis[mh:noexp])", "costs and cost analysis"),
        ("asthma[tiab] OR wounds and injuries/th[majr]", "wounds and injuries"),
    ],
)
def test_a_heading_keeps_its_small_and(query: str, name: str) -> None:
    strategy = parse(query, "pubmed")
    assert not strategy.problems
    tree = strategy.lines[0].tree
    assert tree is not None
    assert [n.name for n in walk(tree) if isinstance(n, Mesh)] == [name]


def test_a_small_and_between_terms_is_an_operator() -> None:
    assert "P07" in {p.code for p in parse("asthma and children[mh]", "pubmed").problems}
