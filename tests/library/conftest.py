"""A small library, and one line to search it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from library.made import TREE, Rec, write

from review.library.build import build
from review.library.evaluate import Found, Options, search
from review.library.tree_file import Headings
from review.query import parse
from review.query.mesh import read_mesh
from review.store.library import Library


@pytest.fixture(scope="session")
def mesh() -> Headings:
    return Headings(read_mesh(TREE), "tree.bin")


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Path]:
    """A library of these records."""

    def make(recs: Sequence[Rec], name: str = "small") -> Path:
        write(tmp_path / f"{name}.xml", recs)
        build([tmp_path / f"{name}.xml"], tmp_path / f"{name}.lib")
        return tmp_path / f"{name}.lib"

    return make


@pytest.fixture
def find(mesh: Headings) -> Callable[..., Found]:
    def run(path: Path, text: str, *, tree: bool = True, all_fields: bool = False) -> Found:
        with Library.open(path) as library:
            return search(library, parse(text, "pubmed"), mesh if tree else None, Options(all_fields=all_fields))

    return run
