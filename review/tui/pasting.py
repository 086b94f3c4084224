"""Pasted text is no keys: whatever it holds, nothing on a screen is decided by it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.events import Key


def pasted(key: Key) -> bool:
    """Whether a key is no key but part of a text that was pasted."""
    return getattr(key, "pasted", False)


def driver_class() -> type[Driver] | None:
    """The driver for the terminal, where it is ours to choose; None: the library's own choice."""
    if os.name != "posix" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    try:
        from review.tui.paste_driver import PasteDriver
    except ImportError:  # a Textual whose inside is another: its own driver reads keys, and marked pastes, as it can
        return None
    return PasteDriver
