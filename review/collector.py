"""Python's collector of reference cycles, kept away from work that makes very many values which all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MADE = 100_000  # values more than there were, before the newest are looked through
_ROUNDS = 20


@contextmanager
def without_collector() -> Iterator[None]:
    """To look for garbage among values that all stay would take longer than to make them."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """For a whole command. What libraries make when they are loaded stays: to look through it takes a sixth of a short command's time,
    and again at its end, where all goes."""
    gc.set_threshold(_MADE, _ROUNDS, _ROUNDS)
    try:
        yield
    finally:
        gc.freeze()
