"""A strategy's lines as one query."""

from __future__ import annotations

import pytest

from review.errors import ReviewError
from review.search.lines import combine, lines


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("towns[tiab]", "towns[tiab]"),
        ("2010 towns OR villages", "2010 towns OR villages"),
        ("// note\ntowns[tiab] OR\n  villages[tiab]\n", "towns[tiab] OR villages[tiab]"),
        ("#1 a\n#2 b\n#3 #1 AND #2", "(a) AND (b)"),
        ("1. a\n2. b\n3. 1 and 2", "(a) AND (b)"),
        ("1 a*\n2 b[tiab]\n3 or/1-2", "((a*) OR (b[tiab]))"),
        ("1. a\n2. b\n3. c\n4. or/1,3\n5. 2 AND 4", "(b) AND (((a) OR (c)))"),
        ("#1 a\n#2 b\n#3 (#1 OR #2) NOT \"#1 fans\"[tiab]", "((a) OR (b)) NOT \"#1 fans\"[tiab]"),
        ("#1 a\n  OR b\n// no line\n#2 #1", "(a OR b)"),
        ("#1 2010:2020[dp]\n#2 a\n2010 OR 2011\n#3 #1 AND #2", "(2010:2020[dp]) AND (a 2010 OR 2011)"),
        ("#1 a\n#3 b\n#10 #1 OR #3", "(a) OR (b)"),
        ("# a heading\n#1 a\n#2 b AND #1", "b AND (a)"),
    ],
)  # fmt: skip
def test_combined(text: str, query: str) -> None:
    assert combine(text)[0] == query


def test_each_line_by_itself_and_as_written() -> None:
    text = "#1 a\n#2 b\n#3 #1 OR #2\n#4 c AND #3"
    assert combine(text)[1] == [("1", "a"), ("2", "b"), ("3", "(a) OR (b)"), ("4", "c AND ((a) OR (b))")]
    assert lines(text) == {1: "a", 2: "b", 3: "#1 OR #2", 4: "c AND #3"}
    assert combine("towns") == ("towns", [])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("// only a comment\n", "is empty"),
        ("#1 a\n#2 #1 AND #7", "Line 2 of the strategy refers to line 7, which is not there"),
        ("#1 #2\n#2 #3\n#3 a OR #1", "in a circle: #3 → #1 → #2 → #3|in a circle: #1 → #2 → #3 → #1"),
        ("#1 a OR #1", "in a circle: #1 → #1"),
        ("#1 a\n#1 b", "two lines 1"),
        ("towns\n#1 a\n#2 #1", "Row 1 of the strategy stands before"),
        ("\n".join(f"#{n} #{n + 1}" for n in range(1, 3_000)) + "\n#3000 a", "through more than 200 others"),
        ("#1 a\n#2\n#3 #1 OR #2", "Line 2 of the strategy is empty"),
        ("#1 aaaaaaaaaa\n" + "\n".join(f"#{n} #{n - 1} OR #{n - 1}" for n in range(2, 40)), "more than 1,000,000"),
    ],
)
def test_what_can_not_be_combined_names_the_line(text: str, says: str) -> None:
    with pytest.raises(ReviewError, match=says) as error:
        combine(text)
    assert error.value.hint
