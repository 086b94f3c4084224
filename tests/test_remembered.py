"""A protocol that is remembered is the one that its text gives; anything else is read anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import PROTOCOL

from review.errors import ProtocolError
from review.model import protocol_yaml
from review.model.protocol import Protocol
from review.remembered import protocol


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "small.protocol"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were read as YAML."""
    found: list[str] = []
    load = protocol_yaml.load

    def counted(text: str, name: str) -> Protocol:
        found.append(text)
        return load(text, name)

    monkeypatch.setattr(protocol_yaml, "load", counted)
    return found


def test_it_is_read_once_and_comes_back_as_it_is(kept: Path, reads: list[str]) -> None:
    first = protocol(PROTOCOL, "small.yaml", kept)
    again = protocol(PROTOCOL, "small.yaml", kept)
    assert len(reads) == 1
    assert again == first
    assert again.model_dump(exclude_unset=True) == first.model_dump(exclude_unset=True)  # what nobody said is still told apart


def test_the_founding_protocol_comes_back_as_it_is(kept: Path, reads: list[str]) -> None:
    text = (Path(__file__).parents[1] / "protocols" / "healthy-communities.yaml").read_text(encoding="utf-8")
    first, again = (protocol(text, "p.yaml", kept) for _ in range(2))
    assert len(reads) == 1
    assert again == first
    assert again.model_dump(exclude_unset=True) == first.model_dump(exclude_unset=True)


def test_another_text_is_read(kept: Path, reads: list[str]) -> None:
    protocol(PROTOCOL, "small.yaml", kept)
    protocol(f"{PROTOCOL}\n# a remark\n", "small.yaml", kept)
    assert len(reads) == 2


@pytest.mark.parametrize("at", [0, -20])
def test_what_is_damaged_is_read_anew_and_mended(at: int, kept: Path, reads: list[str]) -> None:
    first = protocol(PROTOCOL, "small.yaml", kept)
    sound = bytearray(kept.read_bytes())
    sound[at] ^= 1
    kept.write_bytes(sound)
    assert protocol(PROTOCOL, "small.yaml", kept) == first
    assert protocol(PROTOCOL, "small.yaml", kept) == first
    assert len(reads) == 2


def test_an_empty_file_is_no_harm(kept: Path) -> None:
    kept.write_bytes(b"")
    assert protocol(PROTOCOL, "small.yaml", kept).review.title


def test_what_does_not_hold_is_never_remembered(kept: Path) -> None:
    for _ in range(2):
        with pytest.raises(ProtocolError):
            protocol("review: [", "small.yaml", kept)
    assert not kept.exists()


def test_no_folder_is_made_for_it(tmp_path: Path) -> None:
    protocol(PROTOCOL, "small.yaml", tmp_path / ".review" / "small.protocol")
    assert not (tmp_path / ".review").exists()
