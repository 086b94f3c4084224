"""Translation: exact where it can be, listed where it cannot, and never narrower - checked record by record."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Toy, finds
from trees import ovid_limited, toys

from review.query import QueryError, expand, parse
from review.query.fields import tag
from review.query.refs import hand_down
from review.query.render import render
from review.query.translate import translate
from review.query.tree import Line, Node, Proximity, Strategy, Text, Word


def to_pubmed(text: str) -> tuple[str, list[str]]:
    made = translate(parse(text, "ovid"), "pubmed")
    return render(made.strategy).rstrip("\n"), [c.what for c in made.changes if not c.what.startswith((".tw. becomes", ".ab. becomes"))]


def to_ovid(text: str) -> tuple[str, list[str]]:
    made = translate(parse(text, "pubmed"), "ovid")
    return render(made.strategy).rstrip("\n"), [c.what for c in made.changes]


@pytest.mark.parametrize(
    ("ovid", "pubmed"),
    [
        ("exp Asthma/", '"Asthma"[mh]'),
        ("Asthma/", '"Asthma"[mh:noexp]'),
        ("*Asthma/", '"Asthma"[majr:noexp]'),
        ("Asthma/di,th", '"Asthma/diagnosis"[mh:noexp] OR "Asthma/therapy"[mh:noexp]'),
        ("wheez$.ti.", "wheez*[ti]"),
        ("lung cancer.ti,ab.", '"lung cancer"[tiab]'),
        ("(lung adj cancer$).ti.", '"lung cancer*"[ti]'),
        ("(lung adj3 cancer).ti.", '"lung cancer"[ti:~2]'),
        ("((lung or breast) adj2 cancer).ti.", '"lung cancer"[ti:~1] OR "breast cancer"[ti:~1]'),
        ("randomized controlled trial.pt.", '"randomized controlled trial"[pt:noexp]'),
        ("drug therapy.fs.", '"drug therapy"[sh:noexp]'),
        ("2012.yr.", "2012[dp]"),
        ("20120131.ez.", "2012/01/31[edat]"),
        ("2010:2020.(sa_year).", "2010:2020[dp]"),
        ("asthma.ti,kf.", "asthma[ti] OR asthma[ot]"),
    ],
)
def test_faithful(ovid: str, pubmed: str) -> None:
    assert to_pubmed(ovid) == (pubmed, [])


@pytest.mark.parametrize(
    ("ovid", "pubmed", "told"),
    [
        ("(lung$ adj3 cancer).ti.", "lung*[ti] AND cancer[ti]", "adj3 becomes AND"),
        ("physical$ activit$.ti.", "physical*[ti] AND activit*[ti]", "wildcards inside"),
        ("organi?ation$.ti.", "organi*[ti]", "no wildcard inside"),
        ("sport$3.ti.", "sport*[ti]", "limit a truncation"),
        (
            "asthma/\nlimit 1 to (english language and full text)",
            '#1 "asthma"[mh:noexp]\n#2 #1 AND english[la]',
            "'full text' has no translation",
        ),
        ("asthma/\n2012$.ed.\n1 and 2", '#1 "asthma"[mh:noexp]\n#2 all[sb]\n#3 #1', "no field for Ovid's .ed."),
        ("asthma/ not cat$.ed.", '"asthma"[mh:noexp]', "left in"),
        ("(a adj2 b adj2 c).ti.", '"a b c"[ti:~2]', "any order"),
    ],
)
def test_broader_and_told(ovid: str, pubmed: str, told: str) -> None:
    text, changes = to_pubmed(ovid)
    assert text == pubmed
    assert any(told in c for c in changes), changes


def test_a_sign_inside_a_word_is_written_out() -> None:
    text, changes = to_pubmed("wom#n.ti.")
    assert "woman[ti] OR womb" in text
    assert "women[ti]" in text
    assert changes == []


def test_what_is_taken_away_does_not_become_broader() -> None:
    text, changes = to_pubmed("asthma/\n(animal$ adj3 model$).ti. or rats/\n1 not 2")
    assert text.splitlines()[1] == '#2 (animal*[ti] AND model*[ti]) OR "rats"[mh:noexp]'
    assert text.splitlines()[2] == '#3 #1 NOT "rats"[mh:noexp]'
    assert any("only what is exactly the same" in c for c in changes)


@pytest.mark.parametrize(
    ("pubmed", "ovid"),
    [
        ('"Asthma"[mh] OR wheez*[ti]', 'exp "Asthma"/ or wheez*.ti.'),
        ("asthma[tiab]", "asthma.ti,ab,kf."),
        ('"a b"[ti:~3]', "(a adj4 b).ti."),
        ("1997:3000[dp]", "1997:3000.(sa_year)."),
        ("a[ti] OR b[ti] AND c[ti]", "(a.ti. or b.ti.) and c.ti."),
        ("#1 a[ti]\n#2 or/1-1\n#3 #1 NOT #2", "1. a.ti.\n2. 1\n3. 1 not 2"),
    ],
)
def test_to_ovid(pubmed: str, ovid: str) -> None:
    assert to_ovid(pubmed) == (ovid, [])


def test_mapping_that_only_pubmed_does_is_told() -> None:
    text, changes = to_ovid("heart attack")
    assert text == "heart.af. and attack.af."
    assert "maps it to headings" in changes[0]


def test_a_strategy_with_an_unreadable_line_is_not_translated() -> None:
    with pytest.raises(QueryError, match="line 1, column 1"):
        translate(parse("(a.tw.", "ovid"), "pubmed")


def strategy_of(tree: Node) -> Strategy:
    return Strategy((Line("1", tree),), "ovid", "1")


@settings(max_examples=300)
@given(ovid_limited, toys, st.booleans())
@pytest.mark.slow
def test_never_narrower(tree: Node, toy: Toy, wild: bool) -> None:
    """What Ovid finds, the translation finds; and where nothing was listed, nothing else."""
    made = translate(strategy_of(tree), "pubmed", wild=wild)
    translated = made.strategy.lines[0].tree
    assert translated is not None
    before, after = finds(hand_down(tree), toy), finds(translated, toy)
    assert after or not before, (render(strategy_of(tree)), render(made.strategy))
    if not made.changes:
        assert after == before, (render(strategy_of(tree)), render(made.strategy))
    again = parse(render(made.strategy), "pubmed")
    assert again.whole
    assert finds(expand(again), toy) == after


def test_an_engine_whose_proximity_takes_truncated_words() -> None:
    ovid = parse("((treat* or therap*) adj3 wom#n).ti,ab.", "ovid")
    made = translate(ovid, "pubmed", wild=True)
    assert '"therap* women"[tiab:~2]' in render(made.strategy)
    assert not [c for c in made.changes if "adj" in c.what]
    assert [c.became for c in translate(ovid, "pubmed").changes if "adj" in c.what] == ["AND"]


def test_a_window_of_three_in_ovid() -> None:
    titles = set(permutations(("walk", "care", "child", "town", "town")))
    tree = Proximity(tuple(Text((Word((w,)),)) for w in ("walk", "care", "child")), (), 1, (tag("TITL"),))
    made = translate(Strategy((Line("1", tree),), "pubmed", "1"), "ovid").strategy.lines[0].tree
    assert made is not None
    asked, found = ({t for t in titles if finds(node, Toy(t, (), (), frozenset(), 2019))} for node in (tree, made))
    assert len(asked) == 42, "all but those with both other words between the three"
    assert asked <= found < titles


@pytest.mark.parametrize(
    ("ovid", "pubmed"),
    [
        ("20191*.ez.", "2019/10:2019/12[edat]"),
        ("20190*.dt.", "2019/01:2019/09[crdt]"),
        ("2019022*.dt.", "2019/02/20:2019/02/28[crdt]"),
        ("2019123*.ez.", "2019/12/30:2019/12/31[edat]"),
        ("202*.ez.", "2020:2029[edat]"),
        ("20190901-20191231.dt.", "2019/09/01:2019/12/31[crdt]"),
    ],
)
def test_the_beginning_of_a_day_is_all_the_days_that_begin_so(ovid: str, pubmed: str) -> None:
    made = translate(parse(ovid, "ovid"), "pubmed")
    assert render(made.strategy).strip() == pubmed
    assert not made.changes


def test_no_month_begins_with_a_two() -> None:
    made = translate(parse("20192*.ez. and child.ti.", "ovid"), "pubmed")
    assert render(made.strategy).strip() == "child[ti]"
    assert made.changes


def test_the_old_name_of_the_filter_for_abstracts_is_no_word() -> None:
    made = translate(parse("hasabstract[text] AND child[ti]", "pubmed"), "ovid")
    assert render(made.strategy).strip() == "child.ti."
    assert [c.what for c in made.changes] == ["hasabstract has no translation"]


def test_what_a_term_became_is_told_in_the_words_of_the_syntax() -> None:
    assert {c.became for c in translate(parse("child.tw,jw. or child.mp.", "ovid"), "pubmed").changes} == {"[tiab]", "[all]", "[tw]"}
    assert {c.became for c in translate(parse("2019/12:2020/01[edat]", "pubmed"), "ovid").changes} == {".ez."}
