from __future__ import annotations

from pathlib import Path

import pytest

from review.folders import of_user


def test_a_user_without_a_home_has_empty_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(_: type[Path]) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", classmethod(nowhere))
    for kind in ("CACHE", "CONFIG", "DATA"):
        monkeypatch.delenv(f"XDG_{kind}_HOME", raising=False)
        assert not of_user(kind).exists()


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    assert of_user("CACHE") == Path.home() / ".cache" / "review"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert of_user("CACHE") == tmp_path / "review"
