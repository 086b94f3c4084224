"""The docs: the guide's examples pass the program's own checks, and the commands and options that the pages name exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from support import PROJECT, PROTOCOL
from typer.core import TyperGroup

from review.cli.app import app
from review.workspace import Workspace

GUIDE = (PROJECT / "docs" / "guide.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
FINDINGS = [b for b in BLOCKS if b.startswith("findings:")]


def _space(root: Path) -> Workspace:
    """A review whose protocol has the guide's parts in it, and the guide's file of findings."""
    parts = [b for b in BLOCKS if b not in FINDINGS]
    (root / "protocols").mkdir()
    (root / "protocols" / "small.yaml").write_text("\n".join((PROTOCOL, *parts)), encoding="utf-8")
    (root / "synthesis").mkdir()
    (root / "synthesis" / "small.yaml").write_text("".join(FINDINGS), encoding="utf-8")
    return Workspace(root, "small")


def test_the_example_of_the_findings_is_read_by_the_program(tmp_path: Path) -> None:
    found = _space(tmp_path).findings
    assert [f.id for f in found.findings] == ["F1"]
    assert found.certain == 2
    assert found.outcomes[0].certainty == found.outcomes[0].adds_up_to
    assert found.integration[0].says == "silent"


def test_the_examples_of_the_protocol_are_read_by_the_program(tmp_path: Path) -> None:
    protocol = _space(tmp_path).protocol
    assert [t.id for t in protocol.appraisal] == ["MMAT-2018", "own-tool"]
    assert protocol.citations.style == "apa"
    assert protocol.tables[0].name == "characteristics"


def _named() -> list[str]:
    pages = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *sorted((PROJECT / "docs").rglob("*.md"))]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    lines = [line.split("  #")[0][2:].strip() for line in text.splitlines() if line.startswith("$ review ")]
    return sorted({*lines, *re.findall(r"`(review [a-z][^`]*)`", text)})


@pytest.mark.parametrize("words", _named())
def test_a_command_of_the_docs_exists_with_its_options(words: str) -> None:
    rest, here = words.split()[1:], typer.main.get_command(app)
    while isinstance(here, TyperGroup) and rest:
        found = here.get_command(typer.Context(here), rest.pop(0))
        assert found is not None, words
        here = found
    known = {o for p in here.params for o in (*p.opts, *p.secondary_opts)}
    assert {w for w in rest if re.fullmatch(r"--?[a-z][a-z-]*", w)} <= known


def test_the_guide_has_the_words_of_the_model() -> None:
    from typing import get_args

    from review.model.findings import DOWN, LEVELS, UP, Concern, Finding, Meeting, OutcomeCertainty

    words = [*get_args(Concern), *LEVELS, *DOWN, *UP, *get_args(Meeting.model_fields["says"].annotation)]
    keys = [f.alias or name for part in (Finding, OutcomeCertainty, Meeting) for name, f in part.model_fields.items()]
    assert [w for w in (*words, *keys) if f"`{w}`" not in GUIDE] == []
