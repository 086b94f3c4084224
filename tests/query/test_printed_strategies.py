"""What belongs to which line, in strategies as they are printed in papers."""

from __future__ import annotations

import pytest

from review.query import parse
from review.query.render import render
from review.query.translate import translate

WRAPPED = """\
1  exp Towns/ or
   (villag* or hamlet*).mp.
2  (walk* or ((stroll or amble) adj5
   path*)).mp.
3  1 and 2
7  drug therapy.fs.
12 (children or teen*).tw,kf
    limit 12 to (english language and yr="1980 -Current")
key: mp = title, abstract, original title, name of substance word, subject heading
word, keyword heading word
"""


def test_lines_left_out_wrapped_lines_and_a_footer() -> None:
    strategy = parse(WRAPPED)
    assert strategy.syntax == "ovid"
    assert [line.label for line in strategy.lines] == ["1", "2", "3", "7", "12", "13"]
    assert strategy.whole
    assert strategy.final == "13"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("1 town*.tw.\n2 (aged or\n65 plus years).tw.\n3 1 and 2", ["1", "2", "3"]),  # brackets are open: no new line
        ("1 town*.tw.\n2 path*.tw. or\n40 winks.tw.\n3 1 and 2", ["1", "2", "3"]),  # an operator waits
        ("1 town*.tw.\n2 path*.tw.\n5 lane*.tw.\n6 or/1-5", ["1", "2", "5", "6"]),
        ("#1 town*[ti]\n#4 path*[ti]\n#9 #1 AND #4", ["1", "4", "9"]),
        ("1. town*.tw.\n2. remove duplicates from 1", ["1", "2"]),
        ("1. town*.tw.\nremove duplicates from 1", ["1", "2"]),
        ("32  town*.tw.\n33   path*.tw.\n36 lane*.tw.\n37 or/32-36", ["32", "33", "36", "37"]),  # a part of a strategy
        ("65 plus years", ["1"]),
        ("2010 towns\nOR villages", ["1"]),
        ("#1  town [mh]\n#2 Search town* [tiab]\n#3 Search #1 OR #2", ["1", "2", "3"]),
    ],
)
def test_labels(text: str, labels: list[str]) -> None:
    assert [line.label for line in parse(text).lines] == labels


def test_pubmeds_history_began_each_line_with_search() -> None:
    strategy = parse("#1 Search town*[tiab]\n#2 Search: path*[tiab]\n#3 Search #1 NOT #2\n")
    assert strategy.whole
    assert not strategy.problems
    assert render(strategy) == "#1 town*[tiab]\n#2 path*[tiab]\n#3 #1 NOT #2\n"


def test_a_field_that_pubmed_has_not_becomes_all_fields() -> None:
    found = translate(parse("1. (town or path$).mp,rx,px,ox.\n2. 1 not lane.rx.", "ovid"), "pubmed")
    assert render(found.strategy) == "#1 town[all] OR path*[all]\n#2 #1\n"
    assert {change.effect for change in found.changes} == {"differs", "broader"}
    assert any(".rx." in change.what for change in found.changes)
