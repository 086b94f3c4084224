"""Where the folders of this user lie (XDG Base Directory Specification 0.8)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

_BELOW_HOME = {"CACHE": ".cache", "CONFIG": ".config", "DATA": ".local/share"}


def of_user(kind: Literal["CACHE", "CONFIG", "DATA"]) -> Path:
    """This program's folder for what can be made again, for the user's wishes, or for data; it need not exist. Never raises."""
    base = os.environ.get(f"XDG_{kind}_HOME", "")
    return (Path(base) if base else _home() / _BELOW_HOME[kind]) / "review"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a container's user whom nobody knows: nothing is there, and nothing can be kept
        return Path("/nonexistent")
