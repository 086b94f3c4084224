"""Strategies as they are published and pasted: heads, hit counts, running text, word processors' signs, other databases."""

from __future__ import annotations

import pytest

from review.query import expand, parse
from review.query.history import from_history, is_history
from review.query.render import render, render_node
from review.query.translate import translate
from review.query.tree import Mesh, Text


def told(text: str, syntax: str = "") -> list[tuple[str, str, int | None]]:
    return [(line.label, line.text, line.hits) for line in parse(text, syntax).lines]


HEAD = """Appendix 1. MEDLINE search strategy
Ovid MEDLINE(R) and Epub Ahead of Print, In-Process and Daily 1946 to October 12, 2021
Date searched: 12/10/2021

#\tSearches\tResults
"""


def test_what_stands_before_the_first_line_is_no_search() -> None:
    strategy = parse(HEAD + "1\texp Asthma/ or wheez*\n  or asthma*.ti,ab.\t4567\n2\tchild*.tw.\t1,234\n3\t1 and 2\t56\n")
    assert strategy.whole
    assert [(line.label, line.hits) for line in strategy.lines] == [("1", 4567), ("2", 1234), ("3", 56)]
    assert "Appendix 1. MEDLINE search strategy" in strategy.lines[0].comment
    assert parse(render(strategy), "ovid") == strategy


def test_counts_without_brackets_where_every_line_has_one() -> None:
    text = "1 exp Asthma/ 4567\n2 child*.tw. 1,234\n3 and/1-2 56\n4 limit 3 to yr=2001 12\n"
    assert told(text) == [("1", "exp Asthma/", 4567), ("2", "child*.tw.", 1234), ("3", "and/1-2", 56), ("4", "limit 3 to yr=2001", 12)]


def test_a_number_that_only_some_lines_end_with_is_theirs() -> None:
    assert told("1 exp Asthma/\n2 child*.tw.\n3 1 and 2\n") == [
        ("1", "exp Asthma/", None),
        ("2", "child*.tw.", None),
        ("3", "1 and 2", None),
    ]
    assert [h for _, _, h in told("1. asthma 1\n2. asthma 2\n3. 1 or 2\n", "ovid")] == [None, None, None]


def test_lines_in_running_text() -> None:
    text = "1. search$.tw. 2. exp Asthma/ or Medical Informatics/ 3. Data Compression/ 4. 2 not 3 5. or/1,4 6. limit 5 to yr=1980 - 2005"
    strategy = parse(text)
    assert strategy.whole
    assert [line.text for line in strategy.lines][3:] == ["2 not 3", "or/1,4", "limit 5 to yr=1980 - 2005"]
    assert strategy.lines[1].span.column == 19


def test_numbers_in_a_query_are_no_lines() -> None:
    assert len(parse("vitamin 1. b[tiab] OR 25. d[tiab] OR type 2 diabetes[tiab]").lines) == 1


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("self\u00adcare", "selfcare"),
        ("e\ufb03cacy", "efficacy"),
        ("self\u2011care", "self-care"),
        ("\uff41sthma", "asthma"),
        ("co\u200bhort", "cohort"),
    ],
)
@pytest.mark.parametrize("form", ["{}[tiab]", '"{} of x"[tiab]', "{}.tw.", '"{} of x".tw.'])
def test_signs_that_were_not_typed_are_read_as_meant_and_told(written: str, meant: str, form: str) -> None:
    strategy = parse(form.format(written))
    assert [p.code for p in strategy.problems] == ["P14"]
    assert strategy.lines[0].tree == parse(form.format(meant)).lines[0].tree


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ebsco", 'S1 (MH "Diabetes Mellitus+")\nS2 TI diabet* OR AB diabet*\nS3 S1 OR S2'),
        ("ebsco", '(MH "Self Care+") OR TI (self N3 manag*) OR AB (self N3 manag*)'),
        ("embase.com", "'diabetes mellitus'/exp OR diabet*:ti,ab,kw OR (self NEAR/3 manag*):ti,ab"),
        ("wos", 'TS=(diabetes OR "blood sugar") AND TI=(self-manag*)'),
        ("scopus", 'TITLE-ABS-KEY(diabetes W/3 manag*) AND PUBYEAR > 2010 AND (LIMIT-TO (DOCTYPE, "ar"))'),
        ("cochrane", "#1 MeSH descriptor: [Asthma] explode all trees\n#2 (asthma* near/3 child*):ti,ab,kw\n#3 #1 OR #2"),
        ("cochrane", '#1 [mh "Diabetes Mellitus"]\n#2 [mh ^Asthma]\n#3 #1 OR #2'),
        ("proquest", 'MAINSUBJECT.EXACT.EXPLODE("Asthma") OR noft(asthma) OR ti(asthma)'),
    ],
)
def test_another_databases_strategy_is_refused_by_name(name: str, text: str) -> None:
    strategy = parse(text)
    assert (strategy.syntax, [p.code for p in strategy.problems], strategy.whole) == (name, ["S13"], False)
    assert parse(text, "pubmed").syntax == "pubmed"


def test_the_exploded_subheading() -> None:
    node = expand(parse("tu.xs.", "ovid"))
    assert isinstance(node, Text)
    assert (str(node), node.tags[0].code, node.noexp) == ("therapeutic use", "SUBH", False)
    assert render_node(node, "pubmed") == "therapeutic use[sh]"
    assert isinstance(expand(parse("asthma.xs.", "ovid")), Mesh)


def test_the_filters_of_a_history_are_part_of_its_searches() -> None:
    rows = (
        "Search number,Query,Sort By,Filters,Search Details,Results,Time\n"
        '2,"#1 AND child[mh]",,"Clinical Trial, Review, from 2010 - 2020","(x) AND ((clinicaltrial[Filter] OR review[Filter]) AND (2010:2020[pdat]))",12,1\n'
        '3,"#1 OR wheez*[tiab]",,"Humans, from 2010 - 2020, Free full text",,"1,300",1\n'
        '1,"asthma[mh]",,,"""asthma""[MeSH Terms]","9,234",1\n'
    )
    assert from_history(rows) == (
        "#1 asthma[mh] (9,234)\n"
        "#2 (#1 AND child[mh]) AND ((clinicaltrial[Filter] OR review[Filter]) AND (2010:2020[pdat])) (12)\n"
        "#3 (#1 OR wheez*[tiab]) AND humans[filter] AND 2010:2020[pdat] AND ffrft[filter] (1,300)\n"
    )
    strategy = parse(from_history(rows))
    assert strategy.whole
    assert [line.hits for line in strategy.lines] == [9234, 12, 1300]


def test_a_search_copied_from_the_page() -> None:
    text = "Search: asthma[mh] OR wheez*[tiab] Filters: Clinical Trial, in the last 5 years Sort by: Most Recent"
    assert is_history(text)
    assert from_history(text) == "(asthma[mh] OR wheez*[tiab]) AND clinicaltrial[filter] AND y_5[filter]"
    assert from_history("#1 Search: asthma[mh] Sort by: Most Recent\n#2 #1 AND child[mh]") == "#1 asthma[mh]\n#2 #1 AND child[mh]"
    assert not is_history("search strategy AND filters[ti]")


@pytest.mark.parametrize(
    "text",
    [
        "Search\tQuery\tItems found\tTime\n#3\tSearch #1 AND #2\t12\t07:15:32\n#2\tSearch wheez*[tiab]\t345\t07:14:32\n#1\tSearch asthma[mh]\t2,000\t07:13:32\n",
        "#1 Add Search asthma[mh] 2,000 07:13:32\n#2 Add Search wheez*[tiab] 345 07:14:32\n#3 Add to builder Search #1 AND #2 12 07:15:32\n",
        "| # | Query | Results | |\n|---|:-----|---:|---|\n| 1 | `asthma[mh]` | 2,000 | none |\n| 2 | wheez*[tiab] | 345 |\n| 3 | #1 AND #2 | 12 |\n",
    ],
)
def test_histories_in_other_frames(text: str) -> None:
    strategy = parse(text)
    assert strategy.whole
    assert {line.label: (" ".join(line.text.split()), line.hits) for line in strategy.lines} == {
        "1": ("asthma[mh]", 2000),
        "2": ("wheez*[tiab]", 345),
        "3": ("#1 AND #2", 12),
    }
    assert strategy.final == "3"


@pytest.mark.parametrize("text", ["HIV/AIDS.tw.", "benzo[a]pyrene.tw. or i/o.mp.", "5 or and/1", "asthma adj 12", '"/loo".ti.'])
def test_slashes_brackets_and_numbers_are_printed_as_they_were(text: str) -> None:
    strategy = parse(text, "ovid")
    assert parse(render(strategy), "ovid") == strategy


@pytest.mark.parametrize("text", ["3000[edat]", "2012:2010[crdt]", "asthma[tiab] AND 5", "#1exp", "a[tiab] \u00adOR b[tiab]"])
def test_odd_corners_of_pubmed_are_printed_and_translated(text: str) -> None:
    strategy = parse(text, "pubmed")
    assert parse(render(strategy), "pubmed") == strategy
    assert parse(render(translate(strategy, "ovid").strategy), "ovid").whole


def test_a_second_strategy_in_the_file_is_told() -> None:
    strategy = parse("MEDLINE\n1 exp Asthma/\n2 wheez*.tw.\n3 1 or 2\n\nEMBASE\n1 exp asthma/\n2 steroid/\n3 1 and 2\n")
    assert {p.code for p in strategy.problems if p.fatal} == {"S12"}
    assert "line 7" not in strategy.problems[0].message
    assert parse("1 exp Asthma/\n2 (wheez*\n  1 2 3).tw.\n3 1 or 2").whole


def test_names_of_databases_and_comments_behind_lines() -> None:
    strategy = parse('PubMed\n("Asthma"[mh] OR wheez*[tiab])   // type 1 and 2\nAND\nchild*[tiab] //\n')
    assert strategy.problems == ()
    assert strategy.lines[0].comment.split("\n") == ["PubMed", "type 1 and 2"]
    assert render(strategy).splitlines()[-1] == '("Asthma"[mh] OR wheez*[tiab]) AND child*[tiab]'
    assert parse('"http://example.org"[all]').lines[0].comment == ""


def test_filters_behind_a_query() -> None:
    text = "(asthma[mh] OR (wheez*[tiab])) Filters: Randomized Controlled Trial, English"
    assert from_history(text) == "((asthma[mh] OR (wheez*[tiab]))) AND randomizedcontrolledtrial[filter] AND english[filter]"
