"""A strategy as it is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import ReviewError
from review.query import parse
from review.search.lines import sendable


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("towns[tiab]", "towns[tiab]"),
        ("2010 towns OR villages", "2010 towns OR villages"),
        ("// note\ntowns[tiab] OR\n  villages[tiab]\n", "towns[tiab] OR villages[tiab]"),
        ("#1 a\n#2 b\n#3 #1 AND #2", "(a) AND (b)"),
        ("1. a\n2. b\n3. 1 and 2", "(a) AND (b)"),
        ("1 a*\n2 b[tiab]\n3 or/1-2", "((a*) OR (b[tiab]))"),
        ("1. a[ti]\n2. b[ti]\n3. c[ti]\n4. or/1,3\n5. 2 AND 4", "(b[ti]) AND (((a[ti]) OR (c[ti])))"),
        ("#1 a\n#2 b\n#3 (#1 OR #2) NOT \"#1 fans\"[tiab]", "((a) OR (b)) NOT \"#1 fans\"[tiab]"),
        ("#1 a\n  OR b\n// no line\n#2 #1", "(a OR b)"),
        ("#1 a\n#3 b\n#10 #1 OR #3", "(a) OR (b)"),
        ("# a heading\n#1 a\n#2 b AND #1", "b AND (a)"),
        ("#3 #1 AND #2\n#2 b\n#1 a", "(a) AND (b)"),  # a history counts downwards
        ("Search number,Query,Sort By,Filters,Search Details,Results,Time\n2,#1 AND b[ti],,,x,7,01:00:00\n1,a[ti],,,x,9,01:00:00\n", "(a[ti]) AND b[ti]"),
    ],
)  # fmt: skip
def test_combined(text: str, query: str) -> None:
    assert sendable(text).query == query


def test_each_line_by_itself_and_as_written() -> None:
    found = sendable("#1 a\n#2 b\n#3 #1 OR #2\n#4 c AND #3\n#5 unused")
    assert [(line.n, line.text, line.query) for line in found.lines] == [
        ("1", "a", "a"), ("2", "b", "b"), ("3", "#1 OR #2", "(a) OR (b)"), ("4", "c AND #3", "c AND ((a) OR (b))"), ("5", "unused", "unused"),
    ]  # fmt: skip
    assert sendable("towns").lines == ()


def test_ovid_is_translated_and_what_became_broader_is_kept() -> None:
    found = sendable("1. exp Hearing Loss/\n2. (deaf* adj3 child*).tw.\n3. 1 and 2\n", name="ovid.txt")
    assert found.query == '("Hearing Loss"[mh]) AND (deaf*[tiab] AND child*[tiab])'
    assert [line.text for line in found.lines][2] == "#1 AND #2"
    assert found.translated.startswith("#1 ")
    assert {(change.label, change.effect) for change in found.changes} == {("2", "broader")}
    assert any(change.what.startswith("adj3 becomes AND") for change in found.changes)


@pytest.mark.parametrize("syntax", ["pubmed", ""])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "there is no search"),
        ("// only a comment\n", "there is no search"),
        ("#1 a\n#2 #1 AND #7", r"my\.txt:2:11: there is no line 7|my\.txt: line 2 refers to line 7, which is not there"),
        ("#1 #2\n#2 #3\n#3 a OR #1", "1 → 2 → 3 → 1"),
        ("#1 a OR #1", "1 → 1"),
        ("#1 a\n#1 b", "two lines have the number 1"),
        ("#1 a\n#2\n#3 #1 OR #2", "2"),
        ("#1 aaaaaaaaaa\n" + "\n".join(f"#{n} #{n - 1} OR #{n - 1}" for n in range(2, 40)), "more than 1,000,000"),
    ],
)
def test_what_can_not_be_sent_names_the_line(text: str, says: str, syntax: str) -> None:
    with pytest.raises(ReviewError, match=says) as error:
        sendable(text, syntax, "my.txt")
    assert error.value.message.startswith("my.txt")
    assert error.value.hint


def test_lines_may_refer_forward_a_thousand_deep() -> None:
    text = "\n".join(f"#{n} #{n + 1}" for n in range(1, 1_000)) + "\n#1000 a"
    for syntax in ("pubmed", ""):
        assert len(sendable(text, syntax).lines[0].query) == 2 * 999 + 1


def test_a_language_of_its_own_is_sent_as_it_is() -> None:
    found = sendable('// europe\n#1 TITLE:"#2 fans" AND (ABSTRACT:town~2)\n#2 PUB_YEAR:[2010 TO 2020]\n#3 (#1 NOT #2) OR or/1-2\n', "")
    assert found.query == (
        '((TITLE:"#2 fans" AND (ABSTRACT:town~2)) NOT (PUB_YEAR:[2010 TO 2020])) OR '
        '((TITLE:"#2 fans" AND (ABSTRACT:town~2)) OR (PUB_YEAR:[2010 TO 2020]))'
    )
    with pytest.raises(ReviewError, match="written for Ovid"):
        sendable("1. exp Hearing Loss/\n2. deaf*.tw.\n3. 1 and 2", "")


TERMS = "abcd"


@st.composite
def strategies(draw: st.DrawFn) -> list[list[str]]:
    """Lines of operands and operators by turns: terms, and references to earlier lines."""
    lines: list[list[str]] = []
    for n in range(1, draw(st.integers(2, 6)) + 1):
        operands = st.sampled_from([*TERMS, *(f"#{k}" for k in range(1, n))])
        line = [draw(operands)]
        for _ in range(draw(st.integers(0, 3))):
            line += [draw(st.sampled_from(["AND", "OR", "NOT"])), draw(operands)]
        lines.append(line)
    return lines


def _holds(parts: list[str], known: dict[str, bool]) -> bool:
    """From left to right."""
    found = known[parts[0]]
    for operator, operand in zip(parts[1::2], parts[2::2], strict=True):
        other = known[operand]
        found = found and other if operator == "AND" else found or other if operator == "OR" else found and not other
    return found


def _sent_holds(query: str, known: dict[str, bool]) -> bool:
    """The innermost brackets first, until none are left."""
    known = dict(known)
    while "(" in query:
        match = re.search(r"\(([^()]*)\)", query)
        assert match
        name = f"set{len(known)}"
        known[name] = _holds(match[1].split(), known)
        query = query[: match.start()] + name + query[match.end() :]
    return _holds(query.split(), known)


@given(strategies(), st.integers(0, 15))
def test_what_is_sent_asks_for_the_same(lines: list[list[str]], world: int) -> None:
    known = {term: bool(world >> i & 1) for i, term in enumerate(TERMS)}
    text = "\n".join(f"#{n} {' '.join(line)}" for n, line in enumerate(lines, 1))
    expected = dict(known)
    for n, line in enumerate(lines, 1):
        expected[f"#{n}"] = _holds(line, expected)
    for syntax in ("pubmed", ""):
        found = sendable(text, syntax)
        assert _sent_holds(found.query, known) == expected[f"#{len(lines)}"]
        assert [_sent_holds(line.query, known) for line in found.lines] == [expected[f"#{n}"] for n in range(1, len(lines) + 1)]


@pytest.mark.slow
def test_every_published_strategy_becomes_one_readable_query(shared: Callable[[str], Path]) -> None:
    sent = 0
    for path in sorted(shared("strategies/clef-tar-2017").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        strategy = parse(text)
        if not strategy.whole:
            continue
        again = parse(sendable(text, name=path.name).query, "pubmed")
        assert again.whole, (path.name, again.problems)
        sent += 1
    assert sent >= 45


def test_what_the_source_would_not_say_is_told_and_typed_signs_are_sent() -> None:
    sent = sendable("“heart failure”[tiab] OR diabet∗[tiab] OR self\u2011care[foo]")
    assert sent.query == '"heart failure"[tiab] OR diabet*[tiab] OR self-care[foo]'
    assert [f.code for f in sent.unsaid] == ["P04", "P14", "P01"]
