"""Compiled templates are kept: whatever became of the file, the pages are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest
from jinja2 import DictLoader, Environment
from material import SEARCHES, both, material

from review.report import compiled
from review.report.compiled import Compiled
from review.report.render import render
from review.report.view import view


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "templates"


def test_those_of_the_report_are_compiled_once(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = view(
        material((both("1", "include", 1), both("3", "exclude", 9)), (both("1", "include", 11),)),
        SEARCHES,
        name="small",
        digest="d",
        rules=(),
        missing=(),
        version="0",
    )
    before = render(seen)
    assert render(seen, kept=kept) == before
    own = {"part-other.html.j2": "<p>Our own end</p>"}
    assert "<p>Our own end</p>" in render(seen, own, kept)["report.html"]
    assert render(seen, kept=kept) == before

    def never(*_: object, **__: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(Environment, "compile", never)
    assert render(seen, kept=kept) == before


def page(kept: Path, text: str = "{{ '<' }}", autoescape: bool = True) -> tuple[str, bool]:
    """The page of a template, and whether it was compiled."""
    cache = Compiled(kept)
    environment = Environment(autoescape=autoescape, bytecode_cache=cache, loader=DictLoader({"x": text}))
    with patch.object(environment, "compile", wraps=environment.compile) as compiling:
        made = environment.get_template("x").render()
    cache.save()
    return made, compiling.called


def _content(data: object) -> bytes:
    encoded = msgspec.msgpack.encode(data)
    return hashlib.sha256(encoded).digest() + encoded


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:90] + bytes([data[90] ^ 1]) + data[91:],
        lambda _: _content([1, 2, 3]),
        lambda _: b"",
    ],
)
def test_what_was_not_kept_so_is_made_anew(kept: Path, spoilt: Callable[[bytes], bytes]) -> None:
    assert page(kept) == ("&lt;", True)
    assert page(kept) == ("&lt;", False)
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    file.write_bytes(spoilt(whole))
    assert page(kept) == ("&lt;", True)
    assert file.read_bytes() == whole


def test_each_version_has_its_own_and_few_are_kept(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(6):
        monkeypatch.setattr(compiled, "code_of", lambda *_, n=n: str(n))
        assert [page(kept), page(kept)] == [("&lt;", True), ("&lt;", False)]
    assert len(list(kept.iterdir())) == 4
    monkeypatch.setattr(compiled, "code_of", lambda *_: "0")
    assert page(kept) == ("&lt;", True)


def test_another_text_is_another_template(kept: Path) -> None:
    assert [page(kept, text) for text in ("a", "b", "b", "a")] == [("a", True), ("b", True), ("b", False), ("a", True)]


def test_where_nothing_is_escaped_it_is_another_too(kept: Path) -> None:
    assert [page(kept, autoescape=x)[0] for x in (True, False, True, False)] == ["&lt;", "<", "&lt;", "<"]


def test_a_folder_that_can_not_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    assert page(tmp_path / "cache" / "templates") == ("&lt;", True)


def test_it_lies_in_the_cache_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert compiled.default_folder() == tmp_path / "review" / "templates"
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    assert compiled.default_folder() == Path.home() / ".cache" / "review" / "templates"
