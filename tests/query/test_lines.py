"""What belongs to which line, in strategies as they are printed in papers."""

from __future__ import annotations

import pytest

from review.query import parse

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
    ],
)
def test_labels(text: str, labels: list[str]) -> None:
    assert [line.label for line in parse(text).lines] == labels
