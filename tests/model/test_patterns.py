"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from review.model import patterns
from review.model.patterns import lazy


def test_it_is_compiled_at_its_first_use_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[tuple[object, ...]] = []
    monkeypatch.setattr(patterns.re, "compile", lambda *given: compiled.append(given) or re._compile(*given))  # type: ignore[attr-defined]
    word = lazy(r"a(\w)", re.IGNORECASE)
    assert compiled == []
    assert word.sub(r"<\1>", "Ab ac") == "<b> <c>"
    assert (word.pattern, word.groups, word.flags & re.IGNORECASE) == (r"a(\w)", 1, re.IGNORECASE)
    assert [m[1] for m in word.finditer("ab AC")] == ["b", "C"]
    assert word.fullmatch("abc") is None
    assert compiled == [(r"a(\w)", re.IGNORECASE)]


def test_bytes_too() -> None:
    assert lazy(rb"\d+").findall(b"1 22") == [b"1", b"22"]


def test_what_is_no_pattern_is_said_at_the_first_use() -> None:
    wrong = lazy("(")
    with pytest.raises(re.error):
        wrong.search("")


def lazy_ones(value: object) -> Iterator[patterns._Lazy]:
    if isinstance(value, patterns._Lazy):
        yield value
    elif isinstance(value, tuple | list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from lazy_ones(one)


def test_all_that_the_readers_have_are_patterns() -> None:
    import review.dedup.engine
    import review.formats.registry  # noqa: F401

    modules = [vars(module) for name, module in sorted(sys.modules.items()) if name.startswith("review.")]
    known = [one for names in modules for value in names.values() for one in lazy_ones(value)]
    assert len(known) > 500
    for one in known:
        assert re.compile(*one._given).pattern == one.pattern
