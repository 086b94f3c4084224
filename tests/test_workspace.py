"""Which review a command means, and its files: found by what they hold, or named where they can't be read."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from support import PROTOCOL

from review.errors import IntegrityError, ProtocolError, UsageError
from review.model.record import ArchivedFile, Search
from review.workspace import Workspace, find, sha256


def begin(root: Path, *names: str) -> Path:
    (root / "protocols").mkdir(parents=True)
    for name in names:
        (root / "protocols" / f"{name}.yaml").write_text(PROTOCOL, encoding="utf-8")
    return root


def test_a_protocol_file_tells_its_review_wherever_the_command_is_run(tmp_path: Path) -> None:
    root = begin(tmp_path / "one", "towns", "roads")
    elsewhere = begin(tmp_path / "two", "other")
    found = find(protocol=root / "protocols" / "roads.yaml", start=elsewhere)
    assert (found.root, found.name) == (root, "roads")


@pytest.mark.parametrize("name", ["protocols/gone.yaml", "protocols/towns.yml", "towns.yaml", "protocols", "protocols/notes.txt"])
def test_what_is_no_file_of_a_review_is_no_protocol(tmp_path: Path, name: str) -> None:
    root = begin(tmp_path, "towns")
    for other in ("protocols/towns.yml", "towns.yaml", "protocols/notes.txt"):
        (root / other).write_text(PROTOCOL, encoding="utf-8")
    with pytest.raises(UsageError) as told:
        find(protocol=root / name)
    assert (told.value.message, told.value.hint) == (f"{root / name} is not a protocol file.", "Name a .yaml file in protocols/.")


def test_a_review_is_found_by_its_name_or_because_it_is_alone(tmp_path: Path) -> None:
    root = begin(tmp_path / "all", "towns", "roads")
    below = root / "queries" / "towns"
    below.mkdir(parents=True)
    assert find("towns", start=below) == Workspace(root, "towns")
    for review, says in (("", "There are several reviews here: roads, towns."), ("rivers", "There is no review 'rivers'")):
        with pytest.raises(UsageError, match=says):
            find(review, start=below)
    assert find(start=begin(below / "own", "alone")) == Workspace(below / "own", "alone")


def test_an_archived_file_is_known_by_what_it_holds(tmp_path: Path) -> None:
    space = Workspace(begin(tmp_path, "towns"), "towns")
    search, data = Search(source="alpha", date="2025-05-01"), b"TY  - JOUR\nER  - \n"
    file = ArchivedFile(name="alpha.ris", sha256=sha256(data), size=len(data), format="ris", parsed=1, rejected=0)
    folder = space.search_folder("alpha", "2025-05-01")
    folder.mkdir(parents=True)
    for kept, name in ((data, "renamed.txt"), (gzip.compress(data), "alpha.ris.gz"), (gzip.compress(data), "alpha.ris")):
        (folder / name).write_bytes(kept)
        assert space.archived(search, file) == data
        (folder / name).unlink()
    with pytest.raises(IntegrityError, match="is missing"):
        space.archived(search, file)
    for ends, others in ((b"\n", b"\r\n"), (b"\r\n", b"\n")):  # as git keeps or gives a text, where nothing forbids it
        came = data.replace(b"\n", ends)
        (folder / "alpha.ris").write_bytes(data.replace(b"\n", others))
        assert space.archived(search, replace(file, sha256=sha256(came), size=len(came))) == came
    (folder / "alpha.ris").write_bytes(data + b"x")
    with pytest.raises(IntegrityError, match="was changed"):
        space.archived(search, file)


def test_a_strategy_that_can_not_be_read_is_named_with_its_source(tmp_path: Path) -> None:
    """A source without one is passed over; it is searched elsewhere."""
    text = PROTOCOL.replace("  - {id: beta,", "  - {id: beta, strategy: queries/b.txt,", 1)
    assert text != PROTOCOL
    root = begin(tmp_path, "towns")
    (root / "protocols" / "towns.yaml").write_text(text, encoding="utf-8")
    strategy = root / "queries" / "b.txt"
    for data, why in ((None, "No such file or directory"), (b"towns \xff", "is not UTF-8"), ("\ufefftowns\r\nroads".encode(), "")):
        if data is not None:
            strategy.parent.mkdir(exist_ok=True)
            strategy.write_bytes(data)
        if why:
            with pytest.raises(ProtocolError, match=f"sources 'beta': strategy queries/b.txt: {why}"):
                _ = Workspace(root, "towns").strategies
        else:
            assert Workspace(root, "towns").strategies == {"beta": "towns\nroads"}
